# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands that solve: one scenario, or two side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tertius.cli.app import REFERENCE, AsJson, ScenarioName, app, the_world
from tertius.errors import BadInput, unknown

if TYPE_CHECKING:
    from tertius.equilibrium import Substitution
    from tertius.outcomes import Equilibrium

SIDE = f"{REFERENCE}, a YAML file, or base (no measures); join with +."
ClosureName = Annotated[str, typer.Option(help="fixed_deficit, balanced or own_share.")]
RunName = Annotated[str, typer.Option(help="long, or short: nothing moves, little is replaced.")]
Factors = Annotated[str, typer.Option(help="mobile, specific, skills, or the tied share; default the run's.")]
Elasticities = Annotated[
    str,
    typer.Option(
        "--substitution",
        metavar="NUMBERS",
        help="In production (0.2), or value_added=0.5,inputs=0.2,final=1; default the run's.",
    ),
]
Scale = Annotated[float | None, typer.Option(help="Factor on the trade elasticities; default the run's.")]
Out = Annotated[Path | None, typer.Option(help="Write results: .csv, .parquet, .xlsx or .dta.")]


@dataclass(frozen=True)
class Settings:
    """How to solve, as the options say it."""

    world: str
    elasticity: str
    closure: str
    run: str
    factors: str
    substitution: str
    scale: float | None


@app.command(epilog="Example: tertius solve decoupling-x2 --elasticity CP --run short --top 5")
def solve(
    scenario: ScenarioName,
    world: Annotated[str, typer.Option(help="A shipped world, or the path of a .npz file.")] = "icio-2021",
    elasticity: Annotated[str, typer.Option(help="Set of trade elasticities; default the world's.")] = "",
    closure: ClosureName = "fixed_deficit",
    run: RunName = "long",
    factors: Factors = "",
    substitution: Elasticities = "",
    scale: Scale = None,
    top: Annotated[int, typer.Option(min=1, help="Countries to print from each end.")] = 8,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Solve one scenario on one world and print who gains and who loses."""
    from tertius.terminal import equilibrium_dict, print_json, show_equilibrium

    _check(out)
    eq = _solved(scenario, Settings(world, elasticity, closure, run, factors, substitution, scale))
    _write(eq, out)
    if as_json:
        print_json(equilibrium_dict(eq))
    else:
        show_equilibrium(eq, top, scenario)


@app.command(epilog="Example: tertius compare sanctions-2022@june sanctions-2022@december --country KAZ")
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help=SIDE)],
    b: Annotated[str, typer.Argument(metavar="B", help=SIDE)],
    world: Annotated[str, typer.Option(help="Base year: a shipped world or a .npz file.")] = "icio-2021",
    world_b: Annotated[str, typer.Option(help="Another base year for B.")] = "",
    elasticity: Annotated[str, typer.Option(help="Set of trade elasticities; default the world's.")] = "",
    elasticity_b: Annotated[str, typer.Option(help="Another set for B.")] = "",
    closure: ClosureName = "fixed_deficit",
    closure_b: Annotated[str, typer.Option(help="Another closure for B.")] = "",
    run: RunName = "long",
    run_b: Annotated[str, typer.Option(help="Another run for B.")] = "",
    factors: Factors = "",
    substitution: Elasticities = "",
    scale: Scale = None,
    country: Annotated[
        list[str] | None, typer.Option(help="Print this country and its trade only; repeat for several.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="Rows of each table to print.")] = 8,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Set two scenarios side by side: what goes in differently, and what comes out differently."""
    from tertius.outcomes import compare as both
    from tertius.terminal import print_json
    from tertius.terminal_compare import comparison_dict, show_comparison

    _check(out)
    first = Settings(world, elasticity, closure, run, factors, substitution, scale)
    second = replace(
        first,
        world=world_b or world,
        elasticity=elasticity_b or elasticity,
        closure=closure_b or closure,
        run=run_b or run,
    )
    found = both(_solved(a, first), _solved(b, second))
    for name in country or ():
        if name not in set(found.countries["country"]):
            raise unknown("--country", "country of both worlds", name, found.countries["country"])
    _write(found, out)
    if as_json:
        print_json(comparison_dict(found, country or []))
    else:
        show_comparison(found, top, country or [])


def _solved(reference: str, settings: Settings) -> Equilibrium:
    """Solve a scenario; one that rules an equilibrium out is bad input."""
    from tertius.outcomes import solve as find
    from tertius.policy import Scenario, Wedges

    world = the_world(settings.world)
    world = world.with_elasticity(settings.elasticity) if settings.elasticity else world
    eq = find(
        world,
        Wedges.neutral(world) if reference == "base" else Scenario.load(reference),
        closure=settings.closure,
        factors=_factors(settings.factors),
        substitution=_substitution(settings.substitution, settings.run),
        run=settings.run,
        trade_elasticity_scale=settings.scale,
    )
    eq = replace(eq, scenario="base") if reference == "base" else eq
    if eq.report.outcome.asked_for:
        raise BadInput(reference, str(eq.report))
    eq.report.require()
    return eq


def _factors(text: str) -> str | float | None:
    try:
        return float(text)
    except ValueError:
        return text or None


def _substitution(text: str, run: str) -> Substitution | None:
    """Read one number for production, or numbers by name; what is not named stays the run's."""
    from tertius.outcomes.runs import chosen

    if not text:
        return None
    own = chosen(run).substitution
    names = ("value_added", "inputs", "final")
    given: dict[str, float] = {}
    for part in text.split(","):
        name, equals, number = (word.strip() for word in part.rpartition("="))
        if equals and name not in names:
            raise unknown("--substitution", "elasticity of substitution", name, names)
        try:
            value = float(number)
        except ValueError:
            raise BadInput(
                "--substitution", f"{number!r} is not a number", "write 0.2, or inputs=0.2"
            ) from None
        given |= {name: value} if equals else {"value_added": value, "inputs": value}
    return replace(own, **given)


def _check(out: Path | None) -> None:
    """Refuse a file that cannot be written before anything is solved."""
    if out:
        from tertius.outcomes.export import check_target

        check_target(out, f"--out {out}")


def _write(result: object, out: Path | None) -> None:
    if out:
        from tertius.outcomes.export import save

        save(result, out, f"--out {out}")  # type: ignore[arg-type]
