# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The command on the total gain: all channels in dollars, energy apart, ranks, and the verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tertius.cli.app import REFERENCE, AsJson, app, the_world, write_folder, write_text
from tertius.cli.sky import read_day
from tertius.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

    from tertius.gain import TotalGain

NONE = "none"


@app.command(epilog="Example: tertius gain --focal KAZ --chart gain.svg, or: tertius gain --closures none")
def gain(
    focal: Annotated[str, typer.Option(help="Country that is shown, by its ISO3 code.")] = "KAZ",
    scenario: Annotated[str, typer.Option(help=f"{REFERENCE} of a scenario, or a YAML file.")] = (
        "sanctions-2022@june"
    ),
    routes: Annotated[str, typer.Option(help="Routes through third territory, or none.")] = "kazakhstan-2022",
    closures: Annotated[str, typer.Option(help="Closed skies, or none.")] = "2022",
    on: Annotated[
        str, typer.Option("--date", metavar="DAY", help="Day of the closed skies, YYYY-MM-DD.")
    ] = "2022-06-08",
    wave: Annotated[str, typer.Option(help="Movers as known in 2022-06 or 2022-12, or none.")] = "2022-06",
    attributed: Annotated[
        list[float] | None,
        typer.Option(help="Share of the energy price that sanctions caused; repeat. Default 0, 0.5, 1."),
    ] = None,
    people: Annotated[str, typer.Option(help="Whose income: natives or residents.")] = "natives",
    world: Annotated[str, typer.Option(help="A shipped world, or the path of a .npz file.")] = "eurasia-2021",
    out: Annotated[Path | None, typer.Option(help="Folder for the tables (CSV) and the chart.")] = None,
    chart: Annotated[Path | None, typer.Option(help="Draw the waterfall: .svg.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add up trade, transit, flights and people for a third country; the energy price stands apart."""
    from tertius.gain import total_gain
    from tertius.terminal import print_json, progress

    if chart and chart.suffix != ".svg":
        raise BadInput(f"--chart {chart}", "must end in .svg", f"choose {chart.with_suffix('.svg').name}")
    base = the_world(world)
    with progress("gain") as told:
        found = total_gain(
            base, focal, scenario, _or_none(routes), _or_none(closures), read_day(on, "--date"),
            _or_none(wave), tuple(attributed or (0.0, 0.5, 1.0)), people, told=told,
        )  # fmt: skip
    tables = _tables(found)
    if out:
        write_folder(out, tables, {"waterfall": _chart(found)})
    if chart:
        write_text(chart, _chart(found), "--chart")
    if as_json:
        whole = {k: t.astype(object).where(t.notna(), None).to_dict("records") for k, t in tables.items()}
        print_json({"focal": focal, "scenario": found.scenario, **whole, "S5": found.verdict()._asdict()})
    else:
        _show(found)


def _or_none(name: str) -> str | None:
    return None if name == NONE else name


def _tables(found: TotalGain) -> dict[str, pd.DataFrame]:
    return {
        "parts": found.table(),
        "totals": found.totals(),
        "ranks": found.ranks(),
        "economies": found.economies_table(),
    }


def _show(found: TotalGain) -> None:
    from tertius.terminal import show_table

    table: Any = found.table()
    dollars, percent = (table[table["unit"] == u].to_dict("records") for u in ("USD million", "percent"))
    rows = [
        [
            d["channel"],
            *(f"{d[k]:+,.1f}" for k in ("low", "central", "high")),
            f"{p['central']:+.3f}",
        ]
        for d, p in zip(dollars, percent, strict=True)
    ]
    head = f"{found.focal}: {found.scenario} on {found.world}, USD million a year"
    show_table(head, ["channel", "low", "central", "high", "% of income"], rows, numbers=4)
    ranks: Any = found.ranks()
    rows = [
        [f"{r.attributed:g}", r.measure, f"{r.value:+,.2f}", f"{r.rank_world} of {r.of_world}",
         f"{r.rank_eurasia} of {r.of_eurasia}"]
        for r in ranks.itertuples()
    ]  # fmt: skip
    columns = ["energy attributed", "measure", "total", "among all", "in Eurasia"]
    show_table("\nRank of the total", columns, rows, numbers=3)
    low, high = found.over_draws()
    print(f"\nOver {len(found.draws)} draws (trade, transit), the rest central: {low:+,.0f} to {high:+,.0f}.")
    judged = found.verdict()
    print(f"One of the main Eurasian beneficiaries (S5): {judged.verdict}; {judged.reason}.")
    for note in found.notes:
        print(f"Note: {note}.")


def _chart(found: TotalGain) -> str:
    from tertius.report.chapters.gain import drawing
    from tertius.report.charts.standalone import standalone

    return standalone(drawing(found))
