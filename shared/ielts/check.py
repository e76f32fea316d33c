"""Check questions from a file against the rules: `python -m shared.ielts.check FILE.jsonl`.

Each line is a JSON object, `{"id", "part": 1, "text"}`, `{"id", "part": 2, "prompt", "bullets",
"closing"}` or `{"id", "part": 3, "text"}`, in UTF-8; "-" reads the standard input. For each there
is one line of output: `{"id", "verdict": "accept" | "reject", "findings": [{"rule", "severity",
"reason"}]}`. A line that cannot be read is rejected by the rule "unreadable-line" and the rest goes
on; where a line has no id its number stands for it; blank lines count for nothing.

Exit status: 0 when every line could be read, 1 when some could not, 2 when the file could not.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from shared.ielts.rules import (
    Finding,
    Severity,
    check_cue_card,
    check_discussion_question,
    check_interview_question,
    rejected,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_USAGE = "usage: python -m shared.ielts.check FILE.jsonl    (- for the standard input)"
_UNREADABLE = "unreadable-line"


def check_lines(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Give the verdict on each line that is not blank, one at a time."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            item, fault = _parse(line)
            findings, fault = ([], fault) if fault else _check(item)
            if fault:
                reason = f"Line {number} is no item: {fault}."
                findings = [Finding(_UNREADABLE, Severity.REJECT, reason)]
            yield _verdict(item.get("id", number), findings)


def _parse(line: bytes) -> tuple[dict[str, Any], str]:
    """Give the JSON object of a line, or an empty one and what is wrong."""
    try:
        item = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return {}, "it is not UTF-8"
    except (ValueError, RecursionError):
        return {}, "it is not JSON"
    if not isinstance(item, dict):
        return {}, "it is not a JSON object"
    if not _can_be_written(item.get("id")):
        return {}, '"id" cannot be given back as JSON'
    return item, ""


def _can_be_written(identity: object) -> bool:
    """Whether the verdict can carry it: JSON knows no NaN and no number beyond all others."""
    try:
        json.dumps(identity, allow_nan=False)
    except (ValueError, RecursionError):
        return False
    return True


def _check(item: dict[str, Any]) -> tuple[list[Finding], str]:
    """Give the findings on an item, or none and what is wrong with its fields."""
    part, text = item.get("part"), item.get("prompt" if item.get("part") == 2 else "text")  # noqa: PLR2004
    if type(part) is not int or part not in {1, 2, 3}:
        return [], '"part" is not 1, 2 or 3'
    if not isinstance(text, str):
        return [], f'"{"prompt" if part == 2 else "text"}" is not a text'  # noqa: PLR2004
    if part != 2:  # noqa: PLR2004 - the parts' own numbers
        return (check_interview_question if part == 1 else check_discussion_question)(text), ""
    # a card without bullets or closing line can be read: it is a broken card
    bullets, closing = item.get("bullets") or [], item.get("closing") or ""
    if not isinstance(bullets, list) or not all(isinstance(bullet, str) for bullet in bullets):
        return [], '"bullets" is not a list of texts'
    if not isinstance(closing, str):
        return [], '"closing" is not a text'
    return check_cue_card(text, bullets, closing), ""


def _verdict(identity: object, findings: list[Finding]) -> dict[str, Any]:
    return {
        "id": identity,
        "verdict": "reject" if rejected(findings) else "accept",
        "findings": [
            {"rule": found.rule, "severity": found.severity.value, "reason": found.reason}
            for found in findings
        ],
    }


def main(arguments: list[str]) -> int:
    """Run the command; give its exit status."""
    if len(arguments) != 1 or arguments[0] in {"-h", "--help"}:
        print(_USAGE, file=sys.stderr)  # noqa: T201 - a command speaks to its user
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        with sys.stdin.buffer if arguments[0] == "-" else open(arguments[0], "rb") as lines:  # noqa: PTH123 - no need of pathlib's import
            return _report(lines)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return 0
    except OSError as error:
        print(f"cannot read {arguments[0]}: {error.strerror}", file=sys.stderr)  # noqa: T201
        return 2


def _report(lines: Iterable[bytes]) -> int:
    accepted = refused = unreadable = 0
    for verdict in check_lines(lines):
        sys.stdout.write(json.dumps(verdict) + "\n")
        if verdict["verdict"] == "accept":
            accepted += 1
        elif verdict["findings"][0]["rule"] == _UNREADABLE:
            unreadable += 1
            print(verdict["findings"][0]["reason"], file=sys.stderr)  # noqa: T201
        else:
            refused += 1
    print(f"{accepted} accepted, {refused} rejected, {unreadable} unreadable", file=sys.stderr)  # noqa: T201
    return 1 if unreadable else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
