# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Errors that a user can act on: where it is, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["BadInput", "NotSolved", "nearest", "unknown"]


class BadInput(ValueError):
    """Something the user supplied cannot be used.

    Parameters
    ----------
    where
        File and place, for example ``"my.yaml: measures[0].importers"``.
    what
        What is wrong there.
    remedy
        What to do about it; may be empty.

    Examples
    --------
    >>> print(BadInput("my.yaml", "no measures", "add at least one"))
    my.yaml: no measures; add at least one
    """

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        self.where, self.what, self.remedy = where, what, remedy
        super().__init__(f"{where}: {what}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[BadInput], tuple[str, str, str]]:
        """Travel between processes whole."""
        return BadInput, (self.where, self.what, self.remedy)


class NotSolved(RuntimeError):
    """An equilibrium was asked for and not found; the message tells the story of the solve."""


def nearest(got: str, known: Iterable[str], n: int = 3) -> list[str]:
    """Give the known names that look most like ``got``, ignoring case.

    Examples
    --------
    >>> nearest("DUE", ["DEU", "USA"])
    ['DEU']
    """
    by_fold = {k.casefold(): k for k in known}
    return [by_fold[m] for m in get_close_matches(got.casefold(), by_fold, n=n, cutoff=0.5)]


def unknown(where: str, kind: str, got: str, known: Iterable[str]) -> BadInput:
    """Build the error for a name that does not exist, with the nearest ones that do.

    Examples
    --------
    >>> print(unknown("my.yaml", "country", "DUE", ["DEU", "USA"]))
    my.yaml: 'DUE' is not a known country (2 are known); did you mean DEU?
    """
    names = list(known)
    near = nearest(got, names)
    hint = (
        f"did you mean {', '.join(near)}?"
        if near
        else f"known are {', '.join(names[:12])}" + (" ..." if len(names) > 12 else "")
    )
    return BadInput(where, f"{got!r} is not a known {kind} ({len(names)} are known)", hint)
