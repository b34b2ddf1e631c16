# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a study file may ask of each room."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from tertius.data.texts import Strict
from tertius.policy.lever import POWERS

__all__ = ["ROOMS", "ExposureOptions", "LeverOptions", "Rooms", "TransitOptions", "UnionOptions"]

Names = tuple[str, ...]
Run = Literal["long", "short"]


class LeverOptions(Strict):
    """The ledger of levers between the focal state and some powers."""

    powers: Annotated[Names, Field(min_length=1, description="countries or groups")] = POWERS
    runs: Annotated[tuple[Run, ...], Field(min_length=1)] = ("long", "short")
    only: Annotated[Names, Field(description="names of levers; empty is all")] = ()
    frontier: Annotated[
        Names, Field(description="powers whose coercion frontier on the focal state is searched, long run")
    ] = ()


class UnionOptions(Strict):
    """The value of a customs union to the focal state."""

    union: str = "EAEU"
    scenarios: Annotated[Names, Field(min_length=1, description="base or scenarios; earliest first")] = (
        "base",
        "sanctions-2022@december",
    )
    border: Annotated[
        tuple[float, ...], Field(min_length=1, description="costs of a border, the central one first")
    ] = (0.05, 0.02, 0.1)


class ExposureOptions(Strict):
    """Exposure of the focal state and its peers to powers over the shipped years."""

    powers: Annotated[Names, Field(min_length=1, description="countries or groups")] = POWERS
    peers: Annotated[Names, Field(description="states to compare with; empty is neighbours")] = ()
    years: Annotated[tuple[int, ...], Field(min_length=2)] = tuple(range(2014, 2022))
    worlds: Annotated[str, Field(description="family of worlds")] = "eurasia"


class TransitOptions(Strict):
    """Goods that go round bans through hubs; the focal state is the hub whose gain is shown."""

    scenario: str = "sanctions-2022@june"
    routes: str = "kazakhstan-2022"
    destination: str = "RUS"


class EvidenceOptions(Strict):
    """What measured series say: votes, influence, activity, circumvention."""

    powers: Annotated[Names, Field(min_length=1)] = ("RUS", "CHN", "USA")
    patrons: Annotated[Names, Field(min_length=1)] = ("CHN", "RUS", "EU27", "USA", "TUR")
    about: Annotated[Names, Field(description="powers to ask votes, influence, activity about")] = ()
    event: Annotated[bool, Field(description="ask about the event of January 2022 and Russia")] = True


class SkyOptions(Strict):
    """Flights re-routed around closed skies."""

    closures: Annotated[str, Field(description="a shipped file of closures")] = "2022"
    after: Annotated[date | None, Field(description="the day counted; empty is the article's")] = None
    before: date = date(2022, 2, 23)


class GainOptions(Strict):
    """All channels added up; flights are those of the room sky, if the study asks it."""

    scenario: str = "sanctions-2022@june"
    routes: Annotated[str, Field(description="routes file; empty is no transit")] = "kazakhstan-2022"
    wave: Annotated[str, Field(description="movers as known on a day; empty is none")] = ""
    attributed: Annotated[tuple[float, ...], Field(min_length=1)] = (0.0, 0.5, 1.0)


class ChoiceOptions(Strict):
    """The focal state's stance between a western and an eastern power."""

    west: str = "coalition-2022"
    east: str = "RUS"
    scenario: str = "sanctions-2022@june"
    routes: Annotated[str, Field(description="routes file; empty: nothing sensitive passes")] = (
        "kazakhstan-2022"
    )
    lever_west: Annotated[str, Field(description="empty is the default of decision 13")] = ""
    lever_east: str = ""
    stances: Annotated[int, Field(ge=2)] = 11
    k: Annotated[tuple[float, ...], Field(min_length=1, description="curvatures of the hazards")] = (
        0.5,
        1.0,
        1.5,
        2.0,
        3.0,
    )
    offer: Annotated[str, Field(description="China's offer; empty is none")] = "china"


class ReadingOptions(Strict):
    """How the program itself reads the article of the study."""

    table: Annotated[str, Field(description="a shipped reading, without the text")] = "article_reading.csv"


class Rooms(Strict):
    """The rooms that a study asks; one that is not named computes nothing."""

    levers: LeverOptions | None = None
    union: UnionOptions | None = None
    exposure: ExposureOptions | None = None
    transit: TransitOptions | None = None
    evidence: EvidenceOptions | None = None
    sky: SkyOptions | None = None
    gain: GainOptions | None = None
    choice: ChoiceOptions | None = None
    reading: ReadingOptions | None = None

    @property
    def asked(self) -> dict[str, Strict]:
        """The rooms that are named, with their options."""
        found = {name: getattr(self, name) for name in ROOMS}
        return {name: options for name, options in found.items() if options is not None}


ROOMS = tuple(Rooms.model_fields)
