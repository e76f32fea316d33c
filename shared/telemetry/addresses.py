"""No host name or address leaves with a span: of an upstream URL only the path stays."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from opentelemetry.sdk.trace import SpanProcessor
from typing_extensions import override

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import Span

_URLS = ("http.url", "url.full")
_HOSTS = ("net.peer.name", "net.peer.ip", "server.address", "network.peer.address", "http.host")


class AddressRemover(SpanProcessor):
    """Works at a span's start, when its instrumentation has just named where it is going."""

    @override
    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        for name, value in dict(span.attributes or {}).items():
            if name in _URLS:
                span.set_attribute(name, urlsplit(str(value)).path)
            elif name in _HOSTS:
                span.set_attribute(name, "")
