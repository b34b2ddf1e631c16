# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From a `Page` to one HTML file: templates, style and script are put into the page itself."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from importlib.resources import files
from pathlib import Path
from typing import get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tertius.errors import BadInput
from tertius.files import replacing
from tertius.report import charts, numbers
from tertius.report.figures import Again, charts_of
from tertius.report.language import spoken, tell
from tertius.report.ledger import ClaimPage, Estimate, Verdict
from tertius.report.maths import mathml
from tertius.report.page import Page
from tertius.report.sections import Cell, Grid
from tertius.text import Text, count, say

__all__ = ["render", "write"]


def render(page: Page) -> str:
    """Write the page as one HTML document that needs nothing else: no network, no script to be read.

    It is written in the language spoken (`tertius.report.language.speaking`).

    Parameters
    ----------
    page
        Everything that is shown; see `tertius.report.page` for the units.

    Returns
    -------
    str
        HTML that is well-formed XML too. The same page gives the same text.

    Raises
    ------
    BadInput
        When a number is not finite: a result that does not exist has no place on the page.
    """
    _refuse_not_finite(page, "page")
    template = _environment().get_template("report.html.j2")
    drawn = {name: Markup(svg) for name, svg in charts_of(page).items()}
    again = [Again.of(svg) for svg in drawn.values()]
    again += [Again.of(d.svg, d.heading, d.caption) for s in page.sections for d in s.drawings]
    return template.render(
        page=page,
        lang=spoken().code,
        css=_asset("report.css"),
        js=_asset("report.js"),
        drawn_again={figure.id: figure for figure in again if figure},
        **drawn,
    )


def write(page: Page, path: str | os.PathLike[str]) -> Path:
    """Render the page and put it in place in one step, so that no half-written file is ever seen.

    Parameters
    ----------
    page
        Everything that is shown.
    path
        Target file; its folder must exist.

    Returns
    -------
    Path
        The file written.
    """
    target, html = Path(path), render(page)
    with replacing(target) as part:
        part.write_text(html, encoding="utf-8", newline="\n")
    return target


def _refuse_not_finite(value: object, where: str) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise BadInput(where, f"{value} cannot be shown", "leave the row out, or solve for it")
    if isinstance(value, tuple):
        for k, held in enumerate(value):
            _refuse_not_finite(held, f"{where}[{k}]")
    elif is_dataclass(value):
        for field in fields(value):
            _refuse_not_finite(getattr(value, field.name), f"{where}.{field.name}")


def _asset(name: str) -> Markup:
    return Markup(files("tertius.report").joinpath("static", name).read_text(encoding="utf-8"))


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tertius.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda words: tell(words) if isinstance(words, Text) else words,
    )
    environment.globals |= {
        "strip": _drawn(charts.range_strip),
        "digits": lambda *values: max(2, numbers.decimals(values)),
        "total_digits": _total_digits,
        "digits_of": _digits,
        "column_digits": _column_digits,
        "domains": _domains,
        "tally": _tally,
        "thin": numbers.THIN,
        "say": say,
        "count": count,
    }
    environment.filters |= {
        "number": numbers.number,
        "plain": numbers.plain,
        "given": numbers.given,
        "tell": tell,
        "unit": numbers.unit_text,
        "trusted": Markup,
        "equation": _equation,
    }
    return environment


def _drawn(chart: Callable[..., str]) -> Callable[..., Markup]:
    """Mark what a chart returns as markup: charts escape their own texts."""
    return lambda *args, **kwargs: Markup(chart(*args, **kwargs))


def _equation(written: str) -> Markup | str:
    """Turn ``$...$`` into MathML; anything else stays text and is escaped."""
    tex = len(written) > 2 and written.startswith("$") and written.endswith("$")
    return Markup(mathml(written[1:-1])) if tex else written


def _digits(estimate: Estimate) -> int:
    """Decimals of an estimate: none where all is whole, else by its size."""
    held = (estimate.low, estimate.central, estimate.high)
    return 0 if all(v == round(v) for v in held) else numbers.decimals(held)


def _total_digits(*totals: float) -> int:
    """Decimals of totals that are compared: one from ten up, none from a thousand up."""
    return 2 - (max(totals) >= 10) - (max(totals) >= 1000)


def _column_digits(table: Grid) -> list[int]:
    """Decimals of each column: none if all are whole, else enough for its largest and its middling number."""
    out = []
    for k in range(len(table.columns)):
        cells = [cell for row in table.rows if isinstance(cell := row[k], Cell)]
        if all(v == round(v) for c in cells for v in (c.low, c.value, c.high)):
            out.append(0)
            continue
        sizes = sorted(abs(c.value) for c in cells)
        middling = sizes[len(sizes) // 2 :][:1]
        out.append(max(numbers.decimals(sizes), numbers.decimals(middling)))
    return out


def _domains(estimates: Iterable[Estimate]) -> dict[str, tuple[float, float]]:
    """Give every unit the domain its strips share."""
    by_unit: dict[str, list[float]] = {}
    for e in estimates:
        by_unit.setdefault(e.unit, []).extend((e.low, e.central, e.high))
    return {unit: (min(held), max(held)) for unit, held in by_unit.items()}


def _tally(ledger: Iterable[ClaimPage]) -> list[tuple[str, int]]:
    """Count the verdicts, in their fixed order, leaving out those that do not occur."""
    counted = Counter(claim.verdict for claim in ledger)
    return [(verdict, counted[verdict]) for verdict in get_args(Verdict) if counted[verdict]]
