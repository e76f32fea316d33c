"""A request as the Functions host hands it to a worker, and a worker's answer as HTTP.

The host's own conversion: GrpcMessageConversionExtensions.cs and RawScriptResult.cs in
https://github.com/Azure/azure-functions-host. One thing is simpler here: the host reads a
returned str that is a JSON object as a description of a response; here a str is plain text.
"""

from __future__ import annotations

import re
import secrets
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

from azure.functions.meta import Datum

from tools.local_host.engine import Invocation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from http.cookies import Morsel, SimpleCookie

_TRACE_PARENT = re.compile(r"00-(?P<trace>[0-9a-f]{32})-[0-9a-f]{16}-(?P<flags>[0-9a-f]{2})")


@dataclass(frozen=True, slots=True)
class HttpCall:
    """One HTTP request as it came in.

    Attributes:
        method: in capitals.
        scheme: "http".
        raw_path: percent-encoded, without query.
        raw_query: percent-encoded, without question mark.
        headers: names in any case, repeated ones one by one.
        body: all of it.

    """

    method: str
    scheme: str
    raw_path: str
    raw_query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Look up a header's value, repeated ones joined; "" where it is missing."""
        return _joined_headers(self.headers).get(name.lower(), "")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """One HTTP response."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def to_datum(call: HttpCall, route_parameters: Mapping[str, str]) -> Datum:
    """Put the request in the terms of the worker protocol.

    Header names are in lower case; repeated headers are joined with commas, empty ones kept.
    Repeated query keys are joined with commas ignoring case and empty values, and a key whose
    values are all empty is left out. A body without Content-Length (chunked) does not reach the
    function: https://github.com/Azure/azure-functions-host/issues/4926.
    """
    query = f"?{call.raw_query}" if call.raw_query else ""
    has_length = bool(call.header("content-length"))
    return Datum(
        type="http",
        value={
            "method": _text(call.method),
            "url": _text(f"{call.scheme}://{call.header('host')}{call.raw_path}{query}"),
            "headers": _texts(_joined_headers(call.headers)),
            "query": _texts(_joined_query(call.raw_query)),
            "params": _texts(route_parameters),
            "body": Datum(type="bytes", value=call.body if has_length else b""),
        },
    )


def to_invocation(call: HttpCall) -> Invocation:
    """Begin an invocation that continues the caller's trace, or starts one."""
    caller = _TRACE_PARENT.fullmatch(call.header("traceparent"))
    trace, flags = caller.group("trace", "flags") if caller else (secrets.token_hex(16), "00")
    return Invocation(
        id=str(uuid.uuid4()),
        trace_parent=f"00-{trace}-{secrets.token_hex(8)}-{flags}",
        trace_state=call.header("tracestate") if caller else "",
    )


def to_answer(datum: Datum) -> HttpAnswer:
    """Read the worker's answer as HTTP: type "http" as it says, type "string" as plain text."""
    if datum.type == "string":
        return HttpAnswer(
            200, (("content-type", "text/plain; charset=utf-8"),), datum.value.encode()
        )
    value = datum.value
    headers = {name.lower(): header.value for name, header in value["headers"].items()}
    headers.pop("content-length", None)  # the server counts the bytes itself
    return HttpAnswer(
        status=int(value["status_code"].value),
        headers=(*headers.items(), *_set_cookies(value["cookies"] or ())),
        body=value["body"].value,
    )


def _joined_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        joined[key] = f"{joined[key]},{value}" if key in joined else value
    return joined


def _joined_query(raw_query: str) -> dict[str, str]:
    names: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(raw_query, keep_blank_values=True):
        if value:
            key = names.setdefault(name.lower(), name)
            values.setdefault(key, []).append(value)
    return {name: ",".join(found) for name, found in values.items()}


def _set_cookies(cookies: Iterable[SimpleCookie]) -> list[tuple[str, str]]:
    return [("set-cookie", _set_cookie(morsel)) for cookie in cookies for morsel in cookie.values()]


def _set_cookie(morsel: Morsel[str]) -> str:
    """Write the cookie as ASP.NET Core does: value percent-encoded, path "/" unless given."""
    attributes = "".join(
        f"; {name}={morsel[name]}"
        for name in ("expires", "max-age", "domain", "samesite")
        if morsel[name]
    )
    flags = "".join(f"; {name}" for name in ("secure", "httponly") if morsel[name])
    value = quote(morsel.value, safe="")
    return f"{morsel.key}={value}; path={morsel['path'] or '/'}{attributes}{flags}"


def _text(value: str) -> Datum:
    return Datum(type="string", value=value)


def _texts(values: Mapping[str, str]) -> dict[str, Datum]:
    return {name: _text(value) for name, value in values.items()}
