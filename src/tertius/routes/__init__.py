# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Routes through third territory: hubs, goods groups, base shares."""

from tertius.routes.arrays import RouteArrays as RouteArrays
from tertius.routes.arrays import RouteChange as RouteChange
from tertius.routes.merge import merged as merged
from tertius.routes.routes import Routes as Routes
from tertius.routes.routes import list_routes as list_routes
from tertius.routes.schema import RoutesFile as RoutesFile
