# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Mirror gaps: identical books, a planted phantom share, the shipped table, bad input."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tertius as tt
from tertius.evidence import mirror_gaps, product_gaps
from tertius.evidence.mirror import gap_table, mirror_line
from tertius.evidence.panel import Panel, read_panel
from tertius.evidence.simulate import BAN, MONTHS, simulated_panel

BANS = {"870323": "2022-04", "842959": "2022-04"}


@pytest.fixture(scope="module")
def sent():
    return simulated_panel(share=0.2, seed=3)


def arriving(sent, phantom, cif=1.06):
    """The hub's own books: freight on top, a share of banned goods missing from the ban on."""
    values = sent.values["KGZ"].copy() * cif
    banned = sent.products["ban"].reindex(values.index) != ""
    late = [m for m in MONTHS if m >= BAN]
    values.loc[banned, late] *= 1 - phantom
    return Panel({"KGZ": values}, None, sent.months, sent.unit, sent.products, ())


# --- by pair ----------------------------------------------------------------------------------------


@given(st.floats(1, 1e6), st.floats(0, 0.9), st.floats(1.0, 1.1))
def test_a_missing_share_is_found_within_the_range_of_freight(value, missing, cif):
    found = gap_table(pd.DataFrame({"exports": [value], "imports": [value * cif * (1 - missing)]})).iloc[0]
    assert found["missing_low"] - 1e-9 <= missing <= found["missing_high"] + 1e-9
    assert found["ratio"] * cif * (1 - missing) == pytest.approx(1.0)


def test_identical_books_have_no_gap():
    found = gap_table(pd.DataFrame({"exports": [5.0], "imports": [5.0]})).iloc[0]
    assert found["ratio"] == 1.0
    assert found["missing_low"] == 0.0


def test_the_shipped_table_ends_in_2021_and_holds_what_the_anchors_say():
    found = mirror_gaps("KAZ")
    assert found["year"].max() == 2021
    assert not found.duplicated(["exporter", "importer", "year"]).any()
    china = found.set_index(["exporter", "importer", "year"]).loc[("CHN", "KAZ", 2021)]
    assert (china["exports"], china["imports"]) == pytest.approx((14000, 8228), rel=1e-3)
    anchors = pd.read_csv(
        tt.evidence.mirror.__file__.replace("evidence/mirror.py", "data/tables/anchors.csv"), comment="#"
    )
    own = anchors[(anchors["year"] == 2021) & (anchors.iloc[:, 1] == "goods_exports")]
    value = own[(own.iloc[:, 2] == "KAZ") & (own.iloc[:, 3] == "RUS")].iloc[0, 4]
    russia = found.set_index(["exporter", "importer", "year"]).loc[("KAZ", "RUS", 2021)]
    assert russia["exports"] / 1e3 == pytest.approx(value, rel=1e-3)


def test_states_without_mirror_and_bad_names():
    assert mirror_gaps("JOR").empty
    assert "no flow" in mirror_line(mirror_gaps("JOR"), "JOR")
    assert "KAZ 0." in mirror_line(mirror_gaps("DEU"), "DEU")
    with pytest.raises(tt.BadInput, match="did you mean"):
        mirror_gaps("KAX")
    with pytest.raises(tt.BadInput, match="at once"):
        mirror_gaps("KAZ", partner="KAZ")


# --- by product and month ---------------------------------------------------------------------------


def test_freight_alone_is_no_gap(sent):
    found = product_gaps(arriving(sent, 0.0), sent)
    assert found.hubs["phantom"].item() == pytest.approx(0.0, abs=1e-12)
    assert found.cells["missing"].dropna().abs().max() == pytest.approx(0.0, abs=1e-6)
    assert found.hubs["gaps"].item() == 0


@pytest.mark.parametrize("phantom", [0.25, 0.5])
def test_a_planted_phantom_share_is_recovered(sent, phantom):
    found = product_gaps(arriving(sent, phantom), sent)
    row = found.hubs.iloc[0]
    assert row["phantom"] == pytest.approx(phantom)
    assert row["others"] == pytest.approx(0.0, abs=1e-12)
    assert row["effect_p"] < 0.01
    held = found.cells["phantom"].dropna()
    assert held.to_numpy() == pytest.approx(np.full(len(held), phantom))
    before = found.cells["exports_after"] * found.cells["imports_before"] / found.cells["exports_before"]
    whole = before[np.isfinite(before)]
    assert found.cells.loc[whole.index, "missing"].sum() == pytest.approx(phantom * whole.sum())


def test_random_books_are_rarely_gaps(sent):
    rng = np.random.default_rng(5)
    runs = []
    for _ in range(20):
        noisy = {"KGZ": sent.values["KGZ"] * np.exp(rng.normal(0, 0.3, sent.values["KGZ"].shape))}
        runs.append(product_gaps(Panel(noisy, None, sent.months, "", sent.products, ()), sent))
    assert np.mean([r.hubs["gaps"].item() > 0 for r in runs]) <= 0.2


def both_flows(phantom=0.5):
    """One file with both sides: two origins, one hub, forty products, three years."""
    rng = np.random.default_rng(1)
    codes = ["870323", "842959", *(f"{84 + k % 6}{10 + k:02d}00" for k in range(40))]
    rows = []
    for month in (f"{y}-{m:02d}" for y in (2020, 2021, 2022) for m in range(1, 13)):
        for code in codes:
            for origin in ("DEU", "FRA"):
                value = float(rng.integers(50, 100))
                lost = phantom if BANS.get(code, "9") <= month else 0.0
                line = {"product": code, "month": month, "unit": "USD"}
                rows.append(line | {"reporter": origin, "partner": "KGZ", "flow": "X", "value": value})
                arrived = value * (1 - lost)
                rows.append(line | {"reporter": "KGZ", "partner": origin, "flow": "M", "value": arrived})
            rows.append(line | {"reporter": "KGZ", "partner": "CHN", "flow": "M", "value": 500.0})
            rows.append(line | {"reporter": "DEU", "partner": "RUS", "flow": "X", "value": 80.0})
    return pd.DataFrame(rows)


def test_one_file_may_hold_both_flows(tmp_path):
    path = tmp_path / "both.csv"
    both_flows().to_csv(path, index=False)
    found = product_gaps(path, path, bans=BANS)
    assert found.hubs["phantom"].item() == pytest.approx(0.5)  # China's 500 do not count
    assert set(found.cells["product"]) == set(BANS)
    assert (found.months["imports"] <= found.months["exports"] + 1e-9).all()
    assert set(read_panel(path).values) == {"KGZ", "RUS"}
    assert read_panel(path, flow="imports").origins == ("CHN", "DEU", "FRA")


def test_books_that_do_not_fit(sent):
    table = both_flows()
    own = table[table["flow"] == "M"]
    with pytest.raises(tt.BadInput, match="imports come from CHN"):
        product_gaps(own[own["partner"] == "CHN"], table, bans=BANS)
    with pytest.raises(tt.BadInput, match="no hub is in both"):
        product_gaps(own.assign(reporter="UZB"), table, bans=BANS)
    with pytest.raises(tt.BadInput, match="no column 'reporter'"):
        product_gaps(own.drop(columns="reporter"), table, bans=BANS)
    with pytest.raises(tt.BadInput, match="the same months"):
        product_gaps(own[own["month"] < "2021-06"], table, bans=BANS)
    with pytest.raises(tt.BadInput, match="mixes EUR, USD"):
        product_gaps(own.assign(unit=["EUR", *["USD"] * (len(own) - 1)]), table, bans=BANS)
    with pytest.raises(tt.BadInput, match="repeat a key"):
        product_gaps(pd.concat([own, own.head(1)]), table, bans=BANS)
