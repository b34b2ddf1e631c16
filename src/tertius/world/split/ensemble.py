# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Other splits that the margins would also admit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tertius.errors import BadInput
from tertius.world.accounts import Array
from tertius.world.split.families import cells_of
from tertius.world.split.grades import grades
from tertius.world.split.layout import region_cells
from tertius.world.split.solve import rounded_shares, solve_cells
from tertius.world.split.split import Split

__all__ = ["draw_splits"]

MOST = 2.0  # margins move by at most two of their standard deviations
CELL = (0.1, 0.2, 0.4, 0.3)  # standard deviation of single cells by grade: observed ... donor
FIRM = 0.5  # the drawn margin is held with half of its own spread
SPREAD = 1.0  # of the prior, which is the central split here and no guess
PRECISION = 1e-3  # of factors: far below the spread of any margin


def draw_splits(split: Split, draws: int, seed: int = 0) -> Iterator[Split]:
    """Draw splits around a given one: margins move within their reliability, cells within their grade.

    Parameters
    ----------
    split
        The central split, which is the prior of every draw.
    draws
        How many.
    seed
        The same seed gives the same draws, and the first ones do not depend on how many are asked for.

    Yields
    ------
    Split
        Each adds up to the parent exactly, as the central one does.

    Raises
    ------
    BadInput
        If fewer than one draw is asked for.

    Examples
    --------
    >>> from tertius.world.split import load_split
    >>> drawn = next(draw_splits(load_split("eurasia-2021"), 1))
    >>> drawn.name
    'eurasia-2021-draw0'
    """
    if draws < 1:
        raise BadInput("draws", f"{draws} is not a number of draws", "ask for one or more")
    return (_draw(split, k, np.random.default_rng([seed, k])) for k in range(draws))


def _draw(split: Split, number: int, rng: np.random.Generator) -> Split:
    frame = split.frame
    layout, cells = frame.layout, region_cells(split.parent, frame.region)
    index = layout.index()
    covered = [cells_of(m, frame, index, split.name) for m in split.margins]
    center = layout.join(split.blocks)
    step = np.clip(rng.standard_normal(len(covered)), -MOST, MOST)
    margins = [
        m.model_copy(
            update={
                "value": max(float(center[c].sum()), 1e-9) * float(np.exp(z * m.reliability)),
                "reliability": FIRM * m.reliability,
            }
        )
        for m, c, z in zip(split.margins, covered, step, strict=True)
    ]
    prior = _shaken(split, center, rng)
    blocks, story = solve_cells(frame, cells, prior, margins, covered, PRECISION, SPREAD)
    inner = blocks["inner"].copy()
    inner[-1, -1] = 0.0
    return Split(
        split.parent,
        frame,
        split.pieces,
        split.margins,
        blocks["exports"][:-1],
        blocks["imports"][:-1],
        inner,
        rounded_shares(blocks),
        split.tariff_outside,
        split.tariff_members,
        f"{split.name}-draw{number}",
        dict(split.record) | {"draw": number, "solve": story},
    )


def _shaken(split: Split, center: Array, rng: np.random.Generator) -> Array:
    """Cells times log-normal noise of mean one; what is left of the region stays."""
    layout = split.frame.layout
    spread = layout.join({k: np.array(CELL)[v] for k, v in grades(split).items()})
    rest = {k: np.zeros(shape) for k, shape in layout.shapes.items()}
    for k, shape in layout.shapes.items():
        rest[k][-1] = 1.0
        if k == "inner":
            rest[k][:, -1] = 0.0
            rest[k][-1] = 0.0
            rest[k][np.arange(shape[0]), np.arange(shape[0])] = 1.0
    spread = np.where(layout.join(rest) > 0, 0.0, spread)
    noise = rng.standard_normal(len(center)).clip(-MOST, MOST)
    return np.maximum(center, 0.0) * np.exp(spread * noise - spread**2 / 2)
