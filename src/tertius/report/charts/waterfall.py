# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Parts of a sum as a waterfall with bands; what is not added stands below on an axis of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from tertius.report.charts.axis import Axis, ticks
from tertius.report.charts.svg import chart, element, shorten, text, titled, wrapped
from tertius.report.numbers import between, decimals, number
from tertius.text import Text, count, joined, say

__all__ = ["GainBar", "waterfall"]

WIDTH, LEFT, RIGHT = 640.0, 172.0, 496.0
ROW, THICK, LINE = 30.0, 16.0, 21.0
STYLE = (
    ".fall .up{fill:var(--gain,#14746f)}.fall .down{fill:var(--loss,#b1581f)}"
    ".fall .sum{fill:var(--ink,#1d1c1a)}"
    ".fall .off{fill:var(--card,#f3f1eb);stroke:var(--strong,#8d877b);stroke-dasharray:4 3}"
    ".fall .halo{stroke:var(--paper,#fff);stroke-width:4}"
    ".fall .band{stroke:var(--soft,#66625a);stroke-width:1.5}"
    ".fall .join{stroke:var(--strong,#8d877b);stroke-width:1;stroke-dasharray:2 2}"
    ".fall .rule{stroke:var(--strong,#8d877b);stroke-width:1}"
    ".fall .grid{stroke:var(--line,#dcd7cd);stroke-width:1}"
    ".fall .zero{stroke:var(--ink,#1d1c1a);stroke-width:1}"
    ".fall text{font:12px var(--sans,system-ui,sans-serif);fill:var(--ink,#1d1c1a)}"
    ".fall .finding{font-size:16px;font-weight:600}.fall .strong{font-weight:600}"
    ".fall .tick,.fall .spread{font-size:11px;fill:var(--soft,#66625a)}"
    ".fall .mid{text-anchor:middle}.fall .end{text-anchor:end}"
)


@dataclass(frozen=True, slots=True)
class GainBar:
    """One part or sum: a label, and low, central and high in the unit of the chart."""

    label: str
    low: float
    central: float
    high: float


def waterfall(
    parts: Sequence[GainBar],
    total: GainBar,
    apart: Sequence[GainBar],
    finding: str,
    unit: str = say("USD million"),
    uid: str = "fall",
) -> str:
    """Draw parts that follow each other to their total, and apart from them what is too large to add.

    Parameters
    ----------
    parts
        In the order drawn; each starts where the one before ends.
    total
        Their sum, drawn from zero.
    apart
        Bars on an axis of their own below: another scale, said in words.
    finding
        What the chart shows, in one sentence; it is the title.
    unit
        Unit of all numbers.
    uid
        Id, unique in the page.

    Returns
    -------
    str
        An ``<svg>`` 640 units wide, or an empty string without parts.

    Examples
    --------
    >>> svg = waterfall([GainBar("trade", -1, 2, 3)], GainBar("total", -1, 2, 3), [], "Trade gains")
    >>> svg.count("<rect"), "Trade gains" in svg
    (2, True)
    """
    if not parts:
        return ""
    head = wrapped(finding, 66)
    top = 10.0 + LINE * len(head)
    starts = [0.0, *accumulate(b.central for b in parts)]
    first = _Panel.around([*zip(parts, starts[:-1], strict=True), (total, 0.0)], top)
    body = [element("style", STYLE)]
    body += [text(line, 0, 16 + LINE * k, "finding") for k, line in enumerate(head)]
    body += [first.grid(unit), *first.joins(starts[1:])]
    body += [first.row(k, b, s, _tone(b)) for k, (b, s) in enumerate(zip(parts, starts[:-1], strict=True))]
    body.append(first.row(len(parts), total, 0.0, "sum"))
    bottom = first.bottom + 26.0
    if apart:
        second = _Panel.around([(b, 0.0) for b in apart], bottom + 34.0)
        words = _scale_words(first.axis, second.axis)
        body += [
            element("line", x1=0, x2=WIDTH, y1=bottom + 4, y2=bottom + 4, class_="rule"),
            text(words, 0, bottom + 24, "strong"),
            second.grid(unit),
            *(second.row(k, b, 0.0, "off" if k == 0 else "sum") for k, b in enumerate(apart)),
        ]
        bottom = second.bottom + 26.0
    said = joined("; ", [_said(b, 0) for b in (*parts, total)])
    words = say("{unit}: {said}.", unit=unit, said=said)
    return chart(uid, finding, words, (0, 0, WIDTH, bottom), *body, class_="fall")


def _tone(bar: GainBar) -> str:
    return "up" if bar.central >= 0 else "down"


def _said(bar: GainBar, digits: int) -> Text:
    return say(
        "{label} {central} ({spread})",
        label=bar.label,
        central=number(bar.central, digits),
        spread=between(bar.low, bar.high, digits),
    )


def _scale_words(first: Axis, second: Axis) -> Text:
    """Say how much coarser the lower axis is."""
    ratio = (second.high - second.low) / (first.high - first.low)
    if ratio < 2:
        return say("Apart, on a scale of its own")
    return count(
        round(ratio),
        "Apart, on a scale of its own ({n:,} time coarser)",
        "Apart, on a scale of its own ({n:,} times coarser)",
    )


@dataclass(frozen=True, slots=True)
class _Panel:
    """Rows on one axis."""

    axis: Axis
    top: float
    count: int
    digits: int

    @classmethod
    def around(cls, rows: Sequence[tuple[GainBar, float]], top: float) -> _Panel:
        values = [s + v for b, s in rows for v in (0.0, b.low, b.central, b.high)]
        digits = min(1, decimals([v for b, _ in rows for v in (b.low, b.central, b.high)]))
        return cls(Axis.around(values, LEFT, RIGHT), top, len(rows), digits)

    @property
    def bottom(self) -> float:
        """Where the rows end."""
        return self.top + ROW * self.count

    def grid(self, unit: str) -> str:
        """Draw grid lines and their labels; few, for the numbers are long."""
        marks = ticks(self.axis.low, self.axis.high, most=5)
        lines = [
            element(
                "line", x1=self.axis.x(t), x2=self.axis.x(t), y1=self.top, y2=self.bottom,
                class_="grid" if t else "zero",
            )
            for t in marks
        ]  # fmt: skip
        labels = [
            text(number(t, 0 if t == round(t) else 1), self.axis.x(t), self.bottom + 14, "tick mid")
            for t in marks
        ]
        return "".join([*lines, *labels, text(unit, WIDTH, self.bottom + 14, "tick end")])

    def joins(self, ends: Sequence[float]) -> list[str]:
        """Draw thin lines from where a bar ends to the next one."""
        return [
            element(
                "line", x1=self.axis.x(v), x2=self.axis.x(v), y1=self.top + ROW * k + (ROW + THICK) / 2,
                y2=self.top + ROW * (k + 1) + (ROW - THICK) / 2, class_="join",
            )
            for k, v in enumerate(ends)
        ]  # fmt: skip

    def row(self, k: int, bar: GainBar, start: float, tone: str) -> str:
        """Draw one bar with its band, label and numbers."""
        y, axis = self.top + ROW * k, self.axis
        mid, ends = y + ROW / 2, sorted((axis.x(start), axis.x(start + bar.central)))
        low, high = axis.x(start + bar.low), axis.x(start + bar.high)
        spread = between(bar.low, bar.high, self.digits)
        band = [element("line", x1=low, x2=high, y1=mid, y2=mid, class_=c) for c in ("halo", "band")]
        caps = [element("line", x1=x, x2=x, y1=mid - 4, y2=mid + 4, class_="band") for x in (low, high)]
        return element(
            "g",
            titled(_said(bar, self.digits)),
            text(shorten(bar.label, 27), 0, mid + 4, "strong" if tone == "sum" else "label"),
            element(
                "rect", x=ends[0], y=mid - THICK / 2, width=max(ends[1] - ends[0], 1.0), height=THICK,
                class_=tone,
            ),
            *band, *caps,
            text(number(bar.central, self.digits), WIDTH, mid - 1, "strong end"),
            text(spread, WIDTH, mid + 11, "spread end"),
        )  # fmt: skip
