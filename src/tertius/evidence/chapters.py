# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Short names of products, headings and chapters of the Harmonized System, in our own words."""

from __future__ import annotations

from functools import cache

from tertius.data.evidence import evidence_table

__all__ = ["chapter_name", "product_text"]

NAMES = """live animals|meat|fish|dairy, eggs, honey|other animal products|plants|vegetables|fruit, nuts|
coffee, tea, spices|cereals|milling products|oil seeds|gums and resins|plaiting materials|fats and oils|
prepared meat and fish|sugar|cocoa|prepared cereals|prepared vegetables|other food|drinks|feed|tobacco|
salt, stone, cement|ores|fuels|inorganic chemicals|organic chemicals|medicines|fertilisers|dyes and paints|
perfumes and cosmetics|soap and waxes|glues, enzymes|explosives|photographic goods|other chemicals|plastics|
rubber|hides|leather|furs|wood|cork|basketware|pulp|paper|printed matter|silk|wool|cotton|plant fibres|
man-made filaments|man-made staple fibres|wadding, felt, ropes|carpets|special fabrics|technical fabrics|
knitted fabrics|knitted clothes|other clothes|other textiles|footwear|headgear|umbrellas|feathers|
stone and plaster goods|ceramics|glass|jewellery, precious metals|iron and steel|iron and steel goods|copper|
nickel|aluminium|(reserved)|lead|zinc|tin|other base metals|tools and cutlery|other metal goods|machinery|
electrical machinery and electronics|railway vehicles|vehicles|aircraft|ships|optical and medical instruments|
watches|musical instruments|arms|furniture|toys and games|other manufactures|art and antiques"""
CHAPTERS = tuple(n.strip() for n in NAMES.split("|"))


def chapter_name(code: str) -> str:
    """Name the chapter of a product code, empty if there is none.

    Examples
    --------
    >>> chapter_name("870324"), chapter_name("8471"), chapter_name("99")
    ('vehicles', 'machinery', '')
    """
    number = int(code[:2]) if code[:2].isdigit() else 0
    return CHAPTERS[number - 1] if 0 < number <= len(CHAPTERS) else ""


@cache
def _texts() -> dict[str, str]:
    table = evidence_table("product_texts.csv")
    return dict(zip(table["code"], table["text"], strict=True))


def product_text(code: str) -> str:
    """Name a product: by its six digits, else its heading, else its chapter.

    Examples
    --------
    >>> [product_text(c) for c in ("870323", "8517xx", "847989")]
    ['petrol cars 1.5-3.0 l', 'telephones, network equipment', 'machines of own function']
    >>> product_text("0901")
    'coffee, tea, spices'
    """
    return _texts().get(code[:6]) or _texts().get(code[:4]) or chapter_name(code)
