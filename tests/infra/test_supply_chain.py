"""What is installed is what was looked at: pinned, hashed, audited, listed."""

from __future__ import annotations

import re

import pytest

from tests.support.running_app import REPOSITORY

LOCKED = sorted(path.name for path in REPOSITORY.glob("requirements*.txt"))
PINNED = re.compile(r"[A-Za-z0-9._-]+(\[[\w,-]+\])?==[^\s;\\]+")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def requirements(name: str) -> list[str]:
    """The requirements of a file, each with its hashes on one line."""
    joined = (REPOSITORY / name).read_text("utf-8").replace("\\\n", " ")
    return [
        line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


@pytest.mark.parametrize("name", LOCKED)
def test_every_requirement_is_pinned_with_its_hashes(name: str) -> None:
    loose = [line for line in requirements(name) if not (PINNED.match(line) and HASH.search(line))]

    assert requirements(name)
    assert not loose


@pytest.mark.parametrize("name", LOCKED)
def test_whatever_is_asked_for_is_in_the_lock(name: str) -> None:
    asked = (REPOSITORY / name).with_suffix(".in").read_text("utf-8")
    locked = {line.partition("==")[0].partition("[")[0] for line in requirements(name)}

    names = re.findall(r"^[A-Za-z0-9._-]+", asked, re.MULTILINE)
    assert {re.sub(r"[._]", "-", name).lower() for name in names} - {"-r", "-c"} <= locked


@pytest.mark.parametrize("target", ["test", "audit", "sbom"])
def test_each_push_is_tested_audited_and_listed(target: str) -> None:
    workflow = (REPOSITORY / ".github" / "workflows" / "ci.yml").read_text("utf-8")

    assert f"- run: make {target} " in workflow


def test_each_test_run_looks_for_secrets() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    scanned = (REPOSITORY / "infra" / "checkov.yaml").read_text("utf-8")

    assert re.search(r"^test:.* scan ", makefile, re.MULTILINE)
    assert re.search(r"^enable-secret-scan-all-files: true$", scanned, re.MULTILINE)


def test_no_kind_of_secret_is_left_out_of_the_search() -> None:
    scanned = (REPOSITORY / "infra" / "checkov.yaml").read_text("utf-8")

    assert "CKV_SECRET" not in scanned


def test_an_audit_that_could_not_look_at_everything_has_failed() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")

    assert re.findall(r"bin/pip-audit (\S+)", makefile) == ["--strict"]
