"""A model's answer: read into an item, and checked before anybody sees it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import from_json

from shared.generation.echo import echoes
from shared.generation.lines import lines_of
from shared.generation.prompts import MODELS
from shared.ielts.likeness import content_words, near_duplicate
from shared.ielts.rules import Finding, Severity, check_question, rejected

if TYPE_CHECKING:
    from shared.generation.spec import Spec
    from shared.ielts.models import Question

_TYPOGRAPHY = str.maketrans(dict.fromkeys("\u2018\u2019", "'") | dict.fromkeys("\u201c\u201d", '"'))


class Draft(NamedTuple):
    """What became of one answer.

    Attributes:
        item: the item, where the answer had its shape.
        findings: what the rules say of it.

    """

    item: Question | None
    findings: tuple[Finding, ...]

    @property
    def acceptable(self) -> Question | None:
        """The item, if it may be delivered."""
        return None if rejected(self.findings) else self.item


def read_draft(text: str, topic: str, spec: Spec) -> Draft:
    """Read and check the answer's JSON text. Never raises: what cannot be read is a finding."""
    try:
        content = _tidy(from_json(text))
        item = MODELS[spec.part].model_validate({**content, "topic": topic})
    except (ValueError, TypeError) as error:
        return Draft(None, (_unreadable(error),))
    findings = (*check_question(item), *echoes(item), *_too_close(item, spec))
    return Draft(item, findings)


def read_kept(text: str, spec: Spec) -> Question | None:
    """An item kept as JSON, if it may still be delivered."""
    try:
        item = MODELS[spec.part].model_validate_json(text)
    except ValueError:
        return None
    return Draft(item, (*check_question(item), *_too_close(item, spec))).acceptable


def texts(item: Question) -> list[str]:
    """The questions of an item, or its describe line: what makes it the same as another."""
    if item.part == 1:
        return list(item.questions)
    if item.part == 2:  # noqa: PLR2004 - the part's own number
        return [item.cue_card.describe]
    return [question for theme in item.themes for question in theme.questions]


def _unreadable(error: ValueError | TypeError) -> Finding:
    reason = "The answer is not a JSON object of the schema: answer with the whole object."
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        reason = f"'{place}' does not fit: {first['msg']}."
    return Finding("wrong-schema", Severity.REJECT, reason)


def _too_close(item: Question, spec: Spec) -> list[Finding]:
    if not any(_touches(item, avoided) for avoided in spec.avoid):
        return []
    reason = "This comes too close to something under 'avoid': choose another angle."
    return [Finding("close-to-avoided", Severity.REJECT, reason)]


def _touches(item: Question, avoided: str) -> bool:
    """Whether a line of the item is about what is to be avoided, as the bank's `close` has it."""
    words, lines = content_words(avoided), lines_of(item)
    if words <= content_words(item.topic):
        return avoided in lines
    return near_duplicate(avoided, lines) or any(words <= content_words(line) for line in lines)


def _tidy(value: Any) -> Any:
    """Straight quotes, single spaces and composed characters, at every depth."""
    if isinstance(value, str):
        if not value.isascii():
            value = unicodedata.normalize("NFC", value).translate(_TYPOGRAPHY)
        return " ".join(value.split())
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if isinstance(value, dict):
        return {key: _tidy(item) for key, item in value.items()}
    return value
