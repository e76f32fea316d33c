"""Rules against names: nations and their places, firms and products, famous people."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from shared.ielts.rulebook.beginnings import beginnings_of
from shared.ielts.rulebook.lexicon import is_everyday, phrases_of, words_of
from shared.ielts.rulebook.listed_names import BRANDS, CELEBRITIES, NATIONS, OF_ONE_NATION
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.registry import (
    ANYTHING,
    EVERYWHERE,
    Severity,
    text_rule,
    wording_rule,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN


_NATIONS_WITH_CAPITAL = frozenset(phrases_of("nations_with_capital"))
_BRANDS_WITH_CAPITAL = frozenset(phrases_of("brands_with_capital"))
_IN_CHINA = pattern(r"\b(?:in|from) china\b")
_NEVER_ELSE = frozenset({"China", "Turkey", "Polish", "Poles"})

# anyone may learn a language, eat a dish or see a film; only the rest is one nation's business
_SPOKEN = "arabic|chinese|french|german|italian|japanese|korean|portuguese|russian|spanish"
_MADE = "american|chinese|french|indian|italian|japanese|mexican|thai"
_ADJECTIVES = beginnings_of([*_SPOKEN.split("|"), *_MADE.split("|")])
_LANGUAGE = pattern(
    r"\b(?:learn|learning|speak|speaking|study|studying|understand|teach|languages?)"
    r"(?: (?:such as|like|as|how to speak|some|called))?"
    rf" ({_SPOKEN})\b"
    r"(?=\W*$| (?:and|at|as|because|if|in|instead|one day|or|outside|rather|well|when)\b)"
)
_DISH_OR_FILM = pattern(
    rf"(?<!traditional )(?<!northern )(?<!southern )\b({_MADE})"
    r" (?:(?:animated|horror|action|classic) )?(?:food|restaurants?|films?|movies?)\b"
)
_CONTINENT = pattern(r"\b(?:central|latin|north|south) america\b(?!n)")
_BEFORE_PLACES = frozenset(
    ["in", "to", "from", "of", "the", "visit", "visited", "around", "across", "near", "through"]
)


@text_rule("one-nation", REJECT, ANYTHING, unless="names_nothing")
def one_nation(text: Reading) -> str | None:
    """A nation, its people, places, customs or institutions."""
    found = NATIONS.find(text.lower, text.vocabulary)
    if found and _may_be_named(text, found):
        found = None
    found = found or OF_ONE_NATION.find(text.lower, text.vocabulary) or _named(text)
    if found:
        return f"{found!r} belongs to one nation. Ask what candidates of every country can answer."
    return None


def _named(text: Reading) -> str | None:
    """A nation or place that is also an everyday word, known by its capital or the word before."""
    if "china" in text.vocabulary and (match := _IN_CHINA.search(text.lower)):
        return match[0]
    for before, name in _names_with_capital(text, _NATIONS_WITH_CAPITAL):
        if (
            name.isupper()
            or name.endswith("ian")
            or name in _NEVER_ELSE
            or before in _BEFORE_PLACES
        ):
            return name
    return None


def _names_with_capital(text: Reading, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Names inside a sentence that also are everyday words, each with the word before."""
    if text.has_small_letters_only:
        return
    words = [_without_owner(word) for word in text.cased_words]
    if names.isdisjoint(words) or text.is_title_case:
        return
    for index, (before, word) in enumerate(pairwise(words)):
        if word in names and (not index or before[:1].islower()) and not _begins(word, text):
            yield before, word


def _begins(word: str, text: Reading) -> bool:
    """Whether the word stands at the head of a sentence other than the first."""
    return any(f"{mark} {word}" in text.body for mark in ".?!")


def _without_owner(word: str) -> str:
    return word.removesuffix("'s")


def _may_be_named(text: Reading, found: str) -> bool:
    if found == "america":  # half of the world is in none of its nations
        return len(_CONTINENT.findall(text.lower)) == text.lower.count(found)
    match = _language_or_dish_or_film(text)
    return match is not None and match[1] == found and text.lower.count(found) == 1


def _language_or_dish_or_film(text: Reading) -> re.Match[str] | None:
    if _ADJECTIVES.isdisjoint(text.beginnings):
        return None
    return _LANGUAGE.search(text.lower) or _DISH_OR_FILM.search(text.lower)


wording_rule(
    "national-matter",
    REJECT,
    EVERYWHERE,
    "A date, a year, an office or a unit of government that one nation has.",
    reason="{found!r} is one nation's matter. Ask what candidates of every country can answer.",
)
_MONEY = frozenset(
    "\u00a3\u00a5\u20a9\u20aa\u20ab\u20b1\u20b4\u20b9\u20ba\u20bd\u20a6\u0e3f\u20b8\u20bc\u20be"
)


@text_rule("money-sign", REJECT, EVERYWHERE, unless="is_simple")
def money_sign(text: Reading) -> str | None:
    """The sign of one nation's money."""
    if text.raw.isascii() or not (found := _MONEY.intersection(text.raw)):
        return None
    return f"{min(found)!r} is one nation's money. Do without the sum, or the sign."


@text_rule("language-name", WARN, ANYTHING, unless="names_nothing")
def language_name(text: Reading) -> str | None:
    """A language or a country's food or films by its name."""
    if _language_or_dish_or_film(text):
        return "Speak of 'a foreign language' or 'foreign food' instead of naming one."
    return None


@text_rule("brand-name", REJECT, ANYTHING, unless="names_nothing")
def brand_name(text: Reading) -> str | None:
    """A firm, product, service, film or game by its name."""
    found = BRANDS.find(text.lower, text.vocabulary) or next(
        (name for _, name in _names_with_capital(text, _BRANDS_WITH_CAPITAL)), None
    )
    return f"{found!r} is a brand or title. Name the kind of thing instead." if found else None


@text_rule("famous-person", REJECT, ANYTHING, unless="names_nothing")
def famous_person(text: Reading) -> str | None:
    """A real person by name."""
    found = CELEBRITIES.find(text.lower, text.vocabulary)
    return f"{found!r} names a person. Ask about a kind of person instead." if found else None


_INSIDE = pattern(r"(?<=[\w,;:-] )[\"'(]?([A-Z][\w'-]*)")
_EXPECTED_CAPITALS = words_of("written_with_capital")
_KNOWN_ABBREVIATIONS = words_of("abbreviations")


@text_rule("unknown-name", REJECT, EVERYWHERE, unless="has_small_letters_only")
def unknown_name(text: Reading) -> str | None:
    """A capitalised word that is no English word: a person, place or firm, or its initials."""
    inside = _capitalised_inside(text)
    names = [word for word in inside if _is_name(word)]
    if not names or text.is_title_case:
        return None
    if _may_be_named(text, names[0].lower()):
        return None
    if 2 * len(names) < len(inside):  # who writes Ordinary Words large may misspell one
        return None
    return f"{names[0]!r} looks like a name. Ask without naming anybody or anything."


# days and games that every country has, and words that writers make large
_EVERYWHERE = (
    "World|Year|Year's|Olympic|Winter|Summer|Asian|Paralympic|New|Women's|Children's|Mother's"
    "|Mothers|Father's|Fathers|Teachers?'?|Teacher's|Parents'|Valentine'?s|Earth|Friendship"
    "|Sports?|Public|Primary|Secondary|High|Middle|Art|Shopping|Nursery|Boarding"
)
_OF_A_NAME = (
    "Wall|Road|Street|Bridge|Tower|Palace|Square|River|Lake|Canal|Islands?|Bay|Valley|Desert|Gate"
    "|Day|Week|Festival|University|College|Cathedral|Museum|Gallery|Stadium|League|Cup|Bank|Party"
    "|Act|Policy|Line|Station|Airport|Council|Ministry|Opera|Express|Railways?|Market|Exam"
    "|Examination|Certificate|Constitution|Revolution|Empire|Dynasty|Kingdom|Republic|Army"
    "|Parliament"
)
_PROPER_NOUN = pattern(
    rf"(?<=[\w,] )(?!(?:{_EVERYWHERE})\b)[A-Z][a-z']+ (?:of )?(?:{_OF_A_NAME})\b"
)


_NAMED_THINGS = (
    "accent|airport|app|archipelago|bridge|brochure|bus|cathedral|canal|card|carnival|cemetery"
    "|certificate|channel|club|coast|derby|desert|dialect|district|exams?|express|ferry|festival"
    "|forest|highway|hills|holiday|hospital|island|lake|league|line|lottery|market|massacre|metro"
    "|motorway|mountains|museum|neighbourhood|newspaper|palace|park|pass|peninsula|province|reef"
    "|railway|region|results|river|road|scheme|stadium|station|street|suburb|subway|supermarket"
    "|temple|territory|tower|train|tram|tribe|tunnel|underground|university|valley|zoo"
)
_NAMED_THING = pattern(rf"(?<=[a-z,'] )([A-Z][a-z']+) (?:{_NAMED_THINGS})\b")
_TWO_CAPITALS = pattern(rf"(?<=[a-z,'] )(?!(?:{_EVERYWHERE})\b)([A-Z][a-z']+ [A-Z][a-z']+)\b")


@text_rule("proper-noun", REJECT, EVERYWHERE, unless="has_small_letters_only")
def proper_noun(text: Reading) -> str | None:
    """The name of one street, building, feast day, school or office: "Silk Road", "Victory Day"."""
    match = _PROPER_NOUN.search(text.body) or _named_thing(text)
    if not match or text.is_title_case:
        return None
    return f"{match[0]!r} is a name. Name the kind of thing instead."


def _named_thing(text: Reading) -> re.Match[str] | None:
    """Find one thing that only capitals name: "Octopus card", "Pearl river", "Gray Wolves"."""
    match = _NAMED_THING.search(text.body) or _TWO_CAPITALS.search(text.body)
    return match if match and _capitalised_inside(text) == match[1].split() else None


@text_rule("capitalised-word", WARN, EVERYWHERE, unless="has_small_letters_only")
def capitalised_word(text: Reading) -> str | None:
    """A capital letter inside a sentence."""
    inside = _capitalised_inside(text)
    return (
        f"Write {inside[0]!r} with a small letter, unless it is a name: then ask without it."
        if inside
        else None
    )


def _capitalised_inside(text: Reading) -> list[str]:
    """Words inside a sentence that begin with a capital and usually do not."""
    inside = _INSIDE.findall(text.body)
    return [word for word in inside if word not in _EXPECTED_CAPITALS]


def _is_name(word: str) -> bool:
    if len(word) == 1 or word in _KNOWN_ABBREVIATIONS:
        return False
    letter, hyphen, rest = word.partition("-")  # "T-shirt"
    bare = rest if hyphen and len(letter) == 1 else word
    return not is_everyday(bare.lower().removesuffix("'s"))
