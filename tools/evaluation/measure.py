"""The figures of a run. Pure: records in, figures out."""

from __future__ import annotations

import math
from collections import Counter
from statistics import stdev
from typing import TYPE_CHECKING

from shared.generation.drafts import texts
from shared.generation.spec import Source
from shared.ielts.likeness import content_words, near_duplicate
from shared.ielts.models import Part
from shared.ielts.rules import check_question
from tools.evaluation import published
from tools.evaluation.published import LENGTHS, PERCENTILES, SIGNS, SPREADS
from tools.evaluation.records import Aim, Figure, Twins, Unit
from tools.evaluation.signs import SHOWN_BY, long_words
from tools.evaluation.spreads import LABELLED_BY
from tools.evaluation.texts import judged, measured_texts, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shared.ielts.models import Question
    from tools.evaluation.records import Record

OUTCOME, BANK_REASON = "Outcome", "Why the bank answered"
DRAFTS, DELIVERED = "Rules that drafts broke", "Warnings on delivered items"
TWINS, EFFORT = "Near-duplicates", "Effort for an item"
WORDING = "Wording"
FIRST_TRY, AFTER_REPAIR, FROM_BANK = "first try", "after repair", "from the bank"


def measure(records: Sequence[Record], twins: Sequence[Twins]) -> tuple[Figure, ...]:
    """Every figure of every part that has items."""
    return tuple(
        figure
        for part in Part
        if (of_part := [record for record in records if record.part is part])
        for figure in _of_part(part, of_part, twins)
    )


def find_twins(records: Sequence[Record]) -> tuple[Twins, ...]:
    """Questions (or describe lines) that ask what one of an earlier item of the part asks.

    One entry of the bank, delivered twice because the topics came round again, is no finding.
    """
    return tuple(twins for part in Part for twins in _twins(part, records))


def length_label(measured: str) -> str:
    """The group of figures that a measured text's lengths stand in."""
    return f"Words: {measured}"


def percentile(values: Sequence[float], percent: float) -> float:
    """The percentile, interpolated between the two values next to it.

    Raises:
        ValueError: there are no values.

    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def error_of_percentile(values: Sequence[float], percent: float) -> float | None:
    """The standard error of the percentile: a quarter of what lies within two of its place.

    None where so few values are no guide, as for a 95th percentile of fewer than 76.
    """
    two_errors = 2 * math.sqrt(percent * (100 - percent) / len(values))
    low, high = percent - two_errors, percent + two_errors
    if low < 0 or high > 100:  # noqa: PLR2004 - per cent
        return None
    return (percentile(values, high) - percentile(values, low)) / 4


def outcome(record: Record) -> str:
    """Whether the item was accepted at first try, after repair, or came from the bank."""
    if record.source is Source.BANK:
        return FROM_BANK
    return AFTER_REPAIR if record.repairs else FIRST_TRY


def _of_part(part: Part, of_part: Sequence[Record], twins: Sequence[Twins]) -> Iterator[Figure]:
    items = judged(of_part, part)
    yield from _outcomes(part, of_part)
    yield from _rules(part, DRAFTS, [record.broken_rules for record in of_part])
    yield from _rules(part, DELIVERED, [_warnings(record) for record in items])
    yield from _lengths(part, items)
    yield from _spreads(part, items)
    yield from _signs(part, items)
    asked = sum(len(texts(record.item)) for record in of_part)
    twice = sum(pair.part is part for pair in twins)
    yield _share(part, TWINS, "close to an earlier one", count=twice, sample=asked, aim=Aim.LESS)
    yield from _effort(part, [record for record in of_part if record.asked_a_model])


def _share(  # noqa: PLR0913 - the parts of a figure
    part: Part, group: str, label: str, *, count: int, sample: int, aim: Aim
) -> Figure:
    value = count / sample if sample else 0.0
    return Figure(
        part=part, group=group, label=label, value=value, unit=Unit.SHARE, sample=sample, aim=aim
    )


def _outcomes(part: Part, records: Sequence[Record]) -> Iterator[Figure]:
    outcomes = Counter(outcome(record) for record in records)
    for label, aim in ((FIRST_TRY, Aim.MORE), (AFTER_REPAIR, Aim.LESS), (FROM_BANK, Aim.LESS)):
        yield _share(part, OUTCOME, label, count=outcomes[label], sample=len(records), aim=aim)
    reasons = Counter(record.reason for record in records if record.reason)
    for reason, count in reasons.most_common():
        yield _share(part, BANK_REASON, reason, count=count, sample=len(records), aim=Aim.LESS)


def _rules(part: Part, group: str, broken: Sequence[Sequence[str]]) -> Iterator[Figure]:
    """The share of items that broke each rule, however often."""
    items = Counter(rule for rules in broken for rule in set(rules))
    for rule, count in sorted(items.items(), key=lambda found: (-found[1], found[0])):
        yield _share(part, group, rule, count=count, sample=len(broken), aim=Aim.LESS)


def _warnings(record: Record) -> list[str]:
    return [finding.rule for finding in check_question(record.item)]


def _lengths(part: Part, records: Sequence[Record]) -> Iterator[Figure]:
    found = measured_texts(record.item for record in records)
    for measured, usual in LENGTHS[part].items():
        counts = [len(words(text)) for text in found[measured]]
        for label, percent in PERCENTILES.items():
            yield Figure(
                part=part,
                group=length_label(measured),
                label=label,
                value=percentile(counts, percent),
                unit=Unit.WORDS,
                sample=len(counts),
                aim=Aim.PUBLISHED,
                published=usual[label],
                published_sample=usual.sample,
            )


def _spreads(part: Part, records: Sequence[Record]) -> Iterator[Figure]:
    found = measured_texts(record.item for record in records)
    for group, spread in SPREADS[part].items():
        measured, labels_of = LABELLED_BY[part, group]
        labels = [
            {label if label in spread.labels else published.OTHER for label in labels_of(text)}
            for text in found[measured]
        ]
        for label, usual in spread.labels.items():
            yield Figure(
                part=part,
                group=group,
                label=label,
                value=sum(label in several for several in labels) / len(labels),
                unit=Unit.SHARE,
                sample=len(labels),
                aim=Aim.PUBLISHED,
                published=usual,
                published_sample=spread.sample,
            )


def _signs(part: Part, records: Sequence[Record]) -> Iterator[Figure]:
    questions = [text for record in records for text in texts(record.item)]
    for label, sign in SIGNS[part].items():
        counted = label == published.LONG_WORDS
        shown = [long_words(text) if counted else SHOWN_BY[label](text) for text in questions]
        yield Figure(
            part=part,
            group=WORDING,
            label=label,
            value=sum(shown) / len(shown),
            unit=Unit.PER_QUESTION if counted else Unit.SHARE,
            sample=len(shown),
            error=_error_of_mean(shown) if counted else None,
            aim=Aim.LESS if sign.machine else Aim.PUBLISHED,
            published=sign.value,
            published_sample=sign.sample,
        )


def _error_of_mean(values: Sequence[float]) -> float | None:
    return stdev(values) / math.sqrt(len(values)) if len(values) > 1 else None


def _effort(part: Part, records: Sequence[Record]) -> Iterator[Figure]:
    if not records:
        return
    spent: Mapping[str, tuple[Unit, list[float]]] = {
        "latency": (Unit.MILLISECONDS, [record.latency_ms for record in records]),
        "prompt tokens": (Unit.TOKENS, [record.prompt_tokens for record in records]),
        "completion tokens": (Unit.TOKENS, [record.completion_tokens for record in records]),
        "requests": (Unit.REQUESTS, [record.requests for record in records]),
    }
    for label, (unit, values) in spent.items():
        for percent in (50, 95):
            yield Figure(
                part=part,
                group=EFFORT,
                label=f"{label}, p{percent}",
                value=percentile(values, percent),
                unit=unit,
                sample=len(values),
                error=error_of_percentile(values, percent),
                aim=Aim.LESS,
            )


def _twins(part: Part, records: Sequence[Record]) -> Iterator[Twins]:
    earlier: list[str] = []
    from_bank: list[Question] = []
    for record in records:
        if record.part is not part:
            continue
        if record.source is Source.BANK:
            if record.item in from_bank:
                continue
            from_bank.append(record.item)
        for text in texts(record.item):
            subject = content_words(text)
            # what shares no word is not compared: in a large run, most questions
            others = [other for other in earlier if not subject.isdisjoint(content_words(other))]
            if near_duplicate(text, others):
                first = next(other for other in others if near_duplicate(text, [other]))
                yield Twins(part=part, first=first, second=text)
        earlier += texts(record.item)
