"""What happens when the app is indexed: what it needs, what it imports, what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.running_app import AppDidNotStartError, running_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.app.service import Service

HEAVY = ("openai", "httpx2", "azure.identity", "azure.monitor", "sqlalchemy", "jwt", "rapidfuzz")
PATH = "/usr/bin:/bin"


def in_app(app_folder: Path, code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=app_folder,
        env={"PATH": PATH, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_indexing_imports_nothing_heavy(app_folder: Path) -> None:
    code = (
        "import sys, function_app; function_app.app.get_functions();"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )

    assert in_app(app_folder, code).stdout.strip() == "[]"


def test_indexing_does_not_look_for_garbage_among_what_it_imports(app_folder: Path) -> None:
    code = (
        "import gc\n"
        "import shared\n"
        "before = gc.get_stats()\n"
        "import function_app\n"
        "print([n['collections'] - b['collections'] for n, b in zip(gc.get_stats(), before)])"
    )

    assert in_app(app_folder, code).stdout.strip() == "[0, 0, 0]"


def test_where_no_loop_runs_garbage_is_looked_for_as_soon_as_the_app_is_indexed(
    app_folder: Path,
) -> None:
    code = (
        "import gc\n"
        "import function_app\n"
        "from shared.warming import OBJECTS_BETWEEN_SEARCHES\n"
        "print(gc.get_threshold()[0] == OBJECTS_BETWEEN_SEARCHES)"
    )

    assert in_app(app_folder, code).stdout.strip() == "True"


WARMED = (
    "import gc\n"
    "print([name for name in ('jwt', 'limits', 'rapidfuzz', 'openai') if name in sys.modules],"
    " 'frozen' if gc.get_freeze_count() > 10_000 else 'in the way of requests')"
)
MODEL = {
    "AZURE_OPENAI_ENDPOINT": "https://resource.openai.azure.com",
    "AZURE_OPENAI_DEPLOYMENT": "d",
    "AZURE_OPENAI_API_KEY": "k",
}


def test_what_the_first_question_needs_is_imported_soon_after_indexing(app_folder: Path) -> None:
    code = (
        "import asyncio, gc, sys\n"
        "async def index_and_wait():\n"
        "    import function_app\n"
        "    while gc.get_freeze_count() < 10_000:\n"
        "        await asyncio.sleep(0.01)\n"
        "asyncio.run(index_and_wait())\n"
    )

    warmed = in_app(app_folder, code + WARMED, **MODEL)

    assert warmed.stdout.strip() == "['jwt', 'limits', 'rapidfuzz', 'openai'] frozen", warmed.stderr


WATCHED = """
import asyncio, gc, sys, threading

class Watch:
    on_the_loop: list[str] = []

    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is threading.main_thread():
            self.on_the_loop.append(name)

async def index_and_wait():
    import function_app
    sys.meta_path.insert(0, Watch())
    while gc.get_freeze_count() < 10_000:
        await asyncio.sleep(0.01)
    return function_app.worker
"""
SLOW = (
    *("openai", "httpx2", "httpcore2", "anyio._backends._asyncio", "jwt", "cryptography", "limits"),
    *("redis.asyncio", "rapidfuzz", "sqlalchemy", "asyncpg", "azure.core", "azure.identity.aio"),
)
EVERYTHING = {
    "AZURE_OPENAI_ENDPOINT": "https://127.0.0.1:9",
    "AZURE_OPENAI_DEPLOYMENT": "d",
    "RATE_LIMIT_STORAGE_URL": "redis://127.0.0.1:9",
    "DATABASE_URL": "postgresql://app:word@127.0.0.1:9/main",
    "SUBJECT_KEY": "a-key-for-tests-of-at-least-32-letters",
    "AUTH_ISSUER": "https://issuer.example.com",
    "AUTH_AUDIENCE": "api",
}


def test_the_warm_up_imports_whatever_is_slow_and_nothing_of_it_on_the_loop(
    app_folder: Path,
) -> None:
    code = WATCHED + (
        "asyncio.run(index_and_wait())\n"
        f"print([name for name in Watch.on_the_loop if name in {SLOW}])\n"
        f"print([name for name in {SLOW} if name not in sys.modules])"
    )

    warmed = in_app(app_folder, code, **EVERYTHING)

    assert warmed.stdout.split() == ["[]", "[]"], warmed.stdout + warmed.stderr


def test_after_the_warm_up_a_first_request_imports_nothing_slow(app_folder: Path) -> None:
    code = WATCHED + (
        "async def first_request():\n"
        "    worker = await index_and_wait()\n"
        "    Watch.on_the_loop.clear()\n"
        "    worker._verifier, worker.rate_limiter, worker.kept_answers, worker.usage_log\n"
        "    await worker.desk()\n"
        "    await worker.storage.open()\n"
        "asyncio.run(first_request())\n"
        f"print([name for name in Watch.on_the_loop if name in {SLOW}])"
    )

    warmed = in_app(app_folder, code, **EVERYTHING)

    assert warmed.stdout.strip() == "[]", warmed.stdout + warmed.stderr


def test_after_the_warm_up_a_check_compiles_no_expression(app_folder: Path) -> None:
    code = WATCHED + (
        "import re\n"
        "asyncio.run(index_and_wait())\n"
        "from shared.ielts.bank.matching import entries\n"
        "from shared.ielts.models import Part\n"
        "from shared.ielts.rules import check_question\n"
        "compiled = []\n"
        "re.compile = lambda source, *rest, make=re.compile: compiled.append(source)"
        " or make(source, *rest)\n"
        "check_question(entries(Part.LONG_TURN)[0].item(Part.LONG_TURN))\n"
        "print(len(compiled))"
    )

    warmed = in_app(app_folder, code)

    assert warmed.stdout.strip() == "0", warmed.stderr


def test_a_plan_that_warms_instances_up_finds_a_trigger_for_it(app_folder: Path) -> None:
    code = (
        "import asyncio, sys, function_app\n"
        "functions = {f.get_function_name(): f for f in function_app.app.get_functions()}\n"
        "warmup = functions['warmup']\n"
        "assert warmup.get_trigger().type == 'warmupTrigger'\n"
        "asyncio.run(warmup.get_user_function()(None))\n"
    )

    warmed = in_app(app_folder, code + WARMED, WEBSITE_SKU="ElasticPremium", **MODEL)

    assert warmed.stdout.strip() == "['jwt', 'limits', 'rapidfuzz', 'openai'] frozen", warmed.stderr


@pytest.mark.parametrize("plan", ["", "Dynamic", "FlexConsumption"])
def test_a_plan_without_warming_up_gets_no_trigger(app_folder: Path, plan: str) -> None:
    code = (
        "import function_app;"
        "print([f.get_trigger().type for f in function_app.app.get_functions()"
        " if f.get_trigger().type != 'httpTrigger'])"
    )

    assert in_app(app_folder, code, WEBSITE_SKU=plan).stdout.strip() == "[]"


def test_the_catch_all_is_the_last_function_by_name(app_folder: Path) -> None:
    code = (
        "import function_app;"
        "names = [f.get_function_name() for f in function_app.app.get_functions()];"
        "print(max(names, key=str.lower))"
    )

    assert in_app(app_folder, code).stdout.strip() == "zz_no_such_endpoint"


def test_wrong_settings_stop_the_start_with_one_message_that_lists_them_all(
    app_folder: Path,
) -> None:
    wrong = {
        "AUTH_ISSUER": "http://example.com",
        "FALLBACK": "perhaps",
        "GENERATION_DEADLINE_SECONDS": "soon",
        "AZURE_OPENAI_BACKENDS": "no JSON",
        "MODEL_PRICES": "{",
        "OPENAI_BASE_URL": "https://example.com:port/v1",
        "OPENAI_API_KEY": "s3cr\u00e9t",
    }
    halves = {"OPENAI_MODEL", "AUTH_AUDIENCE"}

    with pytest.raises(AppDidNotStartError) as failure, running_app(app_folder, "local", wrong):
        pass

    *_, message = str(failure.value).partition("SettingsError: ")
    for name in wrong.keys() | halves:
        assert name in message
    assert "set only one of" in message


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com:port",
        "https://example.com:99999",
        "https://[::1",
        "https://exam ple.com",
        "https://example.com\n/",
        "example.com",
    ],
)
def test_an_address_that_nothing_can_be_sent_to_stops_the_start(
    app_folder: Path, address: str
) -> None:
    outcome = in_app(
        app_folder,
        "import function_app",
        AZURE_OPENAI_ENDPOINT=address,
        AZURE_OPENAI_DEPLOYMENT="d",
    )

    assert "AZURE_OPENAI_ENDPOINT: must be an https:// address" in outcome.stderr


def test_backends_of_one_name_stop_the_start(app_folder: Path) -> None:
    backend = {"endpoint": "https://example.com", "deployment": "d", "name": "east"}

    outcome = in_app(
        app_folder, "import function_app", AZURE_OPENAI_BACKENDS=json.dumps([backend, backend])
    )

    assert "AZURE_OPENAI_BACKENDS: give each a name of its own" in outcome.stderr


def test_a_wrong_setting_is_reported_without_its_value(app_folder: Path) -> None:
    outcome = in_app(
        app_folder, "import function_app", AZURE_OPENAI_BACKENDS='[{"api_key": "s3cr3t-value"}]'
    )

    assert "AZURE_OPENAI_BACKENDS" in outcome.stderr
    assert "s3cr3t-value" not in outcome.stderr


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"AZURE_OPENAI_ENDPOINT": "https://r.openai.azure.com"}, "AZURE_OPENAI_DEPLOYMENT"),
        ({"AZURE_OPENAI_DEPLOYMENT": "d"}, "AZURE_OPENAI_ENDPOINT"),
        ({"OPENAI_BASE_URL": "https://example.com/v1"}, "OPENAI_MODEL"),
        ({"AUTH_ISSUER": "https://example.com"}, "AUTH_AUDIENCE"),
        ({"DATABASE_URL": "postgresql://app@example.com/main"}, "SUBJECT_KEY"),
    ],
)
def test_half_of_a_setting_names_the_other_half(
    app_folder: Path, given: dict[str, str], missing: str
) -> None:
    outcome = in_app(app_folder, "import function_app", **given)

    assert outcome.returncode != 0
    assert missing in outcome.stderr


def test_plain_http_is_refused_for_the_model_too(app_folder: Path) -> None:
    outcome = in_app(
        app_folder,
        "import function_app",
        AZURE_OPENAI_ENDPOINT="http://10.0.0.1",
        AZURE_OPENAI_DEPLOYMENT="d",
    )

    assert "loopback" in outcome.stderr


def test_printing_the_settings_shows_no_secret(app_folder: Path) -> None:
    outcome = in_app(
        app_folder,
        "from shared.settings import load_settings; s = load_settings(); print(s, repr(s))",
        OPENAI_BASE_URL="https://example.com/v1",
        OPENAI_MODEL="m",
        OPENAI_API_KEY="s3cr3t-value",
        SUBJECT_KEY="s3cr3t-value",
    )

    assert "openai_model" in outcome.stdout
    assert "s3cr3t-value" not in outcome.stdout


@pytest.mark.parametrize(("deadline", "attempt"), [("25", "15.0"), ("5", "3.0"), ("100", "60.0")])
def test_one_attempt_leaves_time_for_another_within_the_deadline(
    app_folder: Path, deadline: str, attempt: str
) -> None:
    code = (
        "from shared.settings import load_settings; from shared.wiring import pressure;"
        "print(pressure(load_settings()).attempt_seconds)"
    )

    outcome = in_app(app_folder, code, GENERATION_DEADLINE_SECONDS=deadline)

    assert outcome.stdout.strip() == attempt


def test_the_environment_wins_over_the_env_file(app_folder: Path, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from shared.settings import Settings, load_settings;"
        f"Settings.model_config['env_file'] = Path({str(tmp_path / '.env')!r});"
        "s = load_settings(); print(s.fallback.value, s.openai_model)"
    )
    (tmp_path / ".env").write_text(
        "FALLBACK=error\nOPENAI_MODEL=from-file\nOPENAI_BASE_URL=https://example.com/v1\n"
    )

    outcome = in_app(app_folder, code, FALLBACK="bank")

    assert outcome.stdout.split() == ["bank", "from-file"]


def test_missing_sign_in_settings_fail_closed_and_say_so(
    start: Callable[..., AbstractContextManager[Service]],
) -> None:
    with start("local", AUTH_ISSUER="", AUTH_AUDIENCE="", WEBSITE_SITE_NAME="app") as service:
        asked = service.ask(part=2)
        health = service.get("health", roles=None)

        assert asked.status_code == 503
        assert asked.json()["error"]["code"] == "unavailable"
        assert health.status_code == 503
        assert "AUTH_ISSUER" in service.logs()


def test_sign_in_settings_that_do_not_fit_together_stop_the_start(app_folder: Path) -> None:
    outcome = in_app(
        app_folder,
        "import function_app",
        AUTH_ISSUER="https://login.microsoftonline.com/common/v2.0",
        AUTH_AUDIENCE="api://x",
        AUTH_ALLOWED_TENANTS="not a tenant",
    )

    assert outcome.returncode != 0
    assert "do not fit together" in outcome.stderr
