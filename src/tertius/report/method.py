# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What the report says about its method; the equations are those of the kernels."""

from __future__ import annotations

from tertius.report.referee import MethodNote
from tertius.text import say

__all__ = ["METHOD"]

METHOD = (
    MethodNote(
        say("Equilibrium"),
        say(
            "<p>Many countries and sectors trade intermediate and final goods; shares respond to cost with a"
            " sector's trade elasticity. Everything is solved in ratios of new to old, so only shares,"
            " tariffs and elasticities enter. Labour moves freely between sectors of a country, not between"
            " countries: the answer is the long run.</p>"
        ),
        (
            r"$\hat c_n^s = \frac{1}{\hat A_n^s} \hat w_n^{\beta_n^s} \prod_k (\hat P_n^k)^{\gamma_n^{k,s}}$",
            r"$\hat P_n^s = [ \sum_i \pi_{ni}^s (\hat\kappa_{ni}^s \hat c_i^s)^{-\theta^s} ]^{-1/\theta^s}$",
            "π′ = π (κ̂ ĉ / P̂)^(−θ),  κ̂ = d̂ (1 + t′)/(1 + t)",
            "X′ = γ Y′ + α I′,  Y′ = Σ π′ X′/(1 + t′),  I′ = ŵ L̂ VA + R′ + D′",
            say("ŵ L̂ VA = Σ β Y′;  world value added is the unit of account"),
        ),
        "Caliendo and Parro (2015), Review of Economic Studies 82: 1–44.",
    ),
    MethodNote(
        say("Bans"),
        say(
            "<p>A ban that covers a share of a flow closes exactly that share at unchanged prices. Bans on"
            " different goods add up; a full embargo closes the flow altogether. What remains open may grow,"
            " and other suppliers step in.</p>"
        ),
        (say("(κ̂)^(−θ) = 1 − coverage"),),
    ),
    MethodNote(
        say("Welfare"),
        say(
            "<p>Real income is exact: income over the price index of final demand. Income is value added,"
            " tariff revenue and the deficit. Dollars are the equivalent variation at prices of the base"
            " year.</p>"
        ),
        (r"$\hat W_n = \hat I_n / \prod_s (\hat P_n^s)^{\alpha_n^s}$",),
    ),
    MethodNote(
        say("Ranges"),
        say(
            "<p>Every number is computed with each set of trade elasticities that the study names (all that"
            " come with the world, if it names none), and with each of its closures. The big number is the"
            " median over sets under the first closure, the range runs from the smallest to the largest. With"
            " a <i>fixed deficit</i> a country keeps borrowing or lending the same share of world income;"
            " with <i>balanced trade</i> the base year is solved again without deficits and results are"
            " relative to"
            " it; with a <i>deficit as share of income</i> each country keeps its own ratio to value"
            " added, up to a correction that lets the deficits of all sum to zero.</p>"
        ),
    ),
)
