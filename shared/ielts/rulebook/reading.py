"""One text as the rules read it: tidied, in lower case, cut into words and sentences, once."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from shared.ielts.rulebook.grammar import odd_pairs

_TYPOGRAPHY = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'", "`": "'",
        "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2010": "-", "\u2011": "-",
        "\uff1f": "?", "\uff0c": ",", "\u200b": None, "\ufeff": None, "\u00ad": None,
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[?!])[\"')\]]*\s*(?=\S)|(?<=[^.\W][.])[\"')\]]*\s+(?=[A-Z\"'a-z])")
_PROBE = re.compile(
    r"\s*(?:[\[(]\s*(?:and\s+)?(?:why|how|what|when|where|who|which)\b[^\])]*[\])]"
    r"|\[[^\[\]]{1,60}\?\s*\])\s*\.?\s*$",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|mr|mrs|dr|st)\.", re.IGNORECASE)
_BREAK_INSIDE = re.compile(r"[?!.]\W*\w")
_WORD_START = re.compile(r"(?<!\w)(?=\w)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;(]|\bplease\b)\W*(?=\w)")
_SIMPLE = re.compile(
    r"(?-i:(?!.*[A-Z]{4}|.*[?]{3}|.*//))(?!q\b|[ivx]+\.)[a-z][a-z ,'?/]*(?:-[a-z][a-z ,'?/]*)*[.?]?"
    r"(?: \[Why(?:/Why not)?\?\])?",
    re.IGNORECASE,
)


class Reading:
    """A text and what the rules want to know about it.

    Attributes:
        raw: as it came.
        plain: straight quotes, single spaces, no space around.
        body: `plain` without the bracketed probe at its end ("[Why/Why not?]").
        lower: `plain` in lower case.
        words: the words of `body` in lower case, hyphenated words and contractions whole.

    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        tidy = raw
        if not raw.isascii():
            tidy = unicodedata.normalize("NFC", raw).translate(_TYPOGRAPHY)
        self.plain = " ".join(tidy.replace("`", "'").split())
        self.body = (
            _PROBE.sub("", self.plain) if self.plain[-3:].rstrip(". ")[-1:] in "])" else self.plain
        )
        self.lower = self.plain.lower()
        self.words = _WORD.findall(self.body.lower())

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
        return _WORD.findall(self.body)

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of `body`, in lower case, with their end mark."""
        if not _BREAK_INSIDE.search(self.body):
            return [self.body.lower()] if self.body else []
        shielded = _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), self.body)
        return [part.strip().lower() for part in _SENTENCE_END.split(shielded) if part.strip()]

    @cached_property
    def word_starts(self) -> list[int]:
        """Where the words of `lower` begin."""
        return [match.start() for match in _WORD_START.finditer(self.lower)]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where sentences, asides and what follows "please" begin in `lower`."""
        return [match.end() for match in _SENTENCE_START.finditer(self.lower)]

    @cached_property
    def is_simple(self) -> bool:
        """Whether it is one line of letters and everyday punctuation, so without most marks."""
        return _SIMPLE.fullmatch(self.raw) is not None

    @cached_property
    def odd_pairs(self) -> int:
        """How many neighbouring words do not follow one another in English."""
        return odd_pairs(self.body.lower())
