# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build the tables behind routes through third territory: goods groups, leakage, base hub shares, margins.

Usage: python scripts/build_routes.py RAW_DIR

Writes ``routes_*.csv`` beside the other tables and the figures of ``docs/routes-calibration.md``, which
explains the rules, and prints what the report quotes. The same inputs give the same bytes: the bootstrap
has a seed.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import pandas as pd
from build_sanctions import TABLES
from routes_calibration import checks, events, figures, groups, hubs, leakage, margins, panel, tables
from routes_calibration.imputation import Array

from tertius.data.origins import origins

DRAWS, SEED = 999, 2022
IMAGES = Path(__file__).parents[1] / "docs/images"
HEAD = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Built by scripts/build_routes.py; {what}
"""


def compare_inputs(raw: Path) -> None:
    """Say which raw files are not those whose fingerprints stand in the origin records."""
    for origin in origins().values():
        for file in origin.files:
            path = raw / file.name
            if path.is_file() and sha256(path.read_bytes()).hexdigest() != file.sha256:
                print(f"{file.name}: not the file recorded in origins/{origin.id}.yaml")


def write(table: pd.DataFrame, name: str, what: str, digits: int = 5) -> None:
    """Write one table with its licence head, numbers to a few significant digits."""
    body = table.to_csv(index=False, lineterminator="\n", float_format=f"%.{digits}g")
    (TABLES / f"routes_{name}.csv").write_text(HEAD.format(what=what) + body, encoding="utf-8")


def draw(name: str, figure: str) -> None:
    """Write one figure."""
    (IMAGES / f"routes-{name}.svg").write_text(figure, encoding="utf-8")


def check_table(data: panel.Panel, weights: Array, world: float) -> pd.DataFrame:
    """Placebos, the rest of trade, and dose and response, in one table."""
    parts = [
        checks.placebos(data, weights),
        checks.rest_against_world(data, world),
        checks.dose(data, weights, vehicles=False),
        checks.dose(data, weights, vehicles=True),
    ]
    return pd.concat(parts, ignore_index=True).astype({"codes": "Int64"})


def show(title: str, table: pd.DataFrame | pd.Series) -> None:
    """Print one table."""
    print(f"\n{title}\n{table.round(4).to_string()}")


def report(raw: Path, data: panel.Panel, found: dict[str, Array], world: float) -> None:
    """Print what the report quotes and no table holds."""
    show("pre-trends", pd.DataFrame({k: events.pre_trend(v) for k, v in found.items()}).T)
    left_out = checks.leave_one_out(data)
    show("leave one hub out, EUR million", left_out.groupby("hub")[["excess", "predicted"]].sum())
    show("its error", pd.Series(checks.prediction_error(left_out)))
    show("direct loss, EUR million, by counterfactual", pd.Series(checks.other_losses(data, world)))
    raw_flows = pd.read_parquet(raw / "trade/eu_exports_sanctioned_cn8_clean.parquet")
    wide = raw_flows.pivot_table(index="month", columns="partner_iso3", values="eur", aggfunc="sum") / 1e6
    show("all listed codes at once", checks.whole_panel(wide, data))
    size = pd.DataFrame({p: flow.loc[:, "2021-01":"2021-12"].sum(axis=1) for p, flow in data.flows.items()})
    show("units by role", data.units.groupby("role").size())
    show("exports of 2021 by role, EUR million", size.groupby(data.units["role"]).sum())


def main(raw: Path) -> None:
    """Estimate, write the tables and the figures, print the checks."""
    compare_inputs(raw)
    data, world = panel.load(raw), panel.world_growth(raw)
    weights = leakage.draw_weights(data, DRAWS, SEED)
    leaks = tables.leakage_table(data, weights, world)
    write(
        leaks, "leakage", "excess inflow into hubs, EUR and USD million, June to November 2022, and leakage."
    )
    found = events.series(data, weights)
    study = events.event_table(found)
    write(
        study,
        "event",
        "log of banned over rest of EU exports to the partner, base 2021; 95 % intervals.",
    )
    tested = check_table(data, weights, world)
    bound = hubs.bounds(data, raw)
    all_goods = leaks[(leaks["method"] == leakage.CENTRAL.name) & (leaks["group"] == "ALL")]
    excess = all_goods.set_index("hub")["excess_meur"]
    before = hubs.before_the_war(raw)
    prior = hubs.priors(before, excess[list(panel.HUBS)])
    band = tables.with_priors(tables.band(leaks), prior, excess["hubs"])
    phi = tables.phi_table(band, tables.limits(bound, prior, excess["hubs"]))
    write(phi, "phi", "base shares of hub routes by goods group and hub on a grid of q.", 4)
    write(tables.check_rows(tested, band, bound), "checks", "placebos, dose and response, least q.", 4)
    write(groups.group_table(raw), "groups", "share of banned groups in EU exports of 2021; USD million.")
    write(margins.margin_table(), "margins", "margin nu, rent share e and phantom share psi of hubs.")
    draw("event", figures.event_figure(study))
    draw("placebo", figures.placebo_figure(study, tested))
    draw("leakage", figures.leakage_figure(leaks))
    show("leakage, all goods, all methods", leaks[(leaks["group"] == "ALL") & (leaks["hub"] == "hubs")])
    show("leakage by group, five hubs", leaks[(leaks["method"] == "two-way") & (leaks["hub"] == "hubs")])
    show("placebos and dose", tested)
    show("bounds", bound.pivot_table(index="group", columns="hub", values="bound"))
    show("least q", tables.needed_q(band, bound))
    show("priors, EUR million", prior)
    show(
        "log error of the prior, each hub from the other four",
        hubs.prior_error(before, excess[list(panel.HUBS)]),
    )
    report(raw, data, found, world)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
