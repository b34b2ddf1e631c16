# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Build the shipped tables of the sky: ``python scripts/build_sky.py RAW_DIR OUT_DIR``.

`sky_airspace.json`: outlines of states from Natural Earth (public domain), simplified to 0.08 degrees so that
neighbours keep common borders; islands under 0.03 square degrees go. `sky_services.csv`: city pairs by the
state of the carriers, from the route network of OpenFlights (Open Database License, which the table
keeps). `workers.csv`: how many work in each country, from the Penn World Table.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import airportsdata
import shapely
from shapely.geometry import shape
from shapely.geometry.polygon import orient

from tertius.labels._text import fold
from tertius.labels.countries import country, country_aliases, known_countries
from tertius.labels.groups import group_members

SIMPLIFY, SMALLEST = 0.08, 0.03  # degrees, square degrees
MERGED = {
    "SDS": "SSD", "PSX": "PSE", "SAH": "ESH", "KOS": "XKX", "ALD": "ALA", "IOA": "AUS", "CSI": "AUS",
    "ATC": "AUS", "KAB": "KAZ", "USG": "CUB", "SOL": "SOM", "ESB": "CYP", "WSB": "CYP", "CNM": "CYP",
    "CYN": "CYP", "KAS": "IND", "CLP": "FRA",
}  # fmt: skip
MOVED = {  # codes of 2014 and the airports or codes of today
    "SXF": "BER", "TSE": "NQZ", "FRU": "BSZ", "KIV": "RMO", "PNH": "KTI", "REP": "SAI", "TXL": "BER",
    "SCO": "GUW",
}  # fmt: skip
WIDE = {
    "330", "332", "333", "338", "339", "340", "342", "343", "345", "346", "350", "351", "359", "380", "388",
    "AB4", "AB6", "310", "312", "313", "IL9", "IL6", "M11", "D10", "744", "74E", "747", "74H", "74M", "742",
    "743", "74L", "762", "763", "764", "767", "772", "773", "777", "77L", "77W", "787", "788", "789",
}  # fmt: skip
REGIONAL = {
    "AT4", "AT5", "AT7", "ATR", "CR2", "CR7", "CR9", "CRJ", "DH1", "DH2", "DH3", "DH4", "DH8", "DHT", "E70",
    "E75", "E7W", "E90", "E95", "E45", "EM2", "ER3", "ER4", "ERD", "ERJ", "F50", "F70", "J31", "J41", "S20",
    "SF3", "YK2", "YK4", "AN4", "AN6", "A40", "A81", "L4T", "SU9",
}  # fmt: skip
MARKET = {*group_members("EU27", date(2022, 1, 1)), "NOR", "ISL", "CHE"}
HEAD = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-FileCopyrightText: OpenFlights contributors
# SPDX-License-Identifier: ODbL-1.0
# City pairs by the state of the carriers, about 2014: a network, not a timetable. airlines: how many airlines
# of that state sell the pair themselves; craft: aircraft class of the equipment named first.
# Contains information from the OpenFlights route database, made available under the Open Database License.
"""


WORKERS = """# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: CC-BY-4.0
# Persons engaged (million) and share of labour in income in 2019, rounded.
# Source: Feenstra, Inklaar & Timmer (2015), Penn World Table 10.01, CC BY 4.0.
"""


def airspace(raw: Path) -> dict[str, object]:
    """Read and simplify the outlines; whole hundredths of degrees, differences from point to point."""
    features = json.loads((raw / "air/natural_earth_countries.geojson").read_text("utf-8"))["features"]
    shapes = [shape(f["geometry"]) for f in features]
    fine = shapely.coverage_simplify(shapes, SIMPLIFY)
    states: dict[str, list[list[int]]] = defaultdict(list)
    known = set(known_countries())
    for feature, geometry in zip(features, fine, strict=True):
        code = MERGED.get(feature["properties"]["ADM0_A3"], feature["properties"]["ADM0_A3"])
        if code in known:
            states[code] += [r for part in parts(geometry) for r in rings(part)]
    return {
        "origin": "natural-earth",
        "note": "Boundaries are not a statement of position.",
        "unit": "0.01 degrees; differences (longitude, latitude); inside on the left",
        "states": {k: states[k] for k in sorted(states) if states[k]},
    }


def parts(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    """List the polygons that are not tiny, largest always among them."""
    every = [p for p in getattr(geometry, "geoms", [geometry]) if not p.is_empty]
    every.sort(key=lambda p: -p.area)
    return [p for k, p in enumerate(every) if k == 0 or p.area >= SMALLEST]


def rings(polygon: shapely.Polygon) -> list[list[int]]:
    """Write the rings of a polygon as differences."""
    turned = orient(polygon, 1.0)
    out = []
    for ring in (turned.exterior, *(h for h in turned.interiors if shapely.Polygon(h).area >= SMALLEST)):
        whole = [(round(100 * x), round(100 * y)) for x, y in ring.coords[:-1]]
        line = [whole[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole))]
        out.append([n for point in line for n in point])
    return out


def wanted(a: str, b: str, continent: dict[str, str]) -> bool:
    """Europe-Asia, North America-Asia, and everything that touches Russia or Kazakhstan."""
    if {a, b} & {"RUS", "KAZ"}:
        return True
    pair = {continent.get(a), continent.get(b)}
    return pair in ({"Europe", "Asia"}, {"North America", "Asia"})


def at_home(carrier: str, ends: set[str]) -> bool:
    """Whether a carrier may fly a pair: its state, or one of its single market, is at an end."""
    return carrier in ends or (carrier in MARKET and bool(ends & MARKET))


def craft(equipment: str) -> str:
    """Class of the aircraft named first."""
    first = (equipment.split() or [""])[0]
    return "wide" if first in WIDE else "regional" if first in REGIONAL else "narrow"


def services(raw: Path) -> list[tuple[str, str, str, int, str]]:
    """Count airlines by pair, state and class."""
    features = json.loads((raw / "air/natural_earth_countries.geojson").read_text("utf-8"))["features"]
    continent = {
        MERGED.get(f["properties"]["ADM0_A3"], f["properties"]["ADM0_A3"]): f["properties"]["CONTINENT"]
        for f in features
    }
    by_iso2 = {country(c).iso2: c for c in known_countries() if country(c).iso2}
    airports = airportsdata.load("IATA")
    home = {code: by_iso2.get(a["country"]) for code, a in airports.items()}
    names = country_aliases()
    with (raw / "air/airlines.dat").open(encoding="utf-8") as file:
        state = {r[0]: names.get(fold(r[6])) for r in csv.reader(file)}
    flown: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    lost: dict[str, int] = defaultdict(int)
    with (raw / "air/routes.dat").open(encoding="utf-8") as file:
        for airline, number, a, _, b, _, shared, stops, equipment in csv.reader(file):
            a, b = MOVED.get(a, a), MOVED.get(b, b)
            if shared == "Y" or stops != "0" or a == b:
                continue
            if not (state.get(number) and home.get(a) and home.get(b)):
                lost["carrier" if not state.get(number) else "airport"] += 1
                continue
            if wanted(home[a], home[b], continent) and at_home(state[number], {home[a], home[b]}):
                flown[(min(a, b), max(a, b), state[number])][airline] = craft(equipment)
    print("rows left out:", dict(lost))
    out = []
    for (a, b, carrier), airlines in sorted(flown.items()):
        kinds = list(airlines.values())
        out += [(a, b, carrier, kinds.count(kind), kind) for kind in sorted(set(kinds))]
    return out


def workers(raw: Path) -> list[tuple[str, str, str]]:
    """Persons engaged (million) and share of labour in income in 2019, Penn World Table 10.01."""
    with gzip.open(raw / "macro/pwt1001.csv.gz", "rt", encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["year"] == "2019" and r["emp"]]
    known = set(known_countries())
    return [
        (r["isocode"], f"{float(r['emp']):.4g}", f"{float(r['labsh']):.3f}" if r["labsh"] else "")
        for r in rows
        if r["isocode"] in known
    ]


def main(argv: list[str]) -> int:
    """Write both tables."""
    if len(argv) != 3 or not (Path(argv[1]) / "air/routes.dat").is_file():
        print("usage: build_sky.py RAW_DIR OUT_DIR, where RAW_DIR/air/routes.dat exists", file=sys.stderr)
        return 2
    raw, out = Path(argv[1]), Path(argv[2])
    text = json.dumps(airspace(raw), separators=(",", ":"))
    (out / "sky_airspace.json").write_text(text + "\n", encoding="utf-8")
    rows = services(raw)
    with (out / "sky_services.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["a", "b", "carrier", "airlines", "craft"])
        writer.writerows(rows)
    with (out / "workers.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(WORKERS)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country", "million", "labour_share"])
        writer.writerows(workers(raw))
    for name in ("sky_airspace.json", "sky_services.csv", "workers.csv"):
        print(name, f"{(out / name).stat().st_size / 1000:.0f} kB")
    print(len(rows), "services")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
