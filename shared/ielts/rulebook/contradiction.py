"""Rules against a card that contradicts itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import Finding, Severity, declare
from shared.ielts.rulebook.wordings import NumberedWordings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shared.ielts.rulebook.reading import Reading

CARD_CONTRADICTION = declare(
    "card-contradiction",
    Severity.REJECT,
    "A card whose lines take back what it describes, or put it at another time.",
)
_DISLIKED = pattern(
    r"\b(?:(?:not|n't|never) (?:want |wish )?(?:to )?(?:like|enjoy|love)|dislike|hate)"
)
_BOTH = pattern(r"\bor (?:dis)?like|\bbut\b")
# "a rule you dislike and would like to change"
_WISHES = pattern(r"\b(?:dislike|hate|not like|n't like)\b.*\band (?:would like|want|wish) to\b")
_WHY_LIKED = pattern(r"\bwhy you (?:would |really |also )*(?:like|enjoy|love|prefer)")
_LIKED = pattern(r"\byou (?:would |really |most |especially )*(?:like|enjoy|love|admire)d?\b")
_WHY_DISLIKED = pattern(
    r"\bwhy you (?:really )*(?:dislike|hate"
    r"|(?:do|did|would) ?(?:n't|not|never) (?:like|enjoy|want|admire))"
)


def taken_back(describe: str, closing: Reading) -> Iterator[Finding]:
    """Why the candidate likes what the card calls disliked, or the other way round."""
    described = describe.lower()
    disliked = _DISLIKED.search(described)
    if _BOTH.search(described) or _WISHES.search(described):
        return
    if (disliked and _WHY_LIKED.search(closing.lower)) or (
        not disliked and _LIKED.search(described) and _WHY_DISLIKED.search(closing.lower)
    ):
        yield CARD_CONTRADICTION.finding(
            f"{closing.plain!r} takes back what the card describes.", "closing"
        )


_DONE = pattern(
    r"\byou (?:[a-z]+ed|went|won|did|saw|met|took|gave|got|made|bought|found|heard|wore|ate|read"
    r"|lost|broke|felt|spent|wrote|swam)\b"
)
_NOT_YET = pattern(
    r"\b(?:would (?:like|love)|want to|hope to|plan(?:ning)? to|are planning|in the future"
    r"|(?:have )?never (?:been|seen|done|tried)|next (?:year|summer|month|week))\b"
)
_LATER = pattern(r"\b(?:will|going to)\b")
_EARLIER = pattern(
    r"\byou (?:first )?(?:went|stayed|ate|enjoyed|visited|met|won|took|bought|did|saw|liked)\b"
)
_PAST = pattern(r"\b(?:yesterday|last (?:year|month|week|weekend|summer|winter|night))\b")


def another_time(describe: str, lines: Sequence[Reading]) -> Iterator[Finding]:
    """Two lines or more on what will be where the card tells of what was, or the other way."""
    described = describe.lower()
    done, not_yet = _DONE.search(described), _NOT_YET.search(described)
    if bool(done) == bool(not_yet) or " again" in described:
        return
    wrong = [line for line in lines if (_LATER if done else _EARLIER).search(line.lower)]
    past = [line for line in lines if not_yet and _PAST.search(line.lower)]
    if past or len(wrong) > 1:
        yield CARD_CONTRADICTION.finding(
            f"{(past or wrong)[0].plain!r} is about another time than the card.", "bullets"
        )


_EITHER = pattern(r"\b(?:or|whether|if|before|until|then|later|usually|would|could|might)\b")


def denied(described: Reading, lines: Sequence[Reading]) -> Iterator[Finding]:
    """A line that says the opposite of what the card says of its subject."""
    said = set(_SAID.numbers_in(described))
    if not said or " again" in described.lower:
        return
    for line in lines:
        if not said.isdisjoint(_DENIALS.numbers_in(line)) and not _EITHER.search(line.lower):
            yield CARD_CONTRADICTION.finding(
                f"{line.plain!r} takes back what the card describes.", "bullets"
            )
            return


@cache
def _opposites() -> list[tuple[str, str]]:
    """Wordings of what a card says of its subject, each with that of what takes it back."""
    lines = (line.partition(": ") for line in lines_of("opposites"))
    return [(said, denied) for said, _, denied in lines]


_SAID = NumberedWordings(lambda: (said for said, _ in _opposites()))
_DENIALS = NumberedWordings(lambda: (denied for _, denied in _opposites()))
