"""Write the indexes of wordings and names, from the lexicon.

python -m tools.write_index
"""

from __future__ import annotations

import json
from types import ModuleType
from typing import TYPE_CHECKING

from shared.ielts import rulebook
from shared.ielts.rulebook.listed_names import LISTS, NAMES_INDEX
from shared.ielts.rulebook.vocabulary import Vocabulary
from shared.ielts.rulebook.wordings import NumberedWordings, Wordings
from shared.ielts.rulebook.wordings_index import INDEX, IndexParts
from shared.ielts.rules import RULES
from tools.names_index import names_index_of
from tools.sure_words import alternatives_of, sure_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def wordings_index() -> str:
    """The index of wordings as it is kept."""
    return _text_of(_index_of(_all_wordings()))


def names_index() -> str:
    """The index of names as it is kept."""
    return _text_of({names.name: names_index_of(names.files) for names in LISTS})


def _index_of(wordings: Iterable[str]) -> IndexParts:
    """The index of these wordings.

    Raises:
        ValueError: no word is sure to be in a match of one, or one is no expression.

    """
    numbers: dict[str, int] = {}
    looked_up_by: list[list[str]] = []
    needed: list[str] = []
    several: dict[str, list[int]] = {}
    for wording in sorted(set(wordings)):
        alternatives = alternatives_of(wording)
        for alternative in alternatives:
            if alternative not in numbers:
                numbers[alternative] = len(numbers)
                looked_up, *others = map(sorted, sure_words(alternative))
                looked_up_by.append(looked_up)
                needed.append(" ".join(map(",".join, others)))
        if len(alternatives) > 1:
            several[wording] = [numbers[alternative] for alternative in alternatives]
    return {
        "alternatives": list(numbers),
        "looked_up_by": looked_up_by,
        "needed": needed,
        "several": several,
    }


def _text_of(index: Mapping[str, object]) -> str:
    parts = (f"{_json(name)}:{_json(part)}" for name, part in index.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def _all_wordings() -> Iterator[str]:
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
    INDEX.write_text(wordings_index(), "utf-8")
    NAMES_INDEX.write_text(names_index(), "utf-8")
