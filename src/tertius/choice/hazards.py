# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""How likely a power strikes at a stance: nothing here is estimated, all of it is swept."""

from __future__ import annotations

import numpy as np

from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput

__all__ = ["POWERS", "hazard"]

POWERS = (0.5, 1.0, 1.5, 2.0, 3.0)


def hazard(exposure: Array, intensity: Array | float, power: Array | float, where: str = "hazards") -> Array:
    """Probability of a strike, ``min(1, h y^k)``.

    Parameters
    ----------
    exposure
        What provokes the power, in [0, 1]: traffic y for the western one, 1 - y for the eastern one.
    intensity
        h >= 0, the probability at full exposure while below one.
    power
        k > 0, the curvature: above one, small exposure is nearly safe.
    where
        Place that an error names.

    Returns
    -------
    numpy.ndarray
        In [0, 1], shape of the three together.

    Raises
    ------
    BadInput
        If an intensity is negative or a power is not positive.

    Examples
    --------
    >>> hazard(np.array([0.0, 0.5, 1.0]), 0.8, 2.0).round(3).tolist()
    [0.0, 0.2, 0.8]
    """
    h, k = np.asarray(intensity, dtype=np.float64), np.asarray(power, dtype=np.float64)
    if not (h >= 0).all():
        raise BadInput(
            f"{where}: intensity", f"{np.min(h):g} is negative or no number", "give h of zero or more"
        )
    if not (k > 0).all():
        raise BadInput(f"{where}: power", f"k = {np.min(k):g} is not positive", "give k > 0, for example 1.5")
    return np.minimum(1.0, h * np.clip(exposure, 0.0, 1.0) ** k)
