from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx2
import openai
import pytest
from openai import AsyncAzureOpenAI, AsyncOpenAI

from tests.stand_in.conftest import TEXT, TEXTS, asking, strict_object
from tests.support.stand_in import DEPLOYMENT, KEY, StandIn

if TYPE_CHECKING:
    from tests.stand_in.conftest import Ask


async def test_the_classic_path_answers_the_azure_client(stand_in: StandIn) -> None:
    async with AsyncAzureOpenAI(
        azure_endpoint=stand_in.url, api_key=KEY, api_version="2026-01-01"
    ) as azure:
        await azure.chat.completions.create(**asking())

    request = stand_in.requests[-1]
    assert request.path == f"/openai/deployments/{DEPLOYMENT}/chat/completions"
    assert request.headers["api-key"] == KEY


async def test_the_plain_path_answers_any_openai_client(stand_in: StandIn) -> None:
    async with AsyncOpenAI(base_url=stand_in.openai_url, api_key=KEY) as plain:
        await plain.chat.completions.create(**asking())

    assert stand_in.requests[-1].path == "/v1/chat/completions"


async def test_the_classic_path_needs_an_api_version(stand_in: StandIn) -> None:
    async with httpx2.AsyncClient() as http:
        answer = await http.post(
            f"{stand_in.url}/openai/deployments/{DEPLOYMENT}/chat/completions",
            headers={"api-key": KEY},
            json={"messages": [{"role": "user", "content": "x"}]},
        )

    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["v1_url", "openai_url"])
async def test_a_wrong_key_is_unauthorized(path: str, stand_in: StandIn) -> None:
    async with AsyncOpenAI(base_url=getattr(stand_in, path), api_key="wrong") as stranger:
        with pytest.raises(openai.AuthenticationError):
            await stranger.chat.completions.create(**asking())


async def test_any_credential_will_do_where_no_keys_are_set_but_none_will_not() -> None:
    with StandIn(keys=None) as open_to_all:
        async with AsyncOpenAI(base_url=open_to_all.v1_url, api_key="anything") as client:
            await client.chat.completions.create(**asking())
        async with httpx2.AsyncClient() as http:
            answer = await http.post(f"{open_to_all.v1_url}chat/completions", json=asking())

    assert answer.status_code == 401


async def test_an_unknown_deployment_is_not_found(ask: Ask) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        await ask(model="nobody")

    assert caught.value.code == "DeploymentNotFound"


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"model": "stand-in"}', b'{"model": "stand-in", "messages": []}']
)
async def test_a_malformed_body_is_refused(body: bytes, stand_in: StandIn) -> None:
    address = f"{stand_in.url}/openai/deployments/{DEPLOYMENT}/chat/completions?api-version=1"
    async with httpx2.AsyncClient() as http:
        answer = await http.post(address, headers={"api-key": KEY}, content=body)

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("parameter", "value", "code"),
    [
        ("temperature", 0.5, "unsupported_value"),
        ("max_tokens", 100, "unsupported_parameter"),
    ],
)
async def test_a_reasoning_deployment_refuses_a_sampling_parameter(
    parameter: str, value: Any, code: str, client: AsyncOpenAI, stand_in: StandIn
) -> None:
    stand_in.deployments[DEPLOYMENT].unsupported = frozenset({"temperature", "max_tokens"})

    with pytest.raises(openai.BadRequestError) as caught:
        await client.chat.completions.create(**asking(**{parameter: value}))

    assert (caught.value.code, caught.value.param) == (code, parameter)


BAD_SCHEMAS: dict[str, tuple[dict[str, Any], str]] = {
    "root is no object": ({"type": "array", "items": TEXT}, "type"),
    "additional properties": (
        {"type": "object", "properties": {"a": TEXT}, "required": ["a"]},
        "additionalProperties",
    ),
    "optional property": (strict_object(a=TEXT) | {"required": []}, "required"),
    "array bounds": (strict_object(a=TEXTS | {"minItems": 3}), "minItems"),
    "string bounds": (strict_object(a=TEXT | {"maxLength": 9}), "maxLength"),
    "number bounds": (strict_object(a={"type": "integer", "minimum": 1}), "minimum"),
    "default": (strict_object(a=TEXT | {"default": ""}), "default"),
    "inside an array": (
        strict_object(a={"type": "array", "items": {"type": "object", "properties": {}}}),
        "additionalProperties",
    ),
    "inside a definition": (
        strict_object(a={"$ref": "#/$defs/B"})
        | {"$defs": {"B": strict_object(c=TEXT | {"pattern": "x"})}},
        "pattern",
    ),
    "dangling reference": (strict_object(a={"$ref": "#/$defs/B"}), "#/$defs/B"),
    "no type": (strict_object(a={"description": "?"}), "type"),
    "too deep": (
        strict_object(
            a=strict_object(b=strict_object(c=strict_object(d=strict_object(e=strict_object()))))
        ),
        "levels",
    ),
    "too many": (strict_object(**{f"p{number}": TEXT for number in range(101)}), "100"),
}


@pytest.mark.parametrize(("schema", "named"), BAD_SCHEMAS.values(), ids=BAD_SCHEMAS.keys())
async def test_a_schema_outside_the_strict_subset_is_refused_with_what_is_wrong(
    schema: dict[str, Any], named: str, ask: Ask
) -> None:
    with pytest.raises(
        openai.BadRequestError, match=r"Invalid schema for response_format"
    ) as caught:
        await ask(schema=schema)

    assert named in caught.value.message
    assert caught.value.param == "response_format"


async def test_a_schema_needs_a_name(ask: Ask) -> None:
    nameless = {"type": "json_schema", "json_schema": {"strict": True, "schema": strict_object()}}

    with pytest.raises(openai.BadRequestError) as caught:
        await ask(response_format=nameless)

    assert caught.value.param == "response_format.json_schema.name"
