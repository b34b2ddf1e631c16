# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""One small real run, shared: another focal country, two elasticity sets, one closure."""

from pathlib import Path

import pytest

from tertius.report import run_study

SMALL = Path(__file__).with_name("small.yaml")


@pytest.fixture(scope="session")
def text():
    return SMALL.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def told():
    """What the progress callback of the shared run was told."""
    return []


@pytest.fixture(scope="session")
def run(tmp_path_factory, told):
    out = tmp_path_factory.mktemp("run") / "small"
    return run_study(SMALL, out, lambda *words: told.append(words))


@pytest.fixture
def edited(tmp_path, text):
    """Write the small study with some of its text exchanged; give the path."""

    def write(*changes):
        new = text
        for old, other in changes:
            assert new.count(old) >= 1, f"{old!r} is not in small.yaml"
            new = new.replace(old, other, 1)
        path = tmp_path / "mine.yaml"
        path.write_text(new, encoding="utf-8")
        return path

    return write


@pytest.fixture
def no_solving(monkeypatch):
    """Let any solve fail the test."""

    def fail(*_, **__):
        pytest.fail("something was solved before bad input was found")

    monkeypatch.setattr("tertius.study.cases.solve", fail)
