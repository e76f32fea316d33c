"""The engine that calls an app's functions in this process, as Microsoft's worker would.

Requests and answers pass through the converters of the azure-functions package itself, so that
a function sees the very `HttpRequest` that it sees in Azure.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import logging
import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import azure.functions as func
from azure.functions.http import HttpRequestConverter, HttpResponseConverter

from tools.local_host.engine import AppLoadError, Invocation, InvocationError
from tools.local_host.routing import HttpFunction

if TYPE_CHECKING:
    from collections.abc import Callable

    from azure.functions.meta import Datum

log = logging.getLogger(__name__)
_thread_local = threading.local()


@dataclass(frozen=True, slots=True)
class TraceContext:
    """`context.trace_context`: the caller's W3C trace headers."""

    trace_parent: str
    trace_state: str
    attributes: dict[str, str]

    @property
    def Traceparent(self) -> str:  # noqa: N802 - the older spelling, which Azure still offers
        """The same as `trace_parent`."""
        return self.trace_parent

    @property
    def Tracestate(self) -> str:  # noqa: N802 - the older spelling, which Azure still offers
        """The same as `trace_state`."""
        return self.trace_state


@dataclass(frozen=True, slots=True)
class RetryContext:
    """`context.retry_context`: HTTP calls are never retried by the host."""

    retry_count: int = 0
    max_retry_count: int = 0
    exception: None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a function that declares `context` gets; the attributes of `func.Context`."""

    invocation_id: str
    function_name: str
    function_directory: str
    trace_context: TraceContext
    retry_context: RetryContext
    thread_local_storage: threading.local


@dataclass(frozen=True, slots=True)
class _Callable:
    """A user function and what must be known to call it."""

    call: Callable[..., Any]
    directory: str
    is_async: bool
    takes_context: bool


class DirectEngine:
    """Calls the functions of one app in this process."""

    def __init__(self, app: func.FunctionRegister) -> None:
        self.functions: list[HttpFunction] = []
        self._callables: dict[str, _Callable] = {}
        for function in app.get_functions():
            self._add(function)

    def _add(self, function: Any) -> None:
        name = function.get_function_name()
        bindings = [json.loads(binding) for binding in function.get_raw_bindings()]
        triggers = [binding for binding in bindings if binding["type"] == "httpTrigger"]
        others = {binding["type"] for binding in bindings} - {"httpTrigger", "http"}
        if not triggers or others:
            log.warning("%s is not served: it uses %s", name, ", ".join(sorted(others)))
            return
        call = function.get_user_function()
        parameters = set(inspect.signature(call).parameters)
        if parameters - {"context"} != {triggers[0]["name"]}:
            raise AppLoadError(
                f"cannot load the {name} function: it must take {triggers[0]['name']!r} and may "
                f"take 'context', not {sorted(parameters)}"
            )
        self.functions.append(HttpFunction.from_binding(name, triggers[0]))
        self._callables[name] = _Callable(
            call=call,
            directory=str(Path(inspect.getfile(call)).parent),
            is_async=inspect.iscoroutinefunction(call),
            takes_context="context" in parameters,
        )

    async def invoke(self, function: HttpFunction, request: Datum, invocation: Invocation) -> Datum:
        """Call the function: a coroutine on this loop, anything else in a thread."""
        target = self._callables[function.name]
        arguments = {function.trigger: HttpRequestConverter.decode(request, trigger_metadata={})}
        if target.takes_context:
            arguments["context"] = _context(function.name, target.directory, invocation)
        try:
            if target.is_async:
                answer = await target.call(**arguments)
            else:
                answer = await asyncio.get_running_loop().run_in_executor(
                    None, partial(target.call, **arguments)
                )
            return _encode(answer)
        except Exception as error:
            raise InvocationError(function.name) from error


def _encode(answer: object) -> Datum:
    try:
        return HttpResponseConverter.encode(answer, expected_type=None)
    except NotImplementedError:
        raise TypeError(
            f"an HTTP function returns HttpResponse or str, not {type(answer).__name__}"
        ) from None


def _context(name: str, directory: str, invocation: Invocation) -> Context:
    return Context(
        invocation_id=invocation.id,
        function_name=name,
        function_directory=directory,
        trace_context=TraceContext(invocation.trace_parent, invocation.trace_state, {}),
        retry_context=RetryContext(),
        thread_local_storage=_thread_local,
    )


async def load(folder: Path) -> DirectEngine:
    """Load function_app.py, which must be importable and its folder the current one.

    Raises:
        AppLoadError: it is missing, or has not exactly one FunctionApp at its top level.

    """
    if not (folder / "function_app.py").is_file():
        raise AppLoadError(f"there is no function_app.py in {folder}")
    module = importlib.import_module("function_app")
    apps = [value for value in vars(module).values() if isinstance(value, func.FunctionRegister)]
    if len(apps) != 1:
        raise AppLoadError(f"function_app.py has {len(apps)} function apps at its top level, not 1")
    return DirectEngine(apps[0])
