"""How the stand-in can behave: each behaviour has a name, and makes a reply for a request.

Every function here that is marked `@named` returns a Behaviour. The same names, with their
arguments, work over HTTP and on the command line: {"name": "rate_limited", "retry_after": 2}.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from . import protocol
from .answers import content_for
from .behaviour import Behaviour, Respond, named
from .garbage import GARBAGE
from .obedience import asked_back, obeyed
from .reply import Fault, Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .deployment import Deployment
    from .request import Request


def _always(reply: Reply) -> Respond:
    return lambda _request, _deployment: reply


# --- answers ------------------------------------------------------------------------------


@named
def ok() -> Respond:
    """Answer as asked."""
    return lambda request, deployment: protocol.completion(
        request, deployment.model, json.dumps(content_for(request))
    )


@named
def says(content: str) -> Respond:
    """Answer with exactly this content."""
    return lambda request, deployment: protocol.completion(request, deployment.model, content)


@named
def garbage(kind: str | None = None) -> Respond:
    """Fit the schema and be unacceptable: one kind of GARBAGE, or each in turn."""
    kinds = [kind] if kind else list(GARBAGE)

    def respond(request: Request, deployment: Deployment) -> Reply:
        spoil = GARBAGE[kinds[request.number % len(kinds)]]
        content = spoil(content_for(request), request)
        return protocol.completion(request, deployment.model, json.dumps(content))

    return respond


@named
def obedient() -> Respond:
    """Do what the topic says: print the instructions, say a word; otherwise answer as asked."""
    return lambda request, deployment: protocol.completion(
        request, deployment.model, json.dumps(obeyed(request))
    )


@named
def sly() -> Respond:
    """Give the instructions away as questions."""
    return lambda request, deployment: protocol.completion(
        request, deployment.model, json.dumps(asked_back(request))
    )


@named
def wrong_schema() -> Respond:
    """Answer with JSON of another shape."""
    return lambda request, deployment: protocol.completion(
        request, deployment.model, json.dumps({"unexpected": [1, 2, 3]})
    )


@named
def truncated_json() -> Respond:
    """Answer with JSON that breaks off, as if complete."""

    def respond(request: Request, deployment: Deployment) -> Reply:
        content = json.dumps(content_for(request))
        return protocol.completion(request, deployment.model, content[: len(content) // 2])

    return respond


@named
def length(until: int | None = None) -> Respond:
    """Break off for want of room; with `until`, only while the caller allows fewer tokens."""

    def respond(request: Request, deployment: Deployment) -> Reply:
        content = json.dumps(content_for(request))
        if until is not None and (request.room is None or request.room >= until):
            return protocol.completion(request, deployment.model, content)
        half = content[: len(content) // 2]
        return protocol.completion(request, deployment.model, half, finish_reason="length")

    return respond


@named
def refusal() -> Respond:
    """Decline, as structured outputs do: no content, a `refusal`."""
    return lambda request, deployment: protocol.completion(
        request, deployment.model, None, refusal="I can not help with that."
    )


@named
def content_filter_completion() -> Respond:
    """Have the answer filtered away."""
    return lambda request, deployment: protocol.completion(
        request, deployment.model, "", finish_reason="content_filter"
    )


@named
def empty(what: str = "content") -> Respond:
    """Answer with nothing: `what` is "content" (""), "null" (content null) or "choices" ([])."""

    def respond(request: Request, deployment: Deployment) -> Reply:
        if what == "choices":
            return protocol.completion_of(request, deployment.model, [], 0)
        return protocol.completion(request, deployment.model, None if what == "null" else "")

    return respond


@named
def html() -> Respond:
    """Answer 200 with a page, as a proxy in the way does."""
    page = b"<!doctype html><title>Sign in</title><p>Please sign in to this network."
    return _always(Reply(200, page, "text/html; charset=utf-8"))


# --- errors -------------------------------------------------------------------------------


@named
def status(
    code: int,
    error: str | None = None,
    headers: Mapping[str, str] | None = None,
    message: str = "The stand-in was told to.",
) -> Respond:
    """Answer with any status, in Azure's error form."""
    reply = protocol.azure_error(code, error or str(code), message, headers)
    return _always(reply)


@named
def rate_limited(
    retry_after: float | str | None = 1, retry_after_ms: float | None = None
) -> Respond:
    """429; `retry_after` in seconds or as an HTTP date, `retry_after_ms` besides; None: without."""
    headers = {"retry-after": retry_after, "retry-after-ms": retry_after_ms}
    sent = {name: str(value) for name, value in headers.items() if value is not None}
    return _always(protocol.rate_limited("requests", sent))


@named
def content_filter_prompt() -> Respond:
    """Have the prompt refused by the content filter."""
    return _always(protocol.prompt_filtered())


@named
def unsupported_parameter(parameter: str) -> Respond:
    """400 while the request carries that parameter; otherwise answer as asked."""
    answer = ok()

    def respond(request: Request, deployment: Deployment) -> Reply:
        if parameter in request.fields:
            return protocol.unsupported_parameter(parameter)
        return answer.respond(request, deployment)

    return respond


@named
def unauthorized() -> Respond:
    """401."""
    return _always(protocol.unauthorized())


@named
def forbidden() -> Respond:
    """403."""
    return _always(protocol.forbidden())


@named
def not_found() -> Respond:
    """404, no such deployment."""
    return _always(protocol.not_found())


# --- on the wire --------------------------------------------------------------------------


@named
def hang() -> Respond:
    """Say nothing until the caller gives up."""
    return _always(Reply(fault=Fault.HANG))


@named
def reset() -> Respond:
    """Reset the connection instead of answering."""
    return _always(Reply(fault=Fault.RESET))


@named
def reset_midway() -> Respond:
    """Reset the connection in the middle of a good answer."""
    return _changed(ok(), fault=Fault.RESET_MIDWAY)


@named
def truncated_body() -> Respond:
    """Close in the middle of a good answer, after promising all of it."""
    return _changed(ok(), fault=Fault.CUT_SHORT)


@named
def garbage_bytes() -> Respond:
    """Send bytes that are no HTTP."""
    return _always(Reply(fault=Fault.NOISE))


@named
def refuse(seconds: float = 1.0) -> Respond:
    """Drop every connection, this one included, and listen to none for so long."""
    return _always(Reply(fault=Fault.REFUSE, refuse_seconds=seconds))


@named
def latency(seconds: float, then: Behaviour | None = None) -> Respond:
    """Wait before the first byte."""
    return _changed(then or ok(), latency=seconds)


@named
def slow_headers(seconds: float, then: Behaviour | None = None) -> Respond:
    """Let the headers trickle over so many seconds."""
    return _changed(then or ok(), header_seconds=seconds)


@named
def slow_body(seconds: float, then: Behaviour | None = None) -> Respond:
    """Send the headers at once and let the body trickle over so many seconds."""
    return _changed(then or ok(), body_seconds=seconds)


@named
def random_failures(p: float, seed: int = 0, then: Behaviour | None = None) -> Respond:
    """Fail with probability p (500, 503 or a reset), repeatably for a seed."""
    draw = random.Random(seed)
    failures = (status(500), status(503), reset())
    otherwise = then or ok()

    def respond(request: Request, deployment: Deployment) -> Reply:
        failing = draw.random() < p
        chosen = draw.choice(failures) if failing else otherwise
        return chosen.respond(request, deployment)

    return respond


def _changed(then: Behaviour, **changes: Any) -> Respond:
    return lambda request, deployment: replace(then.respond(request, deployment), **changes)
