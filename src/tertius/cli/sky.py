# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands on the sky and on people: closed airspace, relocation of workers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tertius.cli.app import AsJson, app, the_world, write_text
from tertius.errors import BadInput

if TYPE_CHECKING:
    import pandas as pd

    from tertius.outcomes.relocation import Relocation
    from tertius.sky import Overflights, Service

Csv = Annotated[Path | None, typer.Option(help="Write the table as .csv.")]


@app.command(epilog="Example: tertius sky --closures 2022 --date 2022-06-08 --focal KAZ --map routes.svg")
def sky(
    closures: Annotated[str, typer.Option(help="Shipped closures, or a YAML file.")] = "2022",
    on: Annotated[str, typer.Option("--date", metavar="DAY", help="Day after, YYYY-MM-DD.")] = "2022-06-08",
    before: Annotated[str, typer.Option(metavar="DAY", help="Day before, or open.")] = "2022-02-23",
    focal: Annotated[str, typer.Option(help="Country whose channels are shown.")] = "KAZ",
    route: Annotated[
        list[str] | None,
        typer.Option(metavar="A-B:STATE", help="These only, such as HEL-SIN:FIN; repeat for several."),
    ] = None,
    without: Annotated[list[str] | None, typer.Option(help="Leave out a row of the closures, by id.")] = None,
    weekly: Annotated[float, typer.Option(help="Flights a week each way of an airline at 2,000 km.")] = 7.0,
    decay: Annotated[float, typer.Option(help="How fast they fall with distance.")] = 0.5,
    longest: Annotated[
        float, typer.Option(min=0.0, help="Give up ways longer than this many great circles; 0: none.")
    ] = 0.0,
    top: Annotated[int, typer.Option(min=1, help="Countries to print from each end.")] = 8,
    map_: Annotated[Path | None, typer.Option("--map", help="Draw all routes: .svg.")] = None,
    out: Csv = None,
    as_json: AsJson = False,
) -> None:
    """Re-route flights around closed skies: who is flown over more, who less, and what that brings."""
    from tertius.sky import Closures, Traffic, overflights
    from tertius.terminal import print_json, progress

    _ending(out, ".csv", "--out")
    _ending(map_, ".svg", "--map")
    rows = Closures.load(closures).without(without or ())
    days = read_day(on, "--date"), None if before == "open" else read_day(before, "--before")
    network = [_service(r) for r in route] if route else None
    with progress("carriers") as told:
        found = overflights(
            rows,
            *days,
            network=network,
            traffic=Traffic(weekly, decay),
            longest=longest or float("inf"),
            told=told,
        )
    found.channels(focal)  # an unknown country is refused before anything is written
    if out:
        write_text(out, found.countries.to_csv())
    if map_:
        from tertius.report.charts.route_map import route_map

        write_text(map_, route_map(found, focal), "--map")
    if as_json:
        print_json(_dict(found, focal))
    else:
        _show(found, focal, top, bool(route))


@app.command(epilog="Example: tertius relocate --wave 2022-06, or: tertius relocate --movers 50000")
def relocate(
    origin: Annotated[str, typer.Option(help="Country that workers leave.")] = "RUS",
    destination: Annotated[str, typer.Option(help="Country they go to.")] = "KAZ",
    wave: Annotated[str, typer.Option(help="Shipped range, by the day it was known: 2022-06, 2022-12.")] = "",
    movers: Annotated[float | None, typer.Option(help="Workers who move.")] = None,
    skilled: Annotated[float, typer.Option(help="Share of them that is skilled.")] = 0.7,
    remote: Annotated[float, typer.Option(help="Share still working for employers at home.")] = 0.0,
    sent: Annotated[float, typer.Option(help="Share of the others' pay sent home.")] = 0.0,
    capital: Annotated[str, typer.Option(help="stays, or follows the workers.")] = "stays",
    world: Annotated[str, typer.Option(help="A shipped world, or the path of a .npz file.")] = "icio-2021",
    out: Csv = None,
    as_json: AsJson = False,
) -> None:
    """Move workers between two countries: in total, per native, per mover, and the cost of brain drain."""
    from tertius.data.workers import wave as the_wave
    from tertius.outcomes.relocation import relocate as move
    from tertius.terminal import print_json

    _ending(out, ".csv", "--out")
    if wave and movers is not None:
        raise BadInput("--movers", "is given beside --wave", "give one of them")
    cases = [("given", movers if movers is not None else 8000.0, skilled, remote, sent)]
    if wave:
        w = the_wave(wave)
        levels = zip(("low", "central", "high"), w.workers, w.skilled, w.remote, w.sent, strict=True)
        cases = list(levels)
    base = the_world(world)
    found = {name: move(base, origin, destination, n, s, r, h, capital=capital) for name, n, s, r, h in cases}
    table = _lines(found)
    if out:
        lines = [["who", "measure", "unit", *found], *table]
        write_text(out, "\n".join(",".join(map(str, line)) for line in lines) + "\n")
    if as_json:
        print_json([dict(zip(("who", "measure", "unit", *found), line, strict=True)) for line in table])
        return
    from tertius.terminal import show_table

    rows = [[str(x) for x in line[:3]] + [f"{float(v):,.4g}" for v in line[3:]] for line in table]
    title = f"Workers from {origin} to {destination}" + (f", as known in {wave}" if wave else "")
    show_table(title, ["who", "measure", "unit", *found], rows, numbers=len(found))


def _lines(found: dict[str, Relocation]) -> list[list[Any]]:
    columns = [r.rows() for r in found.values()]
    return [[*first[:3], *(c[k][3] for c in columns)] for k, first in enumerate(columns[0])]


def read_day(text: str, where: str) -> date:
    """Read a day that an option gives."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(where, f"{text!r} is not a day", "write YYYY-MM-DD") from None


def _service(text: str) -> Service:
    from tertius.sky import Service

    pair, colon, carrier = text.partition(":")
    a, dash, b = pair.partition("-")
    if not (colon and dash and a and b and carrier):
        raise BadInput("--route", f"{text!r} is not a route", "write HEL-SIN:FIN, two airports and a state")
    return Service(a.upper(), b.upper(), carrier.upper())


def _ending(path: Path | None, suffix: str, where: str) -> None:
    if path and path.suffix != suffix:
        raise BadInput(f"{where} {path}", f"must end in {suffix}", f"choose {path.with_suffix(suffix).name}")


def _dict(found: Overflights, focal: str) -> dict[str, object]:
    whole = found.services.astype(object).where(found.services.notna(), None)
    return {
        "closures": found.closures,
        "date": str(found.on),
        "before": str(found.before) if found.before else "open",
        "traffic": {"weekly": found.traffic.weekly, "decay": found.traffic.decay},
        "channels": {
            "focal": focal,
            "groups": found.channels(focal).to_dict("index"),
            "in_words": _channels_in_words(found, focal),
        },
        "carriers": found.carriers.to_dict("index"),
        "countries": found.countries.to_dict("index"),
        "services": whole.to_dict("records"),
    }


def _show(found: Overflights, focal: str, top: int, each: bool) -> None:
    from tertius.terminal import show_table

    if each:
        columns = ["from", "to", "carrier", "status", "great circle, km", "before", "after"]
        lines = found.services[["a", "b", "carrier", "status", "direct_km", "km_before", "km_after"]]
        rows = [[*map(str, r[:4]), *(_text(float(v)) for v in r[4:])] for r in lines.to_numpy().tolist()]
        show_table("Routes", columns, rows, numbers=3)
        return
    table = found.countries.sort_values("fees_change")
    ends = table.index[:top].tolist() + [c for c in table.index[-top:] if c not in set(table.index[:top])]
    names = ["flights_before", "flights_after", "overflights_change", "million_km_change", "fees_change"]
    heads = ["state", "flights before", "after", "overflights +", "million km +", "fees +, USD m"]
    title = f"Skies of {found.closures} on {found.on} (flights a year, model)"
    show_table(title, heads, _cells(table.loc[ends], names), numbers=5)
    names = ["flights_before", "flights_after", "flights_change", "million_km_change", "fees_change"]
    heads = ["carriers", "flights before", "after", "change", "million km +", "fees +, USD m"]
    show_table(f"Channels over {focal}", heads, _cells(found.channels(focal), names), numbers=5)
    print(_channels_in_words(found, focal))
    names = [
        "flights_unserved",
        "flights_longer",
        "extra_hours",
        "co2_kt_central",
        "cost_usd_million_central",
    ]
    heads = ["carriers", "flights given up", "longer", "extra hours", "CO2, kt", "cost, USD m"]
    show_table("Carriers", heads, _cells(found.carriers, names), numbers=5)


def _channels_in_words(found: Overflights, focal: str) -> str:
    from tertius.sky.verdict import summary
    from tertius.world import load_world

    world = load_world("eurasia-2021")
    known = focal in world.countries
    made = float(world.value_added.sel(country=focal)) if known else None
    return summary(found.channels(focal), focal, made)


def _cells(table: pd.DataFrame, names: list[str]) -> list[list[str]]:
    return [
        [str(k), *(_text(float(v), int("fees" in n)) for n, v in zip(names, row, strict=True))]
        for k, row in zip(table.index, table[names].to_numpy().tolist(), strict=True)
    ]


def _text(value: float, digits: int = 0) -> str:
    return "-" if value != value else f"{value:,.{digits}f}"
