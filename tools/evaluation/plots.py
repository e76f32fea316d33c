"""The geometry of the plots; the templates draw them as inline SVG, in these units."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.evaluation.published import Lengths
    from tools.evaluation.records import Figure

WIDTH = 440.0
HISTOGRAM_HEIGHT = 84.0
LABEL_WIDTH = 160.0
VALUES_WIDTH = 128.0
ROW_HEIGHT = 24.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle; `title` is what a pointer over it reads."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Lengths of a run as bars, over the published percentiles as bands.

    Attributes:
        outer: p5 to p95 of published texts, as left edge and width.
        inner: p25 to p75.
        median: where the published median is.
        ticks: places on the axis and their numbers of words.

    """

    name: str
    sample: int
    bars: tuple[Bar, ...]
    outer: tuple[float, float]
    inner: tuple[float, float]
    median: float
    ticks: tuple[tuple[float, int], ...]
    description: str


@dataclass(frozen=True, slots=True)
class Row:
    """One label of a spread: the run's share as a bar, the published one as a mark."""

    label: str
    y: float
    width: float
    mark: float
    share: float
    published: float
    marked: bool


def histogram(name: str, counts: Sequence[int], usual: Lengths, own_median: float) -> Histogram:
    """The plot of these lengths in words."""
    most = max(*counts, usual["max"])
    step = WIDTH / (most + 1)
    tally = Counter(counts)
    highest = max(tally.values())

    def band(low: str, high: str) -> tuple[float, float]:
        return usual[low] * step, (usual[high] - usual[low] + 1) * step

    def centre(words: float) -> float:
        return (words + 0.5) * step

    bars = tuple(
        Bar(
            x=words * step + 0.1 * step,
            y=HISTOGRAM_HEIGHT * (1 - count / highest),
            width=0.8 * step,
            height=HISTOGRAM_HEIGHT * count / highest,
            title=f"{words} words: {count}",
        )
        for words, count in sorted(tally.items())
    )
    every = 10 if most > 30 else 5  # noqa: PLR2004 - so that the numbers keep apart
    return Histogram(
        name=name,
        sample=len(counts),
        bars=bars,
        outer=band("p5", "p95"),
        inner=band("p25", "p75"),
        median=centre(usual["p50"]),
        ticks=tuple((centre(words), words) for words in range(0, most + 1, every)),
        description=(
            f"{name}: median {own_median:g} words; published {usual['p50']}, "
            f"nine in ten between {usual['p5']} and {usual['p95']}"
        ),
    )


def rows(figures: Sequence[tuple[Figure, bool]]) -> tuple[Row, ...]:
    """The rows of a spread, from its figures and whether each is to be marked."""
    room = WIDTH - LABEL_WIDTH - VALUES_WIDTH
    longest = max(max(figure.value, figure.published or 0.0) for figure, _ in figures) or 1.0
    return tuple(
        Row(
            label=figure.label,
            y=position * ROW_HEIGHT,
            width=figure.value / longest * room,
            mark=LABEL_WIDTH + (figure.published or 0.0) / longest * room,
            share=figure.value,
            published=figure.published or 0.0,
            marked=marked,
        )
        for position, (figure, marked) in enumerate(figures)
    )
