# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Transit through third territory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tertius.cli.app import AsJson, app, the_world, write_folder

if TYPE_CHECKING:
    from tertius.outcomes.transit_summary import TransitSummary


@app.command(epilog="Example: tertius transit kazakhstan-2022 --scenario sanctions-2022@december --focal KGZ")
def transit(
    routes: Annotated[
        str, typer.Argument(metavar="ROUTES", help="A shipped routes file (kazakhstan-2022) or a YAML file.")
    ] = "kazakhstan-2022",
    scenario: Annotated[
        str, typer.Option(help="Scenario whose bans close direct routes.")
    ] = "sanctions-2022@december",
    world: Annotated[str, typer.Option(help="A shipped world, or the path of a .npz file.")] = "eurasia-2021",
    elasticity: Annotated[str, typer.Option(help="Set of trade elasticities; default the world's.")] = "",
    focal: Annotated[str, typer.Option(help="Hub whose exports and gain are shown.")] = "KAZ",
    destination: Annotated[str, typer.Option(help="Where the goods go.")] = "RUS",
    closure: Annotated[str, typer.Option(help="fixed_deficit, balanced or own_share.")] = "fixed_deficit",
    q: Annotated[float | None, typer.Option(help="Elasticity of routes over that of trade; >= 1.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the three tables (CSV) and the chart.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show who gains transit under a scenario, what sanctions lose to it, and in which goods."""
    from tertius.outcomes.transit_summary import transit_summary
    from tertius.policy import Scenario
    from tertius.routes import Routes
    from tertius.terminal import print_json

    base = the_world(world)
    base = base.with_elasticity(elasticity) if elasticity else base
    found = transit_summary(
        base,
        Scenario.load(scenario),
        Routes.load(_full(routes)).at(q=q),
        focal=focal,
        destination=destination,
        closure=closure,
    )
    tables = {name: getattr(found, name) for name in ("hubs", "sectors", "worth")}
    if out:
        write_folder(out, tables, {"leakage": _chart(found.hubs)})
    if as_json:
        print_json({k: t.astype(object).where(t.notna(), None).to_dict("records") for k, t in tables.items()})
    else:
        _show(found, focal, destination)


def _full(name: str) -> str:
    """A routes file as it is named, or without its year: kazakhstan is kazakhstan-2022."""
    from tertius.routes import list_routes

    dated = [r for r in list_routes() if r.removeprefix(f"{name}-").isdecimal()]
    return max(dated) if dated else name


def _show(found: TransitSummary, focal: str, destination: str) -> None:
    from tertius.labels import region_name
    from tertius.terminal import show_table

    eq = found.central
    hubs: Any = found.hubs
    sectors: Any = found.sectors
    worth: Any = found.worth
    assert eq.routes is not None
    head = f"{eq.scenario} on {eq.world.name}, routes {eq.routes.id}, elasticities {eq.world.elasticity_name}"
    rows = [
        [
            h.hub if h.hub == "all" else f"{h.hub} {region_name(h.hub)}",
            *(f"{v:,.0f}" for v in (h.base, h.value, h.barred, h.margin, h.rent, h.unseen)),
            f"{h.leakage:.1f}",
            f"{h.low:.1f} to {h.high:.1f}",
            f"{h.elasticity:.1f}",
        ]
        for h in hubs.itertuples()
    ]
    columns = ["hub", "base", "transit", "barred", "margin", "rent", "unseen", "leakage, %", "over ranges"]
    columns.append("elasticity")
    show_table(f"{head}\nTransit to {destination}, USD million", columns, rows, 9)
    ratios = ("own_ratio", "unrouted_ratio", "recorded_ratio")
    top = sectors.sort_values("recorded", ascending=False).head(9)
    rows = [
        [
            s["sector"],
            *(f"{s[k]:,.0f}" for k in ("base_own", "own", "recorded")),
            *(f"{s[k]:.2f}" for k in ratios),
        ]
        for s in top.to_dict("records")
    ]
    columns = ["sector", "base, own", "own", "recorded", "own / base", "the same unrouted", "recorded / base"]
    show_table(
        f"\n{focal} to {destination}: own goods, and as customs record them, USD million", columns, rows, 6
    )
    rows = [
        [f"{w.rent_share:g}", f"{w.real_income:+.3f}", f"{w.unrouted:+.3f}", f"{w.difference:+.3f}",
         f"{w.additional_transit:,.0f}", f"{w.cents_per_dollar:+.1f}"]
        for w in worth.itertuples()
    ]  # fmt: skip
    columns = [
        "margin that is rent",
        "real income, %",
        "unrouted, %",
        "difference",
        "more transit",
        "cents a dollar",
    ]
    show_table(f"\nWhat transit is worth to {focal}", columns, rows, 5)
    print(
        "\nbarred: may not go directly; unseen: by the hub's statistics; leakage: of what bans take from"
        " direct routes;\nelasticity: of transit to a cost on all routes through hubs."
    )
    for note in eq.report.notes:
        print(f"Note: {note}.")


def _chart(hubs: Any) -> str:
    from tertius.report.charts.leakage_bars import HubBar, leakage_bars
    from tertius.report.charts.standalone import standalone

    fields = ("hub", "value", "leakage", "low", "high")
    return standalone(leakage_bars([HubBar(*(h[f] for f in fields)) for h in hubs.to_dict("records")]))
