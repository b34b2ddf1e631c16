# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Flows of banned goods by way, without and with bans side by side: the direct way closes, hubs open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from tertius.report.charts.svg import chart, coordinate, element, label, text, titled
from tertius.report.numbers import number
from tertius.text import Text, joined, say

__all__ = ["DIRECT", "Flow", "transit_flow"]

DIRECT = ""
SHUT = "\N{NO ENTRY SIGN}"  # the closed part of the direct lane; no country is called so
PANEL, TOP, TALL = 466.0, 54.0, 300.0  # width of a panel; where flows begin; height of all flows at most
NAMES, LEAVE, ENTER, OUT, ARRIVE = 150.0, 162.0, 258.0, 372.0, 458.0  # x: names, exporters, lane, lane, end
NODE, GAP, LANE = 6.0, 5.0, 18.0  # width of a node; between exporters; room of a lane's label
NAMED = 17  # letters of a name that have room beside its dollars
ROW = 14.0  # least height of an exporter, for its name
HEADS = (say("Without bans"), say("With bans"))
STYLE = (
    ".drawing>svg.transit-flow{min-width:44rem;max-width:62rem}"
    ".transit-flow text{font-family:var(--sans,system-ui,sans-serif);fill:var(--ink,#1d1c1a);font-size:12px}"
    ".transit-flow .head{font-size:14px;font-weight:600}.transit-flow .money{font-weight:600}"
    ".transit-flow .soft{fill:var(--soft,#66625a);font-size:11px}"
    ".transit-flow .own{font-weight:700}"
    ".transit-flow .end{text-anchor:end}.transit-flow .mid{text-anchor:middle}"
    ".transit-flow .node{fill:var(--strong,#8d877b)}"
    ".transit-flow .way{fill:var(--flat,#7b766c);fill-opacity:.34}"
    ".transit-flow .hub{fill:var(--loss,#b1581f);fill-opacity:.62}"
    ".transit-flow .focal{fill:var(--gain,#14746f);fill-opacity:.85}"
    ".transit-flow .shut{fill:var(--flat,#7b766c);fill-opacity:.15}"
    ".transit-flow .gate{fill:none;stroke:var(--strong,#8d877b);stroke-dasharray:4 3}"
    ".transit-flow .bar{stroke:var(--ink,#1d1c1a);stroke-width:3}"
)


@dataclass(frozen=True, slots=True)
class Flow:
    """Goods of an exporter by one way, USD million; ``route`` is a hub's name or :data:`DIRECT`."""

    origin: str
    route: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where one state of the flows is drawn, in the slots that both share.

    Attributes
    ----------
    left
        Its left edge.
    value
        (exporter, way) -> USD million; none is zero.
    shut
        Exporter -> what no longer goes directly, USD million.
    origins, routes
        Slots: name -> top.
    scale
        Units of height for a million dollars.
    """

    left: float
    value: dict[tuple[str, str], float]
    shut: dict[str, float]
    origins: dict[str, float]
    routes: dict[str, float]
    scale: float

    def of_origin(self, name: str) -> float:
        return sum(v for (o, _), v in self.value.items() if o == name)

    def of_route(self, name: str) -> float:
        return sum(v for (_, r), v in self.value.items() if r == name)


def transit_flow(
    flows: Sequence[Flow],
    destination: str,
    focal: str = "",
    order: Sequence[str] = (),
    heads: tuple[str, str] = HEADS,
    uid: str = "transit-flow",
    title: str = say("Ways to the destination"),
) -> str:
    """Draw exporters, ways and destination twice, widths linear in dollars and on one scale.

    Parameters
    ----------
    flows
        Those of one exporter and way are added up; of zero nothing is drawn.
    destination
        Name of the buyer.
    focal
        Hub to point out.
    order
        Names of exporters and hubs, from above; others come below them as they stand in the flows.
    heads
        Headings of the two panels.
    uid
        Id, unique in the page.
    title
        What the chart finds.

    Returns
    -------
    str
        An ``<svg>`` 942 units wide, or an empty string without flows. What the direct way loses ends at a
        gate.

    Examples
    --------
    >>> svg = transit_flow([Flow("A", DIRECT, 90.0, 50.0), Flow("A", "Hub", 1.0, 9.0)], "B")
    >>> svg.count('class="hub"'), svg.count('class="gate"')
    (6, 1)
    """
    names = list(dict.fromkeys((DIRECT, *order, *(n for f in flows for n in (f.origin, f.route)))))
    flows = _added(flows, names)
    if not flows:
        return ""
    values = [
        {(f.origin, f.route): v for f in flows if (v := getattr(f, k)) > 0} for k in ("before", "after")
    ]
    shut = {f.origin: f.before - f.after for f in flows if f.route == DIRECT and f.before > f.after}
    scale = TALL / max(sum(v.values()) for v in values)
    origins, routes, bottom = _slots(flows, names, scale)
    make = partial(_Panel, origins=origins, routes=routes, scale=scale)
    panels = make(0.0, values[0], {}), make(PANEL + 10.0, values[1], shut)
    body = [
        part for p, head in zip(panels, heads, strict=True) for part in _panel(p, head, destination, focal)
    ]
    view = (0.0, 0.0, 2 * PANEL + 10.0, bottom + 40.0)
    words = _words(panels, heads, destination)
    return chart(
        uid, title, words, view, element("style", STYLE), *body, *_key(bottom, scale), class_="transit-flow"
    )


def _added(flows: Sequence[Flow], names: Sequence[str]) -> list[Flow]:
    """One flow for each exporter and way, in the order of the names; no zeros."""
    sums: dict[tuple[str, str], tuple[float, float]] = {}
    for f in flows:
        before, after = sums.get((f.origin, f.route), (0.0, 0.0))
        sums[f.origin, f.route] = (before + f.before, after + f.after)
    found = [Flow(*pair, *values) for pair, values in sums.items() if max(values) > 0]
    return sorted(found, key=lambda f: (names.index(f.origin), names.index(f.route)))


def _slots(
    flows: Sequence[Flow], names: Sequence[str], scale: float
) -> tuple[dict[str, float], dict[str, float], float]:
    """Tops of exporters and ways, high enough for either state, and the lower end of all."""
    origins: dict[str, float] = {}
    routes: dict[str, float] = {}
    y = TOP
    for name in dict.fromkeys(f.origin for f in flows):
        own = [f for f in flows if f.origin == name]
        origins[name] = y
        whole = max(_sum(own, "before"), sum(max(f.after, f.before * (f.route == DIRECT)) for f in own))
        y += max(ROW, scale * whole) + GAP
    low, y = y, TOP
    for name in sorted({f.route for f in flows}, key=names.index):
        own = [f for f in flows if f.route == name]
        routes[name] = y if name == DIRECT else y + LANE
        most = max(_sum(own, "before"), _sum(own, "after"))
        closing = sum(max(f.after, f.before) for f in own)
        y = routes[name] + scale * (closing if name == DIRECT else most)
    return origins, routes, max(low, y)


def _sum(flows: Sequence[Flow], state: str) -> float:
    return float(sum(getattr(f, state) for f in flows))


def _panel(p: _Panel, head: str, destination: str, focal: str) -> Iterator[str]:
    """One state: ribbons to the lanes, lanes, ribbons to the destination, names."""
    total = sum(p.value.values())
    yield text(head, p.left + LEAVE - NODE, 20.0, "head")
    yield _named(destination, total, p.left + ARRIVE + NODE, TOP - 10.0, "end")
    yield _node(p.left + ARRIVE, TOP, p.scale * total)
    yield from _exporters(p, focal)
    arrive = TOP
    for name, y in p.routes.items():
        value = p.of_route(name)
        if not value:
            continue
        high, css = p.scale * value, _css(name, focal)
        lane = element("rect", x=p.left + ENTER, y=y, width=OUT - ENTER, height=high, class_=css)
        last = _ribbon(p.left + OUT, y, p.left + ARRIVE, arrive, high, css)
        said = say("{way} to {goal}: {money} bn USD", way=_way(name), goal=destination, money=_money(value))
        yield element("g", titled(said), lane, last)
        arrive += high
        if name:
            yield _named(name, value, p.left + ENTER, y - 4.0, "own" if name == focal else "")
        else:
            yield _named(say("Direct"), value, p.left + ENTER + 8.0, y + min(high / 2 + 4.0, TALL), "")
    yield from _gate(p)


def _exporters(p: _Panel, focal: str) -> Iterator[str]:
    """Exporters with what leaves them, by way; what no longer goes directly ends in the closed lane."""
    enter = dict(p.routes) | {SHUT: p.routes.get(DIRECT, TOP) + p.scale * p.of_route(DIRECT)}
    for origin, top in p.origins.items():
        y = top
        for lane, value, words in _pieces(p, origin):
            high, css = p.scale * value, "shut" if lane == SHUT else _css(lane, focal)
            said = say("{origin} {way}: {money} bn USD", origin=origin, way=words, money=_money(value))
            yield _ribbon(p.left + LEAVE, y, p.left + ENTER, enter[lane], high, css, said)
            if lane != SHUT:
                yield _node(p.left + LEAVE - NODE, y, high)
            y, enter[lane] = y + high, enter[lane] + high
        middle = (top + max(y, top + ROW)) / 2
        yield _named(origin, p.of_origin(origin), p.left + NAMES, middle + 4.0, "end")


def _pieces(p: _Panel, origin: str) -> Iterator[tuple[str, float, Text]]:
    """What leaves an exporter, from above: the direct way, what is closed of it, hubs; lane, value, words."""
    for route in p.routes:
        if value := p.value.get((origin, route), 0.0):
            yield route, value, _way(route)
        if route == DIRECT and origin in p.shut:
            yield SHUT, p.shut[origin], say("no longer directly")


def _way(route: str) -> Text:
    return say("by {hub}", hub=route) if route else say("directly")


def _node(x: float, y: float, high: float) -> str:
    return element("rect", x=x, y=y, width=NODE, height=high, class_="node")


def _gate(p: _Panel) -> Iterator[str]:
    """The part of the direct lane that is closed."""
    lost = sum(p.shut.values())
    if not lost:
        return
    y, high = p.routes[DIRECT] + p.scale * p.of_route(DIRECT), p.scale * lost
    x, wide = p.left + ENTER, OUT - ENTER
    yield element("rect", x=x, y=y, width=wide, height=high, class_="shut")
    yield element("rect", x=x, y=y, width=wide, height=high, class_="gate")
    yield element("line", x1=x + wide, x2=x + wide, y1=y, y2=y + high, class_="bar")
    yield _named(say("Closed"), lost, x + 8.0, y + high / 2 + 4.0, "")


def _css(route: str, focal: str) -> str:
    return "way" if route == DIRECT else "focal" if route == focal else "hub"


def _named(name: str, value: float, x: float, y: float, css: str) -> str:
    """A name with its dollars in bold."""
    figure = element("tspan", f" {_money(value)}", class_="money")
    return label(name, NAMED, x, y, css, 12.0).replace("</text>", f"{figure}</text>")


def _money(million: float) -> str:
    """Billions: two decimals below ten, else one."""
    return number(million / 1000, 2 if million < 9995 else 1, signed=False)


def _ribbon(x1: float, y1: float, x2: float, y2: float, high: float, css: str, words: str = "") -> str:
    """A band of one height between two uprights."""
    m, c = coordinate((x1 + x2) / 2), coordinate
    path = (
        f"M{c(x1)},{c(y1)}C{m},{c(y1)} {m},{c(y2)} {c(x2)},{c(y2)}v{c(high)}"
        f"C{m},{c(y2 + high)} {m},{c(y1 + high)} {c(x1)},{c(y1 + high)}z"
    )
    return element("path", *([titled(words)] if words else []), d=path, class_=css)


def _key(bottom: float, scale: float) -> Iterator[str]:
    """How high ten billion dollars are, or one where all flows are small."""
    unit = 10_000.0 if scale * 10_000.0 < TALL / 2 else 1_000.0 if scale * 1_000.0 < TALL else 1.0
    y, high = bottom + 30.0, scale * unit
    yield _node(LEAVE - NODE, y - high, high)
    words = say(
        "{unit:g} billion US dollars a year, at the buyer's border; one scale in both panels",
        unit=unit / 1000,
    )
    yield text(words, LEAVE + 6.0, y - high / 2 + 4.0, "soft")


def _words(panels: tuple[_Panel, _Panel], heads: tuple[str, str], destination: str) -> Text:
    """The chart in words for those who cannot see it."""
    out = []
    for p, head in zip(panels, heads, strict=True):
        ways = [
            say("{way} {money}", way=r or say("direct"), money=_money(v))
            for r in p.routes
            if (v := p.of_route(r))
        ]
        out.append(
            say(
                "{head}, to {goal} in billion dollars: {ways}.",
                head=head,
                goal=destination,
                ways=joined(", ", ways),
            )
        )
    return joined(" ", out)
