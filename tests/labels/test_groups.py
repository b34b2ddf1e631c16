# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import BadInput
from tertius.labels import group, group_members, group_names, group_title, known_countries, resolve

JUNE = date(2022, 6, 8)
SMALL = ("CHN", "DEU", "KAZ", "RUS", "USA", "ROW")
DAYS = st.dates(date(1950, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("EU27", 27),
        ("EU", 27),
        ("EU-market", 27),
        ("coalition-2022", 38),
        ("G7", 7),
        ("OECD", 38),
        ("EFTA", 4),
        ("BRICS", 5),
        ("EAEU", 5),
        ("EAEU-customs", 5),
        ("CSTO", 6),
        ("CIS", 9),
        ("central-asia", 5),
        ("caucasus", 3),
    ],
)
def test_sizes_on_the_day_of_the_article(name, count):
    assert len(group_members(name, JUNE)) == count


@pytest.mark.parametrize("name", group_names())
def test_members_are_countries_and_spans_run_forward(name):
    entry = group(name)
    assert entry.source
    assert group_title(name) == entry.title
    assert group_title(name, "ru") == entry.title_ru
    for span in entry.spans:
        assert set(span.countries) <= set(known_countries()) - {"ROW"}
        assert span.start is None or span.end is None or span.start < span.end


@pytest.mark.parametrize(
    ("name", "code", "first"),
    [
        ("EAEU", "RUS", date(2015, 1, 1)),
        ("EAEU", "ARM", date(2015, 1, 2)),
        ("EAEU", "KGZ", date(2015, 8, 12)),
        ("EAEU-customs", "KAZ", date(2010, 1, 1)),
        ("EU", "HRV", date(2013, 7, 1)),
    ],
)
def test_first_days(name, code, first):
    assert code in group_members(name, first)
    assert code not in group_members(name, first - timedelta(days=1))


def test_britain_left_the_union_and_then_its_market():
    assert "GBR" in group_members("EU", date(2020, 1, 31))
    assert "GBR" not in group_members("EU", date(2020, 2, 1))
    assert "GBR" in group_members("EU-market", date(2020, 12, 31))
    assert "GBR" not in group_members("EU-market", date(2021, 1, 1))
    assert "GBR" not in group_members("EU27", date(2010, 1, 1))


@given(DAYS)
def test_the_coalition_is_the_27_and_eleven_more_on_any_day(day):
    extra = set(group_members("coalition-2022", day)) - set(group_members("EU27", day))
    assert extra == {"USA", "GBR", "CAN", "JPN", "KOR", "AUS", "NZL", "NOR", "CHE", "ISL", "TWN"}


def test_eu27_is_the_union_of_today():
    assert group_members("EU27", JUNE) == group_members("EU", JUNE)


@given(st.sampled_from(group_names()), DAYS)
def test_members_are_sorted_and_single(name, day):
    members = group_members(name, day)
    assert list(members) == sorted(set(members))


@given(st.permutations(SMALL), st.lists(st.sampled_from([*SMALL, "EU27", "G7", "EAEU", "world"])))
def test_resolve_keeps_the_order_of_the_world(known, names):
    got = resolve(names, known, JUNE, "here")
    assert got == tuple(code for code in known if code in got)
    assert resolve(got, known, JUNE, "here") == got
    assert resolve(reversed(names), known, JUNE, "here") == got


@given(st.text(max_size=12).filter(lambda text: text not in {*SMALL, *group_names(), "world"}))
def test_text_that_is_not_exactly_a_name_is_refused(text):
    with pytest.raises(BadInput, match=r"my\.yaml: exporters: "):
        resolve([text], SMALL, JUNE, "my.yaml: exporters")


def test_world_groups_and_codes():
    assert resolve(["world"], SMALL, JUNE, "here") == SMALL
    assert resolve("EAEU", SMALL, JUNE, "here") == ("KAZ", "RUS")
    assert resolve(["USA", "EU27"], SMALL, JUNE, "here") == ("DEU", "USA")
    assert resolve([], SMALL, JUNE, "here") == ()


def test_a_region_of_the_world_wins_over_a_group_of_the_same_name():
    assert resolve(["EU"], ("EU", "DEU"), JUNE, "here") == ("EU",)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("DUE", "did you mean DEU"),
        ("kaz", "did you mean KAZ?"),
        ("Germany", "did you mean DEU?"),
        ("Kazahstan", "did you mean KAZ?"),
        ("Россия", "did you mean RUS?"),
        ("DE", "did you mean DEU?"),
        ("EU-27", "did you mean EU27?"),
        ("eaeu", "did you mean EAEU?"),
        ("ЕАЭС", "did you mean EAEU?"),
        ("Central Asia", "did you mean central-asia?"),
        ("coalition2022", "did you mean coalition-2022?"),
        ("World", "did you mean world?"),
        ("ARM", "(Armenia) is not in this world; ROW holds it"),
        ("Armenia", "(Armenia) is not in this world"),
        ("caucasus", "has no member in this world (it has ARM, AZE, GEO)"),
        ("Xyzzy-Qwrt", "'Xyzzy-Qwrt' is not a known country or group"),
        (False, "write a code in quotes"),
    ],
)
def test_each_refusal_says_what_to_write(name, hint):
    with pytest.raises(BadInput) as caught:
        resolve(["USA", name], SMALL, JUNE, "my.yaml: exporters")
    assert str(caught.value).startswith("my.yaml: exporters: ")
    assert hint in str(caught.value)


def test_a_group_before_its_time_is_refused():
    with pytest.raises(BadInput, match="'EAEU' has no members on 2014-12-31"):
        resolve(["EAEU"], SMALL, date(2014, 12, 31), "here")


def test_an_unknown_group_is_refused():
    with pytest.raises(BadInput, match="did you mean EAEU"):
        group_members("Eurasian Economic Union", JUNE)
    with pytest.raises(BadInput, match="not a known language"):
        group_title("EAEU", "fr")
