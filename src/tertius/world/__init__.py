# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The world: a balanced, labelled, checked baseline."""

from tertius.world.store import list_worlds as list_worlds
from tertius.world.store import load_world as load_world
from tertius.world.world import World as World
