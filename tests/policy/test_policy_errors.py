# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Every bad scenario gets one clear message: file, place, what is wrong, the nearest valid name."""

from __future__ import annotations

import pytest
from scenario_files import measure, scenario

import tertius as tt


def message_of(path, world):
    with pytest.raises(tt.BadInput) as caught:
        tt.Scenario.load(path).wedges(world)
    text = str(caught.value)
    assert len(text.splitlines()) == 1, text
    assert len(text) < 400, text
    for jargon in ("pydantic", "Tuple", "tuple", "Traceback", "Input should", "constrained", "dict["):
        assert jargon not in text, text
    return text


TAX = {"kind": "export_tax", "factor": None}
QUOTA = {"kind": "quota", "factor": None}
CAP = {"kind": "price_cap", "factor": None}
TASTE = {"kind": "preference"}
NAN, INF = float("nan"), float("inf")
ALONE = {"factor": None, "exporters": None, "importers": None}
GIFT = {"kind": "transfer", **ALONE, "payers": ["DEU"], "receivers": ["KAZ"], "amount": 1}
PACT = {"kind": "coalition", **ALONE, "members": ["DEU", "POL"]}

ONE = [  # changes to a valid measure, and the message after "my.yaml: measures[0]"
    # names
    ({"importers": ["RSU"]}, ".importers: 'RSU' is not a known country or group", "mean RUS"),
    ({"exporters": ["DUE"]}, ".exporters: 'DUE' is not a known country or group", "mean DEU"),
    ({"exporters": ["EAUE"]}, ".exporters: 'EAUE' is not a known country or", "did you mean EAEU"),
    ({"exporters": ["Germany"]}, ".exporters: 'Germany' is not a known", "did you mean DEU"),
    ({"exporters": ["NOR"]}, ".exporters: 'NOR' (Norway) is not in this world", "ROW holds it"),
    ({"sectors": ["C62"]}, ".sectors: 'C62' is not a known sector", "did you mean C2"),
    ({"sectors": ["machines"]}, ".sectors: 'machines' is not a known sector", "mean machinery"),
    ({"factor": {"C62": 2}}, ".factor: 'C62' is not a known sector", "did you mean C2"),
    ({"kind": "tarif"}, ".kind: 'tarif' is not a known measure (did you mean tariff", ""),
    ({"kind": "xyzzy"}, ".kind: 'xyzzy' is not a known measure (known are tariff, ", "labour)"),
    ({"kind": None}, ": kind is missing", ""),
    ({"kind": ["tariff"]}, ".kind: ", "is not a known measure"),
    # fields
    ({"factr": 2}, ".factr is not a known field (did you mean factor", ""),
    ({"coverage": 0.5}, ".coverage is not a known field", ""),
    ({"kind": "tariff", "factor": None, "rate": 0.1, "tariff": 3}, ".tariff is not a known field", ""),
    ({"factor": None}, ".factor is missing", ""),
    ({"exporters": None}, ".exporters is missing", ""),
    ({"why": None}, ".why is missing", ""),
    ({"why": {"title": ""}}, ".why.title: must not be empty", ""),
    ({"why": "an act"}, ".why: must be a mapping of fields (got 'an act')", ""),
    ({"why": {"title": "a", "titel": "b"}}, ".why.titel is not a known field (did you mean title", ""),
    ({"why": {"title": "a", "status": "verifed"}}, ".why.status: must be 'verified', ", "'verifed'"),
    ({"why": {"title": 5}}, ".why.title: must be text (got 5)", ""),
    # numbers
    ({"factor": -1}, ".factor: a cost factor must be positive", "(got -1)"),
    ({"factor": 0}, ".factor: a cost factor must be positive", "(got 0)"),
    ({"factor": float("nan")}, ".factor: a cost factor must be positive", "(got nan)"),
    ({"factor": float("inf")}, ".factor: an infinite cost is an embargo: use kind: embargo", ""),
    ({"factor": {"C26": 2, "C28": -3.0}}, ".factor: a cost factor must be positive", ""),
    ({"factor": "two"}, ".factor: must be a number (got 'two')", ""),
    ({"factor": "2"}, ".factor: must be a number (got '2')", ""),
    ({"factor": True}, ".factor: must be a number (got True)", ""),
    ({"factor": [2]}, ".factor: must be a number", ""),
    ({"factor": {"C26": "two"}}, ".factor.C26: must be a number (got 'two')", ""),
    ({"factor": {}}, ".factor: must not be empty", ""),
    ({"factor": {"C26": 2, "machinery": 3}}, ".factor: names sector C26 twice", ""),
    ({"factor": {"C26": 2}, "sectors": ["C28"]}, ": factor already names sectors", ""),
    ({"range": [3, 1]}, ".range: give the lower end first", ""),
    ({"range": [1, "much"]}, ".range[1]: must be a number (got 'much')", ""),
    # tariffs
    ({"kind": "tariff", "factor": None}, ": give exactly one of rate, add, factor", ""),
    ({"kind": "tariff", "rate": 0.1, "factor": 2}, ": give exactly one of rate, add, factor", ""),
    ({"kind": "tariff", "factor": float("inf")}, ".factor: an infinite tariff is not a tariff", ""),
    ({"kind": "tariff", "factor": None, "rate": -0.1}, ".rate: must be a number >= 0 (got -0.1)", ""),
    ({"kind": "tariff", "factor": None, "rate": {"C26": float("nan")}}, ".rate: must be a number >= 0", ""),
    ({"kind": "tariff", "factor": None, "add": float("nan")}, ".add: must be a number (got nan)", ""),
    ({"kind": "tariff", "factor": None, "add": -1.5}, ".add: brings a tariff to -100 % or less", ""),
    # shares
    ({"kind": "export_ban", "factor": None, "coverage": 1.5}, ".coverage: must be less than or equal to", ""),
    ({"kind": "export_ban", "factor": None, "coverage": -0.1}, ".coverage: must be greater than or", ""),
    ({"kind": "embargo", "factor": None, "coverage": {"C26": 1.5}}, ".coverage.C26: must be less than", ""),
    ({"kind": "import_ban", "factor": None, "coverage": float("nan")}, ".coverage: must be", "nan"),
    ({"kind": "import_ban", "factor": None, "coverage": True}, ".coverage: must be a number", ""),
    # taxes on exports, quotas, price caps, preferences
    ({**TAX, "rate": None}, ".rate is missing", ""),
    ({**TAX, "rate": -1}, ".rate: must be a number > -1: a subsidy", "(got -1)"),
    ({**TAX, "rate": {"C26": NAN}}, ".rate: must be a number > -1", ""),
    ({**TAX, "rate": INF}, ".rate: an infinite tax", "kind: export_ban"),
    ({**QUOTA, "limit": 0}, ".limit: a quota of zero is a ban: use kind:", ""),
    ({**QUOTA, "limit": -0.5}, ".limit: must be a number above 0: 1 is the quantity", "-0.5"),
    ({**QUOTA, "limit": {"C26": INF}}, ".limit: must be a number above 0", ""),
    ({**QUOTA, "owner": "importers"}, ".owner: must be 'importer' or 'exporter'", "importers"),
    ({**QUOTA, "owner": None}, ".owner is missing", ""),
    ({**QUOTA, "per": "sector"}, ".per: must be 'flow', 'importer', 'exporter' or", "'sector'"),
    ({**QUOTA, "per": "measure", "limit": {"C26": 1, "C28": 2}}, ": one quota for the whole", ""),
    ({**CAP, "cap": 0}, ".cap: must be greater than 0 (got 0)", ""),
    ({**CAP, "base_price": -3}, ".base_price: must be greater than 0 (got -3)", ""),
    ({**CAP, "unit": None}, ": cap and base_price need their unit, such as", "per barrel"),
    ({**CAP, "base_price": None}, ": a cap in USD per barrel needs base_price", ""),
    ({**CAP, "coverage": 0}, ".coverage: a cap that covers nothing is none", ""),
    ({**CAP, "coverage": {"B06": 1.5}}, ".coverage.B06: must be less than or equal to 1", ""),
    ({**TASTE, "factor": 0}, ".factor: a weight of zero is a ban: use kind: import_ban", ""),
    ({**TASTE, "factor": -1}, ".factor: must be a number above 0: 1 changes nothing", ""),
    ({**TASTE, "factor": {"C26": INF}}, ".factor: must be a number above 0", ""),
    # transfers and coalitions
    ({**GIFT, "amount": 0}, ".amount: a transfer of nothing is none: leave it out", ""),
    ({**GIFT, "amount": -5}, ".amount: must be a number above 0: to turn it", "(got -5)"),
    ({**GIFT, "amount": {"C26": 1}}, ".amount: must be a number", ""),
    ({**GIFT, "amount": 1e6}, ".amount: 1e+06 USD million is more than", "whole value added"),
    ({**GIFT, "receivers": ["EU27"]}, ".receivers: DEU would both pay and receive; name it once", ""),
    ({**GIFT, "payers": ["DUE"]}, ".payers: 'DUE' is not a known country or group", "mean DEU"),
    ({**PACT, "members": ["DEU"]}, ".members: DEU alone is no coalition; name another member", ""),
    ({**PACT, "against": ["EU27"]}, ".against: DEU is a member of the coalition that", "directed"),
    ({**PACT, "against": ["RSU"]}, ".against: 'RSU' is not a known country or group", "mean RUS"),
    # lists and dates
    ({"importers": "RUS"}, ".importers: must be a list (got 'RUS')", ""),
    ({"importers": []}, ".importers: must not be empty", ""),
    ({"importers": [643]}, ".importers[0]: must be text (got 643)", ""),
    ({"importers": ["DEU"]}, ": names no two different countries", "own sales"),
    ({"in_force": "2022-02-30"}, ".in_force: must be a date, written YYYY-MM-DD", "2022-02-30"),
    ({"in_force": "soon"}, ".in_force: must be a date, written YYYY-MM-DD (got 'soon')", ""),
    ({"until": 2022}, ".until: must be a date, written YYYY-MM-DD (got 2022)", ""),
    ({"in_force": "2022-06-01", "until": "2022-01-01"}, ": until must be after in_force", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "start", "inside"), ONE, ids=[f"{k}-{c[1][:40]}" for k, c in enumerate(ONE)]
)
def test_a_measure(write, world, changes, start, inside):
    text = message_of(write(scenario(measure(**changes))), world)
    assert text.startswith("my.yaml: measures[0]" + start), text
    assert inside in text
    assert "measures: " not in text.removeprefix("my.yaml: ")  # the list itself is not at fault


TOP = [
    ({"schema_version": 2}, "schema_version: must be 1 (got 2)"),
    ({"schema_version": None}, "schema_version is missing"),
    ({"name": "My Scenario"}, "name: "),
    ({"name": None}, "name is missing"),
    ({"titel": "x"}, "titel is not a known field (did you mean title"),
    ({"measures": None}, "measures is missing"),
    ({"measures": []}, "measures: must not be empty"),
    ({"measures": "all"}, "measures: must be a list (got 'all')"),
    ({"measures": [None]}, "measures[0]: must be a mapping of fields"),
    ({"measures": ["stop"]}, "measures[0]: must be a mapping of fields (got 'stop')"),
    ({"versions": {"june": "8 June"}}, "versions.june: must be a date, written YYYY-MM-DD (got '8 June')"),
    ({"not_modelled": "dynamics"}, "not_modelled: must be a list"),
]


@pytest.mark.parametrize(("changes", "start"), TOP, ids=[t[1][:30] for t in TOP])
def test_the_head(write, world, changes, start):
    content = {k: v for k, v in (scenario(measure()) | changes).items() if v is not None}
    text = message_of(write(content), world)
    assert text.startswith("my.yaml: " + start), text


def test_all_faults_come_at_once_each_with_its_place(write, world):
    bad = scenario(measure(factor=-1), measure(kind="labour", why={"titel": "x"}), titl="T")
    text = message_of(write(bad), world)
    for part in (
        "measures[0].factor: a cost factor",
        "measures[1].why.title is missing",
        "measures[1].why.titel is not a known field (did you mean title",
        "titl is not a known field (did you mean title",
    ):
        assert part in text


def test_the_second_measure_is_named(write, world):
    text = message_of(write(scenario(measure(), measure(importers=["RSU"]))), world)
    assert "measures[1].importers: 'RSU'" in text


def test_bans_that_add_up_to_more_than_everything(write, world):
    first, second = measure("export_ban", factor=None, coverage=0.7), measure("import_ban", coverage=0.4)
    second.pop("factor", None)
    text = message_of(write(scenario(first, second)), world)
    assert "my.yaml: measures[1].coverage: brings the bans on DEU to RUS B06 to 1.100 of the flow" in text
    assert "add up" in text


# --- YAML itself ------------------------------------------------------------------------------------

HEAD = "schema_version: 1\nname: mine\ntitle: Mine\nmeasures:\n"
ITEM = "  - kind: embargo\n    exporters: [DEU]\n    importers: [RUS]\n    why: {title: x}\n"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            HEAD + ITEM + "    importers: [USA]\n",
            "line 9, column 5: not valid YAML: 'importers' is given twice",
        ),
        (HEAD + ITEM + "name: again\n", "line 9, column 1: not valid YAML: 'name' is given twice"),
        (HEAD + ITEM.replace("[RUS]", "[NO, RUS]"), "measures[0].importers[0]: must be text: YAML reads NO,"),
        (HEAD + ITEM.replace("[RUS]", "NO"), "measures[0].importers: must be a list (got False)"),
        (HEAD + ITEM + "    in_force: 2022-02-30\n", "measures[0].in_force: must be a date, written"),
        (HEAD + ITEM + "    coverage: yes\n", "measures[0].coverage: must be a number (got True)"),
        (
            HEAD + ITEM + "    coverage: {NO: 1}\n",
            "line 9, column 16: not valid YAML: False cannot be the name",
        ),
        (HEAD + ITEM + "    ? [a]\n    : b\n", "line 9, column 7: not valid YAML: ['a'] cannot be the name"),
        (HEAD + "  - [\n", "line "),
        ("a: b: c\n", "line 1, column 5: not valid YAML: mapping values are not allowed here"),
        ("a: \x00", "not valid YAML: special characters are not allowed"),
        ("x: !!int abc", "not valid YAML: invalid literal"),
        ("x: !!python/object:os.system {}", "line 1, column 4: not valid YAML: could not determine"),
        ("x: &a {y: *a}", "line 1, column 4: not valid YAML: found unconstructable recursive node"),
        ("x: *nobody", "line 1, column 4: not valid YAML: found undefined alias"),
        ("x: " + "[" * 9999, "not valid YAML"),
        ("", "must be a mapping of fields; start from `tertius schema scenario`"),
        ("- kind: embargo\n", "must be a mapping of fields; start from"),
        ("just words", "must be a mapping of fields; start from"),
    ],
)
def test_yaml(write, world, text, start):
    assert message_of(write(text), world).startswith("my.yaml: " + start)


def test_two_documents(write, world):
    assert "not valid YAML" in message_of(write(HEAD + ITEM + "---\na: 1\n"), world)


def test_dates_may_be_quoted_or_not(write, world):
    for day in ("2022-06-08", "'2022-06-08'"):
        found = tt.Scenario.load(write(HEAD + ITEM + f"    in_force: {day}\n"))
        assert found.file.measures[0].in_force.isoformat() == "2022-06-08"


# --- files and references ---------------------------------------------------------------------------


def test_files_that_cannot_be_read(tmp_path, world):
    for path, why in (("none.yaml", "No such file"), ("folder.yaml", "Is a directory|Permission denied")):
        if path.startswith("folder"):
            (tmp_path / path).mkdir()
        with pytest.raises(tt.BadInput, match=rf"{path}: cannot be read \(({why})"):
            tt.Scenario.load(str(tmp_path / path))
    (tmp_path / "latin.yaml").write_bytes("title: Мир".encode("cp1251"))
    with pytest.raises(tt.BadInput, match=r"latin\.yaml: cannot be read \(it is not UTF-8 text\)"):
        tt.Scenario.load(tmp_path / "latin.yaml")


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("sanction-2022", r"'sanction-2022' is not a known scenario .*did you mean sanctions-2022[,?]"),
        ("sanctions-2022@jnue", r"sanctions-2022\.yaml: version: 'jnue' is not .*did you mean june\?"),
        ("sanctions-2022@2022-02-30", r"sanctions-2022\.yaml: version: '2022-02-30'.*YYYY-MM-DD"),
        ("sanctions-2022:exprt_bans", r"sanctions-2022\.yaml: block: 'exprt_bans'.*did you mean export_bans"),
        ("sanctions-2022@june:exprt_bans", r"block: 'exprt_bans'.*did you mean export_bans"),
        ("decoupling-x2+nothing", r"'nothing' is not a known scenario .*known are .*decoupling-x2"),
        ("decoupling-x2+", r"'' is not a known scenario"),
        ("", r"'' is not a known scenario"),
    ],
)
def test_references(reference, message):
    with pytest.raises(tt.BadInput, match=message):
        tt.Scenario.load(reference)
