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
        r"(?<!would you )(?<!you would )(?<!look )(?<!feel )likes?\b(?!\?)", "prefer",
        "enjoy", "love", "favourite", "interested in", "interesting", "keen on", "fond of",
    ),
    "past experience": _any(
        "did", r"(?<!if )(?<!if everything )was", "(?<!if you )were", "used to",
        "(?:have|has) (?:you|your|there|it|ever)", "you have (?:ever|had)", "last (?:time|year)",
        "as a child",
    ),
    "opinion or importance": _any(
        "think", "important", "opinion", "should", "useful", "good (?:idea|thing|way|place|at)",
        "(?<!would )you feel", "easy", "difficult", "hard", "better", "best", "necessary",
        "popular", "matters?", "worth",
    ),
    "habit": _any(
        "how often", "(?:do|are) you ever", "usually", "often", "always", "every", "normally",
        "generally", "sometimes", "tend", "how much time", "most days",
        "(?:when|where|what|how) do you (?:do|go|buy|eat|spend|use|keep)",
    ),
    "hypothetical or future": _any(
        "would", "could you", "will", "if you", "future", "are you going to", "you hope",
        "plan(?:ning)? to", "plans (?:do you|for)",
    ),
    "tell me about": re.compile("^(?:please )?tell me"),
}  # fmt: skip
_NONE_OF_THEM = "fact"

_DISCUSSION = {
    "opinion": _any(
        "(?:do|would|don't) you (?:think|believe|feel|say|agree)", "your (?:view|opinion)",
        "^should", r"^is (?:it|there) (?:ever |always |really )?(?!a\b|an\b|any)\w+", "^can people",
    ),
    "description": _any(
        "in your country", "where you live", "(?:what|which) (?:kinds?|sorts?|types?)", "^which",
        "how (?:common|popular|often|much|many|old)", "what (?:are|is) the (?:main|usual|most)",
        "^what (?:things|places|activities|subjects|jobs|skills|qualities)", "^how do",
        "^what do (?!you)", "^are there", "^(?:what|when|where|who) .* usually",
        "^in (?:what|which) (?:jobs|situations|parts)",
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
        "should", "ought to", "how (?:can|could)", r"what c(?:an|ould) (?:\w+ ){1,3}do",
        "what .* ways? to",
    ),
    "agreeing with a view": _any(
        "agree", "(?:some|many) (?:people|parents|teachers|adults) (?:say|think|believe|feel)",
        "(?:often|sometimes) said", "true that",
    ),
    "prediction": _any("will(?! never)", "future", "years from now"),
    "past and present": _any(
        "in the past", "used to", r"(?:has|have) .*\bchanged", "ago", "nowadays", "than before",
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
