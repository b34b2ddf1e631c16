# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Labels of arrays, made once: thousands of arrays have the same, and making them costs more than sharing."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["coordinates"]


@lru_cache(maxsize=128)
def coordinates(dims: tuple[str, ...], labels: tuple[tuple[str, ...], ...]) -> xr.Coordinates:
    """Coordinates of an array with these dimensions.

    Parameters
    ----------
    dims
        Names of the dimensions.
    labels
        Labels of each.

    Returns
    -------
    xarray.Coordinates
        The same object for the same labels; an array made with it carries the same indexes.

    Examples
    --------
    >>> import numpy as np, xarray as xr
    >>> own = coordinates(("country",), (("AAA", "BBB"),))
    >>> made = xr.DataArray(np.ones(2), coords=own, dims=("country",))
    >>> made.indexes["country"] is own.xindexes["country"].index
    True
    """
    import xarray as xr

    return xr.Coordinates({d: list(own) for d, own in zip(dims, labels, strict=True)})
