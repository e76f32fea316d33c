"""Rules on length in words, probes aside, from the lengths of published and recalled questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.ielts.rulebook.registry import Severity, Slot, declare

if TYPE_CHECKING:
    from shared.ielts.rulebook.reading import Reading

# 1st and 99th percentile of published texts; the extremes where the sample is small
_USUAL = {
    Slot.INTERVIEW: (4, 18),
    Slot.DESCRIBE: (5, 19),
    Slot.BULLET: (3, 13),
    Slot.CLOSING: (6, 17),
    Slot.ROUNDING_OFF: (3, 18),
    Slot.DISCUSSION: (6, 26),
}
# below the shortest recalled texts, well above the longest published ones (20, 19, 13, 17, 35)
_POSSIBLE = {
    Slot.INTERVIEW: (3, 26),
    Slot.DESCRIBE: (3, 32),
    Slot.BULLET: (2, 20),
    Slot.CLOSING: (3, 28),
    Slot.ROUNDING_OFF: (3, 24),
    Slot.DISCUSSION: (3, 42),
}


def _complaint(text: Reading, slot: Slot, limits: tuple[int, int]) -> str | None:
    count = len(text.words)
    if limits[0] <= count <= limits[1]:
        return None
    low, high = _USUAL[slot]
    return f"{count} words: write between {low} and {high} for a {slot.value}."


def _declare_lengths(slot: Slot) -> None:
    usual, possible = _USUAL[slot], _POSSIBLE[slot]
    name = slot.name.lower().replace("_", "-")

    def impossible(text: Reading) -> str | None:
        return _complaint(text, slot, possible)

    def unusual(text: Reading) -> str | None:
        return None if impossible(text) else _complaint(text, slot, usual)

    declare(
        f"{name}-length",
        Severity.REJECT,
        f"A {slot.value} of fewer than {possible[0]} or more than {possible[1]} words.",
        slots={slot},
        find=impossible,
    )
    declare(
        f"unusual-{name}-length",
        Severity.WARN,
        f"A {slot.value} of fewer than {usual[0]} or more than {usual[1]} words.",
        slots={slot},
        find=unusual,
    )


LONGEST = 1000
"""Characters beyond which a text is not read any further; published ones stay under 250."""
TOO_LONG = declare("too-long", Severity.REJECT, f"A text of more than {LONGEST:,} characters.")

for _slot in _USUAL:
    _declare_lengths(_slot)
