# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Figures of the calibration report: event study, placebos and dose, leakage by hub and by group."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from routes_calibration.panel import HUBS, MONTHS
from tertius.report.charts.svg import coordinate, element, text

HEAD = """<!-- SPDX-FileCopyrightText: 2026 The tertius authors -->
<!-- SPDX-License-Identifier: CC-BY-4.0 -->
"""
BLUE, ORANGE, GREY, INK = "#0072b2", "#d55e00", "#767676", "#1b2733"  # told apart by colour-blind readers
WAR = 25.77  # 24 February 2022 on the axis of months from January 2020
NAMES = {"KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "ARM": "Armenia", "GEO": "Georgia", "UZB": "Uzbekistan"}
GROUP_NAMES = {
    "chpl": "high priority (12 codes)",
    "electronics": "electronics, other",
    "machinery": "machinery, electrical",
    "vehicles": "vehicles",
    "luxury": "luxury",
    "chemicals": "chemicals, plastics",
    "other": "other banned",
    "ALL": "all banned goods",
}


@dataclass(frozen=True)
class Panel:
    """A plotting area with a time axis and a logarithmic axis of ratios."""

    left: float
    top: float
    wide: float
    high: float
    low_ratio: float
    high_ratio: float

    def x(self, month: float) -> float:
        """Position of a month (0 is January 2020)."""
        return self.left + self.wide * month / (len(MONTHS) - 1)

    def y(self, ratio: float) -> float:
        """Position of a ratio, logarithmic, kept inside."""
        at = math.log(min(max(ratio, self.low_ratio), self.high_ratio) / self.low_ratio)
        return self.top + self.high * (1 - at / math.log(self.high_ratio / self.low_ratio))

    def frame(self, title: str, ticks: tuple[float, ...]) -> str:
        """Title, grid, years and the day of the war."""
        out = [label(title, self.left, self.top - 10, weight="bold")]
        for t in ticks:
            right, y = self.left + self.wide, self.y(t)
            out.append(line(self.left, y, right, y, "#555" if t == 1 else "#ddd"))
            out.append(label(f"{t:g}", self.left - 6, self.y(t) + 4, anchor="end"))
        for k, year in enumerate(("2020", "2021", "2022")):
            out.append(label(year, self.x(12 * k + 5.5), self.top + self.high + 17, anchor="middle"))
            if k:
                out.append(self.upright(12 * k - 0.5, "#ddd"))
        out.append(self.upright(WAR, INK, dash="4 3"))
        return "".join(out)

    def upright(self, month: float, colour: str, dash: str | None = None) -> str:
        """Vertical line at a month."""
        return line(self.x(month), self.top, self.x(month), self.top + self.high, colour, dash)

    def band(self, rows: pd.DataFrame, colour: str) -> str:
        """95 % interval and line of one series of log ratios."""
        months = range(len(rows))
        up = [(self.x(m), self.y(math.exp(v))) for m, v in zip(months, rows["hi"], strict=True)]
        down = [(self.x(m), self.y(math.exp(v))) for m, v in zip(months, rows["lo"], strict=True)]
        mid = [(self.x(m), self.y(math.exp(v))) for m, v in zip(months, rows["log_ratio"], strict=True)]
        area = element("path", d=path([*up, *reversed(down)]) + "Z", fill=colour, fill_opacity=0.18)
        return area + element("path", d=path(mid), fill="none", stroke=colour, stroke_width=2)


def path(points: list[tuple[float, float]]) -> str:
    """Path through points."""
    return "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)


def line(
    x1: float, y1: float, x2: float, y2: float, colour: str, dash: str | None = None, width: float = 1
) -> str:
    """Straight line."""
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_dasharray=dash, stroke_width=width
    )


def label(words: str, x: float, y: float, anchor: str | None = None, weight: str | None = None) -> str:
    """Text."""
    return text(words, x, y, text_anchor=anchor, font_weight=weight, fill=INK)


def drawing(title: str, description: str, wide: int, high: int, *body: str) -> str:
    """Whole file, with alternative text."""
    return (
        HEAD
        + element(
            "svg",
            element("title", title, id="t"),
            element("desc", description, id="d"),
            element("rect", width=wide, height=high, fill="#ffffff"),
            *body,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {wide} {high}",
            width=wide,
            height=high,
            role="img",
            aria_labelledby="t d",
            font_family="sans-serif",
            font_size="13",
        )
        + "\n"
    )


def event_figure(events: pd.DataFrame) -> str:
    """Event study: five hubs together, Russia, and each hub."""
    of = dict(iter(events.groupby("series")))
    ticks = (0.5, 1.0, 2.0, 4.0)
    big = Panel(52, 66, 400, 220, 0.35, 6.0)
    russia = Panel(520, 66, 400, 220, 0.1, 3.0)
    body = [
        label("Banned goods over the rest of EU exports to the same partner, 2021 = 1 (log scale)", 20, 24),
        big.frame("Five hubs together", ticks),
        big.band(of["hubs"], ORANGE),
        russia.frame("Russia, direct", (0.1, 0.25, 0.5, 1.0, 2.0)),
        russia.band(of["RUS"], BLUE),
    ]
    for k, hub in enumerate(HUBS):
        small = Panel(52 + k * 180, 352, 145, 120, 0.25, 8.0)
        body += [small.frame(NAMES[hub], (0.5, 1.0, 2.0, 4.0)), small.band(of[hub], ORANGE)]
    note = "Dashed: 24 February 2022. Bands: 95 %, bootstrap over codes. Last month: November 2022."
    body.append(label(note, 20, 518))
    words = (
        "Before the war banned goods move with the rest of trade, with noise. After it direct exports "
        "fall to a fifth, and exports to the hubs rise to about one and a half times what the rest implies."
    )
    return drawing("Event study of EU exports of banned goods", words, 960, 534, *body)


def placebo_figure(events: pd.DataFrame, checks: pd.DataFrame) -> str:
    """Codes that stayed open against banned codes, and the response by how far direct exports fell."""
    of = dict(iter(events.groupby("series")))
    left = Panel(52, 66, 400, 240, 0.35, 4.0)
    body = [
        left.frame("Without vehicles, relative to the rest of trade", (0.5, 1.0, 2.0, 4.0)),
        left.band(of["without vehicles"], ORANGE),
        left.band(of["open codes"], BLUE),
        label("banned", left.x(29), left.y(1.85), anchor="middle"),
        label("stayed open", left.x(29.5), left.y(0.58), anchor="middle"),
        label("Growth in the hubs by fall of direct exports", 560, 56, weight="bold"),
    ]
    dose = checks[checks["check"].eq("dose without vehicles")]
    scale = 150.0
    for t in (0.5, 1.0, 1.5, 2.0):
        x = 640 + (t - 0.5) * scale
        body += [line(x, 70, x, 306, "#555" if t == 1 else "#ddd"), label(f"{t:g}", x, 324, anchor="middle")]
    for k, row in enumerate(dose.itertuples()):
        y = 92.0 + 47 * k
        colour = BLUE if k == 0 else ORANGE
        body.append(label(str(row.measure), 630, y + 4, anchor="end"))
        body.append(interval(640 - 0.5 * scale, scale, y, row.value, row.lo, row.hi, colour))
    body.append(label("observed over imputed, June to November 2022", 752, 344, anchor="middle"))
    words = (
        "Listed codes whose direct exports to Russia did not fall grew in the hubs like the rest of trade; "
        "codes whose direct exports fell by 20 to 95 percent grew a quarter to a half more."
    )
    return drawing("Placebo and dose response", words, 960, 360, *body)


def interval(left: float, scale: float, y: float, value: float, low: float, high: float, colour: str) -> str:
    """Point with an interval; values are in the unit of ``scale``."""
    x, a, b = (left + scale * v for v in (value, low, high))
    return line(a, y, b, y, colour, width=3) + element("circle", cx=x, cy=y, r=5.5, fill=colour)


def leakage_figure(table: pd.DataFrame) -> str:
    """Leakage by hub (all goods) and by group (five hubs), by the two methods."""
    body = [
        label(
            "Excess inflow as a share of the fall of direct exports, June to November 2022, percent", 20, 24
        )
    ]
    hubs = table[table["group"].eq("ALL") & table["hub"].isin(HUBS)].set_index(["method", "hub"])
    body += block(
        hubs, {h: NAMES[h] for h in HUBS}, 120, "By hub, all banned goods", 25.0, (0, 5, 10, 15), 14.0
    )
    groups = table[table["hub"].eq("hubs")].set_index(["method", "group"])
    marks = (-20, 0, 20, 40, 60, 80, 100)
    body += block(groups, GROUP_NAMES, 742, "By group, five hubs together", 2.0, marks, 107.0)
    body.append(bar_key(20, 428))
    words = "Leakage by hub and by goods group with 95 percent intervals, by two methods."
    return drawing("Leakage by hub and by group", words, 960, 444, *body)


def block(
    rows: pd.DataFrame,
    names: dict[str, str],
    left: float,
    title: str,
    scale: float,
    ticks: tuple[int, ...],
    most: float,
) -> list[str]:
    """Bars with intervals for the central method, and a second mark for the high one."""
    out = [label(title, left + scale * ticks[0] - 95, 54, weight="bold")]
    bottom = 66.0 + 38 * len(names)
    for t in ticks:
        x = left + scale * t
        out.append(line(x, 66, x, bottom, "#ddd" if t else "#555"))
        out.append(label(f"{t}", x, bottom + 16, anchor="middle"))
    for k, (key, name) in enumerate(names.items()):
        y = 84.0 + 38 * k
        out.append(label(name, left + scale * ticks[0] - 8, y + 4, anchor="end"))
        for method, shift, colour in (("two-way", -6, ORANGE), ("third countries", 8, BLUE)):
            row = rows.loc[(method, key)]
            low, high = 100 * row["lo"], min(100 * row["hi"], most)
            value = 100 * row["leakage"]
            if method == "two-way":
                wide = max(scale * value, 0.0)
                out.append(
                    element("rect", x=left, y=y - 12, width=wide, height=12, fill=ORANGE, fill_opacity=0.35)
                )
            out.append(interval(left, scale, y + shift, value, low, high, colour))
    return out


def bar_key(x: float, y: float) -> str:
    """Key of the two methods."""
    return "".join(
        [
            element("circle", cx=x + 6, cy=y - 4, r=5.5, fill=ORANGE),
            label("against the rest of trade to the same hub (central)", x + 18, y),
            element("circle", cx=x + 376, cy=y - 4, r=5.5, fill=BLUE),
            label("against EU exports to third countries (high reading); lines: 95 %", x + 388, y),
        ]
    )
