# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""Studies: a question, its cases, and claims judged by rules fixed beforehand."""

from tertius.study.ledger import LedgerEntry as LedgerEntry
from tertius.study.ledger import Verdict as Verdict
from tertius.study.ledger import fill as fill
from tertius.study.ledger import quantity_estimate as quantity_estimate
from tertius.study.run import StudyRun as StudyRun
from tertius.study.run import compute as compute
from tertius.study.schema import StudyFile as StudyFile
from tertius.study.schema import list_studies as list_studies
from tertius.study.schema import load_study as load_study
