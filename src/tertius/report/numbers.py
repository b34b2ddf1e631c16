# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How numbers are written on the page: signs, decimals, units, ranges."""

from __future__ import annotations

from collections.abc import Iterable

from tertius.report.language import THIN, spoken, tell
from tertius.text import MINUS, say

__all__ = ["MINUS", "THIN", "between", "decimals", "given", "number", "plain", "unit_text"]

FIXED = "\u00a0"  # space that does not break


def decimals(values: Iterable[float]) -> int:
    """Choose the decimals for numbers that stand together: about two significant digits of the largest.

    Parameters
    ----------
    values
        Numbers in one unit.

    Returns
    -------
    int
        Between 0 and 4.

    Examples
    --------
    >>> decimals([0.24, 0.43, 0.65]), decimals([-0.012, 0.02]), decimals([120.0])
    (2, 3, 0)
    """
    size = max((abs(v) for v in values), default=0.0)
    for bound, digits in ((100.0, 0), (10.0, 1), (0.03, 2), (0.003, 3)):
        if size >= bound:
            return digits
    return 4 if size else 2


def number(value: float, digits: int = 2, *, signed: bool = True) -> str:
    """Write one number with a true minus sign; a change that rounds to zero carries no sign.

    The decimal mark is that of the language spoken.

    Parameters
    ----------
    value
        The number, in whatever unit is printed after it.
    digits
        Decimals.
    signed
        Whether positive numbers carry a plus sign.

    Returns
    -------
    str
        For example ``"+0.43"``.

    Examples
    --------
    >>> number(0.432), number(-0.001), number(12345.0, 0, signed=False)
    ('+0.43', '0.00', '12\u202f345')
    """
    body = f"{abs(value):,.{digits}f}".replace(",", THIN).replace(".", spoken().decimal)
    if float(f"{value:.{digits}f}") == 0.0:
        return body
    return (MINUS if value < 0 else "+" if signed else "") + body


def given(value: float) -> str:
    r"""Write a number as it was published, with the decimals that it came with.

    Examples
    --------
    >>> given(410000.0), given(12.8)
    ('410\u202f000', '12.8')
    """
    places = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return number(value, places, signed=False)


def unit_text(unit: str) -> str:
    r"""Give the unit as it stands after a number, with the space before it; a rank is written as a position.

    Examples
    --------
    >>> unit_text("rank of 81"), unit_text("%")
    ('\xa0of 81', '\u202f%')
    """
    words = tell(unit).partition(" ")[2] if unit.startswith("rank") else tell(unit)
    return (THIN if words == "%" else FIXED) + words


def between(low: float, high: float, digits: int = 2, *, signed: bool = True) -> str:
    """Write a range as words, for example ``"+0.24 to +0.65"``."""
    ends = {"low": number(low, digits, signed=signed), "high": number(high, digits, signed=signed)}
    return tell(say("{low} to {high}", **ends))


def plain(value: float) -> str:
    """Write a number for machines, six significant digits: the value of ``<data>`` elements.

    Examples
    --------
    >>> plain(0.43210987), plain(-0.0)
    ('0.43211', '0')
    """
    return f"{value + 0.0:.6g}"
