"""Every way in which an upstream request can end, and what follows: one table."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Then(StrEnum):
    """What follows an outcome."""

    DELIVER = "the text is delivered"
    REFUSE_PROMPT = "PromptRefused: asking again changes nothing"
    REFUSE_ANSWER = "AnswerRefused: the caller may ask differently"
    MORE_ROOM = "one more try with more room, then AnswerRefused"
    ADAPT = "the parameter is left out for this deployment from now on, and the request repeated"
    COOL_DOWN = "the deployment is left alone until the time it named; another, or the queue"
    RETRY = "another deployment, or this one after a backoff; enough in a row open its circuit"
    FAIL_OVER = "another deployment, or ModelUnavailable; enough in a row open this one's circuit"
    SET_ASIDE = "as FAIL_OVER, but it is skipped at once, with one error line for the operator"


class Outcome(NamedTuple):
    """One row: `name` is the reason in errors and logs, `upstream` what was seen.

    `check` tells the operator what to look at, where it is theirs to mend.
    """

    name: str
    upstream: str
    then: Then
    check: str = ""


ANSWER = Outcome("answer", "200 with one complete JSON object as its text", Then.DELIVER)
LENGTH = Outcome("length", "200, finish_reason length", Then.MORE_ROOM)
ANSWER_FILTERED = Outcome("content_filter", "200, finish_reason content_filter", Then.REFUSE_ANSWER)
REFUSAL = Outcome("refusal", "200, a refusal in place of content", Then.REFUSE_ANSWER)
EMPTY = Outcome("empty", "200 without a choice or without content", Then.REFUSE_ANSWER)
NOT_JSON = Outcome("not_json", "200 whose text is not a JSON object", Then.REFUSE_ANSWER)
NOT_A_COMPLETION = Outcome(
    "not_a_completion", "200 whose body is HTML, truncated or otherwise no completion", Then.RETRY
)

PROMPT_FILTERED = Outcome("content_filter", "400 with code content_filter", Then.REFUSE_PROMPT)
UNSUPPORTED = Outcome(
    "unsupported_parameter", "400 that names a parameter which can be done without", Then.ADAPT
)
BAD_REQUEST = Outcome("bad_request", "any other 4xx", Then.FAIL_OVER)
UNAUTHORIZED = Outcome(
    "unauthorized", "401", Then.SET_ASIDE, "the API key, or the identity's token scope"
)
FORBIDDEN = Outcome(
    "forbidden",
    "403",
    Then.SET_ASIDE,
    "the role Cognitive Services OpenAI User, and the resource's network rules",
)
NOT_FOUND = Outcome(
    "not_found", "404", Then.SET_ASIDE, "the deployment's name, the endpoint and the API version"
)
REDIRECTED = Outcome(
    "redirected", "3xx: never followed, for the key would go along", Then.SET_ASIDE, "the endpoint"
)
QUOTA_EXHAUSTED = Outcome(
    "insufficient_quota", "429 with code insufficient_quota", Then.SET_ASIDE, "plan and billing"
)
NO_TOKEN = Outcome(
    "no_token",
    "the managed identity yields no token",
    Then.SET_ASIDE,
    "that an identity is assigned to the app",
)
UNTRUSTED = Outcome(
    "untrusted_certificate",
    "the TLS certificate does not verify",
    Then.SET_ASIDE,
    "the endpoint, and an intercepting proxy's certificate",
)

RATE_LIMITED = Outcome("rate_limited", "429", Then.COOL_DOWN)
REQUEST_TIMEOUT = Outcome("request_timeout", "408", Then.RETRY)
CONFLICT = Outcome("conflict", "409", Then.RETRY)
SERVER_ERROR = Outcome("server_error", "5xx", Then.RETRY)
TIMEOUT = Outcome(
    "timeout", "slow to connect, slow headers or a slow body, past the attempt's time", Then.RETRY
)
DNS_FAILED = Outcome("dns_failed", "the host's name does not resolve", Then.RETRY)
CONNECTION_FAILED = Outcome(
    "connection_failed", "refused, unreachable, or the TLS handshake fails", Then.RETRY
)
CONNECTION_LOST = Outcome(
    "connection_lost", "reset or garbled before the answer was whole", Then.RETRY
)

OUTCOMES: tuple[Outcome, ...] = (
    ANSWER,
    LENGTH,
    ANSWER_FILTERED,
    REFUSAL,
    EMPTY,
    NOT_JSON,
    NOT_A_COMPLETION,
    PROMPT_FILTERED,
    UNSUPPORTED,
    BAD_REQUEST,
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    REDIRECTED,
    QUOTA_EXHAUSTED,
    NO_TOKEN,
    UNTRUSTED,
    RATE_LIMITED,
    REQUEST_TIMEOUT,
    CONFLICT,
    SERVER_ERROR,
    TIMEOUT,
    DNS_FAILED,
    CONNECTION_FAILED,
    CONNECTION_LOST,
)

BY_STATUS: dict[int, Outcome] = {
    401: UNAUTHORIZED,
    403: FORBIDDEN,
    404: NOT_FOUND,
    408: REQUEST_TIMEOUT,
    409: CONFLICT,
    429: RATE_LIMITED,
}


def of_status(status: int) -> Outcome:
    """Return the outcome of an HTTP error status of which nothing more is known."""
    if status in BY_STATUS:
        return BY_STATUS[status]
    if status >= 500:  # noqa: PLR2004 -- HTTP's own border
        return SERVER_ERROR
    return BAD_REQUEST if status >= 400 else REDIRECTED  # noqa: PLR2004 -- as above
