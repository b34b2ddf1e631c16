# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The rules of docs/decisions/0014-gain.md, each outcome of each claim."""

import numpy as np
import pandas as pd
import pytest

from tertius.gain.verdict import EURASIA, Economies, main_beneficiary, many_movers
from tertius.sky.verdict import dominant, more_flights, summary

NAMES = (*sorted(EURASIA), "USA", "ROW")
ALIKE = Economies(NAMES, np.full(len(NAMES), 100.0), np.full(len(NAMES), 1e6), frozenset(NAMES[:-1]))


def dollars(rank):
    """Totals in which Kazakhstan has a rank within Eurasia and the rest of the world has most."""
    others = iter(x for x in range(20, 0, -1) if x != 21 - rank)
    return np.array(
        [99.0 if c in ("USA", "ROW") else 21.0 - rank if c == "KAZ" else next(others) for c in NAMES]
    )


def judged(ranks, drawn):
    totals = dict(zip((0.0, 0.5, 1.0), map(dollars, ranks), strict=True))
    return main_beneficiary(ALIKE, "KAZ", totals, np.array([dollars(r) for r in drawn]))


@pytest.mark.parametrize(
    ("ranks", "drawn", "verdict"),
    [
        ((1, 2, 3), [1] * 10, "supported"),
        ((1, 2, 3), [1] * 9 + [4], "supported"),
        ((1, 2, 3), [1] * 8 + [4] * 2, "not robust"),
        ((1, 2, 4), [1] * 10, "mixed"),
        ((4, 5, 6), [4] * 10, "contradicted"),
        ((4, 5, 6), [4] * 8 + [1] * 2, "not robust"),
        ((4, 5, 3), [4] * 10, "mixed"),
    ],
)
def test_one_of_the_main_beneficiaries(ranks, drawn, verdict):
    found = judged(ranks, drawn)
    assert found.verdict == verdict
    assert found.quantities["rank, percent, energy 0"] == ranks[0]
    assert found.quantities["rank, per_head, energy 1"] == ranks[2]


def test_who_loses_is_no_beneficiary_whatever_its_rank():
    loss = dollars(1) - 100.0
    found = main_beneficiary(ALIKE, "KAZ", {0.0: loss, 1.0: loss}, np.array([loss]))
    assert found.verdict == "contradicted"


def test_too_few_or_elsewhere_is_not_identified():
    few = Economies(NAMES, ALIKE.income, ALIKE.heads, frozenset(["KAZ", "RUS", "USA"]))
    total = {0.0: dollars(1)}
    assert main_beneficiary(few, "KAZ", total, np.array([dollars(1)])).verdict == "not identified"
    assert main_beneficiary(ALIKE, "USA", total, np.array([dollars(1)])).verdict == "not identified"


def test_unknown_heads_rank_last():
    values = np.where(np.array(NAMES) == "CHN", np.nan, dollars(1))
    assert ALIKE.ranks(values, "eurasia")["CHN"] == len(EURASIA)
    assert ALIKE.ranks(values, "eurasia")["KAZ"] == 1


def test_percent_and_heads_are_both_needed():
    heads = np.where(np.array(NAMES) == "KAZ", 1e9, 1e6)
    crowded = Economies(NAMES, ALIKE.income, heads, ALIKE.ranked)
    totals = {a: dollars(1) for a in (0.0, 1.0)}
    assert main_beneficiary(crowded, "KAZ", totals, np.array([dollars(1)])).verdict == "mixed"


@pytest.mark.parametrize(
    ("workers", "income", "counted", "verdict"),
    [
        ((9e3, 1e4, 2e4), (0.1, 0.2, 0.3), True, "supported"),
        ((9e3, 1e4, 2e4), (-0.1, 0.2, 0.3), True, "mixed"),
        ((1e3, 1e4, 2e4), (0.1, 0.2, 0.3), True, "not identified"),
        ((9e3, 1e4, 2e4), (0.1, 0.2, 0.3), False, "not identified"),
        ((1e3, 2e3, 5e3), (0.1, 0.2, 0.3), True, "contradicted"),
    ],
)
def test_many_movers(workers, income, counted, verdict):
    assert many_movers(workers, 8.82e6, income, counted).verdict == verdict


def channels(west, russia, others=0.0, km=None):
    rows = {"flights_change": [west, russia, others, 0.0], "fees_change": [5.0, -1.0, 1.0, -9.0]}
    rows["million_km_change"] = rows["flights_change"] if km is None else km
    return pd.DataFrame(rows, ["avoiding Russia", "Russia", "others", "own"])


UP, RUSSIA_DOWN, DOWN = channels(2.0, 3.0), channels(2.0, -1.0), channels(-2.0, -3.0)


@pytest.mark.parametrize(
    ("cases", "counted", "verdict"),
    [
        ([UP, UP], (150, 450), "supported"),
        ([UP, UP], None, "supported"),
        ([UP, UP], (450, 150), "contradicted"),
        ([DOWN, DOWN], None, "contradicted"),
        ([UP, RUSSIA_DOWN], (150, 450), "mixed"),
        ([UP, DOWN], (150, 450), "mixed"),
        ([UP, DOWN], None, "not robust"),
        ([channels(2.0, 3.0, km=[2.0, -3.0, 0.0, 0.0]), UP], None, "mixed"),
    ],
)
def test_more_flights(cases, counted, verdict):
    named = dict(zip(("central", "other"), cases, strict=True))
    assert more_flights(named, counted).verdict == verdict


def test_which_channel_dominates_is_said():
    table = channels(2.0, 30.0, km=[9.0, 1.0, 0.0, 0.0])
    assert (dominant(table), dominant(table, "million_km")) == ("Russia", "avoiding Russia")
    words = summary(table, "KAZ", 1e5)
    assert "by flights carriers of Russia dominate" in words
    assert "by million km carriers avoiding Russia dominate" in words
    assert "+5.0 USD million, 0.005 % of value added - small" in words
    assert "small" not in summary(table, "KAZ", 1e3)


@pytest.mark.parametrize(
    ("west", "russia", "said"),
    [
        (2.0, -9.0, "by flights only carriers avoiding Russia rise (avoiding Russia +2, Russia −9)"),
        (0.0, 9.0, "by flights only carriers of Russia rise"),
        (-2.0, -9.0, "by flights both channels fall, carriers of Russia more"),
        (-9.0, -2.0, "by flights both channels fall, carriers avoiding Russia more"),
        (-9.0, 0.0, "by flights no channel rises, carriers avoiding Russia fall"),
        (0.0, 0.0, "by flights nothing changes"),
    ],
)
def test_no_channel_dominates_unless_both_rise(west, russia, said):
    words = summary(channels(west, russia), "KAZ", 1e5)
    assert said in words
    assert "dominate" not in words
    assert (dominant(channels(west, russia)) == "") == (max(west, russia) <= 0)


def test_what_did_not_rise_is_named_in_words():
    judged = more_flights({"central": UP, "other": RUSSIA_DOWN}, (150, 450))
    assert "2 of 12 changes" in judged.reason
    assert "one of them other: carriers of Russia, flights" in judged.reason
    assert judged.reason.endswith("counted by others: 150 flights a day before, 450 after")
    distant = more_flights({"central": channels(2.0, 3.0, km=[2.0, -3.0, 5.0, 0.0])}, (150, 450))
    assert "1 of 6 changes" in distant.reason
    assert ": central: carriers of Russia, million km; counted" in distant.reason
