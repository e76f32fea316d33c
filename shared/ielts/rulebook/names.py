"""Rules against names: nations and their places, firms and products, famous people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import is_everyday, phrases_of
from shared.ielts.rulebook.registry import ANYTHING, EVERYWHERE, Severity, text_rule

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

REJECT, WARN = Severity.REJECT, Severity.WARN


class Names:
    """A list of names, single words looked up, the others found by their first word.

    An entry of the lexicon file with other signs than letters and spaces is a regular expression.
    """

    def __init__(self, *files: str, plural: bool = False) -> None:
        entries = [entry for file in files for entry in phrases_of(file)]
        single = [entry for entry in entries if entry.isalpha()]
        self._single = frozenset(single) | frozenset(f"{name}s" for name in single if plural)
        wordings = [entry for entry in entries if not entry.isalpha()]
        self._first = frozenset(
            first[0] for entry in wordings if (first := re.match(r"[^\W\d_]+(?=[ ']|-[a-z])", entry)) is not None
        )  # fmt: skip
        known = [entry for entry in wordings if re.match(r"[^\W\d_]+(?=[ ']|-[a-z])", entry)]
        other = [entry for entry in wordings if entry not in known]
        end = "s?" if plural else ""
        self._phrases = re.compile(rf"\b(?:{'|'.join(known)}){end}\b") if known else None
        self._patterns = re.compile(rf"\b(?:{'|'.join(other)})(?!\w)") if other else None

    def found_in(self, text: Reading) -> str | None:
        """The first listed name in the text, whatever its case."""
        vocabulary = text.vocabulary
        if not self._single.isdisjoint(vocabulary):
            return next(word for word in _WORDS.findall(text.lower) if word in self._single)
        if self._phrases and not self._first.isdisjoint(vocabulary):
            match = self._phrases.search(text.lower)
            if match:
                return match[0]
        match = self._patterns.search(text.lower) if self._patterns else None
        return match[0] if match else None


_WORDS = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"'s\b")

_NATIONS = Names("nations", plural=True)
_PLACES = Names("places")
_INSTITUTIONS = Names("institutions")
_BRANDS = Names("brands")
_CELEBRITIES = Names("celebrities")
_CAPITALISED = frozenset(phrases_of("named_with_capital"))

# anyone may learn a language or eat a dish; only the rest is one nation's business
_LANGUAGE = re.compile(
    r"\b(?:learn|learning|learnt|speak|speaking|spoken|study|studying|understand|in|teach|language|languages)(?: (?:such as|like|as|how to speak|some|to|called))?"
    r" (?:arabic|chinese|mandarin|french|german|italian|japanese|korean|portuguese|russian|spanish|turkish)\b(?! \w+(?<!language)(?<!and)(?<!or)(?<!at))"
)
_PLACE_BEFORE = frozenset("in to from of visit visited around across near through".split())


@text_rule("one-nation", REJECT, ANYTHING)
def one_nation(text: Reading) -> str | None:
    """A nation, its people, places, customs or institutions: candidates everywhere must be able to answer."""
    found = (
        _NATIONS.found_in(text) or _PLACES.found_in(text) or _INSTITUTIONS.found_in(text) or _named(text)
    )  # fmt: skip
    if found and not _only_a_language(text, found):
        return f"{found!r} belongs to one nation. Ask what candidates of every country can answer."
    return None


def _named(text: Reading) -> str | None:
    """A name that is also an everyday word, known by its capital letter or by what stands before."""
    words = text.cased_words
    for before, word in zip(words, words[1:], strict=False):
        base = _POSSESSIVE.sub("", word)
        if (
            base in _CAPITALISED
            and (base.isupper() or before.islower())
            and not _is_title_case(text)
        ):
            if (
                base.isupper()
                or base in {"China", "Turkey", "Poles"}
                or before in _PLACE_BEFORE
                or before == "the"
            ):
                return base
            if base == "Polish" or base.endswith("ian"):
                return base
        if word == "china" and before in {"in", "from"}:
            return word
    return None


def _only_a_language(text: Reading, found: str) -> bool:
    match = _LANGUAGE.search(text.lower)
    return bool(match and found in match[0] and text.lower.count(found) == 1)


@text_rule("language-name", WARN, ANYTHING)
def language_name(text: Reading) -> str | None:
    """A language by its name."""
    match = _LANGUAGE.search(text.lower)
    return "Speak of 'a foreign language' instead of naming one." if match else None


@text_rule("brand-name", REJECT, ANYTHING)
def brand_name(text: Reading) -> str | None:
    """A firm, product, service, film or game by its name."""
    found = _BRANDS.found_in(text)
    return f"{found!r} is a brand or title. Name the kind of thing instead." if found else None


@text_rule("famous-person", REJECT, ANYTHING)
def famous_person(text: Reading) -> str | None:
    """A real person by name."""
    found = _CELEBRITIES.found_in(text)
    return f"{found!r} names a person. Ask about a kind of person instead." if found else None


_EXPECTED_CAPITALS = frozenset(
    "I I'm I'd I've I'll Internet Web English TV TVs DVD DVDs CD CDs PC PCs IT ID AI PE DIY UFO VR GPS USB SMS MP3 OK A AM PM B Mother Father Mum Dad "
    "Valentine Valentine's Olympic Olympics Olympian Earth Moon Sun Wi-Fi WiFi Mars Celsius Europe European Asia Asian Africa African "
    "Western Eastern West East North South Latin Roman Pacific Atlantic Arctic Antarctica Antarctic Mediterranean Part Mr Mrs Ms Dr Q".split()
)


@text_rule("unknown-name", REJECT, EVERYWHERE)
def unknown_name(text: Reading) -> str | None:
    """Two capitalised words together that are no English words: a person, place or firm."""
    if _is_title_case(text):
        return None
    words = text.cased_words
    for first, second in zip(words[1:], words[2:], strict=False):
        if _is_name(first) and _is_name(second) and f"{first} {second}" in text.body:
            return f"{first} {second!s} looks like a name. Ask without naming anybody or anything."
    return None


@text_rule("capitalised-word", WARN, EVERYWHERE)
def capitalised_word(text: Reading) -> str | None:
    """A capital letter inside a sentence, as names have."""
    if _is_title_case(text):
        return "Write ordinary words with small letters."
    starts = {sentence.split()[0].strip("\"'([") for sentence in text.sentences}
    for word in text.cased_words[1:]:
        if word[0].isupper() and word not in _EXPECTED_CAPITALS and word.lower() not in starts:
            if _is_name(word):
                return f"Is {word!r} a name? Ask without naming anybody or anything."
    return None


def _is_name(word: str) -> bool:
    return word[0].isupper() and word not in _EXPECTED_CAPITALS and not is_everyday(word.lower())


def _is_title_case(text: Reading) -> bool:
    words = [word for word in text.cased_words if len(word) > 3]  # noqa: PLR2004 - titles leave short words small
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.6 * len(words)  # noqa: PLR2004
