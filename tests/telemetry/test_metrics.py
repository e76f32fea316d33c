"""Every metric that docs/operations.md lists, as it arrives at Application Insights."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.support.ingestion import Arrived, Ingestion
from tests.support.running_app import REPOSITORY
from tests.support.stand_in import behaviours
from tests.telemetry.starting import GOOD_ANSWER, OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.stand_in import StandIn
    from tests.telemetry.starting import Start

TWO_OF_A_KIND = json.dumps({"questions": ["Where is the desk that you use most?"] * 4})
"""A Part 1 frame that the rules send back."""


@pytest.fixture(scope="module")
def arrived(start: Start, stand_in: StandIn) -> Iterator[Arrived]:
    """What leaves a worker that has had a draft mended, and refused a caller in a hurry."""
    stand_in.script([behaviours.says(TWO_OF_A_KIND), behaviours.says(GOOD_ANSWER)])
    with Ingestion() as ingestion:
        settings = OWN.settings(ingestion.connection_string)
        with start(**settings, RATE_LIMIT_READING="1/minute") as service:
            service.ask(part=1, topic="a desk")
            for _ in range(2):
                service.get("topics")
        # What was under way when the process was told to stop has arrived, too.
        yield Arrived(ingestion.items)


def test_every_metric_is_documented_and_every_documented_one_arrives(arrived: Arrived) -> None:
    page = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page.partition("| Metric |")[2].partition("\n\n")[0]
    documented = {
        name
        for row in table.splitlines()[2:]
        for name in re.findall(r"`((?:ielts|gen_ai)\.[a-z_.]+)`", row.split(" | ")[0])
    }

    assert {name for name in arrived.metrics() if re.match("ielts|gen_ai", name)} == documented


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("ielts.repairs", {"value": 1}),
        ("ielts.rule.findings", {"rule": "repeated-question", "source": "model"}),
        ("ielts.requests.rate_limited", {"http.route": "topics", "value": 1}),
    ],
)
def test_it_tells_of_repairs_findings_and_refused_callers(
    arrived: Arrived, name: str, attributes: dict[str, object]
) -> None:
    points = arrived.metrics().get(name, [])

    assert any(attributes.items() <= point.items() for point in points), points
