# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What a third country gains in all: trade, transit, flights, people, and energy as a bar of its own."""

from tertius.gain.people import interaction as interaction
from tertius.gain.result import TotalGain as TotalGain
from tertius.gain.total import total_gain as total_gain
