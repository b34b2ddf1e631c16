# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Quantitative geoeconomics: what a third country between quarrelling powers gains and risks.

The names below are loaded when first used, so that importing the package costs little.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tertius.choice import choose as choose
    from tertius.equilibrium import Substitution as Substitution
    from tertius.errors import BadInput as BadInput
    from tertius.errors import NotSolved as NotSolved
    from tertius.evidence import activity as activity
    from tertius.evidence import alignment as alignment
    from tertius.evidence import detect as detect
    from tertius.evidence import event_gap as event_gap
    from tertius.evidence import evidence_claims as evidence_claims
    from tertius.evidence import influence as influence
    from tertius.evidence import mirror_gaps as mirror_gaps
    from tertius.gain import total_gain as total_gain
    from tertius.outcomes import Equilibrium as Equilibrium
    from tertius.outcomes import compare as compare
    from tertius.outcomes import decomposition as decomposition
    from tertius.outcomes import exposure as exposure
    from tertius.outcomes import levers as levers
    from tertius.outcomes import nash_tariffs as nash_tariffs
    from tertius.outcomes import optimal_tariffs as optimal_tariffs
    from tertius.outcomes import response as response
    from tertius.outcomes import sensitivity as sensitivity
    from tertius.outcomes import solve as solve
    from tertius.outcomes import union_value as union_value
    from tertius.outcomes.relocation import relocate as relocate
    from tertius.policy import Scenario as Scenario
    from tertius.policy import Wedges as Wedges
    from tertius.policy import list_scenarios as list_scenarios
    from tertius.report import diff_runs as diff_runs
    from tertius.report import export_run as export_run
    from tertius.report import run_study as run_study
    from tertius.routes import Routes as Routes
    from tertius.routes import list_routes as list_routes
    from tertius.sky import overflights as overflights
    from tertius.study import draft_study as draft_study
    from tertius.study import list_studies as list_studies
    from tertius.study import registration as registration
    from tertius.world import World as World
    from tertius.world import list_worlds as list_worlds
    from tertius.world import load_world as load_world

_HOME = {
    "BadInput": "errors",
    "Equilibrium": "outcomes",
    "NotSolved": "errors",
    "Routes": "routes",
    "Scenario": "policy",
    "Substitution": "equilibrium",
    "Wedges": "policy",
    "World": "world",
    "activity": "evidence",
    "alignment": "evidence",
    "choose": "choice",
    "compare": "outcomes",
    "decomposition": "outcomes",
    "detect": "evidence",
    "diff_runs": "report",
    "draft_study": "study",
    "event_gap": "evidence",
    "evidence_claims": "evidence",
    "export_run": "report",
    "exposure": "outcomes",
    "levers": "outcomes",
    "influence": "evidence",
    "list_routes": "routes",
    "list_scenarios": "policy",
    "list_studies": "study",
    "list_worlds": "world",
    "load_world": "world",
    "mirror_gaps": "evidence",
    "nash_tariffs": "outcomes",
    "optimal_tariffs": "outcomes",
    "overflights": "sky",
    "registration": "study",
    "relocate": "outcomes.relocation",
    "response": "outcomes",
    "run_study": "report",
    "sensitivity": "outcomes",
    "solve": "outcomes",
    "total_gain": "gain",
    "union_value": "outcomes",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """Load a public name from its room."""
    if name in _HOME:
        return getattr(import_module(f"tertius.{_HOME[name]}"), name)
    if name == "__version__":
        from importlib.metadata import version

        return version("tertius")
    raise AttributeError(f"module 'tertius' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
