# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The long and the short run: what moves, what replaces what, how far trade responds; with sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from tertius.equilibrium import Substitution
from tertius.errors import BadInput, unknown

__all__ = ["FACTORS", "LONG", "RANGES", "RUNS", "SHORT", "Range", "Run", "chosen", "notes"]

FACTORS = ("mobile", "specific", "skills")


COBB_DOUGLAS = Substitution()


@dataclass(frozen=True, slots=True)
class Run:
    """What is held fixed within a country, and how far trade responds.

    Attributes
    ----------
    name
        "long" or "short": where the other fields come from unless they were given.
    factors
        "mobile", "specific", "skills", or the share of value added that is tied to its sector.
    substitution
        Elasticities within a country.
    trade_elasticity_scale
        Factor on every trade elasticity of the world.
    own_shares
        Whether the skilled shares were given by the user and not taken from the shipped table.
    """

    name: str = "long"
    factors: str | float = "mobile"
    substitution: Substitution = COBB_DOUGLAS
    trade_elasticity_scale: float = 1.0
    own_shares: bool = False

    @property
    def plain(self) -> bool:
        """Whether this is the model of Caliendo & Parro (2015) as it stands."""
        return self == LONG

    @property
    def label(self) -> str:
        """The run and what was changed in it, short: "short run", "long run with factors skills"."""
        own = RUNS[self.name]
        parts = [f"factors {self.factors}"] if self.factors != own.factors else []
        parts += ["own skilled shares"] if self.own_shares else []
        if self.substitution != own.substitution:
            s = self.substitution
            parts.append(f"substitution {s.value_added:g}/{s.inputs:g}/{s.final:g}")
        if self.trade_elasticity_scale != own.trade_elasticity_scale:
            parts.append(f"trade elasticities x {self.trade_elasticity_scale:g}")
        return f"{self.name} run" + (f" with {', '.join(parts)}" if parts else "")


@dataclass(frozen=True, slots=True)
class Range:
    """A number of the short run: its plausible range and where it comes from.

    ``status`` is "verified" (looked up) or "cited from memory", as in scenario files.
    """

    low: float
    high: float
    source: str
    status: str


LONG = Run()
SHORT = Run("short", "specific", Substitution(value_added=0.2, inputs=0.2, final=1.0), 0.38)
RUNS = {"long": LONG, "short": SHORT}

RANGES = {
    "trade_elasticity_scale": Range(
        0.25,
        0.43,
        "Boehm, Levchenko & Pandalai-Nayar (2023), AER 113:861-905: 0.76 in the year after a change of"
        " tariff, 1.75 to 2.25 after seven to ten years, so 0.34 to 0.43; Anderson & Yotov, Short Run"
        " Gravity: about 1/4",
        "verified",
    ),
    "value_added": Range(
        0.05,
        0.5,
        "Boehm, Flaaen & Pandalai-Nayar (2019), REStat 101:60-75: near fixed proportions within months;"
        " Atalay (2017) and Baqaee & Farhi (2019) 0.4 to 0.8 at business-cycle frequency",
        "cited from memory",
    ),
    "inputs": Range(
        0.05,
        0.5,
        "Boehm, Flaaen & Pandalai-Nayar (2019): output fell one for one with imported inputs; Atalay (2017)"
        " and Baqaee & Farhi (2019) near zero; Baqaee, Moll, Landais & Martin (2022), CAE Focus 084",
        "cited from memory",
    ),
    "final": Range(
        0.5,
        1.0,
        "Herrendorf, Rogerson & Valentinyi (2013), AER 103:2752-2789: 0.85 to 0.9 on spending; one is"
        " Cobb-Douglas",
        "cited from memory",
    ),
}
"""Range and source of every number of the short run."""


def chosen(
    run: str,
    factors: str | float | None = None,
    substitution: Substitution | None = None,
    trade_elasticity_scale: float | None = None,
    own_shares: bool = False,
) -> Run:
    """Take a run by name and put in what was given explicitly.

    Parameters
    ----------
    run
        "long" or "short".
    factors, substitution, trade_elasticity_scale
        What replaces the run's own; None keeps it.
    own_shares
        Whether skilled shares were given; they need ``factors="skills"``.

    Returns
    -------
    Run

    Raises
    ------
    BadInput
        If a name is unknown or a number out of range.

    Examples
    --------
    >>> chosen("short", factors="mobile").trade_elasticity_scale
    0.38
    """
    if run not in RUNS:
        raise unknown("solve: run", "run", run, RUNS)
    own = RUNS[run]
    scale = own.trade_elasticity_scale if trade_elasticity_scale is None else float(trade_elasticity_scale)
    found = Run(
        name=run,
        factors=own.factors if factors is None else factors,
        substitution=own.substitution if substitution is None else substitution,
        trade_elasticity_scale=scale,
        own_shares=own_shares,
    )
    _checked(found)
    return found


def _checked(run: Run) -> None:
    if isinstance(run.factors, str) and run.factors not in FACTORS:
        raise unknown("solve: factors", "arrangement of factors", run.factors, FACTORS)
    if not isinstance(run.factors, str) and not 0.0 <= run.factors <= 1.0:
        raise BadInput("solve: factors", f"{run.factors!r} is not a share between 0 and 1")
    if not 0.0 < run.trade_elasticity_scale < float("inf"):
        raise BadInput(
            "solve: trade_elasticity_scale",
            f"{run.trade_elasticity_scale!r} is not a positive number",
            "1 is the long run, 0.38 the short run",
        )
    if run.own_shares and run.factors != "skills":
        raise BadInput("solve: skilled", "is used with two skills only", "add factors='skills'")


def notes(run: Run) -> tuple[str, ...]:
    """Say in one line each what differs from the long run; nothing for the long run itself.

    Examples
    --------
    >>> notes(Run(factors="specific"))
    ('no factor moves between sectors',)
    """
    lines = [*_factor_note(run), *_substitution_note(run), *_trade_note(run)]
    if run.name != "long" and lines:
        lines[0] = f"{run.name} run: {lines[0]}"
    return tuple(lines)


def _factor_note(run: Run) -> Iterator[str]:
    if run.factors == "specific" or run.factors == 1.0:
        yield "no factor moves between sectors"
    elif run.factors == "skills":
        yield (
            "two skills that move between sectors; the shares of the skilled are "
            + ("the user's" if run.own_shares else "assumptions with wide ranges (data/tables/skills.csv)")
        )
    elif isinstance(run.factors, float | int) and run.factors > 0:
        yield f"{100 * run.factors:g} % of value added is tied to its sector"


def _substitution_note(run: Run) -> Iterator[str]:
    s = run.substitution
    if s == Substitution():
        return
    where = {
        "value_added": "between value added and inputs",
        "inputs": "among inputs",
        "final": "in final demand",
    }
    own = ", ".join(f"{getattr(s, f.name):g} {where[f.name]}" for f in fields(s))
    r = RANGES["inputs"]
    ranges = (
        f" (plausible in the short run: {r.low:g} to {r.high:g} in production)" if run.name == "short" else ""
    )
    yield f"elasticity of substitution {own}{ranges}"


def _trade_note(run: Run) -> Iterator[str]:
    scale = run.trade_elasticity_scale
    if scale == 1.0:
        return
    r = RANGES["trade_elasticity_scale"]
    source = (
        f" ({r.low:g} to {r.high:g}; Boehm, Levchenko & Pandalai-Nayar 2023)"
        if scale == SHORT.trade_elasticity_scale
        else ""
    )
    yield f"trade elasticities times {scale:g}{source}"
