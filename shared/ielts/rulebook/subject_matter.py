"""Rules on subjects that the exam keeps away from.

None occurs in 3,400 published and recalled items; government, law, pay, crime and health do, in
general: it is the candidate's own pay, debts, crimes or weight that nobody asks about.
A subject's words stand in `lexicon/avoided/SUBJECT.txt`; an entry there that is more than one plain
word is a regular expression.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import phrases_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import ANYTHING, CARD, PERSONAL, Severity, text_rule
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
    "money": "what people close to the candidate earn and owe",
    "gambling": "gambling",
    "wrongdoing": "the candidate's own brushes with the law",
    "violence": "violence and cruelty",
    "disaster": "disasters that people lived through",
    "love": "love affairs and divorce",
    "body": "people's weight and looks",
    "migration": "who may stay in a country",
}


@cache
def _innocent() -> re.Pattern[str]:
    """Everyday uses of words that would otherwise name such a subject."""
    return re.compile(rf"\b(?:{'|'.join(phrases_of('innocent'))})\b")


_ABOUT_YOU = pattern(r"\b(?:you|yours|your (?!country|society|culture|opinion|view|city|town))\b")


@cache
def _public() -> re.Pattern[str]:
    """Public matters that have a word in common with a subject to avoid."""
    return re.compile(rf"\b(?:{'|'.join(phrases_of('public'))})")


def without_everyday_uses(lower: str) -> str:
    """A lower-case text without them."""
    return " ".join(_innocent().sub(" ", lower).split())


class Vocabulary:
    """Words, looked up, and wordings, searched; its files are read when it is first asked."""

    def __init__(self, *files: str) -> None:
        self._files = files

    @cached_property
    def _entries(self) -> list[str]:
        return [entry for file in self._files for entry in phrases_of(file)]

    @cached_property
    def _words(self) -> frozenset[str]:
        words = {entry for entry in self._entries if entry.isalpha()}
        return frozenset(words).union(f"{word}s" for word in words)

    @cached_property
    def wordings(self) -> Wordings:
        """Its entries of more than one plain word."""
        return Wordings(entry for entry in self._entries if not entry.isalpha())

    def find(self, text: Reading) -> str | None:
        """The first hit in the text, everyday uses and asides apart."""
        text = text.without_asides
        if self._words.isdisjoint(text.vocabulary) and not self.wordings.find(text):
            return None
        return self.find_anywhere(without_everyday_uses(text.lower))

    def find_anywhere(self, lower: str) -> str | None:
        """The first hit in a lower-case text."""
        words = re.findall(r"[^\W\d_]+", lower)
        return next((word for word in words if word in self._words), None) or (
            self.wordings.find_anywhere(lower)
        )


_AVOIDED = Vocabulary(*(f"avoided/{name}" for name in _SUBJECTS))
_BY_SUBJECT = {subject: Vocabulary(f"avoided/{name}") for name, subject in _SUBJECTS.items()}
_PRIVATE = Vocabulary("private")
_DELICATE = Vocabulary("delicate")


@text_rule("avoided-subject", Severity.REJECT, ANYTHING)
def avoided_subject(text: Reading) -> str | None:
    """Religion, politics, sex, death, war, drugs, race, illness, private money or violence."""
    found = _AVOIDED.find(text)
    if not found:
        return None
    rest = without_everyday_uses(text.without_asides.lower)
    if not _ABOUT_YOU.search(rest):
        rest = _public().sub("", rest)
        found = _AVOIDED.find_anywhere(rest)
        if not found:
            return None
    subject = next(name for name, words in _BY_SUBJECT.items() if words.find_anywhere(rest))
    return f"{found!r}: the exam keeps away from {subject}. Choose another subject."


@text_rule("private-matter", Severity.REJECT, PERSONAL | CARD)
def private_matter(text: Reading) -> str | None:
    """A word that no fair question to the candidate has: wives, wages, wounds."""
    found = _PRIVATE.find(text)
    return f"{found!r} asks about what is private. Ask about something else." if found else None


@text_rule("delicate-subject", Severity.WARN, ANYTHING)
def delicate_subject(text: Reading) -> str | None:
    """A word that can lead to what embarrasses or upsets a candidate."""
    found = _DELICATE.find(text)
    return f"{found!r} can embarrass or upset. Make sure that nobody minds." if found else None
