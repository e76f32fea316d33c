"""Index a deployed package and ask it for a question, with nothing of the tests to import.

`python -I ask_package.py FOLDER worker|local TOKEN` prints the answer as one line of JSON.
"worker" goes through Microsoft's worker library (Python 3.13 and later), "local" calls what
azure-functions has registered.
"""

from __future__ import annotations

import asyncio
import json
import runpy
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import azure.functions as func
from azure.functions.meta import Datum

FOLDER, WAY, TOKEN = Path(sys.argv[1]), *sys.argv[2:]
PROTOS = Path(__file__).resolve().parents[1] / "support" / "worker_protos.py"
ADDRESS = "http://localhost/api/generate-question"
FUNCTION = "generate_question"


async def by_worker() -> Any:
    """Ask as Azure's worker does."""
    from azure_functions_runtime import (  # noqa: PLC0415 - only from Python 3.13 on
        functions_metadata_request,
        start_threadpool_executor,
        worker_init_request,
    )
    from azure_functions_runtime.native_invocation import (  # noqa: PLC0415 - as above
        invocation_request_native,
    )

    start_threadpool_executor()
    init = SimpleNamespace(capabilities={}, function_app_directory=str(FOLDER))
    protos = SimpleNamespace(**runpy.run_path(str(PROTOS)))
    await worker_init_request(
        SimpleNamespace(
            request=SimpleNamespace(worker_init_request=init),
            properties={"host": "127.0.0.1", "protos": protos},
        )
    )
    indexed = (await functions_metadata_request(None)).function_metadata_results
    [function] = [function for function in indexed if function.name == FUNCTION]
    nothing: dict[str, Datum] = {}
    request = Datum(
        type="http",
        value={
            "method": Datum(type="string", value="GET"),
            "url": Datum(type="string", value=ADDRESS),
            "headers": {"authorization": Datum(type="string", value=f"Bearer {TOKEN}")},
            "query": nothing,
            "params": nothing,
            "body": Datum(type="bytes", value=b""),
        },
    )
    ok, answer, *rest = await invocation_request_native(
        "one", function.function_id, [("req", request)], {}
    )
    if not ok:
        raise SystemExit(str(rest))
    return json.loads(answer.value["body"].value)


async def by_registration() -> Any:
    """Ask the function that is registered, directly."""
    app = runpy.run_path(str(FOLDER / "function_app.py"))["app"]
    functions = {f.get_function_name(): f.get_user_function() for f in app.get_functions()}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = await functions[FUNCTION](
        func.HttpRequest(method="GET", url=ADDRESS, headers=headers, body=b""),
        SimpleNamespace(invocation_id="one", trace_context=SimpleNamespace(trace_parent="")),
    )
    return json.loads(answer.get_body())


if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER))
    answer = asyncio.run(by_worker() if WAY == "worker" else by_registration())
    sys.stdout.write(f"\n{json.dumps(answer)}\n")
