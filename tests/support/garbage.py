"""Counts what an action leaves behind that only a search for garbage finds."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 100
"""So many that the few objects which something else leaves meanwhile do not count."""


def garbage_of(action: Callable[[], object]) -> int:
    """How many objects the action leaves each time, after a first time that fills its caches."""
    action()
    gc.collect()
    gc.disable()
    try:
        for _ in range(TIMES):
            action()
        return gc.collect() // TIMES
    finally:
        gc.enable()
