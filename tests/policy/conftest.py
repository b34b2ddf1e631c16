# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The small world, and scenario files written on the spot."""

from __future__ import annotations

import pytest
import yaml
from scenario_files import WORLD, scenario

import tertius as tt


@pytest.fixture(scope="session")
def world():
    return WORLD


@pytest.fixture
def write(tmp_path):
    """Write a scenario as my.yaml: text as it is, anything else as YAML."""

    def writer(content, name="my.yaml"):
        path = tmp_path / name
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        return path

    return writer


@pytest.fixture
def wedges(write, world):
    """Wedges of some measures on the small world."""
    return lambda *measures, on=world: tt.Scenario.load(write(scenario(*measures))).wedges(on)
