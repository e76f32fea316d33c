"""Whether a candidate has had an item, in these words or in others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.generation.drafts import texts
from shared.ielts.likeness import near_duplicate
from shared.ielts.models import Part

if TYPE_CHECKING:
    from shared.generation.ports import Memory
    from shared.ielts.models import Question


async def had_before(item: Question | None, memory: Memory) -> bool:
    """Whether one of the item's questions asks what the candidate was asked already."""
    if item is None:
        return False
    asked = texts(item)
    had = await memory.alike(Part(item.part), asked)
    return bool(had) and any(near_duplicate(text, had) for text in asked)
