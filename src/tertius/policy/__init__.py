# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Policy: cited scenarios and the instruments that turn measures into wedges."""

from tertius.policy.limits import CapWedge as CapWedge
from tertius.policy.limits import PassageWedge as PassageWedge
from tertius.policy.limits import QuotaWedge as QuotaWedge
from tertius.policy.scenario import Scenario as Scenario
from tertius.policy.scenario import list_scenarios as list_scenarios
from tertius.policy.schema import ScenarioFile as ScenarioFile
from tertius.policy.wedges import Wedges as Wedges
