"""Everything that is switched on, set up once per worker."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from shared.telemetry.active import ACTIVE
from shared.telemetry.log_output import set_up_log

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.settings import Settings

logger = logging.getLogger(__name__)


def set_up_telemetry(settings: Settings) -> None:
    """Set up the log, Application Insights and Sentry, as far as the settings ask for them.

    What cannot be set up is logged and done without: the service answers all the same.
    """
    _attempt("log", lambda: set_up_log(settings))
    if settings.exports_to_application_insights:
        _attempt("application_insights", lambda: _start_application_insights(settings))
    if settings.sentry_dsn is not None:
        _attempt("sentry", lambda: _start_sentry(settings))


def _attempt(what: str, start: Callable[[], None]) -> None:
    try:
        start()
    except ImportError as error:
        logger.error("telemetry_not_started what=%s: %s is not installed", what, error.name)  # noqa: TRY400 - the trace tells no more
    except Exception as error:  # noqa: BLE001 - each library raises what it likes
        # Only its kind: its words can quote a connection string.
        logger.error("telemetry_not_started what=%s error=%s", what, type(error).__qualname__)  # noqa: TRY400


def _start_application_insights(settings: Settings) -> None:
    from shared.telemetry.application_insights import start  # noqa: PLC0415 - heavy

    ACTIVE.signals = start(settings)


def _start_sentry(settings: Settings) -> None:
    from shared.telemetry.sentry import start_sentry  # noqa: PLC0415 - only where switched on

    if settings.sentry_dsn is not None:
        ACTIVE.report_error = start_sentry(
            settings.sentry_dsn.get_secret_value(), settings.website_site_name or "local"
        )
