# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`run_study`: compute a study and write its folder, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tertius.report.compose import compose
from tertius.report.exports import check_exports, chosen, write_exports
from tertius.report.folder import building, held_in, others, write_json
from tertius.report.language import check_language, language, speaking
from tertius.report.render import write
from tertius.study import StudyRun, compute, load_study, study_texts
from tertius.text import ENGLISH, Language

__all__ = ["run_study"]

MANIFEST = "manifest.json"
FILES = {"report.html", "results.parquet", "results.csv", "ledger.json", MANIFEST}
EXPORTS = "exports"


def run_study(
    reference: str | Path,
    out: str | Path | None = None,
    tell: Callable[[int, int, str], None] = lambda *_: None,
    without: Iterable[str] = (),
    exports: Iterable[str] = (),
    lang: str = "en",
    workers: int = 1,
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
    exports
        Kinds of files for other programs, written into ``exports``; see
        :func:`tertius.report.exports.export_run`.
    lang
        Language of the report, ``"en"`` or ``"ru"``; the other files are in English.
    workers
        Processes; see :func:`tertius.study.compute`.

    Returns
    -------
    StudyRun
        With ``ledger``, ``results``, ``tables``, ``manifest`` and ``path``.

    Raises
    ------
    BadInput
        If the study or its texts are not valid, there is no such language, the folder cannot be used or an
        export cannot be made; nothing is written then.

    Examples
    --------
    >>> import tertius as tt
    >>> study = tt.run_study("kazakhstan-2022", out="my-run")  # doctest: +SKIP
    """
    name = load_study(reference)[0].name
    kinds = chosen(exports)
    target = Path(out) if out is not None else Path("tertius-runs") / name
    told = language(lang, study_texts(reference, check_language(lang)))
    with building(target, _check_target, f"--out {target}") as made:
        run = compute(reference, tell, without, workers)
        _write(run, made, kinds, told)
    return replace(run, path=target)


def _write(run: StudyRun, folder: Path, kinds: tuple[str, ...], told: Language) -> None:
    with speaking(told):
        page = compose(run)
        write(page, folder / "report.html")
    run.results.to_parquet(folder / "results.parquet", index=False)
    run.results.to_csv(folder / "results.csv", index=False, lineterminator="\n", float_format="%.9g")
    write_json(folder / "ledger.json", [_entry(run, k) for k in range(len(run.ledger))])
    write_json(folder / MANIFEST, run.manifest)
    if kinds:
        (folder / EXPORTS).mkdir()
        english = page if told is ENGLISH else compose(run)
        write_exports(run, english, folder / EXPORTS, kinds)


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
        "rule_sha256": run.manifest["study"]["claims_sha256"][entry.claim.id],
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
                "central": e.central if e.count else None,
                "statistic": e.statistic,
                "high": e.high if e.count else None,
                "sets": e.count,
                "missing": e.missing,
            }
            for e in entry.estimates
        ],
        "published": [asdict(fact) for fact in entry.facts],
    }


def _check_target(target: Path) -> None:
    """Refuse a place whose replacement would lose anything but an earlier run."""
    where = f"--out {target}"
    held = held_in(target, where)
    exported = target / EXPORTS
    if exported.exists():
        held.discard(EXPORTS)
        check_exports(exported, where)
    if held and not (MANIFEST in held and held <= FILES):
        raise others(where, min(held - FILES, default="parts of a run"))
