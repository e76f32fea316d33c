"""The GitHub workflows are safe to run, and run what they should."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).resolve().parents[2] / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
MAKEFILE = (GITHUB.parent / "Makefile").read_text(encoding="utf-8")

each_workflow = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)


def load(file: Path) -> dict[str, Any]:
    workflow: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return workflow


@each_workflow
def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(file: Path) -> None:
    used = re.findall(r"uses: *(.*)", file.read_text(encoding="utf-8"))

    assert used
    for action in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_an_action_has_the_same_commit_everywhere() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in WORKFLOWS)
    pins = set(re.findall(r"uses: *(\S+)@(\S+)", text))

    assert len(pins) == len({action for action, _ in pins})


@each_workflow
def test_a_job_may_do_only_what_it_says(file: Path) -> None:
    workflow = load(file)

    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"].items() <= {"contents": "read", "id-token": "write"}.items()
        assert job["timeout-minutes"] <= 60


@each_workflow
def test_no_workflow_uses_a_secret_or_runs_foreign_code_with_rights(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert "secrets." not in text
    assert "pull_request_target" not in text


@each_workflow
def test_no_script_is_put_together_from_expressions(file: Path) -> None:
    for job in load(file)["jobs"].values():
        for step in job["steps"]:
            script = step.get("run", "").replace("${{ matrix.python }}", "")
            assert "${{" not in script


def test_every_make_target_of_a_workflow_exists() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in WORKFLOWS)

    for target in re.findall(r"\bmake ([a-z-]+)", text):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_every_variable_of_the_parameter_file_reaches_the_deployment() -> None:
    parameters = (GITHUB.parent / "infra" / "main.parameters.json").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)", parameters)) - {"AZURE_PRINCIPAL_ID"}  # azd finds it

    assert asked <= load(GITHUB / "workflows" / "deploy.yml")["jobs"]["deploy"]["env"].keys()


def test_dependabot_looks_at_everything_that_is_pinned() -> None:
    updates = {
        update["package-ecosystem"]: update for update in load(GITHUB / "dependabot.yml")["updates"]
    }
    locks = {
        lock.relative_to(GITHUB.parent)
        for folder in ("tests", "web")
        for lock in (GITHUB.parent / folder).rglob("package-lock.json")
        if "node_modules" not in lock.parts
    }

    assert updates.keys() == {"github-actions", "pip", "npm"}
    assert set(updates["npm"]["directories"]) == {f"/{lock.parent}" for lock in locks}
