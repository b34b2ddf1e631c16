# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The rule that turns comparisons into a sentence, fixed before any score was computed."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COUNTING", "MIN_IMPORTERS", "RULES", "sentence", "word"]

RULES = "backtest-rules 1 (2026-11-22)"  # docs/decisions/0015-backtest.md
MIN_IMPORTERS = 8  # fewer: too few to tell
COUNTING = ("error", "rank")  # scores that decide; sign hits are shown


def word(lo: float, hi: float, sets_agree: bool) -> str:
    """Name a comparison: ``better``, ``worse`` or ``no difference``.

    Parameters
    ----------
    lo, hi
        90 % interval of the gain over a rival.
    sets_agree
        Whether the gain has one sign in every elasticity set.

    Examples
    --------
    >>> word(0.1, 0.3, True), word(0.1, 0.3, False), word(-0.2, 0.1, True), word(-0.2, -0.1, True)
    ('better', 'no difference', 'no difference', 'worse')
    """
    if not sets_agree:
        return "no difference"
    return "better" if lo > 0 else "worse" if hi < 0 else "no difference"


def sentence(words: Mapping[str, Mapping[str, str]]) -> str:
    """Say which rivals are beaten: better in error or rank, worse in neither.

    Parameters
    ----------
    words
        Rival to score to word.

    Examples
    --------
    >>> sentence({"no change": {"error": "better", "rank": "no difference"}})
    'beats all naive rivals (no change)'
    >>> sentence({"no change": {"error": "better", "rank": "worse"}})
    'does not beat naive rivals (no change)'
    """
    beaten: list[str] = []
    not_beaten: list[str] = []
    for rival, by_score in words.items():
        held = {by_score[s] for s in COUNTING}
        (beaten if "better" in held and "worse" not in held else not_beaten).append(rival)
    if not beaten:
        return f"does not beat naive rivals ({', '.join(not_beaten)})"
    if not not_beaten:
        return f"beats all naive rivals ({', '.join(beaten)})"
    return f"beats {' and '.join(beaten)}; does not beat {' or '.join(not_beaten)}"
