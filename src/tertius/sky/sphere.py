# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Points and great circles on the sphere, as unit vectors: no seam at 180 degrees, no pole to avoid."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["EARTH_KM", "along", "angle", "distance_km", "from_unit", "to_unit"]

Array = NDArray[np.float64]
EARTH_KM = 6371.0088  # mean radius (IUGG)


def to_unit(lat: ArrayLike, lon: ArrayLike) -> Array:
    """Turn latitude and longitude in degrees into unit vectors ``[..., 3]``.

    Examples
    --------
    >>> to_unit(90.0, 123.0).round(12).tolist()
    [-0.0, 0.0, 1.0]
    """
    phi, lam = np.radians(np.asarray(lat, dtype=np.float64)), np.radians(np.asarray(lon, dtype=np.float64))
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)


def from_unit(v: Array) -> tuple[Array, Array]:
    """Turn vectors ``[..., 3]`` into latitude and longitude in degrees.

    Examples
    --------
    >>> [round(float(x), 6) for x in from_unit(to_unit(43.2, -179.5))]
    [43.2, -179.5]
    """
    lat = np.degrees(np.arctan2(v[..., 2], np.hypot(v[..., 0], v[..., 1])))
    return lat, np.degrees(np.arctan2(v[..., 1], v[..., 0]))


def angle(a: Array, b: Array) -> Array:
    """Angle between unit vectors ``[..., 3]`` in radians, exact for near and for opposite points."""
    return np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), np.sum(a * b, axis=-1))


def distance_km(a: Array, b: Array) -> Array:
    """Length of the shorter great-circle arc between unit vectors, km.

    Examples
    --------
    >>> round(float(distance_km(to_unit(0, 0), to_unit(0, 90))), 2)
    10007.56
    """
    return EARTH_KM * angle(a, b)


def along(a: Array, b: Array, t: ArrayLike) -> Array:
    """Points at shares ``t`` ``[k]`` of the arc from a to b ``[3]``: ``[k, 3]``."""
    share = np.asarray(t, dtype=np.float64)[:, None]
    whole = float(angle(a, b))
    if whole < 1e-12:
        return np.repeat(a[None], len(share), axis=0)
    return (np.sin((1.0 - share) * whole) * a + np.sin(share * whole) * b) / np.sin(whole)
