"""Alerts and workbook ask for what the app emits."""

from __future__ import annotations

import json
import logging
import re
import time
import urllib.request
from logging.handlers import BufferingHandler
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from shared.telemetry.unhandled import record_unhandled
from tests.infra.bicep import INFRA
from tests.support.running_app import running_app

if TYPE_CHECKING:
    from pathlib import Path

ALERTS = {file.stem: file.read_text(encoding="utf-8") for file in INFRA.glob("alerts/*.kql")}
WORKBOOK = json.loads((INFRA / "workbook" / "workbook.json").read_text(encoding="utf-8"))
PANELS = {item["name"]: item["content"]["query"] for item in WORKBOOK["items"] if item["type"] == 3}
DOCUMENT = (INFRA.parent / "docs" / "operations.md").read_text(encoding="utf-8")
PREAMBLE, *ANSWERS = re.findall(r"```kusto\n(.*?)```", DOCUMENT, re.DOTALL)
DOCUMENTED = {
    f"operations.md {number}": query
    for number, query in enumerate([*PREAMBLE.split(";\n")[:2], *ANSWERS])
}
QUERIES = {**ALERTS, **PANELS, **DOCUMENTED}

COLUMNS = {
    *("traces", "exceptions", "requests", "dependencies"),
    *("timestamp", "customDimensions", "operation_Id", "itemType"),
    *("name", "message", "resultCode", "duration", "type"),
}
"""Application Insights' tables and columns, as far as we ask for them."""

WORDS = {
    *("let", "where", "summarize", "extend", "project", "order", "union", "take", "mv", "expand"),
    *("by", "asc", "desc", "and", "in", "bin", "to", "typeof", "string", "count_"),
}
"""Of the query language; `count_` is what a bare count() is called."""


@pytest.fixture(scope="module")
def emitted(package: Path, surroundings: dict[str, str], token: str) -> dict[str, set[str]]:
    """The fields of each event that one question by the model leaves in the log."""
    with running_app(package, "local", {**surroundings, "LOG_FORMAT": "json"}) as app:
        asked = urllib.request.Request(
            f"{app.base_url}/api/generate-question",
            headers={"Authorization": f"Bearer {token}"},
        )
        urllib.request.urlopen(asked).close()
        deadline = time.monotonic() + 10
        fields: dict[str, set[str]] = {}
        while "request" not in fields and time.monotonic() < deadline:
            fields = _fields_by_event(app.logs())
    return {**fields, "unhandled_error": _fields_of_an_unforeseen_error()}


def _fields_of_an_unforeseen_error() -> set[str]:
    """They are beside the message, which is how Application Insights gets them."""
    logger, handler = logging.getLogger("shared.unhandled"), BufferingHandler(2)
    logger.addHandler(handler)
    call: Any = SimpleNamespace(
        request_id="accident", declaration=SimpleNamespace(route="boom"), principal=None
    )
    record_unhandled(call, RuntimeError())
    logger.removeHandler(handler)
    return set(vars(handler.buffer[0]))


def _fields_by_event(log: str) -> dict[str, set[str]]:
    lines: list[dict[str, Any]] = [
        json.loads(line) for line in log.splitlines() if line.startswith("{")
    ]
    return {line["event"]: set(line) for line in lines if "event" in line}


def _event(query: str) -> str:
    """The event whose records a query looks at."""
    if found := re.search(r"""customDimensions\.event == ['"](\w+)['"]""", query):
        return found[1]
    return "model_call" if "model_calls" in query else "request"


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_asks_for_fields_that_its_event_has(
    name: str, emitted: dict[str, set[str]]
) -> None:
    query = QUERIES[name]
    asked = set(re.findall(r"customDimensions\.(\w+)", query))

    assert asked - emitted[_event(query)] == set()


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_uses_no_name_that_nobody_has_defined(name: str) -> None:
    query = re.sub(r"//.*|\{.*?\}|'.*?'|\".*?\"", "", QUERIES[name])
    used = set(re.findall(r"(?<![\w.])[A-Za-z_]\w*\b(?!\s*\()", query))
    defined = set(re.findall(r"(\w+)\s*=(?![=~])", PREAMBLE * (name in DOCUMENTED) + query))

    assert used - defined - COLUMNS - WORDS == set()


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_compares_the_column_value(name: str) -> None:
    assert re.search(r"\bValue = ", ALERTS[name])


def test_every_query_of_an_alert_is_used_and_no_other() -> None:
    rules = (INFRA / "alerts" / "alerts.bicep").read_text(encoding="utf-8")

    assert set(re.findall(r"loadTextContent\('([\w-]+)\.kql'\)", rules)) == ALERTS.keys()


def test_the_operators_page_says_what_to_do_about_every_alert() -> None:
    table = DOCUMENT.partition("| Alert |")[2].partition("\n\n")[0]

    assert set(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)) == ALERTS.keys()


def test_the_workbook_has_what_an_operator_looks_at() -> None:
    assert PANELS.keys() >= {"requests", "percentiles", "tokens", "cost", "sources", "findings"}


def test_the_workbook_names_no_resource() -> None:
    text = json.dumps(WORKBOOK)

    assert "/subscriptions/" not in text
    assert WORKBOOK["fallbackResourceIds"] == ["APPLICATION_INSIGHTS_ID"]
