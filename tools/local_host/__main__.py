"""`python -m tools.local_host [APP_FOLDER] [--port N] [--reload]`."""

from __future__ import annotations

import sys

from tools.local_host.command import run
from tools.local_host.direct import load

if __name__ == "__main__":
    sys.exit(run("tools.local_host", load))
