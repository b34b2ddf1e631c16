# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The third country's choice as one result: payoffs solved, best reply, regions, edges, verdicts, reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tertius.choice.axes import PRIOR, TODAY, Axis
from tertius.choice.best_reply import DELTA, BestReply, best_reply
from tertius.choice.boundary import Curve, boundaries
from tertius.choice.credible import threshold
from tertius.choice.edges import Edge, edges_of_box
from tertius.choice.game import announcements, solve_announcements
from tertius.choice.groups import decide
from tertius.choice.hazards import POWERS
from tertius.choice.judge import judge
from tertius.choice.payoffs import Payoffs
from tertius.choice.reading import reading
from tertius.choice.refine import refine
from tertius.choice.region import Region, region
from tertius.choice.setting import Setting
from tertius.choice.surface import payoff_surface
from tertius.choice.tables import game_table, group_table, payoff_table, reply_table, share_table
from tertius.choice.threats import Price, price_of_threats
from tertius.choice.verdict import Verdict
from tertius.equilibrium.arrays import Array
from tertius.errors import BadInput
from tertius.world import World

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Choice", "choose", "middle_of"]


@dataclass(frozen=True, eq=False)
class Choice:
    """What a state between two powers does best, over the threats it may face.

    Attributes
    ----------
    world, scenario
        Names of the base year and of the sanctions that hold.
    payoffs, offered
        As solved, without and with China's offer; None if that was not asked for.
    setting
        What is assumed besides the swept threats, and threats in the middle of today's box.
    today, prior
        Box of the two threats where today may be, and the whole range.
    powers
        Curvatures k of the hazards.
    delta
        Least value of neutrality, percent of income.
    """

    world: str
    scenario: str
    payoffs: Payoffs
    offered: Payoffs | None
    setting: Setting
    today: tuple[Axis, Axis]
    prior: tuple[Axis, Axis]
    powers: tuple[float, ...]
    delta: float

    @cached_property
    def fine(self) -> Payoffs:
        """Payoffs at more stances (see :func:`tertius.choice.refine`)."""
        return _fine(self.payoffs)

    def best(self, k: float) -> BestReply:
        """Best reply in the middle of today's box, by elasticity set."""
        return best_reply(self.fine, self.setting.at("power", k), self.delta)

    def region(self, k: float, n: int = 60) -> Region:
        """Best reply over the whole range of the two threats."""
        return region(self.fine, self.setting.at("power", k), self.prior, n, self.delta)

    def box(self, k: float, n: int = 40) -> Region:
        """Best reply over today's box."""
        return region(self.fine, self.setting.at("power", k), self.today, n, self.delta)

    @cached_property
    def maps(self) -> dict[float, Region]:
        """Region at each curvature, 60 x 60 threats."""
        return {k: self.region(k) for k in sorted(self.powers)}

    @cached_property
    def curves(self) -> dict[float, list[Curve]]:
        """Edge of the region where the middle is best at each curvature, at the central elasticity set."""
        return {k: self._boundary(k) for k in sorted(self.powers)}

    def _boundary(self, k: float) -> list[Curve]:
        one = self.fine.only(self.payoffs.sets[0])
        return boundaries(one, self.setting.at("power", k), self.prior, "neutral", self.delta)[one.sets[0]]

    def edges(self, k: float) -> tuple[Edge, ...]:
        """How far today's box is from the nearest change of the answer, at the central elasticity set."""
        one = self.fine.only(self.payoffs.sets[0])
        return edges_of_box(one, self.setting.at("power", k), self.today, self.prior, self.delta)

    def prices(self, k: float, step: float = 0.1) -> tuple[Price, ...]:
        """What it takes each power to move traffic by a step from the middle of today's box."""
        return price_of_threats(self.fine, self.setting.at("power", k), step)

    def verdicts(self) -> dict[str, Verdict]:
        """Verdicts on S7, S8 and S10, by the rules of decision 13; they need k = 1 and 2 besides."""
        return self._judged

    @cached_property
    def _judged(self) -> dict[str, Verdict]:
        offered = None if self.offered is None else _fine(self.offered)
        powers = sorted({1.0, 2.0, *self.powers})
        return judge(self.fine, self.setting, offered, self.today, self.prior, powers, delta=self.delta)

    def reading(self, k: float = 1.5) -> str:
        """Say the finding in one paragraph, written from the numbers.

        Parameters
        ----------
        k
            Curvature for which the best reply and the nearest edge are told.
        """
        at = self.setting.at("power", k)
        return reading(self.fine, at, self.maps, self.edges(k), verdict=self.verdicts()["S10"])

    def cost(self) -> Array:
        """What striking costs W and R themselves, ``[2, E]``, USD million: the v* of their threats."""
        return threshold(self.payoffs)

    def table(self) -> pd.DataFrame:
        """What was solved: see :func:`tertius.choice.tables.payoff_table`."""
        return payoff_table(self.payoffs)

    def replies(self) -> pd.DataFrame:
        """Best reply in the middle of today's box: see :func:`tertius.choice.tables.reply_table`."""
        return reply_table({k: self.best(k) for k in self.powers}, self.payoffs.sets)

    def shares(self, n: int = 60) -> pd.DataFrame:
        """Part of the whole range ("range") and of today's box ("today") that each kind takes, by curvature.

        See :func:`tertius.choice.tables.share_table`.
        """
        whole = {k: self.region(k, n) for k in self.powers}
        return share_table({"range": whole, "today": {k: self.box(k) for k in self.powers}})

    def games(self, k: float = 1.5, rivalry: tuple[float, float] = (0.0, 0.0)) -> pd.DataFrame:
        """What the powers would announce, if that were free: see :func:`tertius.choice.tables.game_table`.

        Each chooses from nothing, the ends and the middle of today's box, and the most of the whole range.

        Parameters
        ----------
        k
            Curvature of the hazards.
        rivalry
            What a dollar of Russia's loss is worth to W, and of the focal state's to R.

        Raises
        ------
        BadInput
            If a power has no credible lever.
        NotSolved
            If no equilibrium of the announcements is found.
        """
        west, east = (_menu(a, b) for a, b in zip(self.today, self.prior, strict=True))
        games = announcements(self.fine, self.setting.at("power", k), west, east, rivalry)
        return game_table([solve_announcements(g) for g in games])

    def groups(self, k: float = 1.5) -> pd.DataFrame:
        """What groups inside the focal state prefer: see :func:`tertius.choice.tables.group_table`."""
        return group_table(decide(self.fine, self.setting.at("power", k)), self.fine)

    def __repr__(self) -> str:
        k, w, r = self.payoffs.players
        return f"<Choice of {k} between {w} and {r} on {self.world}: {len(self.payoffs.stance)} stances>"


def choose(
    world: World,
    focal: str = "KAZ",
    powers: Sequence[str] = ("coalition-2022", "RUS"),
    k: Iterable[float] = POWERS,
    today: tuple[Axis, Axis] = TODAY,
    prior: tuple[Axis, Axis] = PRIOR,
    worth: tuple[float, float] = (np.inf, np.inf),
    delta: float = DELTA,
    offer: str = "china",
    **asked: Any,
) -> Choice:
    """Compute the choice of a state between two powers.

    Parameters
    ----------
    world
        The base year.
    focal
        Code of the state that chooses.
    powers
        The western and the eastern power, countries or groups.
    k
        Curvatures of the hazards, swept.
    today, prior
        Ranges of the intensities of both threats: where today may be, and the whole range. Assumptions.
    worth
        What deterrence is worth to W and to R, USD million: a lever that costs its user more is not believed.
    delta
        Least value of neutrality, percent of income.
    offer
        China's offer, of which the verdict on S7 asks what it is worth: all is solved with it once more.
        Empty spares that.
    asked
        What :func:`tertius.choice.payoff_surface` takes besides: scenario, routes, levers, stances ...

    Returns
    -------
    Choice

    Raises
    ------
    BadInput
        As in ``payoff_surface``; also if no curvature is given, one is not positive, or a number that must
        not be negative is.
    NotSolved
        If an equilibrium is not found.

    Examples
    --------
    >>> import tertius as tt
    >>> w = tt.load_world("eurasia-2021")
    >>> found = tt.choose(w, stances=3, elasticities=["FGO"], k=[2.0], options=(), offer="", cache=False)
    >>> found.replies()["kind"].item()
    'tolerate'
    """
    curvatures = tuple(float(x) for x in k)
    if not curvatures:
        raise BadInput("choose: k", "no curvature is given", "give one or more, for example 1.5")
    setting = middle_of(today, Setting(0.0, 0.0, worth_west=worth[0], worth_east=worth[1]))
    for one in curvatures:
        setting.at("power", one)  # refuses what is not positive before anything is solved
    if not delta > 0:
        raise BadInput("choose: delta", f"{delta:g} is not positive", "give percent of income, such as 0.02")
    # With the offer first: what is wrong with it is told before anything is solved.
    offered = payoff_surface(world, focal, powers, offer=offer, **asked) if offer else None
    payoffs = payoff_surface(world, focal, powers, **asked)
    scenario = asked.get("scenario", "sanctions-2022@june")
    return Choice(
        world=world.name,
        scenario=str(getattr(scenario, "id", scenario)),
        payoffs=payoffs,
        offered=offered,
        setting=setting,
        today=today,
        prior=prior,
        powers=curvatures,
        delta=delta,
    )


def middle_of(box: Sequence[Axis], setting: Setting) -> Setting:
    """Put the middle of a box into a setting.

    Examples
    --------
    >>> round(middle_of(TODAY, Setting(0.0, 0.0)).west, 3)
    0.141
    """
    for axis in box:
        setting = setting.at(axis.parameter, float(axis.at(np.array(0.5))))
    return setting


def _fine(payoffs: Payoffs) -> Payoffs:
    return refine(payoffs, 101 if payoffs.stance.shape[1] == 1 else 21)


def _menu(today: Axis, whole: Axis) -> list[float]:
    """Intensities that a power can announce, rising."""
    middle = float(today.at(np.array(0.5)))
    return sorted({0.0, today.low, middle, today.high, whole.high})
