# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The third country's choice: which stance is best between two powers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tertius.cli.app import AsJson, app, the_world, write_folder, write_text
from tertius.errors import BadInput

if TYPE_CHECKING:
    from tertius.choice import Axis, Choice

Box = tuple[float, float]
EXAMPLE = "Example: tertius choose --focal KAZ --lever-east input-ban --k 1 --k 2 --chart map.svg"


@app.command(epilog=EXAMPLE)
def choose(
    focal: Annotated[str, typer.Option(help="Code of the state that chooses.")] = "KAZ",
    west: Annotated[str, typer.Option(help="Western power, a country or group.")] = "coalition-2022",
    east: Annotated[
        str, typer.Option(help="Eastern power: where sensitive goods go, and who punishes compliance.")
    ] = "RUS",
    lever_west: Annotated[
        str, typer.Option(help="Its lever (tertius levers lists them); default technology-ban.")
    ] = "",
    lever_east: Annotated[str, typer.Option(help="Likewise; default half-embargo, else input-ban.")] = "",
    pull: Annotated[
        Box, typer.Option(help="Share of the western and of the eastern lever that is pulled.")
    ] = (1.0, 1.0),
    world: Annotated[str, typer.Option(help="A shipped world, or the path of a .npz file.")] = "eurasia-2021",
    scenario: Annotated[str, typer.Option(help="Sanctions that hold anyway.")] = "sanctions-2022@june",
    routes: Annotated[
        str, typer.Option(help="Routes file, or none: then traffic is zero.")
    ] = "kazakhstan-2022",
    stances: Annotated[
        str, typer.Option(help="How many from full tolerance to strict compliance, or a list: 0,0.5,1.")
    ] = "11",
    groups: Annotated[
        str, typer.Option(help="Goods groups with a stance of their own, such as chpl,electronics.")
    ] = "",
    elasticity: Annotated[
        list[str] | None, typer.Option(help="Set of trade elasticities, the central one first; default all.")
    ] = None,
    run: Annotated[str, typer.Option(help="long or short.")] = "long",
    offer: Annotated[
        str, typer.Option(help="China's offer: china, china-low, china-high, or none.")
    ] = "china",
    k: Annotated[
        list[float] | None, typer.Option("--k", help="Curvature of the hazards; default 0.5 1 1.5 2 3.")
    ] = None,
    hazard_west: Annotated[
        Box, typer.Option(help="Chance of a western strike at full transit today: least, most.")
    ] = (0.05, 0.4),
    hazard_east: Annotated[
        Box, typer.Option(help="Chance of an eastern strike at none today: least, most.")
    ] = (0.02, 0.2),
    worth: Annotated[
        Box | None, typer.Option(help="What deterrence is worth to both powers, USD million; default any.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for tables (CSV) and both charts.")] = None,
    chart: Annotated[Path | None, typer.Option(help="Write the map of the region: .svg.")] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Solve again and keep nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find the best stance of a state between two powers, and where the middle holds."""
    from tertius.choice import POWERS
    from tertius.choice import choose as compute
    from tertius.terminal import progress

    _check_chart(chart)
    today, prior = _boxes(hazard_west, hazard_east)
    with progress("solving") as tell:
        found = compute(
            the_world(world),
            focal,
            (west, east),
            k or POWERS,
            today,
            prior,
            worth or (float("inf"), float("inf")),
            offer="" if offer == "none" else offer,
            scenario=scenario,
            routes=None if routes == "none" else routes,
            levers=(lever_west, lever_east),
            intensity=pull,
            stances=_stances(stances),
            groups=[g for g in groups.split(",") if g],
            elasticities=elasticity or None,
            run=run,
            cache=not no_cache,
            tell=tell,
        )
    if out:
        write_folder(out, _tables(found), _charts(found))
    if chart:
        from tertius.report.charts.choice_figures import region_figure

        write_text(chart, region_figure(found), "--chart")
    _print(found, as_json)


def _check_chart(chart: Path | None) -> None:
    if chart and (chart.suffix != ".svg" or not chart.parent.is_dir()):
        raise BadInput(f"--chart {chart}", "is not an .svg file in a folder that exists", "such as map.svg")


def _boxes(west: Box, east: Box) -> tuple[tuple[Axis, Axis], tuple[Axis, Axis]]:
    """Today's box, and the whole range, which is widened where today lies outside."""
    from tertius.choice import PRIOR, Axis

    today = []
    for name, box in (("west", west), ("east", east)):
        if not 0 < box[0] < box[1] < float("inf"):
            raise BadInput(
                f"--hazard-{name}", f"{box[0]:g} to {box[1]:g} is no range above zero", "such as 0.05 0.4"
            )
        today.append(Axis(name, *box))
    prior = [
        Axis(p.parameter, min(p.low, t.low), max(p.high, t.high)) for p, t in zip(PRIOR, today, strict=True)
    ]
    return (today[0], today[1]), (prior[0], prior[1])


def _stances(written: str) -> int | list[float]:
    """A number of stances, or the stances."""
    try:
        return int(written) if written.isdecimal() else [float(x) for x in written.split(",") if x.strip()]
    except ValueError:
        raise BadInput(
            "--stances", f"{written!r} is neither a number nor a list", "such as 11 or 0,0.5,1"
        ) from None


def _tables(found: Choice) -> dict[str, Any]:
    """All tables by name; a game only where both powers have something to threaten with."""
    from tertius.choice import credibility

    k = _central(found)
    idle = credibility(found.payoffs, found.setting).notes
    return {
        "payoffs": found.table(),
        "replies": found.replies(),
        "shares": found.shares(),
        "verdicts": _verdicts(found),
        "groups": found.groups(k),
    } | ({} if idle else {"games": found.games(k)})


def _charts(found: Choice) -> dict[str, str]:
    from tertius.report.charts.choice_figures import region_figure, stance_figure

    return {"neutrality": region_figure(found), "stances": stance_figure(found)}


def _verdicts(found: Choice) -> Any:
    import pandas as pd

    rows = [
        {"claim": v.claim, "verdict": v.verdict, "k": k, "verdict_at_k": at, "part": part, "share": share}
        for v in found.verdicts().values()
        for k, at in v.by_power.items()
        for part, share in v.shares[k].items()
    ]
    return pd.DataFrame(rows)


def _central(found: Choice) -> float:
    """The curvature that is told in words: 1.5 if it was computed, else the middle one."""
    return 1.5 if 1.5 in found.powers else sorted(found.powers)[len(found.powers) // 2]


def _print(found: Choice, as_json: bool) -> None:
    from tertius.terminal import print_json

    if as_json:
        print_json(_as_json(found))
    else:
        _show(found)


def _as_json(found: Choice) -> dict[str, Any]:
    p = found.payoffs
    tables = {name: _records(table) for name, table in _tables(found).items()}
    own = found.cost()
    return {
        "focal": p.players[0],
        "powers": p.players[1:],
        "world": found.world,
        "scenario": found.scenario,
        "levers": p.levers,
        "own_cost": {who: _range(row) for who, row in zip(p.players[1:], own, strict=True)},
        **tables,
        "reading": found.reading(_central(found)),
    }


def _records(table: Any) -> list[dict[str, Any]]:
    """Rows for JSON, in which nothing stands for what is no number."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def _range(values: Any) -> dict[str, float]:
    return {"central": float(values[0]), "low": float(values.min()), "high": float(values.max())}


def _show(found: Choice) -> None:
    p = found.payoffs
    focal, west, east = p.players
    print(f"Choice of {focal} between {west} and {east} on {found.world}, {found.scenario}")
    _show_states(found)
    for who, own in zip((west, east), found.cost(), strict=True):
        print(
            f"A strike costs {who} itself USD {own[0]:,.0f} million ({own.min():,.0f} to {own.max():,.0f})."
        )
    if not p.traffic.any():
        print(
            f"\nNothing sensitive passes {focal} on its way to {east} by these routes: traffic is zero,"
            "\na stance changes nothing, and there is no middle to choose. Only options off the line matter."
        )
        return
    _show_replies(found)
    for v in found.verdicts().values():
        print(f"{v.claim}: {v.verdict}" + (f" ({v.note})" if v.note else ""))
    print(f"\n{found.reading(_central(found))}")


def _show_states(found: Choice) -> None:
    """What the poles and the options bring in each state."""
    from tertius.terminal import show_table

    p = found.payoffs
    _, west, east = p.players
    value = p.value[0, 0]
    tolerate, comply = p.poles
    off = [option[0, 0] for option in p.options.values()]
    rows = [
        [words, *(f"{x[at]:+,.0f}" for x in (value[tolerate], value[comply], *off))]
        for words, at in (("nobody strikes", (0, 0)), (f"{west}: {p.levers[0]}", (1, 0)),
                          (f"{east}: {p.levers[1]}", (0, 1)), ("both strike", (1, 1)))
    ]  # fmt: skip
    title = f"\nGain against the base, USD million, elasticities {p.sets[0]}"
    columns = ["state", "full tolerance", "strict compliance", *(f"option {name}" for name in p.options)]
    show_table(title, columns, rows, 2 + len(p.options))


def _show_replies(found: Choice) -> None:
    from tertius.terminal import show_table

    replies, shares = found.replies(), found.shares()
    own_set = replies[replies["set"] == found.payoffs.sets[0]].to_dict("records")
    neutral = shares[(shares["kind"] == "neutral") & (shares["where"] == "range")].to_dict("records")
    rows = [
        [f"{r['k']:g}", r["kind"], r["stance"], f"{r['traffic']:.2f}", f"{r['value']:.3f}",
         f"{100 * s['mean']:.0f} ({100 * s['low']:.0f} to {100 * s['high']:.0f})"]
        for r, s in zip(own_set, neutral, strict=True)
    ]  # fmt: skip
    columns = ["k", "best today", "stance", "traffic", "value of the middle, %", "middle best, % of threats"]
    title = "\nBest answer in the middle of today's assumed threats, by curvature of the hazards"
    show_table(title, columns, rows, 4)
