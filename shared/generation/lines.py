"""The texts of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.ielts.models import Question


def lines_of(item: Question) -> list[str]:
    """All that is asked, read or named in an item, in the order of the exam."""
    if item.part == 1:
        return list(item.questions)
    if item.part == 2:  # noqa: PLR2004 - the part's own number
        card = item.cue_card
        return [card.describe, *card.bullets, card.closing, *item.rounding_off]
    return [text for theme in item.themes for text in (theme.theme, *theme.questions)]
