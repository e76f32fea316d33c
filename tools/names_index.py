"""How listed names are looked up: by themselves, or by their most telling word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.ielts.rulebook.lexicon import phrases_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shared.ielts.rulebook.listed_names import NamesParts

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def names_index_of(files: Iterable[str]) -> NamesParts:
    """The index of the names in these files of the lexicon."""
    words: set[str] = set()
    phrases: dict[str, list[str]] = {}
    for file in files:
        for name in phrases_of(file):
            if name.replace("-", "").replace("'", "").isalpha():
                words.update((name, *({f"{name}s"} - words_of("everyday"))))
            else:
                for word in _looked_up_by(name):
                    phrases.setdefault(word, []).append(name)
    return {"words": sorted(words), "phrases": phrases}


def _looked_up_by(name: str) -> list[str]:
    """A word that is not among the everyday ones, if any is; at the end, also its plural."""
    words = _WORD.findall(name)
    telling = next((word for word in words if word not in words_of("everyday")), None)
    word = telling or max(words, key=_tells)
    return [word, f"{word}s"] if word == words[-1] else [word]


def _tells(word: str) -> tuple[bool, int]:
    return word not in words_of("function_words"), len(word)
