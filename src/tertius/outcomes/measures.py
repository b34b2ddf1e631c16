# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The measures of a scenario in words and as a table, and what two scenarios do not have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tertius.policy import Scenario

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["closes_in_part", "in_force", "measure_differences", "measure_words", "measures_table"]

ABOUT = {"label", "block", "in_force", "until", "why", "assumption", "range", "note", "kind"}
WHERE = ("exporters", "importers", "countries", "payers", "receivers", "members", "against")
COLUMNS = [
    "scenario", "kind", "label", "between", "sectors", "number", "low", "high", "in_force", "until",
    "source", "url", "status", "accessed", "assumption", "note",
]  # fmt: skip


def in_force(scenario: Scenario | None) -> Iterator[tuple[str, Any]]:
    """Give every selected measure of a scenario and its parts, with the name of its file."""
    for part in (scenario, *scenario.parts) if scenario else ():
        for _, measure in part.measures:
            yield part.id if not part.parts else part.id.partition("+")[0], measure


def essence(measure: Any) -> dict[str, Any]:
    """Give the fields of a measure that change an equilibrium: not its label, source or dates."""
    held = measure.model_dump(mode="json", exclude_none=True)
    return {k: v for k, v in held.items() if k not in ABOUT}


def closes_in_part(measure: Any) -> bool:
    """Whether a measure is a ban of a part of a flow, which the trade elasticities turn into a cost."""
    coverage = essence(measure).get("coverage", ())
    shares = coverage.values() if isinstance(coverage, dict) else [coverage] if coverage else ()
    return any(0 < x < 1 for x in shares)


def between(measure: Any) -> str:
    """Say whom a measure binds: "EU27 -> RUS", "KAZ, KGZ"."""
    held = essence(measure)
    names = [", ".join(held[k]) for k in WHERE if held.get(k)]
    arrow = " <-> " if held.get("both_ways") else " -> "
    return arrow.join(names)


def numbers(measure: Any, most: int = 1000) -> str:
    """Say how much: "coverage 0.4", or by sector; more than ``most`` sectors become their range."""
    held = essence(measure)
    own = {k: v for k, v in held.items() if k not in (*WHERE, "sectors", "both_ways")}
    return ", ".join(f"{k.replace('_', ' ')} {_number(v, most)}" for k, v in own.items() if v != "")


def _number(value: Any, most: int) -> str:
    if not isinstance(value, dict):
        return f"{value:g}" if isinstance(value, float | int) else str(value)
    if len(value) > most:
        return f"{min(value.values()):g} to {max(value.values()):g} in {len(value)} sectors"
    return " ".join(f"{k} {v:g}" for k, v in value.items())


def measure_words(measure: Any) -> str:
    """Describe a measure in one short line."""
    sectors = essence(measure).get("sectors", ["all"])
    where = "" if sectors == ["all"] else f" in {', '.join(sectors[:3])}{' ...' if len(sectors) > 3 else ''}"
    words = measure.label or f"{measure.kind.replace('_', ' ')} {between(measure)}{where}"
    return f"{words} ({numbers(measure, most=2)})" if numbers(measure) else words


def measures_table(scenario: Scenario | None) -> pd.DataFrame:
    """Put the measures of a scenario and their sources into a table.

    Parameters
    ----------
    scenario
        With version and block selected; None gives an empty table.

    Returns
    -------
    pandas.DataFrame
        One row per measure; ``number`` in words, shares and rates as fractions.
    """
    import pandas as pd

    rows = [
        {
            "scenario": name,
            "kind": m.kind,
            "label": m.label,
            "between": between(m),
            "sectors": ", ".join(essence(m).get("sectors", ())),
            "number": numbers(m),
            "low": m.range[0] if m.range else None,
            "high": m.range[1] if m.range else None,
            "in_force": m.in_force,
            "until": m.until,
            "source": m.why.title,
            "url": m.why.url,
            "status": m.why.status,
            "accessed": m.why.accessed,
            "assumption": m.assumption,
            "note": m.note,
        }
        for name, m in in_force(scenario)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def measure_differences(a: Scenario | None, b: Scenario | None) -> pd.DataFrame:
    """List the measures that only one scenario has, and those that both have with other contents.

    Two measures are the same if they would change the same equations by the same numbers, whatever their
    labels and dates; one has changed if kind and label (without labels: countries) agree and the rest does
    not.

    Parameters
    ----------
    a, b
        Two scenarios, or None for no measures.

    Returns
    -------
    pandas.DataFrame
        Columns where ("only A", "only B", "changed"), kind, label, between_a, between_b, number_a, number_b.
    """
    import pandas as pd

    left, right = _without_common([m for _, m in in_force(a)], [m for _, m in in_force(b)])
    rows: list[dict[str, str]] = []
    for one in left:
        other = next((m for m in right if _akin(one, m)), None)
        if other is not None:
            right.remove(other)
        rows.append(_row("only A" if other is None else "changed", one, other))
    rows += [_row("only B", None, m) for m in right]
    names = ["where", "kind", "label", "between_a", "between_b", "number_a", "number_b"]
    return pd.DataFrame(rows, columns=names)


def _without_common(left: list[Any], right: list[Any]) -> tuple[list[Any], list[Any]]:
    """Take away, one for one, what both lists hold."""
    rest, alone = list(right), []
    for one in left:
        same = next((m for m in rest if m.kind == one.kind and essence(m) == essence(one)), None)
        if same is None:
            alone.append(one)
        else:
            rest.remove(same)
    return alone, rest


def _akin(one: Any, other: Any) -> bool:
    named = one.label and other.label
    alike = one.label == other.label if named else between(one) == between(other)
    return bool(one.kind == other.kind and alike)


def _row(where: str, one: Any, other: Any) -> dict[str, str]:
    named = one or other
    words = {"a": one, "b": other}
    held = {f"between_{k}": between(m) if m else "" for k, m in words.items()}
    held |= {f"number_{k}": _full(m) if m else "" for k, m in words.items()}
    return {"where": where, "kind": named.kind, "label": named.label, **held}


def _full(measure: Any) -> str:
    sectors = essence(measure).get("sectors", ())
    limited = f" in {', '.join(sectors)}" if sectors and tuple(sectors) != ("all",) else ""
    return numbers(measure) + limited
