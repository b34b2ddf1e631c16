# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Export taxes, quotas, price caps, preferences, transfers and coalitions, as wedges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scenario_files import COUNTRIES, ON_COUNTRIES, OWN, SECTORS, WORLD, measure, scenario

import tertius as tt
from tertius.policy import CapWedge, QuotaWedge, ScenarioFile

NEW = ("export_tax", "quota", "price_cap", "preference", "transfer", "coalition")


def cell(array, exporter="DEU", importer="RUS"):
    return array.sel(exporter=exporter, importer=importer).values


# --- taxes on exports, preferences ------------------------------------------------------------------


def test_export_tax_is_a_new_level(wedges):
    z = wedges(measure("export_tax", rate={"C26": 0.25, "B06": -0.125}))
    assert_array_equal(cell(z.export_tax), [-0.125, 0.25, 0, 0])
    assert int((z.export_tax != 0).sum()) == 2
    assert_array_equal(z.tariff, WORLD.tariff)
    again = wedges(measure("export_tax", rate=0.25), measure("export_tax", rate={"C26": 0.25}))
    assert_array_equal(cell(again.export_tax), 0.25)


def test_preferences_multiply(wedges):
    z = wedges(measure("preference"), measure("preference", factor={"C26": 3}, exporters=["EU27"]))
    assert_array_equal(cell(z.taste), [0.5, 1.5, 0.5, 0.5])
    assert_array_equal(cell(z.taste, exporter="POL"), [1, 3, 1, 1])
    home = np.arange(len(COUNTRIES))
    assert_array_equal(wedges(measure("preference", exporters=["world"])).taste.values[home, home], 1)


# --- transfers --------------------------------------------------------------------------------------


def test_transfers_are_shared_by_value_added(wedges):
    z = wedges(measure("transfer", payers=["EU27"], receivers=["KAZ", "RUS"], amount=2))
    va = dict(zip(COUNTRIES, WORLD.accounts.value_added, strict=True))
    got = z.transfer.to_series()
    for group, amount in ((("DEU", "POL"), -2.0), (("KAZ", "RUS"), 2.0)):
        total = sum(va[c] for c in group)
        for c in group:
            assert got[c] == pytest.approx(amount * va[c] / total, rel=1e-14)
    assert got["USA"] == got["ROW"] == 0


names = st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=2, unique=True)


@given(st.lists(st.tuples(names, names, st.floats(0.01, 5)), min_size=1, max_size=4))
@settings(max_examples=50)
def test_transfers_sum_to_zero_and_add_up(cases):
    given_ = []
    for payers, others, amount in cases:
        receivers = [c for c in others if c not in payers] or [c for c in COUNTRIES if c not in payers]
        given_.append(measure("transfer", payers=payers, receivers=receivers, amount=amount))
    z = wedges_of(given_)
    assert abs(float(z.transfer.sum())) < 1e-12
    assert_allclose(z.transfer, sum(wedges_of([m]).transfer for m in given_), atol=1e-12)
    assert "transfer" in z.arrays(WORLD)


# --- coalitions -------------------------------------------------------------------------------------


def test_coalitions(wedges):
    z = wedges(
        measure("coalition", members=["EU27"], against=["RUS", "EAEU"]),
        measure("coalition", members=["KAZ", "USA"]),
        measure("embargo", exporters=["EU27"], importers=["RUS"]),
    )
    assert z.coalitions == (("DEU", "POL"), ("KAZ", "USA"))


# --- quotas -----------------------------------------------------------------------------------------

FLOWS = {(e, i, s) for e in ("DEU", "POL") for i in ("RUS", "KAZ") for s in ("C26", "C28")}


@pytest.mark.parametrize(
    ("per", "key"),
    [
        ("flow", lambda e, i, s: (e, i, s)),
        ("importer", lambda e, i, s: (i, s)),
        ("exporter", lambda e, i, s: (e, s)),
        ("measure", lambda e, i, s: ()),
    ],
)
def test_quotas_are_shared_by_the_right_flows(wedges, per, key):
    z = wedges(
        measure("quota", exporters=["EU27"], importers=["EAEU"], sectors=["machinery"], per=per, limit=0.75)
    )
    wanted = {}
    for flow in FLOWS:
        wanted.setdefault(key(*flow), set()).add(flow)
    assert {frozenset(q.flows) for q in z.quotas} == set(map(frozenset, wanted.values()))
    assert len(z.quotas) == len(wanted)
    assert {(q.limit, q.owner) for q in z.quotas} == {(0.75, "importer")}


def test_limits_by_sector_and_both_ways(wedges):
    z = wedges(measure("quota", limit={"C26": 0.5, "C28": 1.25}, owner="exporter", both_ways=True))
    found = {q.flows[0]: (q.limit, q.owner) for q in z.quotas}
    assert found == {
        (e, i, s): (limit, "exporter")
        for e, i in (("DEU", "RUS"), ("RUS", "DEU"))
        for s, limit in (("C26", 0.5), ("C28", 1.25))
    }


def test_flows_that_do_not_exist_have_no_quota_and_no_cap(write):
    trade = WORLD.trade_values.copy()
    trade[0, 3, 1] = 0.0  # DEU to RUS, C26
    trade[3, 1:3, 0] = 0.0  # RUS to KAZ and POL, B06
    world = tt.World.from_arrays(
        COUNTRIES, SECTORS, trade=trade, tariff=WORLD.tariff_values, input_share=WORLD.input_share_values,
        elasticity=WORLD.elasticity_values, name="holes",
    )  # fmt: skip
    path = write(scenario(measure("quota"), measure("price_cap", exporters=["RUS"], importers=["world"])))
    z = tt.Scenario.load(path).wedges(world)
    assert [q.flows[0][2] for q in z.quotas] == ["B06", "C28", "SERV"]
    assert {c.sector: c.importers for c in z.caps}["B06"] == ("DEU", "USA", "ROW")
    nothing = write(scenario(measure("quota", sectors=["C26"])))
    with pytest.raises(tt.BadInput, match="limits no flow: none of them is traded in the base year"):
        tt.Scenario.load(nothing).wedges(world)


def test_too_many_quotas_are_refused_with_a_remedy(monkeypatch, wedges):
    monkeypatch.setattr("tertius.policy.volumes.MOST_QUOTAS", 19)
    everything = {"exporters": ["world"], "importers": ["RUS"]}
    assert len(wedges(measure("quota", **everything, per="importer")).quotas) == 4
    with pytest.raises(tt.BadInput, match=r"measures\[0\]\.per: makes 20 quotas.*per: importer"):
        wedges(measure("quota", **everything))


# --- price caps -------------------------------------------------------------------------------------


def test_price_caps_are_one_per_good_of_an_exporter(wedges):
    z = wedges(
        measure(
            "price_cap", exporters=["RUS", "KAZ"], importers=["EU27", "RUS"], coverage={"B06": 0.5, "C26": 1}
        )
    )
    assert set(z.caps) == {
        CapWedge("KAZ", ("DEU", "POL", "RUS"), "B06", 0.75, 0.5),
        CapWedge("KAZ", ("DEU", "POL", "RUS"), "C26", 0.75, 1.0),
        CapWedge("RUS", ("DEU", "POL"), "B06", 0.75, 0.5),
        CapWedge("RUS", ("DEU", "POL"), "C26", 0.75, 1.0),
    }


def test_a_cap_may_be_a_ratio(wedges):
    z = wedges(measure("price_cap", cap=0.875, base_price=None, unit=None, sectors=["B06"]))
    assert [c.cap for c in z.caps] == [0.875]
    assert z.remarks == ()


@pytest.mark.parametrize(
    ("cap", "words"), [(80, "no effect unless the price rises at all"), (100, "than 25 %")]
)
def test_a_cap_at_or_above_the_base_price_is_told(write, cap, words):
    found = tt.Scenario.load(write(scenario(measure("price_cap", cap=cap, sectors=["B06"], label="Oil"))))
    for remarks in (found.remarks, found.wedges(WORLD).remarks):
        assert len(remarks) == 1
        assert words in remarks[0]
    assert found.remarks[0].startswith("Oil: ")
    assert found.wedges(WORLD).remarks[0].startswith("DEU B06: ")


# --- composition ------------------------------------------------------------------------------------


def wedges_of(measures, on=WORLD):
    return tt.Scenario(ScenarioFile.model_validate(scenario(*measures)), "my.yaml", "").wedges(on)


def drawn(kind):
    """Any measure of a kind between few countries, so that measures meet."""
    two = st.lists(st.sampled_from(COUNTRIES[:4]), min_size=1, max_size=2, unique=True)
    if kind == "transfer":
        return st.permutations(COUNTRIES).map(lambda c: measure(kind, payers=c[:2], receivers=c[2:4]))
    if kind in ON_COUNTRIES:
        field = "members" if kind == "coalition" else "countries"
        few = st.lists(st.sampled_from(COUNTRIES), min_size=2, max_size=3, unique=True)
        return few.map(lambda c: measure(kind, **{field: c}))
    fields = {
        "exporters": two,
        "importers": two,
        "sectors": st.sampled_from([["C26"], ["machinery"], ["all"]]),
    }
    numbers = {
        "tariff": st.sampled_from([{"rate": 0.1}, {"rate": 0.2}, {"add": -0.6}, {"add": 0.5}, {"factor": 2}]),
        "export_tax": st.sampled_from([{"rate": 0.1}, {"rate": -0.2}]),
        "embargo": st.sampled_from([{"coverage": 0.5}, {"coverage": 1}]),
        "export_ban": st.sampled_from([{"coverage": 0.5}, {"coverage": 0.75}]),
    }.get(kind, st.just({}))
    between = st.fixed_dictionaries(fields).filter(lambda d: len({*d["exporters"], *d["importers"]}) > 1)
    return st.builds(lambda b, n: measure(kind, **b, **n), between, numbers)


any_kind = st.one_of(*map(drawn, ("tariff", "embargo", "export_ban", "nontariff_cost", "labour", *NEW)))


def said(measures):
    """The wedges in a form that can be compared, or that they are refused."""
    try:
        z = wedges_of(measures)
    except tt.BadInput:
        return "refused"
    arrays = {name: np.round(values, 12).tobytes() for name, values in z.arrays(WORLD).items()}
    return arrays, z.theta, frozenset(z.quotas), frozenset(z.caps), frozenset(z.coalitions)


@given(
    st.lists(any_kind, min_size=2, max_size=5).flatmap(lambda m: st.tuples(st.just(m), st.permutations(m)))
)
@settings(max_examples=150)
def test_the_order_of_measures_never_matters_not_even_for_what_is_refused(case):
    assert said(case[0]) == said(case[1])


@given(st.lists(any_kind, min_size=2, max_size=4), st.integers(1, 3))
@settings(max_examples=60)
def test_a_plus_b_is_both(measures, cut):
    cut = min(cut, len(measures) - 1)
    files = [ScenarioFile.model_validate(scenario(*part)) for part in (measures[:cut], measures[cut:])]
    first, second = (tt.Scenario(f, "my.yaml", "") for f in files)
    try:
        both = replace(first, parts=(second,)).wedges(WORLD)
    except tt.BadInput:
        assert said(measures) == "refused"
        return
    one = wedges_of(measures)
    for name, values in one.arrays(WORLD).items():
        assert_array_equal(both.arrays(WORLD)[name], values)
    assert (both.quotas, both.caps, both.coalitions) == (one.quotas, one.caps, one.coalitions)


def test_each_measure_alone(write):
    path = write(scenario(measure(factor=2), measure("quota", sectors=["C26"]), measure("transfer")))
    alone = {place: wedges for place, _, wedges in tt.Scenario.load(path).alone(WORLD)}
    assert list(alone) == [f"my.yaml: measures[{k}]" for k in range(3)]
    cost, quota, transfer = alone.values()
    assert (cost.iceberg != 1).any()
    assert not (quota.iceberg != 1).any()
    assert len(quota.quotas) == 1
    assert set(transfer.arrays(WORLD)) == {"iceberg", "tariff", "productivity", "labour", "transfer"}


# --- wedges by hand ---------------------------------------------------------------------------------


def test_what_nobody_touches_is_not_there():
    neutral = tt.Wedges.neutral(WORLD)
    assert set(neutral.arrays(WORLD)) == {"iceberg", "tariff", "productivity", "labour"}
    assert (neutral.quotas, neutral.caps, neutral.coalitions, neutral.remarks) == ((), (), (), ())
    assert_array_equal(neutral.export_tax, 0)  # made on sight
    assert_array_equal(neutral.taste, 1)
    assert_array_equal(neutral.transfer, 0)
    assert set(neutral.arrays(WORLD)) >= {"export_tax", "taste", "transfer"}


def test_edits_by_hand_stay():
    z = tt.Wedges.neutral(WORLD)
    z.export_tax.loc[{"exporter": "RUS", "importer": "DEU"}] = 0.5
    z.taste.loc[{"sector": "C26"}] = 2
    z.transfer.loc["KAZ"] += 3
    z.transfer.loc["USA"] -= 3
    a = z.arrays(WORLD)
    assert a["export_tax"][3, 0].tolist() == [0.5] * 4
    assert a["export_tax"].sum() == 2
    assert a["taste"][:, :, 1].min() == 2
    assert a["transfer"].tolist() == [0, 3, 0, 0, -3, 0]
    assert z.export_tax.dims == ("exporter", "importer", "sector")
    other = replace(z, taste=tt.Wedges.neutral(WORLD).taste)
    assert other.arrays(WORLD)["export_tax"].sum() == 2
    assert other.arrays(WORLD)["taste"].max() == 1


def test_wedges_of_a_scenario_can_be_edited(wedges):
    z = wedges(measure(factor=2))
    z.tariff.loc[{"exporter": "KAZ", "importer": "DEU"}] = 0.5
    assert WORLD.tariff_values[1, 0, 0] == 0.0625
    assert z.arrays(WORLD)["tariff"][1, 0, 0] == 0.5


QUOTA, CAP = QuotaWedge((("DEU", "RUS", "C26"),), 0.5, "importer"), CapWedge("RUS", ("DEU",), "B06", 0.75)


def bad(name, value):
    """One array of new wedges, spoilt in one cell."""
    array = getattr(tt.Wedges.neutral(WORLD), name).copy()
    array[(0,) * array.ndim] = value
    return {name: array}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (bad("export_tax", -1), r"export_tax: -1\.0 at DEU DEU B06 is not a finite number > -1"),
        (bad("export_tax", np.inf), r"export_tax: inf at .*; an embargo is an infinite iceberg"),
        (bad("taste", 0), r"taste: 0\.0 at DEU DEU B06 is not a finite number > 0"),
        (bad("taste", np.inf), r"taste: inf at DEU"),
        (bad("transfer", np.nan), r"transfer: nan at DEU is not a finite number$"),
        (bad("transfer", 5), r"transfer: sums to 5 USD million, not to zero; say who pays"),
        ({"coalitions": (("DEU", "DUE"),)}, r"coalitions: 'DUE' is not a known country .*did you mean DEU"),
        ({"coalitions": (("DEU", "POL"), ("POL", "USA"))}, r"coalitions: POL is named twice; merge"),
        ({"coalitions": (("DEU",),)}, r"coalitions: a coalition needs two members"),
        ({"quotas": (replace(QUOTA, limit=0),)}, r"quotas: limit 0 is not a number > 0"),
        ({"quotas": (replace(QUOTA, limit=np.nan),)}, r"quotas: limit nan is not a number > 0"),
        ({"quotas": (replace(QUOTA, owner="importers"),)}, r"owner .*did you mean importer"),
        ({"quotas": (replace(QUOTA, flows=()),)}, r"quotas: a quota names no flow"),
        ({"quotas": (QUOTA, QUOTA)}, r"quotas: DEU to RUS C26 is named twice"),
        ({"quotas": (replace(QUOTA, flows=(("DEU", "RUS", "C62"),)),)}, r"'C62' is not a known sector"),
        ({"caps": (replace(CAP, cap=-1),)}, r"caps: cap -1 is not a number > 0"),
        ({"caps": (replace(CAP, coverage=1.5),)}, r"caps: coverage 1\.5 is not a share above 0 and up to 1"),
        ({"caps": (replace(CAP, importers=()),)}, r"caps: a price cap names no buyer"),
        ({"caps": (CAP, replace(CAP, cap=0.5))}, r"caps: RUS to DEU B06 is named twice"),
        ({"caps": (replace(CAP, exporter="RSU"),)}, r"'RSU' is not a known exporter .*did you mean RUS"),
    ],
)
def test_bad_wedges_by_hand(fields, message):
    with pytest.raises(tt.BadInput, match="wedges: .*" + message.removeprefix("wedges: ")):
        replace(tt.Wedges.neutral(WORLD), **fields).arrays(WORLD)


def test_new_labels_must_be_the_worlds_own():
    neutral = tt.Wedges.neutral(WORLD)
    with pytest.raises(tt.BadInput, match="transfer: country labels are not in the order"):
        replace(neutral, transfer=neutral.transfer[::-1]).arrays(WORLD)
    with pytest.raises(tt.BadInput, match="export_tax: has dimensions"):
        replace(neutral, export_tax=neutral.transfer).arrays(WORLD)


def test_every_kind_is_in_these_tests():
    assert set(NEW) <= set(OWN)


def test_an_idle_cap_is_told_when_the_scenario_is_shown(write, capsys):
    from tertius.terminal import show_scenario

    path = write(scenario(measure("price_cap", cap=100, sectors=["B06"], label="Oil"), measure("labour")))
    show_scenario(tt.Scenario.load(path))
    told = "a price cap of 1.25 times the base price has no effect unless the price rises by more than 25 %"
    assert f"Note: Oil: {told}." in capsys.readouterr().out.splitlines()
    show_scenario(tt.Scenario.load("oil-price-cap-2022"))
    assert "Note:" not in capsys.readouterr().out
