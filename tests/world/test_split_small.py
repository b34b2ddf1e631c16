# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The split on a small random world: nothing outside changes, margins are met, faults are named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import tertius as tt
from tertius.world.split import (
    MarginsFile,
    draw_splits,
    grades,
    hold_out,
    margin_lines,
    read_margins,
    read_split,
    split_world,
    write_margins,
    write_split,
)
from tertius.world.split.layout import region_cells

COUNTRIES, SECTORS = ("AAA", "BBB", "ROW", "DDD"), ("A01", "C26", "SERV")


def small_world(seed=0, unit=1.0, tariffs=True):
    rng = np.random.default_rng(seed)
    n, s = len(COUNTRIES), len(SECTORS)
    trade = rng.uniform(1, 20, (n, n, s))
    trade[np.arange(n), np.arange(n)] += 300
    trade[2, 0, 1] = 0.0  # the region sells AAA no electronics
    tariff = rng.uniform(0, 0.2, (n, n, s)) if tariffs else np.zeros((n, n, s))
    tariff[np.arange(n), np.arange(n)] = tariff[:, :, 2] = 0
    share = rng.uniform(0.05, 0.2, (n, s, s))
    return tt.World.from_arrays(
        COUNTRIES, SECTORS, trade=trade * unit, tariff=tariff, input_share=share, elasticity=[4, 5, 6.0],
        name="small", year=2021,
    )  # fmt: skip


def content(unit=1.0, order=("PPP", "QQQ"), **changes):
    pieces = {
        "PPP": {"donors": {"AAA": 1}, "near": {"AAA": 3.0, "QQQ": 2.0}},
        "QQQ": {"donors": {"BBB": 1, "DDD": 1}},
    }
    rows = [
        ("gdp", "PPP", "world", "all", 60, 0.02),
        ("gdp", "QQQ", "world", "all", 90, 0.02),
        ("value_added", "PPP", "world", "SERV", 30, 0.1),
        ("exports", "PPP", "AAA", "goods", 4, 0.1),
        ("exports", "PPP", "QQQ", "goods", 1, 0.2),
        ("imports", "QQQ", "AAA|BBB", "C26", 5, 0.1),
    ]
    names = ("quantity", "piece", "partner", "sectors", "value", "reliability")
    margins = [dict(zip(names, r, strict=True)) | {"value": r[4] * unit} for r in rows]
    pieces = {k: pieces[k] for k in order}
    base = {"schema_version": 1, "name": "test", "parent": "small", "pieces": pieces, "margins": margins}
    return base | changes


def margins_file(**changes):
    return MarginsFile.model_validate(content(**changes)).in_millions()


@pytest.fixture(scope="module")
def parent():
    return small_world()


@pytest.fixture(scope="module")
def split(parent):
    return split_world(parent, margins_file())


def test_pieces_put_back_are_the_parent(parent, split):
    merged = split.merged()
    assert merged.countries == parent.countries
    for name in ("trade_values", "tariff_values", "input_share_values"):
        assert_allclose(getattr(merged, name), getattr(parent, name), rtol=1e-12, atol=1e-14)
    for name in ("value_added", "income", "final_demand", "expenditure"):
        assert_allclose(getattr(merged.accounts, name), getattr(parent.accounts, name), rtol=1e-10)


def test_what_is_outside_does_not_change_at_all(parent, split):
    world = split.world()
    assert world.countries == ("AAA", "BBB", "PPP", "QQQ", "ROW", "DDD")
    world.check().require()
    old, new = [0, 1, 3], [0, 1, 5]
    assert_array_equal(world.trade_values[np.ix_(new, new)], parent.trade_values[np.ix_(old, old)])
    assert_array_equal(world.input_share_values[new], parent.input_share_values[old])
    for name in ("output", "value_added", "deficit", "final_demand"):
        assert_allclose(getattr(world.accounts, name)[new], getattr(parent.accounts, name)[old], rtol=1e-13)


def test_margins_are_met_within_their_reliability(split):
    lines = margin_lines(split)
    assert len(lines) == 6
    assert all(abs(line.spreads) < 1.0 for line in lines)
    assert all(abs(line.deviation) < 0.02 for line in lines if line.margin.quantity == "gdp")


def test_zeros_and_signs_are_kept(split):
    world = split.world()
    assert not world.trade.sel(exporter=["PPP", "QQQ", "ROW"], importer="AAA", sector="C26").any()
    assert (world.trade_values >= 0).all()
    assert (world.accounts.final_demand >= 0).all()
    assert (split.blocks["use"] > 0).all()
    assert (split.blocks["value_added"] > 0).all()


def test_the_order_of_pieces_and_margins_does_not_matter(parent, split):
    data = content(order=("QQQ", "PPP"))
    data["margins"] = data["margins"][::-1]
    other = split_world(parent, MarginsFile.model_validate(data))
    one, two = split.world(), other.world()
    same = [two.countries.index(c) for c in one.countries]
    assert_allclose(two.trade_values[np.ix_(same, same)], one.trade_values, rtol=1e-3)
    assert_allclose(two.accounts.value_added[same], one.accounts.value_added, rtol=1e-4)


def test_units_do_not_matter(split):
    unit = 1024.0  # a power of two, so that rounding to bits is the same
    big = split_world(small_world(unit=unit), margins_file(unit=unit))
    assert_allclose(big.world().trade_values, unit * split.world().trade_values, rtol=1e-3)
    thousand = content(unit=1e3, unit_name=None)
    thousand.pop("unit_name")
    file = MarginsFile.model_validate(thousand | {"unit": "USD thousand"}).in_millions()
    assert_array_equal(split_world(small_world(), file).exports, split.exports)


def test_cells_are_graded(split):
    mark = grades(split)
    blocks = split.blocks
    assert {k: v.shape for k, v in mark.items()} == {k: v.shape for k, v in blocks.items()}
    assert mark["exports"][0, 0].tolist() == [2, 2, 3]  # goods total: estimated; services: donor
    assert mark["value_added"][0].tolist() == [2, 2, 0]  # one sector published: observed
    assert (mark["use"][:2] == 3).all()


def test_own_tariffs_change_no_flow(parent):
    data = content()
    data["pieces"]["PPP"]["tariff"] = {"like": "AAA", "free": ["QQQ"]}
    data["pieces"]["QQQ"]["tariff"] = {"rate": 0.25, "free": ["BBB"]}
    split = split_world(parent, MarginsFile.model_validate(data))
    world, bare = split.world(), split.world(tariffs=False)
    assert_array_equal(world.trade_values, bare.trade_values)
    duty = world.tariff
    assert_allclose(
        duty.sel(exporter="DDD", importer="PPP"), parent.tariff.sel(exporter="DDD", importer="AAA")
    )
    assert not duty.sel(importer="PPP", exporter=["AAA", "QQQ", "PPP"]).any()
    assert duty.sel(exporter="DDD", importer="QQQ").values.tolist() == [0.25, 0.25, 0.0]
    assert not duty.sel(exporter="BBB", importer="QQQ").any()
    assert_allclose(split.merged().tariff_values, parent.tariff_values, atol=1e-14)
    gain = world.accounts.income - bare.accounts.income
    assert_allclose(gain, world.accounts.tariff_revenue - bare.accounts.tariff_revenue, atol=1e-9)


def test_draws_are_admissible_and_repeatable(parent, split):
    first, again = list(draw_splits(split, 3, seed=4)), list(draw_splits(split, 2, seed=4))
    for one, two in zip(again, first, strict=False):
        assert_array_equal(one.exports, two.exports)
    assert not np.array_equal(first[0].exports, first[1].exports)
    for drawn in first:
        drawn.world().check().require()
        assert_allclose(drawn.merged().trade_values, parent.trade_values, rtol=1e-12)
        for line, center in zip(margin_lines(drawn), margin_lines(split), strict=True):
            assert abs(np.log(line.ours / center.ours)) < 3.5 * line.margin.reliability
    with pytest.raises(tt.BadInput, match="0 is not a number of draws"):
        draw_splits(split, 0)


def test_a_split_survives_the_disk(tmp_path, parent, split):
    parent.save(tmp_path / "small.npz")
    path = write_split(split, tmp_path / "test.npz")
    found = read_split(path)
    assert found.world().hash == split.world().hash == tt.World.load(path).hash
    assert found.file() == split.file()
    assert path.read_bytes() == write_split(found, tmp_path / "again.npz").read_bytes()
    (tmp_path / "small.npz").unlink()
    with pytest.raises(tt.BadInput, match=r"'small' is not shipped and small.npz is not beside it"):
        tt.World.load(path)
    small_world(seed=1).save(tmp_path / "small.npz")
    with pytest.raises(tt.BadInput, match="small is not the world that was split"):
        read_split(path)
    with pytest.raises(tt.BadInput, match="is a world, not a split of one"):
        read_split(tmp_path / "small.npz")
    with pytest.raises(tt.BadInput, match="no such file"):
        read_split(tmp_path / "nothing.npz")


def test_a_margins_file_survives_the_disk(tmp_path, split):
    path = write_margins(split.file(), tmp_path / "mine.yaml")
    assert read_margins(path) == split.file()


def test_a_country_of_the_world_can_be_held_out():
    world = small_world(tariffs=True)
    found = hold_out(world, "DDD", {"AAA": 1, "BBB": 1})
    assert found.partners == ("AAA", "BBB")
    for quantity in ("exports", "imports"):
        assert 0 <= found.misplaced(quantity) < 0.5
        assert found.log_error(quantity) < 1.0
        ours, true = getattr(found, quantity).sum(), getattr(found, f"true_{quantity}").sum()
        assert ours == pytest.approx(true, rel=0.35)  # the rest is trade with ROW
    with pytest.raises(tt.BadInput, match=r"'DDE' is not a known country of small .*did you mean DDD"):
        hold_out(world, "DDE", {"AAA": 1})


# --- bad input --------------------------------------------------------------------------------------


def change(row, **what):
    data = content()
    data["margins"][row] |= what
    return data


def add(*rows):
    data = content()
    names = ("quantity", "piece", "partner", "sectors", "value", "reliability")
    data["margins"] += [dict(zip(names, r, strict=True)) for r in rows]
    return data


BAD = [
    (content(region="RAW"), r"region: 'RAW' is not a known country of small .*did you mean ROW"),
    (content(pieces={"AAA": {"donors": {"BBB": 1}}}), "AAA is already in small"),
    (change(3, piece="PPQ"), r"margins\[3\].piece: 'PPQ' is not a known piece .*did you mean PPP"),
    (change(3, partner="AAB"), r"margins\[3\]: partner: 'AAB' is not a known country.*did you mean AAA"),
    (change(3, sectors="C27"), r"margins\[3\]: sectors: 'C27'"),
    (add(("gdp", "PPP", "world", "all", 61, 0.1)), "more than one gdp for PPP"),
    (content(margins=content()["margins"][1:]), "no gdp for PPP"),
    (change(0, value=5000), r"gdp of PPP is 5,000 USD million, but ROW has \d+ in all"),
    (
        add(("exports", "PPP", "AAA", "A01", 9, 0.1)),
        r"exports of PPP to AAA, goods is 4 USD million but exports of PPP to AAA, A01 is 9:"
        r" apart by 125 %, reliabilities allow \d+ %",
    ),
    (
        add(("value_added", "PPP", "world", "SERV", 12, 0.1)),
        r"value added of PPP, SERV is \d+ USD million but value added of PPP, SERV is \d+",
    ),
]


@pytest.mark.parametrize(("data", "message"), BAD, ids=range(len(BAD)))
def test_bad_margins_are_named(parent, data, message):
    with pytest.raises(tt.BadInput, match=message):
        split_world(parent, MarginsFile.model_validate(data))


def test_pieces_larger_than_the_region_together(parent):
    size = float(parent.value_added.sel(country="ROW"))
    data = change(0, value=0.6 * size)
    data["margins"][1]["value"] = 0.6 * size
    with pytest.raises(tt.BadInput, match=r"the pieces' gdp is [\d,]+ USD million, ROW has [\d,]+"):
        split_world(parent, MarginsFile.model_validate(data))


def test_a_piece_of_a_real_world_is_a_real_country():
    data = content(parent="icio-2021", pieces={"KGS": {"donors": {"KAZ": 1}}}, margins=[])
    with pytest.raises(tt.BadInput, match=r"'KGS' is not a known country code .*did you mean.* KGZ"):
        split_world(tt.load_world("icio-2021"), MarginsFile.model_validate(data))


def test_a_wrong_unit_is_named():
    file = MarginsFile.model_validate(
        content(
            unit=1.0,
            pieces={"KGZ": {"donors": {"AAA": 1}}},
            margins=[{"quantity": "gdp", "piece": "KGZ", "value": 9.2, "reliability": 0.1}],
        )
    )
    with pytest.raises(
        tt.BadInput, match=r"gdp of KGZ is 9 USD million, 0.001 times the published 9,200: is the"
    ):
        split_world(small_world(), file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema_version: 1\nname: x\nparent: y\npieces: {}", "pieces must not be empty|pieces"),
        ("name: [", "not valid YAML"),
        (
            "schema_version: 1\nname: x\nparent: y\npieces: {PPP: {doners: {AAA: 1}}}",
            r"pieces.PPP.doners is not a known field \(did you mean donors",
        ),
        (
            "schema_version: 1\nname: x\nparent: y\npieces: {PPP: {donors: {AAA: 1}}}\n"
            "margins: [{quantity: gdp, piece: PPP, value: -3, reliability: 0.1}]",
            r"margins\[0\].value.*greater than 0",
        ),
        (
            "schema_version: 1\nname: x\nparent: y\npieces: {PPP: {donors: {AAA: 1}}}\ntables: [none.csv]",
            "none.csv: no such file",
        ),
    ],
)
def test_a_bad_file_is_refused(tmp_path, text, message):
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    with pytest.raises(tt.BadInput, match=message):
        read_margins(path)


def test_a_bad_table_is_refused(tmp_path):
    head = "schema_version: 1\nname: x\nparent: y\npieces: {PPP: {donors: {AAA: 1}}}\ntables: [t.csv]"
    (tmp_path / "m.yaml").write_text(head)
    (tmp_path / "t.csv").write_text("quantity,piece,worth\n")
    with pytest.raises(tt.BadInput, match=r"column 'worth' is not known"):
        read_margins(tmp_path / "m.yaml")
    (tmp_path / "t.csv").write_text("quantity,piece,value,reliability\ngdp,PPP,-1,0.1\n")
    with pytest.raises(tt.BadInput, match=r"row 0: value: .*greater than 0"):
        read_margins(tmp_path / "m.yaml")


def test_the_region_is_read_off_the_parent(parent):
    cells = region_cells(parent, "ROW")
    assert cells.exports.sum() + cells.inner.sum() == pytest.approx(parent.accounts.output[2].sum())
    assert replace(cells).duty.sum() == pytest.approx(parent.accounts.tariff_revenue[2])
