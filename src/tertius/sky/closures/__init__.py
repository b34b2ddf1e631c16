# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Closed skies: a file of who may not cross whose airspace, from when, and why."""

from tertius.sky.closures.closures import Closure as Closure
from tertius.sky.closures.closures import Closures as Closures
from tertius.sky.closures.closures import list_closures as list_closures
