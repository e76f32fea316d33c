"""The words and wordings of subjects, read when they are first looked for: most texts have none."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import files_of, phrases_of
from shared.ielts.rulebook.wordings import Wordings

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading


@cache
def _innocent() -> re.Pattern[str]:
    """Everyday uses of words that would otherwise name such a subject."""
    return re.compile(rf"\b(?:{'|'.join(phrases_of('innocent'))})\b")


def without_everyday_uses(lower: str) -> str:
    """A lower-case text without them."""
    return " ".join(_innocent().sub(" ", lower).split())


class Vocabulary:
    """Words, looked up, and wordings, searched; its files are read when it is first asked."""

    def __init__(self, *files: str) -> None:
        self._files = files

    @cached_property
    def _entries(self) -> list[str]:
        return [entry for file in self._files for entry in phrases_of(file)]

    @cached_property
    def _words(self) -> frozenset[str]:
        words = {entry for entry in self._entries if entry.isalpha()}
        return frozenset(words).union(f"{word}s" for word in words)

    @cached_property
    def wordings(self) -> Wordings:
        """Its entries of more than one plain word."""
        return Wordings(entry for entry in self._entries if not entry.isalpha())

    def find(self, text: Reading) -> str | None:
        """The first hit in the text, everyday uses and asides apart."""
        if not self.occurs_in(text):
            return None
        return self.find_anywhere(without_everyday_uses(text.without_asides().lower))

    def occurs_in(self, text: Reading) -> bool:
        """Whether there is a hit, be it an everyday use, asides apart."""
        text = text.without_asides()
        return not self._words.isdisjoint(text.vocabulary) or bool(self.wordings.find(text))

    def find_anywhere(self, lower: str) -> str | None:
        """The first hit in a lower-case text."""
        words = re.findall(r"[^\W\d_]+", lower)
        return next((word for word in words if word in self._words), None) or (
            self.wordings.find_anywhere(lower)
        )


_TOUCHY = Vocabulary(*files_of("avoided"), "private", "delicate")


def may_touch_a_subject(text: Reading) -> bool:
    """Whether a text may have to do with a subject that is avoided, private or delicate."""
    return _TOUCHY.occurs_in(text)
