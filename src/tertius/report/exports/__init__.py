# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A run as files for other programs: workbook, Stata, IAMC table, figures with their data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from tertius.errors import BadInput, unknown
from tertius.report.compose import compose
from tertius.report.exports.figures import write_figures
from tertius.report.exports.long import write_iamc, write_stata
from tertius.report.exports.png import converter, write_png
from tertius.report.exports.tables import write_tables
from tertius.report.folder import building, held_in, others, write_json
from tertius.report.page import Page
from tertius.study import StudyRun

__all__ = ["KINDS", "check_exports", "chosen", "export_run", "unavailable", "write_exports"]

INDEX = "index.json"
ALL = "all"
KINDS: dict[str, Callable[[StudyRun, Page, Path], None]] = {
    "xlsx": write_tables,
    "dta": write_stata,
    "iamc": write_iamc,
    "figures": write_figures,
    "png": write_png,
}
"""Kind -> what writes it into a folder."""


def export_run(run: StudyRun, folder: str | Path, kinds: Iterable[str] = (ALL,)) -> Path:
    """Write a computed study in the forms of other programs, whole or not at all.

    Parameters
    ----------
    run
        From :func:`tertius.run_study` or :func:`tertius.study.compute`.
    folder
        Folder to write. Earlier exports there are replaced; a folder that holds anything else is refused.
    kinds
        ``xlsx`` (one sheet a table, with notes; needs the extra ``[excel]``), ``dta`` (Stata), ``iamc`` (long
        table of the Integrated Assessment Modeling Consortium, as read by pyam), ``figures`` (SVG, each with
        its numbers as CSV), ``png`` (figures by a converter that is installed), or ``all`` that can be made.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    BadInput
        If a kind is unknown or cannot be made here, or the folder cannot be used.

    Examples
    --------
    >>> from tertius.report import export_run, run_study
    >>> run = run_study("kazakhstan-2022")  # doctest: +SKIP
    >>> export_run(run, "tables", ["xlsx", "figures"])  # doctest: +SKIP
    """
    target, wanted = Path(folder), chosen(kinds)
    if not wanted:
        raise BadInput("kinds", "nothing to export", f"name some of {', '.join((*KINDS, ALL))}")
    with building(target, lambda at: check_exports(at, str(target)), str(target)) as made:
        write_exports(run, compose(run), made, wanted)
    return target


def chosen(kinds: Iterable[str]) -> tuple[str, ...]:
    """Check the kinds that were asked for; ``all`` becomes those that can be made here.

    Raises
    ------
    BadInput
        If a kind is unknown, or cannot be made here though it was named.
    """
    names, missing = tuple(kinds), unavailable()
    for name in names:
        if name not in (*KINDS, ALL):
            raise unknown("--export", "kind of export", name, (*KINDS, ALL))
        if name in missing:
            raise BadInput(f"--export {name}", *missing[name])
    return tuple(k for k in KINDS if k in names or (ALL in names and k not in missing))


def unavailable() -> dict[str, tuple[str, str]]:
    """Name the kinds that cannot be made on this machine: what is missing, and what to do."""
    found = {}
    if find_spec("openpyxl") is None:
        found["xlsx"] = ("openpyxl is not installed", "`pip install tertius[excel]` brings it")
    if converter() is None:
        remedy = "install rsvg-convert, inkscape or chromium, or take the SVG of figures"
        found["png"] = ("no converter is installed", remedy)
    return found


def write_exports(run: StudyRun, page: Page, folder: Path, kinds: Iterable[str]) -> None:
    """Write some kinds into an empty folder, with an index of all files and their checksums."""
    for kind in kinds:
        KINDS[kind](run, page, folder)
    written = sorted(p for p in folder.rglob("*") if p.is_file())
    about = run.manifest
    index = {
        "study": about["study"]["name"],
        "tertius": about["tertius"],
        "made": about["made"],
        "rules_sha256": about["study"]["rules_sha256"],
        "world_sha256": about["world"]["sha256"],
        "files": {
            p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in written
        },
    }
    write_json(folder / INDEX, index)


def check_exports(folder: Path, where: str) -> None:
    """Refuse a folder that holds anything but what its own index names.

    Raises
    ------
    BadInput
        Naming the first thing that is not ours.
    """
    if not held_in(folder, where):
        return
    held = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}
    try:
        known = set(json.loads((folder / INDEX).read_text(encoding="utf-8"))["files"]) | {INDEX}
    except (OSError, ValueError, KeyError, TypeError):
        raise others(where, f"{folder.name}, without a list of what was exported") from None
    if held - known:
        raise others(where, f"{folder.name}/{min(held - known)}")
