"""Text on a terminal: wrapped, numbered, a card with a border; in colour where that is wanted."""

from __future__ import annotations

import os
import shutil
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WIDEST = 78
_NARROWEST = 40


@dataclass(frozen=True, slots=True)
class Paper:
    """What is written on: its width in characters, and whether it takes colour."""

    width: int = _WIDEST
    colour: bool = False

    @classmethod
    def for_stream(cls, stream: TextIO) -> Paper:
        """Paper as wide as the terminal; in colour on a terminal, unless NO_COLOR is set."""
        width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))
        return cls(width, stream.isatty() and "NO_COLOR" not in os.environ)

    def title(self, name: str, about: str) -> Iterator[str]:
        """What this is: on one line, or with what it is about below it."""
        if len(name) + 2 + len(about) <= self.width:
            yield f"{self.bold(name)}  {self.faint(about)}"
        else:
            yield self.bold(name)
            yield from map(self.faint, textwrap.wrap(about, self.width))

    def heading(self, text: str) -> str:
        """A heading with a line to the right edge."""
        return f"{self.bold(text)} {self.faint('─' * (self.width - len(text) - 1))}"

    def bold(self, text: str) -> str:
        """Weighty text."""
        return self._styled("1", text)

    def faint(self, text: str) -> str:
        """Text in the background."""
        return self._styled("2", text)

    def said(self, text: str, after: str) -> Iterator[str]:
        """What the examiner says, with something after it."""
        lines = textwrap.wrap(f"“{text}”", self.width)
        yield from (self._styled("3", line) for line in lines)
        yield after

    def numbered(self, texts: Iterable[str]) -> Iterator[str]:
        """A list with numbers."""
        for number, text in enumerate(texts, start=1):
            yield from textwrap.wrap(
                text, self.width, initial_indent=f"  {number}. ", subsequent_indent="     "
            )

    def card(self, describe: str, bullets: Sequence[str], closing: str) -> Iterator[str]:
        """A cue card with a border."""
        inner = self.width - 6
        lines = [
            *textwrap.wrap(describe, inner),
            "",
            "You should say:",
            *(line for bullet in bullets for line in self._bullet(bullet, inner)),
            *textwrap.wrap(closing, inner),
        ]
        yield f"╭{'─' * (self.width - 2)}╮"
        yield from (f"│  {line:<{inner}}  │" for line in lines)
        yield f"╰{'─' * (self.width - 2)}╯"

    def _bullet(self, text: str, width: int) -> list[str]:
        return textwrap.wrap(text, width, initial_indent="  • ", subsequent_indent="    ")

    def _styled(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text
