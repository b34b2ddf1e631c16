# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Pages in HTML: what their markup says of title, author and dates, and their paragraphs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from tertius.reading.dates import NOT_FOUND, read_date
from tertius.reading.result import Fact, Page

__all__ = ["read_markup"]

SILENT = frozenset({"script", "style", "noscript", "template", "svg", "form", "button"})
ASIDE = frozenset({"nav", "header", "footer", "aside", "figure"})
BLOCK = frozenset({"p", "li", "blockquote"})
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
ARTICLE = frozenset({"Article", "NewsArticle", "OpinionNewsArticle", "BlogPosting", "AnalysisNewsArticle"})
META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "author": ("author", "article:author", "dc.creator"),
    "published": ("article:published_time", "date", "dc.date", "datepublished", "pubdate"),
    "modified": ("article:modified_time", "og:updated_time", "last-modified", "datemodified"),
}
LINKED = {"title": "headline", "author": "author", "published": "datePublished", "modified": "dateModified"}


class _Reader(HTMLParser):
    """Collects metadata, headings, JSON-LD and paragraphs in one pass."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.linked: list[str] = []
        self.heads: dict[str, list[str]] = {"title": [], "h1": []}
        self.times: list[str] = []
        self.blocks: list[tuple[bool, list[str]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {k: v or "" for k, v in attrs}
        if tag == "meta":
            name = (held.get("property") or held.get("name") or held.get("itemprop") or "").casefold()
            self.meta.setdefault(name, held.get("content", "").strip())
        if tag == "time" and held.get("datetime"):
            self.times.append(held["datetime"])
        if tag == "br" and self.blocks:
            self.blocks[-1][1].append(" ")
        if tag in VOID:
            return
        self.open.append("json" if held.get("type") == "application/ld+json" else tag)
        if self.open[-1] == "json":
            self.linked.append("")
        elif tag in BLOCK and not ASIDE & set(self.open):
            self.blocks.append(("article" in self.open, []))
        elif tag in self.heads:
            self.heads[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at] == tag or (tag == "script" and self.open[at] == "json"):
                del self.open[at:]
                return

    def handle_data(self, data: str) -> None:
        if "json" in self.open:
            self.linked[-1] += data
        elif "title" in self.open or "h1" in self.open:
            own = self.heads["h1" if "h1" in self.open else "title"]
            own[-1] += data
        elif BLOCK & set(self.open) and not (SILENT | ASIDE) & set(self.open) and self.blocks:
            self.blocks[-1][1].append(data)


def read_markup(text: str, language: str) -> Page:
    """Read a page in HTML.

    Parameters
    ----------
    text
        The page.
    language
        For dates in words.

    Returns
    -------
    Page
        JSON-LD is believed before ``meta``, and that before headings; a note says where they differ.

    Examples
    --------
    >>> page = read_markup("<title>A</title><meta name=author content='B C'><p>One.<p>Two.", "en")
    >>> page.title.value, page.author.value, page.published.note, page.paragraphs
    ('A', 'B C', 'not found', ('One.', 'Two.'))
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    linked = {key: value for item in _articles(reader.linked) for key, value in item.items()}
    found = {what: [*_said(linked.get(LINKED[what])), *_named(reader.meta, META[what])] for what in META}
    found["title"] += [*reader.heads["h1"][:1], *reader.heads["title"][:1]]
    dates = {w: [read_date(d, language) for d in found[w]] for w in ("published", "modified")}
    if not dates["published"]:
        dates["published"] = [read_date(t, language) for t in reader.times[:1]]
    inside = [b for b in reader.blocks if b[0]] or reader.blocks
    paragraphs = (" ".join("".join(parts).split()) for _, parts in inside)
    return Page(
        _first(Fact(_clean(t)) for t in found["title"] if _clean(t)),
        _first(Fact(_clean(a)) for a in found["author"] if _clean(a) and "://" not in a),
        _first(dates["published"]),
        _first(dates["modified"]),
        tuple(p for p in paragraphs if p),
    )


def _articles(linked: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Items of JSON-LD that describe an article; what is not JSON says nothing."""
    for text in linked:
        try:
            held = json.loads(text)
        except ValueError:
            continue
        items = held.get("@graph", held) if isinstance(held, dict) else held
        for item in items if isinstance(items, list) else [items]:
            kinds = item.get("@type") if isinstance(item, dict) else None
            if ARTICLE & {k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)}:
                yield item


def _said(value: Any) -> Iterator[str]:
    """Text of a value of JSON-LD: a string, a person, or several of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _said(value.get("name"))
    elif isinstance(value, list):
        names = [n for v in value for n in _said(v)]
        yield from ([", ".join(names)] if names else [])


def _named(meta: dict[str, str], names: Iterable[str]) -> Iterator[str]:
    yield from (meta[n] for n in names if meta.get(n))


def _clean(text: str) -> str:
    return " ".join(text.split())


def _first(facts: Iterable[Fact]) -> Fact:
    """The first that says something; if a later one says something else, that is noted."""
    held = list(facts)
    found = next((f for f in held if f.value), held[0] if held else NOT_FOUND)
    others = dict.fromkeys(f.value for f in held if f.value and f.value != found.value)
    if found.value and others:
        return Fact(found.value, f"elsewhere on the page: {'; '.join(others)}")
    return found
