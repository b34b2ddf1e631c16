# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The third country's choice: which stance is best between two powers, and how far the middle holds."""

from tertius.choice.axes import PRIOR as PRIOR
from tertius.choice.axes import TODAY as TODAY
from tertius.choice.axes import Axis as Axis
from tertius.choice.axes import today as today
from tertius.choice.best_reply import KINDS as KINDS
from tertius.choice.best_reply import BestReply as BestReply
from tertius.choice.best_reply import best_reply as best_reply
from tertius.choice.boundary import boundaries as boundaries
from tertius.choice.choose import Choice as Choice
from tertius.choice.choose import choose as choose
from tertius.choice.credible import credibility as credibility
from tertius.choice.edges import edges as edges
from tertius.choice.edges import edges_of_box as edges_of_box
from tertius.choice.effects import effects as effects
from tertius.choice.effects import offer_gain as offer_gain
from tertius.choice.game import announcements as announcements
from tertius.choice.game import solve_announcements as solve_announcements
from tertius.choice.groups import GROUPS as GROUPS
from tertius.choice.groups import Group as Group
from tertius.choice.groups import decide as decide
from tertius.choice.hazards import POWERS as POWERS
from tertius.choice.judge import judge as judge
from tertius.choice.paths import region_paths as region_paths
from tertius.choice.payoffs import Payoffs as Payoffs
from tertius.choice.reading import reading as reading
from tertius.choice.refine import refine as refine
from tertius.choice.region import Region as Region
from tertius.choice.region import region as region
from tertius.choice.region import regions as regions
from tertius.choice.sensitivity import sobol as sobol
from tertius.choice.setting import Setting as Setting
from tertius.choice.surface import payoff_surface as payoff_surface
from tertius.choice.threats import price_of_threats as price_of_threats
from tertius.choice.verdict import Verdict as Verdict
