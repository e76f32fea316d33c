"""What a function sees of a request, in the local host and in Microsoft's worker alike."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

    from tests.local_host.conftest import Serve
    from tests.support.running_app import RunningApp

FUNCTIONS = """
    import base64, json

    @app.route("seen/{id:int?}")
    async def seen(req: func.HttpRequest) -> func.HttpResponse:
        return _answer({
            "method": req.method,
            "url": req.url,
            "headers": dict(req.headers),
            "params": dict(req.params),
            "route_params": dict(req.route_params),
            "body": base64.b64encode(req.get_body()).decode(),
        })

    @app.route("files/{*path}")
    async def files(req: func.HttpRequest) -> func.HttpResponse:
        return _answer(dict(req.route_params))

    @app.route("lookup")
    async def lookup(req: func.HttpRequest) -> func.HttpResponse:
        return _answer([req.headers["X-Mixed-Case"], req.headers.get("x-mixed-case")])

    @app.route("json")
    async def read_json(req: func.HttpRequest) -> func.HttpResponse:
        try:
            return _answer(req.get_json())
        except ValueError:
            return _answer("not JSON")

    @app.route("form")
    async def form(req: func.HttpRequest) -> func.HttpResponse:
        return _answer(req.form.to_dict())

    @app.route("context")
    async def with_context(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
        return _answer(_context(context))

    @app.route("context-sync")
    def with_context_sync(req: func.HttpRequest, context: func.Context) -> func.HttpResponse:
        return _answer(_context(context))

    def _context(context):
        return {
            "invocation_id": context.invocation_id,
            "function_name": context.function_name,
            "function_directory": context.function_directory,
            "trace_parent": context.trace_context.trace_parent,
            "trace_state": context.trace_context.trace_state,
            "older": [context.trace_context.Traceparent, context.trace_context.Tracestate],
            "retries": context.retry_context.retry_count,
        }

    def _answer(value):
        return func.HttpResponse(json.dumps(value), mimetype="application/json")
"""


@pytest.fixture(scope="module")
def app(serve: Serve) -> RunningApp:
    return serve(FUNCTIONS)


@pytest.fixture
def api(app: RunningApp) -> str:
    return f"{app.base_url}/api"


def test_method_and_full_url_are_passed_on(http: httpx2.Client, api: str) -> None:
    seen = http.request("PATCH", f"{api}/seen/7?a=1").json()
    assert (seen["method"], seen["url"]) == ("PATCH", f"{api}/seen/7?a=1")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "QUERY", "PROPFIND"])
def test_a_function_without_methods_takes_them_all(
    http: httpx2.Client, api: str, method: str
) -> None:
    assert http.request(method, f"{api}/seen").json()["method"] == method


def test_route_parameters_are_passed_on(http: httpx2.Client, api: str) -> None:
    assert http.get(f"{api}/seen/7").json()["route_params"] == {"id": "7"}
    assert http.get(f"{api}/seen").json()["route_params"] == {}
    assert http.get(f"{api}/files/a/b%20c/%C3%A9.txt").json() == {"path": "a/b c/é.txt"}


def test_a_path_matches_in_any_case(http: httpx2.Client, api: str) -> None:
    assert http.get(f"{api}/SEEN/7").json()["url"].endswith("/SEEN/7")


def test_query_values_are_decoded(http: httpx2.Client, api: str) -> None:
    seen = http.get(f"{api}/seen?name=caf%C3%A9+noir&sign=%26%3D").json()
    assert seen["params"] == {"name": "café noir", "sign": "&="}


def test_repeated_query_keys_are_joined_in_any_case_and_empty_ones_left_out(
    http: httpx2.Client, api: str
) -> None:
    seen = http.get(f"{api}/seen?a=1&A=2&a=&empty=&flag").json()
    assert seen["params"] == {"a": "1,2"}


def test_header_names_are_lower_case_and_looked_up_in_any_case(
    http: httpx2.Client, api: str
) -> None:
    headers = {"X-Mixed-Case": "yes"}
    assert http.get(f"{api}/seen", headers=headers).json()["headers"]["x-mixed-case"] == "yes"
    assert http.get(f"{api}/lookup", headers=headers).json() == ["yes", "yes"]


def test_repeated_headers_are_joined_with_commas(http: httpx2.Client, api: str) -> None:
    seen = http.get(f"{api}/seen", headers=[("X-Tag", "a"), ("x-tag", "b")]).json()
    assert seen["headers"]["x-tag"] == "a,b"


def test_headers_may_carry_unicode(http: httpx2.Client, api: str) -> None:
    seen = http.get(f"{api}/seen", headers={b"X-Name": "Zoë".encode()}).json()
    assert seen["headers"]["x-name"] == "Zoë"


@pytest.mark.parametrize(
    ("body", "encoded"), [(b"", ""), (b"\x00\xff\r\n", "AP8NCg=="), ("é".encode(), "w6k=")]
)
def test_body_bytes_are_passed_on(http: httpx2.Client, api: str, body: bytes, encoded: str) -> None:
    assert http.post(f"{api}/seen", content=body).json()["body"] == encoded


def test_a_body_of_some_megabytes_is_passed_on(http: httpx2.Client, api: str) -> None:
    seen = http.post(f"{api}/seen", content=b"x" * 20_000_000).json()
    assert len(seen["body"]) == 26_666_668


def test_a_body_above_the_hosts_limit_is_413(app: RunningApp) -> None:
    head = b"POST /api/seen HTTP/1.1\r\nHost: x\r\nContent-Length: 104857601\r\n\r\n"
    address = urlsplit(app.base_url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(head)
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_chunked_body_does_not_reach_the_function(http: httpx2.Client, api: str) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"some"
        yield b"thing"

    assert http.post(f"{api}/seen", content=pieces()).json()["body"] == ""


def test_json_is_read_from_the_body(http: httpx2.Client, api: str) -> None:
    assert http.post(f"{api}/json", json={"a": "é"}).json() == {"a": "é"}
    assert http.post(f"{api}/json", content=b"{").json() == "not JSON"


def test_a_form_is_read_from_the_body(http: httpx2.Client, api: str) -> None:
    assert http.post(f"{api}/form", data={"a": "1", "b": "é"}).json() == {"a": "1", "b": "é"}


@pytest.fixture(params=["context", "context-sync"])
def context_url(api: str, request: pytest.FixtureRequest) -> str:
    return f"{api}/{request.param}"


def test_a_function_that_declares_context_gets_it(
    http: httpx2.Client, app: RunningApp, context_url: str
) -> None:
    context: dict[str, Any] = http.get(context_url).json()
    assert context["function_name"].startswith("with_context")
    assert context["function_directory"] == str(app.folder)
    assert context["retries"] == 0
    assert http.get(context_url).json()["invocation_id"] != context["invocation_id"]


def test_a_callers_trace_is_continued(http: httpx2.Client, context_url: str) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    headers = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01", "tracestate": "vendor=1"}
    context = http.get(context_url, headers=headers).json()
    version, trace_id, span, flags = context["trace_parent"].split("-")
    assert (version, trace_id, flags) == ("00", trace, "01")
    assert span != "00f067aa0ba902b7"
    assert context["trace_state"] == "vendor=1"
    assert context["older"] == [context["trace_parent"], "vendor=1"]


def test_a_malformed_trace_is_replaced(http: httpx2.Client, context_url: str) -> None:
    headers = {"traceparent": "nonsense", "tracestate": "vendor=1"}
    context = http.get(context_url, headers=headers).json()
    assert len(context["trace_parent"]) == 55
    assert context["trace_state"] == ""
