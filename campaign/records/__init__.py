"""The frozen records that every stage speaks.

Words and meanings are those of the design: a problem is *found*, *rectified*, *closed*; `closed` (已销号) is
verified, `rectified` (已整改) is not yet. Dates are dates, points are Decimals, and each record that was read
from a workbook keeps the cells it came from.
"""

from campaign.records.changes import (
    NO_CHANGES,
    Absence,
    ChangeKind,
    Changes,
    Doubt,
    Life,
    LifeWeek,
    Lost,
    Movement,
    Settled,
)
from campaign.records.faults import (
    Fault,
    Severity,
    Waiver,
)
from campaign.records.places import (
    CellRef,
    Origin,
    Sourced,
)
from campaign.records.reports import (
    CHINESE_DIGITS,
    Activity,
    Adjustment,
    Answer,
    Books,
    CheckAnswer,
    Complaint,
    ItemCode,
    LedgerReceipt,
    Merit,
    Moment,
    PendingRow,
    Photo,
    Problem,
    Recheck,
    SelfCheck,
    Settlement,
    SpotCheck,
    Status,
)
from campaign.records.results import (
    Assessment,
    Decision,
    DecisionKind,
    Figures,
    Scorecard,
    ScoreLine,
    SubjectKind,
    Tally,
)
from campaign.records.roster import (
    Community,
    Company,
    Roster,
    Subdistrict,
)
from campaign.records.weeks import (
    DocumentNumber,
    Snapshot,
    Week,
)

__all__ = [
    "CHINESE_DIGITS",
    "NO_CHANGES",
    "Absence",
    "Activity",
    "Adjustment",
    "Answer",
    "Assessment",
    "Books",
    "CellRef",
    "ChangeKind",
    "Changes",
    "CheckAnswer",
    "Community",
    "Company",
    "Complaint",
    "Decision",
    "DecisionKind",
    "DocumentNumber",
    "Doubt",
    "Fault",
    "Figures",
    "ItemCode",
    "LedgerReceipt",
    "Life",
    "LifeWeek",
    "Lost",
    "Merit",
    "Moment",
    "Movement",
    "Origin",
    "PendingRow",
    "Photo",
    "Problem",
    "Recheck",
    "Roster",
    "ScoreLine",
    "Scorecard",
    "SelfCheck",
    "Settled",
    "Settlement",
    "Severity",
    "Snapshot",
    "Sourced",
    "SpotCheck",
    "Status",
    "Subdistrict",
    "SubjectKind",
    "Tally",
    "Waiver",
    "Week",
]
