# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The payoff surface: it is the plain engine's welfare, state by state, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from choice_worlds import POWERS, catalogue_file, routes_file, sanctions_file, small_world
from numpy.testing import assert_allclose, assert_array_equal

import tertius as tt
from tertius.choice import solving
from tertius.choice import surface as surface_room
from tertius.choice.solving import _snake
from tertius.choice.states import combined, joining
from tertius.choice.surface import payoff_surface
from tertius.equilibrium import Outcome
from tertius.outcomes.transit import barred_through
from tertius.policy import PassageWedge
from tertius.policy.lever import catalogue

COALITION = ("DEU", "USA")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TERTIUS_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def world():
    return small_world()


@pytest.fixture
def ask(world, tmp_path):
    """Solve the small world's surface; what is given replaces the test's own setting."""
    catalogue_file(tmp_path)
    routes_file(tmp_path)

    def call(**changes):
        given = {
            "scenario": sanctions_file(tmp_path),
            "routes": tmp_path / "routes.yaml",
            "levers": ("chips-ban", "half"),
            "catalogues": [tmp_path / "levers.yaml"],
            "stances": 4,
            "options": (),
            "elasticities": ["A"],
            "workers": 1,
        }
        return payoff_surface(world, **(given | changes))

    return call


def sums(eq):
    w = eq.welfare("equivalent_variation")
    return np.array([float(w.sel(country=list(c)).sum()) for c in (("KAZ",), COALITION, ("RUS",))])


def test_without_routes_it_is_the_plain_engine(world, ask, tmp_path):
    """METHODS, section 8: y = 0 and every stance is worth the same."""
    found = ask(routes=None)
    plain = tt.solve(world, tt.Scenario.load(tmp_path / "sanctions.yaml"))
    assert_array_equal(found.traffic, 0.0)
    assert_allclose(found.value[0, :, :, 0, 0], np.repeat(sums(plain)[:, None], 4, axis=1), rtol=1e-7)
    assert_allclose(found.income[0], plain.solution.base.I[world.countries.index("KAZ")])


@pytest.mark.parametrize("name", ["A", "B"])
def test_every_state_is_a_solve_of_its_own(world, ask, tmp_path, name):
    """The slow way: scenario and levers as one scenario with parts, from the base year, one by one."""
    found = ask(elasticities=[name])
    used, routes = world.with_elasticity(name), tt.Routes.load(tmp_path / "routes.yaml")
    known = catalogue(world.countries, "KAZ", POWERS, [tmp_path / "levers.yaml"])
    by_id = {x.id: x for x in known}
    base = tt.Scenario.load(tmp_path / "sanctions.yaml")
    for west, east in np.ndindex(2, 2):
        levers = [by_id[i] for i, on in zip(found.levers, (west, east), strict=True) if on]
        parts = [base.wedges(used), *(x.scenarios()[0].wedges(used) for x in levers)]
        for k, x in enumerate(found.stance[:, 0]):
            z = combined(used, parts, used)
            stop = PassageWedge(("KAZ",), world.countries, ("RUS",), world.sectors, passing=1.0 - x)
            eq = tt.solve(used, tt.Wedges(**{**vars(z), "passages": (stop,)}), routes=routes)
            eq.report.require()
            assert_allclose(found.value[0, :, k, west, east], sums(eq), rtol=1e-6, atol=1e-6)


def test_parts_together_are_the_scenario_with_parts(world, tmp_path):
    """Where no flow is banned twice, `combined` and a scenario with parts are the same wedges."""
    base = tt.Scenario.load(sanctions_file(tmp_path))
    other = {x.id: x for x in catalogue(world.countries, "KAZ", POWERS, [catalogue_file(tmp_path)])}
    lever = other["half:RUS:KAZ"].scenarios()[0]
    whole = tt.Scenario(base.file, base.source, base.text, parts=(lever,))
    for used in (world, world.with_elasticity("B")):
        made = combined(world, [base.wedges(world), lever.wedges(world)], used)
        for name in ("iceberg", "tariff", "closed"):
            assert_allclose(getattr(made, name), getattr(whole.wedges(used), name), rtol=1e-12)


def test_bans_on_one_flow_leave_what_both_leave(world, tmp_path):
    z = tt.Scenario.load(sanctions_file(tmp_path)).wedges(world)
    twice = combined(world, [z, z], world)
    assert_allclose(twice.closed, 1 - (1 - z.closed) ** 2)
    assert_allclose(twice.iceberg, z.iceberg**2)


def test_levers_that_are_not_pulled_do_nothing(ask):
    found = ask(intensity=(0.0, 0.0))
    assert_allclose(found.value, found.value[..., :1, :1] * np.ones((2, 2)), rtol=1e-8, atol=1e-6)


def test_traffic_falls_from_one_to_nothing(ask):
    found = ask(elasticities=None)
    assert found.sets == ("A", "B")
    assert_array_equal(found.traffic[:, 0], 1.0)
    assert_allclose(found.traffic[:, -1], 0.0, atol=1e-12)
    assert np.all(np.diff(found.traffic, axis=1) < 0)


def test_traffic_is_that_of_the_table(world, ask, tmp_path):
    routes = tt.Routes.load(routes_file(tmp_path))
    eq = tt.solve(world, tt.Scenario.load(sanctions_file(tmp_path)), routes=routes)
    table = eq.transit()
    mine = table[(table["hub"] == "KAZ") & (table["destination"] == "RUS")]
    assert_allclose(barred_through(eq, "KAZ", ("RUS",)), mine["barred"].sum())
    assert barred_through(eq, "TUR", ("RUS",)) == 0.0
    assert barred_through(eq, "KAZ", ("USA",)) == 0.0


def test_a_hub_elsewhere_makes_stances_idle(ask, tmp_path):
    routes_file(tmp_path, hubs=("TUR",))
    found = ask()
    assert_array_equal(found.traffic, 0.0)
    assert_array_equal(found.value, found.value[:, :, :1] * np.ones((4, 1, 1)))


def test_two_goods_groups(ask):
    """The diagonal is the line of one stance; a group's own compliance stops its own goods only."""
    one, two = ask(stances=3), ask(stances=3, groups=("chips",))
    assert two.stance.shape == (9, 2)
    assert_allclose(two.value[:, :, [0, 4, 8]], one.value, rtol=1e-6, atol=1e-6)
    assert_allclose(two.traffic[:, [0, 4, 8]], one.traffic, atol=1e-9)
    grid = two.traffic[0].reshape(3, 3)
    assert np.all(np.diff(grid, axis=0) < 0)
    assert np.all(np.diff(grid, axis=1) < 0)
    assert 0.05 < grid[2, 0] < 0.95


def test_neighbours_follow_each_other():
    order = _snake(np.array([[a, b] for a in (0.0, 0.5, 1.0) for b in (0.0, 0.5, 1.0)]))
    assert order == [0, 1, 2, 5, 4, 3, 6, 7, 8]


def test_joining_is_the_coalitions_average_ban(world, tmp_path):
    z = tt.Scenario.load(sanctions_file(tmp_path)).wedges(world)
    own = joining(world, z, "KAZ", COALITION, ("RUS",))
    closed = own.closed.sel(exporter="KAZ", importer="RUS")
    assert_allclose(closed, [0.5, 0.4, 0.0])  # the same for both members
    sold = world.trade.sel(exporter="RUS", importer=list(COALITION), sector="C28")
    share = 0.3 * float(sold.sel(importer="DEU") / sold.sum())
    assert_allclose(own.closed.sel(exporter="RUS", importer="KAZ"), [0.0, share, 0.0])
    assert float(own.closed.sum()) == pytest.approx(0.9 + share)


def test_options_lie_off_the_line(ask):
    found = ask(options=("join", "china", "china-high"))
    free, join = found.value[0, 0, :, 0, 0], found.options["join"][0, 0, 0, 0]
    assert join < free[-1]  # strict compliance and bans of one's own besides
    assert free[0] < found.options["china"][0, 0, 0, 0] < found.options["china-high"][0, 0, 0, 0]
    assert_allclose(found.option_traffic["join"], 0.0, atol=1e-12)
    assert 0.5 < float(found.option_traffic["china"][0]) <= 1.0


def test_an_offer_holds_in_every_state(ask):
    found, option = ask(offer="china"), ask(options=("china",)).options["china"]
    assert_allclose(found.value[:, :, 0], option, rtol=1e-6, atol=1e-6)


def test_the_cache_gives_the_same_arrays(ask, tmp_path, monkeypatch):
    made = ask(options=("join",))
    monkeypatch.setattr(surface_room, "_solved", lambda *_: pytest.fail("solved again"))
    kept = ask(options=("join",))
    for name in ("stance", "traffic", "value", "income"):
        assert_array_equal(getattr(kept, name), getattr(made, name))
    assert_array_equal(kept.options["join"], made.options["join"])
    assert (kept.players, kept.sets, kept.levers) == (made.players, made.sets, made.levers)
    with pytest.raises(pytest.fail.Exception):
        ask(stances=5, options=("join",))


def test_a_damaged_cache_is_none(ask, tmp_path):
    made = ask()
    (kept,) = (tmp_path / "cache").iterdir()
    for damage in (b"", b"no archive", kept.read_bytes()[:200]):
        kept.write_bytes(damage)
        assert_array_equal(ask().value, made.value)
    assert len(list((tmp_path / "cache").iterdir())) == 1  # and nothing half-written beside it


def test_no_cache_leaves_nothing(ask, tmp_path):
    ask(cache=False)
    assert not (tmp_path / "cache").exists()


def test_a_folder_that_cannot_be_used_is_no_error(ask, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    monkeypatch.setenv("TERTIUS_CACHE", str(tmp_path / "file"))
    assert np.isfinite(ask().value).all()


def test_what_cannot_be_solved_is_named(ask, monkeypatch):
    def failing(*given, **named):
        eq = tt.solve(*given, **named)
        return replace(eq, report=replace(eq.report, outcome=Outcome.too_many_sweeps))

    monkeypatch.setattr(solving, "solve", failing)
    with pytest.raises(tt.NotSolved, match=r"choice of KAZ: stance 0, stances, nobody strikes, A: "):
        ask()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"levers": ("chip-ban", "half")}, "'chip-ban' is not a known lever.*did you mean chips-ban"),
        ({"levers": ("payments", "half")}, "payments is not identified: no elasticity"),
        ({"powers": ("coalition-2022", "TUR"), "levers": ("", "half")}, "'half' is not a known lever"),
        ({"powers": ("coalition-2022", "KAZ")}, "the focal state KAZ is among the powers"),
        ({"powers": ("EAEU", "RUS")}, r"the focal state KAZ is among the powers \(EAEU\)"),
        ({"powers": ("coalition-2022", "DEU")}, "DEU is in both"),
        ({"powers": ("coalition-2022",)}, "name a western and an eastern one"),
        ({"focal": "KAX"}, "did you mean KAZ"),
        ({"stances": ()}, "the stance set is empty"),
        ({"stances": 1}, "1 is not enough"),
        ({"stances": (0.0, 0.5)}, "0 or 1 is missing"),
        ({"stances": (0.0, 0.7, 0.5, 1.0)}, "do not rise"),
        ({"stances": (0.0, 1.5)}, "do not rise from 0 to 1"),
        ({"intensity": (-0.1, 1.0)}, "intensity of the western lever: -0.1"),
        ({"intensity": (1.0, 1.1)}, "intensity of the eastern lever: 1.1"),
        ({"groups": ("chip",)}, "did you mean chips"),
        ({"groups": ("chips", "tools")}, "all goods groups are named"),
        ({"elasticities": ()}, "names no set"),
        ({"elasticities": ("C",)}, "'C' is not a known elasticity set"),
        ({"options": ("joining",)}, "did you mean join"),
        ({"offer": "chin"}, "did you mean china"),
        ({"run": "shrt"}, "did you mean short"),
        ({"routes": "kazakhstn-2022"}, "did you mean kazakhstan-2022"),
    ],
)
def test_bad_input(ask, changes, words):
    with pytest.raises(tt.BadInput, match=words):
        ask(**changes)


def test_a_power_without_a_lever_is_refused(ask, tmp_path):
    catalogue_file(tmp_path, without=("chips-ban",))
    with pytest.raises(tt.BadInput, match="coalition-2022 has no credible lever on KAZ"):
        ask(levers=("", "half"))
