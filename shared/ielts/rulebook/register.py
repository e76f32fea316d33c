"""Rules on register: Part 1 asks about the candidate, Part 3 about people in general."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.registry import PERSONAL, Severity, Slot, any_of, text_rule, wording_rule

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

wording_rule(
    "societal-part-1",
    REJECT,
    PERSONAL,
    "A public issue where the exam asks about the candidate.",
    patterns=[
        r"governments?|policy|policies|politic\w+|legislation|econom(?:y|ies|ic)|societ(?:y|ies|al)|globali[sz]ation|citizens",
        r"(?:dis)?agree (?:with|that|or)|do you (?:strongly |fully )?(?:dis)?agree|(?:dis)?agree\?",
        r"should (?:the )?(?:government|schools|parents|companies|countries|cities|employers|universities|society|authorities|councils?)\b.*",
        r"should .{0,60}\b(?:banned|compulsory|free for everyone|illegal|legalised|legalized|punished|taxed)|developing countries|developed countries|younger generations?.{0,30}older generations?",
        r"(?:causes?|effects?|consequences|impacts?) of\b.{0,60}\bon (?:people|children|families|young|the|communities|local)\b.*",
    ],
    reason="{found!r} makes this a public issue. Part 1 asks about the candidate's own life.",
)
_YOU = re.compile(r"\b(?:you|your|you're|you've|you'd|yourself)\b")
_PEOPLE = any_of(
    [
        r"people|children|young people|companies|countries|communities|generations?|workers|employers|schools|adults|teenagers|families"
    ]
)
_GENERAL = re.compile(
    r"\b(?:why (?:do|are|have|is|should)|should|how (?:has|have|can|could|might|will|do)|what (?:effects?|problems?|can be|could be|are the|is the)|in the future|nowadays)\b"
)


@text_rule("general-part-1", WARN, {Slot.INTERVIEW})
def general_part_1(text: Reading) -> str | None:
    """A Part 1 question without "you": 98 % of published ones have it."""
    if _YOU.search(text.lower):
        return None
    return "Ask about the candidate: use 'you' or 'your'."


@text_rule("impersonal-part-1", REJECT, PERSONAL)
def impersonal_part_1(text: Reading) -> str | None:
    """A question about people in general that belongs in Part 3."""
    if _YOU.search(text.lower) or len(text.words) < 9:  # noqa: PLR2004 - short general ones occur in Part 1
        return None
    if _PEOPLE.search(text.lower) and _GENERAL.search(text.lower):
        return "This is about people in general: keep it for Part 3, or ask about the candidate."
    return None


_SET_ASIDE = re.compile(
    r"\b(?:what |how |why |who |where |which )?(?:do|would|did|can|could|don't|wouldn't) you (?:personally )?(?:think|feel|believe|say|agree|see|imagine|suppose|know|suggest|expect|describe|explain|consider|mean)\b"
    r"|\byour (?:country|countries|culture|society|city|opinion|view|town|area|region|community|hometown|part of the world|generation|experience|nation)\b"
    r"|\b(?:if|as|when) you\b|\b(?:think|thinks|believe|agree) you\b|\byou (?:think|can|could|need|get|see|agree|know|believe)\b|\b(?:can|could) you (?:give|name|tell)\b|\bare you (?:worried|optimistic|concerned|surprised|in favour|for or)\b"
)  # fmt: skip
_OWN_DOING = any_of(
    [
        r"how (?:often|long|much|many \w+|many times) (?:do|did|have|are|can|will) you",
        r"do you (?:usually|often|normally|ever|still|always|have (?:a|any)|own|live|work|study|spend|go|cook|eat|play|read|watch|use|listen|get up|wear|buy|do|travel|drive|keep)",
        r"(?:what|where|when|who|how|which \w+) (?:do|did) you (?:usually|often|normally|like to|do|eat|wear|live|work|study|go|buy|cook|play|read|watch|spend|keep|enjoy|learn|meet)",
        r"did you (?:ever )?(?!think)\w+|have you (?:ever|recently|always|already|been|got|had)|were you|are you (?:a|an|good|currently|planning|going|studying|working|interested|married|happy|tired)",
        r"when was the last time you|the last time you|(?:what|who)(?: is|'s| are) your|what's your|your favou?rite",
        r"(?:tell me about|describe) (?:your|a time|yourself)|you (?:went|bought|visited|met|used to|ate|saw|spent|enjoyed|lost|won|were)",
    ]
)
_OWN_LIFE = any_of(
    [
        r"your (?:own )?(?:\w+ )?(?:family|mother|father|mum|dad|parents?|brothers?|sisters?|siblings?|grand\w+|home|house|flat|apartment|bed ?room|kitchen|job|studies|best friend|friends?"
        r"|neighbours?|childhood|name|birthday|room|wife|husband|children|pets?|dog|cat|boss|colleagues?|teachers?|phone|car|bike|hobby|hobbies|school|university|major|favou?rite|holidays?|weekends?|free time|daily routine|last \w+)",
        r"when you were (?:a |an |young|little|small|at|in|growing)\b|as a child|your past|last (?:weekend|week|night|year|month|summer|holiday)|yesterday|this (?:morning|weekend|evening)|you and your",
    ]
)


@text_rule("personal-part-3", REJECT, {Slot.DISCUSSION})
def personal_part_3(text: Reading) -> str | None:
    """A question about the candidate's own habits, past or home where the exam turns general."""
    if _personal_signs(text) >= 2:  # noqa: PLR2004 - published ones with a single sign exist
        return "This is about the candidate's own life. Ask about people in general."
    return None


@text_rule("rather-personal-part-3", WARN, {Slot.DISCUSSION})
def rather_personal_part_3(text: Reading) -> str | None:
    """A question that mentions the candidate: 5 % of published Part 3 questions do."""
    rest = _SET_ASIDE.sub(" ", text.lower)
    if _YOU.search(rest) and _personal_signs(text) < 2:  # noqa: PLR2004 - as above
        return "Turn this from 'you' to people in general."
    return None


def _personal_signs(text: Reading) -> int:
    rest = _SET_ASIDE.sub(" ", text.lower)
    if not _YOU.search(rest):
        return 0
    return bool(_OWN_DOING.search(rest)) + bool(_OWN_LIFE.search(rest))
