"""The stand-in as tests use it: a server in its own thread with its own event loop."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from tests.support.ports import free_port

from .behaviour import Behaviour, Chooser, from_spec
from .deployment import Deployment
from .server import Server
from .service import Service

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from .request import Request

KEY = "stand-in-key"
DEPLOYMENT = "stand-in"
_POLL_SECONDS = 0.002


class StandIn:
    """Stands in for Azure OpenAI over real HTTP on a loopback port.

    Everything may be read and set from the test's thread while the server runs::

        with StandIn() as stand_in:
            stand_in.script(["reset", behaviours.rate_limited(retry_after=1)])
            client = AsyncOpenAI(base_url=stand_in.v1_url, api_key=KEY)

    Args:
        deployments: names, or Deployment objects with their own pace, quota and behaviour.
        keys: accepted keys and bearer tokens; None accepts any.
        port: 0 takes a free one.

    """

    def __init__(
        self,
        deployments: Iterable[str | Deployment] = (DEPLOYMENT,),
        *,
        keys: Iterable[str] | None = (KEY,),
        port: int = 0,
    ) -> None:
        wanted = [Deployment(each) if isinstance(each, str) else each for each in deployments]
        self._service = Service(wanted, keys)
        self._server = Server(self._service)
        self._wanted_port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="stand-in", daemon=True)

    def start(self) -> Self:
        """Listen, then return."""
        self._thread.start()
        self._run(self._server.open(self._wanted_port or free_port()))
        return self

    def stop(self) -> None:
        """Reset all connections and end the thread."""
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    # --- addresses ------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The resource's endpoint, as in AZURE_OPENAI_ENDPOINT: no trailing slash."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def v1_url(self) -> str:
        """`base_url` for AsyncOpenAI on Azure's v1 path."""
        return f"{self.url}/openai/v1/"

    @property
    def openai_url(self) -> str:
        """`base_url` of a plain OpenAI-compatible server."""
        return f"{self.url}/v1/"

    # --- scripting ------------------------------------------------------------------------

    @property
    def deployments(self) -> dict[str, Deployment]:
        """By name; settings may be changed and deployments added or removed at any time."""
        return self._service.deployments

    @property
    def behaviour(self) -> Chooser:
        """How requests are answered when no script is left."""
        return self._service.behaviour

    @behaviour.setter
    def behaviour(self, chosen: Chooser | str | Mapping[str, Any]) -> None:
        self._service.behaviour = (
            chosen if isinstance(chosen, Behaviour) or callable(chosen) else from_spec(chosen)
        )

    def script(
        self,
        behaviours: Iterable[Behaviour | str | Mapping[str, Any]],
        deployment: str | None = None,
    ) -> None:
        """Queue behaviours for the next valid requests (to that deployment), one each."""
        queue = self._service.script if deployment is None else self.deployments[deployment].script
        queue.extend(
            each if isinstance(each, Behaviour) else from_spec(each) for each in behaviours
        )

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Let connections be refused while the block runs."""
        self._run(self._call(self._server.shut))
        try:
            yield
        finally:
            self._run(self._server.open(self._server.port))

    # --- what happened --------------------------------------------------------------------

    @property
    def recording(self) -> bool:
        """Whether requests are kept; benches switch it off."""
        return self._service.recording

    @recording.setter
    def recording(self, wanted: bool) -> None:
        self._service.recording = wanted

    @property
    def requests(self) -> deque[Request]:
        """The latest requests, oldest first."""
        return self._service.requests

    @property
    def received(self) -> int:
        """Requests so far, refused ones included."""
        return self._service.received

    @property
    def statuses(self) -> Mapping[int, int]:
        """Answers by status; 0 counts those that broke below HTTP."""
        return self._service.statuses

    @property
    def in_flight(self) -> int:
        """Requests being answered now."""
        return self._service.in_flight

    @property
    def max_in_flight(self) -> int:
        """The most requests that were ever being answered at once."""
        return self._service.max_in_flight

    @property
    def connections_made(self) -> int:
        """Connections that clients have opened so far."""
        return self._server.connections_made

    @property
    def listening(self) -> bool:
        """Whether connections are accepted at the moment."""
        return self._server.listening

    @property
    def cancelled(self) -> int:
        """Requests whose client went away before the answer was out."""
        return self._service.cancelled

    def clear(self) -> None:
        """Forget requests, counters and scripts."""
        self._service.clear()

    async def until(self, condition: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait for something that the server sees a moment later, such as a disconnect.

        Raises:
            TimeoutError: it did not come about.

        """
        gives_up = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > gives_up:
                raise TimeoutError(f"not within {seconds} s; {self._service.stats()}")
            await asyncio.sleep(_POLL_SECONDS)

    async def _end(self) -> None:
        await self._server.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*rest, return_exceptions=True)

    async def _call(self, function: Callable[[], None]) -> None:
        function()

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)
