# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Excess inflow of banned goods into hubs, and its ratio to the fall of direct exports to Russia."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from routes_calibration.imputation import Array, Mask, code_draws, growth, month_effects
from routes_calibration.panel import GROUPS, MONTHS, Panel

WINDOW = MONTHS[29:35]  # June to November 2022: after most transition periods, to the end of the panel
CHPL = tuple(g for g in GROUPS if g.startswith("chpl"))
ESTIMATED = ("chpl", *(g for g in GROUPS if g not in CHPL), "ALL")  # tiers pooled: too few codes each
BELARUS_GROUPS = ("vehicles", "luxury")  # not under Belarus's own export ban in 2022
LISTED = ("closed", "partly")


@dataclass(frozen=True)
class Design:
    """Which codes count as banned, and what they are compared with.

    Attributes
    ----------
    name
        Label in the tables.
    treated
        Roles of banned codes (see ``panel.ROLES``).
    controls
        ``all`` (untreated codes and the rest of trade), ``codes``, ``rest`` (total less panel), or ``world``
        (base trade times the growth of EU exports to third countries: no control in the hub).
    control_roles
        Roles of codes that serve as controls; those of October until their own ban.
    first
        First month of the base.
    window
        Months over which the excess is added up.
    same_months
        Base only on the months of the year before the window.
    whole
        Count only codes that an act lists as a whole.
    rest_keeps_dropped
        Leave codes without a counterpart before 2022 in the rest of trade, where their predecessors are.
    """

    name: str
    treated: tuple[str, ...] = LISTED
    controls: str = "all"
    control_roles: tuple[str, ...] = ("late", "steel")
    first: str = "2021-01"
    window: tuple[str, ...] = WINDOW
    same_months: bool = False
    whole: bool = False
    rest_keeps_dropped: bool = False


CENTRAL = Design("two-way")
WORLD = Design("third countries", controls="world", same_months=True)
VARIANTS = (
    Design("two-way, rest of trade only", controls="rest"),
    Design("two-way, codes that stayed open", controls="codes", control_roles=("open",)),
    Design("two-way, new codes in the rest", rest_keeps_dropped=True),
    Design("same months, rest of trade", controls="rest", same_months=True),
    Design("base 2020-21", first="2020-01"),
    Design("window April to November", window=MONTHS[27:35]),
    Design("window September to November", window=MONTHS[32:35]),
    Design("closed codes", ("closed",)),
    Design("partly closed codes", ("partly",)),
    Design("codes listed whole", ("closed",), whole=True),
    Design("as first written", ("closed",), control_roles=("partly", "open", "late", "steel")),
)


def in_months(wanted: tuple[str, ...]) -> Mask:
    """Mask over the months of the panel."""
    return np.isin(MONTHS, wanted)


def year_before(window: tuple[str, ...]) -> tuple[str, ...]:
    """Same months one year earlier."""
    return tuple(f"{int(m[:4]) - 1}{m[4:]}" for m in window)


def draw_weights(panel: Panel, draws: int, seed: int) -> Array:
    """Bootstrap weights of units, drawn within group and role."""
    strata = panel.units["group"] + "|" + panel.units["role"]
    return code_draws(strata.to_numpy(dtype=object), draws, seed)


def membership(panel: Panel) -> Array:
    """Indicator ``(unit, estimated group)``; tiers are pooled and the last column holds all."""
    group = panel.units["group"].to_numpy()
    columns = [np.isin(group, CHPL), *(group == g for g in ESTIMATED[1:-1]), np.ones(len(group), bool)]
    return np.column_stack(columns).astype(float)


def treated_units(panel: Panel, design: Design) -> Mask:
    """Which units count as banned."""
    of = panel.units["role"].isin(design.treated)
    return (of & panel.units["whole"] if design.whole else of).to_numpy()


def untreated_rows(panel: Panel, hub: str, weights: Array, design: Design) -> tuple[Array, Mask]:
    """Untreated trade in rows of equal pattern: sums ``(draw, row, month)`` and pattern ``(row, month)``.

    Banned codes count until the month of their ban, unless only the rest of trade is to serve as control or
    the base is the same months of the year before, where the fit is the plain ratio.
    """
    months, flow = np.array(MONTHS), panel.flows[hub].to_numpy()
    ban, role = panel.units["ban"].to_numpy(), panel.units["role"]
    alone = design.controls == "rest"
    control = role.isin(design.control_roles).to_numpy() & (not alone)
    ban = np.where(control & (role != "late"), "", ban)
    counted = control | (treated_units(panel, design) & (not alone) & (not design.same_months))
    rows, seen = [], []
    for month in sorted(set(ban[counted])):
        of = counted & (ban == month)
        rows.append(weights[:, of] @ flow[of])
        seen.append(months < month if month else np.ones(len(months), bool))
    if design.controls in ("all", "rest"):
        rest = panel.rest[hub].to_numpy()
        if design.rest_keeps_dropped:
            rest = rest + panel.dropped[hub].to_numpy()
        rows.append(np.broadcast_to(rest, (len(weights), len(rest))))
        seen.append(np.ones(len(months), bool))
    return np.stack(rows, axis=1), np.stack(seen)


def factors(panel: Panel, hub: str, weights: Array, design: Design, world: float) -> dict[str, Array]:
    """Imputed trade in the window per unit of base trade, by month of the ban; shape ``(draw,)`` each."""
    bans = sorted(set(panel.units["ban"].to_numpy()[treated_units(panel, design)]))
    if design.controls == "world":
        return {b: np.full(len(weights), world) for b in bans}
    rows, seen = untreated_rows(panel, hub, weights, design)
    window, used = in_months(design.window), base_months(design)
    keep = used | window
    effect = np.full((len(weights), len(MONTHS)), np.nan)
    effect[:, keep] = month_effects(rows[..., keep], seen[:, keep])
    return {b: growth(effect, used & (np.array(MONTHS) < b), window) for b in bans}


def base_months(design: Design) -> Mask:
    """Months of the base; for a code, those before its ban count."""
    if design.same_months:
        return in_months(year_before(design.window))
    return np.array(MONTHS) >= design.first


def inflow(panel: Panel, hub: str, weights: Array, design: Design, world: float = 1.0) -> tuple[Array, Array]:
    """Observed and imputed inflow of banned codes in the window, EUR million, ``(draw, estimated group)``."""
    banned, months = treated_units(panel, design), np.array(MONTHS)
    ban, flow, member = panel.units["ban"].to_numpy(), panel.flows[hub].to_numpy(), membership(panel)
    window, used = in_months(design.window), base_months(design)
    observed = imputed = np.zeros((len(weights), member.shape[1]))
    for month, factor in factors(panel, hub, weights, design, world).items():
        of = banned & (ban == month)
        base = flow[of][:, used & (months < month)].sum(axis=1)
        observed = observed + weights[:, of] @ (flow[of][:, window].sum(axis=1)[:, None] * member[of])
        imputed = imputed + factor[:, None] * (weights[:, of] @ (base[:, None] * member[of]))
    return observed, imputed


def noise(panel: Panel, hubs: tuple[str, ...], design: Design) -> Array:
    """How far banned codes strayed from the rest of trade before the war, in half-years of 2020.

    Half-years of 2020 stand to the base of 2021 as the window of 2022 does. What they miss comes from shocks
    common to many codes, which a bootstrap over codes cannot know.

    Returns
    -------
    array
        Root mean square of observed over imputed trade less one, over the seven half-years of 2020, for the
        hubs together, ``(estimated group,)``.
    """
    of, member = treated_units(panel, design), membership(panel)
    year, old = in_months(MONTHS[12:24]), slice(0, 12)
    seen = implied = np.zeros((member.shape[1], 12))
    for hub in hubs:
        trade = member[of].T @ panel.flows[hub].to_numpy()[of]
        rest = panel.rest[hub].to_numpy()
        seen = seen + trade[:, old]
        implied = implied + np.outer(trade[:, year].sum(axis=1), rest[old] / rest[year].sum())
    clock = np.arange(12)
    halves = np.stack([(clock >= k) & (clock < k + 6) for k in range(7)])
    ratio = (seen @ halves.T) / (implied @ halves.T)
    return np.sqrt(((ratio - 1) ** 2).mean(axis=1))


def direct_loss(panel: Panel, weights: Array, design: Design, scale: float = 1.0) -> Array:
    """Fall of exports of banned codes to Russia, window on the same months of 2021 (times ``scale``)."""
    of, flow = treated_units(panel, design), panel.flows["RUS"].to_numpy()
    before = flow[:, in_months(year_before(design.window))].sum(axis=1)
    fall = scale * before - flow[:, in_months(design.window)].sum(axis=1)
    return weights[:, of] @ (fall[of][:, None] * membership(panel)[of])


def excess(panel: Panel, hub: str, weights: Array, design: Design, world: float = 1.0) -> Array:
    """Excess inflow, EUR million, ``(draw, estimated group)``."""
    observed, imputed = inflow(panel, hub, weights, design, world)
    return observed - imputed


def code_counts(panel: Panel, design: Design) -> dict[str, int]:
    """Banned codes by estimated group."""
    counts = membership(panel)[treated_units(panel, design)].sum(axis=0)
    return {g: int(n) for g, n in zip(ESTIMATED, counts, strict=True)}
