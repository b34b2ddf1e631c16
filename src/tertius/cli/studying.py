# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Commands on studies."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from tertius.cli.app import AsJson, app, write_text

StudyName = Annotated[
    str, typer.Argument(metavar="STUDY", help="A shipped study (see `tertius studies`) or a YAML file.")
]


@app.command(epilog="Example: tertius run kazakhstan-2022 --out my-run --lang ru")
def run(
    study: StudyName,
    out: Annotated[Path | None, typer.Option(help="Folder to write; default tertius-runs/NAME.")] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(help="Room to leave out, such as levers; repeat. Its claims are not judged."),
    ] = None,
    export: Annotated[
        list[str] | None,
        typer.Option(help="Also write xlsx, dta, iamc, figures (SVG and CSV), png, or all; repeat."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the report: en or ru.")] = "en",
    workers: Annotated[
        int, typer.Option(help="Processes; 0 is one for each core, three at most. The results are the same.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Compute a study and write its report, results and manifest into a folder."""
    from tertius.report import run_study
    from tertius.report.exports import unavailable
    from tertius.terminal import print_json, progress, show_table

    with progress("solving") as tell:
        done = run_study(study, out, tell, without or (), export or (), lang, workers)
    for warning in done.manifest["warnings"]:
        print(f"tertius: warning: {warning}", file=sys.stderr)
    for kind, (what, remedy) in unavailable().items() if "all" in (export or ()) else ():
        print(f"tertius: --export all is without {kind}: {what}; {remedy}", file=sys.stderr)
    if as_json:
        ledger = {e.claim.id: {"verdict": e.verdict.value, "reading": e.reading} for e in done.ledger}
        print_json({"path": str(done.path), "ledger": ledger})
        return
    rows = [
        [e.claim.id, e.verdict.value, e.reading or f"waits for {e.claim.waits_for or 'a room left out'}"]
        for e in done.ledger
    ]
    show_table(done.grid.study.title, ["claim", "verdict", "reading"], rows)
    print(f"\nReport: {(done.path or Path()) / 'report.html'}")


@app.command(epilog="Example: tertius rules kazakhstan-2022 --out rules.json")
def rules(
    study: StudyName,
    out: Annotated[Path | None, typer.Option(help="Write them as JSON, to be published beforehand.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show by which rules claims will be judged, with their hashes; nothing is computed.

    A run of the same study carries the same hashes in its ledger: whoever published them before can show
    that no rule was changed after.
    """
    from tertius.study import registration
    from tertius.terminal import print_json

    found = registration(study)
    if out:
        write_text(out, json.dumps(found.to_dict(), indent=1, ensure_ascii=False) + "\n")
    if as_json:
        print_json(found.to_dict())
        return
    for claim in found.claims:
        print(f"{claim.id}  {claim.text}")
        print(f"    sha256 {claim.sha256}")
        for rule in claim.rules:
            print(f"    rule: {rule}")
        for name, words in claim.questions.items():
            print(f"    asks {name}: {words}")
        print(f"    falsifier: {claim.falsifier}" if claim.falsifier else f"    waits for {claim.waits_for}")
    print(f"\n{found.verdict_rule}")
    print(f"\n{found.study}: sha256 {found.sha256}, tertius {found.tertius}, {found.at}")


@app.command(epilog="Example: tertius diff runs/first runs/second")
def diff(
    a: Annotated[Path, typer.Argument(metavar="RUN_A", help="Folder that `tertius run` wrote.")],
    b: Annotated[Path, typer.Argument(metavar="RUN_B", help="Another one.")],
    most: Annotated[int, typer.Option(min=0, help="Rows of each table; 0 shows all.")] = 20,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 if anything but time differs.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Explain what changed between two runs: inputs, verdicts, numbers by size of change, solves."""
    from tertius.report import diff_runs
    from tertius.terminal import print_json
    from tertius.terminal_diff import show_changes

    found = diff_runs(a, b)
    if as_json:
        print_json(found.to_dict())
    else:
        show_changes(found, most)
    if exit_code and found.anything:
        raise typer.Exit(1)
