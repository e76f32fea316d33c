"""One text as the rules read it: tidied, in lower case, cut into words and sentences, once."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

_TYPOGRAPHY = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'", "`": "'",
        "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2010": "-", "\u2011": "-",
        "\uff1f": "?", "\uff0c": ",", "\u200b": None, "\ufeff": None, "\u00ad": None,
    }
)  # fmt: skip
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[?!])[\"')\]]*\s*(?=\S)|(?<=[^.\W][.])[\"')\]]*\s+(?=[A-Z\"'a-z])")
_PROBE = re.compile(
    r"\s*[\[(]\s*(?:and\s+)?(?:why|how|what|when|where|who|which)\b[^\])]*[\])]\s*\.?\s*$", re.I
)
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|mr|mrs|dr|st)\.", re.I)


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
        tidy = unicodedata.normalize("NFC", raw) if not raw.isascii() else raw
        self.plain = _SPACES.sub(" ", tidy.translate(_TYPOGRAPHY)).strip()
        self.body = (
            _PROBE.sub("", self.plain) if self.plain[-3:].rstrip(". ")[-1:] in "])" else self.plain
        )
        self.lower = self.plain.lower()
        self.words = _WORD.findall(self.body.lower())

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the text, hyphenated ones also by their parts."""
        parts = [part for word in self.words if "-" in word for part in word.split("-")]
        return frozenset(self.words).union(parts)

    @cached_property
    def cased_words(self) -> list[str]:
        """The words of `body` as they are written."""
        return _WORD.findall(self.body)

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of `body`, in lower case, with their end mark."""
        shielded = _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), self.body)
        return [part.strip().lower() for part in _SENTENCE_END.split(shielded) if part.strip()]
