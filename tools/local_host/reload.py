"""A new serving process whenever a file of the app changes."""

from __future__ import annotations

import logging
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import run_process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchfiles import Change

_SUFFIXES = {".py", ".json", ".env"}
_IGNORED_FOLDERS = {"tests", "__pycache__", "node_modules", "venv"}


def serve_with_reload(folder: Path, command: Sequence[str]) -> None:
    """Run the command, and anew after each change under the folder, until SIGINT or SIGTERM."""
    logging.getLogger("watchfiles").setLevel(logging.ERROR)

    def matters(_change: Change, path: str) -> bool:
        return is_source(folder, Path(path))

    run_process(
        folder,
        target=shlex.join(command),
        target_type="command",
        watch_filter=matters,
        callback=lambda _changes: logging.getLogger(__name__).info("The app changed: reloading"),
    )


def is_source(folder: Path, path: Path) -> bool:
    """Whether a change of the file can change what the app does.

    Python, JSON and .env files can; tests, caches, virtual environments and hidden folders not.
    """
    *parents, name = path.relative_to(folder).parts
    if any(parent.startswith(".") or parent in _IGNORED_FOLDERS for parent in parents):
        return False
    return path.suffix in _SUFFIXES or name.startswith(".env")
