# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Published gains from trade: Costinot & Rodriguez-Clare (2014), Handbook of Int. Economics 4, Table 4.1.

One sector, trade elasticity 5, 2008. The only data here are eight domestic shares, rounded to four digits,
computed from the Handbook's replication file (World Input-Output Database 2013, Timmer et al. 2015, RIE
23:575-605): own sales over all spending, goods and services, final and intermediate. The whole file is
not shipped; ``scripts/replicate_handbook.py`` redoes all columns where it is at hand.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose

from strategies import SEEDS

SCRIPT = Path(__file__).parents[2] / "scripts" / "replicate_handbook.py"
DOMESTIC = {
    "CAN": 0.8252,
    "DEU": 0.7957,
    "HUN": 0.6561,
    "IRL": 0.6578,
    "JPN": 0.9185,
    "RUS": 0.8854,
    "TUR": 0.8645,
    "USA": 0.9147,
}
ROUNDING = 0.05 + 0.002  # of the published figure, and of the shares above


@pytest.fixture(scope="module")
def handbook():
    spec = importlib.util.spec_from_file_location("replicate_handbook", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def flows(domestic, seed):
    """Flows ``[exporter, importer, sector]`` with own shares ``[country, sector]``; partners at random."""
    n, s = domestic.shape
    rng = np.random.default_rng(seed)
    other = rng.dirichlet(np.ones(n), (n, s)).transpose(2, 0, 1) + 1e-3
    other[np.arange(n), np.arange(n)] = 0.0
    pi = other / other.sum(axis=0) * (1 - domestic)
    pi[np.arange(n), np.arange(n)] = domestic
    return pi * rng.uniform(1.0, 100.0, (n, s))


@pytest.mark.parametrize("seed", range(3))
def test_one_sector_gains_are_the_published_ones(handbook, seed):
    """Whoever trades with whom, and whatever incomes are: only the domestic share counts."""
    names = sorted(DOMESTIC)
    own = np.array([[DOMESTIC[c]] for c in names])
    solved, exact = handbook.gains(names, flows(own, seed), np.array([5.0]), np.ones((len(names), 1)))
    assert_allclose(solved, exact, rtol=1e-9)
    published = np.array([handbook.PUBLISHED[c] for c in names])
    assert np.abs(solved - published).max() <= ROUNDING


@given(SEEDS)
@settings(max_examples=15)
def test_many_sectors_by_the_engine_and_in_closed_form(handbook, seed):
    """The Handbook's elasticities go from 0.37 to 51; consumption shares may differ from spending."""
    rng = np.random.default_rng(seed)
    own, alpha = rng.uniform(0.3, 0.99, (4, 3)), rng.dirichlet(np.ones(3), 4)
    theta = np.array([0.37, 5.0, 51.08])
    solved, exact = handbook.gains(list("ABCD"), flows(own, seed), theta, alpha)
    assert_allclose(solved, exact, rtol=1e-9)
    assert_allclose(1 - exact / 100, np.prod(own ** (alpha / theta), axis=1), rtol=1e-12)


def test_incomes_balance_trade(handbook):
    rng = np.random.default_rng(0)
    pi = flows(rng.uniform(0.3, 0.9, (5, 2)), 1)
    pi /= pi.sum(axis=0)
    alpha = rng.dirichlet(np.ones(2), 5)
    income = handbook.balanced_incomes(pi, alpha)
    assert np.all(income > 0)
    assert_allclose(np.einsum("ins,ns,n->i", pi, alpha, income), income, rtol=1e-12)
