# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The third country's choice: which stance is best between two powers, and how far the middle holds."""

from tertius.choice.axes import PRIOR as PRIOR
from tertius.choice.axes import TODAY as TODAY
from tertius.choice.axes import Axis as Axis
from tertius.choice.best_reply import KINDS as KINDS
from tertius.choice.best_reply import BestReply as BestReply
from tertius.choice.best_reply import best_reply as best_reply
from tertius.choice.hazards import POWERS as POWERS
from tertius.choice.payoffs import Payoffs as Payoffs
from tertius.choice.refine import refine as refine
from tertius.choice.region import Region as Region
from tertius.choice.region import region as region
from tertius.choice.region import regions as regions
from tertius.choice.setting import Setting as Setting
