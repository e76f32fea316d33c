"""What an app folder's files say to the host, and what the host says to the terminal."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest

from tests.local_host.conftest import write_app
from tests.support.running_app import (
    AppDidNotStartError,
    HostKind,
    RunningApp,
    running_app,
)

if TYPE_CHECKING:
    from pathlib import Path

    import httpx2

    from tests.local_host.conftest import Serve

HELLO = """
    import os, pathlib

    @app.route("hello")
    async def hello(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse("hello")

    @app.route("setting/{name}")
    async def setting(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(os.environ.get(req.route_params["name"], "(unset)"))

    @app.route("folder")
    async def folder(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(str(pathlib.Path.cwd()))

    @app.route()
    async def unnamed(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse("by its function's name")

    @app.timer_trigger("timer", "0 0 0 1 1 *")
    async def yearly(timer: func.TimerRequest) -> None: ...
"""


@pytest.fixture(scope="module")
def app(serve: Serve) -> RunningApp:
    values = {"FROM_FILE": "file", "FROM_BOTH": "file"}
    files = {"local.settings.json": json.dumps({"IsEncrypted": False, "Values": values})}
    return serve(HELLO, files, {"FROM_BOTH": "environment"})


def test_values_of_local_settings_become_environment_variables(
    http: httpx2.Client, app: RunningApp
) -> None:
    assert http.get(f"{app.base_url}/api/setting/FROM_FILE").text == "file"


def test_the_environment_wins_over_local_settings(http: httpx2.Client, app: RunningApp) -> None:
    assert http.get(f"{app.base_url}/api/setting/FROM_BOTH").text == "environment"


def test_the_app_runs_in_its_own_folder(http: httpx2.Client, app: RunningApp) -> None:
    assert http.get(f"{app.base_url}/api/folder").text == str(app.folder)


def test_a_function_without_a_route_is_found_by_its_name(
    http: httpx2.Client, app: RunningApp
) -> None:
    assert http.get(f"{app.base_url}/api/unnamed").text == "by its function's name"


def test_the_terminal_lists_what_is_served(app: RunningApp) -> None:
    assert "hello: any /api/hello" in app.logs()
    assert f"Running on {app.base_url}" in app.logs()


def test_headers_and_bodies_are_never_logged(http: httpx2.Client, app: RunningApp) -> None:
    headers = {"Authorization": "Bearer my-token"}
    http.post(f"{app.base_url}/api/hello", content=b"my-body", headers=headers)
    assert "my-token" not in app.logs()
    assert "my-body" not in app.logs()
    assert "/api/hello HTTP" not in app.logs()


def test_host_json_sets_the_route_prefix(http: httpx2.Client, serve: Serve) -> None:
    host = {"version": "2.0", "extensions": {"http": {"routePrefix": "v1/things"}}}
    app = serve(HELLO, {"host.json": json.dumps(host)})
    assert http.get(f"{app.base_url}/v1/things/hello").text == "hello"


@pytest.mark.parametrize(
    ("functions", "reason"),
    [
        ("raise RuntimeError('no start')", "RuntimeError: no start"),
        ("other = func.FunctionApp()", "function app"),
        (
            """
            @app.route("x")
            async def x(req: func.HttpRequest, other: str) -> func.HttpResponse: ...
            """,
            "cannot load the x function",
        ),
    ],
)
def test_an_app_that_cannot_be_loaded_ends_the_host_with_the_reason(
    tmp_path: Path, host_kind: HostKind, functions: str, reason: str
) -> None:
    folder = write_app(tmp_path, functions, {})
    with (
        pytest.raises(AppDidNotStartError, match=reason) as failure,
        running_app(folder, host_kind),
    ):
        pass
    assert "exit status 1" in str(failure.value)


def test_a_folder_without_an_app_ends_the_host(tmp_path: Path, host_kind: HostKind) -> None:
    with (
        pytest.raises(AppDidNotStartError, match=r"there is no function_app\.py"),
        running_app(tmp_path, host_kind),
    ):
        pass


def test_a_settings_file_that_is_wrong_ends_the_host(tmp_path: Path) -> None:
    folder = write_app(tmp_path, HELLO, {"host.json": "{"})
    with (
        pytest.raises(AppDidNotStartError, match=r"Cannot start: host\.json is not JSON"),
        running_app(folder, "local"),
    ):
        pass


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_host_once_its_requests_are_answered(
    http: httpx2.Client, tmp_path: Path, stop: signal.Signals
) -> None:
    functions = """
        import asyncio, os, signal

        @app.route("last/{number:int}")
        async def last(req: func.HttpRequest) -> func.HttpResponse:
            os.kill(os.getpid(), int(req.route_params["number"]))
            await asyncio.sleep(0.1)
            return func.HttpResponse("answered")
    """
    with running_app(write_app(tmp_path, functions, {}), "local") as app:
        assert http.get(f"{app.base_url}/api/last/{int(stop)}").text == "answered"
        assert app.process.wait(10) == 0


def test_a_port_in_use_ends_the_host(app: RunningApp, host_kind: HostKind) -> None:
    port = app.base_url.rpartition(":")[2]
    with (
        pytest.raises(AppDidNotStartError, match=r"Cannot start: .*in use"),
        running_app(app.folder, host_kind, options=["--port", port]),
    ):
        pass
