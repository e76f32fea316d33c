"""A process that indexes an app, calls it once, and says when each was done and what it took.

python -m bench.harness.first_answer APP_FOLDER ASK_AS_JSON
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path

from bench.harness.library import Ask, index, invoke
from bench.harness.questions import from_model


async def _main() -> None:
    if "BENCH_CORE" in os.environ:
        os.sched_setaffinity(0, {int(os.environ["BENCH_CORE"])})
    for package in os.environ.get("BENCH_HIDDEN", "").split():
        sys.modules[package] = None  # type: ignore[assignment] # Python's own way to say: not there
    function, path, method, body, headers = json.loads(sys.argv[2])
    functions = await index(Path(sys.argv[1]))
    indexed = time.monotonic()
    ask = Ask(function, path, method, body.encode(), headers)
    status, answer = await invoke(functions[function], ask.datum())
    answered, cpu = time.monotonic(), time.process_time()
    sys.stdout.write(
        f"{json.dumps([indexed, answered, cpu, status, from_model(status, answer)])}\n"
    )
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(_main())
