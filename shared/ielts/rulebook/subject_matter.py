"""Rules on subjects that the exam keeps away from.

None occurs in 3,400 published and recalled items; government, law, pay, crime and health do, in
general: it is the candidate's own pay, debts, crimes or weight that nobody asks about.
A subject's words stand in `lexicon/avoided/SUBJECT.txt`; an entry there that is more than one plain
word is a regular expression.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import phrases_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import ANYTHING, CARD, PERSONAL, Severity, text_rule
from shared.ielts.rulebook.vocabulary import Vocabulary, without_everyday_uses

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


_ABOUT_YOU = pattern(r"\b(?:you|yours|your (?!country|society|culture|opinion|view|city|town))\b")


@cache
def _public() -> re.Pattern[str]:
    """Public matters that have a word in common with a subject to avoid."""
    return re.compile(rf"\b(?:{'|'.join(phrases_of('public'))})")


_AVOIDED = Vocabulary(*(f"avoided/{name}" for name in _SUBJECTS))
_BY_SUBJECT = {subject: Vocabulary(f"avoided/{name}") for name, subject in _SUBJECTS.items()}
_PRIVATE = Vocabulary("private")
_DELICATE = Vocabulary("delicate")


@text_rule("avoided-subject", Severity.REJECT, ANYTHING, unless="touches_no_subject")
def avoided_subject(text: Reading) -> str | None:
    """Religion, politics, sex, death, war, drugs, race, illness, private money or violence."""
    found = _AVOIDED.find(text)
    if not found:
        return None
    rest = without_everyday_uses(text.without_asides().lower)
    if not _ABOUT_YOU.search(rest):
        rest = _public().sub("", rest)
        found = _AVOIDED.find_anywhere(rest)
        if not found:
            return None
    subject = next(name for name, words in _BY_SUBJECT.items() if words.find_anywhere(rest))
    return f"{found!r}: the exam keeps away from {subject}. Choose another subject."


@text_rule("private-matter", Severity.REJECT, PERSONAL | CARD, unless="touches_no_subject")
def private_matter(text: Reading) -> str | None:
    """A word that no fair question to the candidate has: wives, wages, wounds."""
    found = _PRIVATE.find(text)
    return f"{found!r} asks about what is private. Ask about something else." if found else None


@text_rule("delicate-subject", Severity.WARN, ANYTHING, unless="touches_no_subject")
def delicate_subject(text: Reading) -> str | None:
    """A word that can lead to what embarrasses or upsets a candidate."""
    found = _DELICATE.find(text)
    return f"{found!r} can embarrass or upset. Make sure that nobody minds." if found else None
