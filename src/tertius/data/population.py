# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Population of the countries of a world, for figures per head."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["population"]

REST = "ROW"


@cache
def _table() -> dict[str, int]:
    text = (files("tertius.data") / "tables" / "population_2021.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines() if line and not line.startswith("#")]
    return {code: int(number) for code, number, _ in rows[1:]}


def population(countries: Sequence[str]) -> NDArray[np.float64]:
    """Persons in 2021 ``[country]``; the rest of the world is what is left, NaN where nothing is known.

    Parameters
    ----------
    countries
        Codes of a world.

    Examples
    --------
    >>> float(population(["KAZ"])[0]) > 1.8e7
    True
    """
    known = _table()
    own = [c for c in countries if c != REST]
    rest = sum(known.values()) - sum(known.get(c, 0) for c in own)
    return np.array([float(rest) if c == REST else float(known.get(c, np.nan)) for c in countries])
