"""Rules on words that must agree: "does the people", "more better", "did you went"."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import lines_of, words_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import (
    CARD,
    EVERYWHERE,
    QUESTIONS,
    Finding,
    Severity,
    declare,
    text_rule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shared.ielts.rulebook.reading import Reading

_SUBJECTS = ("you", "they", "we", "he", "she", "it", "people", "children", "governments")
# "does people any good", "is people learning more a good thing"
_GOES_ON = frozenset({"any", "good", "harm", "a"})
_NO_NOUNS = frozenset({"informations", "advices", "homeworks", "furnitures", "childrens", "mans"})
_NO_VERBS = words_of("no_verbs")
_RARE = _NO_NOUNS | _NO_VERBS | {"than"}
_OF_ONE = frozenset({"was", "has", "is", "does", "am"})
# "where you was"
_YOU_WAS = pattern(
    r"\b(?:what|who|which|where|when|why|how|because|if|that) you (?:was|has|is|does|am)\b"
)
# "when they playing"; not "if you bring"
_NO_VERB = pattern(
    r"\b(?:when|that|if|because|while|as|which) (?:they|we|you|he|she|it)"
    r" (?!bring|during|sing|spring|any|some|no|every|king|morning|evening)\w{3,}ing\b(?! to\b)"
)
_COMPARING = frozenset({"more", "less", "worse", "else", "different"})  # or a word in "-er"
_CLAUSES = frozenset({"when", "that", "if", "because", "while", "as", "which"})


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    lines = (line.partition(": ") for line in lines_of("slips"))
    return frozenset((first, other) for first, _, others in lines for other in others.split())


@cache
def _wrong_forms() -> frozenset[tuple[str, str, str]]:
    """Each auxiliary with its subject and a form that does not follow them."""
    lines = (line.partition(": ") for line in lines_of("wrong_forms"))
    return frozenset(
        (auxiliary, subject, form)
        for auxiliary, _, forms in lines
        for form in forms.split()
        for subject in _SUBJECTS
    )


@cache
def _auxiliaries() -> frozenset[str]:
    return frozenset(auxiliary for auxiliary, _, _ in _wrong_forms())


@lru_cache(maxsize=8)  # two rules ask for the same, one after the other, and then the card
def _slips(text: Reading) -> list[str]:
    words = text.words
    between = words_of("between")
    if not between.isdisjoint(words):
        words = [word for word in words if word not in between]
    slips = [] if _pairs().isdisjoint(pairwise(words)) else _wrong_pairs(words)
    if not (
        _auxiliaries().isdisjoint(words)
        or _wrong_forms().isdisjoint(zip(words[:8], words[1:], words[2:], strict=False))
    ):
        slips += _wrong_verbs(words)
    if not _RARE.isdisjoint(words):
        slips += (_NO_NOUNS | _NO_VERBS).intersection(words)
        if "than" in words and not _compares(text.words):
            slips.append("than")
    if "you" in words and not _OF_ONE.isdisjoint(words):
        slips += _YOU_WAS.findall(text.lower)
    if "ing" in text.lower and not _CLAUSES.isdisjoint(words):
        slips += _NO_VERB.findall(text.lower)
    return slips


def _compares(words: list[str]) -> bool:
    before = words[: words.index("than")]
    return not _COMPARING.isdisjoint(before) or any(word.endswith("er") for word in before)


def _wrong_pairs(words: list[str]) -> list[str]:
    found: list[str] = []
    before = False
    for (first, second), after in zip(pairwise(words), [*words[2:], ""], strict=True):
        # in "is you favourite" there is one slip, not two
        before = (
            not before
            and (first, second) in _pairs()
            and after not in _GOES_ON
            and not after.endswith("ing")
        )
        if before:
            found.append(f"{first} {second}")
    return found


def _wrong_verbs(words: list[str]) -> list[str]:
    triples = zip(words, words[1:], words[2:], strict=False)
    return [" ".join(triple) for triple in triples if triple in _wrong_forms()]


_FORMS = frozenset({"will", "would", "has", "going", "tomorrow"})
# "what he did tomorrow", "where she has studying", "how it will looked", "what it will have been"
_MUDDLED = pattern(
    r"\b(?:did|went|was|were|saw|bought|had|made)\b(?! to be\b).*\btomorrow\b"
    r"|\bhas (?:studying|working|living|going|doing|making|taking|playing|learning|having)\b"
    r"|\b(?:will|would) (?!indeed|need|feed|proceed|succeed|exceed|shed|breed|speed|seed)\w{3,}ed\b"
    r"|\b(?:will|going to) have been\b"
)


@text_rule("muddled-tenses", Severity.REJECT, CARD)
def muddled_tenses(text: Reading) -> str | None:
    """A line of a card whose verb is of two times at once."""
    if _FORMS.isdisjoint(text.words) or not (match := _MUDDLED.search(text.lower)):
        return None
    return f"{match[0]!r} is not English. Put the line in one tense."


_DAYS = frozenset({"yesterday", "tomorrow", "last", "next"})
# "what did you do tomorrow", "where will you go last week"; not "what did you plan to do tomorrow"
_ASKED_OF_TWO_TIMES = pattern(
    r"(?:\w+ ){0,3}(?:did you (?!agree|arrange|decide|expect|hope|intend|mean|need|plan|promise|say"
    r"|think|want)\w+(?: \w+){0,4} (?:tomorrow|next (?:week|weekend|month|year))"
    r"|will you (?!forget|regret|remember|tell)\w+(?: \w+){0,4}"
    r" (?:yesterday|last (?:week|weekend|month|year|night)))\b"
)


@text_rule("question-of-two-times", Severity.REJECT, QUESTIONS)
def question_of_two_times(text: Reading) -> str | None:
    """A question on what was that names a day to come, or the other way round."""
    if _DAYS.isdisjoint(text.words) or not (match := _ASKED_OF_TWO_TIMES.match(text.lower)):
        return None
    return f"{match[0]!r} is of two times at once. Put it in one."


UNGRAMMATICAL = declare(
    "ungrammatical-card", Severity.REJECT, "A slip of grammar in two lines of a card."
)


@text_rule("ungrammatical", Severity.REJECT, EVERYWHERE)
def ungrammatical(text: Reading) -> str | None:
    """Two slips of grammar or more in one text."""
    slips = _slips(text)
    if len(slips) > 1:
        return f"{slips[0]!r} and {slips[1]!r} are not English. Write the sentence again."
    return None


def slips_of_card(lines: Iterable[Reading]) -> Iterator[Finding]:
    """Slips in two lines of a card or more."""
    slips = [slip for line in lines for slip in _slips(line)[:1]]
    if len(slips) > 1:
        yield UNGRAMMATICAL.finding(
            f"{slips[0]!r} and {slips[1]!r} are not English. Write the lines again.", "bullets"
        )


@text_rule("slip-of-grammar", Severity.WARN, EVERYWHERE)
def slip_of_grammar(text: Reading) -> str | None:
    """One slip of grammar, as in hurried notes of real questions."""
    slips = _slips(text)
    return f"{slips[0]!r} is not English. Write it again." if len(slips) == 1 else None
