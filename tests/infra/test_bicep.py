"""What the Bicep sets up, as far as it shows without Azure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.infra.bicep import FILES, INFRA, parse, values_of

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = [parse(file) for file in FILES]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_parses(file: Path) -> None:
    assert parse(file).keys() & {"resources", "modules"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_that_is_named_exists(file: Path) -> None:
    named = re.findall(
        r"(?:module \w+ |loadTextContent\()'([^']+)'", file.read_text(encoding="utf-8")
    )

    assert [name for name in named if not (file.parent / name).is_file()] == []


@pytest.mark.parametrize(
    ("switch", "value", "times"),
    [
        ("allowSharedKeyAccess", False, 1),  # storage
        ("allowBlobPublicAccess", False, 1),
        ("disableLocalAuth", True, 2),  # Azure OpenAI, Log Analytics
        ("DisableLocalAuth", True, 1),  # Application Insights
        ("passwordAuth", "Disabled", 1),  # PostgreSQL
        ("enableRbacAuthorization", True, 1),  # Key Vault
        ("httpsOnly", True, 1),
        ("allow", False, 1),  # publishing with a password
    ],
)
def test_nobody_signs_in_with_a_key(switch: str, value: object, times: int) -> None:
    assert list(values_of(EVERYTHING, switch)) == [value] * times


def test_every_module_gets_all_of_its_parameters_and_no_others() -> None:
    for module in parse(INFRA / "main.bicep")["modules"].values():
        config = module["config"].get("config", module["config"])  # conditional or not
        wanted = parse(INFRA / module["detail"]["path"])["parameters"]
        assert config["params"].keys() == wanted.keys(), module


def test_the_parameter_file_names_every_parameter() -> None:
    given = json.loads((INFRA / "main.parameters.json").read_text(encoding="utf-8"))["parameters"]

    assert given.keys() == parse(INFRA / "main.bicep")["parameters"].keys()


def test_a_parameter_that_holds_a_secret_is_secure() -> None:
    for parsed in EVERYTHING:
        for name, parameter in parsed.get("parameters", {}).items():
            if re.search(r"(?i)password|secret|subjectkey", name):
                assert {"type": "secure"} in parameter["decorators"], name


def test_no_output_holds_a_secret() -> None:
    for file in FILES:
        for output in re.findall(r"^output .*$", file.read_text(encoding="utf-8"), re.MULTILINE):
            assert not re.search(r"listKeys|primaryKey|subjectKey$|\.value\b", output)


def test_one_instance_answers_as_many_requests_as_the_parameter_says() -> None:
    app = parse(INFRA / "modules" / "app.bicep")

    assert list(values_of(app, "perInstanceConcurrency")) == ["httpConcurrency"]
    assert parse(INFRA / "main.bicep")["parameters"]["httpConcurrency"]["default"] > 1


def test_a_key_vault_that_was_deleted_blocks_its_name_as_shortly_as_possible() -> None:
    """Purge protection keeps it for that long, and an environment of the same name has to wait."""
    vault = parse(INFRA / "modules" / "vault.bicep")

    assert list(values_of(vault, "enablePurgeProtection")) == [True]
    assert list(values_of(vault, "softDeleteRetentionInDays")) == [7]


def test_the_app_runs_on_a_python_that_is_tested() -> None:
    ci = (INFRA.parent / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    app = parse(INFRA / "modules" / "app.bicep")["resources"]["app"]["config"]
    runtime = app["properties"]["functionAppConfig"]["runtime"]

    assert runtime["name"] == "python"
    assert f'"{runtime["version"]}"' in ci
