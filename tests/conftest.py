# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Settings shared by all tests.

Hypothesis draws the same examples in every run, without a clock. Every annotation of the engine and of
the outcomes is checked at each call (beartype through jaxtyping's import hook), in tests only. Tests run
side by side, one process a core (``-n 0`` keeps them in one).
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the tests run side by side already

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
