"""What a request passes on its way to the handler: each has one job, and may return early.

`Api` puts them in order, once for each endpoint, when it is declared.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from random import Random
from typing import TYPE_CHECKING, Any, Protocol

import azure.functions as func

from shared.errors import (
    ApiError,
    Forbidden,
    InsufficientScope,
    InternalError,
    QuotaExceeded,
    RateLimited,
    Unauthorized,
    Unavailable,
)
from shared.http import envelope
from shared.http.call import Call
from shared.http.rate_limit_fields import rate_limit_fields
from shared.http.reading import read_body, read_query
from shared.identity.errors import KeysUnavailable, Reason, TokenRejected
from shared.telemetry.request_record import RequestRecord
from shared.telemetry.unhandled import record_unhandled

if TYPE_CHECKING:
    from pydantic import BaseModel

    from shared.identity.principal import Principal
    from shared.rate_limiting.limiter import RateLimiter

Step = Callable[[Call], Awaitable[func.HttpResponse]]
Authenticate = Callable[[str], Awaitable["Principal"]]
GetRateLimiter = Callable[[], "RateLimiter"]


class Middleware(Protocol):
    """One job on the way of a request: returns early, or goes on with `proceed`."""

    async def __call__(self, call: Call, proceed: Step) -> func.HttpResponse:
        """Do the job."""
        ...


_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SERVER_ERROR = 500
_random = Random()  # noqa: S311 - a request id is no secret, and the system's randomness is slow


async def stamp_request_id(call: Call, proceed: Step) -> func.HttpResponse:
    """Keep the caller's X-Request-ID where it is well-formed, else make one."""
    sent = call.request.headers.get("X-Request-ID", "")
    call.request_id = sent if _REQUEST_ID.fullmatch(sent) else f"{_random.getrandbits(128):032x}"
    return await proceed(call)


async def write_log_line(call: Call, proceed: Step) -> func.HttpResponse:
    """One canonical line a request, whatever becomes of it."""
    with RequestRecord(call) as record:
        response = await proceed(call)
        record.status = response.status_code
        return response


async def answer_errors(call: Call, proceed: Step) -> func.HttpResponse:
    """Turn what was raised into the error envelope; what nobody foresaw into a bare 500."""
    try:
        return await proceed(call)
    except ApiError as error:
        answer = error
    except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets an answer
        record_unhandled(call, error)
        answer = InternalError()
    call.facts.update(answer.facts, error=answer.code)
    return envelope.failure(answer, call.request_id, rate_limit_fields(call.standings.values()))


def authenticate_with(authenticate: Authenticate) -> Middleware:
    """Bearer token to principal."""

    async def identify(call: Call, proceed: Step) -> func.HttpResponse:
        token = _bearer_token(call.request.headers.get("Authorization", ""))
        try:
            call.principal = await authenticate(token)
        except TokenRejected as error:
            call.facts["token"] = error.reason
            if error.reason is Reason.INSUFFICIENT_SCOPE:
                raise InsufficientScope(error.sentence) from None
            raise Unauthorized(error.sentence, error="invalid_token") from None
        except KeysUnavailable as error:
            raise Unavailable(
                "Sign-in cannot be checked at the moment. Try again shortly.",
                retry_after=error.retry_after,
            ) from None
        return await proceed(call)

    return identify


async def authorise(call: Call, proceed: Step) -> func.HttpResponse:
    """Let the caller pass who holds one of the endpoint's roles."""
    if not call.roles & call.declaration.roles:
        raise Forbidden
    return await proceed(call)


def limit_rate_with(limiter: GetRateLimiter) -> Middleware:
    """Count the request, and refuse it above the rate of its endpoint class."""

    async def limit_rate(call: Call, proceed: Step) -> func.HttpResponse:
        limit = call.declaration.limit
        standing = await limiter().count_request(call.subject, limit)
        call.standings[limit] = standing
        if not standing.granted:
            raise RateLimited(standing.renews_in)
        return await proceed(call)

    return limit_rate


def read_input_as(model: type[BaseModel]) -> Middleware:
    """Query (GET) or JSON body (any other method) into the model."""

    async def read_input(call: Call, proceed: Step) -> func.HttpResponse:
        read = read_query if call.request.method == "GET" else read_body
        call.input = read(call.request, model)
        return await proceed(call)

    return read_input


def spend_quota_with(limiter: GetRateLimiter, generates: Callable[[Any], int]) -> Middleware:
    """Take what the input asks for out of the day's quota; back it goes if we fail (5xx).

    But not where the model answered: that was paid for, however little the answer was worth.
    """

    async def spend_quota(call: Call, proceed: Step) -> func.HttpResponse:
        items = generates(call.input)
        standing = await limiter().spend(call.subject, call.roles, items)
        if standing is None:
            return await proceed(call)
        name = standing.policy.name
        call.standings[name] = standing
        if not standing.granted:
            raise QuotaExceeded(standing.policy.quota, standing.remaining, standing.renews_in)
        try:
            return await proceed(call)
        except Exception as error:
            if _is_free_of_charge(error):
                call.standings[name] = await limiter().give_back(standing, items)
            raise

    return spend_quota


def _is_free_of_charge(error: Exception) -> bool:
    """Whether the failure is ours, and came before any answer of the model's."""
    if not isinstance(error, ApiError):
        return True
    # Not every server counts tokens, and not every answer that is of no use breaks a rule.
    answered = any(error.facts.get(fact) is not None for fact in ("tokens", "findings"))
    return error.status >= _SERVER_ERROR and not answered


def _bearer_token(authorization: str) -> str:
    if not authorization:
        raise Unauthorized
    scheme, _, rest = authorization.strip().partition(" ")
    token = rest.strip()
    if scheme.lower() != "bearer" or "," in token or len(token.split()) != 1:
        raise Unauthorized(error="invalid_request")
    return token
