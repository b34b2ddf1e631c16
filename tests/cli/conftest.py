# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The command line in-process, in an empty folder, and scenario files for it."""

import sys

import pytest

from tertius import cli


@pytest.fixture
def tertius(monkeypatch, capsys, tmp_path):
    """Run the command line in an empty folder; give code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["tertius", *map(str, words)])
        hook = sys.excepthook
        try:
            with pytest.raises(SystemExit) as end:
                cli.main()
        finally:
            sys.excepthook = hook
        out, err = capsys.readouterr()
        return end.value.code, out, err

    return call


@pytest.fixture
def scenario(tmp_path):
    """Write a scenario with one measure; give its path."""

    def write(measure, name="mine"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(
            f"schema_version: 1\nname: {name}\ntitle: made up\n"
            f"measures:\n  - {{{measure}, why: {{title: made up}}}}\n",
            encoding="utf-8",
        )
        return path

    return write
