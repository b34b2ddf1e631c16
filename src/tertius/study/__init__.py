# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Studies: a question, its cases, what rooms say of it, and claims judged by rules fixed beforehand."""

from tertius.study.chapter import Chapter as Chapter
from tertius.study.chapter import Measured as Measured
from tertius.study.from_article import draft_from_article as draft_from_article
from tertius.study.ledger import LedgerEntry as LedgerEntry
from tertius.study.quantities import Estimate as Estimate
from tertius.study.quantities import estimate as estimate
from tertius.study.quantities import fill as fill
from tertius.study.register import Registration as Registration
from tertius.study.register import registration as registration
from tertius.study.run import StudyRun as StudyRun
from tertius.study.run import compute as compute
from tertius.study.scaffold import draft_study as draft_study
from tertius.study.schema import StudyFile as StudyFile
from tertius.study.schema import list_studies as list_studies
from tertius.study.schema import load_study as load_study
from tertius.study.texts import study_texts as study_texts
from tertius.study.verdicts import VERDICT_RULE as VERDICT_RULE
from tertius.study.verdicts import Verdict as Verdict
