# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
import re

import pytest

from tertius.errors import BadInput
from tertius.labels import country, country_name, known_countries
from tertius.labels.countries import country_aliases


def test_the_standard_has_249_entries_and_two_more_are_marked():
    standing = {code: country(code).standing for code in known_countries()}
    assert sum(s == "iso" for s in standing.values()) == 249
    assert standing["XKX"] == "user-assigned"
    assert standing["ROW"] == "aggregate"
    assert len(standing) == 251


def test_codes_are_unique_and_well_formed():
    iso = [country(c) for c in known_countries() if country(c).standing == "iso"]
    assert [c.iso3 for c in iso] == sorted(c.iso3 for c in iso)
    for attribute, pattern in (("iso3", "[A-Z]{3}"), ("iso2", "[A-Z]{2}"), ("numeric", "[0-9]{3}")):
        values = [getattr(c, attribute) for c in iso]
        assert len(set(values)) == len(values)
        assert all(re.fullmatch(pattern, v) for v in values)


def test_every_country_has_both_names_and_russian_ones_are_cyrillic():
    for code in known_countries():
        assert country_name(code).strip() == country_name(code)
        assert re.match("[А-ЯЁ]", country_name(code, "ru")), code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("ROM", "ROU"),
        ("ZAR", "COD"),
        ("KSV", "XKX"),
        ("WBG", "PSE"),
        ("TMP", "TLS"),
        ("Russian Federation", "RUS"),
        ("Türkiye", "TUR"),
        ("turkey", "TUR"),
        ("China (People's Republic of)", "CHN"),
        ("Lao (People’s Democratic Rep.)", "LAO"),
        ("Other Asia, nes", "TWN"),
        ("NA", "NAM"),
        ("4", "AFG"),
        ("004", "AFG"),
        ("842", "USA"),
        ("Киргизия", "KGZ"),
    ],
)
def test_names_of_trade_files_are_known(raw, code):
    assert country_aliases()[raw.casefold().replace("’", "'")] == code


def test_no_alias_hides_a_code():
    assert all(country_aliases()[code.casefold()] == code for code in known_countries())


@pytest.mark.parametrize("code", ["DUE", "kaz", "", "ZAR"])
def test_a_wrong_code_raises(code):
    with pytest.raises(BadInput):
        country_name(code)


def test_a_wrong_language_raises():
    with pytest.raises(BadInput, match="'fr' is not a known language"):
        country_name("KAZ", "fr")
