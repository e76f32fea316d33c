"""Where the log goes, and in which form: the host's own handlers, a file, Logstash."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.settings import Settings

OUR_LOGGER = "shared"
"""The parent of every logger of ours."""

_NOISY = ("alembic", "azure", "httpx2", "httpcore2", "openai", "msal", "opentelemetry", "urllib3")
"""At INFO they tell of every request that they send, its address included, or of each plug-in."""


def set_up_log(settings: Settings) -> None:
    """Put our lines out at INFO and above, and only warnings of the libraries below us.

    Text goes out as the host's handlers format it; JSON replaces their formatters.

    Raises:
        OSError: the log file cannot be written.

    """
    # No line of ours tells of threads, processes or tasks, and looking them up costs every one of
    # them: the logging HOWTO's section on optimisation names these switches.
    logging.logThreads = logging.logProcesses = False
    logging.logMultiprocessing = False
    logging.logAsyncioTasks = False  # type: ignore[attr-defined] # from Python 3.12 on
    ours = logging.getLogger(OUR_LOGGER)
    ours.setLevel(logging.INFO)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    formatter = _formatter(as_json=settings.log_format == "json")
    if settings.log_format == "json":
        _format_root(formatter)
    if settings.log_file is not None:
        from shared.telemetry.log_file import file_handler  # noqa: PLC0415 - only where switched on

        ours.addHandler(file_handler(settings, formatter))
    if settings.logstash_url is not None:
        from shared.telemetry.logstash import logstash_handler  # noqa: PLC0415 - as above

        ours.addHandler(logstash_handler(settings.logstash_url, _formatter(as_json=True)))


def _format_root(formatter: logging.Formatter) -> None:
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    for handler in root.handlers:
        # By its name, for importing OpenTelemetry to ask is not worth it: what it exports is
        # fields, and a formatter would only change the message beside them.
        if not type(handler).__module__.startswith("opentelemetry."):
            handler.setFormatter(formatter)


def _formatter(*, as_json: bool) -> logging.Formatter:
    if as_json:
        from shared.telemetry.json_lines import JsonLines  # noqa: PLC0415 - only where switched on

        return JsonLines()
    return logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
