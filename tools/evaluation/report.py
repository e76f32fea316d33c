"""The pages and the JSON file of a run, and the page and the lines of a comparison."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from shared.ielts.models import Part
from tools.evaluation import plots, views
from tools.evaluation.compare import Mark, compare
from tools.evaluation.measure import DELIVERED, DRAFTS
from tools.evaluation.published import SOURCE
from tools.evaluation.records import Report, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.evaluation.compare import Pairing
    from tools.evaluation.records import Figure

JSON_NAME, HTML_NAME, COMPARISON_NAME = "report.json", "report.html", "compare.html"
_PERCENTILES = (
    {"p50": "median"}
    | {f"p{n}": f"{n}th percentile" for n in (5, 25, 75, 95)}
    | {"p99": "99th percentile", "min": "shortest", "max": "longest"}
)
_SIGNS = {Mark.BETTER: "▲", Mark.WORSE: "▼", Mark.SAME: " "}


def write_report(report: Report, folder: Path) -> Path:
    """Write `report.json` and `report.html` into the folder; returns the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / JSON_NAME).write_text(report.model_dump_json(indent=1) + "\n", encoding="utf-8")
    page = folder / HTML_NAME
    page.write_text(report_page(report), encoding="utf-8")
    return page


def read_report(path: Path) -> Report:
    """Read a `report.json`.

    Raises:
        OSError: it cannot be read.
        pydantic.ValidationError: it is none.

    """
    return Report.model_validate_json(path.read_bytes())


def report_page(report: Report) -> str:
    """The report as one self-contained HTML page."""
    return _render(
        "report.html.jinja",
        report=report,
        run=report.run,
        parts=views.part_views(report),
        remarkable=views.remarkable(report),
        by_the_model=views.delivered_by_the_model(report),
        in_drafts=views.rules_broken(report, DRAFTS),
        in_delivered=views.rules_broken(report, DELIVERED),
        first_try=views.first_try_share(report),
        source=SOURCE,
        plots=plots,
    )


def comparison_page(first: Report, second: Report) -> str:
    """Two reports side by side as one self-contained HTML page."""
    pairings = compare(first, second)
    return _render(
        "compare.html.jinja",
        first=first.run,
        second=second.run,
        parts={views.NAMES[part]: _groups(pairings, part) for part in Part},
        changed=[pairing for pairing in pairings if pairing.mark is not Mark.SAME],
        source=SOURCE,
    )


def comparison_lines(first: Report, second: Report) -> Iterator[str]:
    """The same for a terminal: every group that has a difference, its differences marked."""
    pairings = compare(first, second)
    yield f"A  {described(first)}"
    yield f"B  {described(second)}"
    for part in Part:
        for group, members in _groups(pairings, part).items():
            if any(pairing.mark is not Mark.SAME for pairing in members):
                yield f"\nPart {part}: {group}{'':<{max(0, 40 - len(group))}}A        B  published"
                yield from (_line(pairing) for pairing in members)
    changed = sum(pairing.mark is not Mark.SAME for pairing in pairings)
    yield f"\n{changed} of {len(pairings)} figures differ enough to count (▲ better, ▼ worse)"


def described(report: Report) -> str:
    """One line that tells a run from others."""
    run = report.run
    return f"{run.made_at}, {run.model or 'question bank'}, {len(report.records)} items"


def shown(value: float, unit: Unit) -> str:
    """A figure's value for people."""
    if unit is Unit.SHARE:
        return f"{100 * value:.1f} %" if 0 < value < 0.0995 else f"{100 * value:.0f} %"  # noqa: PLR2004 - two digits
    if unit is Unit.PER_QUESTION:
        return f"{value:.2f}"
    if unit is Unit.MILLISECONDS:
        return f"{value / 1000:.2f} s"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def named(label: str) -> str:
    """A figure's label for people, who may not know what "p50" is."""
    for short, long in _PERCENTILES.items():
        label = re.sub(rf"\b{short}$", long, label)
    return label


def _groups(pairings: list[Pairing], part: Part) -> dict[str, list[Pairing]]:
    groups: dict[str, list[Pairing]] = {}
    for pairing in pairings:
        if pairing.first.part is part:
            groups.setdefault(pairing.first.group, []).append(pairing)
    return groups


def _line(pairing: Pairing) -> str:
    first, second = pairing.first, pairing.second
    usual = "" if first.published is None else shown(first.published, first.unit)
    label = f"{_SIGNS[pairing.mark]} {named(first.label)}"
    return f"  {label:<36}{_value(first):>10}{_value(second):>9}{usual:>11}"


def _value(figure: Figure) -> str:
    return shown(figure.value, figure.unit)


@cache
def _templates() -> Environment:
    """Everything is escaped: questions are written by a model."""
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(shown=shown, value=_value, named=named)
    templates.globals.update(Unit=Unit)
    return templates


def _render(template: str, **context: object) -> str:
    return _templates().get_template(template).render(**context)
