"""The local host's HTTP side in front of Microsoft's worker library (Python 3.13 and later).

The library indexes the app and calls its functions, as in Azure; routes and methods are the ones
that it reports. `python -m tests.support.worker_host APP_FOLDER --port N`
"""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from azure_functions_runtime import (
    functions_metadata_request,
    start_threadpool_executor,
    worker_init_request,
)
from azure_functions_runtime.native_invocation import (
    invocation_request_native,
)

from tests.support import worker_protos
from tools.local_host.command import run
from tools.local_host.engine import AppLoadError, InvocationError
from tools.local_host.routing import HttpFunction

if TYPE_CHECKING:
    from pathlib import Path

    from azure.functions.meta import Datum

    from tools.local_host.engine import Invocation


class WorkerEngine:
    """Calls the functions that the worker library has indexed in this process."""

    def __init__(self, metadata: list[Any]) -> None:
        self.functions: list[HttpFunction] = []
        self._ids: dict[str, str] = {}
        for function in metadata:
            bindings = [json.loads(binding) for binding in function.raw_bindings]
            triggers = [binding for binding in bindings if binding["type"] == "httpTrigger"]
            if triggers:
                self.functions.append(HttpFunction.from_binding(function.name, triggers[0]))
                self._ids[function.name] = function.function_id

    async def invoke(self, function: HttpFunction, request: Datum, invocation: Invocation) -> Datum:
        ok, answer, _outputs, _error, _trace = await invocation_request_native(
            invocation.id,
            self._ids[function.name],
            [(function.trigger, request)],
            {},
            invocation.trace_parent,
            invocation.trace_state,
        )
        if not ok:
            raise InvocationError(function.name)  # the worker has logged the trace
        return cast("Datum", answer)


async def load(folder: Path) -> WorkerEngine:
    """Start the worker on the folder's function_app.py.

    Raises:
        AppLoadError: indexing failed, with the worker's error.

    """
    start_threadpool_executor()
    init = SimpleNamespace(capabilities={}, function_app_directory=str(folder))
    started = await worker_init_request(
        SimpleNamespace(
            request=SimpleNamespace(worker_init_request=init),
            properties={"host": "127.0.0.1", "protos": worker_protos},
        )
    )
    if started.result.status != worker_protos.StatusResult.Success:
        raise AppLoadError(started.result.exception.stack_trace)
    indexed = await functions_metadata_request(None)
    if indexed.function_metadata_results is None:
        raise AppLoadError(f"there is no function_app.py in {folder}")
    return WorkerEngine(indexed.function_metadata_results)


if __name__ == "__main__":
    sys.exit(run("tests.support.worker_host", load))
