"""How each kind of backend is reached, and with which credential."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from shared.azure_openai.backends import Backend, Kind
from shared.azure_openai.model import AzureQuestionModel
from shared.deadline import Deadline
from tests.support.stand_in import DEPLOYMENT, KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.generation.ports import Task
    from tests.azure_openai.conftest import MakeBackend, MakeModel
    from tests.support.stand_in import StandIn

ENVIRONMENT = {
    "OPENAI_API_KEY": "stray-key",
    "OPENAI_ADMIN_KEY": "stray-admin-key",
    "OPENAI_BASE_URL": "http://stray.invalid/",
    "OPENAI_ORG_ID": "stray-organization",
    "OPENAI_PROJECT_ID": "stray-project",
    "AZURE_OPENAI_API_KEY": "stray-azure-key",
    "AZURE_OPENAI_AD_TOKEN": "stray-token",
    "AZURE_OPENAI_ENDPOINT": "http://stray.invalid/",
}


@pytest.fixture
def stray_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


async def test_azure_is_asked_on_the_v1_path_with_the_deployment_as_model(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    answer = await model.answer(task, Deadline(5))
    assert stand_in.requests[-1].path == "/openai/v1/chat/completions"
    assert stand_in.requests[-1].fields["model"] == DEPLOYMENT
    assert answer.model == "gpt-stand-in-2026-01-01"


@pytest.mark.parametrize("pasted", ["", "/", "/openai", "/openai/v1", "/openai/v1/"])
async def test_the_endpoint_may_be_pasted_with_or_without_the_api_path(
    pasted: str,
    make_model: MakeModel,
    make_backend: MakeBackend,
    stand_in: StandIn,
    task: Task,
) -> None:
    model = make_model(make_backend(endpoint=stand_in.url + pasted))
    await model.answer(task, Deadline(5))
    assert stand_in.requests[-1].path == "/openai/v1/chat/completions"


async def test_with_an_api_version_azure_is_asked_on_the_classic_path(
    make_model: MakeModel, make_backend: MakeBackend, stand_in: StandIn, task: Task
) -> None:
    model = make_model(make_backend(api_version="2024-10-21"))
    await model.answer(task, Deadline(5))
    request = stand_in.requests[-1]
    assert request.path == f"/openai/deployments/{DEPLOYMENT}/chat/completions"
    assert request.query["api-version"] == "2024-10-21"
    assert request.headers["api-key"] == KEY


@pytest.fixture(params=[None, "2024-10-21"])
async def headers_sent(
    request: pytest.FixtureRequest,
    make_model: MakeModel,
    make_backend: MakeBackend,
    stand_in: StandIn,
    task: Task,
) -> Mapping[str, str]:
    """Of a request to Azure, with each kind of client."""
    await make_model(make_backend(api_version=request.param)).answer(task, Deadline(5))
    return stand_in.requests[-1].headers


async def test_upstream_is_told_nothing_of_this_machine(headers_sent: Mapping[str, str]) -> None:
    assert not [name for name in headers_sent if name.lower().startswith("x-stainless")]


async def test_a_compatible_server_is_asked_below_its_base_url(
    make_model: MakeModel, make_backend: MakeBackend, stand_in: StandIn, task: Task
) -> None:
    model = make_model(make_backend(kind=Kind.OPENAI, endpoint=stand_in.openai_url))
    await model.answer(task, Deadline(5))
    assert stand_in.requests[-1].path == "/v1/chat/completions"
    assert stand_in.requests[-1].credential == KEY


@pytest.mark.usefixtures("stray_environment")
async def test_no_credential_or_address_is_taken_from_the_sdks_own_environment(
    headers_sent: Mapping[str, str],
) -> None:
    assert not [value for value in headers_sent.values() if "stray" in value]


@pytest.mark.usefixtures("stray_environment")
async def test_a_server_without_keys_does_not_get_the_environments_key(
    make_model: MakeModel, make_backend: MakeBackend, stand_in: StandIn, task: Task
) -> None:
    keyless = make_backend(kind=Kind.OPENAI, endpoint=stand_in.openai_url, api_key=None)
    with pytest.raises(Exception, match="unauthorized"):
        await make_model(keyless).answer(task, Deadline(5))
    assert not [v for v in stand_in.requests[-1].headers.values() if "stray" in v]


async def test_the_request_carries_the_strict_schema_and_the_output_limit(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    await model.answer(task, Deadline(5))
    fields = stand_in.requests[-1].fields
    assert fields["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "frame", "strict": True, "schema": task.schema},
    }
    assert fields["max_completion_tokens"] == task.max_output_tokens
    assert fields["temperature"] == task.temperature
    assert [m["content"] for m in fields["messages"]] == ["Write questions.", "Topic: tea"]


async def test_a_model_that_was_not_warmed_up_gets_ready_with_the_first_requests(
    make_backend: MakeBackend, stand_in: StandIn, task: Task
) -> None:
    model = AzureQuestionModel([make_backend()])
    await asyncio.gather(*(model.answer(task, Deadline(20)) for _ in range(5)))
    await model.aclose()
    assert stand_in.received == 5


async def test_an_answer_says_what_it_used_and_cost(
    model: AzureQuestionModel, stand_in: StandIn, task: Task
) -> None:
    answer = await model.answer(task, Deadline(5))
    assert answer.usage is not None
    assert answer.usage.total_tokens > answer.usage.prompt_tokens > 0
    assert (answer.effort.deployment, answer.effort.attempts) == (DEPLOYMENT, 1)
    assert stand_in.received == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "ftp://x"},
        {"deployment": ""},
        {"weight": 0},
        {"max_concurrency": 0},
        {"api_key": SecretStr("pasted\nkey")},
        {"api_key": SecretStr("clé")},
    ],
)
def test_a_backend_that_makes_no_sense_cannot_be_made(
    wrong: dict[str, Any], make_backend: MakeBackend
) -> None:
    with pytest.raises(ValueError, match="stand-in"):
        make_backend(**wrong)


def test_printing_a_backend_shows_no_key() -> None:
    backend = Backend("a", Kind.AZURE, "https://a.example", "d", SecretStr("very-secret"))
    assert "very-secret" not in f"{backend!r} {backend}"


def test_importing_the_room_imports_no_sdk() -> None:
    heavy = "{'openai', 'httpx2', 'azure.identity', 'azure.core'}"
    code = f"import shared.azure_openai.model, sys; print({heavy} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.strip() == "set()"


BUILD = """
import sys
from pydantic import SecretStr
from shared.azure_openai.backends import Backend, Kind
from shared.azure_openai.client import build_client
backend = Backend("a", Kind.AZURE, "https://a.example", "d", SecretStr("key"))
build_client(backend, None, connect_seconds=1)
"""


def after_building_a_client(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"{BUILD}\n{code}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


def test_building_a_client_imports_none_of_the_types_of_responses() -> None:
    loaded = "[name for name in sys.modules if name.startswith('openai.types.responses.response')]"
    assert after_building_a_client(f"print({loaded})") == "[]"


def test_building_a_client_imports_of_the_types_of_chat_only_what_the_sdk_asks_for() -> None:
    loaded = "[name for name in sys.modules if name.startswith('openai.types.chat.')]"
    asked_for = "openai.types.chat.chat_completion_function_tool_param"
    assert after_building_a_client(f"print(*{loaded})") == asked_for


def test_a_type_is_the_same_however_it_is_reached() -> None:
    code = (
        "from openai.types.chat import ChatCompletion as alone\n"
        "import openai.types.chat as package\n"
        "hasattr(package, 'what no module of it has: all of them are imported')\n"
        "print(alone is package.ChatCompletion, 'ChatCompletionMessage' in vars(package))"
    )
    assert after_building_a_client(code) == "True True"


def test_whoever_wants_a_type_of_the_sdk_still_gets_it() -> None:
    code = (
        "import openai.types\n"
        "from openai.types.responses import Response\n"
        "from openai.types.chat import ChatCompletion\n"
        "print(Response.__name__, ChatCompletion.__name__, openai.types.Model.__name__)"
    )
    assert after_building_a_client(code) == "Response ChatCompletion Model"


def test_a_type_that_the_sdk_does_not_have_is_missing_as_ever() -> None:
    code = "import openai.types; print(hasattr(openai.types, 'NoSuchType'))"
    assert after_building_a_client(code) == "False"


def test_every_resource_of_the_sdk_can_be_used_afterwards() -> None:
    code = (
        "import pkgutil, importlib, openai.resources, openai.types\n"
        "for package in (openai.resources, openai.types):\n"
        "    for found in pkgutil.walk_packages(package.__path__, f'{package.__name__}.'):\n"
        "        importlib.import_module(found.name)\n"
        "print('all')"
    )
    assert after_building_a_client(code) == "all"
