# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Value of a customs union: parts add up, giving up nothing costs nothing, the pool shares duties."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

import tertius as tt
from strategies import random_world
from tertius.outcomes.union_cell import PARTS
from tertius.outcomes.union_state import KEY, _wedges, eaeu_schedule, rules, state
from tertius.outcomes.union_value import _routes, union_value

PLAIN = {"scenarios": (None,), "routes": None}
RATES = {"C26": 0.05, "C28": 0.1}


@pytest.fixture(scope="module")
def world():
    w = random_world(5, 3, 2, holes=False)
    return tt.World.from_arrays(
        ["RUS", "KAZ", "UKR", "USA", "ROW"], ["C26", "C28", "SERV"], trade=w.trade_values,
        tariff=w.tariff_values, input_share=w.input_share_values, elasticity=[4.0, 6.0, 5.0], name="small",
        elasticity_sets={"low": [2.0, 3.0, 4.0]},
    )  # fmt: skip


@pytest.fixture(scope="module")
def value(world):
    return union_value(world, common=RATES, national={"C26": 0.08, "C28": 0.02}, **PLAIN)


def test_parts_add_up(value):
    assert_allclose(sum(value.parts.values()), value.total, atol=1e-10)
    assert_allclose(value.total_by_border[:, :, 0], value.total)
    table = value.to_table()
    central = table.query("border_cost == @value.border[0]")
    sums = central.query("part != 'total'").groupby("elasticity")["percent"].sum()
    assert_allclose(
        sums, central.query("part == 'total'").set_index("elasticity")["percent"][sums.index], atol=1e-10
    )


def test_leaving_without_changing_anything_is_worth_nothing(world):
    free = {"C26": 0.0, "C28": 0.0}
    v = union_value(world, common=free, national=free, key={}, border=(0.0,), **PLAIN)
    assert_allclose(v.total, 0.0, atol=1e-8)


def test_without_a_border_and_duties_between_only_the_schedule_counts(world):
    """A state whose only partners are free of duty either way loses nothing by its own schedule."""
    free = ("UKR", "USA", "ROW")
    zero = {"C26": 0.0, "C28": 0.0}
    v = union_value(world, common=zero, national=RATES, key={}, border=(0.0,), free=free, **PLAIN)
    assert_allclose(v.parts["border"], 0.0, atol=1e-7)  # percent; solves start from different neighbours
    assert np.all(np.abs(v.parts["tariff"]) > 1e-4)  # its duties on the union remain


def test_dearer_borders_make_membership_worth_more(world):
    v = union_value(world, common=RATES, national=RATES, border=(0.05, 0.0, 0.1, 0.3), key={}, **PLAIN)
    order = [1, 0, 2, 3]
    assert np.all(np.diff(v.total_by_border[0, :, order], axis=0) > 0)
    assert_allclose(v.parts["re-export"], 0.0)
    assert any("re-exports are not computed" in n for n in v.notes) or any("re-export" in n for n in v.notes)


def test_the_pool_gives_each_member_its_share_of_what_all_collect(world):
    key = {"RUS": 0.8, "KAZ": 0.2}
    rule = rules(world, "KAZ", "EAEU", RATES, RATES, key, ())
    whole = frozenset(PARTS)
    found = state(world, rule, None, None, whole, 0.05, "fixed_deficit")
    none = state(
        world, rules(world, "KAZ", "EAEU", RATES, RATES, {}, ()), None, None, whole, 0.05, "fixed_deficit"
    )
    assert none.pool == 0.0
    # by hand: duties of both members at the equilibrium with the transfer
    k, r = world.countries.index("KAZ"), world.countries.index("RUS")
    tariff, gift = world.tariff_values.copy(), np.zeros(5)
    outside = [2, 3, 4]
    tariff[np.ix_(outside, [k, r])] = [0.05, 0.1, 0.0]
    tariff[np.ix_([k, r], [k, r])] = 0.0
    gift[k], gift[r] = found.pool, -found.pool
    z = tt.Wedges.from_arrays(world, np.ones_like(tariff), tariff, np.ones((5, 3)), np.ones(5), transfer=gift)
    duties = tt.solve(world, z).tariff_revenue.values
    assert_allclose(found.pool, 0.2 * (duties[k] + duties[r]) - duties[k], rtol=1e-6)
    assert (found.log_real_income > none.log_real_income) == (found.pool > 0)


def test_both_pay_schedules_and_never_the_tariffs_of_the_world(world):
    rule = rules(world, "KAZ", "EAEU", RATES, {"C26": 0.08, "C28": 0.02}, {}, ("UKR",))
    k, r, outside, free = 1, 0, [3, 4], 2
    start = tt.Wedges.neutral(world)
    member = _wedges(world, rule, start, frozenset(PARTS), 0.05)[0].arrays(world)["tariff"]
    alone = _wedges(world, rule, start, frozenset(), 0.05)[0].arrays(world)["tariff"]
    common, national = [0.05, 0.1, 0.0], [0.08, 0.02, 0.0]
    for i in outside:
        assert_allclose([member[i, k], member[i, r], alone[i, r]], [common] * 3)
        assert_allclose(alone[i, k], national)
    for t in (member, alone):
        assert_allclose(t[free, [k, r]], 0.0)
    assert_allclose([member[r, k], member[k, r]], 0.0)
    assert_allclose(alone[r, k], national)
    assert_allclose(alone[k, r], common)


def test_shipped_key_and_schedule():
    assert_allclose(sum(KEY.values()), 1.0)
    rates = eaeu_schedule()
    assert 0.0 < np.mean(list(rates.values())) < 0.1
    assert "ALL" not in rates


def test_re_exports_are_worth_something_only_with_routes(tmp_path):
    import yaml

    def number(x, low=None, high=None):
        return {"central": x, "low": low or x, "high": high or x, "why": {"title": "made up"}}

    w = tt.load_world("icio-2021")
    path = tmp_path / "r.yaml"
    path.write_text(
        yaml.safe_dump(
            {
                "schema_version": 1, "name": "r", "title": "r", "q": number(2.0),
                "hubs": [{"hub": "KAZ", "margin": number(0.1), "rent": number(1.0)}],
                "paths": [{"origins": ["EU27"], "destinations": ["RUS"], "sectors": ["C26", "C28"],
                           "measure": "leakage", "hubs": {"KAZ": number(0.1, 0.05, 0.2)}}],
            }
        ),
        encoding="utf-8",
    )  # fmt: skip
    v = union_value(w, routes=str(path), elasticities=("FGO",), border=(0.05,), key={})
    assert_allclose(sum(v.parts.values()), v.total, atol=1e-10)
    before, after = v.parts["re-export"][:, 0]
    assert 0 < before < after  # bans of others make the way through worth more
    assert np.all(v.total_open < v.total)  # a non-member that lets goods pass loses less
    middle, ends = v.parts["re-export"][:, 0], v.re_export_by_routes
    assert np.all(ends["low"] < middle)
    assert np.all(middle < ends["high"])
    rows = v.summary().set_index(["scenario", "part"])
    assert_allclose(rows.loc[("2021", "re-export"), ["low", "high"]].tolist(), [e[0] for e in ends.values()])
    found = v.quantities()
    low = v.total_by_routes["low"]
    assert_allclose(found["change_low_routes"].values["FGO"], low[1] - low[0])
    assert v.routes == "r"
    assert v.verdict in ("supported", "mixed", "contradicted")


def test_shipped_routes_lead_through_kazakhstan():
    assert _routes("", "KAZ", ("RUS", "KAZ")).id == "kazakhstan-2022"
    assert _routes("", "KGZ", ("RUS", "KGZ")).id == "kazakhstan-2022"
    assert _routes("", "RUS", ("RUS", "KAZ")) is None  # goods end there: nothing to pass on
    assert _routes(None, "KAZ", ("RUS", "KAZ")) is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"focal": "USA"}, "USA is no member of EAEU"),
        ({"focal": "KAZ", "union": "CSTO"}, "give common= and national="),
        ({"border": ()}, "no shares of value"),
        ({"common": {"C26": -1.0}, "national": RATES}, "is no tariff"),
        ({"common": {"C27": 0.1}, "national": RATES}, "C27"),
    ],
)
def test_what_is_refused(world, options, words):
    with pytest.raises(tt.BadInput, match=words):
        union_value(world, **(PLAIN | options))
