"""What has become of each problem since the week in which it was last seen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaign.records.places import CellRef
from campaign.records.reports import Problem


class ChangeKind(StrEnum):
    """What can have become of a problem; several may hold at once (progressed, and the deadline moved)."""

    NEW = "new"
    LATE = "late"  # 补报: found in an earlier week, but that week's ledger did not have it
    MENDED = "mended"  # that week's ledger had it in a row that could not be counted (待核实)
    RETURNED = "returned"  # had vanished, is there again
    PROGRESSED = "progressed"
    RECTIFIED = "rectified"
    CLOSED = "closed"
    REOPENED = "reopened"  # struck off before and not now, or only anew; or rectified before, unfinished now
    SET_BACK = "set_back"  # in progress before, open now
    DEADLINE_MOVED = "deadline_moved"
    REWRITTEN = "rewritten"
    REASSIGNED = "reassigned"  # another person or unit is responsible
    VANISHED = "vanished"  # in the ledger before, gone now, never struck off
    BACK_DATED = "back_dated"  # struck off on a day when the ledger of that week did not say so

    @property
    def zh(self) -> str:
        """The word of the documents."""
        return _WORDS[self]

    @property
    def suspicious(self) -> bool:
        """Whether it belongs on the suspicion list (疑点清单)."""
        return self in _SUSPICIOUS


_WORDS = {
    ChangeKind.NEW: "新增",
    ChangeKind.LATE: "补报",
    ChangeKind.MENDED: "更正计入",
    ChangeKind.RETURNED: "消失后重现",
    ChangeKind.PROGRESSED: "有进展",
    ChangeKind.RECTIFIED: "整改完成",
    ChangeKind.CLOSED: "销号",
    ChangeKind.REOPENED: "重新打开",
    ChangeKind.SET_BACK: "进度回退",
    ChangeKind.DEADLINE_MOVED: "时限变更",
    ChangeKind.REWRITTEN: "描述改写",
    ChangeKind.REASSIGNED: "责任人变更",
    ChangeKind.VANISHED: "未销号而消失",
    ChangeKind.BACK_DATED: "倒填销号",
}
_SUSPICIOUS = {
    ChangeKind.VANISHED,
    ChangeKind.BACK_DATED,
    ChangeKind.REOPENED,
    ChangeKind.DEADLINE_MOVED,
}


@dataclass(frozen=True, slots=True)
class Movement:
    """One problem that is not as it was. `kinds` is never empty.

    `problem` is as it stands now, for a vanished one as it was last seen; `before` as last seen, None where
    it is new. `since` is the as-of date of the week that `before` (or a vanished problem) stood in; its cells
    lie in that week's workbooks. `belongs_to` is the as-of date of the earlier week that late or mended data
    is of.
    """

    key: str
    kinds: tuple[ChangeKind, ...]
    problem: Problem
    before: Problem | None = None
    since: date | None = None
    belongs_to: date | None = None


class Absence(StrEnum):
    """Why a known problem is not among the week's problems. Only the first is suspicious."""

    VANISHED = "vanished"  # never struck off, and nothing explains it
    STRUCK_OFF = "struck_off"  # struck off when last seen: offices drop such rows
    UNREPORTED = "unreported"  # its office sent no usable ledger
    PENDING = "pending"  # its row is there, but cannot be counted (待核实) or is dated after the as-of date
    OUT_OF_SCOPE = "out_of_scope"  # its community is no longer in the roster


@dataclass(frozen=True, slots=True)
class Lost:
    """A problem that is not in the ledgers now and is remembered, so that it is known when it comes back."""

    key: str
    problem: Problem  # as last seen
    seen_on: date  # as-of date of the last week that had it
    why: Absence = Absence.VANISHED


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two rows that may be one problem (疑似同一问题), for the clerk to settle; until then they count as two.

    `key` is the earlier problem's, last seen in the week of `since`; `ref` the row in this week's ledger and
    `later` its own key; `because` says in Chinese what is alike and what is not.
    """

    key: str
    before: Problem
    since: date
    problem: Problem
    because: str
    later: str = ""

    @property
    def ref(self) -> CellRef:
        """The row in this week's ledger."""
        return self.problem.origin.row


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled of a doubt, for ever: `later` is the same problem as `earlier`, or another."""

    earlier: str
    later: str
    same: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What this week's problems are to earlier weeks.

    `keys` names this week's `books.problems`, in their order: a problem has the same key in every week.
    `since` is the as-of date of the week compared with, None in the first week. Problems that are as they
    were have no movement. Movements are in the order of the ledgers, vanished ones last. `lost` are all known
    problems that are not among this week's, `settled` all verdicts of the clerk so far.
    """

    since: date | None = None
    keys: tuple[str, ...] = ()
    movements: tuple[Movement, ...] = ()
    lost: tuple[Lost, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    settled: tuple[Settled, ...] = ()

    def of(self, *kinds: ChangeKind) -> tuple[Movement, ...]:
        """The movements of any of some kinds."""
        wanted = set(kinds)
        return tuple(m for m in self.movements if wanted.intersection(m.kinds))

    @property
    def suspicious(self) -> tuple[Movement, ...]:
        """The movements that belong on the suspicion list (疑点清单)."""
        return self.of(*_SUSPICIOUS)


@dataclass(frozen=True, slots=True)
class LifeWeek:
    """One week in a problem's life: how it stood, or why it was not there, and what had happened to it."""

    as_of: date
    problem: Problem | None
    absence: Absence | None = None
    movement: Movement | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """One problem over all weeks, from the one that first had it."""

    key: str
    weeks: tuple[LifeWeek, ...]

    @property
    def problem(self) -> Problem:
        """The problem as last seen."""
        return next(week.problem for week in reversed(self.weeks) if week.problem is not None)


NO_CHANGES = Changes()
