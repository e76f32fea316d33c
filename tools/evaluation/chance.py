"""Whether two figures differ by more than chance explains."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tools.evaluation.records import Aim, Unit

if TYPE_CHECKING:
    from tools.evaluation.records import Figure

_STANDARD_ERRORS = 3.0
"""Some seventy shares are looked at in a run: at two, three of them would differ by chance."""
_LEAST_TEXTS = 2
"""One text more or less is always chance."""
_RELATIVE = 0.1
"""Time, tokens, requests and long words differ when they do so by a tenth, chance aside."""
_LEAST_WORDS, _WORDS_RELATIVE = 1.0, 0.2
"""Median lengths differ when they do so by more than a word and by more than a fifth."""


def shares_differ(first: float, first_sample: int, second: float, second_sample: int) -> bool:
    """Whether two shares of samples differ by three standard errors or more."""
    if not first_sample or not second_sample:
        return False
    pooled = (first * first_sample + second * second_sample) / (first_sample + second_sample)
    variance = pooled * (1 - pooled) * (1 / first_sample + 1 / second_sample)
    if abs(first - second) * min(first_sample, second_sample) < _LEAST_TEXTS:
        return False
    return variance > 0 and abs(first - second) > _STANDARD_ERRORS * math.sqrt(variance)


def far_from_published(figure: Figure) -> bool:
    """Whether the figure is not what published tests would give, chance aside."""
    if figure.published is None or figure.published_sample is None:
        return False
    if figure.aim is Aim.LESS and figure.value <= figure.published:
        return False
    if figure.unit is Unit.SHARE:
        return shares_differ(figure.value, figure.sample, figure.published, figure.published_sample)
    if figure.unit is Unit.WORDS:
        return _medians_differ(figure, figure.value, figure.published)
    return figure.value > 2 * figure.published


def differ(first: Figure, second: Figure) -> bool:
    """Whether the same figure of two runs differs enough to count."""
    if first.unit is Unit.SHARE:
        return shares_differ(first.value, first.sample, second.value, second.sample)
    if first.unit is Unit.WORDS:
        return _medians_differ(first, first.value, second.value)
    if first.error is None or second.error is None:
        return False
    by_chance = _STANDARD_ERRORS * math.hypot(first.error, second.error)
    too_little = _RELATIVE * max(abs(first.value), abs(second.value))
    return abs(first.value - second.value) > max(by_chance, too_little)


def better(figure: Figure, than: Figure) -> bool:
    """Whether the figure is nearer to what it should be."""
    if figure.aim is Aim.PUBLISHED and figure.published is not None:
        return abs(figure.value - figure.published) < abs(than.value - figure.published)
    return (figure.value > than.value) is (figure.aim is Aim.MORE)


def _medians_differ(figure: Figure, first: float, second: float) -> bool:
    """Of lengths only the median counts: the ends of a small sample say little."""
    return figure.label == "p50" and abs(first - second) > max(
        _LEAST_WORDS, _WORDS_RELATIVE * min(first, second)
    )
