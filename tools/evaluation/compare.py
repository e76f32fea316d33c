"""Two reports side by side, with the differences marked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tools.evaluation.chance import better, differ
from tools.evaluation.records import Aim, Figure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.ielts.models import Part
    from tools.evaluation.records import Report

_Key = tuple["Part", str, str]


class Mark(StrEnum):
    """What became of a figure from the first report to the second."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    """The difference is too small to count."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """One figure in both reports."""

    first: Figure
    second: Figure

    @property
    def mark(self) -> Mark:
        """Judged by the figure's aim."""
        if not differ(self.first, self.second):
            return Mark.SAME
        return Mark.BETTER if better(self.second, self.first) else Mark.WORSE


def compare(first: Report, second: Report) -> list[Pairing]:
    """The figures of both reports, in the order of the first, then what only the second has.

    A share that one report lacks is nought there, such as a rule that nothing broke. Any other
    figure is left out where one report lacks it.
    """
    firsts, seconds = _by_key(first), _by_key(second)
    return list(_pairings(firsts, seconds))


def _by_key(report: Report) -> dict[_Key, Figure]:
    return {(figure.part, figure.group, figure.label): figure for figure in report.figures}


def _pairings(firsts: dict[_Key, Figure], seconds: dict[_Key, Figure]) -> Iterator[Pairing]:
    for key in {**firsts, **seconds}:
        first, second = firsts.get(key), seconds.get(key)
        if first is None and second is not None:
            first = _absent(second, firsts)
        if second is None and first is not None:
            second = _absent(first, seconds)
        if first is not None and second is not None:
            yield Pairing(first, second)


def _absent(figure: Figure, among: dict[_Key, Figure]) -> Figure | None:
    """The figure as nought, where the part was looked at."""
    items = [other for other in among.values() if other.part is figure.part]
    if not items or figure.unit is not Unit.SHARE or figure.aim is Aim.PUBLISHED:
        return None
    return figure.model_copy(update={"value": 0.0, "sample": items[0].sample})
