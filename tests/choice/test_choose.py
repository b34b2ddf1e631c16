# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The choice as one result: its tables say what its parts say, and its figures draw it."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest
from choice_worlds import catalogue_file, routes_file, sanctions_file, small_world
from numpy.testing import assert_allclose

import tertius as tt
from tertius.choice import KINDS, Setting, best_reply, refine
from tertius.choice.axes import PRIOR, TODAY
from tertius.choice.choose import Choice
from tertius.choice.example import line
from tertius.report.charts.choice_figures import region_figure, stance_figure
from tertius.report.charts.neutrality_map import SIDE, MapPanel, Scale, neutrality_map


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("choice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERTIUS_CACHE", str(folder / "cache"))
        return tt.choose(
            small_world(),
            k=(1.0, 2.0, 3.0),
            scenario=sanctions_file(folder),
            routes=routes_file(folder),
            levers=("chips-ban", "half"),
            catalogues=[catalogue_file(folder)],
            stances=5,
        )


def made_up(payoffs, **changes):
    """A choice over payoffs that nobody solved."""
    given = {"world": "w", "scenario": "s", "payoffs": payoffs, "offered": None, "setting": Setting(0.1, 0.1),
             "today": TODAY, "prior": PRIOR, "powers": (1.0, 2.0), "delta": 0.02}  # fmt: skip
    return Choice(**(given | changes))


def test_the_table_holds_every_number(solved):
    table, p = solved.table(), solved.payoffs
    assert len(table) == len(p.sets) * (len(p.stance) + len(p.options))
    row = table[(table["set"] == "B") & (table["stance"] == 0.5)].iloc[0]
    for i, who in enumerate(p.players):
        found = [row[f"{who} {s}"] for s in ("calm", "west", "east", "both")]
        assert_allclose(found, p.value[1, i, 2].T.ravel())
    option = table[(table["set"] == "A") & (table["option"] == "join")].iloc[0]
    assert option["RUS both"] == p.options["join"][0, 2, 1, 1]
    assert np.isnan(option["stance"])


def test_replies_are_best_replies_in_the_middle_of_the_box(solved):
    found = solved.replies()
    assert_allclose(solved.setting.west, np.sqrt(0.05 * 0.4))
    again = best_reply(refine(solved.payoffs), solved.setting.at("power", 2.0))
    mine = found[found["k"] == 2.0]
    assert mine["kind"].tolist() == [KINDS[i] for i in again.kind]
    assert_allclose(mine["traffic"], again.traffic)


def test_shares_add_up(solved):
    shares = solved.shares(n=12)
    assert set(shares["where"]) == {"range", "today"}
    for name in ("central", "mean"):
        assert_allclose(shares.groupby(["k", "where"])[name].sum(), 1.0)


def test_verdicts_need_no_more_than_was_asked():
    """k = 1 and k = 2, which the rules compare, are computed even where nobody asked for them."""
    found = made_up(line(), powers=(3.0,)).verdicts()
    assert set(found["S10"].by_power) == {1.0, 2.0, 3.0}
    assert found["S7"].verdict == "not identified"  # no offer was computed


def test_the_offer_is_judged(solved):
    assert "gains from the offer" in solved.verdicts()["S7"].shares[2.0]
    assert np.all(solved.offered.value[:, 0] > solved.payoffs.value[:, 0])


def test_reading_games_and_groups_speak_of_the_same_state(solved):
    text = solved.reading(2.0)
    assert text.startswith("At today's assumed threats and k = 2 Kazakhstan does best")
    games, groups = solved.games(2.0), solved.groups(2.0)
    assert set(games["set"]) == set(groups["set"]) == {"A", "B"}
    assert games["traffic"].between(0, 1).all()
    assert games[["west", "east"]].to_numpy().max() <= 2.0
    assert {"west first", "east first", "at once"} <= set(games["order"])


def test_middles_are_drawn_where_they_are():
    """A large middle at k = 2: its share is in the panel, its edge is drawn, the title says it."""
    found = made_up(line(rent=0.5))
    svg = region_figure(found)
    root = ET.fromstring(svg)
    words = " ".join(root.itertext())
    share = 100 * found.maps[2.0].shares()["neutral"][0]
    assert share > 5
    assert f"middle: {share:.0f} % of threats" in words
    assert "only where small traffic is forgiven" in words
    assert svg.count('class="b"') == len(found.curves[2.0])
    assert svg.count('class="n"') == 3  # both panels and the key


def test_a_title_never_finds_what_is_not_there():
    flat = region_figure(made_up(line(rent=1e-9), powers=(1.0,)))
    assert "hardly ever" in "".join(ET.fromstring(flat).itertext())


def test_cells_fill_the_panel():
    """Areas of all kinds add up to the panel's."""
    kinds = [["comply", "comply", "neutral"], ["tolerate", "neutral", "tolerate"]]
    svg = neutrality_map("m", "M", "", [MapPanel("a", "", kinds)], Scale("x", []), Scale("y", []))
    area = 0.0
    for path in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}path"):
        for run in path.get("d").split("M")[1:]:
            wide, high = run.split("h")[1].split("v")[0], run.split("v")[1].split("h")[0]
            area += float(wide) * float(high)
    assert area == pytest.approx(SIDE**2, rel=1e-3)


def test_stance_lines_hold_the_band(solved):
    words = "".join(ET.fromstring(stance_figure(solved)).itertext())
    p = solved.payoffs
    rent = 100 * (p.value[0, 0, 0, 0, 0] - p.value[0, 0, -1, 0, 0]) / p.income[0]
    assert f"All transit brings Kazakhstan {rent:.2f} %" in words
    assert "Russia strikes" in words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"k": ()}, "no curvature is given"),
        ({"k": (0.0,)}, "not positive"),
        ({"delta": 0.0}, "delta: 0 is not positive"),
        ({"worth": (-1.0, 0.0)}, "worth_west: -1 is negative"),
        ({"offer": "chin"}, "did you mean china"),
    ],
)
def test_bad_input_is_refused_before_anything_is_solved(changes, words):
    with pytest.raises(tt.BadInput, match=words):
        tt.choose(tt.load_world("eurasia-2021"), **changes)
