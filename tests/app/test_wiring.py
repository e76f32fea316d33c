"""The settings in each room's own terms."""

from __future__ import annotations

import json

from pydantic import SecretStr

from shared.azure_openai.backends import Backend, Kind
from shared.settings import Settings
from shared.wiring import backends, pressure

PROVISIONED = {
    "endpoint": "https://west.openai.azure.com",
    "deployment": "gpt",
    "name": "provisioned",
    "api_key": "k",
    "api_version": "2024-10-21",
    "priority": 1,
    "weight": 3,
    "max_concurrency": 7,
}
ELSEWHERE = {"endpoint": "https://north.openai.azure.com", "deployment": "gpt"}


def test_every_deployment_is_asked_as_its_setting_says() -> None:
    settings = Settings(AZURE_OPENAI_BACKENDS=json.dumps([PROVISIONED, ELSEWHERE]))

    assert backends(settings) == (
        Backend(
            name="provisioned",
            kind=Kind.AZURE,
            endpoint="https://west.openai.azure.com",
            deployment="gpt",
            api_key=SecretStr("k"),
            api_version="2024-10-21",
            priority=1,
            weight=3,
            max_concurrency=7,
        ),
        Backend("gpt-2", Kind.AZURE, "https://north.openai.azure.com", "gpt"),
    )


def test_the_tokens_of_a_managed_identity_are_for_the_scope_that_is_set() -> None:
    settings = Settings(AZURE_OPENAI_SCOPE="https://gateway.example/.default")

    assert pressure(settings).token_scope == "https://gateway.example/.default"
