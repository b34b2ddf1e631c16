# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Derivatives by the implicit-function theorem against central differences of the exact solver.

Differences with steps h and h / 2 are combined (Richardson), so their own error is of order h^4; the
solver is asked for 1e-14. Every kind of perturbation, in every arrangement of factors and production,
under both closures, at an equilibrium far from the base where all of them are at work.
"""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import tertius as tt
from strategies import SEEDS, random_world, worlds
from tertius.equilibrium import Closure, Shock, Substitution, solve_hats
from tertius.equilibrium.factors import furnish, mobile, skills, specific
from tertius.equilibrium.linear import Direction, Linear, gradient, tangent
from tertius.equilibrium.linear_gmres import gmres
from tertius.errors import NotSolved
from tertius.outcomes.plain import base_year

STEP = 1e-3
KINDS = [f.name for f in fields(Direction)]
FACTORS = {
    "mobile": mobile,
    "specific": specific,
    "half tied": lambda b: specific(b, 0.5),
    "skills": lambda b: skills(b, np.linspace(0.2, 0.7, b.shape[1])),
}
PRODUCTION = {
    "Cobb-Douglas": Substitution(),
    "nested": Substitution(0.5, 0.3, 0.7),
    "inputs only": Substitution(1.0, 0.3, 1.0),
    "value added only": Substitution(0.3, 1.0, 2.0),
}


def furnished(world, factors="mobile", production="Cobb-Douglas"):
    base = base_year(world, Closure.FIXED)
    return furnish(base, FACTORS[factors](base), PRODUCTION[production])


def everything(base, seed, **more):
    """A shock of every kind at once, taste included; ``more`` replaces parts of it."""
    rng = np.random.default_rng(seed)
    cells = base.pi.shape
    transfer = rng.normal(size=len(base.VA))
    shock = Shock(
        iceberg=np.exp(rng.uniform(-0.1, 0.3, cells)),
        tariff=np.maximum(base.tariff + rng.uniform(-0.1, 0.1, cells), 0.0),
        export_tax=rng.uniform(-0.05, 0.1, cells),
        productivity=np.exp(rng.normal(size=base.shape) / 10),
        endowment=np.exp(rng.normal(size=base.V.shape) / 10),
        transfer=(transfer - transfer.mean()) * base.I.min() / 50,
    )
    return replace(shock, **more)


def directions(base, seed):
    """One random direction of each kind."""
    rng = np.random.default_rng(seed)
    n, s = base.shape
    transfer = rng.normal(size=n)
    sizes = {
        "iceberg": rng.normal(size=base.pi.shape),
        "tariff": rng.normal(size=base.pi.shape) / 3,
        "export_tax": rng.normal(size=base.pi.shape) / 3,
        "taste": rng.normal(size=base.pi.shape),
        "productivity": rng.normal(size=(n, s)),
        "endowment": rng.normal(size=base.V.shape),
        "theta": rng.normal(size=s),
        "transfer": (transfer - transfer.mean()) * base.I.min() / 10,
    }
    assert list(sizes) == KINDS
    return sizes


def moved(base, shock, kind, d, h):
    """Base and shock after a step along a direction, in the units that `Direction` promises."""
    if kind == "theta":
        return replace(base, theta=base.theta + h * d), shock
    now = getattr(shock, kind)
    if kind == "tariff":
        new = (base.tariff if now is None else now) + h * d
    elif kind == "export_tax":
        new = (1.0 if now is None else 1.0 + now) * np.exp(h * d) - 1.0
    elif kind == "transfer":
        new = (0.0 if now is None else now) + h * d
    else:
        new = (1.0 if now is None else now) * np.exp(h * d)
    return base, replace(shock, **{kind: new})


def solved(base, shock, closure=Closure.FIXED):
    found = solve_hats(base, shock, closure, 1e-14, 2000)
    assert found.gap.size <= 1e-12
    return found


def logs(base, shock, closure):
    """Everything a tangent speaks of, from the exact solver."""
    s = solved(base, shock, closure).sweep
    on = base.V > 0
    w = np.where(on, np.log(np.where(on, s.factor_income, 1.0) / np.where(on, base.V, 1.0)), 0.0)
    return {
        "log_real_income": np.log(s.I) - s.log_pf,
        "log_p": s.log_p,
        "log_x": np.log(np.where(s.X > 0, s.X, 1.0)),
        "log_w": w - (0.0 if shock.endowment is None else np.where(on, np.log(shock.endowment), 0.0)),
        "revenue": s.revenue,
        "deficit": s.D,
        "output": s.Y,
    }


def differences(base, shock, closure, kind, d, step=STEP):
    def central(h):
        up, down = (logs(*moved(base, shock, kind, d, k * h), closure) for k in (1, -1))
        return {name: (up[name] - down[name]) / (2 * h) for name in up}

    wide, narrow = central(step), central(step / 2)
    return {name: (4 * narrow[name] - wide[name]) / 3 for name in wide}


def check(base, shock, closure, kind, d, rtol=1e-6, step=STEP):
    t = tangent(solved(base, shock, closure), Direction(**{kind: d}))
    for name, expected in differences(base, shock, closure, kind, d, step).items():
        size = max(np.abs(expected).max(), base.I.max() * 1e-3 if name in ("revenue", "deficit") else 1e-3)
        assert_allclose(getattr(t, name), expected, rtol=0, atol=rtol * size, err_msg=f"{kind}: {name}")


@pytest.mark.parametrize("closure", [Closure.FIXED, Closure.OWN_SHARE])
@pytest.mark.parametrize("production", PRODUCTION)
@pytest.mark.parametrize("factors", FACTORS)
def test_every_kind_in_every_variant(factors, production, closure):
    base = furnished(random_world(3, 3, 7, thetas=(1.0, 8.0), holes=False), factors, production)
    shock = everything(base, 1)
    for kind, d in directions(base, 2).items():
        check(base, shock, closure, kind, d)


@pytest.mark.parametrize("kind", KINDS)
def test_at_the_base(kind):
    """No shock: the arrays that a shock would need do not exist."""
    base = furnished(random_world(4, 2, 8, thetas=(1.0, 8.0)), "half tied", "nested")
    check(base, Shock(), Closure.FIXED, kind, directions(base, 3)[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_inside_coalitions_and_beside_an_embargo(kind):
    base = furnished(random_world(4, 2, 9, thetas=(1.0, 8.0), holes=False), "mobile", "nested")
    iceberg = np.ones(base.pi.shape)
    iceberg[:, 0, 3] = np.inf
    shock = everything(base, 1, iceberg=iceberg, coalitions=((0, 2),))
    check(base, shock, Closure.FIXED, kind, directions(base, 3)[kind])


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "theta"])
def test_beside_a_shift_of_taste(kind):
    base = furnished(random_world(3, 2, 10, thetas=(1.0, 8.0), holes=False))
    taste = np.exp(np.random.default_rng(4).normal(size=base.pi.shape) / 3)
    check(base, everything(base, 1, taste=taste), Closure.FIXED, kind, directions(base, 3)[kind])


@given(
    worlds(countries=(2, 5), sectors=(1, 4)), SEEDS, st.sampled_from(KINDS), st.sampled_from(list(FACTORS))
)
@settings(max_examples=40)
def test_holes_and_wild_elasticities(world, seed, kind, factors):
    """Elasticities 0.6 to 65, closed sectors, factors that nobody owns."""
    base = furnished(world, factors)
    d = directions(base, seed)[kind]
    check(base, Shock(), Closure.FIXED, kind, d, step=1e-3 / max(1.0, base.theta.max() / 8))


def test_on_the_real_world_in_small():
    world = tt.load_world("icio-2021")
    named = {"KAZ": ["KAZ"], "RUS": ["RUS"], "CHN": ["CHN"], "USA": ["USA"]}
    rest = [c for c in world.countries if c not in named]
    goods = [s for s in world.sectors if s.startswith("C")]
    small = world.aggregate({"REST": rest}, {"MANUF": goods})
    base = furnished(small, "half tied", "nested")
    for kind in ("iceberg", "tariff", "productivity", "theta"):
        check(base, everything(base, 1), Closure.FIXED, kind, directions(base, 3)[kind])


@given(
    worlds(countries=(2, 5), sectors=(1, 4)),
    SEEDS,
    st.sampled_from(list(FACTORS)),
    st.sampled_from(list(PRODUCTION)),
    st.sampled_from([Closure.FIXED, Closure.OWN_SHARE]),
)
@settings(max_examples=60)
def test_backwards_is_the_transpose_of_forwards(world, seed, factors, production, closure):
    base = furnished(world, factors, production)
    found = solve_hats(base, Shock(export_tax=np.full(base.pi.shape, 0.05)), closure, 1e-13, 2000)
    if not found.gap.size <= 1e-9:
        return
    linear, n = Linear(found), len(base.VA)
    weight = np.random.default_rng(seed).normal(size=(n, 2))
    back = linear.gradient(weight)
    for kind, d in directions(base, seed).items():
        forward = linear.tangent(Direction(**{kind: d})).log_real_income
        every, found_back = (range(d.ndim), range(d.ndim)), getattr(back, kind)
        traced = np.tensordot(found_back, d, axes=every)
        size = np.maximum(
            np.abs(weight).T @ np.abs(forward), np.tensordot(abs(found_back), abs(d), axes=every)
        )
        assert np.all(np.abs(traced - weight.T @ forward) <= 1e-10 * size + 1e-14), kind


def test_many_directions_are_the_single_ones_side_by_side():
    base = furnished(random_world(4, 3, 5), "skills", "nested")
    found = solved(base, Shock())
    a, b = directions(base, 1), directions(base, 2)
    both = tangent(found, Direction(**{k: np.stack([a[k], b[k]], axis=-1) for k in KINDS}))
    for j, one in enumerate((a, b)):
        alone = tangent(found, Direction(**one))
        for f in fields(alone):
            if f.name != "residual":
                value, part = getattr(alone, f.name), getattr(both, f.name)[..., j]
                assert_allclose(part, value, rtol=1e-9, atol=1e-10 * max(1.0, np.abs(value).max()))


def test_gradient_of_one_weight_has_the_shapes_of_its_causes():
    base = furnished(random_world(3, 2, 5), "specific")
    back = gradient(solved(base, Shock()), np.array([1.0, 0.0, 0.0]))
    for kind, d in directions(base, 1).items():
        assert getattr(back, kind).shape == d.shape
    assert back.residual <= 1e-11


def test_no_derivative_without_an_equilibrium():
    base = furnished(random_world(3, 2, 5))
    with pytest.raises(NotSolved, match="derivatives need an equilibrium"):
        tangent(solve_hats(base, everything(base, 1), max_sweeps=2, tol=1e-300), Direction(theta=np.ones(2)))


def test_gmres_reports_what_it_cannot_solve():
    rng = np.random.default_rng(0)
    matrix, right = rng.normal(size=(30, 30)) + 5 * np.eye(30), rng.normal(size=(30, 3))
    right[:, 1] = 0.0
    z, relative = gmres(lambda v: matrix @ v, lambda v: v, right, 1e-13)
    assert_allclose(z, np.linalg.solve(matrix, right), atol=1e-12)
    assert relative.max() <= 1e-13
    singular = np.diag(np.arange(30.0))
    _, relative = gmres(lambda v: singular @ v, lambda v: v, np.ones((30, 1)), 1e-13)
    assert relative.max() > 1e-2
