# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A made-up page for tests and for work on the looks. No number in it means anything."""

from tertius.report import ledger, referee
from tertius.report import page as p

CODES = (
    "AGO ARE ARG AUS AUT BEL BGD BGR BLR BRA BRN CAN CHE CHL CHN CIV CMR COD COL CRI "
    "CYP CZE DEU DNK EGY ESP EST FIN FRA GBR GRC HKG HRV HUN IDN IND IRL ISL ISR ITA "
    "JOR JPN KAZ KHM KOR LAO LTU LUX LVA MAR MEX MLT MMR MYS NGA NLD NOR NZL PAK PER "
    "PHL POL PRT ROU RUS SAU SEN SGP STP SVK SVN SWE THA TUN TUR TWN UKR USA VNM ZAF"
)
COUNTRIES = CODES.split()

NAMES = {
    "ARE": "United Arab Emirates",
    "CHN": "China (People's Republic of)",
    "CIV": "Côte d'Ivoire",
    "COD": "Democratic Republic of Congo",
    "DEU": "Germany",
    "GBR": "United Kingdom",
    "HKG": "Hong Kong, China",
    "KAZ": "Kazakhstan",
    "LAO": "Lao (People’s Democratic Rep.)",
    "NOR": "Norway",
    "RUS": "Russian Federation",
    "STP": "São Tomé and Príncipe",
    "TUR": "Türkiye",
    "UKR": "Ukraine",
    "USA": "United States",
}
FIXED = {"RUS": -4.321, "BLR": -1.234, "LTU": -0.765, "LVA": -0.654, "KAZ": 0.432, "NOR": 0.398, "SAU": 0.321}


def effect(code):
    """Made-up effect in percent: a fixed scramble of the letters."""
    a, b, c = (ord(x) - 64 for x in code)
    return FIXED.get(code, ((a * 7 + b * 13 + c * 29) % 61 - 31) / 123)


def bar(code):
    middle = effect(code)
    room = 0.3 * abs(middle) + 0.012
    return p.CountryBar(
        code,
        NAMES.get(code, f"Name of {code}"),
        middle - room,
        middle,
        middle + 1.5 * room,
        f"real_income/both/{code}",
    )


def estimate(label, low, median, high, unit="%", ids=None, signed=True):
    over = "over 8 elasticity sets"
    return ledger.Estimate(label, unit, low, median, high, over, ids or (f"made-up/{label}",), signed)


def claim(id_, says, verdict, found="", estimates=(), rule="", grade="", falsifier="", **more):
    parts = (ledger.Part(rule, "holds", "8 of 8 draws", grade),) if rule else ()
    return ledger.ClaimPage(
        id_,
        says,
        f"Made-up citation, sentence {id_[1:]}",
        verdict,
        (found,) if found else (),
        estimates=estimates,
        parts=parts,
        grade=grade,
        falsifier=falsifier,
        **more,
    )


JUNE, DECEMBER = "In force 8 June 2022", "End of 2022"

LEDGER = (
    claim(
        "S1",
        "Sanctions put Russia and Belarus under pressure.",
        "supported",
        "Russia loses 4.32 % of real income in the median set, and at least 3.21 % in every set.",
        (
            estimate("Russian Federation", -6.54, -4.32, -3.21),
            estimate("Belarus", -1.89, -1.23, -0.98),
            estimate("Coalition, mean", -0.26, -0.21, -0.16),
            estimate("Kazakhstan", 0.12, 0.43, 0.65),
            *(estimate(f"Made-up state {k}", -0.02, 0.01, 0.03) for k in range(1, 5)),
        ),
        "Supported if real income of Russia falls in every elasticity set, at both dates.",
        "Model-based; size rests on the trade elasticities.",
        "A set in which Russia gains, or a fall under 0.5 %.",
        limits=("Computed here: real income; not finance.",),
        facts=(
            ledger.FactNote("growth of Russia", "2022", -2.1, "%", "a made-up bank", "first estimate"),
            ledger.FactNote("central bank frozen out", "2022-02-28", None, "", "a made-up paper"),
        ),
        drawings=("losses",),
        chapters=(("ranking", "Winners and losers"),),
        rule_hash="sha256:1234567890abcdef",
    ),
    claim("S2", "More flights cross the focal country's airspace.", "not yet computed"),
    claim(
        "S5",
        "The focal country is one of the main winners of the whole region, all channels added up.",
        "mixed",
        "Import bans alone raise its income, export bans alone lower it; the sign depends on the block.",
        (
            estimate("Both blocks, end of 2022", 0.12, 0.43, 0.65),
            estimate("Export bans alone", -0.07, -0.03, -0.01),
            estimate("Rank, both blocks", 1, 2, 9, "rank of 81", signed=False),
        ),
        "Supported if the rank is 10 or better in every set, for both blocks and both dates.",
        "Model-based.",
        "A rank beyond 20 in any set.",
        rule_hash="sha256:fedcba0987654321",
    ),
    claim(
        "S7",
        "Ruling groups fear one power and synchronise with another.",
        "not identified",
        "No data on elites exist; this stays open.",
        (),
        "No rule can be tested.",
        "None.",
        "None.",
    ),
    claim(
        "S9",
        "The customs union does not pay.",
        "not robust",
        "Leaving changes income by between −0.08 and +0.11 %; the sign depends on the elasticity set.",
        (estimate("Leaving the union, tariffs only", -0.08, 0.01, 0.11),),
        "Supported if leaving raises income in every set.",
        "Model-based.",
        "Any set with a loss above 0.5 %.",
    ),
    claim(
        "S11",
        "Every lever means mutual losses, not one-sided ones.",
        "contradicted",
        "The target loses 12 times as much, in percent, as the one who pulls.",
        (
            estimate("Loss of the target", -4.5, -2.9, -1.6),
            estimate("Loss of the user", -0.3, -0.22, -0.15),
            estimate("Loss of the user", -5.4, -3.9, -2.7, "USD bn"),
            ledger.Estimate("Levers by which both lose", "", 9.0, 9.0, 9.0, signed=False),
        ),
        "Supported if the user loses at least half of what the target loses, in percent.",
        "Model-based.",
        "A ratio under 2.",
    ),
    claim("S15", "The page itself: title, author, dates.", "not yet computed"),
)

CHANNELS = tuple(
    p.ChannelBar(block, date, *values, id=f"channel/{block}/{date}")
    for block, rows in {
        "Export bans on machinery and technology": ((-0.04, -0.02, -0.01), (-0.07, -0.03, -0.01)),
        "Import bans on energy and metals": ((0.02, 0.05, 0.09), (0.24, 0.43, 0.65)),
        "Both": ((-0.01, 0.03, 0.07), (0.19, 0.41, 0.61)),
    }.items()
    for date, values in zip((JUNE, DECEMBER), rows, strict=True)
)
CLOSURES = tuple(
    p.ChannelBar(
        f"Both, {date[:1].lower() + date[1:]}", closure, *values, closure, f"closure/{date}/{closure}"
    )
    for date, pairs in {
        JUNE: ((-0.01, 0.03, 0.07), (-0.05, -0.01, 0.02)),
        DECEMBER: ((0.19, 0.41, 0.61), (0.11, 0.29, 0.47)),
    }.items()
    for closure, values in zip(("fixed deficit", "balanced trade"), pairs, strict=True)
)

METHOD = (
    referee.MethodNote(
        "Equilibrium",
        "<p>Exact hat algebra: every hat is a ratio of new to old. <b>Made-up</b> text for the looks.</p>",
        (
            r"$\hat c_n^s = \frac{1}{\hat A_n^s} \hat w_n^{b_n^s} \prod_k (\hat P_n^k)^{g_n^{k,s}}$",
            r"$\hat P_n^s = [ \sum_i \pi_{ni}^s (\hat\kappa_{ni}^s \hat c_i^s)^{-\theta^s} ]^{-1/\theta^s}$",
            "πʹ = π (κ̂ ĉ / P̂)^(−θ) written as plain text, with < and & in it",
        ),
        "Caliendo and Parro (2015), Review of Economic Studies 82: 1–44.",
    ),
    referee.MethodNote(
        "Ranges", "<p>Each number is computed with eight published sets of trade elasticities.</p>"
    ),
)

SCENARIOS = (
    referee.ScenarioNote(
        "made-up-2022",
        "Made-up measures, end of 2022",
        "Bans on exports to and imports from one country.",
        (
            referee.MeasureNote(
                "Ban on imports of crude oil",
                "Council Regulation (EU) 2022/879",
                "verified",
                "2022-12-05",
                "https://eur-lex.europa.eu/eli/reg/2022/879/oj",
            ),
            referee.MeasureNote(
                "Ban on exports of machinery, with a long text on what is covered",
                "Annex XXIII, made up",
                "cited from memory",
                "2022-04-09",
            ),
        ),
        ("licences granted case by case", "smuggling"),
    ),
)

ANCHORS = (
    referee.AnchorRow(
        "GDP of Kazakhstan", 189.1, 197.1, "USD bn", -4.1, "Made-up source", id="anchor/gdp/KAZ"
    ),
    referee.AnchorRow("GDP of the United States", 22876.5, 23315.1, "USD bn", -1.9, "Made-up source"),
    referee.AnchorRow(
        "Kazakhstan's goods exports to Russia",
        3.7,
        7.0,
        "USD bn",
        -47.1,
        "Made-up source, table 3",
        True,
        "known to be too low in the source; ratios are used",
    ),
)

ORIGINS = (
    referee.OriginNote(
        "made-up-icio",
        "A producer",
        "Inter-country tables",
        "2025 edition",
        "CC BY 4.0",
        "derived-only",
        "https://example.org/icio",
        "2026-11-22",
        "USD million, basic prices",
    ),
    referee.OriginNote(
        "natural-earth",
        "Natural Earth",
        "Admin 0 countries",
        "undated",
        "public domain",
        "yes",
        "https://www.naturalearthdata.com",
        "2026-11-22",
        "degrees",
        "Boundaries are not a statement.",
    ),
)


def make(**changes):
    """Build the fabricated page, with some fields changed."""
    values = tuple(p.MapValue(b.iso3, b.name, b.median, b.id) for b in map(bar, COUNTRIES))
    fields = {
        "title": "Fabricated study",
        "question": "Does a third country gain when neighbours fall out? (Numbers here are made up.)",
        "headline": "Kazakhstan gains a little from bans on its neighbour’s oil, and nothing else",
        "standfirst": "All numbers here are made up. Real income rises by 0.43 % in the median set, "
        "from 0.12 to 0.65 % over eight sets of elasticities; the whole of it comes from bans on imports of "
        "energy and metals. At the date of the article these bans were not yet in force, and the gain was "
        "within 0.1 % of zero.",
        "focal": "KAZ",
        "focal_name": "Kazakhstan",
        "generated": "2026-01-02",
        "version": "0.0.0",
        "world": "made-up-2021",
        "figures": (
            p.KeyFigure(
                estimate("Kazakhstan’s real income", 0.12, 0.43, 0.65),
                "All bans in force by the end of 2022.",
            ),
            p.KeyFigure(
                estimate("Russia’s real income", -6.54, -4.32, -3.21), "Ten times the loss of the coalition."
            ),
            p.KeyFigure(
                estimate("Kazakhstan’s rank", 1, 2, 9, "rank of 81", signed=False), "First among neighbours."
            ),
        ),
        "ledger": LEDGER,
        "rule": "A rule holds if it is true in every draw.",
        "front": ("gains", "losses", "channels"),
        "map": p.MapData(
            "Who gains and who loses",
            (*values, p.MapValue("ROW", "Rest of the World", 0.05)),
            "Change of real income, made-up measures at the end of 2022, median of eight sets.",
        ),
        "winners": tuple(map(bar, COUNTRIES)),
        "channels": CHANNELS,
        "closures": CLOSURES,
        "scenarios": SCENARIOS,
        "anchors": ANCHORS,
        "origins": ORIGINS,
        "assumptions": ("Labour does not move between countries.", "Trade imbalances stay fixed."),
        "not_modelled": ("Rouble and tenge, inflation, credit, deposits.", "Dynamics of any kind."),
        "method": METHOD,
        "solves": referee.SolveSummary(96, 0.0612, 3.2e-11, True, "RUS natural gas"),
        "reproduce": referee.Reproduce(
            "tertius run made-up --out results", "0123abc", (("World", "sha256:" + "ab" * 32),)
        ),
        "article": "a made-up article",
        "winners_caption": "Made-up measures, end of 2022.",
        "channels_caption": "Fixed deficits.",
        "closures_caption": "Hollow marks: balanced trade.",
    }
    return p.Page(**(fields | changes))
