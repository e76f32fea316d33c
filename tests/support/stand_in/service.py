"""The service behind the wire: takes a request, checks it as Azure does, lets it be answered."""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from . import protocol
from .behaviour import Behaviour, Chooser
from .behaviours import ok
from .request import Request
from .validation import body_refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .deployment import Deployment
    from .reply import Reply
    from .wire import Exchange

KEPT_REQUESTS = 10_000
DEFAULT_ROOM = 1_000
"""Output tokens that the quota assumes where the caller sets no limit."""


class Service:
    """The stand-in's state and its decisions; knows nothing of sockets.

    Attributes:
        keys: accepted keys and tokens; None accepts any, but not none.
        behaviour: how requests are answered when neither a script nor their deployment says.
        script: behaviours for the next valid requests, one each.
        requests: the latest requests, oldest first, while `recording`.
        statuses: answers by HTTP status; 0 counts those that broke below HTTP.
        cancelled: requests whose client went away before the answer was out.

    """

    def __init__(self, deployments: Iterable[Deployment], keys: Iterable[str] | None) -> None:
        self.deployments = {deployment.name: deployment for deployment in deployments}
        self.keys = None if keys is None else frozenset(keys)
        self.behaviour: Chooser = ok()
        self.script: deque[Behaviour] = deque()
        self.recording = True
        self.clear()

    def clear(self) -> None:
        """Forget what was recorded, counted and scripted; keep how requests are answered."""
        self.script.clear()
        for deployment in self.deployments.values():
            deployment.script.clear()
        self.requests: deque[Request] = deque(maxlen=KEPT_REQUESTS)
        self.statuses: Counter[int] = Counter()
        self.answered_by: Counter[str] = Counter()
        self.received = 0
        self.cancelled = 0
        self.in_flight = 0
        self.max_in_flight = 0

    def stats(self) -> dict[str, Any]:
        """Counters, as JSON."""
        return {
            "received": self.received,
            "statuses": {str(status): count for status, count in sorted(self.statuses.items())},
            "deployments": dict(self.answered_by),
            "in_flight": self.in_flight,
            "max_in_flight": self.max_in_flight,
            "cancelled": self.cancelled,
        }

    def answer(self, exchange: Exchange) -> Reply:
        """Decide on the reply to a chat request, and count it as in flight until `settle`."""
        self.received += 1
        self.in_flight += 1
        self.max_in_flight = max(self.max_in_flight, self.in_flight)
        request = _parsed(exchange, self.received)
        if self.recording:
            self.requests.append(request)
        return self._decide(request)

    def settle(self, status: int | None) -> None:
        """Count an answer as out with this status (0: broken below HTTP); None: as abandoned."""
        self.in_flight -= 1
        if status is None:
            self.cancelled += 1
        else:
            self.statuses[status] += 1

    def _decide(self, request: Request) -> Reply:
        target = protocol.target_of(request)
        if target is None or request.method != "POST":
            return protocol.no_such_resource()
        if not self._admits(request.credential):
            return protocol.unauthorized(azure=target.azure)
        deployment = self.deployments.get(target.deployment)
        if deployment is None:
            return protocol.not_found(azure=target.azure)
        refusal = body_refusal(request, deployment)
        if refusal is not None:
            return refusal
        self.answered_by[deployment.name] += 1
        return self._answered(request, deployment)

    def _admits(self, credential: str | None) -> bool:
        return bool(credential) and (self.keys is None or credential in self.keys)

    def _answered(self, request: Request, deployment: Deployment) -> Reply:
        tokens = request.prompt_tokens + (request.room or DEFAULT_ROOM)
        grant = deployment.quota.ask(tokens)
        if not grant.granted:
            return protocol.rate_limited(grant.exhausted or "requests", grant.headers)
        reply = self._behaviour_for(request, deployment).respond(request, deployment)
        if not (grant.headers or deployment.latency):
            return reply
        return replace(
            reply,
            headers={**grant.headers, **reply.headers},
            latency=reply.latency + deployment.latency,
        )

    def _behaviour_for(self, request: Request, deployment: Deployment) -> Behaviour:
        for script in (deployment.script, self.script):
            if script:
                return script.popleft()
        chooser = deployment.behaviour or self.behaviour
        return chooser if isinstance(chooser, Behaviour) else chooser(request)


def _parsed(exchange: Exchange, number: int) -> Request:
    address = urlsplit(exchange.target)
    try:
        body = json.loads(exchange.body) if exchange.body else None
    except ValueError:
        body = None
    return Request(
        number=number,
        method=exchange.method,
        path=address.path,
        query=dict(parse_qsl(address.query)) if address.query else {},
        headers=exchange.headers,
        body=body,
        arrived_at=time.monotonic(),
    )
