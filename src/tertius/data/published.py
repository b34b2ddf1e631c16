# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Facts that others published, each with its source: shown beside what is computed, never computed with."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from tertius.data.evidence import evidence_table
from tertius.errors import BadInput, unknown

__all__ = ["PublishedFact", "published_facts"]


@dataclass(frozen=True, slots=True)
class PublishedFact:
    """One published fact.

    Attributes
    ----------
    what, period
        What was said, of which day, month or year (ISO).
    value, unit
        The number and its unit; an event has no number.
    source, note
        Who published it, and what must be known beside it.
    """

    what: str
    period: str
    value: float | None = None
    unit: str = ""
    source: str = ""
    note: str = ""


def published_facts(where: str, state: str, topic: str, indicator: str = "") -> tuple[PublishedFact, ...]:
    """Give the shipped facts about a state under one topic.

    Parameters
    ----------
    where
        Who asks, for errors.
    state, topic
        Code of the state, and a topic of ``published_facts.csv``.
    indicator
        How the indicator begins; empty means all of the topic.

    Raises
    ------
    BadInput
        If there is none; the message names the nearest.

    Examples
    --------
    >>> published_facts("here", "KAZ", "csto")[0].value
    2030.0
    """
    table = evidence_table("published_facts.csv")
    states = sorted(set(table["state"]))
    if state not in states:
        what = f"no facts about {state} are shipped, only about {', '.join(states)}"
        raise BadInput(where, what, "cite your own: what, period, value, unit, source")
    table = table[table["state"] == state]
    if topic not in set(table["topic"]):
        raise unknown(where, "topic of facts", topic, sorted(set(table["topic"])))
    table = table[table["topic"] == topic]
    found = table[table["indicator"].str.startswith(indicator)]
    if found.empty:
        raise unknown(where, f"indicator of {topic}", indicator, sorted(set(table["indicator"])))
    return tuple(_fact(row) for row in found.astype(str).to_dict("records"))


def _fact(row: Mapping[Hashable, str]) -> PublishedFact:
    unit = "" if row["unit"] == "event" else row["unit"]
    return PublishedFact(
        row["indicator"], row["period"], _number(row["value"]), unit, row["source"], row["note"]
    )


def _number(value: str) -> float | None:
    number = float(value) if value else math.nan
    return None if math.isnan(number) else number
