"""Whether two lines of a card ask the same in other words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shared.ielts.rulebook.fields_of_life import stem
from shared.ielts.rulebook.lexicon import lines_of, words_of
from shared.ielts.rulebook.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

_IT = r"(?:it|this|they|them|the \w+|this \w+)"
_PERSON = r"(?:he|she|they|(?:he or she|he/she)|(?:this|that|the) (?:person|man|woman))"
_WHOSE = r"(?:his|her|their|his or her|his/her|this person's|the person's)"
_ASKING = frozenset({"what", "who", "which", "whose", "where", "when", "why", "how"})
_HOW = frozenset({"often", "long", "many", "much"})
_NEVER_KNOWN = _ASKING | _HOW
_HOW_OFTEN = frozenset({"how", "often"})
_A_PERSON = frozenset({"person", "man", "woman", "thing"})
# stems of what a line asks by one word; "zzage" stands for all ways to ask an age
_SURE = frozenset({"wher", "when", "zzag"})


@cache
def _says_nothing() -> frozenset[str]:
    return (words_of("function_words") - _ASKING - _HOW - {"about"}) | {"be", "exactly", "also"}


@cache
def _likes() -> list[tuple[frozenset[str], re.Pattern[str], str]]:
    """Words of which a line has one, the expression then looked for, and what stands for it."""
    lines = (line.split(": ", 2) for line in lines_of("asked_alike"))
    return [
        (frozenset(words.split()), pattern(rf"\b(?:{likes})\b"), instead)
        for words, instead, alike in lines
        for likes in [alike.format(it=_IT, person=_PERSON, whose=_WHOSE)]
    ]


@cache
def _likes_by_word() -> dict[str, list[int]]:
    """The places of those that have the word, among all of them."""
    places: dict[str, list[int]] = {}
    for place, (words, _, _) in enumerate(_likes()):
        for word in words:
            places.setdefault(word, []).append(place)
    return places


_WORD = pattern("[a-z]+")
# "what it is", "which book it was", "what the book is called", "the name of the book"
_IDENTITY = pattern(
    r"(?:what|which)(?: the)?(?: (?!it\b|this\b)(\w+))?(?: it| this)? (?:is|was)(?: called)?"
    r"|(?:what )?(?:the|its) (?:name|title)(?: of (?:it|(?:the|this) (\w+)))?(?: is| was)?"
)
_IS_IT = frozenset({"what", "be"})
# "who this cousin is", "what his or her name is"
_WHO_IT_IS = pattern(
    rf"who (?:it|this|that|{_PERSON}|(?:this|that|the) (\w+)) (?:is|was)(?: called)?"
    rf"|what (?:{_PERSON}|this (\w+)) (?:is|was) called|what (?:the|this) (\w+)'s name (?:is|was)"
    rf"|(?:what )?(?:{_WHOSE} name|the name of (?:him|her|(?:this|the) (\w+)))(?: is| was)?"
)
_IS_WHO = frozenset({"who", "be"})
_THING_WITHIN = 4  # "describe an old piece of furniture"


def _names(line: str, thing: set[str]) -> frozenset[str] | None:
    """What a lower-case line asks that asks what, or who, the thing is, and nothing else."""
    for naming, asked in ((_IDENTITY, _IS_IT), (_WHO_IT_IS, _IS_WHO)):
        named = naming.fullmatch(line)
        if named is not None and (thing | _A_PERSON).issuperset(
            map(stem, filter(None, named.groups()))
        ):
            return asked
    return None


def _asked(line: str, known: set[str]) -> frozenset[str]:
    """What a lower-case line asks: its question word and the words that are not known."""
    words = _WORD.findall(line)
    by_word = _likes_by_word()
    places = {place for word in words for place in by_word.get(word, ())}
    if places:
        for _, likes, instead in map(_likes().__getitem__, sorted(places)):
            line = likes.sub(instead, line)
        words = _WORD.findall(line)
    nothing = _says_nothing()
    return frozenset(
        one
        for word in words
        if word not in nothing and ((one := stem(word)) not in known or word in _NEVER_KNOWN)
    )


def asks_twice(lines: Sequence[str], subject: str) -> str | None:
    """The first of some lower-case lines that asks what an earlier one has asked."""
    words = _WORD.findall(subject)
    known = {stem(word) for word in words}
    telling = [word for word in words if word not in _says_nothing()]
    thing = {stem(word) for word in telling[:_THING_WITHIN]}
    earlier: list[frozenset[str]] = []
    for line in lines:
        one = _names(line, thing) or _asked(line, known)
        # "what it is" and "what you did" differ in nothing that counts here
        if one in earlier and (len(one) > 1 or not one.isdisjoint(_SURE)):
            return line
        if one >= _HOW_OFTEN and any(before >= _HOW_OFTEN for before in earlier):
            return line
        parts = _ANOTHER.split(line) if len(earlier) > 1 and " and " in line else ()
        if len(parts) > 1:
            asked = [_names(part, thing) or _asked(part, known) for part in parts]
            if all(any(_repeats(part, before) for before in earlier) for part in asked):
                return line
        earlier.append(one)
    return None


_ANOTHER = pattern(r",? and (?=(?:what|who|which|where|when|why|how)\b)")


def _repeats(asked: frozenset[str], earlier: frozenset[str]) -> bool:
    return asked == earlier or (len(asked) > 1 and asked < earlier)
