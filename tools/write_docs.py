"""Write the reference pages of docs/ from the code: settings, rules, upstream answers.

python -m tools.write_docs
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import PydanticUndefined

from shared.azure_openai.outcomes import OUTCOMES
from shared.ielts.rulebook.registry import Slot
from shared.ielts.rules import RULES
from shared.settings import BackendSetting, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from shared.ielts.rules import Rule

DOCS = Path(__file__).resolve().parent.parent / "docs"
_GENERATED = "<!-- Written by `make docs` from the code: change it there. -->"


def pages() -> dict[str, str]:
    """The pages by file name."""
    return {
        "configuration.md": _configuration(),
        "rules.md": _rules(),
        "upstream-answers.md": _upstream_answers(),
    }


def _configuration() -> str:
    return _page(
        "Configuration",
        "Every setting is an environment variable (in Azure: an app setting), or a line of `.env`; "
        "the environment wins. An empty value counts as not set. A wrong setting stops the start "
        "with one message that lists everything wrong.",
        _settings_table(Settings),
        "## `AZURE_OPENAI_BACKENDS`",
        "A JSON list, one object for each deployment. A lower `priority` is asked first; `weight` "
        "shares the requests within one priority. Without `api_key`, managed identity signs in.",
        _settings_table(BackendSetting),
    )


def _rules() -> str:
    return _page(
        "Rules",
        "What makes a question authentic. `reject`: never delivered. `warn`: unusual among real "
        "questions, yet some are like it.",
        _table(
            ("rule", "severity", "what it says", "where"),
            (
                (
                    f"`{rule.name}`",
                    rule.severity,
                    rule.description,
                    _places(rule),
                )
                for rule in RULES
            ),
        ),
    )


def _places(rule: Rule) -> str:
    if not rule.slots:
        return "whole card or set"
    if set(Slot) - {Slot.TOPIC} <= rule.slots:
        return "every text"
    return ", ".join(sorted(slot.value for slot in rule.slots))


def _upstream_answers() -> str:
    return _page(
        "Upstream answers",
        "Every way in which a request to Azure OpenAI can end, what follows, and what an operator "
        "should check where it is theirs to mend.",
        _table(
            ("reason", "what was seen", "what follows", "to check"),
            ((f"`{row.name}`", row.upstream, row.then, row.check) for row in OUTCOMES),
        ),
        "## And then",
        "What the caller gets. The bank comes after the library, where there is one; `meta.source` "
        "says who answered, and `bank_reason` why, in the log line and in `meta` for admins. With "
        "`FALLBACK=error` it is 503 `unavailable` instead.",
        _table(
            ("what was had", "what follows"),
            (
                ("an answer that fits the schema, and that the rules accept", "it is delivered"),
                (
                    "an answer of another schema, or one that the rules reject, or AnswerRefused",
                    "one request to mend it that names the faults, then the bank",
                ),
                (
                    "PromptRefused, on a topic that the caller gave",
                    "422 `content_filtered`: asking again changes nothing",
                ),
                ("PromptRefused, on a topic of ours or on the request to mend", "the bank"),
                ("ModelUnavailable", "the bank, at once"),
            ),
        ),
        "ModelUnavailable has the reason of the last request, or, where none was sent, "
        "`circuit_open`: every deployment keeps failing; `overloaded`: the wait for quota or a "
        "slot would be too long; `no_time_left`: too little of the deadline was left, as while a "
        "new worker is still importing.",
    )


def _settings_table(model: type[BaseModel]) -> str:
    upper = issubclass(model, Settings)
    return _table(
        ("name", "default", ""),
        (
            (f"`{name.upper() if upper else name}`", _default(field), field.description or "")
            for name, field in model.model_fields.items()
        ),
    )


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined:
        return "required"
    if value is None or value in ("", ()):
        return ""
    return f"`{value.value if isinstance(value, Enum) else value}`"


def _page(title: str, *paragraphs: str) -> str:
    return "\n\n".join([f"# {title}", _GENERATED, *paragraphs]) + "\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def main() -> None:
    """Write all pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
