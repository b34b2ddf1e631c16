# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Random payoffs, for theorems that hold for any."""

from dataclasses import replace

import numpy as np

from tertius.choice.example import line


def random_payoffs(seed, n=7, sets=2):
    """Any traffic, any payoffs of anybody in any state; poles in random rows."""
    rng = np.random.default_rng(seed)
    x = rng.permutation(np.append(rng.random(n - 2), [0.0, 1.0]))
    return replace(
        line(n),
        sets=tuple(f"set {e}" for e in range(sets)),
        stance=x[:, None],
        traffic=rng.random((sets, n)),
        value=rng.normal(0.0, 10.0, (sets, 3, n, 2, 2)),
    )


def with_penalty(payoffs, side, size):
    """The focal state loses ``size`` more in every state in which W (side 0) or R (side 1) strikes."""
    value = payoffs.value.copy()
    struck = (slice(None), 0, slice(None), 1) if side == 0 else (slice(None), 0, slice(None), slice(None), 1)
    value[struck] -= size
    return replace(payoffs, value=value)
