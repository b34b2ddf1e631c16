# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Words of the claims in a drafted study: what each question of a room says, and what would show it wrong."""

from __future__ import annotations

from datetime import date

from tertius.labels import group_members

__all__ = ["QUESTIONS", "SENTENCES", "UNION", "room_options", "unasked"]

UNION = "EAEU"
COUNTED = "KAZ"  # its movers are counted, the event of January 2022 was there
WAVE = "2022-06"
COALITION, EAST = "coalition-2022", "RUS"

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
        "The West presses {focal} to comply.",
        "A strike costs less than tolerance brings, and the threat moves the stance in few cells.",
    ),
    "choice.middle-holds": (
        "The middle between the two sides holds for {focal}.",
        "The middle is best in less than a quarter of all threats, at k = 1 and at k = 2.",
    ),
}
"""Question of a room -> what the claim says, what would show it wrong."""

SENTENCES = {
    "levers": "levers.mutual-{code}",
    "union": "union.unprofitable",
    "exposure": "exposure.falls-{code}",
    "evidence": "evidence.votes-apart",
    "sky": "sky.more-flights",
    "gain": "gain.main-beneficiary",
    "choice": "choice.middle-holds",
}
"""Room -> the question that its claim rests on, if nothing says which."""


def room_options(room: str, focal: str, powers: str, scenario: str, family: str) -> str:
    """Write the options of a room, with a comment on what it is asked."""
    ways, wave = ("kazakhstan-2022", f', wave: "{WAVE}"') if focal == COUNTED else ('""', "")
    return {
        "levers": f"{{powers: [{powers}]}}  # levers of these powers on the focal state, and its own on them",
        "union": f'{{union: {UNION}, scenarios: [base, "{scenario}"]}}  # a union that it is a member of',
        "exposure": f"{{powers: [{powers}], worlds: {family}}}  # weight of each over the years",
        "evidence": f"{{powers: [{powers}], event: {str(focal == COUNTED).lower()}}}"
        "  # votes, influence, activity, circumvention as measured",
        "sky": '{closures: "2022"}  # flights re-routed around closed skies',
        "gain": f'{{scenario: "{scenario}", routes: ""{wave}}}  # all channels added up',
        "choice": f'{{west: {COALITION}, east: {EAST}, scenario: "{scenario}", routes: {ways}}}'
        "  # its stance between the two",
    }[room]


def unasked(question: str, focal: str, on: date) -> str:
    """Say why a question cannot be asked about a state on a day; empty if it can.

    Examples
    --------
    >>> unasked("union.unprofitable", "TUR", date(2022, 6, 8))
    'TUR is not a member of the EAEU'
    >>> unasked("choice.middle-holds", "KAZ", date(2022, 6, 8))
    ''
    """
    room = question.partition(".")[0]
    if room == "union" and focal not in group_members(UNION, on):
        return f"{focal} is not a member of the {UNION}"
    if room == "choice" and (focal == EAST or focal in group_members(COALITION, on)):
        return f"{focal} is one of the two sides"
    if question in ("evidence.event-left-nothing", "gain.many-movers") and focal != COUNTED:
        return f"it is known of {COUNTED} alone"
    return ""
