# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""What the data say: alignment, influence, activity and substance, circumvention; nothing is simulated."""

from tertius.evidence.activity import Activity as Activity
from tertius.evidence.activity import activity as activity
from tertius.evidence.alignment import Alignment as Alignment
from tertius.evidence.alignment import alignment as alignment
from tertius.evidence.claim_rules import CLAIM_RULES as CLAIM_RULES
from tertius.evidence.claim_rules import OF_POWERS as OF_POWERS
from tertius.evidence.claim_rules import EvidenceClaim as EvidenceClaim
from tertius.evidence.claim_rules import claim_rule as claim_rule
from tertius.evidence.claims import Known as Known
from tertius.evidence.claims import evidence_claims as evidence_claims
from tertius.evidence.detect import Detection as Detection
from tertius.evidence.detect import detect as detect
from tertius.evidence.detect import placebo_dates as placebo_dates
from tertius.evidence.events import EventGap as EventGap
from tertius.evidence.events import event_gap as event_gap
from tertius.evidence.influence import Influence as Influence
from tertius.evidence.influence import influence as influence
from tertius.evidence.mirror import mirror_gaps as mirror_gaps
from tertius.evidence.product_mirror import ProductGaps as ProductGaps
from tertius.evidence.product_mirror import product_gaps as product_gaps
from tertius.evidence.rules import RULES as RULES
