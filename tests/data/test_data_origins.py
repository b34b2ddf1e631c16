# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Every shipped number has an origin, and the licence decides what is shipped."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml
from pydantic import ValidationError

import tertius as tt
from tertius.data.anchors import anchors, anchors_for
from tertius.data.origins import Origin, origins
from tertius.labels import known_countries

DATA = files("tertius.data")
RECORDS = sorted(f.name for f in (DATA / "origins").iterdir() if f.name.endswith(".yaml"))
OPEN = ("CC-BY-4.0", "CC0-1.0", "ODbL-1.0", "MIT", "public domain", "Etalab-2.0")
IN_WORDS = ("attribution", "acknowledgement", "cite", "official act")
UNCHECKED = ("terms of the compilation unknown", "terms not checked")

PANEL = {
    "common-high-priority-list", "eu-export-list-cn8", "eu-regulation-833-2014",
    "eurostat-comext-sanctioned", "eurostat-eu-exports-total", "hs-isic-concordance",
}  # fmt: skip

SOURCES = {  # a new table must be entered here with the records of what it was made from
    "activity.parquet": {"gdelt-events"},
    "anchors.csv": {"adb-mrio-2023-07", "kaz-national-trade", "world-bank-gdp"},
    "article_reading.csv": {"article-kazakhstan-2022"},
    "backtest_eu27_exports_2022.csv": {
        "eurostat-comext-sanctioned", "eurostat-eu-exports-total", "hs-isic-concordance",
    },
    "eaeu_common_tariff.csv": {"eaeu-common-tariff", "hs-isic-concordance"},
    "energy_mix.csv": {"cepii-baci-raw-materials"},
    "energy_prices.csv": {"cepii-baci-raw-materials"},
    "eu_belarus_export_coverage.csv": {
        "ecb-reference-rates", "eu-export-list-cn8", "eurostat-comext-sanctioned", "hs-isic-concordance",
        "oecd-icio-2025",
    },
    "eu_export_ban_annexes.csv": {"eu-regulation-833-2014"},
    "eu_export_ban_coverage.csv": {
        "ecb-reference-rates", "eu-export-list-cn8", "eu-regulation-833-2014", "eurostat-comext-sanctioned",
        "hs-isic-concordance", "oecd-icio-2025",
    },
    "eu_panel.parquet": {"eurostat-comext-sanctioned", "eurostat-comext-totals"},
    "eu_panel_products.csv": {"eu-export-list-cn8", "eu-regulation-833-2014", "eurostat-comext-sanctioned"},
    "published_facts.csv": {"kazakhstan-facts"},
    "influence.parquet": {"cepii-baci", "fbic", "imf-dip", "un-migrant-stock"},
    "leaders_trips.csv": {"colt-trips"},
    "mirror_gaps.csv": {"kaz-national-trade", "kgz-national-trade", "russia-customs", "un-comtrade-2021"},
    "product_texts.csv": set(),  # our own words
    "un_alignment.parquet": {"un-ideal-points"},
    "un_ukraine_votes.csv": {"un-ukraine-votes"},
    "routes_checks.csv": PANEL,
    "routes_event.csv": PANEL,
    "routes_groups.csv": PANEL | {"ecb-reference-rates", "oecd-icio-2025"},
    "routes_leakage.csv": PANEL | {"ecb-reference-rates"},
    "routes_margins.csv": {"studies-of-rerouting"},
    "routes_phi.csv": PANEL
    | {"cepii-baci-kazakhstan-hs6", "cepii-geodist", "ecb-reference-rates", "un-comtrade-2021"},
    "eurasia_accounts.csv": {"world-bank-gdp"},
    "population_2021.csv": {"world-bank-population"},
    "skills.csv": {"skill-shares"},
    "russia_import_ban_shares.csv": {"cepii-baci-raw-materials", "oecd-icio-2025"},
    "sky_airspace.json": {"natural-earth"},
    "sky_services.csv": {"openflights"},
    "workers.csv": {"penn-world-table"},
    "world_map.json": {"natural-earth"},
}  # fmt: skip


def record(name):
    return yaml.safe_load((DATA / "origins" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_parses_and_is_named_like_its_file(name):
    found = Origin.model_validate(record(name))
    assert f"{found.id}.yaml" == name
    for field in ("producer", "title", "edition", "unit"):
        assert getattr(found, field).strip()
    assert found.url.startswith("https://") or found.url.startswith("http://")
    if any(w in found.licence for w in UNCHECKED):
        assert found.redistribution == "derived-only"
        assert "Shipped: nothing" in found.note or "Shipped: only" in found.note
    else:
        assert found.licence in OPEN or any(w in found.licence for w in IN_WORDS), found.licence


@pytest.mark.parametrize("name", RECORDS)
def test_raw_files_are_named_relative_to_their_folder(name):
    found = Origin.model_validate(record(name))
    names = [f.name for f in found.files]
    assert len(set(names)) == len(names)
    assert not any(n.startswith(("/", "..")) or "\\" in n for n in names)


def test_origins_gives_them_all_by_id():
    assert sorted(f"{key}.yaml" for key in origins()) == RECORDS
    assert list(origins()) == sorted(origins())


def test_one_fingerprint_for_one_file():
    seen = {}
    for origin in origins().values():
        for file in origin.files:
            assert seen.setdefault(file.name, file.sha256) == file.sha256


@pytest.mark.parametrize(
    "bad",
    [
        {"id": "With Spaces"},
        {"redistribution": "maybe"},
        {"files": [{"name": "a", "sha256": "abc"}]},
        {"accessed": "yesterday"},
        {"licence": None},
        {"colour": "blue"},
    ],
)
def test_a_bad_record_is_refused(bad):
    with pytest.raises(ValidationError):
        Origin.model_validate(record(RECORDS[0]) | bad)


# --- what is shipped --------------------------------------------------------------------------------


def used():
    """Origin ids behind the shipped worlds and tables."""
    worlds = {s for name in tt.list_worlds() for s in tt.load_world(name).record["sources"]}
    return worlds.union(*SOURCES.values())


def test_every_table_has_its_sources():
    assert sorted(SOURCES) == sorted(f.name for f in (DATA / "tables").iterdir())
    assert {a.source for a in anchors()} == SOURCES["anchors.csv"]


def test_what_is_shipped_may_be_shared_and_nothing_is_recorded_in_vain():
    assert used() == set(origins())
    assert not [key for key in used() if origins()[key].redistribution == "no"]


@pytest.mark.parametrize("table", sorted(f.name for f in (DATA / "tables").iterdir()))
def test_a_table_is_small_and_says_its_licence(table):
    content = (DATA / "tables" / table).read_bytes()
    assert len(content) < 500_000
    if table.endswith(".csv"):
        assert content.startswith(b"# SPDX-FileCopyrightText: ")
        # REUSE-IgnoreStart
        own = b"ODbL-1.0" if table == "sky_services.csv" else b"CC-BY-4.0"  # the routes are shared alike
        assert b"# SPDX-License-Identifier: " + own + b"\n" in content[:300]
        # REUSE-IgnoreEnd


# --- anchors ----------------------------------------------------------------------------------------


def test_anchors():
    assert {a.quantity for a in anchors()} == {"gdp", "goods_exports", "goods_imports"}
    for a in anchors():
        assert a.value > 0
        assert a.unit == "USD billion"
        assert a.country in known_countries()
        assert not a.partner or a.partner in known_countries()
        assert a.note
    keys = [(a.year, a.quantity, a.country, a.partner) for a in anchors()]
    assert len(set(keys)) == len(keys)


def test_anchors_of_a_year():
    gdp = {a.country: a.source for a in anchors_for(2021) if a.quantity == "gdp"}
    pieces = {"KGZ", "ARM", "GEO", "UZB", "AZE", "TJK", "TKM", "MNG", "IRN"}
    assert {c for c, source in gdp.items() if source == "adb-mrio-2023-07"} == {
        "KAZ",
        "RUS",
        "CHN",
        "USA",
        "DEU",
    }
    assert {c for c, source in gdp.items() if source == "world-bank-gdp"} == pieces
    assert {(a.country, a.partner) for a in anchors_for(2021) if a.quantity == "goods_exports"} == {
        ("KAZ", ""), ("KAZ", "RUS"), ("KAZ", "CHN"),
    }  # fmt: skip
    assert anchors_for(1999) == ()
    assert anchors_for(None) == ()
