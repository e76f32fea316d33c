"""Rules against a card on a public issue: the exam asks for one thing that the candidate knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import Severity, Slot, text_rule

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

_ISSUE = pattern(
    r"\W*describe (?:the |some |any |main )*(?:\w+ )?(?:advantages|disadvantages|benefits|drawbacks"
    r"|causes?|consequences|effects?|impacts?|importance|implications|influences?|pros|reasons"
    r"|roles?|significance|solutions)"
    r" (?:and (?:\w+ )?\w+ )?(?:of|on|for|to|that|why|behind)\b"
    r"(?! (?:you|your|a (?:song|person|friend|teacher)))"
    r"|\W*describe (?:why|how|whether|to what extent|(?:the )?ways? in which)"
    r" (?!(?:you|your|a (?:person|friend|relative)|someone|somebody)\b)"
    r"|.*\b(?:in|for|of|on|by) (?:modern |contemporary |today's )"
    r"(?:society|societies|world|economy)\b"
)
_ISSUE_IN_LINE = pattern(
    r"\b(?:modern|contemporary|today's) societ(?:y|ies)\b|\bsociety (?:needs?|should|must|can)\b"
    r"|\b(?:governments?|nations|authorities|policy-?makers) (?:should|can|could|must|might|need"
    r"|have to|are|take|do|spend)\b"
    r"|\b(?:socio-?economic|biodiversity|economists?|policies|implications (?:of|for)|humanity"
    r"|mankind|the (?:global|national|world) economy|globali[sz]ation)\b"
)


@text_rule("describe-issue", Severity.REJECT, {Slot.DESCRIBE})
def describe_issue(text: Reading) -> str | None:
    """A card on a public issue, where the exam asks for one thing that the candidate knows."""
    if _ISSUE.match(text.lower):
        return "Ask for one person, thing, place or event that the candidate can describe."
    return None


@text_rule("line-on-issue", Severity.REJECT, {Slot.BULLET, Slot.CLOSING})
def line_on_issue(text: Reading) -> str | None:
    """A line of a card on what governments or society should do."""
    if found := _ISSUE_IN_LINE.search(text.lower):
        return f"{found[0]!r} makes this a public issue. Ask about what the card describes."
    return None
