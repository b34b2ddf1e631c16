# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`run_study`: compute a study and write its folder, whole or not at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tertius.errors import BadInput
from tertius.report.compose import compose
from tertius.report.language import check_language, language, speaking
from tertius.report.render import write
from tertius.study import StudyRun, compute, load_study, study_texts
from tertius.text import Language

__all__ = ["run_study"]

MANIFEST = "manifest.json"
FILES = {"report.html", "results.parquet", "results.csv", "ledger.json", MANIFEST}


def run_study(
    reference: str | Path,
    out: str | Path | None = None,
    tell: Callable[[int, int, str], None] = lambda *_: None,
    without: Iterable[str] = (),
    lang: str = "en",
) -> StudyRun:
    """Compute a study and write report, results, ledger and manifest into a folder.

    Parameters
    ----------
    reference
        A shipped study or the path of a study file.
    out
        Folder to write, by default ``tertius-runs/NAME``. An earlier run there is replaced once the
        new one is complete; a folder that holds anything else is refused.
    tell
        Called with done, total and a few words after each solve and while rooms compute.
    without
        Rooms to leave out; claims that rest on them are not judged.
    lang
        Language of the report, ``"en"`` or ``"ru"``; the other files are in English.

    Returns
    -------
    StudyRun
        With ``ledger``, ``results``, ``tables``, ``manifest`` and ``path``.

    Raises
    ------
    BadInput
        If the study or its texts are not valid, there is no such language, or the folder cannot be used;
        nothing is written then.

    Examples
    --------
    >>> import tertius as tt
    >>> study = tt.run_study("kazakhstan-2022", out="my-run")  # doctest: +SKIP
    """
    name = load_study(reference)[0].name
    target = Path(out) if out is not None else Path("tertius-runs") / name
    _check_target(target)
    told = language(lang, study_texts(reference, check_language(lang)))
    with _scratch(target) as scratch:
        run = compute(reference, tell, without)
        made = Path(scratch) / "run"
        made.mkdir()
        _write(run, made, told)
        _check_target(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        _swap(made, target.absolute(), Path(scratch) / "earlier")
    return replace(run, path=target)


def _scratch(target: Path) -> tempfile.TemporaryDirectory[str]:
    """Make a folder for work in the nearest parent that exists; this proves that it can be written."""
    parent = next(p for p in target.absolute().parents if p.exists())
    try:
        return tempfile.TemporaryDirectory(dir=parent, prefix=f".{target.name}.")
    except OSError as error:
        raise BadInput(
            f"--out {target}", f"cannot be written ({error.strerror})", "choose another place"
        ) from error


def _swap(made: Path, target: Path, earlier: Path) -> None:
    """Put the new folder in place; if that fails, the earlier one stays."""
    if not target.exists():
        made.rename(target)
        return
    target.rename(earlier)
    try:
        made.rename(target)
    except BaseException:
        earlier.rename(target)
        raise


def _write(run: StudyRun, folder: Path, told: Language) -> None:
    with speaking(told):
        write(compose(run), folder / "report.html")
    run.results.to_parquet(folder / "results.parquet", index=False)
    run.results.to_csv(folder / "results.csv", index=False, lineterminator="\n", float_format="%.9g")
    _json(folder / "ledger.json", [_entry(run, k) for k in range(len(run.ledger))])
    _json(folder / MANIFEST, run.manifest)


def _entry(run: StudyRun, k: int) -> dict[str, Any]:
    entry = run.ledger[k]
    return {
        "id": entry.claim.id,
        "claim": entry.claim.text,
        "verdict": entry.verdict.value,
        "reading": entry.reading,
        "covers": entry.claim.covers,
        "grade": entry.grade,
        "falsifier": entry.claim.falsifier,
        "waits_for": entry.claim.waits_for,
        "rules": [
            {"rule": str(r.rule), "state": r.state, "true": r.true, "false": r.false, "missing": r.missing}
            for r in entry.rules
        ],
        "findings": [
            {
                "question": f.name,
                "rule": f.question.rule,
                "state": f.state,
                "reason": f.finding.reason if f.finding else "",
            }
            for f in entry.findings
        ],
        "estimates": [
            {
                "quantity": e.key,
                "label": e.label,
                "unit": e.unit,
                "closure": e.closure,
                "low": e.low if e.count else None,
                "median": e.median if e.count else None,
                "high": e.high if e.count else None,
                "sets": e.count,
                "missing": e.missing,
            }
            for e in entry.estimates
        ],
    }


def _json(path: Path, content: object) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _check_target(target: Path) -> None:
    """Refuse a place whose replacement would lose anything but an earlier run."""
    if target.exists() and not target.is_dir():
        raise BadInput(f"--out {target}", "is a file", "give a folder")
    held = {p.name for p in target.iterdir()} if target.is_dir() else set()
    if held and not (MANIFEST in held and held <= FILES):
        strange = min(held - FILES, default="parts of a run")
        raise BadInput(
            f"--out {target}",
            f"is a folder with other things in it ({strange})",
            "give a new folder, or one with an earlier run alone",
        )
