"""`make ask` and `make mock-test` print what a running app answers."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.issuer import AUDIENCE, Clock, Issuer, running_issuer
from tests.support.ports import free_port
from tests.support.running_app import REPOSITORY, running_app
from tests.support.stand_in import StandIn
from tools import ask

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    yield from running_issuer(Clock(time.time()))


@pytest.fixture(scope="module")
def address(issuer: Issuer) -> Iterator[str]:
    settings = {"AUTH_ISSUER": issuer.url, "AUTH_AUDIENCE": AUDIENCE}
    with running_app(REPOSITORY, "local", settings) as app:
        yield app.base_url


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, address: str, issuer: Issuer) -> None:
    monkeypatch.setenv("BASE_URL", address)
    monkeypatch.setenv("TOKEN", issuer.mint(roles=["candidate"]))
    monkeypatch.setenv("COLUMNS", "60")


def test_a_cue_card_is_printed_with_its_border(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask.main(["--part", "2", "--topic", "a memorable trip"]) == 0

    printed = capsys.readouterr().out.splitlines()
    border = [line for line in printed if line.startswith(("╭", "│", "╰"))]
    assert {len(line) for line in border} == {60}
    assert any("You should say:" in line for line in border)
    assert printed[-2].startswith("Source: bank.")


@pytest.mark.parametrize(("part", "questions"), [("1", 4), ("3", 6)])
def test_a_part_is_printed_question_by_question(
    capsys: pytest.CaptureFixture[str], part: str, questions: int
) -> None:
    assert ask.main(["--part", part]) == 0

    printed = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("  ") and line[2].isdigit() for line in printed) == questions
    assert max(map(len, printed[:-2])) <= 60


def test_a_long_topic_keeps_to_the_width_of_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    topic = "something you thought about before buying"  # one of the bank's own
    assert ask.main(["--part", "3", "--topic", topic]) == 0

    printed = capsys.readouterr().out.splitlines()
    assert max(map(len, printed[:-2])) <= 60


def test_a_mock_test_is_printed_with_what_the_examiner_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ask.main(["--test"]) == 0

    printed = capsys.readouterr().out
    assert "Mock test  11 to 14 minutes" in printed
    for part in ("Part 1 · Interview", "Part 2 · Long turn", "Part 3 · Discussion"):
        assert part in printed
    assert "[60 s]" in printed


def test_an_error_is_a_sentence_and_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask.main(["--topic", "the best way to die"]) == 1

    assert "avoids this subject" in capsys.readouterr().err


def test_nobody_there_is_said_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BASE_URL", f"http://127.0.0.1:{free_port()}")

    assert ask.main([]) == 1

    assert "Nothing answers at" in capsys.readouterr().err


def test_another_service_that_speaks_json_is_told_apart(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with StandIn() as other:
        monkeypatch.setenv("BASE_URL", other.url)

        assert ask.main([]) == 1

    assert "is not this service" in capsys.readouterr().err


def test_a_deployed_app_is_asked_with_a_token_of_its_own_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BASE_URL", "https://app.example")
    monkeypatch.delenv("TOKEN")

    assert ask.main([]) == 1

    assert "Set TOKEN" in capsys.readouterr().err


@pytest.mark.parametrize("token", ["two words", "naïve", "a\nb"])
def test_a_token_that_cannot_be_one_is_said_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], token: str
) -> None:
    monkeypatch.setenv("TOKEN", token)

    assert ask.main([]) == 1

    assert "TOKEN is not an access token" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["localhost:7071", "http://[", "ftp://app.example"])
def test_an_address_that_cannot_be_one_is_said_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    monkeypatch.setenv("BASE_URL", address)

    assert ask.main([]) == 1

    assert "BASE_URL is not an address" in capsys.readouterr().err


def test_make_passes_topic_and_port_on_as_they_are() -> None:
    topic = """my grandmother's "best" recipe"""

    make = shutil.which("make") or "make"
    recipe = subprocess.run(
        [make, "--dry-run", "ask", f"TOPIC={topic}", "PORT=7090"],
        cwd=REPOSITORY,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    words = shlex.split(recipe.replace("\\\n", ""))
    assert words[words.index("--topic") + 1] == topic
    assert "BASE_URL=http://localhost:7090" in words
