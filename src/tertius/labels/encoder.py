# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""From the codes and names of raw files to ours: known, fixable, ignored - anything else raises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tertius.errors import BadInput
from tertius.labels._text import fold
from tertius.labels.countries import country_aliases, known_countries
from tertius.labels.sectors import SECTORS, sector_aliases

__all__ = ["Encoder", "country_encoder", "sector_encoder"]


@dataclass(frozen=True)
class Encoder:
    """Brings one column of a raw file to our codes, and lets nothing through that it does not know.

    Parameters
    ----------
    kind
        What is encoded, for messages: ``"country"``.
    known
        Our own codes; they pass unchanged.
    fixable
        Other spellings and the code of each. Case, outer blanks and the kind of apostrophe are ignored.
    ignored
        Spellings to leave out on purpose, such as totals; they become ``None``.

    Raises
    ------
    tertius.errors.BadInput
        If a fix leads to a code that is not known, or a spelling has two meanings.

    Examples
    --------
    >>> encoder = Encoder("country", ("KAZ", "ROU"), {"ROM": "ROU"}, ("World",))
    >>> encoder.encode(["ROM", "KAZ", "World"], "flows.csv: partner")
    ['ROU', 'KAZ', None]
    >>> encoder.encode(["Atlantis", "KAZ", "Atlantis"], "flows.csv: partner")
    Traceback (most recent call last):
    ...
    tertius.errors.BadInput: flows.csv: partner: 1 country label is strange: 'Atlantis' (2 times); \
fix or ignore each by name
    """

    kind: str
    known: tuple[str, ...]
    fixable: Mapping[str, str] = field(default_factory=dict)
    ignored: Iterable[str] = ()
    _codes: dict[str, str | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        here = f"{self.kind} encoder"
        if lost := sorted({code for code in self.fixable.values() if code not in self.known}):
            raise BadInput(here, f"fixes lead to codes that are not known: {', '.join(lost)}")
        codes: dict[str, str | None] = {fold(code): code for code in self.known}
        for spelling, code in self.fixable.items():
            if codes.setdefault(fold(spelling), code) != code:
                raise BadInput(here, f"{spelling!r} is a known code or fixed already, and cannot mean {code}")
        for spelling in self.ignored:
            if codes.setdefault(fold(spelling)) is not None:
                raise BadInput(here, f"{spelling!r} is to be ignored but stands for {codes[fold(spelling)]}")
        object.__setattr__(self, "_codes", codes)

    def encode(self, labels: Iterable[str], where: str) -> list[str | None]:
        """Encode a column.

        Parameters
        ----------
        labels
            Raw codes or names; codes must have been read as text.
        where
            File and column, for the error.

        Returns
        -------
        list
            Our code for each label, ``None`` where it is ignored on purpose.

        Raises
        ------
        tertius.errors.BadInput
            Naming every label that is neither known, fixable nor ignored.

        Examples
        --------
        >>> country_encoder().encode(["Türkiye", "398"], "flows.csv: partner")
        ['TUR', 'KAZ']
        """
        out: list[str | None] = []
        strangers: Counter[str] = Counter()
        for label in labels:
            key = fold(label) if isinstance(label, str) else None
            if key is None or key not in self._codes:
                strangers[repr(label)] += 1
            else:
                out.append(self._codes[key])
        if strangers:
            raise BadInput(where, self._complaint(strangers), "fix or ignore each by name")
        return out

    def _complaint(self, strangers: Counter[str]) -> str:
        count = len(strangers)
        names = ", ".join(f"{label} ({times} time{'s'[: times > 1]})" for label, times in strangers.items())
        return f"{count} {self.kind} label{'s are' if count > 1 else ' is'} strange: {names}"


def country_encoder(fixes: Mapping[str, str] | None = None, ignored: Iterable[str] = ()) -> Encoder:
    """Build an encoder to ISO3 that knows the usual names and codes of trade files.

    Parameters
    ----------
    fixes
        Further spellings of the file at hand; they win over ours.
    ignored
        Labels to leave out: totals, areas, "not elsewhere specified".

    Examples
    --------
    >>> country_encoder(ignored=["World"]).encode(["ZAR", "Korea, Rep.", "World"], "flows.csv")
    ['COD', 'KOR', None]
    """
    return Encoder("country", known_countries(), country_aliases() | _folded(fixes), tuple(ignored))


def sector_encoder(fixes: Mapping[str, str] | None = None, ignored: Iterable[str] = ()) -> Encoder:
    """Build an encoder to our sector codes.

    Examples
    --------
    >>> sector_encoder().encode(["C26", "Services (aggregate)"], "icio.mat")
    ['C26', 'SERV']
    """
    return Encoder("sector", SECTORS, sector_aliases() | _folded(fixes), tuple(ignored))


def _folded(fixes: Mapping[str, str] | None) -> dict[str, str]:
    return {fold(spelling): code for spelling, code in (fixes or {}).items()}
