# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Pages as plain text or Markdown: the head of the page, its paragraphs, its signature."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tertius.data.texts import read_yaml
from tertius.reading.dates import NOT_FOUND, is_month, read_date
from tertius.reading.result import Fact, Page

__all__ = ["read_markdown", "read_plain"]

HEAD = 160  # letters of the longest line that can still be a heading
NAME = r"[A-ZА-ЯЁ][\w'’-]+(?:\s+(?:[A-ZА-ЯЁ]\.\s*)?[A-ZА-ЯЁ][\w'’-]+){1,2}"
DATED = {
    "modified": r"(?i:last modified|modified|last updated|updated|изменено|обновлено|исправлено)",
    "published": r"(?i:posted|published|date|опубликовано|дата публикации|дата|размещено)",
}
LABELLED = {name: re.compile(rf"{words}\b\s*:?\s+(.+)") for name, words in DATED.items()}
BYLINE = re.compile(rf"(?i:written by|text by|by)\s+({NAME})|(?i:authors?|автор|авторы|текст)\s*:\s*(\S.*)")
TITLED = re.compile(r"(?i:title|headline|заголовок)\s*:\s*(\S.*)")
SIGNED = re.compile(rf"({NAME})(?:,\s+\D+)?")
NAMED_TITLE = re.compile(rf"({NAME})[.:]\s+(\S.+)")
CUT = re.compile(r"\s*[,|·–—]\s*")
MARKS = re.compile(r"^(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+\.\s+)")
INLINE = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|(\*\*|__|\*|`)(?=\S)|(?<=\S)(\*\*|__|\*|`)")


def read_plain(text: str, language: str) -> Page:
    r"""Read a page of plain text.

    Its head are the short lines without a full stop before the first paragraph: dates, author, title. A last
    line that begins with a name and a comma, or is a name, is the signature.

    Parameters
    ----------
    text
        Lines; a paragraph is a line, or lines up to an empty one.
    language
        For dates in words.

    Returns
    -------
    Page
        What the head does not say is not found.

    Examples
    --------
    >>> page = read_plain("Posted 8 June 2022\n\nA title\n\nBy Ann Lee\n\nOne sentence.", "en")
    >>> page.title.value, page.author.value, page.published.value, page.paragraphs
    ('A title', 'Ann Lee', '2022-06-08', ('One sentence.',))
    """
    blocks = _blocks(text)
    size = next((k for k, b in enumerate(blocks) if not _heading(b)), len(blocks))
    head, body = blocks[:size], blocks[size:]
    facts, titles = _facts(head, language)
    signature = SIGNED.fullmatch(body[-1]) if len(body) > 1 and _heading(body[-1]) else None
    if signature:
        body = body[:-1]
    title, author = (titles[0] if titles else ""), facts["author"]
    told = NAMED_TITLE.fullmatch(title)
    signed = signature[1] if signature else ""
    if told and told[1] in (signed, author.value):
        author, title = Fact(told[1]), told[2]
    if not author.value and signed:
        author = Fact(signed)
    return Page(
        Fact(title) if title else NOT_FOUND, author, facts["published"], facts["modified"], tuple(body)
    )


def _blocks(text: str) -> list[str]:
    """Paragraphs: between empty lines where there are any, else the lines."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    wrapped = "" in lines
    joined = "\n".join(lines).split("\n\n") if wrapped else lines
    found = []
    for block in joined:
        own = [line for line in block.split("\n") if line]
        short = all(_heading(line) for line in own)
        found += own if short else [" ".join(own)]
    return [b for b in found if b]


def _heading(block: str) -> bool:
    return len(block) <= HEAD and not block.endswith((".", "!", "…", ":", ";", '."', ".»", ".)"))


def _facts(head: Sequence[str], language: str) -> tuple[dict[str, Fact], list[str]]:
    """Facts of the lines of a head, and the lines that may be the title."""
    facts = dict.fromkeys(("author", "published", "modified"), NOT_FOUND)
    titles, bare = list[str](), NOT_FOUND
    for line in (piece for whole in head for piece in _pieces(whole, language)):
        name, said = _label(line)
        if name == "title":
            titles.insert(0, said)
        elif name == "author":
            facts["author"] = facts["author"] if facts["author"].value else Fact(said)
        elif name:
            facts[name] = _better(facts[name], read_date(said, language))
        elif _only_date(line, language):
            bare = _better(bare, read_date(line, language))
        else:
            titles.append(line)
    facts["published"] = _better(facts["published"], bare)
    return facts, titles


def _pieces(line: str, language: str) -> tuple[str, ...]:
    """Cut a byline that ends with its date in two: ``By Ann Lee, 8 June 2022``."""
    cut = CUT.split(line, maxsplit=1)
    dated = len(cut) == 2 and BYLINE.fullmatch(cut[0]) and _only_date(cut[1], language)
    return tuple(cut) if dated else (line,)


def _label(line: str) -> tuple[str, str]:
    """Which fact a line of the head gives by its first word, and what it says."""
    if m := BYLINE.fullmatch(line):
        return "author", m[1] or m[2]
    if m := TITLED.fullmatch(line):
        return "title", m[1]
    for name, pattern in LABELLED.items():
        m = pattern.fullmatch(line)
        if m and read_date(m[1]) != NOT_FOUND:
            return name, m[1]
    return "", line


def _only_date(line: str, language: str) -> bool:
    """Whether a line is a date and nothing else: its words are a month, and ``th``, ``г`` or ``UTC``."""
    left = re.findall(r"[^\W\d_]+", line)
    only = len(left) <= 3 and all(is_month(w) or len(w) <= 3 for w in left)
    return only and read_date(line, language) != NOT_FOUND


def _better(old: Fact, new: Fact) -> Fact:
    return new if (new.value and not old.value) or old == NOT_FOUND else old


def read_markdown(text: str, language: str) -> Page:
    r"""Read a page of Markdown: its front matter is believed first, then its first heading.

    Examples
    --------
    >>> page = read_markdown("---\ntitle: T\nauthor: A\ndate: 2022-06-08\n---\n# H\n\nA *word*.", "en")
    >>> page.title, page.published.value, page.paragraphs
    (Fact(value='T', note='elsewhere on the page: H'), '2022-06-08', ('A word.',))
    """
    front, body = _front_matter(text)
    headings = re.findall(r"^#\s+(.+?)\s*#*$", body, re.MULTILINE)
    kept = "\n".join(line for line in body.splitlines() if not re.match(r"#{2,6}\s", line))
    lines = (INLINE.sub(r"\1", MARKS.sub("", line)) for line in kept.splitlines())
    page = read_plain("\n".join(lines), language)
    title = front.get("title") or (headings[0] if headings else page.title.value)
    note = f"elsewhere on the page: {headings[0]}" if headings and headings[0] != title else ""
    return replace(
        page,
        title=Fact(title, note) if title else NOT_FOUND,
        author=Fact(front["author"]) if front.get("author") else page.author,
        published=read_date(front["date"], language) if front.get("date") else page.published,
        modified=read_date(front["modified"], language) if front.get("modified") else page.modified,
    )


def _front_matter(text: str) -> tuple[Mapping[str, str], str]:
    m = re.match(r"---\s*\n(.*?)\n---\s*(?:\n|$)", text, re.DOTALL)
    if not m:
        return {}, text
    held = read_yaml(m[1], "front matter")
    pairs = held.items() if isinstance(held, dict) else ()
    return {str(k).casefold(): str(v) for k, v in pairs if isinstance(v, str | int)}, text[m.end() :]
