# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A small strip for a table cell: a line from the smallest to the largest value, a dot at the median."""

from __future__ import annotations

from tertius.report.charts.axis import Axis
from tertius.report.charts.svg import element

__all__ = ["range_strip"]

WIDTH = 176.0


def range_strip(
    low: float, median: float, high: float, domain: tuple[float, float], *, signed: bool = True
) -> str:
    """Draw one range on a domain shared with its neighbours, 176 units wide and 18 high.

    The numbers stand beside the strip in the page, so it is hidden from screen readers.

    Parameters
    ----------
    low, median, high
        Values in one unit.
    domain
        Smallest and largest value of all strips that are read together; zero is added to changes.
    signed
        Whether the numbers are changes: these get a zero mark and the colours of gain and loss.

    Returns
    -------
    str
        An ``<svg>`` element.

    Examples
    --------
    >>> range_strip(0.1, 0.2, 0.3, (0.1, 0.3)).count("<circle")
    1
    """
    axis = Axis.around(domain, 6.0, WIDTH - 6.0)
    tone = "flat" if not signed or not median else "gain" if median > 0 else "loss"
    mark = element("line", x1=axis.x(0.0), x2=axis.x(0.0), y1=1, y2=17, class_="zero") if signed else ""
    return element(
        "svg",
        element("line", x1=0, x2=WIDTH, y1=9, y2=9, class_="grid"),
        mark,
        element("line", x1=axis.x(low), x2=axis.x(high), y1=9, y2=9, class_=f"span {tone}"),
        element("circle", cx=axis.x(median), cy=9, r=4.5, class_=f"dot {tone}"),
        xmlns="http://www.w3.org/2000/svg",
        class_="strip",
        viewBox=f"0 0 {WIDTH:g} 18",
        preserveAspectRatio="xMinYMid",
        aria_hidden="true",
        focusable="false",
    )
