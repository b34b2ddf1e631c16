# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`tertius choose`: tables, charts, JSON, a state that nothing passes, and what it refuses."""

import csv
import xml.etree.ElementTree as ET

import pytest
from cli_checks import loads, refused

QUICK = ("--stances", "3", "--elasticity", "FGO", "--offer", "none", "--k", "1", "--k", "2")


@pytest.fixture(autouse=True, scope="module")
def _one_cache(tmp_path_factory):
    """One cache for the file: the same surface is solved once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERTIUS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def test_the_answer_is_printed(tertius):
    code, out, err = tertius("choose", *QUICK)
    assert code == 0
    assert "Choice of KAZ between coalition-2022 and RUS" in out
    assert "half-embargo:RUS:KAZ" in out
    assert "S10: " in out
    assert "solving" in err or err == ""  # silent where the surface was kept


def test_json_holds_what_the_tables_hold(tertius, tmp_path):
    code, out, _ = tertius("choose", *QUICK, "--json", "--out", "new")
    assert code == 0
    found = loads(out)
    assert {r["k"] for r in found["replies"]} == {1, 2}
    assert {v["claim"] for v in found["verdicts"]} == {"S7", "S8", "S10"}
    names = {path.name for path in (tmp_path / "new").iterdir()}
    tables = {f"{t}.csv" for t in ("payoffs", "replies", "shares", "verdicts", "groups", "games")}
    assert names == tables | {"neutrality.svg", "stances.svg"}
    with (tmp_path / "new" / "payoffs.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(found["payoffs"]) == 4  # three stances, one option
    assert float(rows[0]["KAZ calm"]) == pytest.approx(found["payoffs"][0]["KAZ calm"])
    for name in ("neutrality", "stances"):
        root = ET.parse(tmp_path / "new" / f"{name}.svg").getroot()
        assert {child.tag.rpartition("}")[2] for child in root} >= {"title", "desc"}


def test_a_state_that_nothing_passes_is_told_so(tertius):
    code, out, _ = tertius("choose", "--focal", "AZE", *QUICK)
    assert code == 0
    assert "Nothing sensitive passes AZE on its way to RUS" in out
    assert "S10" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--lever-east", "half-embrago"], ["lever of RUS", "did you mean half-embargo"]),
        (["--lever-west", "payment-block"], ["payment-block is not identified"]),
        (["--focal", "RUS"], ["the focal state RUS is among the powers"]),
        (["--focal", "KAX"], ["did you mean KAZ"]),
        (["--west", "CHM"], ["choice: powers", "did you mean", "CHN"]),
        (["--scenario", "sanction-2022"], ["did you mean sanctions-2022"]),
        (["--routes", "kazakhstn-2022"], ["did you mean kazakhstan-2022"]),
        (["--groups", "chlp"], ["did you mean chpl"]),
        (["--stances", ""], ["the stance set is empty"]),
        (["--stances", "0,half,1"], ["--stances", "neither a number nor a list"]),
        (["--k", "0"], ["setting: power", "not positive"]),
        (["--k", "-1"], ["setting: power", "not positive"]),
        (["--hazard-west", "-0.1", "0.4"], ["--hazard-west", "no range above zero"]),
        (["--hazard-east", "0.4", "0.1"], ["--hazard-east", "no range above zero"]),
        (["--pull", "-0.5", "1"], ["intensity of the western lever"]),
        (["--worth", "-1", "1"], ["worth_west", "negative"]),
        (["--offer", "india"], ["offer"]),
        (["--chart", "map.png"], ["--chart map.png", "is not an .svg file"]),
    ],
)
def test_bad_input_is_refused(tertius, arguments, words):
    refused(tertius("choose", *arguments), *words)


def test_a_power_whose_threat_is_not_worth_it_never_strikes(tertius):
    """Deterrence worth nothing: no lever is believed, and full tolerance is best."""
    code, out, _ = tertius("choose", *QUICK, "--worth", "0", "0")
    assert code == 0
    assert "RUS has no credible lever" in out
    assert "does best to let transit pass" in out
    code, out, _ = tertius("choose", *QUICK, "--worth", "0", "0", "--json")
    assert code == 0
    assert "games" not in loads(out)
