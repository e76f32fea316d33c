"""Write the index of the rules' wordings, from the lexicon.

python -m tools.write_index
"""

from __future__ import annotations

import json
from types import ModuleType
from typing import TYPE_CHECKING

from shared.ielts import rulebook
from shared.ielts.rulebook.sure_words import Choices, alternatives
from shared.ielts.rulebook.vocabulary import Vocabulary
from shared.ielts.rulebook.wordings import INDEX, NumberedWordings, Wordings
from shared.ielts.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator


def index() -> str:
    """The index as it is kept: a wording a line."""
    entries = (f"{_json(wording)}: {_json(_alternatives(wording))}" for wording in _wordings())
    return "{\n" + ",\n".join(sorted(set(entries))) + "\n}\n"


def _alternatives(wording: str) -> list[tuple[int, Choices]]:
    return [(len(source), needed) for source, needed in alternatives(wording)]


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _wordings() -> Iterator[str]:
    """Those of rules, and whatever else a module of the rulebook looks for."""
    for rule in RULES:
        yield from rule.patterns
    for module in vars(rulebook).values():
        for value in vars(module).values() if isinstance(module, ModuleType) else ():
            if isinstance(value, Wordings | NumberedWordings):
                yield from value.wordings
            elif isinstance(value, Vocabulary):
                yield from value.wordings.wordings


if __name__ == "__main__":
    INDEX.write_text(index(), "utf-8")
