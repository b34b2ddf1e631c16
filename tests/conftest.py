# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Settings shared by all tests.

Hypothesis draws the same examples in every run, without a clock. Every annotation of the engine and of
the outcomes is checked at each call (beartype through jaxtyping's import hook), in tests only.
"""

from hypothesis import HealthCheck, settings
from jaxtyping import install_import_hook

settings.register_profile(
    "tertius",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tertius")

install_import_hook(["tertius.equilibrium", "tertius.outcomes"], "beartype.beartype")
