# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Who may not cross whose sky, what way is left, and what that costs and brings."""

from tertius.sky.closures import Closures as Closures
from tertius.sky.closures import list_closures as list_closures
from tertius.sky.overflights import overflights as overflights
from tertius.sky.results import Overflights as Overflights
from tertius.sky.traffic import Service as Service
from tertius.sky.traffic import Traffic as Traffic
