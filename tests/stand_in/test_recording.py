from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx2
import openai
import pytest

from tests.stand_in.conftest import asking
from tests.support.stand_in import DEPLOYMENT, KEY, StandIn, behaviours

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from tests.stand_in.conftest import Ask


async def test_a_request_is_kept_with_its_path_headers_and_body(
    ask: Ask, stand_in: StandIn
) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    await ask(extra_headers={"traceparent": trace, "x-ms-client-request-id": "abc"})

    request = stand_in.requests[-1]

    assert request.path == "/openai/v1/chat/completions"
    assert request.headers["traceparent"] == trace
    assert request.headers["x-ms-client-request-id"] == "abc"
    assert request.body["model"] == DEPLOYMENT
    assert request.system_text == "You write Speaking questions."


async def test_nothing_is_kept_while_recording_is_off(ask: Ask, stand_in: StandIn) -> None:
    stand_in.recording = False

    await ask()

    assert not stand_in.requests
    assert stand_in.received == 1


async def test_answers_are_counted_by_status(ask: Ask, stand_in: StandIn) -> None:
    stand_in.script(["ok", behaviours.status(503), "reset"])

    await ask()
    for _ in range(2):
        with pytest.raises(openai.APIError):
            await ask()
    await stand_in.until(lambda: stand_in.in_flight == 0)

    assert stand_in.statuses == {200: 1, 503: 1, 0: 1}


async def test_requests_at_the_same_time_are_counted_together(
    client: AsyncOpenAI, stand_in: StandIn
) -> None:
    stand_in.behaviour = behaviours.latency(1)

    await asyncio.gather(*(client.chat.completions.create(**asking()) for _ in range(5)))

    assert stand_in.max_in_flight == 5
    assert stand_in.in_flight == 0


async def test_a_client_that_goes_away_is_noticed(ask: Ask, stand_in: StandIn) -> None:
    stand_in.behaviour = behaviours.hang()
    asking_in_vain = asyncio.create_task(ask())
    await stand_in.until(lambda: stand_in.in_flight == 1)

    asking_in_vain.cancel()
    await stand_in.until(lambda: stand_in.cancelled == 1)

    assert stand_in.in_flight == 0


async def test_an_answer_broken_off_by_the_server_counts_as_no_cancellation(
    ask: Ask, stand_in: StandIn
) -> None:
    stand_in.behaviour = behaviours.hang()
    asking_in_vain = asyncio.create_task(ask())
    await stand_in.until(lambda: stand_in.in_flight == 1)

    with stand_in.refusing(), pytest.raises(openai.APIConnectionError):
        await asking_in_vain

    assert (stand_in.cancelled, stand_in.statuses) == (0, {0: 1})


async def test_clearing_forgets_everything_but_how_to_answer(ask: Ask, stand_in: StandIn) -> None:
    stand_in.behaviour = behaviours.says("usual")
    await ask()
    stand_in.script(["reset"])

    stand_in.clear()

    assert (await ask()).choices[0].message.content == "usual"
    assert stand_in.received == 1


async def test_a_connection_is_kept_for_the_next_request(stand_in: StandIn) -> None:
    async with httpx2.AsyncClient() as http:
        for _ in range(2):
            answer = await http.post(
                f"{stand_in.v1_url}chat/completions",
                headers={"authorization": f"Bearer {KEY}"},
                json=asking(timeout=None),
            )
            assert answer.status_code == 200

    assert stand_in.connections_made == 1


async def test_what_is_no_http_is_answered_with_400(stand_in: StandIn) -> None:
    host, _, port = stand_in.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"hello\r\n\r\n")

    assert (await reader.read()).startswith(b"HTTP/1.1 400 ")
    writer.close()
    await writer.wait_closed()
