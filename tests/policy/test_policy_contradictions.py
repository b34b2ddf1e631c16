# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Measures that cannot hold together: the message names both places, the flow and what to do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_files import COUNTRIES, SECTORS, WORLD, measure, scenario

import tertius as tt
from tertius.policy import ScenarioFile

OTHER = {"exporters": ["KAZ"], "importers": ["USA"]}


def refused(*measures):
    file = ScenarioFile.model_validate(scenario(*measures))
    with pytest.raises(tt.BadInput) as caught:
        tt.Scenario(file, "my.yaml", "").wedges(WORLD)
    text = str(caught.value)
    assert len(text) < 300
    assert "\n" not in text
    return text


CLASHES = [  # two measures that clash on DEU to RUS C26, and words of the message
    (
        [("tariff", {"rate": 0.1}), ("tariff", {"rate": {"C26": 0.2}})],
        "sets the tariff of DEU to RUS C26 to 0.2, but",
    ),
    (
        [("tariff", {"rate": 0.1}), ("tariff", {"rate": {"C26": 0.2}})],
        "to 0.1; give one level, or leave the flow out",
    ),
    (
        [("tariff", {"rate": 0.1}), ("tariff", {"add": {"C26": 0.2}})],
        "changes the tariff of DEU to RUS C26 with add",
    ),
    (
        [("tariff", {"factor": 2}), ("tariff", {"rate": {"C26": 0.2}})],
        "on one flow use rate alone, or only add, or",
    ),
    (
        [("tariff", {"factor": 2}), ("tariff", {"add": {"C26": 0.2}})],
        "changes the tariff of DEU to RUS C26 with add",
    ),
    (
        [("export_tax", {}), ("export_tax", {"rate": {"C26": 0.5}})],
        "sets the export tax on DEU to RUS C26 to 0.5",
    ),
    ([("quota", {}), ("quota", {"sectors": ["C26"]})], "limits DEU to RUS C26, but so does"),
    (
        [("quota", {}), ("quota", {"sectors": ["C26"], "per": "importer"})],
        "leave the flow out of one of them",
    ),
    ([("price_cap", {}), ("price_cap", {"sectors": ["C26"]})], "caps DEU to RUS C26, but so does"),
    ([("embargo", {}), ("tariff", {"rate": {"C26": 0.5}})], "sets a tariff rate on DEU to RUS C26, which"),
    (
        [("embargo", {}), ("export_tax", {"rate": {"C26": 0.5}})],
        "sets an export tax on DEU to RUS C26, which",
    ),
    ([("embargo", {}), ("quota", {"sectors": ["C26"]})], "sets a quota on DEU to RUS C26, which"),
    ([("embargo", {}), ("price_cap", {"sectors": ["C26"]})], "caps the price of DEU to RUS C26, which"),
    (
        [("export_ban", {}), ("quota", {"sectors": ["C26"]})],
        "closes wholly; leave the flow out of one of them",
    ),
    ([("import_ban", {}), ("price_cap", {"sectors": ["C26"]})], "caps the price of DEU to RUS C26, which"),
]


@pytest.mark.parametrize(
    "case", CLASHES, ids=[f"{a[0][0]}-{a[1][0]}-{k}" for k, (a, _) in enumerate(CLASHES)]
)
def test_two_measures_clash(case):
    (first, second), words = case
    given_ = [measure("labour"), measure(first[0], **first[1]), measure(first[0], **OTHER, **first[1])]
    text = refused(*given_, measure(second[0], **second[1]))
    assert text.startswith("my.yaml: measures[3]"), text
    assert "my.yaml: measures[1]" in text
    assert "measures[2]" not in text
    assert words in text, text


@pytest.mark.parametrize("case", CLASHES[2:], ids=range(2, len(CLASHES)))
def test_so_do_they_the_other_way_round(case):
    (first, second), _ = case
    text = refused(measure(second[0], **second[1]), measure(first[0], **first[1]))
    assert "measures[0]" in text
    assert "measures[1]" in text


def test_bans_and_an_embargo_are_all_named():
    text = refused(
        measure("export_ban", coverage=0.75),
        measure("import_ban", coverage=0.25),
        measure("quota", sectors=["B06"]),
    )
    assert "which my.yaml: measures[0] and my.yaml: measures[1] closes wholly" in text


def test_two_files_are_both_named(write):
    one = write(scenario(measure("tariff", rate=0.1)), "one.yaml")
    two = write(scenario(measure("labour"), measure("tariff", rate=0.2), name="two"), "two.yaml")
    with pytest.raises(
        tt.BadInput, match=r"two\.yaml: measures\[1\]: sets .* but one\.yaml: measures\[0\] to 0\.1"
    ):
        tt.Scenario.load(f"{one}+{two}").wedges(WORLD)


def test_only_measures_in_force_clash(write):
    path = write(
        scenario(
            measure("tariff", rate=0.1, until="2022-06-01"),
            measure("tariff", rate=0.2, in_force="2022-06-01"),
        )
    )
    for day, level in (("2022-05-31", 0.1), ("2022-06-01", 0.2)):
        z = tt.Scenario.load(f"{path}@{day}").wedges(WORLD)
        assert (z.tariff.sel(exporter="DEU", importer="RUS") == level).all()
    with pytest.raises(tt.BadInput, match="one level"):
        tt.Scenario.load(path).at("").wedges(WORLD)


FINE = [
    [("tariff", {"rate": 0.1}), ("tariff", {"rate": 0.1})],
    [("tariff", {"rate": {"C26": 0.1}}), ("tariff", {"rate": {"C28": 0.2}})],
    [("tariff", {"rate": {"C26": 0.1}}), ("tariff", {"add": {"C28": 0.2}})],
    [("tariff", {"rate": 0.1}), ("export_ban", {})],  # the ban counts
    [("tariff", {"add": 0.1}), ("embargo", {})],
    [("tariff", {"rate": 0.1}), ("embargo", {"coverage": 0.5})],
    [("quota", {}), ("embargo", {"coverage": 0.5})],
    [("quota", {"sectors": ["C26"]}), ("quota", {"sectors": ["C28"]})],
    [("quota", {}), ("tariff", {"rate": 0.1})],
    [("quota", {}), ("price_cap", {})],
    [("price_cap", {"importers": ["RUS"]}), ("price_cap", {"importers": ["KAZ"]})],
    [("coalition", {}), ("embargo", {})],
    [
        ("coalition", {}),
        ("tariff", {"importers": ["POL"], "rate": 0.0625, "sectors": ["C26"]}),
    ],  # no increase
]


@pytest.mark.parametrize("case", FINE, ids=range(len(FINE)))
def test_measures_that_go_together(wedges, case):
    made = [measure(kind, **fields) for kind, fields in case]
    assert wedges(*made)
    assert wedges(*made[::-1])


# --- coalitions that contain their target -------------------------------------------------------------

HOSTILE = [
    ("embargo", {}),
    ("export_ban", {"coverage": 0.5}),
    ("import_ban", {"coverage": {"C26": 0.5}}),
    ("tariff", {"rate": 0.5}),
    ("tariff", {"add": 0.01}),
    ("export_tax", {}),
    ("quota", {}),
    ("price_cap", {}),
]


@pytest.mark.parametrize(("kind", "fields"), HOSTILE, ids=[f"{k}-{n}" for n, (k, _) in enumerate(HOSTILE)])
def test_a_coalition_cannot_contain_its_target(kind, fields):
    both = measure("coalition", members=["EU27", "RUS"]), measure(kind, **fields)
    for given_, coalition, act in ((both, 0, 1), (both[::-1], 1, 0)):
        text = refused(*given_)
        assert text.startswith(f"my.yaml: measures[{coalition}].members: holds ")
        assert "DEU" in text
        assert "RUS" in text
        assert f"but my.yaml: measures[{act}] is a measure of one against the other" in text
        assert text.endswith("a coalition cannot contain its target: leave one of them out")


def test_nobody_is_in_two_coalitions():
    text = refused(
        measure("coalition", members=["KAZ", "USA"]),
        measure("coalition", members=["DEU", "POL"]),
        measure("coalition", members=["EU27", "RUS"]),
    )
    assert text == (
        "my.yaml: measures[2].members: DEU is in the coalition of my.yaml: measures[1] too;"
        " merge the two, or leave it out of one"
    )


# --- against a slow look at every flow ----------------------------------------------------------------

rates = st.builds(
    lambda e, i, s, r: measure("tariff", exporters=e, importers=i, sectors=s, rate=r),
    st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=2, unique=True),
    st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=2, unique=True),
    st.lists(st.sampled_from(SECTORS), min_size=1, max_size=2, unique=True),
    st.sampled_from([0.1, 0.2]),
).filter(lambda m: {*m["exporters"], *m["importers"]} != {m["exporters"][0]})


@given(st.lists(rates, min_size=2, max_size=5))
@settings(max_examples=60)
def test_levels_clash_exactly_where_a_loop_over_flows_says(measures):
    levels: dict[tuple[str, str, str], set[float]] = {}
    for m in measures:
        for e in m["exporters"]:
            for i in set(m["importers"]) - {e}:
                for s in m["sectors"]:
                    levels.setdefault((e, i, s), set()).add(m["rate"])
    clash = sorted(flow for flow, found in levels.items() if len(found) > 1)
    if clash:
        assert any(f"{e} to {i} {s}" in refused(*measures) for e, i, s in clash)
        return
    z = tt.Scenario(ScenarioFile.model_validate(scenario(*measures)), "my.yaml", "").wedges(WORLD)
    for (e, i, s), (level,) in levels.items():
        assert float(z.tariff.sel(exporter=e, importer=i, sector=s)) == level
    assert int(np.sum(z.tariff.values != WORLD.tariff_values)) == len(levels)
