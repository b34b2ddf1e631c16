# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import BadInput
from tertius.labels import SECTORS, resolve_sectors, sector_group_members, sector_group_names, sector_name
from tertius.labels.sectors import _sectors


def test_the_file_and_the_constant_agree():
    assert tuple(_sectors()) == SECTORS
    assert len(SECTORS) == 28


def test_every_sector_has_two_names_of_its_own():
    for lang in ("en", "ru"):
        names = [sector_name(code, lang) for code in SECTORS]
        assert len(set(names)) == len(SECTORS)
    assert all(re.match("[А-ЯЁ]", sector_name(code, "ru")) for code in SECTORS)


def test_goods_and_services_split_everything():
    assert sector_group_members("goods") + sector_group_members("services") == SECTORS
    parts = [sector_group_members(g) for g in ("agriculture", "mining", "manufacturing", "services")]
    assert sum(parts, ()) == SECTORS
    assert sector_group_members("all") == SECTORS


@given(st.permutations(SECTORS), st.lists(st.sampled_from([*SECTORS, *sector_group_names()])))
def test_resolve_keeps_the_order_of_the_world(known, names):
    got = resolve_sectors(names, known, "here")
    assert got == tuple(code for code in known if code in got)
    assert resolve_sectors(got, known, "here") == got


def test_all_means_the_sectors_of_this_world():
    assert resolve_sectors(["all"], ("food", "rest"), "here") == ("food", "rest")
    assert resolve_sectors("goods", ("C26", "SERV"), "here") == ("C26",)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("c26", "did you mean C26?"),
        ("Electronics", "did you mean C26?"),
        ("Электроника", "did you mean C26?"),
        ("C17T18", "did you mean C17_18?"),
        ("Goods", "did you mean goods?"),
        ("manufacture", "did you mean manufacturing?"),
        ("C99", "did you mean"),
        ("B06", "(Crude oil and gas) is not a sector of this world"),
        ("mining", "has no sector in this world"),
        (26, "write a code in quotes"),
    ],
)
def test_each_refusal_says_what_to_write(name, hint):
    known = tuple(code for code in SECTORS if not code.startswith("B"))
    with pytest.raises(BadInput) as caught:
        resolve_sectors([name], known, "my.yaml: sectors")
    assert str(caught.value).startswith("my.yaml: sectors: ")
    assert hint in str(caught.value)


def test_wrong_names_are_refused():
    with pytest.raises(BadInput):
        sector_name("C99")
    with pytest.raises(BadInput):
        sector_name("C26", "fr")
    with pytest.raises(BadInput, match="mining"):
        sector_group_members("minig")
