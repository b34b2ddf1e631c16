# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
r"""Equations for the page: a small part of TeX, written as MathML, which browsers draw and readers speak.

Known are letters, numbers, signs, ``_`` and ``^`` with groups, ``\hat``, ``\tilde``, ``\bar``, ``\frac``,
``\text``, ``\sum``, ``\prod``, Greek letters and the signs in `SIGNS`. Anything else raises.
"""

from __future__ import annotations

import re
from html import escape

from tertius.errors import BadInput

__all__ = ["mathml"]

ACCENTS = {"hat": "ˆ", "tilde": "˜", "bar": "¯"}
LARGE = {"sum": "∑", "prod": "∏"}
SIGNS = {"cdot": "·", "le": "≤", "ge": "≥", "in": "∈", "ne": "≠", "to": "→", "infty": "∞", "qquad": "\u2003"}
GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
    "psi": "ψ", "omega": "ω", "Delta": "Δ", "Pi": "Π", "Phi": "Φ", "Omega": "Ω",
}  # fmt: skip
TOKEN = re.compile(r"\\([A-Za-z]+)|(\d+(?:\.\d+)?)|(\s+)|(.)")


def mathml(tex: str) -> str:
    r"""Turn one equation into a block of MathML.

    Parameters
    ----------
    tex
        The equation, without dollar signs.

    Returns
    -------
    str
        A ``<math>`` element, well-formed as XML.

    Raises
    ------
    BadInput
        For a command that is not known, or a brace that is not closed.

    Examples
    --------
    >>> mathml("x_n^2").partition("display")[2]
    '="block"><msubsup><mi>x</mi><mi>n</mi><mn>2</mn></msubsup></math>'
    """
    tokens = [m.group().strip() for m in TOKEN.finditer(tex) if not m.group(3)]
    body = _row(tokens[::-1], tex, closing="")
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{body}</math>'


def _row(left: list[str], tex: str, closing: str) -> str:
    """Read until the closing brace or the end; ``left`` holds the tokens to come, the next one last."""
    parts = []
    while left and left[-1] != closing:
        parts.append(_scripted(left, tex))
    if closing:
        if not left:
            raise BadInput(f"equation {tex!r}", "a brace is not closed")
        left.pop()
    return "".join(parts)


def _scripted(left: list[str], tex: str) -> str:
    """Read one atom with its sub- and superscript."""
    large = left[-1].removeprefix("\\") in LARGE
    base, scripts = _atom(left, tex), {"_": "", "^": ""}
    while left and left[-1] in scripts:
        place = left.pop()
        scripts[place] = _atom(left, tex)
    under, over = scripts["_"], scripts["^"]
    if not under and not over:
        return base
    kind = (
        ("under" * bool(under) + "over" * bool(over)) if large else ("sub" * bool(under) + "sup" * bool(over))
    )
    return f"<m{kind}>{base}{under}{over}</m{kind}>"


def _atom(left: list[str], tex: str) -> str:
    if not left:
        raise BadInput(f"equation {tex!r}", "something is missing at the end")
    token = left.pop()
    if token == "{":
        return f"<mrow>{_row(left, tex, '}')}</mrow>"
    if token.startswith("\\") and len(token) > 1:
        return _command(token[1:], left, tex)
    if token[0].isdigit():
        return f"<mn>{token}</mn>"
    return f"<mi>{token}</mi>" if token.isalpha() else f"<mo>{escape(token.replace('-', '−'))}</mo>"


def _command(name: str, left: list[str], tex: str) -> str:
    if name in ACCENTS:
        return f'<mover accent="true">{_atom(left, tex)}<mo stretchy="false">{ACCENTS[name]}</mo></mover>'
    if name == "frac":
        return f"<mfrac>{_atom(left, tex)}{_atom(left, tex)}</mfrac>"
    if name == "text":
        return f"<mtext>{''.join(re.findall('<m[ino]>(.*?)</m[ino]>', _atom(left, tex)))}</mtext>"
    if name in GREEK:
        return f"<mi>{GREEK[name]}</mi>"
    if name in LARGE or name in SIGNS:
        return f"<mo>{LARGE.get(name) or SIGNS[name]}</mo>"
    raise BadInput(f"equation {tex!r}", f"\\{name} is not known")
