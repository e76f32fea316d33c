"""What wordings need is read from the lexicon once, not in every worker."""

from __future__ import annotations

import pytest

from shared.ielts.rulebook.reading import Reading
from shared.ielts.rulebook.wordings import Wordings
from shared.ielts.rulebook.wordings_index import INDEX
from tools.write_index import all_wordings, index_of, text_of


def test_the_index_says_what_the_lexicon_says() -> None:
    assert INDEX.read_text("utf-8") == text_of(index_of(all_wordings())), "run `make index`"


def test_of_a_wording_that_is_not_in_it_yet_it_says_what_to_do() -> None:
    with pytest.raises(LookupError, match="run `make index`"):
        Wordings(["an unheard-of wording"]).find(Reading("an unheard-of wording"))
