# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Two routes files as one: what a scenario sends through hubs, and what a lever closes elsewhere."""

from __future__ import annotations

from dataclasses import replace

from tertius.errors import BadInput
from tertius.routes.routes import Routes

__all__ = ["merged"]


def merged(first: Routes, second: Routes) -> Routes:
    """Put the routes of two files side by side.

    Parameters
    ----------
    first
        Its name, summary and chosen values stay.
    second
        Its paths keep their own elasticity of routes. Values that were chosen for it are not kept: the levels
        of the first (``low``, ``central``, ``high``) hold for both.

    Returns
    -------
    Routes

    Raises
    ------
    BadInput
        If both describe the same hub or goods group, or let another sector pay the margins.

    Examples
    --------
    >>> both = merged(Routes.load("kazakhstan-2022"), Routes.load("kazakhstan-oil"))
    >>> both.id, "RUS" in [h.hub for h in both.file.hubs]
    ('kazakhstan-2022+kazakhstan-oil', True)
    """
    a, b = first.file, second.file
    where = f"{first.source} and {second.source}"
    if a.services != b.services:
        raise BadInput(
            where, f"margins are paid to {a.services} and to {b.services}", "let both pay the same"
        )
    for kind, ours, theirs in (
        ("hub", {h.hub for h in a.hubs}, {h.hub for h in b.hubs}),
        ("goods group", {g.name for g in a.groups}, {g.name for g in b.groups}),
    ):
        if both := sorted(ours & theirs):
            raise BadInput(where, f"both describe {kind} {both[0]}", "write one file")
    paths = tuple(p if p.q else p.model_copy(update={"q": b.q}) for p in b.paths)
    changed = {
        "groups": (*a.groups, *b.groups),
        "hubs": (*a.hubs, *b.hubs),
        "paths": (*a.paths, *paths),
        "not_modelled": (*a.not_modelled, *b.not_modelled),
    }
    file = a.model_copy(update={"name": f"{a.name}+{b.name}", **changed})
    return replace(first, file=file, source=where, text=f"{first.text}\n---\n{second.text}")
