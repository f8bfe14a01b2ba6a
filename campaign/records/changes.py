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
    PROGRESSED = "progressed"
    RECTIFIED = "rectified"
    CLOSED = "closed"
    REOPENED = "reopened"  # struck off or rectified before, unfinished now
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
    ChangeKind.PROGRESSED: "有进展",
    ChangeKind.RECTIFIED: "整改完成",
    ChangeKind.CLOSED: "销号",
    ChangeKind.REOPENED: "重新打开",
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
    lie in that week's workbooks. `belongs_to` is the as-of date of the earlier week that late data is of.
    """

    key: str
    kinds: tuple[ChangeKind, ...]
    problem: Problem
    before: Problem | None = None
    since: date | None = None
    belongs_to: date | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A problem that vanished and is remembered, so that it is known again when it comes back."""

    key: str
    problem: Problem
    seen_on: date  # as-of date of the last week that had it


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two rows that may be one problem (疑似同一问题), for the clerk to settle; until then they count as two.

    `key` is the earlier problem's, last seen in the week of `since`; `ref` the row in this week's ledger;
    `because` says in Chinese what is alike and what is not.
    """

    key: str
    before: Problem
    since: date
    problem: Problem
    because: str

    @property
    def ref(self) -> CellRef:
        """The row in this week's ledger."""
        return self.problem.origin.row


@dataclass(frozen=True, slots=True)
class Changes:
    """What this week's problems are to earlier weeks.

    `keys` names this week's `books.problems`, in their order: a problem has the same key in every week.
    `since` is the as-of date of the week compared with, None in the first week. Problems that are as they
    were have no movement. Movements are in the order of the ledgers, vanished ones last.
    """

    since: date | None = None
    keys: tuple[str, ...] = ()
    movements: tuple[Movement, ...] = ()
    lost: tuple[Lost, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def of(self, *kinds: ChangeKind) -> tuple[Movement, ...]:
        """The movements of any of some kinds."""
        wanted = set(kinds)
        return tuple(m for m in self.movements if wanted.intersection(m.kinds))

    @property
    def suspicious(self) -> tuple[Movement, ...]:
        """The movements that belong on the suspicion list (疑点清单)."""
        return self.of(*_SUSPICIOUS)


NO_CHANGES = Changes()
