"""The command that checks a file of questions, as teachers use it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from shared.ielts.check import main

if TYPE_CHECKING:
    from pathlib import Path

GOOD = '{"id": "a", "part": 1, "text": "Do you like lamps?"}'
CARD = (
    '{"id": 2, "part": 2, "prompt": "Describe a lamp that you own.", "bullets": ["what it is", '
    '"where you bought it", "when you use it"], "closing": "and explain why you like it."}'
)


def run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *lines: str | bytes
) -> tuple[int, list[dict[str, Any]], str]:
    file = tmp_path / "items.jsonl"
    file.write_bytes(b"\n".join(x.encode() if isinstance(x, str) else x for x in lines))
    status = main([str(file)])
    output, errors = capsys.readouterr()
    return status, [json.loads(line) for line in output.splitlines()], errors


def test_each_line_gets_a_verdict_under_its_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = '{"id": "c", "part": 3, "text": "Should religion be taught at school?"}'
    status, verdicts, errors = run(tmp_path, capsys, GOOD, CARD, bad)
    assert status == 0
    assert [(item["id"], item["verdict"]) for item in verdicts] == [
        ("a", "accept"),
        (2, "accept"),
        ("c", "reject"),
    ]
    assert verdicts[2]["findings"] == [
        {
            "rule": "avoided-subject",
            "severity": "reject",
            "reason": "'religion': the exam keeps away from religion. Choose another subject.",
        }
    ]
    assert errors == "2 accepted, 1 rejected, 0 unreadable\n"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("not json", "it is not JSON"),
        (b'{"id": "\xff"}', "it is not UTF-8"),
        ('["a"]', "it is not a JSON object"),
        ("[" * 100_000, "it is not JSON"),
        (GOOD.replace('"a"', "NaN"), '"id" cannot be given back as JSON'),
        (GOOD.replace('"a"', '["b", -Infinity]'), '"id" cannot be given back as JSON'),
        (GOOD.replace('"a"', "1e999"), '"id" cannot be given back as JSON'),
        ('{"id": "a", "text": "Do you like lamps?"}', '"part" is not 1, 2 or 3'),
        ('{"id": "a", "part": true, "text": "x"}', '"part" is not 1, 2 or 3'),
        ('{"id": "a", "part": 4, "text": "x"}', '"part" is not 1, 2 or 3'),
        ('{"id": "a", "part": 1}', '"text" is not a text'),
        ('{"id": "a", "part": 3, "text": 5}', '"text" is not a text'),
        ('{"id": "a", "part": 2, "text": "x"}', '"prompt" is not a text'),
        (
            '{"id": "a", "part": 2, "prompt": "x", "bullets": "y"}',
            '"bullets" is not a list of texts',
        ),
        ('{"id": "a", "part": 2, "prompt": "x", "bullets": [1]}', '"bullets" is not a list'),
        ('{"id": "a", "part": 2, "prompt": "x", "closing": 1}', '"closing" is not a text'),
    ],
)
def test_a_line_that_cannot_be_read_is_reported_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str | bytes, fault: str
) -> None:
    status, verdicts, errors = run(tmp_path, capsys, line, GOOD)
    assert status == 1
    assert verdicts[0]["verdict"] == "reject"
    assert verdicts[0]["findings"][0]["rule"] == "unreadable-line"
    assert verdicts[0]["findings"][0]["reason"].startswith(f"Line 1 is no item: {fault}")
    assert verdicts[1]["verdict"] == "accept"
    assert "1 unreadable" in errors


def test_a_line_without_id_goes_by_its_number_and_blank_lines_count_for_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nameless = '{"part": 1, "text": "Do you like lamps?"}'
    _, verdicts, _ = run(tmp_path, capsys, "", nameless, "  ", GOOD, "")
    assert [item["id"] for item in verdicts] == [2, "a"]


@pytest.mark.parametrize("missing", ['"bullets"', '"closing"'])
def test_a_card_that_lacks_a_field_is_a_broken_card(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    status, verdicts, _ = run(tmp_path, capsys, CARD.replace(missing, '"other"'))
    assert status == 0
    assert verdicts[0]["verdict"] == "reject"
    assert {found["rule"] for found in verdicts[0]["findings"]} <= {"card-bullets", "card-closing"}


def test_an_id_that_no_terminal_can_show_is_still_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, verdicts, _ = run(tmp_path, capsys, GOOD.replace('"a"', r'"\ud800"'))
    assert verdicts[0]["id"] == "\ud800"


def test_a_file_that_cannot_be_opened_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/no/such/file.jsonl"]) == 2
    assert "cannot read /no/such/file.jsonl" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["a", "b"], 2), (["--help"], 0)])
def test_the_command_says_how_to_use_it(
    arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == status
    assert "usage: python -m shared.ielts.check" in capsys.readouterr().err


def test_it_reads_standard_input_and_loads_neither_pydantic_nor_rapidfuzz() -> None:
    program = (
        "import sys; from shared.ielts.check import main; status = main(['-']); "
        "assert not {'pydantic', 'rapidfuzz'} & set(sys.modules); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=GOOD.encode(), capture_output=True, check=True
    )
    assert json.loads(done.stdout)["verdict"] == "accept"
