"""What kinds of thing the words of a text stand for, and in which orders these mean nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import lines_of
from shared.ielts.rulebook.patterns import pattern

if TYPE_CHECKING:
    import re

_NO_SENSE, _MARK, _PLURAL, _ANY, _NO_NOUN_FOLLOWS = "x", ".", "+", "_", "!"
_NO_LETTERS = frozenset({_NO_SENSE, _MARK, _ANY, _NO_NOUN_FOLLOWS})
_WORD_OR_MARK = pattern(r"[a-z]+(?:-[a-z]+)*|'s\b|[?,.;:!()\[\]\"]")


@cache
def _senses() -> dict[str, str]:
    """Of each listed word the letters of its senses."""
    senses: dict[str, str] = {"'s": "'"}
    for line in lines_of("senses"):
        letters, _, words = line.partition(": ")
        for word in words.split():
            senses[word] = letters[-1] + senses.get(word, "")
            for plural in _plurals(word) if letters[0] != "=" else ():
                senses[plural] = letters[-1] + senses.get(plural, _PLURAL)
    return senses


def _plurals(noun: str) -> set[str]:
    return {f"{noun}s", f"{noun}es", f"{noun[:-1]}ies" if noun[-1] == "y" else f"{noun}s"}


# every order has one word of the first senses, and another that is no mere part of the frame
_NARROW, _FRAME = frozenset("OCFPQATUS"), frozenset("'+dDcasqwftbpiuhrgv1345789")


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """The words that stand in senseless orders, and those of them without which there is none."""
    senses = _senses().items()
    return (
        frozenset(word for word, of in senses if not _FRAME.issuperset(of)),
        frozenset(word for word, of in senses if not _NARROW.isdisjoint(of)),
    )


def may_be_senseless(vocabulary: frozenset[str]) -> bool:
    """Whether a text of these words may hold a senseless order, as few do."""
    telling, narrow = _telling()
    return not narrow.isdisjoint(vocabulary) and len(telling & vocabulary) > 1


def senseless_order(text: str) -> bool:
    """Whether the words of a lower-case text stand in an order that means nothing."""
    senses = _senses()
    found = [
        senses.get(word, _NO_SENSE if word[0].isalpha() else _MARK)
        for word in _WORD_OR_MARK.findall(text)
    ]
    line, letters = f" {_MARK} {' '.join(found)} {_MARK} ", frozenset[str]().union(*found)
    return any(
        all(map(letters.intersection, needed)) and order.search(line) for needed, order in _orders()
    )


@cache
def _orders() -> list[tuple[list[frozenset[str]], re.Pattern[str]]]:
    """Each order: of which senses it needs one, and its expression, compiled when first needed."""
    return [
        (
            [frozenset(one) for one in elements if one[-1] not in "?*" and one not in _NO_LETTERS],
            pattern(rf"(?<= ){''.join(map(_expression, elements))}"),
        )
        for elements in map(str.split, lines_of("senseless_orders"))
    ]


def _expression(element: str) -> str:
    """Read one element of an order as an expression on senses with a space after each."""
    if element == _NO_NOUN_FOLLOWS:
        return r"(?:(?<=\+ )|(?!x |[^ ]*[OCFPQATUSHKGMJL]))"
    sense = element.rstrip("?*+")
    repeated = element[len(sense) :]
    one = {_NO_SENSE: "x ", _MARK: r"\. ", _ANY: r"[^. ]+ "}.get(sense, rf"[^ ]*{sense}[^ ]* ")
    return f"(?:{one}){repeated}" if repeated else one
