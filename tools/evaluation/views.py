"""What the report's page shows, in its order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.generation.spec import Source
from shared.ielts.models import Part
from shared.ielts.rules import RULES, Severity, check_question
from tools.evaluation import plots
from tools.evaluation.chance import far_from_published
from tools.evaluation.measure import (
    BANK_REASON,
    EFFORT,
    FIRST_TRY,
    OUTCOME,
    TWINS,
    WORDING,
    length_label,
    outcome,
)
from tools.evaluation.published import KINDS, LENGTHS, SIGNS, SPREADS
from tools.evaluation.texts import judged, measured_texts, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.ielts.rules import Finding
    from tools.evaluation.records import Figure, Record, Report

SAMPLES = 10
NAMES = {
    Part.INTERVIEW: "Part 1, the interview",
    Part.LONG_TURN: "Part 2, the long turn",
    Part.DISCUSSION: "Part 3, the discussion",
}
_RULES = {rule.name: rule for rule in RULES}
_UNUSABLE = "An answer that could not be used as it came."


@dataclass(frozen=True, slots=True)
class Sample:
    """An item to read, and what the rules remark on it."""

    record: Record
    outcome: str
    remarks: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SpreadView:
    """One spread to plot; `approximate` where labels are told by wording alone."""

    name: str
    sample: int
    rows: tuple[plots.Row, ...]
    approximate: bool


@dataclass(frozen=True, slots=True)
class SignView:
    """One sign, with what machine-written sets were found to have."""

    figure: Figure
    machine: str
    marked: bool


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule that was broken: what it is against, and how many items of each part broke it."""

    name: str
    description: str
    rejects: bool
    items: dict[Part, int]


@dataclass(frozen=True, slots=True)
class PartView:
    """Everything on one part."""

    part: Part
    name: str
    records: tuple[Record, ...]
    judged: int
    by_the_model: bool
    outcomes: tuple[Figure, ...]
    reasons: tuple[Figure, ...]
    histograms: tuple[plots.Histogram, ...]
    spreads: tuple[SpreadView, ...]
    signs: tuple[SignView, ...]
    effort: tuple[Figure, ...]
    twins: Figure
    samples: tuple[Sample, ...]


def remarkable(report: Report) -> list[Figure]:
    """The figures that are not what published tests would give, chance aside."""
    return [figure for figure in report.figures if far_from_published(figure)]


def delivered_by_the_model(report: Report) -> int:
    """How many items the model wrote."""
    return sum(record.source is Source.MODEL for record in report.records)


def first_try_share(report: Report) -> float:
    """The share of all items that were accepted at first try."""
    first = sum(outcome(record) == FIRST_TRY for record in report.records)
    return first / len(report.records)


def part_views(report: Report) -> list[PartView]:
    """A view of every part that has items."""
    return [
        _view(part, report, records)
        for part in Part
        if (records := [record for record in report.records if record.part is part])
    ]


def rules_broken(report: Report, group: str) -> list[RuleView]:
    """The rules of a group of figures, the most broken first.

    A finding that is of no rule, such as an answer of the wrong shape, rejects.
    """
    items: dict[str, dict[Part, int]] = {}
    for figure in report.figures:
        if figure.group == group:
            items.setdefault(figure.label, {})[figure.part] = round(figure.value * figure.sample)
    return [
        RuleView(
            name=name,
            description=_RULES[name].description if name in _RULES else _UNUSABLE,
            rejects=name not in _RULES or _RULES[name].severity is Severity.REJECT,
            items=by_part,
        )
        for name, by_part in sorted(items.items(), key=lambda found: -sum(found[1].values()))
    ]


def _view(part: Part, report: Report, records: Sequence[Record]) -> PartView:
    figures: dict[str, list[Figure]] = {}
    for figure in report.figures:
        if figure.part is part:
            figures.setdefault(figure.group, []).append(figure)
    items = judged(records, part)
    return PartView(
        part=part,
        name=NAMES[part],
        records=tuple(records),
        judged=len(items),
        by_the_model=items[0].source is Source.MODEL,
        outcomes=tuple(figures[OUTCOME]),
        reasons=tuple(figures.get(BANK_REASON, ())),
        histograms=_histograms(part, items, figures),
        spreads=tuple(
            SpreadView(
                name=name,
                sample=figures[name][0].sample,
                rows=plots.rows([(f, far_from_published(f)) for f in figures[name]]),
                approximate=name == KINDS,
            )
            for name in SPREADS[part]
        ),
        signs=tuple(
            SignView(figure, SIGNS[part][figure.label].machine, far_from_published(figure))
            for figure in figures.get(WORDING, ())
        ),
        effort=tuple(figures.get(EFFORT, ())),
        twins=figures[TWINS][0],
        samples=tuple(_sample(record) for record in records[:SAMPLES]),
    )


def _histograms(
    part: Part, items: Sequence[Record], figures: dict[str, list[Figure]]
) -> tuple[plots.Histogram, ...]:
    found = measured_texts(record.item for record in items)
    return tuple(
        plots.histogram(
            measured,
            [len(words(text)) for text in found[measured]],
            usual,
            next(f.value for f in figures[length_label(measured)] if f.label == "p50"),
        )
        for measured, usual in LENGTHS[part].items()
    )


def _sample(record: Record) -> Sample:
    return Sample(record, outcome(record), tuple(check_question(record.item)))
