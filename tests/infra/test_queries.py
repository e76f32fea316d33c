"""Alerts and workbook ask for what the app emits."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from tests.infra.bicep import INFRA
from tests.support.running_app import running_app

if TYPE_CHECKING:
    from pathlib import Path

ALERTS = {file.stem: file.read_text(encoding="utf-8") for file in INFRA.glob("alerts/*.kql")}
WORKBOOK = json.loads((INFRA / "workbook" / "workbook.json").read_text(encoding="utf-8"))
PANELS = {item["name"]: item["content"]["query"] for item in WORKBOOK["items"] if item["type"] == 3}
QUERIES = {**ALERTS, **PANELS}


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
    return fields


def _fields_by_event(log: str) -> dict[str, set[str]]:
    lines: list[dict[str, Any]] = [
        json.loads(line) for line in log.splitlines() if line.startswith("{")
    ]
    return {line["event"]: set(line) for line in lines if "event" in line}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_asks_for_fields_that_its_event_has(
    name: str, emitted: dict[str, set[str]]
) -> None:
    query = QUERIES[name]
    [event] = re.findall(r"customDimensions\.event == '(\w+)'", query)
    asked = set(re.findall(r"customDimensions\.(\w+)", query))

    assert asked - emitted[event] == set()


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_compares_the_column_value(name: str) -> None:
    assert re.search(r"\bValue = ", ALERTS[name])


def test_every_query_of_an_alert_is_used_and_no_other() -> None:
    rules = (INFRA / "alerts" / "alerts.bicep").read_text(encoding="utf-8")

    assert set(re.findall(r"loadTextContent\('([\w-]+)\.kql'\)", rules)) == ALERTS.keys()


def test_the_workbook_has_what_an_operator_looks_at() -> None:
    assert PANELS.keys() >= {"requests", "percentiles", "tokens", "cost", "sources", "findings"}


def test_the_workbook_names_no_resource() -> None:
    text = json.dumps(WORKBOOK)

    assert "/subscriptions/" not in text
    assert WORKBOOK["fallbackResourceIds"] == ["APPLICATION_INSIGHTS_ID"]
