"""The command line of a local host."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tools.local_host.engine import AppLoadError
from tools.local_host.front import create_front
from tools.local_host.routing import RouteError
from tools.local_host.server import serve_until_stopped
from tools.local_host.settings import HostSettings, SettingsError

if TYPE_CHECKING:
    from tools.local_host.engine import Engine, LoadEngine

log = logging.getLogger(__name__)


def run(module: str, load: LoadEngine, arguments: list[str] | None = None) -> int:
    """Serve an app folder as the command line asks; returns the exit status.

    Args:
        module: the module that is run with `python -m`, to start it anew on reload.
        load: makes the engine for an app folder, on the loop that then serves it.
        arguments: the command line, by default that of the process.

    """
    options = _parser(module).parse_args(arguments)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    folder = options.folder.resolve()
    try:
        settings = HostSettings.read(folder)
        port = settings.port if options.port is None else options.port
        if options.reload:
            _reload(module, folder, options.host, port)
        else:
            _enter(folder, settings)
            asyncio.run(_serve(load, folder, settings, options.host, port))
    except (SettingsError, AppLoadError, RouteError, OSError) as error:
        log.error("Cannot start: %s", error)  # noqa: TRY400 - the message says all
        return 1
    return 0


def _parser(module: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m {module}", description="Serve the HTTP functions of a function app."
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="the app's folder")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, help="default: as in local.settings.json, or 7071")
    parser.add_argument("--reload", action="store_true", help="start anew when a file changes")
    return parser


def _reload(module: str, folder: Path, host: str, port: int) -> None:
    from tools.local_host.reload import serve_with_reload  # noqa: PLC0415 - needs watchfiles

    serve_with_reload(
        folder,
        [sys.executable, "-m", module, str(folder), "--host", host, "--port", str(port)],
    )


def _enter(folder: Path, settings: HostSettings) -> None:
    """Make the process the app's own: its settings, its folder, its modules first."""
    for name, value in settings.values.items():
        os.environ.setdefault(name, value)
    os.chdir(folder)
    sys.path.insert(0, str(folder))


async def _serve(
    load: LoadEngine, folder: Path, settings: HostSettings, host: str, port: int
) -> None:
    engine = await load(folder)
    front = create_front(engine, settings)
    _announce(engine, settings)
    await serve_until_stopped(front, host, port)


def _announce(engine: Engine, settings: HostSettings) -> None:
    for function in sorted(engine.functions, key=lambda function: function.name.upper()):
        path = "/".join(part for part in (settings.route_prefix, function.route) if part)
        log.info("%s: %s /%s", function.name, ",".join(sorted(function.methods)) or "any", path)
