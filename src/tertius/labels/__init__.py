# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Labels: countries, groups of countries by date, sectors, and encoders of raw files' names.

No numbers live here, and nothing is read before it is asked for.
"""

from __future__ import annotations

from tertius.labels.countries import Country as Country
from tertius.labels.countries import country as country
from tertius.labels.countries import country_name as country_name
from tertius.labels.countries import known_countries as known_countries
from tertius.labels.countries import region_name as region_name
from tertius.labels.encoder import Encoder as Encoder
from tertius.labels.encoder import country_encoder as country_encoder
from tertius.labels.encoder import sector_encoder as sector_encoder
from tertius.labels.groups import WORLD as WORLD
from tertius.labels.groups import Group as Group
from tertius.labels.groups import group as group
from tertius.labels.groups import group_members as group_members
from tertius.labels.groups import group_names as group_names
from tertius.labels.groups import group_title as group_title
from tertius.labels.groups import place_name as place_name
from tertius.labels.groups import resolve as resolve
from tertius.labels.sectors import ALL as ALL
from tertius.labels.sectors import SECTORS as SECTORS
from tertius.labels.sectors import Sector as Sector
from tertius.labels.sectors import resolve_sectors as resolve_sectors
from tertius.labels.sectors import sector_group_members as sector_group_members
from tertius.labels.sectors import sector_group_names as sector_group_names
from tertius.labels.sectors import sector_name as sector_name
