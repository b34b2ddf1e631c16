# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Words that come to the report as values (units, parts, names of what a rule found), to be translated.

A sentence is written with :func:`tertius.text.say` where it is said. These words are made in tables and
dictionaries of the rooms, where they are keys as well; here they are named for the catalogues.
"""

from __future__ import annotations

from tertius.text import say

__all__ = ["VOCABULARY"]

VOCABULARY = (
    # units
    *(
        say("percent"),
        say("share"),
        say("number"),
        say("times"),
        say("place"),
        say("persons"),
        say("cents"),
        say("products"),
        say("probability"),
        say("log points"),
        say("EUR million"),
        say("USD billion"),
        say("USD per head"),
        say("million km a year"),
        say("flights a year"),
        say("percent per percent"),
        say("share of votes"),
        say("ideal points"),
        say("standard deviations"),
        say("times the usual cooperation"),
        say("percent of before"),
        say("share or index a year"),
        say("per thousand a year"),
    ),
    # parts of a gain, of the value of a union
    *(
        say("trade"),
        say("transit"),
        say("fees"),
        say("relocation"),
        say("transfers"),
        say("losses"),
        say("energy"),
        say("overlap"),
        say("total"),
        say("tariff"),
        say("border"),
        say("re-export"),
        say("total, all border costs"),
        say("total, all routes"),
        say("total, transit goes on"),
        say("base"),
        say("natives"),
        say("residents"),
        say("usd"),
        say("per head"),
    ),
    # runs
    *(
        say("short"),
        say("long"),
    ),
    # evidence: numbers, channels, series, what its rules find, grades
    *(
        say("effect"),
        say("excess"),
        say("share of direct loss"),
        say("flags"),
        say("leads"),
        say("q of the hub"),
        say("share of states with a gap as large"),
        say("capacity"),
        say("exports"),
        say("imports"),
        say("investment"),
        say("investment_mirror"),
        say("migrants"),
        say("v2024"),
        say("v2025_all"),
        say("v2025_fp"),
        say("v2025_legacy"),
        say("rising"),
        say("falling"),
        say("no trend"),
        say("persistent"),
        say("eroding"),
        say("uneven"),
        say("too short"),
        say("closer"),
        say("farther"),
        say("no clear change"),
        say("no data"),
        say("activity ahead"),
        say("substance ahead"),
        say("usual"),
        say("measured"),
        say("compared"),
        say("difference"),
        say("circumvention"),
        say("steady influence"),
        say("persistent balance"),
        say("votes apart"),
        say("activity hides"),
        say("event left nothing"),
    ),
    # the sky
    *(
        say("avoiding Russia"),
        say("Russia"),
        say("all"),
        say("flights"),
        say("million_km"),
        say("decay 0"),
        say("decay 1"),
        say("ways over 1.3 given up"),
        say("narrow closed south"),
    ),
    # mechanisms of sentences
    *(
        say("Pressure by sanctions"),
        say("Flights over the country"),
        say("People and firms that move in"),
        say("Parallel imports and circumvention"),
        say("The total gain"),
        say("Influence and dependence"),
        say("Demands to comply"),
        say("Secondary sanctions and fear"),
        say("The customs union"),
        say("Neutrality and balance"),
        say("Levers and mutual losses"),
        say("Peeling away"),
        say("Cooperation behind the diplomacy"),
        say("An intervention and what it left"),
    ),
    # levers, by name
    *(
        say("embargo"),
        say("input ban"),
        say("purchase ban"),
        say("fuel ban"),
        say("food ban"),
        say("technology ban"),
        say("punitive tariff"),
        say("resource ban"),
        say("grain ban"),
        say("cpc stop"),
        say("transit ban"),
        say("half embargo"),
        say("remittance stop"),
        say("eaeu expulsion"),
        say("finance cut off"),
    ),
    # kinds of best reply
    *(
        say("tolerate"),
        say("neutral"),
        say("comply"),
        say("option"),
    ),
    # status of a source, terms of use
    *(
        say("verified"),
        say("cited from memory"),
        say("assumption"),
        say("yes"),
        say("derived-only"),
        say("no"),
    ),
    # codes
    *(
        say("EAEU"),
        say("coalition-2022"),
        say("sanctions-2022@june"),
        say("sanctions-2022@december"),
    ),
    # shapes of the map that are no country
    *(
        say("Aland"),
        say("Bir Tawil"),
        say("Dhekelia Sovereign Base Area"),
        say("Akrotiri Sovereign Base Area"),
        say("Indian Ocean Territories"),
        say("US Naval Base Guantanamo Bay"),
    ),
)
