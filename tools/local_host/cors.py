"""Cross-origin requests: any method and any header from the allowed origins, as in Core Tools."""

from __future__ import annotations

from dataclasses import dataclass

from tools.local_host.exchange import HttpAnswer, HttpCall


@dataclass(frozen=True, slots=True)
class Cors:
    """The cross-origin policy of local.settings.json.

    Attributes:
        origins: allowed origins in lower case; ("*",) for any, empty for no CORS at all.
        credentials: whether cookies and authorisation may come along.

    """

    origins: tuple[str, ...]
    credentials: bool

    def preflight(self, call: HttpCall) -> HttpAnswer | None:
        """Answer a preflight request, which no function sees; None for any other request."""
        requested = call.header("access-control-request-method")
        is_preflight = call.method == "OPTIONS" and call.header("origin") and requested
        if not self.origins or not is_preflight:
            return None
        headers = self.headers(call)
        if headers:
            headers = (*headers, ("access-control-allow-methods", requested))
            asked = call.header("access-control-request-headers")
            if asked:
                headers = (*headers, ("access-control-allow-headers", asked))
        return HttpAnswer(204, headers)

    def headers(self, call: HttpCall) -> tuple[tuple[str, str], ...]:
        """Name the headers to add to any answer: none where the origin is absent or not allowed."""
        origin = call.header("origin")
        if not origin:
            return ()
        if "*" in self.origins:
            return (("access-control-allow-origin", "*"),)
        if origin.lower() not in self.origins:
            return ()
        allowed = (("access-control-allow-origin", origin), ("vary", "Origin"))
        if self.credentials:
            return (*allowed, ("access-control-allow-credentials", "true"))
        return allowed
