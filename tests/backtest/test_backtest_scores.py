# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Scores, rivals and the rule of the backtest: perfect, random, closed forms, intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from tertius.backtest.rivals import gravity_fit, last_growth
from tertius.backtest.score import bootstrap, relative, score_rows, scores_of, wilson
from tertius.backtest.verdict import sentence, word

RNG = np.random.default_rng(8)
CHANGES = st.lists(st.floats(-2, 2).filter(lambda v: abs(v) > 1e-6), min_size=3, max_size=30, unique=True)


# --- scores -----------------------------------------------------------------------------------------


@given(CHANGES)
def test_perfect_predictions_have_perfect_scores(values):
    actual = np.array(values)
    found = scores_of(actual, actual)
    assert (found.sign_hits, found.error, found.bias) == (1.0, 0.0, 0.0)
    assert found.rank == pytest.approx(1.0)
    opposite = scores_of(-actual, actual)
    assert opposite.sign_hits == 0.0
    assert opposite.rank == pytest.approx(-1.0)


def test_random_predictions_are_near_the_naive_ones():
    actual = RNG.normal(size=200)
    drawn = score_rows(RNG.normal(size=(500, 200)), np.tile(actual, (500, 1)))
    naive = scores_of(np.zeros(200), actual)
    assert (naive.sign_hits, naive.rank) == (0.5, 0.0)
    assert drawn["sign_hits"].mean() == pytest.approx(0.5, abs=0.01)
    assert drawn["rank"].mean() == pytest.approx(0.0, abs=0.01)
    assert drawn["error"].mean() > naive.error


@given(CHANGES, st.integers(0, 10**6))
def test_rank_is_spearmans(values, seed):
    actual = np.array(values)
    predicted = np.random.default_rng(seed).integers(-3, 4, len(actual)).astype(float)  # with ties
    if len(set(predicted)) > 1:
        assert scores_of(predicted, actual).rank == pytest.approx(spearmanr(predicted, actual).statistic)


@given(CHANGES, st.floats(-3, 3))
def test_what_all_flows_of_an_exporter_share_drops_out(values, inflation):
    actual = np.array(values)
    groups = ["a"] * len(actual)
    assert relative(actual + inflation, groups) == pytest.approx(relative(actual, groups), abs=1e-12)
    assert np.median(relative(actual, groups)) == pytest.approx(0.0, abs=1e-12)


def test_bias_and_error_are_those_of_a_constant_miss():
    actual = RNG.normal(size=31)
    found = scores_of(actual + 0.2, actual)
    assert found.error == pytest.approx(0.2)
    assert found.bias == pytest.approx(0.2)
    assert found.rank == pytest.approx(1.0)


def test_wilson_covers_as_often_as_it_says():
    ends = np.array([wilson(k, 60) for k in range(61)])
    hits = RNG.binomial(60, 0.3, 20000)
    assert ((ends[hits, 0] <= 0.3) & (ends[hits, 1] >= 0.3)).mean() == pytest.approx(0.9, abs=0.03)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0


# --- bootstrap --------------------------------------------------------------------------------------


def test_the_bootstrap_is_reproducible_and_paired():
    actual = RNG.normal(size=30)
    methods = {"a": actual + 0.1, "b": actual + 0.1, "c": RNG.normal(size=30)}
    blocks = [str(k // 2) for k in range(30)]
    first, again = (bootstrap(methods, actual, blocks, 50, 3) for _ in range(2))
    other = bootstrap(methods, actual, blocks, 50, 4)
    for score in ("sign_hits", "rank", "error", "bias"):
        assert np.array_equal(first["a"][score], first["b"][score])  # the same draws for all
        assert np.array_equal(first["c"][score], again["c"][score])
    assert not np.array_equal(first["c"]["rank"], other["c"]["rank"])


def test_rows_of_a_block_are_drawn_together():
    blocks = ["x", "y", "y", "y"]
    drawn = bootstrap({"m": np.array([1.0, 3.0, 3.0, 3.0])}, np.zeros(4), blocks, 200, 0)["m"]["error"]
    assert set(drawn) == {1.0, 3.0}


def test_the_bootstrap_agrees_with_the_error_of_a_mean():
    actual = np.zeros(400)
    predicted = np.where(RNG.random(400) < 0.3, 1.0, -1.0) * 1.0
    actual[:] = np.where(RNG.random(400) < 0.3, 1.0, -1.0)
    drawn = bootstrap({"m": predicted}, actual, [str(k) for k in range(400)], 2000, 0)["m"]["sign_hits"]
    p = (predicted == actual).mean()
    assert drawn.std() == pytest.approx(np.sqrt(p * (1 - p) / 400), rel=0.08)


# --- rivals -----------------------------------------------------------------------------------------


def test_last_growth_is_the_log_change_before():
    assert last_growth(np.array([6.0]), np.array([3.0])) == pytest.approx(np.log(2))


@given(st.integers(0, 10**6), st.integers(4, 8))
def test_gravity_keeps_margins_and_is_exact_for_gravity(seed, n):
    rng = np.random.default_rng(seed)
    trade = rng.lognormal(size=(n, n))
    np.fill_diagonal(trade, 0.0)
    fitted = gravity_fit(trade)
    assert fitted.sum(axis=1) == pytest.approx(trade.sum(axis=1), rel=1e-6)
    assert fitted.sum(axis=0) == pytest.approx(trade.sum(axis=0), rel=1e-6)
    assert gravity_fit(fitted) == pytest.approx(fitted, rel=1e-6, abs=1e-12)


def test_gravity_in_closed_form():
    """Two exporters that buy from nobody, two importers that sell to nobody: row sum x column sum / total."""
    trade = np.zeros((4, 4))
    trade[:2, 2:] = [[1.0, 3.0], [5.0, 2.0]]
    block = trade[:2, 2:]
    want = np.outer(block.sum(axis=1), block.sum(axis=0)) / block.sum()
    assert gravity_fit(trade)[:2, 2:] == pytest.approx(want, rel=1e-8)


# --- the rule ---------------------------------------------------------------------------------------


def test_the_sentence_says_plainly_who_is_beaten():
    same = {"error": "no difference", "rank": "no difference"}
    better = {"error": "better", "rank": "no difference"}
    torn = {"error": "better", "rank": "worse"}
    assert sentence({"a": same, "b": torn}) == "does not beat naive rivals (a, b)"
    assert sentence({"a": better, "b": better}) == "beats all naive rivals (a, b)"
    assert sentence({"a": better, "b": same}) == "beats a; does not beat b"


@given(st.floats(-1, 1), st.floats(0, 1), st.booleans())
def test_a_word_needs_an_interval_beside_zero_and_all_sets(low, width, agree):
    got = word(low, low + width, agree)
    assert (got == "better") == (agree and low > 0)
    assert (got == "worse") == (agree and low + width < 0)
