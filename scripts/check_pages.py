# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Look at reports as a reader's browser shows them, and fail on anything that keeps a reader out.

Run ``python scripts/check_pages.py [report.html ...]``; without a file it takes the made-up page of the
tests, in each language. Every page is laid out 1440 and 390 px wide, light and dark, all details open. It
must pass every rule of axe-core, be no wider than its window, ask nothing of a network, and raise no script
error.

It needs Chromium, and axe-core out of the package axe-core-python (extra ``dev``); ``--axe FILE`` takes
another edition. Neither Node nor a driver: each view is a frame of the width it is to have (a window of a
headless browser is never narrower than 500 px), which tells the page around it what it found.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTHS, SCHEMES, HEIGHT = (1440, 390), ("light", "dark"), 900
LONGEST = 600.0  # seconds for all views of a page
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' file:; style-src 'unsafe-inline';"
    " img-src data:; font-src data:"
)
WATCHED = (
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>'
    '<script src="view.js"></script><script src="axe.js"></script>'
)
AROUND = """<!DOCTYPE html><html><head><title>Views</title></head><body><pre id="found"></pre>
<script>const all = {}; addEventListener("message", (e) => { all[e.data.view] = e.data.found;
document.getElementById("found").textContent = JSON.stringify(all); });</script>
%s</body></html>"""
FRAME = (
    '<iframe name="{width}-{scheme}" src="page.html" width="{width}" height="{height}"'
    ' style="border: 0; color-scheme: {scheme}"></iframe>'
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a reader out.

    Attributes
    ----------
    page, view
        File, and width with colours, such as ``390-dark``.
    rule, impact
        Name of a rule of axe, or ``overflow``, ``network``, ``script``; how grave it is.
    element, help
        Where (its HTML, shortened), and what is wrong.
    """

    page: str
    view: str
    rule: str
    impact: str
    element: str
    help: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.page} {self.view}: {self.rule} ({self.impact}): {self.help}: {self.element}"


class NotLookedAt(RuntimeError):
    """The browser gave no answer, or not on the page that was meant."""


def find_browser() -> str | None:
    """Path of an installed Chromium or Chrome, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def find_axe() -> Path:
    """Give the file of axe-core that the package axe-core-python holds."""
    return Path(str(files("axe_core_python") / "axe.min.js"))


def check(page: Path, browser: str, axe: Path) -> list[Fault]:
    """Look at a page in every view.

    Parameters
    ----------
    page
        An HTML file.
    browser
        Path of Chromium or Chrome.
    axe
        File of axe-core.

    Returns
    -------
    list of Fault

    Raises
    ------
    NotLookedAt
        If a view gives no answer, or was not laid out as asked.
    """
    with tempfile.TemporaryDirectory() as folder:
        _lay_out(page, axe, Path(folder))
        found = _told(browser, Path(folder))
    faults: list[Fault] = []
    for width, scheme in product(WIDTHS, SCHEMES):
        view = f"{width}-{scheme}"
        told = found.get(view)
        if told is None:
            raise NotLookedAt(f"{page.name} {view}: no answer")
        if (told["width"], told["dark"]) != (width, scheme == "dark"):
            raise NotLookedAt(f"{page.name} {view}: laid out {told['width']} px wide, dark: {told['dark']}")
        faults += (Fault(page.name, view, *words) for words in _faults(told))
    return faults


def _lay_out(page: Path, axe: Path, folder: Path) -> None:
    """Write a copy of the page that watches itself, and a page with a frame for each view."""
    text = page.read_text(encoding="utf-8")
    watched, heads = re.subn(r"<head>", lambda m: m[0] + WATCHED, text, count=1)
    if not heads:
        raise NotLookedAt(f"{page.name}: there is no <head>")
    (folder / "page.html").write_text(watched, encoding="utf-8")
    shutil.copy(HERE / "check_pages.js", folder / "view.js")
    shutil.copy(axe, folder / "axe.js")
    views = (FRAME.format(width=w, scheme=s, height=HEIGHT) for w, s in product(WIDTHS, SCHEMES))
    (folder / "views.html").write_text(AROUND % "".join(views), encoding="utf-8")


def _told(browser: str, folder: Path) -> dict[str, Any]:
    """Let the browser load the views, and read what they wrote."""
    flags = [
        "--headless",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--hide-scrollbars",
    ]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        flags.append("--no-sandbox")  # Chromium refuses to be root with one
    seen = subprocess.run(
        [browser, *flags, f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=600000",
         "--dump-dom", (folder / "views.html").as_uri()],
        capture_output=True, text=True, encoding="utf-8", timeout=LONGEST, check=False,
    )  # fmt: skip
    held = re.search(r'<pre id="found">(.*?)</pre>', seen.stdout, re.DOTALL)
    if held is None:
        raise NotLookedAt(f"{browser} gave no page: {seen.stderr.strip()[-300:]}")
    return dict(json.loads(html.unescape(held[1]) or "{}"))


def _faults(told: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Rule, impact, element and words of each fault of a view."""
    for v in told["violations"]:
        yield v["rule"], v["impact"] or "minor", v["element"], v["help"]
    if not told.get("passes"):
        yield "axe", "critical", "the page", "not one rule was checked"
    if told.get("scroll", 0) > told["width"]:
        words = f"the page is {told['scroll']} px wide in a window of {told['width']}"
        yield "overflow", "serious", " | ".join(told["wide"]), words
    for words in dict.fromkeys(told["requests"]):
        yield "network", "critical", words, "the page asks for something outside itself"
    for words in dict.fromkeys(told["errors"]):
        yield "script", "critical", words, "a script of the page fails"


def made_up(folder: Path) -> list[Path]:
    """Write the made-up page of the tests in each language.

    Parameters
    ----------
    folder
        Where to.
    """
    from tertius.report.language import LANGUAGES, language, speaking
    from tertius.report.render import render

    sys.path.insert(0, str(HERE.parent / "tests" / "report"))
    fabricated = import_module("fabricated")
    pages = []
    for code in LANGUAGES:
        with speaking(language(code)):
            page = folder / f"made-up.{code}.html"
            page.write_text(render(fabricated.make()), encoding="utf-8")
        pages.append(page)
    return pages


def main(arguments: Sequence[str] | None = None) -> int:
    """Check pages: 0 if none has a fault, 1 if one has, 2 if they could not be looked at."""
    parser = argparse.ArgumentParser(description="Look at reports as a reader's browser shows them.")
    parser.add_argument("pages", nargs="*", type=Path, metavar="report.html")
    parser.add_argument("--browser", default=find_browser(), help="Chromium or Chrome")
    parser.add_argument("--axe", type=Path, help="a file of axe-core other than that of axe-core-python")
    asked = parser.parse_args(arguments)
    if not asked.browser:
        print(f"no browser: none of {', '.join(BROWSERS)} is installed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        try:
            return _report(asked.pages or made_up(Path(folder)), asked.browser, asked.axe or find_axe())
        except (NotLookedAt, ImportError, ValueError, OSError, subprocess.TimeoutExpired) as error:
            print(f"not looked at: {error}", file=sys.stderr)
            return 2


def _report(pages: Iterable[Path], browser: str, axe: Path) -> int:
    """Print every fault."""
    bad = False
    for page in pages:
        faults = check(page, browser, axe)
        bad = bad or bool(faults)
        for fault in faults:
            print(fault)
        print(f"{page}: {len(faults)} faults in {len(WIDTHS) * len(SCHEMES)} views")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
