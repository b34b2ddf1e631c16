# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The page in a reader's browser: axe, two widths, light and dark; faults of every kind are found."""

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
if str(SCRIPTS) not in sys.path:
    sys.path.insert(0, str(SCRIPTS))
import check_pages  # noqa: E402

BROWSER = check_pages.find_browser()
VIEWS = {f"{w}-{s}" for w in check_pages.WIDTHS for s in check_pages.SCHEMES}
SOUND = """<!DOCTYPE html>
<html lang="en"><head><title>Sound</title><style>
body { margin: 0; background: #fff; color: #000 }
@media (prefers-color-scheme: dark) { .dim { color: #bbb } }
@media (max-width: 400px) { .small { color: #bbb } }
</style></head><body><main><h1>Sound</h1><p class="WHICH">Some words.</p>MORE</main></body></html>"""
EVERYWHERE = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="9" height="9">',
    "color-contrast": '<p style="color: #ccc">Pale words.</p>',
    "network": '<link rel="stylesheet" href="https://example.org/a.css">',
    "script": "<script>undefined.length</script>",
    "label": "<details><summary>More</summary><input></details>",
}


@pytest.fixture(scope="module")
def axe():
    if BROWSER is None:
        pytest.skip(f"no browser is installed (any of {', '.join(check_pages.BROWSERS)})")
    pytest.importorskip("axe_core_python", reason="axe-core-python is not installed (extra dev)")
    return check_pages.find_axe()


@pytest.fixture
def faults(tmp_path, axe):
    def look(more="", which=""):
        page = tmp_path / "page.html"
        page.write_text(SOUND.replace("MORE", more).replace("WHICH", which), encoding="utf-8")
        return check_pages.check(page, BROWSER, axe)

    return look


def by_rule(faults):
    found = {}
    for fault in faults:
        found.setdefault(fault.rule, set()).add(fault.view)
    return found


def test_the_page_of_the_report_shuts_nobody_out(tmp_path, axe):
    pages = check_pages.made_up(tmp_path)
    assert [page.name for page in pages] == ["made-up.en.html", "made-up.ru.html"]
    assert [str(fault) for page in pages for fault in check_pages.check(page, BROWSER, axe)] == []


def test_a_sound_page_has_no_fault_and_every_known_fault_is_found_in_every_view(faults):
    assert faults() == []
    found = faults("".join(EVERYWHERE.values()))
    assert by_rule(found) == dict.fromkeys(EVERYWHERE, VIEWS)
    (pale,) = {f.element for f in found if f.rule == "color-contrast"}
    assert "Pale words." in pale


def test_views_have_their_width_and_their_colours(faults):
    """A box of 391 px is too wide for a phone and no other; pale words are where the style says so."""
    wide = faults('<div id="box" style="width: 391px">Wide.</div>')
    assert by_rule(wide) == {"overflow": {"390-light", "390-dark"}}
    assert all('id="box"' in fault.element and "391 px" in fault.help for fault in wide)
    assert faults('<div style="width: 390px">Wide.</div>') == []
    assert by_rule(faults(which="dim")) == {"color-contrast": {"1440-dark", "390-dark"}}
    assert by_rule(faults(which="small")) == {"color-contrast": {"390-light", "390-dark"}}


def test_the_command_fails_on_a_fault_and_says_which(tmp_path, axe, capsys):
    page = tmp_path / "bad.html"
    page.write_text(SOUND.replace("MORE", EVERYWHERE["image-alt"]), encoding="utf-8")
    assert check_pages.main([str(page)]) == 1
    assert "bad.html 390-dark: image-alt (critical): " in capsys.readouterr().out


def test_a_page_that_was_not_looked_at_is_no_page_without_faults(tmp_path, capsys):
    empty, silent = tmp_path / "empty.html", tmp_path / "axe.js"
    empty.write_text("", encoding="utf-8")
    assert check_pages.main([str(empty), "--axe", str(empty)]) == 2
    assert "there is no <head>" in capsys.readouterr().err
    page = tmp_path / "page.html"
    page.write_text(SOUND, encoding="utf-8")
    silent.write_text("const axe = { run: async () => ({ passes: [], violations: [] }) };", encoding="utf-8")
    found = check_pages.check(page, BROWSER, silent)
    assert by_rule(found) == {"axe": VIEWS}


def test_without_a_browser_it_says_so(monkeypatch, capsys):
    monkeypatch.setattr(check_pages, "find_browser", lambda: None)
    assert check_pages.main([]) == 2
    assert "no browser" in capsys.readouterr().err
