"""Serve the app on this machine, with tokens to try it: what `make run` does.

Core Tools (`func`) serve it where they are installed, else the project's own local host. Unless
AUTH_ISSUER says otherwise, a local issuer is started beside it and a token printed for each role.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from dotenv import dotenv_values

from tools import local_issuer
from tools.mint_token import mint

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
ROLES = ("candidate", "examiner", "admin")
_PREFIX = "api"


def main() -> int:
    """Run until interrupted; returns the host's exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=7071)
    port = parser.parse_args().port

    _settings_file()
    issuer = _configured("AUTH_ISSUER")
    environment = {**os.environ, **_this_python()} | (
        {"AUTH_ISSUER": issuer, "AUTH_AUDIENCE": _configured("AUTH_AUDIENCE") or ""}
        if issuer
        else _start_local_issuer() | _practice_token()
    )
    print(f"Starting on port {port}", flush=True)
    return _serve(_host(port), environment, partial(_greet, port, issuer))


def _configured(name: str) -> str | None:
    """The setting from the environment, or else from `.env`."""
    return os.environ.get(name) or dotenv_values(ROOT / ".env").get(name)


def _this_python() -> dict[str, str]:
    """What makes Core Tools, which take the `python` on the PATH, take this one."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {"PATH": path, "VIRTUAL_ENV": sys.prefix}


def _settings_file() -> None:
    """Make local.settings.json from its example where there is none: both hosts read it."""
    settings = ROOT / "local.settings.json"
    if not settings.exists():
        shutil.copyfile(ROOT / "local.settings.json.example", settings)


def _start_local_issuer() -> dict[str, str]:
    _, url = local_issuer.serve(port=0)
    return {
        "AUTH_ISSUER": local_issuer.ISSUER,
        "AUTH_AUDIENCE": local_issuer.AUDIENCE,
        "AUTH_JWKS_URL": f"{url}/jwks.json",
    }


def _practice_token() -> dict[str, str]:
    """A candidate's token for the practice page, which hands it to this machine's browser only.

    Core Tools listen on every address of the machine, where a caller's headers can be made up:
    there the page asks for a token.
    """
    return {} if shutil.which("func") else {"PRACTICE_TOKEN": mint(["candidate"])}


def _serve(command: list[str], environment: dict[str, str], greet: Callable[[], None]) -> int:
    """Run the host until it ends, or ends because this process is told to."""
    with subprocess.Popen(command, cwd=ROOT, env=environment) as host:
        Thread(target=greet, daemon=True).start()
        # Ctrl+C reaches the host by itself; SIGTERM would leave it behind, without its issuer.
        signal.signal(signal.SIGTERM, lambda *_: host.terminate())
        try:
            return host.wait()
        except KeyboardInterrupt:
            return 0


def _host(port: int) -> list[str]:
    func = shutil.which("func")
    if func:
        return [func, "start", "--port", str(port)]
    return [sys.executable, "-m", "tools.local_host", str(ROOT), "--port", str(port), "--reload"]


def _wait_until_open(port: int) -> None:
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def _greet(port: int, issuer: str | None) -> None:
    """Say how to ask, as soon as there is somebody to answer."""
    _wait_until_open(port)
    address = f"http://localhost:{port}/{_PREFIX}"
    lines = [
        f"\nServing {address} (Ctrl+C stops it)\n",
        f"Practise in the browser:\n{address}/practice\n",
    ]
    tokens = {} if issuer else {role: mint([role]) for role in ROLES}
    for role, minted in tokens.items():
        lines.append(f"Token for {role} (valid for 8 hours):\n{minted}\n")
    if issuer:
        lines.append(f"Tokens come from {issuer}: put one of yours into TOKEN.\n")
    body = json.dumps({"part": 2, "topic": "a journey"})
    lines.append(
        "Ask for a question:\n"
        f"curl -s -X POST {address}/generate-question -H 'Content-Type: application/json' "
        f"-H \"Authorization: Bearer {tokens.get('candidate', '$TOKEN')}\" -d '{body}'\n"
    )
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    sys.exit(main())
