"""The way of one request, in order. Each middleware has one job and may return early.

Read PIPELINE from the top: the first is the outermost.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

import azure.functions as func

from shared.errors import ApiError, Forbidden, InternalError, Unauthorized, Unavailable
from shared.http import envelope
from shared.http.call import Call
from shared.http.reading import read_body, read_query
from shared.identity.errors import KeysUnavailable, TokenRejected
from shared.telemetry.request_line import log_request

if TYPE_CHECKING:
    from shared.identity.principal import Principal

Step = Callable[[Call], Awaitable[func.HttpResponse]]
Authenticate = Callable[[str], Awaitable["Principal"]]


class Middleware(Protocol):
    """One job on the way of a request: returns early, or goes on with `proceed`."""

    async def __call__(self, call: Call, proceed: Step) -> func.HttpResponse:
        """Do the job."""
        ...


_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_BEARER = re.compile(r"bearer +([^\s,]+)", re.IGNORECASE)

logger = logging.getLogger(__name__)


async def stamp_request_id(call: Call, proceed: Step) -> func.HttpResponse:
    """Keep the caller's X-Request-ID where it is well-formed, else make one."""
    sent = call.request.headers.get("X-Request-ID", "")
    call.request_id = sent if _REQUEST_ID.fullmatch(sent) else str(uuid.uuid4())
    return await proceed(call)


async def write_log_line(call: Call, proceed: Step) -> func.HttpResponse:
    """One canonical line a request, whatever becomes of it."""
    started = time.perf_counter()
    status = 499  # the invocation was cancelled: nobody waits for the answer any more
    try:
        response = await proceed(call)
        status = response.status_code
        return response
    finally:
        log_request(call, status, (time.perf_counter() - started) * 1000)


async def answer_errors(call: Call, proceed: Step) -> func.HttpResponse:
    """Turn what was raised into the error envelope; what nobody foresaw into a bare 500."""
    try:
        return await proceed(call)
    except ApiError as error:
        answer = error
    except Exception:
        logger.exception("unhandled error request_id=%s", call.request_id)
        answer = InternalError()
    call.facts["error"] = answer.code
    return envelope.failure(answer, call.request_id)


def authenticate_with(authenticate: Authenticate) -> Middleware:
    """Bearer token to principal, unless the endpoint is public."""

    async def identify(call: Call, proceed: Step) -> func.HttpResponse:
        if call.declaration.public:
            return await proceed(call)
        token = _bearer_token(call.request.headers.get("Authorization", ""))
        try:
            call.principal = await authenticate(token)
        except TokenRejected as error:
            call.facts["token"] = error.reason
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
    if call.principal is not None and not call.principal.roles & call.declaration.roles:
        raise Forbidden
    return await proceed(call)


async def read_input(call: Call, proceed: Step) -> func.HttpResponse:
    """Query (GET) or JSON body (any other method) into the declared model."""
    if (model := call.declaration.input) is not None:
        read = read_query if call.request.method == "GET" else read_body
        call.input = read(call.request, model)
    return await proceed(call)


def _bearer_token(authorization: str) -> str:
    if not authorization:
        raise Unauthorized
    match = _BEARER.fullmatch(authorization.strip())
    if match is None:
        raise Unauthorized(error="invalid_request")
    return match[1]
