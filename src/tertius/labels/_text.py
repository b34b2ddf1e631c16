# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Reading the label files and comparing names as people write them."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib.resources import files

__all__ = ["close_codes", "fold", "read_rows", "split_list"]


def fold(text: str) -> str:
    """Reduce a name to what identifies it: case, outer blanks and the kind of apostrophe do not.

    Examples
    --------
    >>> fold("  Côte d’Ivoire ") == fold("CÔTE D'IVOIRE")
    True
    """
    plain = unicodedata.normalize("NFKC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(plain.casefold().split())


def split_list(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values with bars between them.

    Examples
    --------
    >>> split_list("ROM|Rumania"), split_list("")
    (('ROM', 'Rumania'), ())
    """
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def read_rows(name: str) -> list[dict[str, str]]:
    """Read one of this room's comma-separated files; every value stays text.

    Examples
    --------
    >>> read_rows("sectors.csv")[3]["code"]
    'B05'
    """
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def close_codes(got: str, codes_by_name: Mapping[str, str], allowed: Iterable[str], n: int = 3) -> list[str]:
    """Give the allowed codes whose long names look most like ``got``.

    Parameters
    ----------
    got
        What the user wrote.
    codes_by_name
        Folded names and the code of each.
    allowed
        Codes that make sense where the name was used.
    n
        How many at most.

    Examples
    --------
    >>> close_codes("Kazahstan", {"kazakhstan": "KAZ", "pakistan": "PAK"}, ["KAZ", "PAK"], n=1)
    ['KAZ']
    """
    fine = set(allowed)
    names = [name for name, code in codes_by_name.items() if code in fine and len(name) > 3]
    hits = get_close_matches(fold(got), names, n=2 * n, cutoff=0.75)
    return list(dict.fromkeys(codes_by_name[hit] for hit in hits))[:n]
