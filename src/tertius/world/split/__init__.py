# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Cutting a region of a world into economies: margins, entropy, grades, draws."""

from tertius.world.split.ensemble import draw_splits as draw_splits
from tertius.world.split.files import load_split as load_split
from tertius.world.split.files import read_split as read_split
from tertius.world.split.files import write_split as write_split
from tertius.world.split.grades import MarginLine as MarginLine
from tertius.world.split.grades import grade_shares as grade_shares
from tertius.world.split.grades import grades as grades
from tertius.world.split.grades import margin_lines as margin_lines
from tertius.world.split.holdout import HoldOut as HoldOut
from tertius.world.split.holdout import hold_out as hold_out
from tertius.world.split.margins import Margin as Margin
from tertius.world.split.margins import MarginsFile as MarginsFile
from tertius.world.split.margins import read_margins as read_margins
from tertius.world.split.margins import write_margins as write_margins
from tertius.world.split.split import Split as Split
from tertius.world.split.split import split_world as split_world
