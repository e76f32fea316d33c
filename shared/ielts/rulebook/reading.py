"""One text as the rules read it: tidied, in lower case, cut into words and sentences, once."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from shared.ielts.rulebook.beginnings import beginnings_of, runs_of
from shared.ielts.rulebook.grammar import odd_pairs
from shared.ielts.rulebook.lexicon import is_everyday, words_of
from shared.ielts.rulebook.listed_names import may_hold_a_name
from shared.ielts.rulebook.patterns import pattern
from shared.ielts.rulebook.vocabulary import may_touch_a_subject
from shared.ielts.rulebook.word_order import classes_of

_TYPOGRAPHY = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'", "`": "'",
        "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2010": "-", "\u2011": "-",
        "\uff1f": "?", "\uff0c": ",", "\u200b": None, "\ufeff": None, "\u00ad": None,
    }
)  # fmt: skip
_WORD = pattern(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SENTENCE_END = pattern(r"(?<=[?!])[\"')\]]*\s*(?=\S)|(?<=[^.\W][.])[\"')\]]*\s+(?=[A-Z\"'a-z])")
_PROBE = pattern(
    r"\s*(?:[\[(]\s*(?:and\s+)?(?:why|how|what|when|where|who|which)\b[^\])]*[\])]"
    r"|\[[^\[\]]{1,60}\?\s*\])\s*\.?\s*$",
    re.IGNORECASE,
)
_LONGEST_PROBE = 40
_ABBREVIATION = pattern(r"\b(?:e\.g|i\.e|etc|vs|mr|mrs|dr|st)\.", re.IGNORECASE)
_BREAK_INSIDE = pattern(r"[?!.]\W*\w")
_SENTENCE_START = pattern(r"(?:^|[.!?:;(]|\bplease\b)\W*(?=\w)")
_MARK = pattern(r"[.!?:;(]\W*(?=\w)")
_CAPITALS = pattern(r"[A-Z]{4}")
_SIMPLE = pattern(
    r"(?!q\b|[ivx]+\.)[a-z][a-z ,'?/]*(?:-[a-z][a-z ,'?/]*)*[.?]?(?: \[why(?:/why not)?\?\])?"
)
_ASIDE = pattern(
    r" or (?:she|her|hers|herself)\b|(?<=\w) (?:do|would|did) you (?:think|believe|suppose|say)\b"
    r"(?! in\b)(?: that\b)?"
)
_WORDS_OF_ASIDES = beginnings_of(
    ["she", "her", "hers", "herself", "think", "believe", "suppose", "say"]
)


_NO_LETTER = bytes.maketrans(
    bytes(code for code in range(128) if not chr(code).isalpha() and chr(code) not in "'-"),
    b" " * (128 - 54),
)
_EVERYDAY = words_of("everyday")
_JOINTS = frozenset({"and", "as", "also", "but", "or", "plus"})


def _words(text: str) -> list[str]:
    """What `_WORD` finds in a text; most texts are cut faster without it."""
    if text.isascii():
        pieces = text.encode().translate(_NO_LETTER).decode().split()
        if "".join(pieces).isalpha():  # no hyphen, no apostrophe
            return pieces
    return _WORD.findall(text)


class Reading:
    """A text and what the rules want to know about it.

    Attributes:
        raw: as it came.
        plain: straight quotes, single spaces, no space around.
        body: `plain` without the bracketed probe at its end ("[Why/Why not?]").
        lower: `plain` in lower case.
        lower_body: `body` in lower case.
        words: the words of `body` in lower case, hyphenated words and contractions whole.

    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        tidy = raw
        if not raw.isascii():
            tidy = unicodedata.normalize("NFC", raw).translate(_TYPOGRAPHY)
        self.plain = " ".join(tidy.replace("`", "'").split())
        self.body = self._without_probe()
        self.lower = self.plain.lower()
        self.lower_body = self.lower if self.body == self.plain else self.body.lower()
        self.words = _words(self.lower_body)

    def _without_probe(self) -> str:
        if self.plain[-3:].rstrip(". ")[-1:] not in {"]", ")"}:
            return self.plain
        before = self.plain.partition("[")[0].partition("(")[0].rstrip()
        probe = _PROBE.search(self.plain, len(before))
        return self.plain[: probe.start()] if probe else self.plain

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the text, also the parts of hyphenated ones, also without "'s"."""
        words = set(self.words)
        if "-" in self.lower or "'" in self.lower:
            for word in self.words:
                words.update(word.removesuffix("'s").split("-"))
                words.add(word.removesuffix("'s"))
        return frozenset(words)

    @cached_property
    def cased_words(self) -> list[str]:
        """The words of `body` as they are written."""
        return _words(self.body)

    @cached_property
    def rare_words(self) -> list[str]:
        """Those of `words` that are not among the everyday ones, derived ones among them."""
        return [word for word in self.words if word not in _EVERYDAY]

    def without_asides(self) -> Reading:
        """The same without "or she" and "do you think", which stand between what belongs together.

        Itself where it has none; in lower case otherwise. Not kept: what holds itself is garbage
        that has to be looked for.
        """
        if _WORDS_OF_ASIDES.isdisjoint(self.beginnings):
            return self
        lower = _ASIDE.sub("", self.lower)
        return self if lower == self.lower else Reading(lower)

    @cached_property
    def has_small_letters_only(self) -> bool:
        """Whether `body` has no capital but the first."""
        return self.body[1:].islower()

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of `body`, in lower case, with their end mark."""
        inside = self.body[:-1]
        if not ("?" in inside or "." in inside or "!" in inside) or not _BREAK_INSIDE.search(
            self.body
        ):
            return [self.lower_body] if self.body else []
        shielded = _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), self.body)
        return [part.strip().lower() for part in _SENTENCE_END.split(shielded) if part.strip()]

    @property
    def has_everyday_words_only(self) -> bool:
        """Whether there are no `rare_words`."""
        return not self.rare_words

    @property
    def has_one_sentence(self) -> bool:
        """Whether there is one of `sentences`, or none."""
        return len(self.sentences) < 2  # noqa: PLR2004 - one

    @property
    def is_one_clause(self) -> bool:
        """Whether nothing, neither a mark nor a word nor a long probe, joins two questions."""
        return (
            self.lower_body[:-1].replace(" ", "").isalpha()
            and _JOINTS.isdisjoint(self.words)
            and not self.has_long_probe
        )

    @property
    def has_long_probe(self) -> bool:
        """Whether what stands in brackets after `body` is longer than "[Why/Why not?]" ever is."""
        return len(self.plain) - len(self.body) > _LONGEST_PROBE

    @property
    def names_nothing(self) -> bool:
        """Whether no word belongs to a listed name of a nation, place, brand or person."""
        return self.has_small_letters_only and not may_hold_a_name(self.vocabulary)

    @property
    def touches_no_subject(self) -> bool:
        """Whether no word or wording belongs to a subject that is avoided, private or delicate."""
        return not may_touch_a_subject(self)

    @property
    def says_no_word_twice(self) -> bool:
        """Whether all `words` are different."""
        return len(set(self.words)) == len(self.words)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """How the words of `lower` begin."""
        return beginnings_of(runs_of(self.lower))

    @cached_property
    def first_beginnings(self) -> frozenset[str]:
        """How the first words of sentences begin."""
        starts = self.sentence_starts
        return beginnings_of([runs_of(self.lower[start : start + 8])[0] for start in starts])

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where sentences, asides and what follows "please" begin in `lower`."""
        if "please" in self.lower or not self.lower[:1].isalnum():
            return [match.end() for match in _SENTENCE_START.finditer(self.lower)]
        return [0, *[match.end() for match in _MARK.finditer(self.lower)]]

    @property
    def is_simple(self) -> bool:
        """Whether it is one line of letters and everyday punctuation, so without most marks."""
        return (
            self.raw.isascii()
            and _SIMPLE.fullmatch(self.raw.lower()) is not None
            and not ("???" in self.raw or "//" in self.raw)
            and (self.has_small_letters_only or not _CAPITALS.search(self.raw))
        )

    @cached_property
    def is_title_case(self) -> bool:
        """Whether its words are written Large Like These."""
        words = [word for word in self.cased_words[1:] if len(word) > 3]  # noqa: PLR2004
        capitals = [word for word in words if word[0].isupper()]
        return (
            len(words) > 2  # noqa: PLR2004
            and len(capitals) > 0.7 * len(words)
            and any(is_everyday(word.lower()) for word in capitals)
        )

    @cached_property
    def odd_pairs(self) -> int:
        """How many neighbouring words do not follow one another in English."""
        return odd_pairs(self.lower_body)

    @cached_property
    def classes(self) -> str:
        """The class of each word, as `word_order` has them."""
        return classes_of(self.lower_body)
