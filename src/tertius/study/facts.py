# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Published facts that a study puts beside its claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tertius.data.published import PublishedFact, published_facts
from tertius.study.claims import Claim, ShippedFact

if TYPE_CHECKING:
    from tertius.study.schema import StudyFile

__all__ = ["facts_beside"]


def facts_beside(study: StudyFile, claim: Claim) -> Iterator[PublishedFact]:
    """Give the facts of a claim: shipped ones about the focal state, and those that the study cites itself.

    Parameters
    ----------
    study, claim
        A claim of the study.

    Raises
    ------
    BadInput
        If no such fact is shipped.
    """
    for k, fact in enumerate(claim.facts):
        where = f"{study.name}: claim {claim.id}: facts[{k}]"
        if isinstance(fact, ShippedFact):
            yield from published_facts(where, study.focal, fact.topic, fact.indicator)
        else:
            yield PublishedFact(**fact.model_dump())
