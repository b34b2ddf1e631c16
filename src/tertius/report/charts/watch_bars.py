# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The watch list as a figure: a bar a product and hub, with text, share of direct loss and first month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tertius.report.charts.svg import chart, element, shorten, text, titled
from tertius.text import say

__all__ = ["WatchBar", "watch_bars"]

WIDTH, TOP, ROW, BAR = 760.0, 66.0, 21.0, 12.0
HUB, NAME, START, END, SHARE, MONTH = 58.0, 98.0, 330.0, 540.0, 660.0, 752.0
STYLE = (
    ".watch text{font:11px var(--sans,system-ui,sans-serif);fill:var(--ink,#1d1c1a)}"
    ".watch .h{font-size:15px;font-weight:600}.watch .s{fill:var(--soft,#66625a)}.watch .e{text-anchor:end}"
    ".watch .flag{fill:var(--loss,#b1581f)}.watch .lead{fill:none;stroke:var(--loss,#b1581f)}"
    ".watch .g{stroke:var(--line,#dcd7cd)}"
)


@dataclass(frozen=True, slots=True)
class WatchBar:
    """A line: code, text, hub, excess in USD million, share of the direct loss, first month, flag or lead."""

    product: str
    name: str
    hub: str
    excess: float
    share: float
    first_month: str
    flag: bool


def watch_bars(bars: Sequence[WatchBar], title: str, note: str, uid: str = "watch") -> str:
    """Draw lines of a watch list in the order given.

    Parameters
    ----------
    bars
        Lines.
    title, note
        Written above.
    uid
        Id, unique in the page.

    Returns
    -------
    str
        An ``<svg>`` 760 units wide, or an empty string without lines.

    Examples
    --------
    >>> line = WatchBar("870323", "petrol cars", "KAZ", 58.0, 0.12, "2022-05", True)
    >>> "petrol cars" in watch_bars([line], "t", "n")
    True
    """
    if not bars:
        return ""
    largest = max(b.excess for b in bars) or 1.0
    body = [element("style", STYLE), text(title, 8, 20, "h"), text(note, 8, 38, "s")]
    heads = (
        ("HS6", 8.0, "s"),
        (say("hub"), HUB, "s"),
        (say("product"), NAME, "s"),
        (say("excess, USD million"), START, "s"),
    )
    body += [text(words, x, TOP - 8, kind) for words, x, kind in heads]
    body += [
        text(say("of direct loss"), SHARE, TOP - 8, "s e"),
        text(say("first month"), MONTH, TOP - 8, "s e"),
    ]
    for k, bar in enumerate(bars):
        body.append(_line(bar, TOP + k * ROW, largest))
    foot = TOP + len(bars) * ROW + 14
    body.append(
        text(
            say("Filled: flag. Outline: lead, where the hub as a whole did not pass its test."), 8, foot, "s"
        )
    )
    flags = sum(b.flag for b in bars)
    words = say(
        "{title}. Lines: {lines}, flags: {flags}; largest: {name} through {hub}.",
        title=title,
        lines=len(bars),
        flags=flags,
        name=bars[0].name,
        hub=bars[0].hub,
    )
    return chart(uid, title, words, (0, 0, WIDTH, foot + 8), *body, class_="watch")


def _line(bar: WatchBar, top: float, largest: float) -> str:
    base = top + ROW / 2 + 4
    long = (END - START) * max(bar.excess, 0.0) / largest
    place = {"x": START, "y": top + (ROW - BAR) / 2, "width": long, "height": BAR}
    share = f"{bar.share:.1%}" if bar.share == bar.share else ""
    return element(
        "g",
        titled(
            say(
                "{product} {name}, {hub}: {excess:.1f} USD million",
                product=bar.product,
                name=bar.name,
                hub=bar.hub,
                excess=bar.excess,
            )
        ),
        element("line", x1=8, x2=MONTH, y1=top, y2=top, class_="g"),
        text(bar.product, 8, base),
        text(bar.hub, HUB, base),
        text(shorten(bar.name, 38), NAME, base),
        element("rect", class_="flag" if bar.flag else "lead", **place),
        text(f"{bar.excess:,.1f}", START + long + 6, base),
        text(share, SHARE, base, "e"),
        text(bar.first_month, MONTH, base, "s e"),
    )
