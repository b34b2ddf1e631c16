# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Theorems: trends, entropy, ranks, wedges, synthetic control; invariance and known truth."""

import numpy as np
import pandas as pd
import pytest

from tertius.evidence.activity import scores, wedge_table, wedges_of_all
from tertius.evidence.conformal import benjamini_hochberg, conformal_p, group_p, permutation_p
from tertius.evidence.events import synthetic_weights
from tertius.evidence.hedging import entropy, hedging_table, persistence
from tertius.evidence.rules import verdict_of_signs
from tertius.evidence.trend import fit_trend, local_level


def kalman_loglik(y, slope, noise, innovation):
    """Gaussian likelihood of y[1:] given a diffuse start, by the filter: the slow independent method."""
    level, variance, total = y[0], noise**2, 0.0
    for value in y[1:]:
        level, variance = level + slope, variance + innovation**2
        f = variance + noise**2
        total += -0.5 * (np.log(2 * np.pi * f) + (value - level) ** 2 / f)
        gain = variance / f
        level, variance = level + gain * (value - level), variance * (1 - gain)
    return total


def test_the_local_level_maximises_the_filter_s_likelihood():
    rng = np.random.default_rng(3)
    y = np.cumsum(0.3 + rng.normal(0, 0.5, 60)) + rng.normal(0, 0.7, 60)
    fit = local_level(y)
    slope, noise, innovation = fit.coefficients[1], fit.noise, fit.innovation
    best = kalman_loglik(y, slope, noise, innovation)
    for ds, dn, di in ((0.1, 0, 0), (-0.1, 0, 0), (0, 0.25, 0), (0, -0.25, 0), (0, 0, 0.3), (0, 0, -0.3)):
        assert kalman_loglik(y, slope + ds, noise + dn, max(innovation + di, 1e-6)) < best


@pytest.mark.parametrize(("noise", "innovation"), [(1.0, 0.0), (0.0, 1.0)])
def test_limits_of_the_local_level(noise, innovation):
    rng = np.random.default_rng(1)
    t = np.arange(40.0)
    y = 0.5 * t + noise * rng.normal(size=40) + innovation * np.cumsum(rng.normal(size=40))
    slope = local_level(y).coefficients[1]
    wanted = np.polyfit(t, y, 1)[0] if noise else (y[-1] - y[0]) / 39  # least squares; mean of the changes
    assert slope == pytest.approx(wanted, abs=0.03)


def test_trends_scale_and_shift_with_the_series():
    rng = np.random.default_rng(5)
    years = np.arange(2000.0, 2025)
    y = np.cumsum(rng.normal(0.2, 0.4, 25))
    one, other = fit_trend(years, y), fit_trend(years + 100, 7.0 * y + 3.0)
    assert other.slope == pytest.approx(7 * one.slope, rel=1e-4)
    assert other.slope_se == pytest.approx(7 * one.slope_se, rel=1e-3)
    assert (other.word, other.break_kind) == (one.word, one.break_kind)
    assert other.largest == pytest.approx(one.largest)


def test_a_planted_break_is_found_and_noise_has_none():
    rng = np.random.default_rng(0)
    years = np.arange(1995.0, 2025)
    step = rng.normal(0, 0.1, 30) + 2.0 * (years >= 2010)
    found = fit_trend(years, step)
    assert (found.break_year, found.break_kind) == (2010, "level")
    quiet = [fit_trend(years, np.cumsum(rng.normal(size=30))).break_year for _ in range(20)]
    assert sum(y > 0 for y in quiet) <= 3


def test_the_slope_s_interval_covers_the_truth():
    rng = np.random.default_rng(2)
    hits = []
    for _ in range(100):
        y = np.cumsum(0.3 + rng.normal(0, 0.5, 30)) + rng.normal(0, 0.5, 30)
        fit = local_level(y)
        hits.append(abs(fit.coefficients[1] - 0.3) < 1.645 * fit.errors[1])
    assert np.mean(hits) > 0.8


def test_short_or_flat_series_have_no_trend():
    assert fit_trend(np.arange(5.0), np.arange(5.0)) is None
    assert fit_trend(np.arange(20.0), np.ones(20)) is None


def test_verdicts_do_not_depend_on_order_or_scale():
    changes, errors = [0.3, -0.1, 0.4], [0.1, 0.1, 0.1]
    assert verdict_of_signs(changes, errors) == verdict_of_signs(changes[::-1], errors[::-1]) == "not robust"
    for k in (1e-6, 1.0, 1e6):
        assert verdict_of_signs([k * 0.3, k * 0.2], [k * 0.1, k * 0.1]) == "up"
    assert verdict_of_signs([], []) == "no data"


def test_entropy_is_bounded_symmetric_and_largest_when_equal():
    rng = np.random.default_rng(0)
    for shares in rng.dirichlet(np.ones(5), 50):
        value = entropy(shares)
        assert 0 <= value <= 1
        assert value == pytest.approx(entropy(rng.permutation(shares)))
        assert value == pytest.approx(entropy(10 * shares))
    assert entropy(np.ones(7)) == pytest.approx(1.0)


def test_hedging_persistence_tells_a_constant_from_a_fall():
    def table(lead):
        rows = [("c", p, y, v) for y, a in zip(range(2000, 2021), lead, strict=True) for p, v in
                (("A", a), ("B", 1 - a))]  # fmt: skip
        return persistence(hedging_table(pd.DataFrame(rows, columns=["channel", "power", "year", "value"])))

    wiggle = 0.5 + 0.01 * np.sin(np.arange(21))
    assert set(table(wiggle)["verdict"]) == {"persistent"}
    assert set(table(np.linspace(0.5, 0.99, 21))["verdict"]) == {"eroding"}


def test_synthetic_control_recovers_weights_and_ignores_scale():
    rng = np.random.default_rng(4)
    donors = rng.normal(1, 0.3, (48, 8))
    truth = np.array([0.5, 0, 0, 0.3, 0, 0, 0.2, 0])
    np.testing.assert_allclose(synthetic_weights(donors @ truth, donors), truth, atol=1e-6)
    np.testing.assert_allclose(synthetic_weights(9 * donors @ truth, 9 * donors), truth, atol=1e-6)


def made_up(rng, states=120):
    names = [f"S{k:03d}" for k in range(states)]
    return pd.DataFrame(
        [(s, n, y, np.exp(rng.normal())) for s in ("cooperation", "exports", "imports") for n in names
         for y in (2018, 2019, 2020)],
        columns=["series", "state", "year", "value"],
    )  # fmt: skip


def test_wedges_ignore_the_unit_of_a_series_and_the_order_of_states():
    table = made_up(np.random.default_rng(0))
    one = wedges_of_all(scores(table, (2018, 2019)))
    scaled = table.assign(value=table["value"].where(table["series"] != "exports", 1e4 * table["value"]))
    two = wedges_of_all(scores(scaled.sample(frac=1, random_state=1), (2018, 2019)))
    pd.testing.assert_frame_equal(one, two.sort_index())


def test_placebo_dyads_are_unusual_as_often_as_the_rule_says():
    table = scores(made_up(np.random.default_rng(7)), (2018, 2019))
    words = [wedge_table(table, s)["verdict"].iloc[0] for s in sorted(set(table["state"]))]
    unusual = np.mean([w != "usual" for w in words])
    assert 0.05 <= unusual <= 0.15  # five percent in each tail
    one = table[table["series"] != "imports"]
    assert set(wedge_table(one, "S000")["verdict"]) == {"not identified"}


def test_conformal_p_values_are_valid_and_the_procedure_holds_its_rate():
    rng = np.random.default_rng(0)
    small = [conformal_p(rng.standard_t(2, 1), rng.standard_t(2, 60))[0] <= 0.1 for _ in range(2000)]
    assert np.mean(small) == pytest.approx(0.1, abs=0.02)
    rates, found = [], []
    for _ in range(200):
        scores = rng.standard_t(3, 200)
        scores[:40] += 12
        hit = benjamini_hochberg(conformal_p(scores, rng.standard_t(3, 150))) <= 0.1
        rates.append(hit[40:].sum() / max(hit.sum(), 1))
        found.append(hit[:40].mean())
    assert np.mean(rates) <= 0.11
    assert np.mean(found) > 0.5


def test_permutation_tests_hold_their_size_and_see_a_shift():
    rng = np.random.default_rng(0)
    groups = [group_p(rng.standard_cauchy(6), rng.standard_cauchy(60), 199, rng) for _ in range(400)]
    assert np.mean(np.array(groups) <= 0.1) == pytest.approx(0.1, abs=0.045)
    treated = np.arange(100) < 50
    p = [permutation_p(rng.exponential(size=100), treated, 199, k)[2] for k in range(300)]
    assert np.mean(np.array(p) <= 0.1) == pytest.approx(0.1, abs=0.05)
    values = rng.normal(size=100) + 2.0 * treated
    assert permutation_p(values, treated, 499, 0)[2] <= 0.01
