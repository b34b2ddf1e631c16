# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Print how well the split finds trade that the table knows: countries hidden in ROW and split out again.

Usage: python scripts/holdout_eurasia.py RAW_DIR [YEAR]
"""

from __future__ import annotations

import sys
from pathlib import Path

from build_eurasia import nearness

from tertius.world import load_world
from tertius.world.split import hold_out

DONORS = {
    "BLR": {"UKR": 3, "RUS": 2, "LTU": 1},
    "KAZ": {"RUS": 3, "UKR": 1, "SAU": 1},
    "TUR": {"BGR": 2, "ROU": 2, "EGY": 1},
}
PARTNERS = ("RUS", "CHN", "DEU")


def main(raw: Path, year: int) -> None:
    """Print shares misplaced, log errors and the trade with three partners, with and without distance."""
    world = load_world(f"icio-{year}")
    near = nearness(raw, world, tuple(DONORS))
    print(
        "country flow near misplaced_% median_log_error " + " ".join(f"{p}_ours {p}_true" for p in PARTNERS)
    )
    for country, donors in DONORS.items():
        for label, nearby in (("no", {}), ("yes", near[country])):
            found = hold_out(world, country, donors, {c: v for c, v in nearby.items() if c != "ROW"})
            for flow in ("exports", "imports"):
                ours, true = getattr(found, flow), getattr(found, f"true_{flow}")
                where = [found.partners.index(p) for p in PARTNERS]
                pairs = " ".join(f"{ours[k]:.0f} {true[k]:.0f}" for k in where)
                numbers = f"{100 * found.misplaced(flow):.0f} {found.log_error(flow):.2f}"
                print(f"{country} {flow} {label} {numbers} {pairs}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2021)
