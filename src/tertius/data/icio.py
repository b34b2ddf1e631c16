# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Readers of the raw input-output files: the yearly flow files and the 2022 table of use."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tertius.errors import BadInput

__all__ = ["FlowFile", "UseTable", "read_flows", "read_use"]

SERVICES = {"Services (aggregate)": "SERV"}


@dataclass(frozen=True, slots=True)
class FlowFile:
    """One year of flows, tariffs and published trade elasticities.

    Attributes
    ----------
    countries, sectors
        Labels in file order; services are ``SERV``.
    trade, tariff
        ``[exporter, importer, sector]``, USD million at basic prices; ad valorem.
    elasticity
        Set name -> theta ``[sector]``.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    trade: NDArray[np.float64]
    tariff: NDArray[np.float64]
    elasticity: dict[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class UseTable:
    """Intermediate use in the 2022 table, summed over suppliers.

    Attributes
    ----------
    countries, sectors
        Labels in file order (no rest of the world; 50 sectors).
    use
        ``[country, input, sector]``, USD million, all suppliers but the rest of the world.
    output
        ``[country, sector]``, gross output, USD million.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    use: NDArray[np.float64]
    output: NDArray[np.float64]


def read_flows(path: Path) -> FlowFile:
    """Read one yearly flow file (MATLAB v7.3, which is HDF5 with reversed axes).

    Parameters
    ----------
    path
        ``ICIO{year}.mat``.

    Returns
    -------
    FlowFile

    Raises
    ------
    BadInput
        If the file is missing or not of this kind.
    """
    h5py = _h5py()
    if not path.is_file():
        raise BadInput(str(path), "no such file", "give the folder that holds icio/ICIO{year}.mat")
    try:
        with h5py.File(path) as f:
            return FlowFile(
                countries=_words(f, "countries"),
                sectors=_words(f, "sectors"),
                trade=_cube(f, "Xjik_3D"),
                tariff=_cube(f, "tjik_3D"),
                elasticity={k: np.ravel(f[f"data/sigma/{k}/epsilon_S"]) for k in sorted(f["data/sigma"])},
            )
    except (OSError, KeyError, ValueError) as error:
        raise BadInput(str(path), f"not a flow file ({error})", "give ICIO{year}.mat, unchanged") from error


def _words(f: Any, key: str) -> tuple[str, ...]:
    words = ("".join(chr(int(c)) for c in np.ravel(f[r])) for r in np.ravel(f[f"data/{key}"]))
    return tuple(SERVICES.get(w, w) for w in words)


def _cube(f: Any, key: str) -> NDArray[np.float64]:
    return np.ascontiguousarray(f[f"data/{key}"][()].transpose(2, 1, 0), dtype=np.float64)


def read_use(path: Path) -> UseTable:
    """Read the 2022 table of intermediate use.

    Parameters
    ----------
    path
        ``icio2022_Z_country_major_f32.npz``: rows and columns are country x sector.

    Returns
    -------
    UseTable

    Raises
    ------
    BadInput
        If the file is missing or not of this kind.
    """
    if not path.is_file():
        raise BadInput(str(path), "no such file", "give the folder that holds the raw icio/ files")
    try:
        with path.open("rb") as handle, np.load(handle, allow_pickle=False) as z:
            countries, sectors = tuple(map(str, z["countries"])), tuple(map(str, z["sectors"]))
            n, s = len(countries), len(sectors)
            flows, output = z["Z"].reshape(n, s, n, s), z["GO"].reshape(n, s).astype(np.float64)
    except (OSError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise BadInput(str(path), f"not the table of use ({error})", "give the file unchanged") from error
    use = flows.sum(axis=0, dtype=np.float64).transpose(1, 0, 2)
    return UseTable(countries, sectors, np.ascontiguousarray(use), output)


def _h5py() -> Any:
    try:
        import h5py
    except ImportError as error:
        raise ImportError("h5py is not installed; `pip install tertius[build]` brings it") from error
    return h5py
