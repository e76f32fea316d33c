"""An item of the library instead of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.generation.drafts import read_kept
from shared.generation.had_before import had_before
from shared.generation.spec import Generated, Source
from shared.ielts.models import PracticeDifficulty

if TYPE_CHECKING:
    from shared.generation.choosing import Choice
    from shared.generation.ports import Memory
    from shared.generation.spec import Spec
    from shared.generation.writing import Writing


async def from_library(
    choice: Choice, spec: Spec, memory: Memory, writing: Writing | None = None
) -> Generated | None:
    """An accepted item on the choice's topic, new to the candidate; None where there is none.

    The rules look at it again: they may have become stricter since it was accepted.

    Args:
        choice: the topic; its variation says which of several items to take.
        spec: what was asked for.
        memory: of the candidate.
        writing: what the model was asked before.

    """
    difficulty = spec.difficulty or PracticeDifficulty.STANDARD
    others_before = choice.variation or 0
    for text in await memory.library(spec.part, choice.topic, difficulty):
        item = read_kept(text, spec)
        if item is None or await had_before(item, memory):
            continue
        if not others_before:
            return Generated.of(item, Source.LIBRARY, writing)
        others_before -= 1
    return None
