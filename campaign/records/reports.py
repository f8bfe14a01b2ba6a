"""What offices report: ledgers, forms, inspections, and the books they make together."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from campaign.records.places import CellRef, Origin, Sourced
from campaign.records.roster import Roster

CHINESE_DIGITS = "〇一二三四五六七八九十"


@dataclass(frozen=True, slots=True, order=True)
class ItemCode:
    """One of the checklist's items: group and number, both from 1 ("五-2" is group 5, number 2)."""

    group: int
    number: int

    def __str__(self) -> str:
        group = CHINESE_DIGITS[self.group] if self.group < len(CHINESE_DIGITS) else str(self.group)
        return f"{group}-{self.number}"


class Status(StrEnum):
    """The state of a problem on the as-of date."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    RECTIFIED = "rectified"
    CLOSED = "closed"

    @property
    def done(self) -> bool:
        """Put right, whether or not already verified and struck off."""
        return self in {Status.RECTIFIED, Status.CLOSED}

    @property
    def zh(self) -> str:
        """The word of the ledgers."""
        return {"open": "未整改", "in_progress": "整改中", "rectified": "已整改", "closed": "已销号"}[
            self.value
        ]


class Moment(StrEnum):
    """Whether a photo shows a problem before or after it was put right."""

    BEFORE = "before"
    AFTER = "after"
    UNSAID = ""  # the heading over it does not say


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in the rows of a problem, ready for print. Its bytes are known by their SHA-256."""

    ref: CellRef
    digest: str
    moment: Moment = Moment.UNSAID
    width: int = 0  # pixels, upright
    height: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of an issue ledger (问题台账), with names as in the roster."""

    serial: str
    subdistrict: str
    community: str
    company: str
    item: ItemCode | None
    description: str
    found_on: date
    measure: str
    due_on: date | None
    no_deadline: bool  # 长期坚持: there is none, as against: it is missing
    responsible_unit: str
    responsible_person: str
    phone: str
    status: Status
    rectified_on: date | None
    closed_on: date | None
    supervision: str
    note: str
    origin: Origin
    photos: int = 0  # pictures in the rows of this problem, kept as evidence
    pictures: tuple[Photo, ...] = ()  # those of them that can be printed

    def overdue(self, as_of: date) -> bool:
        """Not done and past its deadline; due today is not overdue."""
        return not self.status.done and self.due_on is not None and self.due_on < as_of

    def days_overdue(self, as_of: date) -> int:
        """Whole days past the deadline; 0 where not overdue."""
        return (as_of - self.due_on).days if self.due_on is not None and self.overdue(as_of) else 0


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A ledger row that cannot be counted until its office mends it (待核实): kept, shown, never guessed."""

    subdistrict: str
    cells: tuple[Sourced, ...]
    fault_codes: tuple[str, ...]
    ref: CellRef


class Answer(StrEnum):
    """What a self-check says of one item."""

    PASS = "pass"  # noqa: S105 - an answer, not a secret
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """One line of a self-check form."""

    item: ItemCode
    answer: Answer
    problem: str
    measure: str
    due_on: date | None
    responsible_person: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """A self-check form (自查表): the checklist's items answered for one community."""

    community: str
    checked_on: date
    answers: tuple[CheckAnswer, ...]
    origin: Origin


class Recheck(StrEnum):
    """What an inspection found of a problem said to be put right (复查结果)."""

    CONFIRMED = "confirmed"  # 属实
    FALSE_CLOSEOUT = "false_closeout"  # 虚假销号
    RELAPSED = "relapsed"  # 反弹


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """An inspection by the leading group's office (督导抽查) of a subdistrict or agency."""

    checked_on: date
    unit: str  # roster name of a subdistrict or company, or an agency's name
    community: str  # "" where none is named
    finding: str
    handling: str
    origin: Origin
    serial: str = ""  # 问题编号 of the ledger row inspected; "" where none is named
    recheck: Recheck | None = None  # None where the record does not say


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint or petition (信访投诉)."""

    received_on: date
    community: str
    content: str
    handler: str
    settled_on: date | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Activity:
    """How often a unit did something up to the as-of date (工作开展情况): meetings, trainings."""

    unit: str
    kind: str  # the column's heading as typed, e.g. 召开会议（次）
    count: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Merit:
    """A matter that counts for or against a unit (考核事项): an honour, a lost lawsuit, a rater's mark,
    the record of a duty done. What it is worth is for the rules to say.
    """

    dated_on: date
    unit: str  # roster name of a subdistrict or company, or an agency's name
    matter: str  # 事项, as the rules name it
    level: str  # 级别 of an honour or of a verdict; "" where there is none
    quantity: Decimal | None  # 数量: how many, how much, or a reported rate in per cent
    rater: str  # 评分人 of a mark; "" otherwise
    mark: Decimal | None  # 分值 that the rater gave
    proof: str  # 证明材料; "" where none is named
    community: str  # "" where none is named
    item: ItemCode | None
    repaired_on: date | None  # 修复日期: a bad entry was put right and struck off
    note: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A manual change of a score (得分调整), in force up to and including `expires_on`. It comes from a
    workbook, with a reason and whoever approved it, and is printed.
    """

    subject: str  # roster name of a subdistrict or company, or an agency's name
    points: Decimal  # signed, never zero
    reason: str
    approver: str
    expires_on: date
    origin: Origin


@dataclass(frozen=True, slots=True)
class Settlement:
    """One doubt settled by the clerk (同一问题认定): whether two keys name one problem, and who says so."""

    earlier: str
    later: str
    same: bool
    by: str
    note: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class LedgerReceipt:
    """What became of one sheet of a ledger, said aloud: how many rows counted, which were passed over."""

    subdistrict: str
    ref: CellRef
    reported_on: date | None
    counted: int
    pending: int
    repeats: int  # rows that repeat another sheet's and were counted there
    passed_over: tuple[tuple[str, str], ...] = ()  # (address, why): total, signature, note, repeated heading


@dataclass(frozen=True, slots=True)
class Books:
    """Everything read from the input folder, on the as-of date.

    The optional kinds are None where nobody handed them in: that is 未报送, not zero.
    """

    as_of: date
    roster: Roster
    problems: tuple[Problem, ...] = ()
    future: tuple[Problem, ...] = ()  # found after the as-of date: not counted
    pending: tuple[PendingRow, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    self_checks: tuple[SelfCheck, ...] = ()
    spot_checks: tuple[SpotCheck, ...] | None = None
    complaints: tuple[Complaint, ...] | None = None
    activities: tuple[Activity, ...] | None = None
    receipts: tuple[LedgerReceipt, ...] = ()
    unreported: tuple[str, ...] = ()  # subdistricts without a usable ledger
    merits: tuple[Merit, ...] | None = None
    settlements: tuple[Settlement, ...] = ()
