"""Rules on words that must agree: "does the people", "more better", "did you went"."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import EVERYWHERE, Severity, text_rule

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

_BETWEEN = frozenset(
    (
        "the",
        "these",
        "those",
        "young",
        "old",
        "older",
        "most",
        "some",
        "many",
        "all",
        "your",
        "their",
        "other",
        "ever",
        "usually",
        "often",
    )
)
_SUBJECTS = ("you", "they", "we", "he", "she", "it", "people", "children", "governments")
# "does people any good", "is people learning more a good thing"
_GOES_ON = frozenset({"any", "good", "harm", "a"})
_NO_NOUNS = frozenset(
    [
        "informations",
        "advices",
        "homeworks",
        "furnitures",
        "childrens",
        "mans",
        "womans",
        "childs",
        "mouses",
        "tooths",
        "equipments",
        "knowledges",
        "luggages",
        "musics",
    ]
)
_RARE = _NO_NOUNS | {"than"}
# "when they playing"; not "if you bring"
_NO_VERB = pattern(
    r"\b(?:when|that|if|because|while|as|which) (?:they|we|you|he|she|it)"
    r" (?!bring|during|sing|spring|any|some|no|every|king|morning|evening)\w{3,}ing\b(?! to\b)"
)
_COMPARING = frozenset(
    ["more", "less", "fewer", "worse", "rather", "other", "else", "different", "sooner"]
)


_CLAUSES = frozenset({"when", "that", "if", "because", "while", "as", "which"})


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    lines = (line.partition(": ") for line in lines_of("slips"))
    return frozenset((first, other) for first, _, others in lines for other in others.split())


@cache
def _wrong_forms() -> dict[str, frozenset[str]]:
    """The forms that do not follow each auxiliary and its subject."""
    lines = (line.partition(": ") for line in lines_of("wrong_forms"))
    return {auxiliary: frozenset(forms.split()) for auxiliary, _, forms in lines}


@cache
def _telling() -> frozenset[tuple[str, str]]:
    """Pairs of words of which a text has one where it has a slip in two words or three."""
    forms = frozenset[str]().union(*_wrong_forms().values())
    return _pairs().union((subject, form) for subject in _SUBJECTS for form in forms)


@lru_cache(maxsize=1)  # two rules ask for the same, one after the other
def _slips(text: Reading) -> list[str]:
    words = text.words
    if not _BETWEEN.isdisjoint(words):
        words = [word for word in words if word not in _BETWEEN]
    slips = []
    if not _telling().isdisjoint(pairwise(words)):
        slips = _wrong_pairs(words) + _wrong_verbs(words)
    if not _RARE.isdisjoint(words):
        slips += _NO_NOUNS.intersection(words)
        if "than" in words and not _compares(text.words):
            slips.append("than")
    if "ing" in text.lower and not _CLAUSES.isdisjoint(words):
        slips += _NO_VERB.findall(text.lower)
    return slips


def _compares(words: list[str]) -> bool:
    before = words[: words.index("than")]
    return not _COMPARING.isdisjoint(before) or any(word.endswith("er") for word in before)


def _wrong_pairs(words: list[str]) -> list[str]:
    return [
        f"{first} {second}"
        for (first, second), after in zip(pairwise(words), [*words[2:], ""], strict=True)
        if (first, second) in _pairs() and after not in _GOES_ON and not after.endswith("ing")
    ]


def _wrong_verbs(words: list[str]) -> list[str]:
    forms = _wrong_forms()
    return [
        f"{auxiliary} {subject} {form}"
        for auxiliary, subject, form in zip(words, words[1:], words[2:], strict=False)
        if subject in _SUBJECTS and form in forms.get(auxiliary, ())
    ]


@text_rule("ungrammatical", Severity.REJECT, EVERYWHERE)
def ungrammatical(text: Reading) -> str | None:
    """Two slips of grammar or more in one text."""
    slips = _slips(text)
    if len(slips) > 1:
        return f"{slips[0]!r} and {slips[1]!r} are not English. Write the sentence again."
    return None


@text_rule("slip-of-grammar", Severity.WARN, EVERYWHERE)
def slip_of_grammar(text: Reading) -> str | None:
    """One slip of grammar, as in hurried notes of real questions."""
    slips = _slips(text)
    return f"{slips[0]!r} is not English. Write it again." if len(slips) == 1 else None
