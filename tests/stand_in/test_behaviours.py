from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import openai
import pytest

from tests.stand_in.conftest import LONG_TURN, Ask, asking, content_of
from tests.support.stand_in import Behaviour, Deployment, Request, StandIn, behaviours

if TYPE_CHECKING:
    from openai import AsyncOpenAI

ERRORS: dict[str, tuple[Behaviour, type[Exception]]] = {
    "408": (behaviours.status(408), openai.APIStatusError),
    "409": (behaviours.status(409), openai.ConflictError),
    "500": (behaviours.status(500), openai.InternalServerError),
    "503": (behaviours.status(503), openai.InternalServerError),
    "unauthorized": (behaviours.unauthorized(), openai.AuthenticationError),
    "forbidden": (behaviours.forbidden(), openai.PermissionDeniedError),
    "not found": (behaviours.not_found(), openai.NotFoundError),
    "rate limited": (behaviours.rate_limited(), openai.RateLimitError),
    "prompt filtered": (behaviours.content_filter_prompt(), openai.BadRequestError),
    "reset": (behaviours.reset(), openai.APIConnectionError),
    "reset midway": (behaviours.reset_midway(), openai.APIConnectionError),
    "truncated body": (behaviours.truncated_body(), openai.APIConnectionError),
    "bytes that are no HTTP": (behaviours.garbage_bytes(), openai.APIConnectionError),
    "hang": (behaviours.hang(), openai.APITimeoutError),
    "slow first byte": (behaviours.latency(5), openai.APITimeoutError),
}


@pytest.mark.parametrize(("behaviour", "error"), ERRORS.values(), ids=ERRORS.keys())
async def test_a_fault_reaches_the_caller_as_the_error_that_the_sdk_has_for_it(
    behaviour: Behaviour, error: type[Exception], ask: Ask, stand_in: StandIn
) -> None:
    stand_in.script([behaviour])

    with pytest.raises(error):
        await ask(timeout=0.2)


async def test_a_refused_prompt_carries_the_filters_verdict(ask: Ask, stand_in: StandIn) -> None:
    stand_in.script(["content_filter_prompt"])

    with pytest.raises(openai.BadRequestError) as caught:
        await ask()

    assert caught.value.code == "content_filter"
    assert isinstance(caught.value.body, dict)
    assert caught.value.body["innererror"]["code"] == "ResponsibleAIPolicyViolation"


async def test_a_429_names_the_time_to_wait(ask: Ask, stand_in: StandIn) -> None:
    stand_in.script([behaviours.rate_limited(retry_after=3, retry_after_ms=2500)])

    with pytest.raises(openai.RateLimitError) as caught:
        await ask()

    assert caught.value.response.headers["retry-after"] == "3"
    assert caught.value.response.headers["retry-after-ms"] == "2500"


@pytest.mark.parametrize(
    ("behaviour", "finish_reason"),
    [("length", "length"), ("content_filter_completion", "content_filter"), ("empty", "stop")],
)
async def test_an_answer_that_ended_badly_says_how(
    behaviour: str, finish_reason: str, ask: Ask, stand_in: StandIn
) -> None:
    stand_in.script([behaviour])

    completion = await ask()

    assert completion.choices[0].finish_reason == finish_reason


async def test_length_can_end_where_the_caller_allows_enough(ask: Ask, stand_in: StandIn) -> None:
    stand_in.behaviour = behaviours.length(until=800)

    short = await ask(max_completion_tokens=400)
    enough = await ask(max_completion_tokens=800)

    assert [each.choices[0].finish_reason for each in (short, enough)] == ["length", "stop"]


async def test_a_refusal_has_no_content(ask: Ask, stand_in: StandIn) -> None:
    stand_in.script(["refusal"])

    message = (await ask()).choices[0].message

    assert message.content is None
    assert message.refusal


async def test_nothing_comes_in_three_forms(ask: Ask, stand_in: StandIn) -> None:
    stand_in.script([behaviours.empty(), behaviours.empty("null"), behaviours.empty("choices")])

    assert (await ask()).choices[0].message.content == ""
    assert (await ask()).choices[0].message.content is None
    assert (await ask()).choices == []


async def test_a_page_of_html_comes_back_as_a_string(ask: Ask, stand_in: StandIn) -> None:
    stand_in.script(["html"])

    answer: Any = await ask()

    assert isinstance(answer, str)


async def test_truncated_json_claims_to_be_complete(ask: Ask, stand_in: StandIn) -> None:
    stand_in.script(["truncated_json"])

    completion = await ask()

    assert completion.choices[0].finish_reason == "stop"
    with pytest.raises(json.JSONDecodeError):
        json.loads(content_of(completion))


async def test_the_wrong_schema_has_none_of_the_names_asked_for(
    ask: Ask, stand_in: StandIn
) -> None:
    stand_in.script(["wrong_schema"])

    content = json.loads(content_of(await ask(schema=LONG_TURN)))

    assert not content.keys() & LONG_TURN["properties"].keys()


async def test_an_unsupported_parameter_is_refused_until_it_is_dropped(
    ask: Ask, stand_in: StandIn
) -> None:
    stand_in.behaviour = behaviours.unsupported_parameter("temperature")

    with pytest.raises(openai.BadRequestError):
        await ask(temperature=0.7)
    await ask()


@pytest.mark.parametrize("make", [behaviours.slow_headers, behaviours.slow_body])
async def test_a_trickle_arrives_whole_but_late(make: Any, ask: Ask, stand_in: StandIn) -> None:
    stand_in.script([make(0.1)])
    began = time.monotonic()

    content = json.loads(content_of(await ask()))

    assert content["questions"]
    assert time.monotonic() - began >= 0.1


async def test_a_refusing_server_is_back_after_its_time(ask: Ask, stand_in: StandIn) -> None:
    stand_in.script([behaviours.refuse(0.1)])

    for _ in range(2):  # dropped, then refused
        with pytest.raises(openai.APIConnectionError):
            await ask()
    await stand_in.until(lambda: stand_in.listening)
    await ask()

    assert stand_in.statuses == {0: 1, 200: 1}


async def test_a_block_of_refusing_ends_with_the_block(ask: Ask, stand_in: StandIn) -> None:
    with stand_in.refusing(), pytest.raises(openai.APIConnectionError):
        await ask()
    await ask()

    assert stand_in.statuses == {200: 1}


async def test_random_failures_repeat_for_a_seed(client: AsyncOpenAI, stand_in: StandIn) -> None:
    async def outcomes() -> list[str]:
        stand_in.behaviour = behaviours.random_failures(p=0.5, seed=7)
        return [await outcome() for _ in range(20)]

    async def outcome() -> str:
        try:
            await client.chat.completions.create(**asking())
        except openai.APIError as error:
            return type(error).__name__
        return "ok"

    first = await outcomes()

    assert first == await outcomes()
    assert set(first) == {"ok", "InternalServerError", "APIConnectionError"}


async def test_a_script_is_used_up_in_order_before_the_usual_behaviour(
    ask: Ask, stand_in: StandIn
) -> None:
    stand_in.script([behaviours.says("one"), {"name": "says", "content": "two"}])
    stand_in.behaviour = behaviours.says("usual")

    assert [content_of(await ask()) for _ in range(3)] == ["one", "two", "usual"]


async def test_a_behaviour_can_be_chosen_for_each_request(ask: Ask, stand_in: StandIn) -> None:
    def by_topic(request: Request) -> Behaviour:
        return behaviours.says("tea!" if "tea" in request.user_text else "no tea")

    stand_in.behaviour = by_topic

    assert content_of(await ask("tea")) == "tea!"
    assert content_of(await ask("soup")) == "no tea"


async def test_each_deployment_behaves_in_its_own_way(
    client: AsyncOpenAI, stand_in: StandIn
) -> None:
    stand_in.deployments["broken"] = Deployment("broken", behaviour=behaviours.status(500))

    with pytest.raises(openai.InternalServerError):
        await client.chat.completions.create(**asking(model="broken"))
    await client.chat.completions.create(**asking())

    assert stand_in.statuses == {500: 1, 200: 1}


async def test_a_deployment_keeps_its_own_pace(client: AsyncOpenAI, stand_in: StandIn) -> None:
    stand_in.deployments["slow"] = Deployment("slow", latency=5)

    with pytest.raises(openai.APITimeoutError):
        await client.chat.completions.create(**asking(model="slow", timeout=0.1))
    await client.chat.completions.create(**asking())

    assert stand_in.statuses == {200: 1}
