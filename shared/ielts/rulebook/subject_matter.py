"""Rules on subjects that the exam keeps away from.

None occurs in 3,400 published and recalled items; government, law, pay, crime and health do.
A subject's words stand in `lexicon/avoided/SUBJECT.txt`; an entry there that is more than one plain
word is a regular expression.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import phrases_of
from shared.ielts.rulebook.registry import ANYTHING, Severity, text_rule
from shared.ielts.rulebook.wordings import Wordings

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

_SUBJECTS = {
    "religion": "religion",
    "religious-festival": "religious festivals",
    "politics": "party politics and elections",
    "sex": "sex",
    "death": "death and violent crime",
    "war": "war and weapons",
    "drugs": "drugs and tobacco",
    "alcohol": "alcohol",
    "race": "race and ethnic origin",
    "illness": "illness",
}


@cache
def _innocent() -> re.Pattern[str]:
    """Everyday uses of words that would otherwise name such a subject."""
    return re.compile(rf"\b(?:{'|'.join(phrases_of('innocent'))})\b")


class _Vocabulary:
    """Words, looked up, and wordings, searched."""

    def __init__(self, *files: str) -> None:
        entries = [entry for file in files for entry in phrases_of(file)]
        words = {entry for entry in entries if entry.isalpha()}
        self._words = frozenset(words).union(f"{word}s" for word in words)
        self._wordings = Wordings(entry for entry in entries if not entry.isalpha())

    def find(self, text: Reading) -> str | None:
        """The first hit in the text, everyday uses aside."""
        if self._words.isdisjoint(text.vocabulary) and not self._wordings.find(text):
            return None
        rest = _innocent().sub(" ", text.lower)
        words = re.findall(r"[^\W\d_]+", rest)
        return next((word for word in words if word in self._words), None) or (
            self._wordings.find_anywhere(rest)
        )


_AVOIDED = _Vocabulary(*(f"avoided/{name}" for name in _SUBJECTS))
_BY_SUBJECT = {subject: _Vocabulary(f"avoided/{name}") for name, subject in _SUBJECTS.items()}
_DELICATE = _Vocabulary("delicate")


@text_rule("avoided-subject", Severity.REJECT, ANYTHING)
def avoided_subject(text: Reading) -> str | None:
    """Religion and its festivals, politics, sex, death, war, drugs, alcohol, race or illness."""
    found = _AVOIDED.find(text)
    if not found:
        return None
    subject = next(name for name, words in _BY_SUBJECT.items() if words.find(text))
    return f"{found!r}: the exam keeps away from {subject}. Choose another subject."


@text_rule("delicate-subject", Severity.WARN, ANYTHING)
def delicate_subject(text: Reading) -> str | None:
    """A word that can lead to what embarrasses or upsets a candidate."""
    found = _DELICATE.find(text)
    return f"{found!r} can embarrass or upset. Make sure that nobody minds." if found else None
