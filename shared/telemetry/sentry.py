"""Unhandled errors, to Sentry: class, places in the code, request id, the subject's pseudonym."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from sentry_sdk.types import Event


def start_sentry(dsn: str, environment: str) -> Callable[[BaseException, str, str | None], None]:
    """Start the SDK, which sends from a thread of its own, and return what reports an error.

    Raises:
        ImportError: sentry-sdk, an optional extra, is not installed.
        sentry_sdk.utils.BadDsn: the DSN is none.

    """
    import sentry_sdk  # noqa: PLC0415 - an optional extra
    from sentry_sdk.integrations.atexit import AtexitIntegration  # noqa: PLC0415 - as above

    sentry_sdk.init(
        dsn,
        release=__version__,
        environment=environment,
        server_name=environment,
        # Nothing is collected that is not named here: no log lines, no requests, no variables.
        default_integrations=False,
        # What waits when the process ends is sent, in two seconds at most, without a word.
        integrations=[AtexitIntegration(callback=lambda _pending, _timeout: None)],
        auto_enabling_integrations=False,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        before_send=_scrubbed,
    )

    def report(error: BaseException, request_id: str, subject: str | None) -> None:
        with sentry_sdk.new_scope() as scope:
            scope.set_tag("request_id", request_id)
            if subject is not None:
                scope.set_user({"id": subject})
            scope.capture_exception(error)

    return report


def _scrubbed(event: Event, _hint: dict[str, Any]) -> Event:
    """The event without the exceptions' own words, which may quote callers and models."""
    exceptions: Any = event.get("exception", {})
    for exception in exceptions.get("values", ()):
        exception["value"] = ""
    return event
