# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Small helpers to write SVG by hand: elements, coordinates, text."""

from __future__ import annotations

from html import escape
from textwrap import wrap

from tertius.report.language import tell

__all__ = ["chart", "coordinate", "element", "label", "room", "shorten", "text", "titled", "wrapped"]

WIDER = 0.13  # of a line: what Cyrillic letters need more, on average
SMALLEST = 0.75  # of its type: in what a name may be set before it is cut
Value = str | float | int | None


def coordinate(value: float) -> str:
    """Write a coordinate with at most two decimals and never a negative zero.

    Examples
    --------
    >>> coordinate(1.0), coordinate(2.345678), coordinate(-0.001)
    ('1', '2.35', '0')
    """
    out = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if out == "-0" else out


def _attribute(name: str, value: Value) -> str:
    written = value if isinstance(value, str) else coordinate(float(value or 0.0))
    return f' {name.rstrip("_").replace("_", "-")}="{escape(written)}"'


def element(tag: str, *children: str, **attributes: Value) -> str:
    """Write one element; children are markup already, attributes are escaped, ``None`` leaves one out.

    Underscores in attribute names become hyphens, and a trailing one is dropped (``class_``).

    Examples
    --------
    >>> element("line", x1=0, y1=0.5, class_="zero")
    '<line x1="0" y1="0.5" class="zero"/>'
    """
    head = tag + "".join(_attribute(k, v) for k, v in attributes.items() if v is not None)
    return f"<{head}>{''.join(children)}</{tag}>" if children else f"<{head}/>"


def text(content: str, x: float, y: float, class_: str = "", **attributes: Value) -> str:
    """Write a text element with escaped content at a point of the baseline."""
    return element("text", escape(tell(content)), x=x, y=y, class_=class_ or None, **attributes)


def titled(content: str) -> str:
    """Write the title that a browser shows on hover and a screen reader speaks."""
    return element("title", escape(tell(content)))


def shorten(name: str, most: int) -> str:
    """Say a label and cut it if it has no room, with an ellipsis; a remark in brackets goes first.

    Examples
    --------
    >>> shorten("China (People's Republic of)", 16), shorten("Bosnia and Herzegovina", 16)
    ('China', 'Bosnia and Herz…')
    """
    name = tell(name)
    most = room(name, most)
    if len(name) <= most:
        return name
    bare = name.split(" (")[0]
    return bare if len(bare) <= most else bare[: most - 1].rstrip() + "…"


def label(
    name: str, most: int, x: float, y: float, class_: str = "", size: float = 13.0, lines: int = 1
) -> str:
    """Write a name where so many Latin letters have room: else smaller, then in two lines, cut last.

    Parameters
    ----------
    name
        What to say; a remark in brackets goes first.
    most
        Letters that fit in type of its own size.
    x, y, class_
        As of :func:`text`.
    size
        Size of the type that the class gives.
    lines
        Whether the row is high enough for two lines of the smallest type.

    Returns
    -------
    str
        A ``<text>`` element.

    Examples
    --------
    >>> label("United Kingdom", 14, 0, 0)
    '<text x="0" y="0">United Kingdom</text>'
    >>> label("United Arab Emirates", 17, 0, 0)
    '<text x="0" y="0" style="font-size:11.05px">United Arab Emirates</text>'
    """
    told = tell(name)
    fits = room(told, most)
    told = told if len(told) <= fits else told.split(" (")[0]
    small = int(fits / SMALLEST)
    if len(told) <= fits:
        return text(told, x, y, class_)
    if len(told) <= small:
        return text(told, x, y, class_, style=f"font-size:{coordinate(size * fits / len(told))}px")
    parts = _halves(told) if lines > 1 else (told,)
    step = size * SMALLEST
    tops = [y - size / 3 + (k + 0.5 - len(parts) / 2) * 1.08 * step + step / 3 for k in range(len(parts))]
    cut = [p if len(p) <= small else p[: small - 1].rstrip() + "…" for p in parts]
    spans = [element("tspan", escape(p), x=x, y=v) for p, v in zip(cut, tops, strict=True)]
    return element("text", *spans, class_=class_ or None, style=f"font-size:{coordinate(step)}px")


def _halves(words: str) -> tuple[str, ...]:
    """Break words into two lines, the longer one as short as can be."""
    apart = words.split(" ")
    ways = [(" ".join(apart[:k]), " ".join(apart[k:])) for k in range(1, len(apart))]
    return min(ways, key=lambda two: max(map(len, two)), default=(words,))


def room(words: str, most: int) -> int:
    """Count the letters that fit where ``most`` Latin ones do: those of other alphabets are wider.

    Examples
    --------
    >>> room("from Russia", 20), room("из России", 20)
    (20, 17)
    """
    letters = [c for c in words if c.isalpha()]
    wide = sum(not c.isascii() for c in letters) / max(len(letters), 1)
    return int(most * (1.0 - WIDER * wide))


def wrapped(words: str, most: int) -> list[str]:
    """Say a text and break it into lines of at most so many Latin letters."""
    told = tell(words)
    return wrap(told, room(told, most))


def chart(
    uid: str, title: str, description: str, view: tuple[float, float, float, float], *body: str, class_: str
) -> str:
    """Wrap a drawing as an image with a title and a description for those who cannot see it.

    Parameters
    ----------
    uid
        Id of the chart, unique in the page.
    title, description
        Text alternative: what it is, and what it shows.
    view
        View box: left, top, width, height.
    body
        Markup inside.
    class_
        Class of the root element.

    Returns
    -------
    str
        One ``<svg>`` element, well-formed as XML too.
    """
    return element(
        "svg",
        element("title", escape(tell(title)), id=f"{uid}-title"),
        element("desc", escape(tell(description)), id=f"{uid}-desc"),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        id=uid,
        class_=class_,
        viewBox=" ".join(coordinate(v) for v in view),
        role="img",
        aria_labelledby=f"{uid}-title {uid}-desc",
    )
