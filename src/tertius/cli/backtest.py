# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The command that lays predictions beside outcomes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tertius.cli.app import AsJson, app, write_folder

if TYPE_CHECKING:
    import pandas as pd

    from tertius.backtest import Backtest


@app.command(epilog="Example: tertius backtest kazakhstan-2022 outcomes.csv --out backtest")
def backtest(
    study: Annotated[
        str, typer.Argument(metavar="STUDY", help="A shipped study (see `tertius studies`) or a YAML file.")
    ],
    outcomes: Annotated[
        Path | None,
        typer.Argument(
            metavar="[OUTCOMES]",
            help="CSV with exporter, importer, goods, value_before, value_after, unit, source;"
            " optional value_earlier, set. Default: exports of the EU-27, 2021 to 2022.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the bootstrap.")] = 0,
    draws: Annotated[int, typer.Option(min=20, help="Draws of the bootstrap.")] = 2000,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the tables (.csv) and the chart (.svg).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare a study's predictions with outcomes and with naive rivals: sign, rank, size, a verdict."""
    from tertius.backtest import backtest as run
    from tertius.terminal import print_json, progress

    with progress("solving") as tell:
        found = run(study, outcomes, seed=seed, draws=draws, tell=tell)
    if out:
        tables = {"rows": found.rows, "scores": found.scores, "against": found.against}
        write_folder(out, tables, {"backtest": _chart(found)})
    if as_json:
        about = {"study": found.study, "world": found.world, "outcomes": found.outcomes, "rules": found.rules}
        seeds = {"seed": found.seed, "draws": found.draws}
        parts = {k: _records(getattr(found, k)) for k in ("scores", "against")}
        print_json({**about, **seeds, "verdict": found.verdict, **parts, "notes": list(found.notes)})
    else:
        _show(found)


def _show(found: Backtest) -> None:
    from tertius.terminal import show_table

    columns = ["set", "subset", "method", "rows", "sign hits", "90 %", "rank", "error", "bias"]
    main = found.scores[found.scores["scale"] == "relative"]
    rows = [
        [
            str(r["set"]),
            str(r["subset"]),
            str(r["method"]),
            str(r["rows"]),
            f"{r['sign_hits']:.2f}",
            f"{r['sign_lo']:.2f} to {r['sign_hi']:.2f}",
            *(f"{r[k]:.3f}" for k in ("rank", "error", "bias")),
        ]
        for r in main.to_dict("records")
    ]
    show_table("Changes relative to the exporter's median row (log)", columns, rows)
    case = str(main.iloc[0]["method"])
    print(f"\n{case}, all rows: {found.verdict['all']}.\nThird countries: {found.verdict['third']}.")
    for note in found.notes:
        print(f"- {note}")


def _chart(found: Backtest) -> str:
    """Draw the map case on the main scale, for the first set of outcomes."""
    from tertius.backtest.score import relative
    from tertius.report.charts.backtest_scatter import BacktestDot, backtest_scatter
    from tertius.text import say

    case = str(found.scores.iloc[0]["method"])
    rows = found.rows[found.rows["set"] == found.rows["set"].iloc[0]]
    groups = rows["exporter"].tolist()
    shift = rows[case].to_numpy(float) - relative(rows[case].to_numpy(float), groups)
    outcome = relative(rows["outcome"].to_numpy(float), groups)
    names = [
        str(i) if g == "goods" else f"{i} {g}" for i, g in zip(rows["importer"], rows["goods"], strict=True)
    ]
    columns = [(rows[c].to_numpy(float) - shift) * 100 for c in (case, f"{case}_low", f"{case}_high")]
    dots = [
        BacktestDot(n, (float(p), float(lo), float(hi)), float(100 * o), bool(t))
        for n, p, lo, hi, o, t in zip(names, *columns, outcome, rows["touched"], strict=True)
    ]
    title = say("{study}, {case}: predicted and observed", study=found.study, case=case)
    return backtest_scatter(dots, title, say("Changes relative to the exporter's median flow."))


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    return list(json.loads(table.to_json(orient="records", double_precision=6)))
