"""Rules on whole sets: how many texts, none of them twice, Part 3 on the subject of its Part 2."""

# ruff: noqa: PLR2004
# The figures in these rules are the rules: each was set on real questions, as the comments say.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.fields_of_life import fields_of, stems_of
from shared.ielts.rulebook.registry import Finding, Severity, declare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shared.ielts.models import Discussion, LongTurn

REJECT, WARN = Severity.REJECT, Severity.WARN

FRAME_SIZE = declare("frame-size", REJECT, "A Part 1 frame without exactly four questions.")
IMPERSONAL_FRAME = declare(
    "impersonal-frame", REJECT, "A Part 1 frame with more than one question on people in general."
)
DISCUSSION_SIZE = declare(
    "discussion-size", REJECT, "A Part 3 without two themes of three questions."
)
ROUNDING_OFF_SIZE = declare(
    "rounding-off-size", REJECT, "A Part 2 without one or two rounding-off questions."
)
REPEATED_QUESTION = declare("repeated-question", REJECT, "A set that asks the same question twice.")
SIMILAR_QUESTIONS = declare(
    "similar-questions", WARN, "Two questions of a set that are nearly alike."
)
LONG_WORDS = declare(
    "long-words",
    WARN,
    "Part 3 questions with over 1.2 words of ten letters or more each; published ones have 0.5.",
)
UNRELATED = declare(
    "unrelated-discussion", REJECT, "A Part 3 that has nothing to do with its Part 2."
)
LOOSELY_RELATED = declare(
    "loosely-related-discussion", WARN, "A Part 3 that names hardly anything of its Part 2."
)

Placed = tuple[str, str]
"""Where a text stands, and the text."""


def repeats(texts: Sequence[Placed]) -> Iterator[Finding]:
    """Questions of one set that ask the same."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - single items, and the app's start, do without it

    bare = [_bare(text) for _, text in texts]
    for index, (where, _) in enumerate(texts):
        for earlier in range(index):
            likeness = fuzz.token_sort_ratio(bare[index], bare[earlier])
            if likeness > 92:
                yield REPEATED_QUESTION.finding(
                    f"This repeats {texts[earlier][0]}. Ask something else.", where
                )
                break
            if likeness > 80:
                yield SIMILAR_QUESTIONS.finding(
                    f"This is close to {texts[earlier][0]}. Ask something else.", where
                )
                break


def _bare(text: str) -> str:
    return re.sub(r"\[[^\]]*\]|[^\w\s]", "", text.lower()).strip()


def heavy_words(texts: Sequence[Placed]) -> Iterator[Finding]:
    """A set whose words are longer than examiners'."""
    long = sum(len(word) >= 10 for _, text in texts for word in re.findall(r"[a-z]+", text.lower()))
    if texts and long > 1.2 * len(texts):
        yield LONG_WORDS.finding(f"{long} words of ten letters or more: use plainer words.", "")


def unrelated(discussion: Discussion, long_turn: LongTurn) -> Iterator[Finding]:
    """A discussion that shares no word with its card, and perhaps no field of life either.

    Of 172 pairs of the bank 9 share no word and all share a field; of mismatched pairs 79 % share
    no word. So only a pair that shares neither is refused. The topic does not count: it is what
    was asked for, which a card need not have kept to.
    """
    card = long_turn.cue_card
    before = stems_of([card.describe, *card.bullets, card.closing, *long_turn.rounding_off])
    after = stems_of(
        [text for theme in discussion.themes for text in (theme.theme, *theme.questions)]
    )
    if before & after:
        return
    rule = LOOSELY_RELATED if fields_of(before) & fields_of(after) else UNRELATED
    yield rule.finding("Let the discussion grow out of the card's subject, and name it.", "themes")
