"""Rules against a card on a public issue: the exam asks for one thing that the candidate knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import Severity, Slot, text_rule, wording_rule

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

_ISSUE = pattern(
    r"\W*describe (?:the |some |any |main )*(?:\w+ )?(?:advantages|disadvantages|benefits|drawbacks"
    r"|causes?|consequences|effects?|impacts?|importance|implications|influences?|pros|reasons"
    r"|roles?|significance|solutions)"
    r" (?:and (?:\w+ )?\w+ )?(?:of|on|for|to|that|why|behind)\b"
    r"(?! (?:you|your|a (?:song|person|friend|teacher)))"
    r"|\W*describe (?:why|how|whether|to what extent|(?:the )?ways? in which)"
    r" (?!(?:you|your|a (?:person|friend|relative)|someone|somebody"
    r"|to (?:cook|make|play|prepare|use))\b)"
    r"|.*\b(?:in|for|of|on|by) (?:modern |contemporary |today's )"
    r"(?:society|societies|world|economy)\b"
    r"|\W*describe the (?:problem|issue|trend|phenomenon|growth|rise|increase|decline|spread)s?"
    r" (?:of|in|with) (?!(?:you|your|an?|the)\b)"
    r"|.* and (?:then )?(?:analy[sz]e|assess|compare|debate|discuss|evaluate|justify|outline"
    r"|propose|recommend|suggest)"
    r" (?:how|its|measures|possible|solutions|some|the|their|ways|whether|why|your)\b"
)


@text_rule("describe-issue", Severity.REJECT, {Slot.DESCRIBE})
def describe_issue(text: Reading) -> str | None:
    """A card on a public issue, where the exam asks for one thing that the candidate knows."""
    if _ISSUE.match(text.lower):
        return "Ask for one person, thing, place or event that the candidate can describe."
    return None


wording_rule(
    "line-on-issue",
    Severity.REJECT,
    {Slot.BULLET, Slot.CLOSING},
    "A line of a card on what governments or society should do.",
    reason="{found!r} makes this a public issue. Ask about what the card describes.",
)
