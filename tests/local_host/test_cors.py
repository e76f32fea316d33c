"""Cross-origin requests, answered by the host as local.settings.json says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx2

    from tests.local_host.conftest import Serve
    from tests.support.running_app import HostKind

FUNCTIONS = """
    @app.route("hello", methods=["GET", "OPTIONS"])
    async def hello(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(f"function saw {req.method}")

    @app.route("broken")
    async def broken(req: func.HttpRequest) -> func.HttpResponse:
        raise ValueError
"""
FRONTEND = "http://localhost:5173"
ASKS_FOR_POST = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}


def with_cors(origins: str, *, credentials: bool = False) -> dict[str, str]:
    host = {"CORS": origins, "CORSCredentials": credentials}
    return {"local.settings.json": json.dumps({"Host": host})}


def allowed(answer: httpx2.Response) -> dict[str, str]:
    return {
        name.removeprefix("access-control-allow-"): value
        for name, value in answer.headers.items()
        if name.startswith("access-control-")
    }


@pytest.fixture(scope="module")
def host_kind() -> HostKind:
    return "local"  # no engine has a part in this


@pytest.fixture(scope="module")
def listed(serve: Serve) -> str:
    files = with_cors(f"https://example.org, {FRONTEND}", credentials=True)
    return f"{serve(FUNCTIONS, files).base_url}/api"


@pytest.fixture(scope="module")
def anyone(serve: Serve) -> str:
    return f"{serve(FUNCTIONS, with_cors('*')).base_url}/api"


@pytest.fixture(scope="module")
def closed(serve: Serve) -> str:
    return f"{serve(FUNCTIONS).base_url}/api"


def test_the_host_answers_a_preflight_for_any_path(http: httpx2.Client, listed: str) -> None:
    answer = http.options(f"{listed}/unknown", headers={"Origin": FRONTEND, **ASKS_FOR_POST})
    assert (answer.status_code, answer.content) == (204, b"")
    assert allowed(answer) == {
        "origin": FRONTEND,
        "credentials": "true",
        "methods": "POST",
        "headers": "authorization,content-type",
    }
    assert answer.headers["vary"] == "Origin"


def test_a_preflight_from_elsewhere_allows_nothing(http: httpx2.Client, listed: str) -> None:
    headers = {"Origin": "https://elsewhere.org", **ASKS_FOR_POST}
    answer = http.options(f"{listed}/hello", headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert allowed(answer) == {}


def test_an_answer_to_an_allowed_origin_says_so(http: httpx2.Client, listed: str) -> None:
    answer = http.get(f"{listed}/hello", headers={"Origin": FRONTEND})
    assert answer.text == "function saw GET"
    assert allowed(answer) == {"origin": FRONTEND, "credentials": "true"}


@pytest.mark.parametrize(("path", "status"), [("broken", 500), ("unknown", 404)])
def test_an_error_can_be_read_across_origins_too(
    http: httpx2.Client, listed: str, path: str, status: int
) -> None:
    answer = http.get(f"{listed}/{path}", headers={"Origin": FRONTEND})
    assert answer.status_code == status
    assert allowed(answer)["origin"] == FRONTEND


def test_an_answer_to_another_origin_is_given_without_leave(
    http: httpx2.Client, listed: str
) -> None:
    answer = http.get(f"{listed}/hello", headers={"Origin": "https://elsewhere.org"})
    assert answer.status_code == 200
    assert allowed(answer) == {}


def test_a_star_allows_any_origin(http: httpx2.Client, anyone: str) -> None:
    answer = http.get(f"{anyone}/hello", headers={"Origin": "https://elsewhere.org"})
    assert allowed(answer) == {"origin": "*"}
    assert "vary" not in answer.headers


def test_options_without_a_preflights_headers_reaches_the_function(
    http: httpx2.Client, anyone: str
) -> None:
    assert http.options(f"{anyone}/hello").text == "function saw OPTIONS"


def test_without_cors_a_preflight_is_a_request_like_any_other(
    http: httpx2.Client, closed: str
) -> None:
    answer = http.options(f"{closed}/hello", headers={"Origin": FRONTEND, **ASKS_FOR_POST})
    assert answer.text == "function saw OPTIONS"
    assert allowed(answer) == {}
