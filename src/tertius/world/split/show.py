# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What is known about one piece of a split, as plain data for people and machines."""

from __future__ import annotations

from typing import Any

from tertius.world.split.grades import MarginLine, grade_shares, margin_lines
from tertius.world.split.split import Split

__all__ = ["margin_dict", "piece_facts"]

SHOWN = 12  # bilateral margins in words; machines get all


def piece_facts(split: Split, piece: str) -> dict[str, Any]:
    """Grades of a piece's numbers and its margins beside the result.

    Parameters
    ----------
    split
        A split world.
    piece
        One of its pieces.

    Returns
    -------
    dict
        ``grades`` in percent of value; ``margins`` with every margin of the piece, the largest first.
    """
    lines = sorted(margin_lines(split, piece), key=_order)
    shares = grade_shares(split, piece)
    return {
        "grades, % of value": {k: {g: round(100 * v, 1) for g, v in s.items()} for k, s in shares.items()},
        "margins": [margin_dict(line) for line in lines],
    }


def _order(line: MarginLine) -> tuple[int, float]:
    kinds = ("gdp", "value_added", "exports", "imports")
    return kinds.index(line.margin.quantity), -line.margin.value


def margin_dict(line: MarginLine) -> dict[str, Any]:
    """One margin as plain data, USD million."""
    m = line.margin
    return {
        "margin": line.name,
        "ours": round(line.ours, 2),
        "target": m.value,
        "published": m.published,
        "deviation": round(line.deviation, 4),
        "deviation_from_published": None if line.from_published is None else round(line.from_published, 4),
        "reliability": m.reliability,
        "grade": m.grade,
        "source": m.source,
        "note": m.note,
    }
