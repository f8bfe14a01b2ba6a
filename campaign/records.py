"""The frozen records that every stage speaks.

Words and meanings are those of the design: a problem is *found*, *rectified*, *closed*; `closed` (已销号) is
verified, `rectified` (已整改) is not yet. Dates are dates, points are Decimals, and each record that was read
from a workbook keeps the cells it came from.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from openpyxl.utils import get_column_letter

# --- Where something was read --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """A place in a workbook: `file` is the path below the input folder; row and column count from 1.

    A whole sheet has row 0; a whole file has an empty sheet name too.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The address as Excel shows it ("G12"); empty where the place is a file or a sheet."""
        return f"{get_column_letter(self.column)}{self.row}" if self.row and self.column else ""

    def __str__(self) -> str:
        parts = [f"《{self.file}》"]
        if self.sheet:
            parts.append(f"“{self.sheet}”")
        return "".join(parts) + self.cell


@dataclass(frozen=True, slots=True)
class Sourced:
    """One field of a record as it stood in the workbook: where, and the text as typed."""

    field: str
    ref: CellRef
    raw: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where each field of a record was read. `row` points at the record's first cell."""

    row: CellRef
    fields: tuple[Sourced, ...] = ()

    def ref(self, name: str) -> CellRef:
        """The cell of a field; the record's own place where that field has no column."""
        return next((f.ref for f in self.fields if f.field == name), self.row)

    def raw(self, name: str) -> str:
        """The field's text as typed; empty where that field has no column."""
        return next((f.raw for f in self.fields if f.field == name), "")

    def refs(self, names: Iterable[str]) -> tuple[CellRef, ...]:
        """The cells of several fields, without repeats."""
        return tuple(dict.fromkeys(self.ref(n) for n in names))


# --- What is wrong with a workbook ----------------------------------------------------------------


class Severity(StrEnum):
    """How bad a fault is. Fatal: the workbook or sheet cannot be used. Error: the row cannot be counted."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def blocks(self) -> bool:
        """Whether a week with such a fault may be drafted but not issued."""
        return self in {Severity.FATAL, Severity.ERROR}


@dataclass(frozen=True, slots=True)
class Waiver:
    """Leave to issue in spite of an error (豁免): why, on whose word, up to and including which day.

    `ref` is the row of the workbook 豁免 that grants it.
    """

    reason: str
    by: str
    until: date
    ref: CellRef


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a workbook that the office which sent it can mend (填报错误).

    `message` says where, what and why; `remedy` says what to type. Both are for the clerk, in Chinese.
    A fault that is waived keeps its severity and its place in every list; it only no longer blocks.
    """

    code: str
    severity: Severity
    ref: CellRef
    value: str
    message: str
    remedy: str
    waiver: Waiver | None = None

    @property
    def blocks(self) -> bool:
        """Whether a week with this fault may be drafted but not issued."""
        return self.severity.blocks and self.waiver is None


# --- The campaign's cast (名册) -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Community:
    """A residential community (小区) with its subdistrict and its company, by their roster names."""

    name: str
    subdistrict: str
    company: str
    households: int | None
    origin: Origin
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """A property company (物业企业)."""

    name: str
    principal: str
    phone: str
    origin: Origin
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subdistrict:
    """A subdistrict office (街道办事处)."""

    name: str
    principal: str
    post: str
    origin: Origin
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody in scope, in the order of the roster workbook."""

    communities: tuple[Community, ...] = ()
    companies: tuple[Company, ...] = ()
    subdistricts: tuple[Subdistrict, ...] = ()
    agencies: tuple[str, ...] = ()  # empty where the roster lists none: then the campaign's rules do

    def community(self, name: str) -> Community | None:
        """The community of that roster name."""
        return next((c for c in self.communities if c.name == name), None)

    def company(self, name: str) -> Company | None:
        """The company of that roster name."""
        return next((c for c in self.companies if c.name == name), None)


CHINESE_DIGITS = "〇一二三四五六七八九十"

# --- What offices report --------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """An inspection by the leading group's office (督导抽查) of a subdistrict or agency."""

    checked_on: date
    unit: str  # roster name of a subdistrict or company, or an agency's name
    community: str  # "" where none is named
    finding: str
    handling: str
    origin: Origin


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


# --- What follows from it -------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One week as it was written to its folder: all that later weeks and the summary know of it."""

    number: int
    books: Books
    assessment: Assessment
    draft: bool = True
    program: str = ""

    @property
    def as_of(self) -> date:
        """The closing date (截至)."""
        return self.books.as_of


@dataclass(frozen=True, slots=True)
class Week:
    """One week from end to end: what came in, what follows, and what the weeks before said (oldest first)."""

    number: int
    books: Books
    faults: tuple[Fault, ...]
    assessment: Assessment
    past: tuple[Snapshot, ...] = ()
    draft: bool = True

    @property
    def as_of(self) -> date:
        """The closing date (截至)."""
        return self.books.as_of

    @property
    def last(self) -> Snapshot | None:
        """The week before this one, if it is known."""
        return self.past[-1] if self.past else None

    @property
    def blocked(self) -> bool:
        """Whether a fault forbids issuing this week."""
        return any(f.blocks for f in self.faults)
