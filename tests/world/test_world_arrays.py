# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""`World.from_arrays`: accounts by hand, labels, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose, assert_array_equal

import tertius as tt
from strategies import worlds

NAMES = (["AAA", "BBB", "CCC"], ["X", "Y"])
FLOW, CELL = ("exporter", "importer", "sector"), ("country", "sector")
DIMS = {
    "trade": FLOW,
    "tariff": FLOW,
    "trade_share": FLOW,
    "input_share": ("country", "input", "sector"),
    "value_added_share": CELL,
    "final_share": CELL,
    "expenditure": CELL,
    "output": CELL,
    "elasticity": ("sector",),
    "value_added": ("country",),
    "deficit": ("country",),
}


def refused(arrays, *words, names=NAMES, **changes):
    with pytest.raises(tt.BadInput) as caught:
        tt.World.from_arrays(*names, **(arrays | changes))
    message = str(caught.value)
    assert message.startswith("world unnamed")
    assert "\n" not in message
    for word in words:
        assert word in message, message
    return message


def changed(array, index, value):
    out = np.array(array)
    out[index] = value
    return out


# --- accounts ---------------------------------------------------------------------------------------


def test_accounts_by_hand(golden):
    assert_array_equal(golden.output, [[66, 88], [50, 60], [24, 0]])
    # A buys X for 50 + 1.25 * 8 + 4, C buys X for 1.5 * 6 + 2 + 16 and Y for 1.125 * 8.
    assert_array_equal(golden.expenditure, [[64, 80], [54, 60], [27, 9]])
    assert_array_equal(golden.value_added_share, [[0.625, 0.875]] * 3)
    assert_array_equal(golden.value_added, [0.625 * 66 + 0.875 * 88, 0.625 * 50 + 0.875 * 60, 0.625 * 24])
    assert_array_equal(golden.accounts.tariff_revenue, [2, 0, 4])
    assert_array_equal(golden.deficit, [12 - 24, 14 - 10, 16 - 8])
    # Final = use - inputs: A needs 0.25 * 66 + 0.125 * 88 of X and 0.125 * 66 of Y.
    final = [[36.5, 71.75], [34, 53.75], [21, 6]]
    assert_array_equal(golden.accounts.final_demand, final)
    assert_allclose(golden.final_share, np.array(final) / np.sum(final, axis=1, keepdims=True), rtol=1e-15)
    assert_array_equal(golden.accounts.income, np.sum(final, axis=1))
    assert golden.trade_share.sel(exporter="BBB", importer="AAA", sector="X") == 10 / 64


def test_zero_output_is_harmless(golden):
    assert golden.output.sel(country="CCC", sector="Y") == 0
    assert golden.trade_share.sel(exporter="AAA", importer="CCC", sector="Y") == 1
    assert golden.check().ok


def test_nothing_bought_means_home_share_one(arrays):
    trade = arrays["trade"]
    trade[:, :, 1] = 0
    arrays["input_share"][:, 1, :] = 0
    world = tt.World.from_arrays(*NAMES, **arrays)
    assert_array_equal(world.trade_share.sel(sector="Y"), np.eye(3))
    assert_array_equal(world.final_share.sel(sector="Y"), 0)


def test_given_final_demand_must_be_the_residual(arrays, golden):
    final = golden.accounts.final_demand
    assert tt.World.from_arrays(*NAMES, **arrays, final_demand=final).hash
    message = refused(arrays, "accounts do not close", "BBB Y", final_demand=changed(final, (1, 1), 54.75))
    assert "AAA" not in message
    refused(arrays, "final_demand has shape (2, 3), expected (3, 2)", final_demand=final.T)
    refused(arrays, "do not close", "CCC X (nan)", final_demand=changed(final, (2, 0), np.nan))


@given(worlds())
def test_identities_hold_in_any_world(world):
    assert world.check().ok
    assert_allclose(world.trade_share.sum("exporter"), 1.0, rtol=0, atol=1e-14)
    assert_allclose(world.final_share.sum("sector"), 1.0, rtol=0, atol=1e-14)
    a = world.accounts
    assert_allclose(a.income, a.final_demand.sum(axis=1), rtol=1e-12)
    assert abs(float(world.deficit.sum())) <= 1e-12 * a.income.sum()


# --- labels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "dims"), DIMS.items())
def test_dimensions_coordinates_units(golden, name, dims):
    array = getattr(golden, name)
    assert array.dims == dims
    assert array.name == name
    assert array.attrs["unit"]
    for dim in dims:
        assert list(array.indexes[dim]) == NAMES[dim in ("sector", "input")]


def test_money_is_in_million_dollars(golden):
    for name in ("trade", "expenditure", "output", "value_added", "deficit"):
        assert getattr(golden, name).attrs["unit"] == "USD million"


def test_input_share_is_input_by_sector(golden):
    assert golden.input_share.sel(country="AAA", input="Y", sector="X") == 0.125
    assert golden.input_share.sel(country="AAA", input="Y", sector="Y") == 0


# --- nothing can be changed -------------------------------------------------------------------------


def test_arrays_are_read_only_and_copied(arrays):
    world = tt.World.from_arrays(*NAMES, **arrays)
    for array in (world.trade_values, world.tariff_values, world.accounts.trade_share, world.accounts.income):
        with pytest.raises(ValueError, match=r"read-only"):
            array[0] = 1
    before = world.hash
    arrays["trade"][0, 0, 0] = 999
    world.trade[0, 0, 0] = 999  # a labelled array is the caller's own copy
    assert world.trade_values[0, 0, 0] == 50
    assert world.hash == before
    with pytest.raises(AttributeError):
        world.year = 2022


# --- refusals ---------------------------------------------------------------------------------------


def test_negative_residual_names_place_and_size(arrays):
    share = changed(arrays["input_share"], (1, 1, 0), 0.74)
    share[1, 1, 1] = 0.5
    message = refused(arrays, "final demand would be negative", "BBB Y (-7)", input_share=share)
    assert "AAA" not in message
    assert "CCC" not in message


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_flows_must_be_finite_and_not_negative(arrays, bad):
    trade = changed(arrays["trade"], (1, 0, 0), bad)
    refused(arrays, "trade is not a finite number >= 0", f"BBB AAA X ({bad:.6g})", trade=trade)


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_tariffs_must_be_finite_and_above_minus_one(arrays, bad):
    tariff = changed(arrays["tariff"], (2, 1, 1), bad)
    refused(arrays, "tariff is not a finite number > -1", "CCC BBB Y", tariff=tariff)


@pytest.mark.parametrize("bad", [-0.1, 1.1, np.nan])
def test_cost_shares_must_be_shares(arrays, bad):
    share = changed(arrays["input_share"], (2, 0, 1), bad)
    refused(arrays, "input_share is not between 0 and 1", "CCC X Y", input_share=share)


def test_inputs_may_not_cost_more_than_output(arrays):
    share = changed(arrays["input_share"], (2, slice(None), 1), 0.75)
    refused(arrays, "inputs cost more than the output", "CCC Y (1.5)", input_share=share)


@pytest.mark.parametrize("bad", [0.0, -4.0, np.nan, np.inf])
def test_elasticities_must_be_positive(arrays, bad):
    refused(arrays, "elasticity is not", "Y", elasticity=[4.0, bad])
    refused(arrays, "elasticity set mine is not", elasticity_sets={"mine": [4.0, bad]})


def test_labels_must_be_names_and_differ(arrays):
    refused(arrays, "country AAA appears more than once", names=(["AAA", "AAA", "CCC"], ["X", "Y"]))
    refused(arrays, "sector X appears more than once", names=(NAMES[0], ["X", "X"]))
    refused(arrays, "country False is not a name", names=(["AAA", False, "CCC"], ["X", "Y"]))
    refused(arrays, "there is no country", names=([], ["X", "Y"]))


def test_shapes_are_compared_with_the_labels(arrays):
    refused(arrays, "trade has shape (3, 3), expected (3, 3, 2)", trade=arrays["trade"][:, :, 0])
    refused(arrays, "elasticity has shape (3,), expected (2,)", elasticity=[4, 4, 4])
    refused(arrays, "elasticity set mine has shape (1,)", elasticity_sets={"mine": [4.0]})


def test_what_is_no_array_of_numbers_is_named(arrays):
    refused(arrays, "elasticity: is not an array of numbers", elasticity=["four", "eight"])
    refused(arrays, "trade: is not an array of numbers", trade=[[1], [1, 2]])


def test_all_faults_come_in_one_message(arrays):
    trade = changed(arrays["trade"], (0, 1, 0), -3)
    tariff = changed(arrays["tariff"], (0, 1, 0), np.nan)
    refused(
        arrays, "trade is", "AAA BBB X (-3)", "tariff is", "(nan)", "elasticity is",
        trade=trade, tariff=tariff, elasticity=[4, -1],
    )  # fmt: skip
    refused(arrays, "appears more than once", "elasticity has shape", names=(["A", "A", "C"], ["X", "Y"]),
            elasticity=[4])  # fmt: skip


def test_a_long_list_is_cut_with_the_worst_first(arrays):
    trade = -np.arange(18.0).reshape(3, 3, 2)
    message = refused(arrays, "CCC CCC Y (-17)", "and 12 more", trade=trade)
    assert message.index("(-17)") < message.index("(-16)")


# --- elasticities -----------------------------------------------------------------------------------


def test_with_elasticity(golden):
    low = golden.with_elasticity("low")
    assert_array_equal(low.elasticity, [2, 3])
    assert low.elasticity_name == "low"
    assert low.hash != golden.hash
    own = golden.with_elasticity([5, 6])
    assert_array_equal(own.elasticity, [5, 6])
    assert own.elasticity_name == "custom"
    assert_array_equal(golden.elasticity, [4, 8])
    assert_array_equal(own.trade, golden.trade)


def test_with_elasticity_refuses(golden):
    with pytest.raises(tt.BadInput, match=r"'lw' is not a known elasticity set.*did you mean low"):
        golden.with_elasticity("lw")
    for bad in ([1.0], [1.0, 0.0], [1.0, np.nan], ["x", "y"]):
        with pytest.raises(tt.BadInput, match=r"world golden: elasticity"):
            golden.with_elasticity(bad)


def test_repr_is_short(golden):
    assert repr(golden) == "<World golden: 3 countries x 2 sectors, elasticities custom>"
