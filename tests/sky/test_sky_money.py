# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Fees and airlines' cost by state, against a count by hand; the variants of claim S2."""

import numpy as np
import pytest

import tertius as tt
from tertius.sky import Closures, Service
from tertius.sky.costs import CRAFT, FUEL_PRICE, fee_per_km
from tertius.sky.money import sky_money
from tertius.sky.verdict import more_flights, variants

PAIRS = [
    Service("FRA", "PEK", "DEU"), Service("HEL", "SIN", "FIN"), Service("SVO", "AER", "RUS"),
    Service("ALA", "FRA", "KAZ"), Service("FRA", "SVO", "DEU"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return tt.overflights(network=PAIRS)


def test_an_open_sky_moves_no_money():
    same = tt.overflights(Closures.none(), before=None, network=PAIRS)
    assert sky_money(same).abs().max(axis=None) < 1e-12


def test_fees_are_those_of_others(found):
    k = found.states.index("KAZ")
    more = (found.over[1] - found.over[0])[:, k] * found.flown.yearly
    fees = [m * fee_per_km("KAZ", s.craft)[1] for m, s in zip(more, PAIRS, strict=True) if s.carrier != "KAZ"]
    assert sky_money(found).loc["KAZ", "fees"] == pytest.approx(sum(fees) / 1e6, rel=1e-12)


def test_an_airline_pays_for_time_fuel_and_fees_abroad(found):
    (k,) = [n for n, s in enumerate(PAIRS) if s.carrier == "FIN"]
    craft, yearly = CRAFT[PAIRS[k].craft], found.flown.yearly[k]
    longer = found.flown.after[k].km - found.flown.before[k].km
    assert longer > 1000
    hour = craft.burn[1] * FUEL_PRICE[1] + craft.hour[1]
    cost = yearly * longer / craft.speed * hour
    for n, state in enumerate(found.states):
        if state != "FIN":
            more = found.over[1, k, n] - found.over[0, k, n]
            cost += yearly * more * fee_per_km(state, PAIRS[k].craft)[1]
    assert sky_money(found).loc["FIN", "airlines"] == pytest.approx(-cost / 1e6, rel=1e-9)


def test_what_is_no_longer_flown_costs_its_airline_nothing():
    gone = tt.overflights(network=[Service("FRA", "SVO", "DEU")])
    table = sky_money(gone)
    assert table.loc["DEU", "airlines"] == 0.0
    assert table.loc["RUS", "fees"] < 0.0  # but Russia loses its fees


def test_ends_are_in_order(found):
    table = sky_money(found)
    for what in ("fees", "airlines"):
        assert (table[f"{what}_low"] <= table[what]).all()
        assert (table[what] <= table[f"{what}_high"]).all()


def test_variants_count_again_and_search_only_the_last(found):
    told = []
    again = variants(found, Closures.load("2022"), told=lambda *x: told.append(x))
    assert list(again) == ["decay 0", "decay 1", "ways over 1.3 given up", "narrow closed south"]
    km = found.services["km_after"]
    assert np.array_equal(again["decay 0"].services["km_after"], km, equal_nan=True)
    assert again["decay 0"].flown.yearly.min() == again["decay 0"].flown.yearly.max()
    assert again["ways over 1.3 given up"].services["km_after"].isna().sum() >= km.isna().sum()
    assert told
    judged = more_flights({"central": found.channels(), **{k: v.channels() for k, v in again.items()}})
    assert len(judged.quantities) == 5 * 6
