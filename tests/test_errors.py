# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Errors that a user can act on."""

from __future__ import annotations

import pytest

from tertius.errors import BadInput, NotSolved, nearest, unknown


def test_the_message_says_where_what_and_what_to_do():
    error = BadInput("my.yaml: measures[0]", "is wrong", "mend it")
    assert str(error) == "my.yaml: measures[0]: is wrong; mend it"
    assert (error.where, error.what, error.remedy) == ("my.yaml: measures[0]", "is wrong", "mend it")
    assert str(BadInput("here", "is wrong")) == "here: is wrong"
    assert isinstance(error, ValueError)
    assert issubclass(NotSolved, RuntimeError)


@pytest.mark.parametrize(
    ("got", "known", "near"),
    [
        ("DUE", ["DEU", "USA"], ["DEU"]),
        ("deu", ["DEU", "USA"], ["DEU"]),
        ("exprot_ban", ["embargo", "export_ban", "import_ban"], ["export_ban", "import_ban"]),
        ("xyz", ["DEU", "USA"], []),
        ("", ["DEU"], []),
    ],
)
def test_nearest(got, known, near):
    assert nearest(got, known) == near


def test_nearest_gives_at_most_so_many():
    assert len(nearest("aaa", ["aab", "aac", "aad", "aae"])) == 3
    assert len(nearest("aaa", ["aab", "aac", "aad", "aae"], n=1)) == 1


def test_unknown_with_a_near_name():
    text = str(unknown("my.yaml", "country", "DUE", ["DEU", "USA"]))
    assert text == "my.yaml: 'DUE' is not a known country (2 are known); did you mean DEU?"


def test_unknown_without_lists_what_there_is_up_to_twelve():
    assert str(unknown("f", "kind", "?", ["a", "b"])).endswith("known are a, b")
    many = [f"name{k}" for k in range(20)]
    text = str(unknown("f", "kind", "?", iter(many)))
    assert "(20 are known)" in text
    assert text.endswith("name11 ...")
    assert "name12" not in text
