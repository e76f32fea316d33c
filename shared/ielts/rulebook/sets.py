"""Rules on whole sets: how many texts, none of them twice, Part 3 on the subject of its Part 2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from shared.ielts.rulebook.lexicon import words_of
from shared.ielts.rulebook.registry import Finding, Severity, declare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shared.ielts.models import Discussion, LongTurn

REJECT, WARN = Severity.REJECT, Severity.WARN

FRAME_SIZE = declare("frame-size", REJECT, "A Part 1 frame without exactly four questions.")
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
    "A set of Part 3 questions with more than 1.2 words of ten letters or more each; published ones have 0.5.",
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
    bare = [_bare(text) for _, text in texts]
    for index, (where, _) in enumerate(texts):
        for earlier in range(index):
            likeness = fuzz.token_sort_ratio(bare[index], bare[earlier])
            if likeness > 92:  # noqa: PLR2004 - a word or two apart
                yield REPEATED_QUESTION.finding(
                    f"This repeats {texts[earlier][0]}. Ask something else.", where
                )
                break
            if likeness > 80:  # noqa: PLR2004
                yield SIMILAR_QUESTIONS.finding(
                    f"This is close to {texts[earlier][0]}. Ask something else.", where
                )
                break


def _bare(text: str) -> str:
    return re.sub(r"\[[^\]]*\]|[^\w\s]", "", text.lower()).strip()


def heavy_words(texts: Sequence[Placed]) -> Iterator[Finding]:
    """A set whose words are longer than examiners'."""
    long = sum(len(word) >= 10 for _, text in texts for word in re.findall(r"[a-z]+", text.lower()))  # noqa: PLR2004
    if texts and long > 1.2 * len(texts):
        yield LONG_WORDS.finding(f"{long} words of ten letters or more: use plainer words.", "")


_COMMON = words_of("function_words") | frozenset(
    "describe explain say something someone somebody time people person place thing things way ways think do does did doing done make makes made making "
    "country countries nowadays today past future like likes liked want wanted get gets got good bad better best important kind kinds sort sorts type types "
    "different difference differences change changes changed young old older younger children adults know feel felt use used using would still always never "
    "sometimes often usually very really just only also even well recently once one two first last next new many much lot your yours life lives year years day days "
    "enjoy enjoyed enjoyable interesting special particular when remember find found take took give gave go went come came see saw tell told ask asked try tried "
    "agree disagree opinion reason reasons advantage advantages disadvantage disadvantages example problem problems help helps helped live world general ever other "
    "others same such own long great happy easy difficult possible become becomes more most less should could might must need needed keep put set".split()
)
_ENDINGS = re.compile(
    r"(?:ies|ied|ing|ings|ers|er|ors|or|ed|es|s|ly|ment|ments|ation|ations|ion|ions|ness|ful|al|y|e)$"
)


def unrelated(discussion: Discussion, long_turn: LongTurn) -> Iterator[Finding]:
    """A discussion that shares neither words nor fields of life with its card."""
    card = long_turn.cue_card
    before = _subject(
        [long_turn.topic, card.describe, *card.bullets, card.closing, *long_turn.rounding_off]
    )
    after = _subject(
        [discussion.topic, *(text for theme in discussion.themes for text in (theme.theme, *theme.questions))]
    )  # fmt: skip
    if before & after:
        return
    yield LOOSELY_RELATED.finding(
        "No word of the card comes back in Part 3. Let the discussion grow out of the card's topic.",
        "",
    )


def _subject(texts: Sequence[str]) -> set[str]:
    words = re.findall(r"[a-z]{3,}", " ".join(texts).lower())
    return {stem(word) for word in words if word not in _COMMON}


def stem(word: str) -> str:
    """The word without its ending, so that "travel", "travels" and "travellers" are one."""
    short = _ENDINGS.sub("", word)
    return short[:6] if len(short) >= 3 else word  # noqa: PLR2004
