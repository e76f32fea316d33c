"""One upstream request: sent, waited for, and classified by the table of outcomes."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from functools import cache
from traceback import clear_frames
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import from_json

from shared.azure_openai import headers as h
from shared.azure_openai import outcomes as o
from shared.azure_openai.dialect import ADAPTABLE
from shared.azure_openai.identity import NoTokenError
from shared.generation.ports import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openai import AsyncOpenAI
    from openai._types import RequestOptions

# Upstream is not trusted: what of its answer is logged or stored must look like what it is.
_CODE = re.compile(r"[\w.-]{1,64}")
_MODEL = re.compile(r"[\w][\w.:/-]{0,99}", re.ASCII)
_MOST_TOKENS = 2**31 - 1

_OF_THIS_MACHINE = (
    *("x-stainless-lang", "x-stainless-package-version", "x-stainless-os", "x-stainless-arch"),
    *("x-stainless-runtime", "x-stainless-runtime-version", "x-stainless-async"),
    *("x-stainless-retry-count", "x-stainless-read-timeout"),
)
"""What the SDK tells every server about this machine: half of a request's headers, each of which is
looked at a dozen times, and needed by none."""


class Result(NamedTuple):
    """How one request ended; `text` and `usage` belong to answers only."""

    outcome: o.Outcome
    text: str = ""
    model: str = ""
    finish_reason: str | None = None
    usage: Usage | None = None
    status: int | None = None
    code: str | None = None
    parameter: str | None = None
    retry_after: float | None = None
    requests_left: h.Quota | None = None
    tokens_left: h.Quota | None = None


async def call(client: AsyncOpenAI, body: bytes, seconds: float) -> Result:
    """Send one chat completion request and wait at most so many seconds for the whole answer.

    The request goes through the client's documented `post`, with its body and answer as bytes:
    that saves the SDK's request transform and response models, a good half of a call's CPU. The
    address is a whole one, because to join one takes the SDK as long as all headers.
    """
    import httpx2  # noqa: PLC0415 -- heavy: at first use
    import openai  # noqa: PLC0415 -- heavy: at first use

    url = f"{client.base_url}chat/completions"
    try:
        async with asyncio.timeout(seconds):
            response = await client.post(
                url, cast_to=httpx2.Response, content=body, options=_options()
            )
    except openai.APIStatusError as error:
        return _of_status(error.status_code, error.body, error.response.headers)
    except (TimeoutError, openai.APITimeoutError):
        return Result(o.TIMEOUT)
    except openai.APIConnectionError as error:
        return Result(_of_fault(error))
    except NoTokenError:
        return Result(o.NO_TOKEN)
    # A look into the SDK's headers takes as long as to copy them.
    return _of_completion(response.content, dict(response.headers.items()))


@cache
def _options() -> RequestOptions:
    """What all requests have in common; what is given is not copied from defaults each time."""
    import openai  # noqa: PLC0415 -- heavy: at first use

    return {
        "headers": dict.fromkeys(_OF_THIS_MACHINE, openai.Omit()),
        "params": {},
        "max_retries": 0,
    }


def _of_completion(content: bytes, headers: Mapping[str, str]) -> Result:
    try:
        completion = from_json(content)
    except ValueError:
        completion = None
    if not isinstance(completion, dict) or not isinstance(completion.get("choices"), list):
        return Result(o.NOT_A_COMPLETION, status=200)
    outcome, text = _of_choice(completion["choices"])
    return Result(
        outcome,
        text=text,
        model=_model(completion.get("model")),
        finish_reason=_finish_reason(completion["choices"]),
        usage=_usage(completion.get("usage")),
        status=200,
        requests_left=h.quota(headers, "requests"),
        tokens_left=h.quota(headers, "tokens"),
    )


def _of_choice(choices: list[Any]) -> tuple[o.Outcome, str]:
    choice = choices[0] if choices and isinstance(choices[0], dict) else {}
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    if choice.get("finish_reason") == "content_filter":
        return o.ANSWER_FILTERED, ""
    if choice.get("finish_reason") == "length":
        return o.LENGTH, ""
    if message.get("refusal"):
        return o.REFUSAL, ""
    text = message.get("content")
    if not isinstance(text, str) or not text.strip():
        return o.EMPTY, ""
    return (o.ANSWER, text) if _is_json_object(text) else (o.NOT_JSON, "")


def _finish_reason(choices: list[Any]) -> str | None:
    """Return the first choice's reason if it looks like one: it is logged."""
    choice = choices[0] if choices and isinstance(choices[0], dict) else {}
    reason = str(choice.get("finish_reason") or "")
    return reason if _CODE.fullmatch(reason) else None


def _model(name: object) -> str:
    """The model's name if it looks like one: it is logged, stored and shown."""
    return name if isinstance(name, str) and _MODEL.fullmatch(name) else ""


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(from_json(text), dict)
    except ValueError:
        return False


def _usage(usage: object) -> Usage | None:
    if not isinstance(usage, dict):
        return None
    counts = (usage.get(f"{kind}_tokens") for kind in ("prompt", "completion", "total"))
    return Usage(*(_count(count) for count in counts))


def _count(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value <= _MOST_TOKENS else 0


def _of_status(status: int, body: object, headers: Mapping[str, str]) -> Result:
    error = body if isinstance(body, dict) else {}
    outcome, parameter = o.of_status(status), None
    if status == 400:  # noqa: PLR2004 -- HTTP's own figure
        parameter = _refused_parameter(error)
        outcome = o.UNSUPPORTED if parameter else o.BAD_REQUEST
        if _is_content_filter(error):
            outcome = o.PROMPT_FILTERED
    elif outcome is o.RATE_LIMITED and error.get("code") == "insufficient_quota":
        outcome = o.QUOTA_EXHAUSTED
    retry_after = h.retry_after(headers)
    requests_left, tokens_left = h.quota(headers, "requests"), h.quota(headers, "tokens")
    if outcome is o.RATE_LIMITED and (retry_after, requests_left, tokens_left) == (None,) * 3:
        retry_after = h.longest_reset(headers)
    return Result(
        outcome,
        status=status,
        code=_code(error),
        parameter=parameter,
        retry_after=retry_after,
        requests_left=requests_left,
        tokens_left=tokens_left,
    )


def _is_content_filter(error: Mapping[str, Any]) -> bool:
    inner = error.get("innererror")
    inner_code = inner.get("code") if isinstance(inner, dict) else None
    return error.get("code") == "content_filter" or inner_code == "ResponsibleAIPolicyViolation"


def _code(error: Mapping[str, Any]) -> str | None:
    """Return the error's code if it looks like one: it is logged."""
    code = str(error.get("code") or "")
    return code if _CODE.fullmatch(code) else None


def _refused_parameter(error: Mapping[str, Any]) -> str | None:
    """Name the parameter at fault: by `param`, or as classic API versions say it, in words."""
    message = str(error.get("message") or "")
    if message.startswith("Invalid schema"):
        return None  # ours to mend, and not to be hidden by doing without a schema
    param = str(error.get("param") or "").partition(".")[0]
    if param in ADAPTABLE:
        return param
    if "Unrecognized request argument" in message:
        return next((name for name in ADAPTABLE if name in message), None)
    return "response_format" if "response_format value as json_schema" in message else None


def _of_fault(error: BaseException) -> o.Outcome:
    """Tell connection faults apart by what caused them; the SDK wraps all alike."""
    import httpx2  # noqa: PLC0415 -- heavy: at first use

    causes = list(_causes(error))
    for cause in causes:  # its frames hold it, and each other: garbage that must be looked for
        clear_frames(cause.__traceback__)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return o.UNTRUSTED
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return o.DNS_FAILED
    if any(isinstance(cause, httpx2.ConnectError) for cause in causes):
        return o.CONNECTION_FAILED
    return o.CONNECTION_LOST


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Walk every exception behind this one, also through groups (several addresses tried)."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, BaseExceptionGroup):
            waiting.extend(current.exceptions)
        waiting.extend(e for e in (current.__cause__, current.__context__) if e is not None)
