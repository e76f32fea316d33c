"""What wordings need is read from the lexicon once, not in every worker."""

from __future__ import annotations

import subprocess
import sys

from shared.ielts.rulebook.wordings import INDEX
from tools.write_index import index

CHECK_EVERYTHING = """
import sys
from shared.ielts.bank.matching import entries
from shared.ielts.models import Part
from shared.ielts.rules import check_question
for part in Part:
    check_question(entries(part)[0].item(part))
print("shared.ielts.rulebook.sure_words" in sys.modules)
"""


def test_the_index_says_what_the_lexicon_says() -> None:
    assert INDEX.read_text("utf-8") == index(), "run `make index`"


def test_every_wording_of_the_rules_is_in_it() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CHECK_EVERYTHING], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "False\n"
