"""The kinds of question, told by their wording. They overlap, and they are approximate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.models import Part
from tools.evaluation.texts import without_probe

if TYPE_CHECKING:
    from collections.abc import Mapping


def _any(*wordings: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(wordings)})\b")


_INTERVIEW = {
    "like or prefer": _any(
        r"(?<!would you )(?<!look )(?<!feel )likes?\b(?!\?)", "prefer", "enjoy", "love",
        "favourite", "interested in", "interesting", "keen on", "fond of",
    ),
    "past experience": _any(
        "did", "was", "were", "used to", "(?:have|has) (?:you|your|there|it)", "last (?:time|year)",
        "as a child", "ever",
    ),
    "opinion or importance": _any(
        "think", "important", "opinion", "should", "useful", "good (?:idea|thing|way|place|at)",
        "easy", "difficult", "hard", "better", "best", "necessary", "popular", "matters?", "worth",
    ),
    "habit": _any(
        "how often", "usually", "often", "always", "every", "normally", "generally", "sometimes",
        "tend", "how much time", "(?:when|where|what|how) do you (?:do|go|buy|eat|spend|use|keep)",
        "most days",
    ),
    "hypothetical or future": _any("would", "will", "if you", "future", "going to", "plan", "hope"),
    "tell me about": re.compile("^(?:please )?tell me"),
}  # fmt: skip
_NONE_OF_THEM = "fact"

_DISCUSSION = {
    "opinion": _any(
        "(?:do|would|don't) you (?:think|believe|feel|say|agree)", "in your (?:view|opinion)",
        "^should", r"^is (?:it|there) (?:ever |always |really )?(?!a\b|an\b|any)\w+", "^can people",
    ),
    "description": _any(
        "in your country", "where you live", "(?:what|which) (?:kinds?|sorts?|types?)", "^which",
        "how (?:common|popular|often|much|many|old)", "what (?:are|is) the (?:main|usual|most)",
        "^what (?:things|places|activities|subjects|jobs|skills|qualities)", "^how do",
        "^what do (?!you)", "^are there",
    ),
    "evaluation": _any(
        "important", "importance", "(?:dis)?advantages?", "benefits?", "good", "bad", "best",
        "worse", "useful", "helpful", "valuable", "effective", "positive", "negative", "necessary",
        "worth", "value", "matters?", "difficult", "easy", "enough", "too (?:much|many)",
        "problems?", "well", "better", "healthy", "fair", "safe", "successful",
    ),
    "comparison": _any(
        r"differ\w*", "than", r"compar\w+", "rather", "instead", "similar", "prefer", "between",
        "same", "is it better .* or", "(?:more|less) .* (?:when|or)",
    ),
    "cause": _any("why", "reasons?", "causes?", "what makes", "because"),
    "hypothetical": _any("would(?! you (?:say|agree))", "could", "might", "if"),
    "solution": _any(
        "should", "ought to", "how (?:can|could)", r"what c(?:an|ould) (?:\w+ ){1,3}do", "ways? to",
    ),
    "agreeing with a view": _any(
        "agree", "(?:some|many) (?:people|parents|teachers|adults) (?:say|think|believe|feel)",
        "(?:often|sometimes) said", "true that",
    ),
    "prediction": _any("will", "future", "going to", "years from now"),
    "past and present": _any(
        "in the past", "used to", r"chang(?:e|ed|ing)", "ago", "nowadays", "past", "than before",
        "generations?",
    ),
}  # fmt: skip

_KINDS: Mapping[Part, Mapping[str, re.Pattern[str]]] = {
    Part.INTERVIEW: _INTERVIEW,
    Part.LONG_TURN: {},
    Part.DISCUSSION: _DISCUSSION,
}


def kinds_of(question: str, part: Part) -> set[str]:
    """The kinds that a Part 1 or Part 3 question is of: labels of the published spread."""
    text = without_probe(question).lower()
    found = {kind for kind, wording in _KINDS[part].items() if wording.search(text)}
    if part is Part.INTERVIEW and not found:
        return {_NONE_OF_THEM}
    return found
