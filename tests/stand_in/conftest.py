from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from openai import AsyncOpenAI, DefaultAsyncHttpxClient

from tests.support.stand_in import DEPLOYMENT, KEY, StandIn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from openai.types.chat import ChatCompletion


def strict_object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
INTERVIEW = strict_object(topic=TEXT, questions=TEXTS)
LONG_TURN = strict_object(
    topic=TEXT,
    cue_card=strict_object(describe=TEXT, bullets=TEXTS, closing=TEXT),
    rounding_off=TEXTS,
)
DISCUSSION = strict_object(
    topic=TEXT, themes={"type": "array", "items": strict_object(theme=TEXT, questions=TEXTS)}
)
PARTS = {1: INTERVIEW, 2: LONG_TURN, 3: DISCUSSION}


def asking(
    topic: str = "bread", schema: dict[str, Any] = INTERVIEW, **changes: Any
) -> dict[str, Any]:
    """Arguments of chat.completions.create; a value of None leaves one out."""
    arguments = {
        "model": DEPLOYMENT,
        "messages": [
            {"role": "system", "content": "You write Speaking questions."},
            {"role": "user", "content": f"<topic>{topic}</topic>"},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "item", "strict": True, "schema": schema},
        },
        "timeout": 2.0,
    } | changes
    return {name: value for name, value in arguments.items() if value is not None}


class Ask(Protocol):
    async def __call__(
        self, topic: str = ..., schema: dict[str, Any] = ..., **changes: Any
    ) -> ChatCompletion: ...


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture(scope="session")
def trust() -> ssl.SSLContext:
    """Read once: a context of its own costs each client more than a whole test does."""
    return ssl.create_default_context()


@pytest.fixture
async def client(stand_in: StandIn, trust: ssl.SSLContext) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(
        base_url=stand_in.v1_url,
        api_key=KEY,
        max_retries=0,
        http_client=DefaultAsyncHttpxClient(verify=trust),
    ) as client:
        yield client


@pytest.fixture
def ask(client: AsyncOpenAI) -> Ask:
    """Ask through the real SDK, as the service does, without retries."""

    async def ask(
        topic: str = "bread", schema: dict[str, Any] = INTERVIEW, **changes: Any
    ) -> ChatCompletion:
        answer: ChatCompletion = await client.chat.completions.create(
            **asking(topic, schema, **changes)
        )
        return answer

    return ask


def content_of(completion: ChatCompletion) -> str:
    content = completion.choices[0].message.content
    assert content is not None
    return content
