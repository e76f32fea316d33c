"""Rules on whether the lines of a card belong together: that none was taken from another card."""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shared.ielts.rulebook.fields_of_life import fields_of, stem
from shared.ielts.rulebook.kinds import kinds_of
from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import Finding, Severity, declare
from shared.ielts.rulebook.wordings import NumberedWordings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shared.ielts.rulebook.reading import Reading

FOREIGN_LINES = declare(
    "card-foreign-lines",
    Severity.REJECT,
    "A card with lines that belong to a card on something else.",
)
_WORD = pattern(r"[a-z]+(?:-[a-z]+)*")
# "what the book is called", "which language it was": these name the thing that the card describes
_NAMES_THE_THING = pattern(
    r"\W*(?:what|who|which) (?:(?:the|this) (?!people\b)([a-z-]+)"
    r"|(?:(?:kind|sort|type)s? of )?([a-z-]+)(?: or [a-z-]+)? (?:it|this))"
    r" (?:is|was)(?: called| about)?\W*$"
)
_NAMED = pattern(
    r"\b(this|these|the|(?:about|at|for|from|in|of|on|to|with) that) ([a-z-]+)(?= ([a-z-]+)|())"
)
# "where the exam is held": the line is about the exam
_IS_ABOUT = pattern(
    r"\W*(?:where|when|what|how|why)(?: \w+)? the ([a-z-]+)"
    r" (?:is|was|are|were|has|will|starts?|began|ends?)\b"
)
_ARTICLES = frozenset({"this", "these", "that", "the"})
_NOT_TELLING = frozenset({"person", "vague"})
# kinds of which a noun after "the" says little of what a card is about
_ANYWHERE = frozenset({"event", "activity", "idea", "person"})
# "this experience" may stand for whatever the card describes
_VAGUE = frozenset({"vague", "anything", "done"})
# what places and events have in them: "the cake" of a birthday
_HOLDING = frozenset({"place", "event", "journey"})
_HELD = frozenset({"animal", "food", "object", "place", "plant", "vehicle", "journey"})


def foreign_lines(describe: str, lines: Sequence[Reading]) -> Iterator[Finding]:
    """Lines that ask about another kind of thing than the card describes.

    A line of another card names something that this one does not, or says of it what can only be
    said of something else. One bullet of the latter kind is let pass.
    """
    subject = _Subject(describe)
    weights: Counter[str] = Counter()
    for number, line in enumerate(lines):
        if _belongs_elsewhere(line, subject):
            weights[line.plain] = 2 if subject.is_telling else 1
        elif subject.is_person and _OF_A_THING.search(line.lower):
            weights[line.plain] = 2
        elif subject.can_be_anything:
            continue
        elif (
            (number == 0 and _is_another(line.lower, subject))
            or _is_another_kind(line.lower, subject)
            or _names_another(line, subject, lines)
        ):
            weights[line.plain] = 2
        elif sign := _says_otherwise(line, subject):
            is_enough = sign.is_enough and not (
                "person" in sign.kinds and _names_a_person(lines, line)
            )
            weights[line.plain] = 2 if is_enough or number == len(lines) - 1 else 1
    if weights.total() > 1:
        foreign = max(weights, key=lambda line: weights[line])
        yield FOREIGN_LINES.finding(
            f"{foreign!r} belongs to a card on something else. Ask about what this card describes.",
            "bullets",
        )


_HEAD_ENDS = pattern(
    r"\b(?:at|by|during|for|from|in|of|on|that|to|when|where|which|who|whose|with|you|your)\b"
)


_PERSON_ONLY = frozenset({"person"})
# "how many wheels it had", "what its colour is", "when it was last painted"
_OF_A_THING = pattern(
    r"\bhow many \w+ it\b|\bwhat (?:it is made of|size it|its)\b"
    r"|\bhow (?:big|bright|deep|fast|heavy|loud|tall|wide) (?:it|its)\b"
    r"|\bit (?:is|was) (?:last |first )(?:built|cleaned|painted|repaired|used|washed|made)\b"
)


class _Subject:
    """What a card describes: its words without endings and the kinds of thing they stand for.

    Attributes:
        head: those of "a useful app" in "Describe a useful app that you have on your phone".
        kinds: those of all its words.

    """

    def __init__(self, describe: str) -> None:
        lower = describe.lower()
        self._words = _WORD.findall(lower)
        self.kinds = frozenset[str]().union(*map(kinds_of, self._words))
        head = _HEAD_ENDS.split(lower.removeprefix("describe your"), 1)[0]
        self.head = frozenset[str]().union(*map(kinds_of, head.split())) or self.kinds

    @cached_property
    def can_be_anything(self) -> bool:
        return not self.kinds or "anything" in self.head or self.kinds >= {"done", "happening"}

    @property
    def is_person(self) -> bool:
        """Whether it is somebody, without anything else."""
        return self.kinds == _PERSON_ONLY

    @cached_property
    def owned(self) -> set[int]:
        """Which of `own_lines` may be said of it."""
        kinds = frozenset[str]().union(
            *(of for word in self._words if "happening" not in (of := kinds_of(word)))
        )
        words = self.stems.union(f"{kind}+" for kind in kinds)
        return {n for n, (owners, _) in enumerate(_own_lines()) if not owners.isdisjoint(words)}

    @property
    def is_telling(self) -> bool:
        """Whether its words tell of what it is not."""
        if "anything" in self.head:
            return False
        return bool(self.owned) or not (self.can_be_anything or "happening" in self.head)

    @cached_property
    def stems(self) -> set[str]:
        return set(map(stem, self._words))

    @cached_property
    def fields(self) -> set[int]:
        return fields_of(self.stems)

    def is_far_from(self, noun: str, kinds: frozenset[str]) -> bool:
        """Whether a noun of these kinds has nothing to do with it."""
        return bool(
            kinds
            and kinds.isdisjoint(self.kinds)
            and stem(noun) not in self.stems
            and self.fields.isdisjoint(fields_of({stem(noun)}))
        )


def _is_another(line: str, subject: _Subject) -> bool:
    if "happening" in subject.head:
        return False
    if named := _NAMES_THE_THING.match(line):
        noun = named[1] or named[2]
        return subject.is_far_from(noun, kinds_of(noun))
    about = _IS_ABOUT.match(line)
    return about is not None and subject.is_far_from(about[1], kinds_of(about[1]) - _NOT_TELLING)


def _is_another_kind(line: str, subject: _Subject) -> bool:
    """Whether a line asks "what kind of film it was", and the card is on no film."""
    named = _NAMES_THE_THING.match(line)
    return (
        named is not None
        and named[2] is not None
        and kinds_of(named[2]).isdisjoint(_VAGUE)
        and "happening" not in subject.head
        and subject.is_far_from(named[2], kinds_of(named[2]))
    )


def _names_another(line: Reading, subject: _Subject, lines: Sequence[Reading]) -> bool:
    if _ARTICLES.isdisjoint(line.words):
        return False
    for article, first, second, _ in _NAMED.findall(line.lower):
        nouns = [noun for noun in (first, second) if kinds_of(noun)]
        if nouns and all(_is_foreign(noun, article, subject) for noun in nouns):
            return not any(_is_introduced(lines, line, noun) for noun in nouns)
    return False


def _is_foreign(noun: str, article: str, subject: _Subject) -> bool:
    kinds = kinds_of(noun)
    if not kinds.isdisjoint(_VAGUE) or (subject.head == _PERSON_ONLY and "activity" in kinds):
        return False
    if article == "the":
        if "happening" in subject.head:
            return False
        kinds -= _ANYWHERE
        kinds -= frozenset() if _HOLDING.isdisjoint(subject.head) else _HELD
    return subject.is_far_from(noun, kinds)


def _is_introduced(lines: Sequence[Reading], here: Reading, noun: str) -> bool:
    """Whether a line other than this one has the noun, and not as one known already."""
    return any(
        stem(noun) == stem(word) and before not in _ARTICLES
        for line in lines
        if line is not here
        for before, word in pairwise(["", *line.words])
    )


def _belongs_elsewhere(line: Reading, subject: _Subject) -> bool:
    """Whether a line speaks of an engine, a plot or a referee, and the card of nothing like it."""
    return any(number not in subject.owned for number in _SAYINGS.numbers_in(line))


@cache
def _own_lines() -> list[tuple[frozenset[str], str]]:
    """Stems and kinds of which a card has one, and the wording of what only such a card says."""
    lines = (line.partition(": ") for line in lines_of("own_lines"))
    return [
        (frozenset(word if word[-1] == "+" else stem(word) for word in words.split()), wording)
        for words, _, wording in lines
    ]


_SAYINGS = NumberedWordings(lambda: (saying for _, saying in _own_lines()))


def _names_a_person(lines: Sequence[Reading], here: Reading) -> bool:
    """Whether a line other than this one asks who did something."""
    return any("who" in line.words for line in lines if line is not here)


class _Sign(NamedTuple):
    """What is said of things of some kinds only.

    Attributes:
        kinds: these.
        is_enough: whether one line tells that the card is on none of them.

    """

    kinds: frozenset[str]
    is_enough: bool


def _says_otherwise(line: Reading, subject: _Subject) -> _Sign | None:
    """What a line says that can be said of things of other kinds only."""
    found = [_kind_signs()[number][0] for number in _SIGN_WORDINGS.numbers_in(line)]
    foreign = [sign for sign in found if sign.kinds.isdisjoint(subject.kinds)]
    return max(foreign, key=lambda sign: sign.is_enough, default=None)


@cache
def _kind_signs() -> list[tuple[_Sign, str]]:
    """Signs, and the wording of each."""
    lines = (line.partition(": ") for line in lines_of("kind_signs"))
    return [
        (_Sign(frozenset(kinds.removesuffix("!").split()), kinds[-1] == "!"), wording)
        for kinds, _, wording in lines
    ]


_SIGN_WORDINGS = NumberedWordings(lambda: (wording for _, wording in _kind_signs()))
