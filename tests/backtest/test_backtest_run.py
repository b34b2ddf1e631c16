# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The backtest of a study: shipped outcomes, made-up outcomes from the model itself, bad input."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import tertius as tt
from tertius.backtest import backtest, read_outcomes, shipped_outcomes
from tertius.backtest.outcomes import COLUMNS
from tertius.backtest.predict import compared_cases, flows_of, predict
from tertius.evidence.panel import shipped_panel
from tertius.study import load_study

SMALL = Path(__file__).parents[1] / "study" / "small.yaml"
TO = ("RUS", "TUR", "CHN", "KAZ", "JPN", "BRA", "IND", "GBR", "ZAF", "EGY", "NOR", "KOR")


@pytest.fixture(scope="session")
def exports():
    """Outcomes of one exporter that nothing happened to."""
    rows = [{"exporter": "DEU", "importer": i, "goods": "goods", "value_before": 100.0} for i in TO]
    return pd.DataFrame(rows).assign(value_after=100.0, value_earlier=95.0, unit="USD", source="made up")


@pytest.fixture(scope="session")
def own(exports):
    """Outcomes that are the model's own predictions."""
    study, _ = load_study(SMALL)
    world = tt.load_world(study.world)
    main = predict(study, world, flows_of(read_outcomes(exports), world, study))[0]
    return exports.assign(value_after=100.0 * 1.07 * np.exp(main.median))  # 7 % inflation


@pytest.fixture(scope="session")
def perfect(own):
    return backtest(SMALL, own, draws=60)


@pytest.fixture(scope="session")
def shipped():
    return backtest("kazakhstan-2022", draws=60)


# --- runs -------------------------------------------------------------------------------------------


def test_the_map_case_without_routes_comes_first():
    assert compared_cases(load_study(SMALL)[0]) == ("decoupling", "june")
    cases = compared_cases(load_study("kazakhstan-2022")[0])
    assert cases[0] == "december"
    assert set(cases) == {"december", "june", "june_routed", "december_routed"}


def test_outcomes_of_the_model_itself_are_met_whatever_inflation(perfect):
    scores = perfect.scores.set_index(["scale", "subset", "method"])
    best = scores.loc[("relative", "all", "decoupling")]
    assert best["rank"] == pytest.approx(1.0)
    assert best["error"] == pytest.approx(0.0, abs=1e-12)
    assert scores.loc[("raw", "all", "decoupling"), "error"] == pytest.approx(np.log(1.07))
    assert scores.loc[("raw", "all", "last growth"), "error"] > 0
    assert perfect.verdict["all"] == "beats all naive rivals (no change, last growth, gravity)"


def test_predictions_are_the_change_of_recorded_trade(own):
    eq = tt.solve(tt.load_world("icio-2021").with_elasticity("FGO"), tt.Scenario.load("decoupling-x2"))
    goods = [s for s in eq.world.sectors if s != "SERV"]
    cell = {"exporter": "DEU", "importer": "RUS", "sector": goods}
    want = np.log(float(eq.trade.loc[cell].sum() / eq.world.trade.loc[cell].sum()))
    study, _ = load_study(SMALL)
    world = tt.load_world("icio-2021")
    got = predict(study, world, flows_of(read_outcomes(own), world, study))[0].by_set["FGO"][0]
    assert got == pytest.approx(want, abs=1e-9)


def test_shipped_outcomes_are_the_unions_own(shipped):
    table = shipped_outcomes().table
    assert set(table["exporter"]) == {"EU27"}
    listed = table[table["set"] == "listed"]
    assert set(listed["importer"]) == {"KAZ", "KGZ", "ARM", "GEO", "UZB"}
    rows = shipped.rows[shipped.rows["set"] == "goods"].set_index("importer")
    assert set(rows.index[rows["touched"]]) == {"RUS", "BLR"}
    assert (rows.loc["RUS", ["outcome", "december", "december_high"]].to_numpy(float) < -0.2).all()
    assert any("fitted" in n for n in shipped.notes)


def test_shipped_totals_are_those_of_the_panel():
    """Listed goods by sector add up to no more than the panel of the same months."""
    panel = shipped_panel()
    months = [f"2022-{m:02d}" for m in range(6, 12)]
    table = shipped_outcomes().table
    listed = table[table["set"] == "listed"].groupby("importer")["value_after"].sum()
    for hub, value in listed.items():
        whole = panel.values[hub].drop(index="TOTAL")[months].to_numpy().sum()
        assert 0.9 * whole < value <= 1.01 * whole


def test_the_same_seed_gives_the_same_intervals(own, perfect):
    again = backtest(SMALL, own, draws=60)
    pd.testing.assert_frame_equal(again.against, perfect.against)
    assert not backtest(SMALL, own, draws=60, seed=1).against["lo"].equals(perfect.against["lo"])


def test_few_importers_get_no_verdict_and_unknown_growth_no_rival(exports):
    found = backtest(SMALL, exports.head(7).drop(columns="value_earlier"), draws=20)
    assert found.verdict["all"].startswith("too few importers")
    assert "last growth" not in set(found.scores["method"])
    assert any("last growth" in n for n in found.notes)


# --- bad input --------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", [c for c, must in COLUMNS.items() if must])
def test_a_missing_column_is_named(exports, column):
    with pytest.raises(tt.BadInput, match=f"no column '{column}'"):
        read_outcomes(exports.drop(columns=column))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value_before": "0"}, "row 3, value_before: 0 is no positive number"),
        ({"value_after": ""}, "row 3, value_after: nothing is no positive number"),
        ({"value_after": "many"}, "row 3, value_after: many"),
        ({"value_after": "inf"}, "row 3, value_after: inf"),
        ({"value_earlier": "-1"}, "row 3, value_earlier: -1"),
        ({"unit": "EUR"}, "unit: set 'outcomes' mixes EUR, USD"),
        ({"unit": " "}, "row 3, unit: is empty"),
        ({"importer": "RUS"}, "row 3: repeats outcomes, DEU, RUS, goods"),
        ({"importer": "CNH"}, r"row 3, importer: 'CNH' is not a known country.*CHN"),
        ({"exporter": "DUE"}, r"row 3, exporter: 'DUE' is not a known country"),
        ({"goods": "C99"}, r"row 3, goods: 'C99' is not a known sector"),
        ({"importer": "DEU"}, "row 3: DEU and DEU overlap"),
        ({"importer": "EU27"}, "row 3: DEU and EU27 overlap"),
    ],
)
def test_mistakes_name_their_row_before_anything_is_solved(exports, change, words, monkeypatch):
    monkeypatch.setattr("tertius.backtest.predict.solve", lambda *_, **__: pytest.fail("solved"))
    table = exports.astype(object)
    for column, value in change.items():
        table.loc[2, column] = value
    with pytest.raises(tt.BadInput, match=words):
        backtest(SMALL, table)


def test_other_columns_empty_tables_and_files(exports, tmp_path):
    with pytest.raises(tt.BadInput, match=r"'valu' is not a known column.*value_"):
        read_outcomes(exports.assign(valu=1))
    with pytest.raises(tt.BadInput, match="has no rows"):
        read_outcomes(exports.head(0))
    with pytest.raises(tt.BadInput, match="cannot be read"):
        read_outcomes(tmp_path / "no.csv")
    path = tmp_path / "mine.csv"
    path.write_text("# a remark\n" + exports.to_csv(index=False), encoding="utf-8")
    assert (
        read_outcomes(path).table.drop(columns="set").equals(read_outcomes(exports).table.drop(columns="set"))
    )
