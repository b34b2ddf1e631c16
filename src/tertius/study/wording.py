# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Words of the claims in a drafted study: what each question of a room says, and what would show it wrong."""

from __future__ import annotations

__all__ = ["QUESTIONS", "USUAL"]

QUESTIONS = {
    "levers.mutual-{code}": (
        "The levers of {power} over {focal} mean losses on both sides.",
        "By most levers of {power} one of the two does not lose.",
    ),
    "union.unprofitable": (
        "Membership in the customs union does not pay for {focal}.",
        "Membership is worth more than nothing at every border cost in all elasticity sets.",
    ),
    "exposure.falls-{code}": (
        "The weight of {power} for {focal} falls.",
        "The exposure of {focal} to {power} rises, and by more than that of its peers.",
    ),
    "transit.leaks": (
        "Transit through third states replaces part of what bans take from trade with {east}.",
        "In no draw do all hubs together bring anything back while their transit grows.",
    ),
    "evidence.votes-apart": (
        "{focal} votes further from Russia than before.",
        "{focal} votes closer to Russia, against the world, in all series.",
    ),
    "evidence.circumvention": (
        "Goods under bans go round them through {focal}.",
        "Banned goods rose by less than others on their way to {focal}.",
    ),
    "evidence.steady-influence": (
        "China's influence on {focal} grows steadily.",
        "China's channels with a trend fall.",
    ),
    "evidence.activity-hides": (
        "Cooperation with {focal} has weakened behind the diplomacy.",
        "Activity is not ahead of substance, compared with other states and the same power.",
    ),
    "evidence.event-left-nothing": (
        "The event of January 2022 gives Russia little to draw on.",
        "Cooperation stays above that of the synthetic control for six months after the event.",
    ),
    "sky.more-flights": (
        "More flights cross the airspace of {focal}.",
        "Flights over {focal} fall in the central case and under every assumption.",
    ),
    "gain.main-beneficiary": (
        "{focal} is one of the main beneficiaries in Eurasia.",
        "The total is not above zero, or not among the first three of Eurasia.",
    ),
    "gain.many-movers": (
        "Many workers have moved to {focal}.",
        "The high end of what was known is below one in a thousand of its workers.",
    ),
    "choice.fears-and-aligns": (
        "{focal} fears both sides and aligns with a third.",
        "Two of the three - eastern threat, western threat, offer - weigh little in most cells.",
    ),
    "choice.west-presses": (
        "{west} presses {focal} to comply.",
        "A strike costs less than tolerance brings, and the threat moves the stance in few cells.",
    ),
    "choice.middle-holds": (
        "{focal} does best in the middle between {west} and {east}.",
        "The middle is best in less than a quarter of all threats, at k = 1 and at k = 2.",
    ),
}
"""Question of a room -> what the claim says, what would show it wrong."""

USUAL = {
    "levers": "levers.mutual-{code}",
    "union": "union.unprofitable",
    "exposure": "exposure.falls-{code}",
    "transit": "transit.leaks",
    "evidence": "evidence.votes-apart",
    "sky": "sky.more-flights",
    "gain": "gain.main-beneficiary",
    "choice": "choice.middle-holds",
}
"""Room -> the question that its claim rests on, if nothing says which."""
