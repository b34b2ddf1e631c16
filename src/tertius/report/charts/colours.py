# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The diverging scale: losses and gains in four steps each, symmetric about zero, with rounded bounds.

Only classes are written here (``l4`` ... ``l1``, ``z``, ``g1`` ... ``g4``); the style sheet gives them
colours that colour-blind readers can tell apart, in light, in dark and on paper.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from tertius.report.charts.svg import chart, element, text
from tertius.report.language import spoken
from tertius.report.numbers import MINUS
from tertius.text import say

__all__ = ["Diverging", "legend", "short"]

QUANTILES = (0.25, 0.5, 0.75, 0.92)  # of the sizes: where the four bounds are looked for
ROUND = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Diverging:
    """Bounds between the steps, on the positive side; the negative side mirrors them.

    Attributes
    ----------
    bounds
        Increasing positive numbers in the unit of the values; below the first, a value counts as about zero.
    """

    bounds: tuple[float, ...]

    @classmethod
    def fit(cls, values: Iterable[float]) -> Diverging:
        """Choose bounds near quantiles of the sizes, rounded to 1, 2 or 5 times a power of ten.

        Examples
        --------
        >>> Diverging.fit([-4.1, -0.3, -0.2, -0.1, 0.05, 0.1, 0.4, 0.02]).bounds
        (0.1, 0.2, 0.5, 5.0)
        """
        sizes = sorted(abs(v) for v in values if v)
        bounds: list[float] = []
        for q in QUANTILES:
            wanted = _quantile(sizes, q) if sizes else q
            least = _next(bounds[-1]) if bounds else 0.0
            bounds.append(max(_nearest(wanted), least))
        return cls(tuple(bounds))

    def step(self, value: float) -> int:
        """Give the step of a value, negative for losses; it never falls as values rise."""
        size = bisect_right(self.bounds, abs(value))
        return size if value > 0 else -size

    def css(self, value: float) -> str:
        """Give the class of a value: ``l4`` (largest loss) to ``g4`` (largest gain), ``z`` about zero."""
        return self.css_of_step(self.step(value))

    @staticmethod
    def css_of_step(step: int) -> str:
        """Give the class of a step."""
        return f"g{step}" if step > 0 else f"l{-step}" if step < 0 else "z"


def _quantile(ordered: list[float], q: float) -> float:
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


def _nearest(value: float) -> float:
    power = math.floor(math.log10(value))
    steps = [m * 10.0**p for p in (power, power + 1) for m in ROUND]
    return _clean(min(steps, key=lambda s: abs(math.log(s / value))))


def _next(value: float) -> float:
    power = math.floor(math.log10(value) + 1e-9)
    steps = [m * 10.0**p for p in (power, power + 1) for m in ROUND]
    return _clean(next(s for s in steps if s > value * 1.001))


def _clean(value: float) -> float:
    return float(f"{value:.6g}")


def short(value: float, *, signed: bool = True) -> str:
    """Write a bound or a tick as briefly as it can be, with a true minus sign.

    Examples
    --------
    >>> short(0.5), short(-2.0), short(0.0)
    ('+0.5', '−2', '0')
    """
    sign = MINUS if value < 0 else "+" if value > 0 and signed else ""
    return sign + spoken().marks(f"{abs(value):.6g}")


def legend(scale: Diverging, unit: str, uid: str = "legend") -> str:
    """Draw the key of a map: nine fields, the bounds between them, and the hatch for no value.

    Parameters
    ----------
    scale
        The scale of the map.
    unit
        Unit of the bounds.
    uid
        Id, unique in the page.

    Returns
    -------
    str
        An ``<svg>`` 500 units wide.
    """
    count, wide, left = len(scale.bounds), 52.0, 1.0
    steps = range(-count, count + 1)
    fields = [
        element("rect", x=left + wide * k, y=18, width=wide, height=14, class_=f"sw {scale.css_of_step(s)}")
        for k, s in enumerate(steps)
    ]
    cuts = [-b for b in reversed(scale.bounds)] + list(scale.bounds)
    marks = [text(short(c), left + wide * (k + 1), 46, "tick mid") for k, c in enumerate(cuts)]
    ends = [
        text(say("loss"), left, 12, "key"),
        text(say("about zero"), left + wide * (count + 0.5), 12, "key mid"),
        text(say("gain"), left + wide * (2 * count + 1), 12, "key end"),
        text(unit, left + wide * (2 * count + 1) + 6, 29, "tick"),
    ]
    words = say(
        "From losses of more than {most:g} {unit} to gains of more than {most:g} {unit}.",
        most=scale.bounds[-1],
        unit=unit,
    )
    return chart(uid, say("Key to the map"), words, (0, 0, 500, 52), *fields, *marks, *ends, class_="legend")
