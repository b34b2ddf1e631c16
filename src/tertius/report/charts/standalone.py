# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""A chart as a file of its own: with the report's style inside, so that it looks the same anywhere."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["standalone"]


def standalone(svg: str) -> str:
    """Put the report's style sheet into an ``<svg>`` element.

    Parameters
    ----------
    svg
        What a chart function returned.

    Returns
    -------
    str
        A document that a browser or an editor shows as the report does.

    Examples
    --------
    >>> standalone('<svg viewBox="0 0 1 1"></svg>').count("<style>")
    1
    """
    css = (files("tertius.report") / "static" / "report.css").read_text(encoding="utf-8")
    head, rest = svg.split(">", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}><style><![CDATA[{css}]]></style>{rest}\n'
