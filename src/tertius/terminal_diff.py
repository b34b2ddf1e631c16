# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How the difference of two runs looks in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from tertius.report.diff import Change, Changes, NumberChange
from tertius.terminal import show_table

__all__ = ["show_changes"]


def show_changes(found: Changes, most: int) -> None:
    """Print what changed, the inputs first; of each table at most so many rows (0: all)."""
    for note in found.notes:
        print(f"{note}\n")
    if not found.anything:
        print(f"Nothing but time differs ({found.same} numbers are the same).")
        return
    _table("Inputs", ["what", "A", "B"], [_row(c) for c in found.inputs], most)
    _table("Study file", ["field", "A", "B"], [_row(c) for c in found.study], most)
    verdicts = [
        row
        for v in found.verdicts
        for row in ([v.id, v.a or "not there", v.b or "not there"], *(_row(p, "  ") for p in v.parts))
    ]
    _table("Verdicts and their parts", ["claim or part", "A", "B"], verdicts, most)
    columns = ["number", "A", "B", "change", "% of range"]
    _table(
        "Numbers, largest change first: median (least to largest)",
        columns,
        [_number(n) for n in found.numbers],
        most,
        4,
    )
    for title, lines in (
        ("No equilibrium any more", found.fail),
        ("An equilibrium now", found.solve),
        ("Numbers of A alone", found.only_a),
        ("Numbers of B alone", found.only_b),
    ):
        _table(title, [""], [[line] for line in lines], most)
    print(f"{found.same} numbers are the same.")


def _table(title: str, columns: list[str], rows: Sequence[list[str]], most: int, numbers: int = 0) -> None:
    if not rows:
        return
    shown = rows[:most] if most else rows
    show_table(f"{title} ({len(rows)})", columns, list(shown), numbers)
    if len(shown) < len(rows):
        print(f"... {len(rows) - len(shown)} more; --most 0 shows all")
    print()


def _row(c: Change, indent: str = "") -> list[str]:
    return [f"{indent}{c.what}", _short(c.a), _short(c.b)]


def _short(text: str, most: int = 120) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def _number(n: NumberChange) -> list[str]:
    kind, _, name = n.variable.partition("|")
    where = n.closure if kind == "Quantity" else n.case
    share = "no range" if n.of_range is None else f"{n.of_range:,.1f}"
    medians = (_spread(n.a, n.a_range), _spread(n.b, n.b_range))
    return [", ".join(x for x in (name, where, n.unit) if x), *medians, f"{n.change:+,.3g}", share]


def _spread(median: float, ends: tuple[float, float]) -> str:
    return f"{median:,.3g} ({ends[0]:,.3g} to {ends[1]:,.3g})"
