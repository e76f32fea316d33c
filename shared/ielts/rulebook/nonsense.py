"""Rules against sentences in good grammar that mean nothing: "Do triangles marry on Tuesdays?"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.kinds import kinds_of
from shared.ielts.rulebook.lexicon import lines_of, words_of
from shared.ielts.rulebook.registry import EVERYWHERE, Severity, text_rule, wording_rule
from shared.ielts.rulebook.senses import may_be_senseless, senseless_order

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading


@cache
def _worlds() -> tuple[frozenset[str], list[set[str]]]:
    """All things of all worlds, and those of each."""
    worlds = [
        {word for noun in line.split() for word in (noun, f"{noun}s", f"{noun}es")}
        for line in lines_of("worlds")
    ]
    return frozenset[str]().union(*worlds), worlds


@text_rule("worlds-apart", Severity.REJECT, EVERYWHERE)
def worlds_apart(text: Reading) -> str | None:
    """Things together that have nothing to do with one another."""
    worldly, worlds = _worlds()
    if worldly.isdisjoint(text.vocabulary):
        return None
    found = worldly & text.vocabulary
    if len(found) > 1 and not any(found <= world for world in worlds):
        return f"{' and '.join(sorted(found))} make no sense together. Write the text again."
    return None


_SUBJECT = (
    r"(?:^|[,.?:] |\b(?:do|does|did|can|will|should|would|could|might|why|that|if|because|when"
    r"|before|how|than|describe) )"
)


@cache
def _does() -> re.Pattern[str]:
    """A subject, "noun", that does what only the living do."""
    return re.compile(
        rf"(?:{_SUBJECT}(?:(?:the|your|our|most|some|a|an|these|modern|old) )?"
        r"|\b(?:the|your|our|an?) (?=[a-z]+ (?:that|which|who) ))"
        r"(?!school|college|universit)(?P<noun>[a-z]+)(?: (?:that|which|who))?"
        r" (?:(?:should|can|could|will|would|might|must|always|never|often|ever|last) )*"
        rf"(?:{'|'.join(sorted(words_of('alive')))})\b"
    )


_LIVING = frozenset({"person", "animal", "event", "anything", "done", "happening", "activity"})


@text_rule("lifeless", Severity.REJECT, EVERYWHERE)
def lifeless(text: Reading) -> str | None:
    """Things that do what only the living do."""
    if words_of("alive").isdisjoint(text.vocabulary):
        return None
    for does in _does().finditer(text.lower):
        kinds = kinds_of(does["noun"])
        if kinds and kinds.isdisjoint(_LIVING):
            return f"{does[0].strip()!r} makes no sense. Write the text again."
    return None


@text_rule("senseless-order", Severity.REJECT, EVERYWHERE)
def senseless(text: Reading) -> str | None:
    """Words of which one can say nothing of the other: "polite gravel", "iron the rain"."""
    if not may_be_senseless(text.vocabulary) or not senseless_order(text.lower_body):
        return None
    return "The words make no sense together. Write the text again."


wording_rule(
    "senseless",
    Severity.REJECT,
    EVERYWHERE,
    "Something cooked, worn or coloured that can be none of it.",
    reason="{found!r} makes no sense. Write the text again.",
)
