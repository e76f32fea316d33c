from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx2
import openai
import pytest
from openai import AsyncOpenAI

from tests.stand_in.conftest import asking, content_of
from tests.support.stand_in import DEPLOYMENT, KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.stand_in.conftest import Ask
    from tests.support.stand_in import StandIn


def order(stand_in: StandIn, **changes: Any) -> httpx2.Response:
    return httpx2.post(f"{stand_in.url}/control", json=changes)


async def test_a_script_can_be_ordered_over_http(ask: Ask, stand_in: StandIn) -> None:
    order(
        stand_in,
        behaviour={"name": "says", "content": "usual"},
        script=[{"name": "latency", "seconds": 0.01, "then": {"name": "says", "content": "first"}}],
    )

    assert [content_of(await ask()) for _ in range(2)] == ["first", "usual"]


async def test_deployments_can_be_added_and_changed_over_http(
    client: AsyncOpenAI, stand_in: StandIn
) -> None:
    order(stand_in, deployments={"east": {"rpm": 6}, DEPLOYMENT: {"behaviour": "forbidden"}})

    await client.chat.completions.create(**asking(model="east"))
    with pytest.raises(openai.RateLimitError):
        await client.chat.completions.create(**asking(model="east"))
    with pytest.raises(openai.PermissionDeniedError):
        await client.chat.completions.create(**asking())


async def test_the_counters_can_be_read_and_cleared_over_http(ask: Ask, stand_in: StandIn) -> None:
    await ask()

    before = httpx2.get(f"{stand_in.url}/control/stats").json()
    after = order(stand_in, clear=True).json()

    assert (before["received"], before["statuses"]) == (1, {"200": 1})
    assert (after["received"], after["statuses"]) == (0, {})


@pytest.mark.parametrize(
    "changes",
    [{"behaviour": "no such"}, {"script": [{"name": "ok", "what": 1}]}, {"behaviour": {}}],
    ids=["unknown behaviour", "unknown argument", "no name"],
)
def test_an_order_that_makes_no_sense_is_refused(
    changes: dict[str, Any], stand_in: StandIn
) -> None:
    assert order(stand_in, **changes).status_code == 400


@pytest.fixture
def address() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.support.stand_in", "--key", KEY, "--rpm", "6"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


async def test_it_runs_as_a_process_and_prints_its_address(address: str) -> None:
    async with AsyncOpenAI(base_url=f"{address}/openai/v1/", api_key=KEY, max_retries=0) as client:
        await client.chat.completions.create(**asking())
        with pytest.raises(openai.RateLimitError):
            await client.chat.completions.create(**asking())
