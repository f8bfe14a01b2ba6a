"""What follows from the reports: figures, score lines, decisions."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from campaign.records.places import CellRef


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one subject on the as-of date.

    Where `missing` names offices whose ledger did not come in, the counts of problems are not zero but
    unknown, and nothing may rest on them.
    """

    communities: int = 0
    checked: int = 0
    found: int = 0
    open: int = 0
    in_progress: int = 0
    rectified: int = 0
    closed: int = 0
    overdue: int = 0
    new: int = 0
    newly_closed: int = 0
    pending: int = 0
    households: int | None = None
    missing: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """已整改 and 已销号 together."""
        return self.rectified + self.closed


@dataclass(frozen=True, slots=True)
class Figures:
    """The week's figures, by subject; the order is the roster's. `groups` counts by checklist group."""

    as_of: date
    totals: Tally
    subdistricts: dict[str, Tally] = field(default_factory=dict)
    companies: dict[str, Tally] = field(default_factory=dict)
    communities: dict[str, Tally] = field(default_factory=dict)
    groups: dict[int, Tally] = field(default_factory=dict)


class SubjectKind(StrEnum):
    """Who can be scored."""

    SUBDISTRICT = "subdistricts"
    COMPANY = "companies"
    AGENCY = "agencies"


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """Points won or lost (得分明细): the rule, its clause, the reason and the cells it rests on."""

    rule: str
    title: str
    clause: str
    points: Decimal
    because: str
    evidence: tuple[CellRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One subject's score. `points` is `full` plus the lines' points, always; None where not rated (未评价),
    and then `unrated` says why.
    """

    name: str
    kind: SubjectKind
    full: Decimal
    points: Decimal | None
    grade: str
    rank: int | None
    lines: tuple[ScoreLine, ...] = ()
    unrated: str = ""


class DecisionKind(StrEnum):
    """The consequences (处置) that the rules may call for."""

    INTERVIEW = "interview"
    CRITICISM = "criticism"
    COMMENDATION = "commendation"
    RECTIFICATION_ORDER = "rectification_order"
    LISTED_SUPERVISION = "listed_supervision"
    ACCOUNTABILITY_REFERRAL = "accountability_referral"


@dataclass(frozen=True, slots=True)
class Decision:
    """A consequence for one subject, with the rule and the cells it rests on.

    `times` is the how-manieth of its kind for the subject, `rung` whom or what the ladder reaches then
    (分管负责人 …); empty where the rules have no ladder for it.
    """

    kind: DecisionKind
    subject: str
    subject_kind: SubjectKind
    rule: str
    clause: str
    reasons: tuple[str, ...]
    evidence: tuple[CellRef, ...] = ()
    times: int = 1
    rung: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Records and changes held against the rulebook."""

    figures: Figures
    scorecards: tuple[Scorecard, ...] = ()
    decisions: tuple[Decision, ...] = ()
    rules_digest: str = ""

    def cards(self, kind: SubjectKind) -> tuple[Scorecard, ...]:
        """The score cards of one kind of subject."""
        return tuple(c for c in self.scorecards if c.kind is kind)
