# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The difference of two runs: nothing between a run and itself, and what was changed, by its size."""

import json
import shutil

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import BadInput
from tertius.report import diff_runs, run_study
from tertius.report.diff import _changed

CHANGES = (
    ("scenario: sanctions-2022@june", "scenario: sanctions-2022@december"),
    ('relation: ">=", value: 0', 'relation: ">=", value: -10'),
    (
        "  tur_rank: {",
        "  kaz: {measure: real_income, case: june, country: KAZ, label: Kazakhstan}\n  tur_rank: {",
    ),
)


@pytest.fixture(scope="module")
def other(text, tmp_path_factory):
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new, 1)
    folder = tmp_path_factory.mktemp("other")
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    return run_study(folder / "mine.yaml", folder / "out")


@pytest.fixture
def copied(run, tmp_path):
    """A copy of the shared run to change."""
    return shutil.copytree(run.path, tmp_path / "copy")


def edit(path, change):
    held = json.loads(path.read_text(encoding="utf-8"))
    change(held)
    path.write_text(json.dumps(held), encoding="utf-8")


def test_a_run_does_not_differ_from_itself(run, copied):
    edit(copied / "manifest.json", lambda m: m.update(made="2030-01-01", seconds=1e6, registered="2030"))
    found = diff_runs(run.path, copied)
    assert not found.anything
    assert found.same == len(run.quantities)


def test_what_was_changed_is_named(run, other):
    found = diff_runs(run.path, other.path)
    assert found.notes == ()
    assert [(c.what, c.a, c.b) for c in found.study] == [
        ("cases.june.scenario", "sanctions-2022@june", "sanctions-2022@december"),
        ("claims[C3].rules[1].value", "0", "-10"),
        ("quantities.kaz.measure", "", "real_income"),
        ("quantities.kaz.case", "", "june"),
        ("quantities.kaz.country", "", "KAZ"),
        ("quantities.kaz.label", "", "Kazakhstan"),
    ]
    assert {c.what for c in found.inputs} - {"commit"} == {"case june", "rules of C3"}
    (verdict,) = found.verdicts
    assert (verdict.id, verdict.a, verdict.b) == ("C3", "mixed", "supported")
    assert [(p.what, p.a[:5], p.b[:5]) for p in verdict.parts] == [
        ("rus >= 0", "fails", ""),
        ("rus >= -10", "", "holds"),
    ]
    assert found.only_a == ()
    assert found.only_b == ("Quantity|kaz, june, fixed_deficit, KAZ",)
    assert found.fail == found.solve == ()


def test_numbers_come_by_the_size_of_their_change(run, other):
    found = diff_runs(run.path, other.path)
    assert {n.variable for n in found.numbers} == {"Quantity|tur_june", "Quantity|tur_less"}
    shares = [n.of_range for n in found.numbers]
    assert shares == sorted(shares, reverse=True)
    for n in found.numbers:
        key = n.variable.removeprefix("Quantity|")
        old, new = (sorted(r.quantities[key].values.values()) for r in (run, other))
        assert n.a == pytest.approx(sum(old) / 2, rel=1e-12)
        assert n.b == pytest.approx(sum(new) / 2, rel=1e-12)
        assert n.change == pytest.approx(n.b - n.a, rel=1e-12)
        moved = max(abs(y - x) for x, y in zip((old[0], n.a, old[1]), (new[0], n.b, new[1]), strict=True))
        assert n.of_range == pytest.approx(100 * moved / (old[1] - old[0]), rel=1e-9)
    assert found.same == len(run.quantities) - 2


def test_the_other_way_round_is_the_mirror(run, other):
    one, two = diff_runs(run.path, other.path), diff_runs(other.path, run.path)
    assert {(n.variable, -n.change) for n in one.numbers} == {(n.variable, n.change) for n in two.numbers}
    assert [(c.what, c.a, c.b) for c in one.inputs] == [(c.what, c.b, c.a) for c in two.inputs]
    assert (one.only_a, one.only_b) == (two.only_b, two.only_a)


spreads = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(lambda x: tuple(sorted(x)))
KEY = ("Quantity|q", "c", "balanced", "TUR", "percent")


@given(spreads, st.floats(-1e3, 1e3))
def test_a_shift_is_reported_with_its_size(spread, by):
    shifted = tuple(x + by for x in spread)
    found = _changed(KEY, spread, shifted)
    if shifted == spread:
        assert found is None
    elif found is not None:
        assert found.change == shifted[1] - spread[1]
        if found.of_range is not None:
            assert found.of_range >= 99.9 * abs(found.change) / (spread[2] - spread[0])
    else:
        assert abs(by) <= 1e-9 * max(map(abs, (*spread, *shifted))) * 1.001


def test_a_range_that_moves_counts_though_the_median_stays():
    found = _changed(KEY, (1.0, 2.0, 3.0), (1.0, 2.0, 5.0))
    assert (found.change, found.of_range) == (0.0, 100.0)
    assert _changed(KEY, (2.0, 2.0, 2.0), (3.0, 3.0, 3.0)).of_range is None


def test_solves_that_newly_fail_are_told(run, copied):
    def fail(manifest):
        manifest["solves"][1] |= {"outcome": "no_equilibrium", "worst": "TUR"}

    edit(copied / "manifest.json", fail)
    lost = run.manifest["solves"][1]
    words = f"{lost['case']}, {lost['elasticity']}, {lost['closure']}: no equilibrium at TUR"
    assert diff_runs(run.path, copied).fail == (words,)
    back = diff_runs(copied, run.path)
    assert (back.fail, back.solve) == ((), (words,))


def test_different_studies_may_be_compared_and_it_is_said(run, copied):
    edit(copied / "manifest.json", lambda m: m["study"].update(name="another"))
    (note,) = diff_runs(run.path, copied).notes
    assert note.startswith("different studies: A is turkiye-small, B is another")


def test_a_table_of_another_make_is_compared(run, copied):
    table = pd.read_parquet(copied / "results.parquet")
    table.loc[table["variable"] == "Quantity|rus", "value"] *= 2
    table.to_parquet(copied / "results.parquet", index=False)
    (only,) = diff_runs(run.path, copied).numbers
    assert only.b == pytest.approx(2 * only.a)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda p: shutil.rmtree(p), "is not a folder; name a folder that `tertius run` wrote"),
        (lambda p: (p / "ledger.json").unlink(), "has no ledger.json"),
        (lambda p: (p / "manifest.json").write_text("{"), "manifest.json: is not JSON"),
        (lambda p: (p / "manifest.json").write_text("{}"), "is not the folder of a run"),
        (lambda p: (p / "results.parquet").write_text("x"), "results.parquet: cannot be read"),
        (lambda p: (p / "results.parquet").unlink(), "results.parquet: cannot be read"),
    ],
)
def test_what_is_not_a_run_is_refused(spoil, words, run, copied):
    spoil(copied)
    with pytest.raises(BadInput) as caught:
        diff_runs(run.path, copied)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
