# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What is asked of every answer of the command line."""

import json

import pytest


def refused(result, *words, lines=1):
    """Code 2, nothing on stdout, a short message on stderr without a traceback."""
    code, out, err = result
    assert code == 2, err
    assert out == ""
    assert "Traceback" not in err
    assert 1 <= len(err.strip().splitlines()) <= lines
    for word in words:
        assert word in err
    return True


def loads(text):
    return json.loads(text, parse_constant=pytest.fail)
