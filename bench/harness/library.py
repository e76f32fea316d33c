"""Microsoft's worker library as the benches use it: an app indexed and called in this process."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from azure.functions.meta import Datum
from azure_functions_runtime import (
    functions_metadata_request,
    start_threadpool_executor,
    worker_init_request,
)
from azure_functions_runtime.native_invocation import (
    invocation_request_native,
)

from tests.support import worker_protos

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FAILED = 500
"""What the host answers when a function raises."""


class IndexingError(Exception):
    """The worker could not index the app; the message is its own."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One HTTP request, as the load sends it to a worker.

    Attributes:
        path: from the route prefix on, with its query: "/api/generate-question".
        function: name of the function that the host would choose for it.

    """

    function: str
    path: str
    method: str = "POST"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def datum(self) -> Datum:
        """The request as the host hands it to the worker."""
        path, _, query = self.path.partition("?")
        pairs = (pair.partition("=") for pair in query.split("&") if pair)
        return Datum(
            type="http",
            value={
                "method": _text(self.method),
                "url": _text(f"http://localhost{self.path}"),
                "headers": {name: _text(value) for name, value in self.headers.items()},
                "query": {name: _text(value) for name, _, value in pairs},
                "params": {"route": _text(path.removeprefix("/"))},
                "body": Datum(type="bytes", value=self.body),
            },
        )


@dataclass(frozen=True, slots=True)
class IndexedFunction:
    """What the worker knows a function by."""

    id: str
    trigger: str


async def index(folder: Path) -> dict[str, IndexedFunction]:
    """Index the folder's function_app.py, once a process; the HTTP functions by name.

    Raises:
        IndexingError: with the worker's error.

    """
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    start_threadpool_executor()
    init = SimpleNamespace(capabilities={}, function_app_directory=str(folder))
    started = await worker_init_request(
        SimpleNamespace(
            request=SimpleNamespace(worker_init_request=init),
            properties={"host": "127.0.0.1", "protos": worker_protos},
        )
    )
    if started.result.status != worker_protos.StatusResult.Success:
        raise IndexingError(started.result.exception.stack_trace)
    answer = await functions_metadata_request(None)
    if answer.function_metadata_results is None:
        raise IndexingError(f"there is no function_app.py in {folder}")
    return dict(map(_indexed, answer.function_metadata_results))


async def invoke(function: IndexedFunction, request: Datum) -> tuple[int, bytes]:
    """Call a function; its HTTP status and body. A function that raises counts as FAILED."""
    ok, answer, *_ = await invocation_request_native(
        "00000000-0000-0000-0000-000000000000", function.id, [(function.trigger, request)], {}
    )
    if not ok:
        return FAILED, b""
    return int(answer.value["status_code"].value), answer.value["body"].value


def _indexed(function: Any) -> tuple[str, IndexedFunction]:
    bindings = map(json.loads, function.raw_bindings)
    trigger = next(each["name"] for each in bindings if each["type"] == "httpTrigger")
    return function.name, IndexedFunction(function.function_id, trigger)


def _text(value: str) -> Datum:
    return Datum(type="string", value=value)
