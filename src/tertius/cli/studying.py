# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands on studies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tertius.cli.app import AsJson, app


@app.command(epilog="Example: tertius run kazakhstan-2022 --out my-run --lang ru")
def run(
    study: Annotated[
        str, typer.Argument(metavar="STUDY", help="A shipped study (see `tertius studies`) or a YAML file.")
    ],
    out: Annotated[Path | None, typer.Option(help="Folder to write; default tertius-runs/NAME.")] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(help="Room to leave out, such as levers; repeat. Its claims are not judged."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the report: en or ru.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Compute a study and write its report, results and manifest into a folder."""
    from tertius.report import run_study
    from tertius.terminal import print_json, progress, show_table

    with progress("solving") as tell:
        done = run_study(study, out, tell, without or (), lang)
    if as_json:
        ledger = {e.claim.id: {"verdict": e.verdict.value, "reading": e.reading} for e in done.ledger}
        print_json({"path": str(done.path), "ledger": ledger})
        return
    rows = [[e.claim.id, e.verdict.value, e.reading or f"waits for {e.claim.waits_for}"] for e in done.ledger]
    show_table(done.grid.study.title, ["claim", "verdict", "reading"], rows)
    print(f"\nReport: {(done.path or Path()) / 'report.html'}")
