# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The estimator of leakage on panels whose truth is known, and the algebra from leakage to hub shares."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

SCRIPTS = str(Path(__file__).parents[2] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)
imputation = importlib.import_module("routes_calibration.imputation")
panel = importlib.import_module("routes_calibration.panel")
leakage = importlib.import_module("routes_calibration.leakage")
events = importlib.import_module("routes_calibration.events")
checks = importlib.import_module("routes_calibration.checks")
phi = importlib.import_module("routes_calibration.phi")
hubs = importlib.import_module("routes_calibration.hubs")
tables = importlib.import_module("routes_calibration.tables")

MONTHS = np.array(panel.MONTHS)
AFTER = MONTHS >= "2022-06"


# --- the two-way fit --------------------------------------------------------------------------------


def rows_of(seed, rows=5, months=9):
    rng = np.random.default_rng(seed)
    seen = rng.uniform(size=(rows, months)) < 0.7
    seen[0] = True  # a row that is never treated identifies every month
    return rng.gamma(2.0, 3.0, (rows, months)), seen


def by_scoring(data, seen, rounds=60):
    """Independent slow method: iteratively reweighted least squares with dummies."""
    at = np.argwhere(seen)
    rows, months = data.shape
    x = np.zeros((len(at), rows + months - 1))
    x[np.arange(len(at)), at[:, 0]] = 1.0
    late = at[:, 1] > 0
    x[np.flatnonzero(late), rows + at[late, 1] - 1] = 1.0
    y, eta = data[seen], np.log(data[seen] + 0.5)
    for _ in range(rounds):
        mu = np.exp(eta)
        z = eta + (y - mu) / mu
        beta = np.linalg.solve(x.T @ (mu[:, None] * x), x.T @ (mu * z))
        eta = x @ beta
    effect = np.exp(np.append(0.0, beta[rows:]))
    return effect / effect.mean()


@pytest.mark.parametrize("seed", range(4))
def test_month_effects_are_those_of_a_poisson_regression(seed):
    data, seen = rows_of(seed)
    assert_allclose(imputation.month_effects(data, seen), by_scoring(data, seen), rtol=1e-8)


def test_exact_trade_is_recovered_from_untreated_cells():
    rng = np.random.default_rng(1)
    level, effect = rng.uniform(1, 9, 6), rng.uniform(0.5, 2.0, 12)
    seen = np.arange(12) < np.array([12, 12, 8, 7, 6, 5])[:, None]
    found = imputation.month_effects(np.where(seen, np.outer(level, effect), -99.0), seen)
    assert_allclose(found, effect / effect.mean(), rtol=1e-9)
    base, window = np.arange(12) < 5, np.arange(12) >= 9
    assert_allclose(imputation.growth(found, base, window), effect[9:].sum() / effect[:5].sum(), rtol=1e-9)


def test_rows_with_one_pattern_may_be_added_up():
    data, seen = rows_of(7, rows=4)
    split = np.concatenate([0.3 * data[:1], 0.7 * data[:1], data[1:]])
    pattern = np.concatenate([seen[:1], seen])
    assert_allclose(imputation.month_effects(split, pattern), imputation.month_effects(data, seen), rtol=1e-9)


def test_a_month_without_untreated_trade_is_refused():
    data, seen = rows_of(2)
    seen[:, 3] = False
    with pytest.raises(ValueError, match="not identified"):
        imputation.month_effects(data, seen)


def test_bootstrap_draws_codes_within_strata():
    strata = np.array(["a"] * 5 + ["b"] * 3, dtype=object)
    weights = imputation.code_draws(strata, 50, 3)
    assert (weights[0] == 1).all()
    assert (weights[:, :5].sum(axis=1) == 5).all()
    assert (weights[:, 5:].sum(axis=1) == 3).all()
    assert weights[1:].std() > 0.5
    assert (imputation.code_draws(strata, 50, 3) == weights).all()


# --- a panel with a known leakage -------------------------------------------------------------------


def made_up(leak, seed=0, codes=120, noise=0.0, boom=1.0):
    """A panel in which each hub takes a share ``leak[hub]`` of what banned codes lose with Russia.

    All trade with a hub, banned or not, also follows a common path with a boom after the war began, which is
    no leakage. Every fourth code is never banned.
    """
    rng = np.random.default_rng(seed)
    group = np.array([g for g in panel.GROUPS for _ in range(codes // len(panel.GROUPS) + 1)])[:codes]
    role = np.where(np.arange(codes) % 4 == 0, "open", "closed")
    ban = np.where(np.arange(codes) % 3 == 0, "2022-03", "2022-04")

    def shock():
        return np.exp(noise * rng.standard_normal((codes, len(MONTHS))) - noise**2 / 2)

    size = rng.gamma(0.6, 10.0, codes) + 1.0
    banned = (role == "closed")[:, None] & (ban[:, None] <= MONTHS)
    russia = np.where(banned, 0.0, size[:, None] * shock())
    flows, rest = {"RUS": russia}, {}
    lost = np.where(banned, size[:, None], 0.0)
    for hub in panel.HUBS:
        path = rng.uniform(0.8, 1.2, len(MONTHS)) * np.where(MONTHS >= "2022-03", boom, 1.0)
        own = rng.uniform(0.02, 0.1) * size
        flows[hub] = own[:, None] * path * shock() + leak[hub] * lost
        rest[hub] = pd.Series(40.0 * path, index=panel.MONTHS)
    rest["RUS"] = pd.Series(500.0 * np.where(MONTHS >= "2022-03", 0.7, 1.0), index=panel.MONTHS)
    index = pd.Index([f"{k:08d}" for k in range(codes)])
    units = pd.DataFrame({"group": group, "role": role, "ban": ban, "whole": role == "closed"}, index=index)
    frames = {p: pd.DataFrame(v, index=index, columns=panel.MONTHS) for p, v in flows.items()}
    units["fall"] = panel.direct_fall(frames["RUS"])
    none = {p: pd.Series(0.0, index=panel.MONTHS) for p in frames}
    return panel.Panel(units, frames, rest, none)


LEAK = dict(zip(panel.HUBS, (0.08, 0.02, 0.03, 0.0, 0.01), strict=True))
ONE = np.ones((1, 120))


@pytest.mark.parametrize("design", [leakage.CENTRAL, *leakage.VARIANTS[:5]], ids=lambda d: d.name)
def test_every_design_finds_the_leakage_under_a_common_boom(design):
    data = made_up(LEAK, boom=1.9)
    if "stayed open" not in design.name:
        design = replace(design, control_roles=("open",))
    loss = leakage.direct_loss(data, ONE, design)[0]
    for hub, truth in LEAK.items():
        found = leakage.excess(data, hub, ONE, design)[0] / loss
        assert_allclose(found, truth, atol=1e-9)


def test_growth_of_third_countries_takes_a_boom_in_the_hub_for_leakage():
    loss = leakage.direct_loss(made_up(LEAK), ONE, leakage.WORLD)[0, -1]
    # The paths differ from year to year only where the boom is: with none, and flat paths, both agree.
    data = made_up(LEAK, boom=1.9)
    for hub in panel.HUBS:
        high = leakage.excess(data, hub, ONE, leakage.WORLD, world=1.0)[0, -1] / loss
        assert high > LEAK[hub] + 0.01


def test_no_effect_gives_none_and_intervals_cover_the_truth():
    weights = leakage.code_draws(np.array(["a"] * 120, dtype=object), 200, 5)
    inside = 0
    for seed in range(12):
        data = made_up(dict.fromkeys(panel.HUBS, 0.0), seed=seed, noise=0.3, boom=1.5)
        design = replace(leakage.CENTRAL, control_roles=("open",))
        loss = leakage.direct_loss(data, weights, design)[:, -1]
        draws = leakage.excess(data, "KAZ", weights, design)[:, -1] / loss
        _, _, low, high = imputation.summary(draws)
        inside += low <= 0.0 <= high
    assert inside >= 9


def test_the_event_study_is_flat_before_and_right_after():
    data = made_up(LEAK)
    listed = data.units["role"].eq("closed").to_numpy()
    found = events.relative(data, ONE, ("KAZ",), listed)[0]
    assert_allclose(found[MONTHS < "2022-03"], 0.0, atol=1e-12)
    trade = data.flows["KAZ"].to_numpy()[listed].sum(axis=0)
    own = trade - 0.08 * np.where(data.flows["RUS"].to_numpy()[listed] == 0, 1, 0).T @ sizes(data)[listed]
    assert_allclose(np.exp(found[AFTER]), trade[AFTER] / own[AFTER], rtol=1e-9)


def sizes(data):
    return data.flows["RUS"].to_numpy()[:, 0]


def test_pre_trend_test_sees_a_trend():
    rng = np.random.default_rng(0)
    draws = 0.05 * rng.standard_normal((400, len(MONTHS)))
    draws[0] = 0.0
    assert events.pre_trend(draws)["p"] > 0.5
    tilted = draws + 0.3 * (np.arange(len(MONTHS)) - 18) / 12
    found = events.pre_trend(tilted)
    assert found["p"] < 0.01
    assert_allclose(found["slope"], 0.3, atol=0.05)


def test_noise_before_the_war_is_zero_on_exact_trade_and_grows_with_shocks():
    design = replace(leakage.CENTRAL, control_roles=("open",))
    assert_allclose(leakage.noise(made_up(LEAK), panel.HUBS, design), 0.0, atol=1e-12)
    assert leakage.noise(made_up(LEAK, noise=0.5), panel.HUBS, design)[-1] > 0.003


def test_placebo_a_year_earlier_is_zero_and_dose_tells_open_codes():
    data = made_up(LEAK, boom=1.4)
    found = checks.placebos(data, np.ones((3, 120))).set_index(["check", "measure"])["value"]
    assert_allclose(found["ban a year earlier", "excess over loss"], 0.0, atol=1e-9)
    assert_allclose(found["codes that stayed open", "observed over imputed"], 1.0, atol=1e-9)
    dose = checks.dose(data, np.ones((3, 120)), vehicles=True).set_index("measure")["value"]
    assert_allclose(dose["under 20 %"], 1.0, atol=1e-9)
    assert dose["over 95 %"] > 1.1


def test_leave_one_out_is_exact_where_hubs_are_alike():
    data = made_up(dict.fromkeys(panel.HUBS, 0.05))
    alike = dict.fromkeys(panel.HUBS, data.flows["KAZ"]) | {"RUS": data.flows["RUS"]}
    rest = dict.fromkeys(panel.HUBS, data.rest["KAZ"]) | {"RUS": data.rest["RUS"]}
    table = checks.leave_one_out(replace(data, flows=alike, rest=rest))
    assert_allclose(table["predicted"], table["excess"], rtol=1e-9)
    assert (
        checks.prediction_error(table)["rmse_cells"]
        < 1e-6
        < checks.prediction_error(table)["rmse_cells_none"]
    )


# --- units and groups -------------------------------------------------------------------------------


def test_codes_that_the_nomenclature_moved_are_merged_by_heading():
    old, new = [1.0] * 24 + [0.0] * 11, [0.0] * 24 + [2.0] * 11
    table = pd.DataFrame([old, new, [1.0] * 35], index=["88031000", "88071000", "88020000"], columns=MONTHS)
    assert panel.families(table).to_dict() == {
        "88031000": "8807xx",
        "88071000": "8807xx",
        "88020000": "88020000",
    }


def test_a_record_that_stops_before_the_war_is_dropped_and_a_fall_after_it_is_not():
    fell = np.where(MONTHS >= "2022-04", 0.0, 5.0)
    stopped = np.where(MONTHS >= "2022-01", 0.0, 5.0)
    fresh = np.where(MONTHS >= "2022-01", 5.0, 0.0)
    table = pd.DataFrame([fell, stopped, fresh, fell], index=["a", "b", "8701xx", "8807xx"], columns=MONTHS)
    assert sorted(panel.cut_off(table)) == ["8701xx", "b"]


def test_group_of_a_code():
    luxury = ("3303", "8703", "8471")
    assert panel.group_of("85423190", "C26", "1", luxury) == "chpl-1"
    assert panel.group_of("87032410", "C29", "", luxury) == "vehicles"
    assert panel.group_of("33030010", "C20", "", luxury) == "luxury"
    assert panel.group_of("84713000", "C26", "", luxury) == "electronics"
    assert panel.group_of("84137051", "C28", "", luxury) == "machinery"
    assert panel.group_of("44101110", "C16", "", luxury) == "other"


# --- from leakage to base shares --------------------------------------------------------------------


@settings(max_examples=60)
@given(st.floats(1e-6, 0.9), st.floats(1.05, 4.0))
def test_base_share_inverts_leakage(share, q):
    value = phi.leakage_of(share, q)
    assert 0 < value < 1 - 1 / q
    assert_allclose(phi.phi_of(value, q), share, rtol=1e-6)
    assert phi.leakage_of(min(1.05 * share, 0.99), q) > value
    assert phi.leakage_of(share, q + 0.1) > value
    assert_allclose(phi.leakage_of(share, phi.least_q(value, share)), value, rtol=1e-6)


def test_limits_of_leakage():
    assert phi.phi_of(0.0, 2.0) == 0.0
    assert phi.phi_of(0.5, 2.0) is None
    assert_allclose(phi.leakage_of(0.25, 2.0), 0.25 / 0.75)  # (1/2 - 1/4) / (3/4)
    assert_allclose(phi.leakage_of(1 - 1e-9, 2.0), 0.5, rtol=1e-6)
    assert_allclose(phi.leakage_of(0.3, 1.0 + 1e-12), 0.0, atol=1e-10)
    assert phi.least_q(0.0, 0.1) == 1.0
    assert phi.least_q(1.5, 0.1) == float("inf")


def test_shares_of_hubs_stay_at_their_bounds():
    share, most = np.array([0.5, 0.5, 0.0]), np.array([0.1, 0.3, 0.2])
    assert_allclose(tables.shared_out(0.4, share, most), [0.1, 0.2, 0.0])
    assert_allclose(tables.shared_out(None, share, most), [0.1, 0.3, 0.0])


def test_the_prior_is_exact_where_hubs_obey_it_and_wide_where_not():
    names = list(hubs.NAMES)
    rng = np.random.default_rng(3)
    before = pd.DataFrame(
        {"musd": rng.uniform(300, 9000, len(names)), "km": rng.uniform(1e3, 7e3, len(names))}
    )
    before = before.set_axis(names).assign(member=[h in hubs.MEMBERS for h in names])
    scale = before["musd"] ** hubs.SIZE * before["km"] ** hubs.DISTANCE * np.where(before["member"], 600, 200)
    found = hubs.priors(before, scale[list(panel.HUBS)])
    assert_allclose(found["excess"], scale[list(hubs.PRIOR_HUBS)], rtol=1e-9)
    assert_allclose(found["hi"] / found["lo"], 1.0, rtol=1e-6)
    noisy = scale[list(panel.HUBS)] * np.array([2.0, 0.5, 1.0, 3.0, 0.4])
    wide = hubs.priors(before, noisy)
    assert (wide["hi"] / wide["lo"] > 10).all()
