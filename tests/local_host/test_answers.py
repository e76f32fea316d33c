"""How what a function returns or raises comes back over HTTP, in both hosts alike."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx2
import pytest

if TYPE_CHECKING:
    from tests.local_host.conftest import Serve
    from tests.support.running_app import RunningApp

FUNCTIONS = """
    import asyncio, threading

    @app.route("response")
    async def response(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(
            b"\\x00body", status_code=418, mimetype="image/png", headers={"X-One": "1"}
        )

    @app.route("text")
    def text(req: func.HttpRequest) -> str:
        return "plain caf\\u00e9"

    @app.route("html")
    def html(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse("<p>", mimetype="text/html")

    @app.route("none")
    async def none(req: func.HttpRequest):
        return None

    @app.route("number")
    async def number(req: func.HttpRequest):
        return 7

    @app.route("empty")
    async def empty(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(status_code=204)

    @app.route("cookies")
    async def cookies(req: func.HttpRequest) -> func.HttpResponse:
        response = func.HttpResponse("x")
        response.headers.add("Set-Cookie", "one=1; HttpOnly; SameSite=Lax")
        response.headers.add("Set-Cookie", "two=2; Path=/deep; Max-Age=60; Secure")
        return response

    @app.route("raise-async")
    async def raise_async(req: func.HttpRequest) -> func.HttpResponse:
        raise LookupError("the reason")

    @app.route("raise-sync")
    def raise_sync(req: func.HttpRequest) -> func.HttpResponse:
        raise LookupError("the reason")

    @app.route("get-only", methods=["GET"])
    async def get_only(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse("got")

    @app.route("head", methods=["GET", "HEAD"])
    async def head(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(req.method, headers={"X-Method": req.method})

    @app.route("zz/{*path}", methods=["DELETE"])
    async def zz_rest(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse("rest")

    meeting = asyncio.Event()

    @app.route("wait")
    async def wait(req: func.HttpRequest) -> func.HttpResponse:
        await meeting.wait()
        return func.HttpResponse("met")

    @app.route("meet")
    async def meet(req: func.HttpRequest) -> func.HttpResponse:
        meeting.set()
        return func.HttpResponse("came")

    barrier = threading.Barrier(2)

    @app.route("pair")
    def pair(req: func.HttpRequest) -> func.HttpResponse:
        barrier.wait(10)
        return func.HttpResponse("met")

    @app.route("thread")
    def thread(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(str(threading.current_thread() is threading.main_thread()))

    @app.route("loop")
    async def loop(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(str(threading.current_thread() is threading.main_thread()))

    @app.route("slow")
    async def slow(req: func.HttpRequest) -> func.HttpResponse:
        print("slow began", flush=True)
        await asyncio.sleep(0.3)
        print("slow ended", flush=True)
        return func.HttpResponse("done")
"""


@pytest.fixture(scope="module")
def app(serve: Serve) -> RunningApp:
    return serve(FUNCTIONS)


@pytest.fixture
def api(app: RunningApp) -> str:
    return f"{app.base_url}/api"


def test_a_response_comes_back_as_it_is(http: httpx2.Client, api: str) -> None:
    answer = http.get(f"{api}/response")
    assert (answer.status_code, answer.content) == (418, b"\x00body")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-one"] == "1"


def test_a_str_is_plain_text(http: httpx2.Client, api: str) -> None:
    answer = http.get(f"{api}/text")
    assert (answer.status_code, answer.content.decode()) == (200, "plain café")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_text_type_names_its_charset(http: httpx2.Client, api: str) -> None:
    assert http.get(f"{api}/html").headers["content-type"] == "text/html; charset=utf-8"


def test_an_empty_response_has_no_body(http: httpx2.Client, api: str) -> None:
    answer = http.get(f"{api}/empty")
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("route", ["none", "number"])
def test_returning_anything_else_is_an_empty_500(http: httpx2.Client, api: str, route: str) -> None:
    answer = http.get(f"{api}/{route}")
    assert (answer.status_code, answer.content) == (500, b"")


@pytest.mark.parametrize("route", ["raise-async", "raise-sync"])
def test_an_exception_is_an_empty_500_and_a_trace_in_the_terminal(
    http: httpx2.Client, app: RunningApp, route: str
) -> None:
    answer = http.get(f"{app.base_url}/api/{route}")
    assert (answer.status_code, answer.content) == (500, b"")
    assert "content-type" not in answer.headers
    assert "LookupError: the reason" in app.logs()
    assert f"{route.replace('-', '_')} failed" in app.logs()


def test_each_cookie_is_set_by_its_own_header(http: httpx2.Client, api: str) -> None:
    assert http.get(f"{api}/cookies").headers.get_list("set-cookie") == [
        "one=1; path=/; samesite=Lax; httponly",
        "two=2; path=/deep; max-age=60; secure",
    ]


@pytest.mark.parametrize("path", ["/api/unknown", "/", "/other"])
def test_a_path_that_is_nobodys_is_an_empty_404(
    http: httpx2.Client, app: RunningApp, path: str
) -> None:
    answer = http.get(app.base_url + path)
    assert (answer.status_code, answer.content) == (404, b"")
    assert "content-type" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS"])
def test_a_method_that_no_route_takes_is_404(http: httpx2.Client, api: str, method: str) -> None:
    assert http.request(method, f"{api}/get-only").status_code == 404


def test_a_catch_all_named_last_takes_what_others_leave(http: httpx2.Client, api: str) -> None:
    assert http.delete(f"{api}/zz/any/where").text == "rest"


def test_head_reaches_a_function_that_takes_it_and_has_no_body(
    http: httpx2.Client, api: str
) -> None:
    answer = http.head(f"{api}/head")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["x-method"] == "HEAD"


def test_async_functions_overlap_on_one_loop(http: httpx2.Client, api: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(httpx2.get, f"{api}/wait", timeout=10)
        assert http.get(f"{api}/meet").text == "came"
        assert waiting.result().text == "met"


def test_sync_functions_overlap_in_threads(api: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        pair = [pool.submit(httpx2.get, f"{api}/pair", timeout=10) for _ in range(2)]
        assert [answer.result().text for answer in pair] == ["met", "met"]


def test_sync_functions_leave_the_loops_thread_alone(http: httpx2.Client, api: str) -> None:
    assert http.get(f"{api}/thread").text == "False"
    assert http.get(f"{api}/loop").text == "True"


def test_a_client_that_goes_away_does_not_stop_a_function(
    http: httpx2.Client, app: RunningApp
) -> None:
    with pytest.raises(httpx2.ReadTimeout):
        http.get(f"{app.base_url}/api/slow", timeout=0.1)
    deadline = time.monotonic() + 10
    while "slow ended" not in app.logs() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert "slow ended" in app.logs()
