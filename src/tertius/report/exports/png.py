# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Figures as PNG, by a program that is installed: none is brought along."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tertius.errors import BadInput
from tertius.report.charts.standalone import standalone
from tertius.report.figures import VIEW, figures
from tertius.report.page import Page
from tertius.study import StudyRun

__all__ = ["converter", "write_png"]

WIDTH = 1600  # pixels
PATIENCE = 60  # seconds for one figure
PROGRAMS = ("rsvg-convert", "inkscape", "chromium", "chromium-browser", "google-chrome")


def converter() -> str | None:
    """Find a program that draws SVG, the lightest first; None if there is none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def write_png(run: StudyRun, page: Page, folder: Path) -> None:
    """Write ``figures/NAME.png``, 1600 pixels wide, on white."""
    program = converter()
    assert program is not None, "asked for before anything is computed"
    into = folder / "figures"
    into.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for drawing in figures(page):
            source = Path(scratch) / f"{drawing.id}.svg"
            svg, height = _sized(standalone(drawing.svg))
            source.write_text(svg, encoding="utf-8", newline="\n")
            _convert(program, source, into / f"{drawing.id}.png", height, Path(scratch))


def _sized(svg: str) -> tuple[str, int]:
    """Give a drawing a size in pixels; its height follows from its own proportions."""
    found = VIEW.search(svg)
    assert found is not None
    _, _, wide, high = map(float, found[1].split())
    height = round(WIDTH * high / wide)
    start = svg.index("<svg")
    head, rest = svg[start:].split(">", 1)
    bare = re.sub(r'\s(?:width|height)="[^"]*"', "", head)
    fill = f":root{{max-width:none!important;width:{WIDTH}px!important;height:{height}px!important}}"
    return f'{svg[:start]}{bare} width="{WIDTH}" height="{height}"><style>{fill}</style>{rest}', height


def _convert(program: str, source: Path, target: Path, height: int, scratch: Path) -> None:
    name = Path(program).name
    commands = {
        "rsvg-convert": [program, "-b", "white", "-w", str(WIDTH), "-o", str(target), str(source)],
        "inkscape": [
            program,
            str(source),
            f"--export-filename={target}",
            f"--export-width={WIDTH}",
            "--export-background=white",
        ],
    }
    browser = [
        program,
        "--headless",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={scratch / 'profile'}",
        f"--window-size={WIDTH},{height}",
        f"--screenshot={target}",
        source.as_uri(),
    ]
    if getattr(os, "geteuid", lambda: 1)() == 0:  # its sandbox does not work for the superuser
        browser.insert(1, "--no-sandbox")
    try:
        done = subprocess.run(
            commands.get(name, browser), capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BadInput("--export png", f"{name} failed ({error})", "take the SVG of figures") from error
    if done.returncode or not target.is_file():
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise BadInput("--export png", f"{name} failed on {source.name} ({said})", "take the SVG of figures")
