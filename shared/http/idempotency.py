"""The Idempotency-Key header, as draft-ietf-httpapi-idempotency-key-header-07 has it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from shared.errors import Detail, InvalidRequest
from shared.http import envelope
from shared.http.rate_limit_fields import rate_limit_fields

if TYPE_CHECKING:
    import azure.functions as func

    from shared.http.call import Call
    from shared.http.middleware import Middleware, Step

HEADER = "Idempotency-Key"
_KEY = re.compile(r'("?)([\x21\x23-\x7e]{1,255})\1')
"""The draft's quoted string, or the bare word that most clients send."""


class KeptAnswers(Protocol):
    """Runs a request once, and keeps its answer."""

    async def once(
        self, subject: str, route: str, key: str, body: bytes, run: Callable[[], Awaitable[bytes]]
    ) -> bytes | None:
        """Run the request and return None, or return the answer that it got before.

        Raises:
            IdempotencyKeyReused: the key came with another body before.
            StillRunning: the first request is under way.

        """
        ...


GetKeptAnswers = Callable[[], KeptAnswers | None]


def answer_once_with(kept: GetKeptAnswers) -> Middleware:
    """A POST that generates, sent again with the same key, gets the answer that it got."""

    async def answer_once(call: Call, proceed: Step) -> func.HttpResponse:
        sent = call.request.headers.get(HEADER)
        if sent is None or not takes_key(call) or call.principal is None or call.input is None:
            return await proceed(call)
        key = _key(sent)
        answers = kept()
        if answers is None:
            return await proceed(call)
        fresh: list[func.HttpResponse] = []

        async def run() -> bytes:
            fresh.append(await proceed(call))
            body: bytes = fresh[0].get_body()
            return body

        body = await answers.once(
            call.principal.subject,
            call.declaration.route,
            key,
            call.input.model_dump_json().encode(),
            run,
        )
        if body is None:
            return fresh[0]
        call.facts["source"] = "kept"
        headers = rate_limit_fields(call.standings.values())
        return envelope.kept(body, call.request_id, headers)

    return answer_once


def takes_key(call: Call) -> bool:
    """Whether the header means anything on this request."""
    return call.declaration.generates is not None and call.request.method == "POST"


def _key(sent: str) -> str:
    match = _KEY.fullmatch(sent.strip())
    if match is None:
        detail = Detail(HEADER, "Send 1 to 255 printable ASCII characters without a space.")
        raise InvalidRequest(details=[detail])
    return match[2]
