# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertius.errors import BadInput
from tertius.labels import SECTORS, Encoder, country_encoder, known_countries, sector_encoder


@given(st.lists(st.sampled_from(known_countries())))
def test_our_own_codes_pass_unchanged(codes):
    assert country_encoder().encode(codes, "here") == codes


@given(st.lists(st.sampled_from(SECTORS)))
def test_sectors_pass_unchanged(codes):
    assert sector_encoder().encode(codes, "here") == codes


def test_fixable_and_ignored():
    encoder = country_encoder(fixes={"Atlantis": "GRC"}, ignored=["World", "Bunkers"])
    raw = [" atlantis ", "ROM", "WORLD", "Korea, Rep.", "Bunkers", "643"]
    assert encoder.encode(raw, "here") == ["GRC", "ROU", None, "KOR", None, "RUS"]


def test_fixes_of_the_file_win_over_ours():
    assert country_encoder(fixes={"SIN": "CHN"}).encode(["SIN"], "here") == ["CHN"]


def test_all_strangers_are_named_at_once():
    with pytest.raises(BadInput) as caught:
        country_encoder().encode(["KAZ", "Atlantis", "Lemuria", "Atlantis", None], "flows.csv: partner")
    assert str(caught.value) == (
        "flows.csv: partner: 3 country labels are strange: 'Atlantis' (2 times), 'Lemuria' (1 time), "
        "None (1 time); fix or ignore each by name"
    )


def test_an_encoder_that_contradicts_itself_is_refused():
    with pytest.raises(BadInput, match="codes that are not known: XXX"):
        Encoder("country", ("KAZ",), {"a": "XXX"})
    with pytest.raises(BadInput, match="'kaz' is to be ignored but stands for KAZ"):
        Encoder("country", ("KAZ",), {}, ("kaz",))


def test_a_fix_cannot_redirect_a_known_code():
    with pytest.raises(BadInput, match="'KAZ' is a known code"):
        Encoder("country", ("KAZ", "RUS"), {"KAZ": "RUS"})
