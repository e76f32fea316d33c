"""What the first question would otherwise wait for: files read, expressions compiled."""

from __future__ import annotations

from shared.ielts.bank.matching import entries, ranked
from shared.ielts.models import Part
from shared.ielts.rules import check_question

_ENTRIES = 3
"""So many of each part use nearly all that any other does."""


def warm_up() -> None:
    """Look for some topics and check what the bank has on them: takes a tenth of a second."""
    for part in Part:
        for entry in entries(part)[:_ENTRIES]:
            next(ranked(entry.topic, part), None)
            check_question(entry.item(part))
