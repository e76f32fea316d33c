"""How wordings and names are looked up is read from the lexicon once, not in every worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shared.ielts.rulebook.listed_names import NAMES_INDEX
from shared.ielts.rulebook.reading import Reading
from shared.ielts.rulebook.wordings import Wordings
from shared.ielts.rulebook.wordings_index import INDEX
from tools.write_index import names_index, wordings_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("index", "lexicon"), [(INDEX, wordings_index), (NAMES_INDEX, names_index)]
)
def test_an_index_says_what_the_lexicon_says(index: Path, lexicon: Callable[[], str]) -> None:
    assert index.read_text("utf-8") == lexicon(), "run `make index`"


def test_of_a_wording_that_is_not_in_it_yet_it_says_what_to_do() -> None:
    with pytest.raises(LookupError, match="run `make index`"):
        Wordings(["an unheard-of wording"]).find(Reading("an unheard-of wording"))
