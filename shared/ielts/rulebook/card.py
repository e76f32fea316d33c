"""Rules on a cue card as a whole: what it lacks, what it says twice, of whom it speaks."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.card_lines import CARD_BULLET_FORM
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import CARD, Finding, Severity, declare, text_rule
from shared.ielts.rulebook.same_question import asks_twice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN

CARD_BULLETS = declare("card-bullets", REJECT, "A card without its three bullets.")
FOUR_BULLETS = declare("four-bullets", WARN, "A card with four bullets; published ones have three.")
CARD_CLOSING = declare("card-closing", REJECT, "A card without its closing line.")
CLOSING_AMONG_BULLETS = declare(
    "closing-among-bullets", WARN, "A card whose closing line stands as the last of four bullets."
)
CARD_REPEATS = declare("card-repeats", REJECT, "A card that asks for the same thing twice.")


def broken_structure(bullets: Sequence[str], closing: str) -> Iterator[Finding]:
    """What the card as a whole lacks."""
    count = sum(bool(bullet.strip()) for bullet in bullets)
    if count == 4 and len(bullets) == 4:
        yield FOUR_BULLETS.finding("Give three bullets, not four.", "bullets")
    elif count != 3 or len(bullets) != 3:
        yield CARD_BULLETS.finding(f"Give exactly three bullets, not {count}.", "bullets")
    if not closing.strip():
        among_bullets = count == 4 and _CLOSES.match(bullets[-1])
        rule = CLOSING_AMONG_BULLETS if among_bullets else CARD_CLOSING
        yield rule.finding("Add the closing line: 'and explain why ...'.", "closing")


# As some books print cards. Others leave the line out: there the last bullet is any.
_CLOSES = pattern(r"\W*(?:why|how|whether|what)\b", re.IGNORECASE)
_TASK_VERB = pattern(r"^(?:and )?(?:explain|say|describe)\s")


def repeated_lines(describe: str, lines: Sequence[Reading]) -> Iterator[Finding]:
    """Two lines of a card that say the same, or two bullets that ask the same in other words."""
    bare = [_TASK_VERB.sub("", reading.lower).strip(" .") for reading in lines]
    for index, line in enumerate(bare):
        if line and line in bare[:index]:
            yield CARD_REPEATS.finding(
                f"{line!r} stands there twice. Ask for something else.", "bullets"
            )
            return
    if again := asks_twice(bare[:-1], describe.lower()):
        yield CARD_REPEATS.finding(
            f"{again!r} asks what an earlier bullet has asked. Ask for something else.", "bullets"
        )


_I = frozenset({"i", "me", "my", "myself"})


@text_rule("first-person-card", REJECT, CARD)
def first_person_card(text: Reading) -> str | None:
    """A card that speaks as the candidate: it speaks to them."""
    if _I.isdisjoint(text.words):
        return None
    return "Speak to the candidate: 'you', not 'I'."


_ONE_MAN = pattern(r"\b(?:he|him|his)\b")
_ONE_WOMAN = pattern(r"\b(?:she|hers?)\b")
_EITHER = pattern(
    r"\b(?:s?he|him|his|hers?)(?:/| or | and |\s?/\s?)(?:s?he|him|his|hers?)(?:self)?\b"
    r"|\(s\)he|s/he"
)


def mixed_persons(describe: str, lines: Sequence[Reading]) -> Iterator[Finding]:
    """Lines of which one says "he" and another "she", where the card has one person."""
    words = {word for line in lines for word in line.words}
    if words.isdisjoint({"he", "him", "his"}) or words.isdisjoint({"she", "her", "hers"}):
        return
    texts = [_EITHER.sub("", line.lower) for line in lines]
    he, she = any(map(_ONE_MAN.search, texts)), any(map(_ONE_WOMAN.search, texts))
    if he and she and not _TWO.search(describe.lower()):
        yield CARD_BULLET_FORM.finding("Speak of one person, by 'he or she' or 'they'.", "bullets")


_TWO = pattern(
    r"\b(?:and|two|couple|friends|family|parents|twins|between|each other|group|team|his|her)\b"
)


_QUESTIONS_OF = {"bullet-mark": "bullet-question", "closing-inversion": "closing-question"}


def unfit_for_delivery(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What passes in a card that a candidate remembers, and not in one of ours."""
    for found in findings:
        if found.rule == FOUR_BULLETS.name:
            yield CARD_BULLETS.finding(found.reason, found.where)
        elif found.rule in {"bullet-inversion", "bullet-start"}:
            yield CARD_BULLET_FORM.finding(found.reason, found.where)
        elif found.rule in _QUESTIONS_OF:
            yield Finding(_QUESTIONS_OF[found.rule], REJECT, found.reason, found.where)
