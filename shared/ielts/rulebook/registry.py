"""What a rule is, and how one is declared: once, next to the code that applies it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.wordings import Wordings

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading


class Severity(StrEnum):
    """How much a finding weighs."""

    REJECT = "reject"
    """Never delivered."""
    WARN = "warn"
    """Unusual among real questions, yet some are like it."""


class Finding(NamedTuple):
    """One thing that a rule has against an item.

    Attributes:
        rule: the rule's name, kebab-case.
        severity: the rule's severity.
        reason: what is wrong and what to do about it, for a person or a repairing model.
        where: the text meant: "cue_card.bullets[1]", "themes[0].questions[2]"; "" for the whole.

    """

    rule: str
    severity: Severity
    reason: str
    where: str = ""


class Slot(Enum):
    """The places of the test in which a text can stand."""

    INTERVIEW = "Part 1 question"
    DESCRIBE = "Part 2 describe line"
    BULLET = "Part 2 bullet"
    CLOSING = "Part 2 closing line"
    ROUNDING_OFF = "Part 2 rounding-off question"
    DISCUSSION = "Part 3 question"
    TOPIC = "topic or theme"


QUESTIONS = frozenset({Slot.INTERVIEW, Slot.ROUNDING_OFF, Slot.DISCUSSION})
PERSONAL = frozenset({Slot.INTERVIEW, Slot.ROUNDING_OFF})
CARD = frozenset({Slot.DESCRIBE, Slot.BULLET, Slot.CLOSING})
EVERYWHERE = QUESTIONS | CARD
ANYTHING = EVERYWHERE | {Slot.TOPIC}

Find = Callable[["Reading"], str | None]
Trait = Literal[
    "has_everyday_words_only",
    "has_one_sentence",
    "has_small_letters_only",
    "is_simple",
    "is_one_clause",
    "names_nothing",
    "says_no_word_twice",
    "touches_no_subject",
]
"""What most texts are, and whole groups of rules have nothing against: properties of `Reading`."""


class Rule(NamedTuple):
    """One named rule.

    Attributes:
        name: kebab-case, stable: callers and documentation refer to it.
        severity: whether it rejects or warns.
        description: one line that says what it is against.
        slots: the texts that it reads one by one; empty where it looks at a card or a set.
        find: gives the reason, or None where the text is fine; None for a card or set rule.
        unless: such a text is fine, and not even read.
        patterns: the wordings that it is against, as in `Wordings`; empty where code decides.

    """

    name: str
    severity: Severity
    description: str
    slots: frozenset[Slot] = frozenset()
    find: Find | None = None
    unless: Trait | None = None
    patterns: tuple[str, ...] = ()

    def finding(self, reason: str, where: str = "") -> Finding:
        """Make this rule's finding."""
        return Finding(self.name, self.severity, reason, where)


_declared: dict[str, Rule] = {}


def declare(  # noqa: PLR0913 - a declaration: every value is named where it is given
    name: str,
    severity: Severity,
    description: str,
    *,
    slots: Iterable[Slot] = (),
    find: Find | None = None,
    unless: Trait | None = None,
    patterns: Iterable[str] = (),
) -> Rule:
    """Declare a rule under a name that no other rule has."""
    if name in _declared:
        raise ValueError(f"two rules are called {name}")
    rule = Rule(name, severity, description, frozenset(slots), find, unless, tuple(patterns))
    _declared[name] = rule
    return rule


def text_rule(
    name: str, severity: Severity, slots: Iterable[Slot], *, unless: Trait | None = None
) -> Callable[[Find], Find]:
    """Declare the decorated function as a rule on single texts; its docstring describes it."""

    def declare_it(find: Find) -> Find:
        description = (find.__doc__ or "").strip().partition("\n")[0]
        declare(name, severity, description, slots=slots, find=find, unless=unless)
        return find

    return declare_it


def wording_rule(
    name: str, severity: Severity, slots: Iterable[Slot], description: str, *, reason: str
) -> Rule:
    """Declare a rule against the wordings in `lexicon/wordings/NAME.txt`, in lower-case text.

    Args:
        name: as in `declare`.
        severity: as in `declare`.
        slots: as in `declare`.
        description: as in `declare`.
        reason: the finding's reason; "{found}" stands for the wording found.

    """
    patterns = lines_of(f"wordings/{name}")
    wordings = Wordings(patterns)

    def find(text: Reading) -> str | None:
        found = wordings.find(text)
        return reason.format(found=found) if found else None

    return declare(name, severity, description, slots=slots, find=find, patterns=patterns)


def declared_rules() -> tuple[Rule, ...]:
    """Every rule declared so far, in the order of declaration."""
    return tuple(_declared.values())
