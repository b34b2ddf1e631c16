# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Numbers and equations as they are written."""

import doctest
import xml.etree.ElementTree as ET
from importlib import import_module

import pytest

from tertius.errors import BadInput
from tertius.report.charts.svg import coordinate, element
from tertius.report.maths import mathml
from tertius.report.numbers import between, number

MODULES = ["numbers", "maths", "charts.svg", "charts.colours", "charts.axis", "charts.range_strip"]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    found = doctest.testmod(import_module(f"tertius.report.{name}"))
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (-4.321, 2, "−4.32"),
        (0.0, 2, "0.00"),
        (-0.0, 2, "0.00"),
        (0.004, 2, "0.00"),
        (1e6, 0, "+1\u202f000\u202f000"),
    ],
)
def test_numbers(value, digits, text):
    assert number(value, digits) == text


def test_ranges_name_both_ends():
    assert between(-0.08, 0.11) == "−0.08 to +0.11"


def test_coordinates_are_short_and_attributes_escaped():
    assert [coordinate(x) for x in (10.0, 1 / 3, -1e-9, 1234.5)] == ["10", "0.33", "0", "1234.5"]
    assert ET.fromstring(element("a", title='"<&>')).get("title") == '"<&>'


def test_equations_become_mathml():
    root = ET.fromstring(
        mathml(r"\hat P_n^s = [ \sum_i \pi_{ni} x ]^{-1/\theta^s} \text{for all} \frac{a}{b}")
    )
    tags = [e.tag.rpartition("}")[2] for e in root.iter()]
    assert {"msubsup", "munder", "mfrac", "mover", "mtext"} <= set(tags)
    assert "".join(root.itertext()) == "PˆnsA=[∑iπnix]−1/θsforallab".replace("A", "")


@pytest.mark.parametrize("tex", [r"\evil x", "x_{n", "x_", r"\frac{a}"])
def test_faulty_equations_are_refused(tex):
    with pytest.raises(BadInput, match="equation"):
        mathml(tex)
