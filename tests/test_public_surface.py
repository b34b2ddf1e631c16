# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The public names: their signatures, defaults, dimensions, labels and units stay as documented."""

import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

import tertius as tt
from tertius.outcomes import MEASURES

FLOW = ("exporter", "importer", "sector")
CELL = ("country", "sector")
NAMES = """BadInput Equilibrium NotSolved Routes Scenario Substitution Wedges World activity alignment choose
compare decomposition detect diff_runs draft_study event_gap evidence_claims export_run exposure
influence levers list_routes list_scenarios list_studies list_worlds load_world mirror_gaps nash_tariffs
optimal_tariffs overflights registration relocate response run_study sensitivity solve total_gain
union_value"""


def defaults(function):
    """Parameter -> default, in order; ``...`` where there is none."""
    return {
        name: ... if p.default is p.empty else p.default
        for name, p in inspect.signature(function).parameters.items()
    }


def test_names():
    assert set(tt.__all__) == set(NAMES.split())
    assert set(tt.__all__) <= set(dir(tt))
    for name in tt.__all__:
        assert getattr(tt, name).__doc__.strip(), name


def test_version():
    from importlib.metadata import version

    assert tt.__version__ == version("tertius")


@pytest.mark.parametrize("name", ["overflight", "solv", "pandas", "__path_"])
def test_a_name_that_is_not_there(name):
    with pytest.raises(AttributeError, match=f"module 'tertius' has no attribute '{name}'"):
        getattr(tt, name)


def test_importing_costs_little():
    code = (
        "import sys, tertius; heavy = {'numpy', 'pandas', 'xarray', 'pyarrow', 'pydantic', 'yaml', 'typer'};"
        " print(sorted(heavy & set(sys.modules))); print(dir(tertius) != [])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "True"]


def test_signatures():
    assert defaults(tt.load_world) == {"name": "icio-2021"}
    assert defaults(tt.Scenario.load) == {"reference": ...}
    assert defaults(tt.Scenario.wedges) == {"self": ..., "world": ...}
    assert list(defaults(tt.run_study).items())[:2] == [("reference", ...), ("out", None)]
    assert defaults(tt.Equilibrium.welfare) == {"self": ..., "measure": "real_income"}
    assert list(defaults(tt.solve).items())[:6] == [
        ("world", ...),
        ("scenario", ...),
        ("closure", "fixed_deficit"),
        ("routes", None),
        ("tol", 1e-10),
        ("backend", "numpy"),
    ]
    made = defaults(tt.World.from_arrays)
    assert list(made)[:6] == ["countries", "sectors", "trade", "tariff", "input_share", "elasticity"]
    assert {made[k] for k in ("final_demand", "year", "name")} == {None}


# --- world ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world():
    return tt.load_world()


def test_shipped_lists():
    assert tt.list_worlds() == [
        f"{kind}-{year}" for kind in ("eurasia", "icio") for year in range(2014, 2022)
    ]
    assert {"decoupling-x2", "sanctions-2022", "embargo-rus-kaz", "eaeu-exit"} <= set(tt.list_scenarios())
    assert "kazakhstan-2022" in tt.list_studies()


@pytest.mark.parametrize("name", tt.list_worlds())
def test_every_shipped_world_is_whole(name):
    w = tt.load_world(name)
    assert (w.name, w.year) == (name, int(name[-4:]))
    assert (len(w.countries), len(w.sectors)) == (90 if name.startswith("eurasia") else 81, 28)
    assert w.elasticity_name == "FGO"
    assert len(w.elasticity_sets) == 8
    w.check().require()


def test_conventions_of_labels(world):
    assert world.name == "icio-2021"
    assert world.countries[-1] == "ROW"
    assert all(len(c) == 3 and c.isupper() for c in world.countries)
    assert world.sectors[-1] == "SERV"
    np.testing.assert_array_equal(world.elasticity_values, world.elasticity_sets["FGO"])


@pytest.mark.parametrize(
    ("name", "dims", "unit"),
    [
        ("trade", FLOW, "USD million"),
        ("tariff", FLOW, "ad valorem"),
        ("trade_share", FLOW, "share"),
        ("input_share", ("country", "input", "sector"), "share"),
        ("value_added_share", CELL, "share"),
        ("final_share", CELL, "share"),
        ("expenditure", CELL, "USD million"),
        ("output", CELL, "USD million"),
        ("value_added", ("country",), "USD million"),
        ("deficit", ("country",), "USD million"),
        ("elasticity", ("sector",), "theta"),
    ],
)
def test_arrays_of_the_world(world, name, dims, unit):
    array = getattr(world, name)
    assert array.dims == dims
    assert array.attrs["unit"] == unit
    assert array.name == name
    assert_labelled(array, world)


def assert_labelled(array, world):
    for dim in array.dims:
        labels = world.sectors if dim in ("sector", "input") else world.countries
        assert tuple(array.indexes[dim]) == labels


def test_accounts_follow_their_definitions(world):
    trade, tariff = world.trade, world.tariff
    np.testing.assert_allclose(world.trade_share.sum("exporter"), 1.0, rtol=1e-12)
    np.testing.assert_allclose(world.output, trade.sum("importer"), rtol=1e-12)
    np.testing.assert_allclose(world.expenditure, (trade * (1 + tariff)).sum("exporter"), rtol=1e-12)
    np.testing.assert_allclose(
        world.value_added_share, 1 - world.input_share.sum("input"), rtol=1e-9, atol=1e-12
    )
    gap = trade.sum(["exporter", "sector"]).values - trade.sum(["importer", "sector"]).values
    np.testing.assert_allclose(world.deficit, gap, rtol=1e-9, atol=1e-9 * float(trade.sum()))
    np.testing.assert_allclose(world.final_share.sum("sector"), 1.0, rtol=1e-12)


def test_variants_of_a_world(world, tmp_path):
    assert world.with_elasticity("CP").elasticity_name == "CP"
    flat = world.with_elasticity(np.full(28, 4.0))
    assert (flat.elasticity == 4.0).all()
    assert (world.elasticity != 4.0).any()
    small = world.aggregate(countries={"EU": ["DEU", "FRA"]}, sectors={"MINES": ["B05", "B06", "B07"]})
    assert "EU" in small.countries
    assert "DEU" not in small.countries
    assert "MINES" in small.sectors
    again = tt.World.load(small.save(tmp_path / "small.npz"))
    assert again.hash == small.hash
    assert again.countries == small.countries


def test_a_world_of_ones_own():
    countries, sectors = ["AAA", "BBB", "CCC"], ["X", "Y"]
    trade = np.full((3, 3, 2), 2.0)
    trade[range(3), range(3)] = 20.0
    trade[2, :, 1] = 0.0  # a sector without output
    w = tt.World.from_arrays(
        countries,
        sectors,
        trade=trade,
        tariff=np.full((3, 3, 2), 0.05) * (1 - np.eye(3))[:, :, None],
        input_share=np.full((3, 2, 2), 0.15),
        elasticity=[4.0, 8.0],
    )
    assert w.year is None
    assert w.value_added_share.sel(country="AAA", sector="X") == pytest.approx(0.7)
    eq = tt.solve(w, tt.Wedges.neutral(w))
    eq.report.require()
    assert abs(eq.welfare()).max() < 1e-8
    higher = w.tariff
    higher.loc["AAA", "BBB"] = 0.5
    assert tt.solve(w, replace(tt.Wedges.neutral(w), tariff=higher)).welfare().sel(country="AAA") < 0


# --- scenario, solve, equilibrium -------------------------------------------------------------------


@pytest.fixture(scope="module")
def scenario():
    return tt.Scenario.load("sanctions-2022")


@pytest.fixture(scope="module")
def eq(world, scenario):
    return tt.solve(world, scenario)


def test_wedges(world, scenario):
    z = scenario.wedges(world)
    assert isinstance(z, tt.Wedges)
    for name, dims in {"iceberg": FLOW, "tariff": FLOW, "productivity": CELL, "labour": ("country",)}.items():
        array = getattr(z, name)
        assert array.dims == dims
        assert_labelled(array, world)
    assert (z.iceberg >= 1).all()
    np.testing.assert_array_equal(z.tariff, world.tariff)
    assert (z.productivity == 1).all()
    assert (z.labour == 1).all()


def test_a_scenario_and_its_wedges_give_the_same(world, scenario, eq):
    by_wedges = tt.solve(world, scenario.wedges(world))
    np.testing.assert_array_equal(by_wedges.welfare(), eq.welfare())
    np.testing.assert_array_equal(by_wedges.trade, eq.trade)


@pytest.mark.parametrize(
    ("name", "dims", "unit"),
    [
        ("wage_hat", ("country",), "new / base"),
        ("price_hat", CELL, "new / base"),
        ("trade", FLOW, "USD million"),
        ("expenditure", CELL, "USD million"),
        ("income", ("country",), "USD million"),
        ("tariff_revenue", ("country",), "USD million"),
        ("hub_income", ("country",), "USD million"),
    ],
)
def test_arrays_of_an_equilibrium(world, eq, name, dims, unit):
    array = getattr(eq, name)
    assert array.dims == dims
    assert array.name == name
    assert array.attrs == {"unit": unit, "world": "icio-2021", "scenario": eq.scenario}
    assert np.isfinite(array).all()
    assert_labelled(array, world)


def test_an_equilibrium_obeys_its_own_definitions(world, eq):
    new = tt.Scenario.load("sanctions-2022").wedges(world).tariff
    np.testing.assert_allclose(eq.tariff_revenue, (eq.trade * new).sum(["exporter", "sector"]), rtol=1e-8)
    np.testing.assert_allclose(eq.expenditure, (eq.trade * (1 + new)).sum("exporter"), rtol=1e-8, atol=1e-6)
    assert (eq.hub_income == 0).all()
    assert eq.trade.sum() > 0


@pytest.mark.parametrize("measure", list(MEASURES))
def test_welfare_by_name(world, eq, measure):
    found = eq.welfare(measure)
    assert found.dims == ("country",)
    assert found.attrs["unit"] == ("USD million" if measure == "equivalent_variation" else "percent")
    assert_labelled(found, world)


def test_real_income_is_the_default_and_an_unknown_measure_is_refused(eq):
    np.testing.assert_array_equal(eq.welfare(), eq.welfare("real_income"))
    with pytest.raises(tt.BadInput, match="real_income"):
        eq.welfare("realincome")


def test_the_report_tells_the_story(eq):
    r = eq.report
    assert r.outcome == "converged"
    assert r.require() is None
    assert 0 <= r.residual <= 1e-10
    assert r.sweeps > 0
    assert r.seconds > 0
    assert r.worst.split()[0] in eq.world.countries
    assert r.closure == "fixed_deficit"


def test_no_number_comes_from_a_solve_that_failed(world):
    wedges = tt.Wedges.neutral(world)
    wedges.iceberg.loc["KAZ", [c for c in world.countries if c != "KAZ"]] = np.inf
    wedges.iceberg.loc[[c for c in world.countries if c != "KAZ"], "KAZ"] = np.inf
    lost = tt.solve(world, wedges)
    for ask in (lost.report.require, lost.welfare, lost.to_table):
        with pytest.raises(tt.NotSolved, match="KAZ"):
            ask()


def test_the_long_table(eq):
    table = eq.to_table()
    assert list(table.columns) == ["model", "scenario", "region", "variable", "unit", "year", "value"]
    real = table[table["variable"] == "Welfare|real_income"].set_index("region")["value"]
    np.testing.assert_array_equal(real.loc[list(eq.world.countries)], eq.welfare())
    assert not table.duplicated(["region", "variable"]).any()


@pytest.mark.parametrize("closure", ["balanced", "own_share"])
def test_other_closures(world, scenario, closure):
    found = tt.solve(world, scenario, closure=closure)
    assert found.report.closure == closure
    assert found.welfare().sel(country="RUS") < 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"backend": "jax"}, "'jax' is not there yet; use backend='numpy'"),
        ({"backend": "fortran"}, "'fortran' is not a known backend"),
        ({"closure": "fixd_deficit"}, "did you mean fixed_deficit"),
        ({"tol": 0.0}, "not between 0 and 0.01"),
    ],
)
def test_options_that_do_not_exist_are_refused(world, scenario, options, words):
    with pytest.raises(tt.BadInput) as caught:
        tt.solve(world, scenario, **options)
    assert words in str(caught.value)


def test_what_are_no_routes_is_refused():
    code = (
        "import tertius as tt\n"
        "try: tt.solve(tt.load_world(), tt.Scenario.load('decoupling-x2'), routes='hubs')\n"
        "except tt.BadInput as error: print(error)"
    )  # a process of its own, where no annotations are checked
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'hubs' are no routes; use tertius.Routes.load(name)" in done.stdout


# --- examples in docstrings -------------------------------------------------------------------------


def modules():
    yield "tertius"
    for found in pkgutil.walk_packages(tt.__path__, "tertius."):
        yield found.name


@pytest.mark.parametrize("name", sorted(modules()))
def test_examples_in_docstrings_run(name):
    module = importlib.import_module(name)
    result = doctest.testmod(module)
    assert result.failed == 0
    assert module.__doc__.strip()


def test_there_are_examples():
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [t for name in modules() for t in finder.find(importlib.import_module(name)) if t.examples]
    assert len(found) > 30
