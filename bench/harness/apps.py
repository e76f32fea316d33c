"""The contenders: our app and its peers, each copied to a folder of its own and compiled."""

from __future__ import annotations

import compileall
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bench.harness.library import Ask
from bench.harness.tasks import long_turn_request

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).resolve().parents[2]
PEERS = REPOSITORY / "bench" / "peers"
DEPLOYED = ("function_app.py", "host.json", "shared")


@dataclass(frozen=True, slots=True, eq=False)
class App:
    """One contender.

    Attributes:
        name: what the tables call it.
        peer: folder under bench/peers; None for our own app.
        function: the function that answers generate-question; None: named as the host would.
        env: settings beside the ones that all have.

    """

    name: str
    peer: str | None = None
    function: str = "generate_question"
    env: Mapping[str, str] = field(default_factory=dict)

    def ask(self, body: Mapping[str, object], headers: Mapping[str, str]) -> Ask:
        """POST /api/generate-question."""
        return Ask(
            self.function,
            "/api/generate-question",
            body=json.dumps(body).encode(),
            headers={"content-type": "application/json", **headers},
        )


OURS = App("this app")
PLAIN = App("plain sample", "plain")
CHECKED = App("hand-written checks", "checked")
FASTAPI = App("FastAPI", "fastapi_app", "http_app_func")
QUART = App("Quart", "quart_app", "http_app_func")
FLASK = App(
    "Flask, synchronous SDK, 32 threads",
    "flask_app",
    "http_app_func",
    # The most that the worker chooses by itself; on one core it would be five.
    {"PYTHON_THREADPOOL_THREAD_COUNT": "32"},
)
ALL = (OURS, PLAIN, CHECKED, FASTAPI, QUART, FLASK)


def deploy(app: App, folder: Path) -> Path:
    """Copy what would be deployed, with the model's task beside a peer, and compile it.

    A copy, so that no `.env` takes part and nothing changes while a bench runs.
    """
    if app.peer is None:
        copy_ours(folder)
    else:
        shutil.copytree(PEERS / app.peer, folder, ignore=shutil.ignore_patterns("__pycache__"))
        front = (folder / "function_app.py").read_text(encoding="utf-8")
        if "task.json" in front:
            (folder / "task.json").write_text(json.dumps(long_turn_request()), encoding="utf-8")
        if "from checks import" in front:
            shutil.copyfile(PEERS / "checks.py", folder / "checks.py")
    if app.peer == "wrapped":
        copy_ours(folder, front_as="real_app.py")
    compileall.compile_dir(folder, quiet=2)
    return folder


def copy_ours(folder: Path, front_as: str = "function_app.py") -> None:
    """Copy our own app, its front under another name where a peer builds on it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(REPOSITORY / "function_app.py", folder / front_as)
    shutil.copyfile(REPOSITORY / "host.json", folder / "host.json")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "shared", folder / "shared", ignore=ignored)
