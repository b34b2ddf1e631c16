# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Workers who move: nobody moves, all are counted, money adds up, limits."""

import numpy as np
import pytest

import tertius as tt
from strategies import random_world
from tertius.data.workers import waves, workers


@pytest.fixture(scope="module")
def big():
    return tt.load_world()


@pytest.fixture(scope="module")
def moved(big):
    return tt.relocate(big, movers=20_000.0, skilled=0.7)


def test_nobody_moves_nothing_changes(big):
    none = tt.relocate(big, movers=0.0)
    assert abs(none.equilibrium.welfare()).max() < 1e-9
    assert all(abs(v) < 1e-9 for v in (*none.total.values(), *none.per_native.values()))
    assert none.sent == none.remote_pay == 0.0


def test_signs_and_sizes(moved):
    assert moved.total["KAZ"] > 0 > moved.total["RUS"]
    assert sum(moved.moved.values()) == pytest.approx(20_000)
    assert abs(moved.per_native["KAZ"]) < 0.2 * moved.total["KAZ"]  # per head it is second order
    assert abs(moved.per_native["RUS"]) < 0.2 * abs(moved.total["RUS"])


def test_small_moves_are_linear(big):
    one, two = (tt.relocate(big, movers=m) for m in (500.0, 1000.0))
    assert two.total["KAZ"] == pytest.approx(2 * one.total["KAZ"], rel=1e-3)
    assert two.total["RUS"] == pytest.approx(2 * one.total["RUS"], rel=1e-3)


def test_first_order_gain_is_the_pay_of_the_movers(big):
    """What a country's income gains is what its new workers earn, to first order and but for prices."""
    r = tt.relocate(big, movers=1000.0)
    assert r.total_usd["KAZ"] == pytest.approx(1000 * r.mover_pay["KAZ"] / 1e6, rel=0.15)
    assert -r.total_usd["RUS"] == pytest.approx(1000 * r.mover_pay["RUS"] / 1e6, rel=0.15)


def test_incomes_add_up(big):
    """Natives' and movers' incomes are the income of the country, in nominal terms."""
    r = tt.relocate(big, movers=50_000.0, skilled=0.5, sent=0.2, remote=0.3)
    price = np.exp(r.equilibrium.solution.sweep.log_pf)
    d = big.countries.index("KAZ")
    natives = (r.native_usd["KAZ"] + float(r.equilibrium.solution.base.I[d])) * price[d]
    movers = 50_000 * r.mover_pay["KAZ"] / 1e6
    assert natives + movers - r.sent == pytest.approx(
        float(r.equilibrium.income.sel(country="KAZ")), rel=1e-9
    )
    given = r.equilibrium.transfer_received
    assert float(given.sel(country="KAZ")) == pytest.approx(r.remote_pay - r.sent)
    assert float(given.sum()) == pytest.approx(0.0, abs=1e-6)


def test_heads_and_movers_scale_together(big):
    heads = {c: 10.0 * workers()[c] for c in ("RUS", "KAZ")}
    a, b = tt.relocate(big, movers=5000.0), tt.relocate(big, movers=50_000.0, heads=heads)
    assert b.total["KAZ"] == pytest.approx(a.total["KAZ"], rel=1e-8)
    assert b.per_native["RUS"] == pytest.approx(a.per_native["RUS"], rel=1e-5, abs=1e-9)
    assert b.mover_pay["RUS"] == pytest.approx(a.mover_pay["RUS"] / 10)


def test_moving_back_returns_the_world(big):
    """Endowments of the way there times those of the way back, from the new numbers, are one."""
    from tertius.outcomes.relocation import endowments

    number, gone = np.array([[5e6, 1.2e6], [60e6, 9e6]]), np.array([30_000.0, 5_000.0])
    there = endowments(number, gone, 1.0, (0.4, 0.6))
    after = number + np.array([[1.0], [-1.0]]) * gone
    back = endowments(after, -gone, 1.0, (0.4, 0.6))
    np.testing.assert_allclose(there * back, 1.0, rtol=1e-12)
    np.testing.assert_allclose(after.sum(axis=0), number.sum(axis=0))


def test_all_remote_moves_money_only(big):
    r = tt.relocate(big, movers=20_000.0, remote=1.0)
    np.testing.assert_allclose(r.equilibrium.solution.system.endowment, r.equilibrium.solution.base.V)
    assert r.remote_pay == pytest.approx(20_000 * r.mover_pay["RUS"] / 1e6)
    assert r.mover_pay["KAZ"] == pytest.approx(r.mover_pay["RUS"])
    assert r.total["KAZ"] > 0 > r.total["RUS"]


def test_capital_that_follows_makes_more(big, moved):
    more = tt.relocate(big, movers=20_000.0, skilled=0.7, capital="follows")
    assert more.total["KAZ"] > moved.total["KAZ"]
    assert more.total["RUS"] < moved.total["RUS"]


def test_ranges_carry_their_day():
    june, december = waves()["2022-06"], waves()["2022-12"]
    assert not june.after_article
    assert december.after_article
    assert june.workers[1] < december.workers[1]
    for w in waves().values():
        for band in (w.workers, w.skilled, w.remote, w.sent):
            assert list(band) == sorted(band)
        assert all(row.source for row in w.rows)


def test_the_measure_on_one_kind_of_labour(tmp_path):
    world = random_world(3, 3, 2)
    shares = {"skilled": np.full(world.output.shape[1], 0.4)}
    text = (
        "schema_version: 1\nname: mine\ntitle: made up\nmeasures:\n"
        "  - {{kind: labour, countries: [{0}], factor: 1.1, skill: {1}, why: {{title: made up}}}}\n"
    )
    found = {}
    for kind in ("skilled", "unskilled", "both"):
        path = tmp_path / f"{kind}.yaml"
        path.write_text(text.format(world.countries[0], kind).replace("name: mine", f"name: {kind}"))
        found[kind] = tt.Scenario.load(str(path))
    eq = {k: tt.solve(world, s, factors="skills", **shares) for k, s in found.items()}
    gain = {k: float(e.welfare()[0]) for k, e in eq.items()}
    assert 0 < gain["skilled"] < gain["both"]
    assert gain["skilled"] + gain["unskilled"] == pytest.approx(gain["both"], rel=0.05)
    plain = tt.solve(world, found["both"])
    np.testing.assert_allclose(plain.welfare(), eq["both"].welfare(), atol=1e-7)  # same shares everywhere
    reward = eq["skilled"].factor_reward
    first = world.countries[0]
    assert reward.sel(country=first, factor="skilled") < reward.sel(country=first, factor="unskilled")
    with pytest.raises(tt.BadInput, match="one kind of labour only"):
        tt.solve(world, found["skilled"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"origin": "RUX"}, "did you mean RUS"),
        ({"origin": "KAZ"}, "both origin and destination"),
        ({"skilled": 1.5}, "not a share"),
        ({"movers": -1.0}, "numbers of 0 or more"),
        ({"movers": 1e9}, "all the labour of one kind"),
        ({"capital": "folows"}, "did you mean follows"),
        ({"origin": "ROW"}, "no workers is shipped"),
    ],
)
def test_bad_input(big, options, words):
    with pytest.raises(tt.BadInput) as caught:
        tt.relocate(big, **options)
    assert words in str(caught.value)
