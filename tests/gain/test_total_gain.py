# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The total gain: zero, additivity, energy apart, homogeneity, ranks, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

import tertius as tt
from tertius.gain import interaction, total_gain
from tertius.gain.energy import ENERGY, overlap, price_changes, revaluation, windfall
from tertius.gain.result import PARTS
from tertius.sky import Service, overflights

PLAIN = {"routes": None, "closures": None, "wave": None}


@pytest.fixture(scope="module")
def world():
    return tt.load_world("icio-2021")


@pytest.fixture(scope="module")
def eurasia():
    base = tt.load_world("eurasia-2021")
    sets = {k: base.elasticity_sets[k] for k in (base.elasticity_name, "CP")}
    return replace(base, elasticity_sets=sets)


@pytest.fixture(scope="module")
def sky():
    network = [Service("FRA", "PEK", "DEU"), Service("SVO", "AER", "RUS"), Service("ALA", "FRA", "KAZ")]
    return overflights(network=network)


@pytest.fixture(scope="module")
def found(eurasia, sky):
    return total_gain(eurasia, scenario="sanctions-2022@december", sky=sky, wave="2022-12")


# --- theorems ---------------------------------------------------------------------------------------


def test_nothing_gives_nothing_but_the_price_of_energy(world):
    zero = total_gain(world, scenario=tt.Wedges.neutral(world), **PLAIN)
    assert_allclose(zero.parts["trade"], 0.0, atol=1e-4)  # of 1e8 USD million
    assert_allclose(zero.overlap, 0.0, atol=1e-4)
    assert_allclose(zero.energy, windfall(world), rtol=0)


def test_what_is_not_asked_for_is_no_part_and_is_said(world):
    zero = total_gain(world, scenario=tt.Wedges.neutral(world), **PLAIN)
    assert list(zero.parts) == ["trade"]
    assert "transit, fees, relocation, transfers, losses" in " ".join(zero.notes)
    assert {"fees", "losses"}.isdisjoint(zero.table()["channel"])
    assert np.array_equal(zero.total(), zero.parts["trade"])


def test_parts_add_to_the_total(found):
    table = found.table()
    for unit in ("USD million", "percent"):
        rows = table[table["unit"] == unit].set_index("channel")
        for end in ("low", "central", "high"):
            assert_allclose(rows.loc[list(PARTS), end].sum(), rows.loc["total", end], rtol=1e-10)
    assert all(found.table()["low"] <= found.table()["central"] + 1e-12)
    assert all(found.table()["central"] <= found.table()["high"] + 1e-12)


def test_trade_and_transit_are_differences_of_equilibria(eurasia, found):
    scenario = tt.Scenario.load("sanctions-2022@december")
    routed = tt.solve(eurasia, scenario, routes=tt.Routes.load("kazakhstan-2022"))
    whole = found.parts["trade"][1] + found.parts["transit"][1]
    assert_allclose(whole, routed.welfare("equivalent_variation").values, rtol=1e-8, atol=1e-5)
    assert_allclose(overlap(routed), found.overlap, rtol=1e-8, atol=1e-5)


def test_the_energy_price_enters_by_its_share(found):
    plain, half, whole = (found.total(a) for a in (0.0, 0.5, 1.0))
    assert np.array_equal(plain, np.sum(list(found.parts.values()), axis=0))
    assert_allclose(whole - plain, found.energy - found.overlap, rtol=1e-9, atol=1e-6)
    assert_allclose(half, (plain + whole) / 2, rtol=1e-12)


def test_who_sells_energy_gains_and_who_buys_it_pays(world):
    low, central, high = (dict(zip(world.countries, row, strict=True)) for row in windfall(world))
    for code in ("KAZ", "RUS", "SAU", "NOR"):
        assert 0 < low[code] <= central[code] <= high[code]
    for code in ("DEU", "JPN", "IND", "TUR"):
        assert low[code] <= central[code] <= high[code] < 0
    assert_allclose(sum(central.values()), 0.0, atol=1e-6)


def test_a_uniform_price_change_is_net_exports_times_it(world):
    change = np.zeros((len(world.countries), len(world.sectors)))
    energy = [world.sectors.index(s) for s in ENERGY]
    change[:, energy] = 0.4
    trade = world.trade_values[:, :, energy].copy()
    for k in range(len(world.countries)):
        trade[k, k] = 0.0
    net = (trade.sum(axis=1) - trade.sum(axis=0)).sum(axis=1)
    assert_allclose(revaluation(world.trade_values, change), 0.4 * net, rtol=1e-9, atol=1e-4)


def test_a_price_is_a_mean_of_its_products(world):
    change = price_changes(world)
    b05, b06 = (world.sectors.index(s) for s in ENERGY)
    assert np.all((change[:, b06] >= 0.3996 - 1e-9) & (change[:, b06] <= 2.0848 + 1e-9))
    assert_allclose(change[:, b05], 0.9048, rtol=1e-9)
    assert not np.delete(change, [b05, b06], axis=1).any()


def test_money_may_be_counted_in_other_units(world):
    scaled = tt.World.from_arrays(
        world.countries, world.sectors, trade=10.0 * world.trade_values, tariff=world.tariff_values,
        input_share=world.input_share_values, elasticity=world.elasticity_values,
    )  # fmt: skip
    base = tt.World.from_arrays(
        world.countries, world.sectors, trade=world.trade_values, tariff=world.tariff_values,
        input_share=world.input_share_values, elasticity=world.elasticity_values,
    )  # fmt: skip
    options = {**PLAIN, "wave": "2022-06"}
    one, ten = total_gain(base, **options), total_gain(scaled, **options)
    for a in (0.0, 1.0):
        assert_allclose(ten.total(a), 10.0 * one.total(a), rtol=1e-6, atol=1e-2)
    percent = one.table().query("unit == 'percent'")["central"]
    assert_allclose(ten.table().query("unit == 'percent'")["central"], percent, rtol=1e-5, atol=1e-7)
    assert list(one.ranks()["rank_world"]) == list(ten.ranks()["rank_world"])


def test_base_incomes_are_those_of_the_equilibrium(world):
    found = total_gain(world, scenario=tt.Wedges.neutral(world), **PLAIN)
    base = tt.solve(world, tt.Wedges.neutral(world)).solution.base
    assert_allclose(found.economies.income, base.I, rtol=1e-9)


# --- ranks ------------------------------------------------------------------------------------------


def test_ranks_agree_with_the_table_of_economies(found):
    for a in found.attributed:
        table, ranks = found.economies_table(a), found.ranks().query("attributed == @a").set_index("measure")
        assert "ROW" not in set(table["country"])
        for measure in ("usd", "percent", "per_head"):
            own = float(table.set_index("country").loc["KAZ", measure])
            assert ranks.loc[measure, "rank_world"] == 1 + int((table[measure] > own).sum())
            near = table[table["eurasia"]]
            assert ranks.loc[measure, "rank_eurasia"] == 1 + int((near[measure] > own).sum())
            assert ranks.loc[measure, "of_eurasia"] == len(near) == 15


def test_per_head_is_dollars_over_heads(found):
    row = found.ranks().query("attributed == 1.0").set_index("measure")["value"]
    heads = found.economies.heads[found.economies.names.index("KAZ")]
    assert_allclose(row["per_head"] * heads / 1e6, row["usd"], rtol=1e-12)
    wide = found.totals().query("attributed == 1.0").set_index("unit")["central"]
    assert_allclose(wide["USD per head"], row["per_head"], rtol=1e-12)


def test_draws_hold_the_central_total(found):
    low, high = found.over_draws()
    place = found.economies.names.index("KAZ")
    assert low <= found.total()[1, place] <= high
    assert found.total()[0, place] <= low
    assert high <= found.total()[2, place]
    assert len(found.draw_names) == len(found.draws) == 2 * 8


# --- people -----------------------------------------------------------------------------------------


def test_residents_hold_the_movers_and_their_transfers(eurasia):
    options = {**PLAIN, "wave": "2022-12"}
    k = eurasia.countries.index("KAZ")
    natives = total_gain(eurasia, scenario=tt.Wedges.neutral(eurasia), **options)
    residents = total_gain(eurasia, scenario=tt.Wedges.neutral(eurasia), people="residents", **options)
    alone = tt.relocate(eurasia, movers=65_000.0, skilled=0.5, remote=0.4, sent=0.1)
    assert_allclose(natives.parts["relocation"][1, k], alone.native_usd["KAZ"], rtol=1e-9)
    both = residents.parts["relocation"][1, k] + residents.parts["transfers"][1, k]
    assert_allclose(both, alone.total_usd["KAZ"], rtol=1e-9)
    assert not natives.parts["transfers"].any()
    assert residents.parts["transfers"][1].sum() == pytest.approx(0.0, abs=1e-9)


def test_what_adding_misses_is_small(eurasia):
    out = interaction(eurasia, tt.Scenario.load("sanctions-2022@december"), "2022-12")
    assert out["together"] == pytest.approx(out["trade"] + out["relocation"] + out["interaction"])
    assert abs(out["interaction"]) < 0.01 * out["together"]
    nothing = interaction(eurasia, tt.Wedges.neutral(eurasia), "2022-12")
    assert nothing["interaction"] == pytest.approx(0.0, abs=1e-3)


# --- refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"focal": "KAZ1"}, "KAZ1"),
        ({"focal": "ROW"}, "ROW"),
        ({"focal": "GEO"}, "GEO"),  # not in this world
        ({"scenario": "sanctions-2023"}, "sanctions-2022"),
        ({"routes": "nowhere"}, "nowhere"),
        ({"closures": "2021"}, "2021"),
        ({"wave": "2021-01"}, "2022-06"),
        ({"people": "natifs", "wave": "2022-06"}, "natives"),
        ({"attributed": (0.0, 1.5)}, "1.5 is not a share"),
        ({"attributed": (float("nan"),)}, "not a share"),
        ({"attributed": ()}, "no share"),
    ],
)
def test_bad_input(world, options, words):
    given = {**PLAIN, "scenario": tt.Wedges.neutral(world), **options}
    with pytest.raises(tt.BadInput, match=words):
        total_gain(world, **given)
