"""What has changed since the week before, in words: suspicions (疑点清单), doubts, late data (补报)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.compose.brief import Portion, portions
from campaign.compose.filters import long_date
from campaign.records import (
    Absence,
    CellRef,
    ChangeKind,
    Changes,
    Doubt,
    Movement,
    Problem,
    Snapshot,
    Week,
)

_ORDER = (ChangeKind.VANISHED, ChangeKind.BACK_DATED, ChangeKind.REOPENED, ChangeKind.DEADLINE_MOVED)
_LIKELY = "；另有一条疑似就是它，有待认定"


@dataclass(frozen=True, slots=True)
class Suspect:
    """One entry of the suspicion list: what it is, how it stood and how it stands, each with its cell.

    `seen` is the closing date of the week it stood in before, `before` its cell in that week's workbooks;
    `now` is None where it is gone. `missing` says that it was gone the week before already.
    """

    key: str
    kinds: tuple[ChangeKind, ...]
    subdistrict: str
    community: str
    company: str
    item: str
    description: str
    was: str
    stands: str
    seen: date
    before: CellRef
    now: CellRef | None
    missing: bool = False

    @property
    def what(self) -> str:
        """重新打开、时限变更."""
        return "、".join(kind.zh for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class LateWeek:
    """How many late problems belong to one earlier week: its number and closing date."""

    number: int
    as_of: date
    count: int


@dataclass(frozen=True, slots=True)
class Late:
    """Late data (补报), or data put right (更正): how many, by office, by the week they belong to."""

    count: int
    offices: tuple[Portion, ...]
    weeks: tuple[LateWeek, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """How many problems have changed in which way since the week before; one problem may count in several."""

    new: int
    late: int
    mended: int
    returned: int
    progressed: int
    rectified: int
    closed: int
    reopened: int
    set_back: int
    deadline_moved: int
    rewritten: int
    reassigned: int
    vanished: int
    back_dated: int

    @property
    def suspicious(self) -> int:
        """How many belong on the suspicion list, each kind counted."""
        return self.vanished + self.back_dated + self.reopened + self.deadline_moved


def moves(changes: Changes) -> Moves | None:
    """The counts; None in the first week, which has nothing to compare with."""
    if changes.since is None:
        return None
    counts = Counter(kind for movement in changes.movements for kind in movement.kinds)
    return Moves(**{kind.value: counts[kind] for kind in ChangeKind})


def late(week: Week, kind: ChangeKind, offices: Sequence[str]) -> Late | None:
    """The movements of LATE or MENDED, if any, by office and by the week they belong to."""
    found = week.changes.of(kind)
    if not found:
        return None
    belong = Counter(m.belongs_to for m in found if m.belongs_to is not None)
    numbers = {w.as_of: w.number for w in week.past}
    return Late(
        count=len(found),
        offices=portions(offices, (m.problem.subdistrict for m in found)),
        weeks=tuple(LateWeek(numbers.get(day, 0), day, belong[day]) for day in sorted(belong)),
    )


def suspects(changes: Changes) -> tuple[Suspect, ...]:
    """The suspicion list: this week's by kind, the gravest first, then who has been missing for longer."""
    ranked = sorted(changes.suspicious, key=lambda m: min(_ORDER.index(k) for k in m.kinds if k in _ORDER))
    asked = {doubt.key for doubt in changes.doubts}
    return (*(_suspect(m, asked=m.key in asked) for m in ranked), *_missing(changes, asked))


def _suspect(movement: Movement, *, asked: bool) -> Suspect:
    problem, before = movement.problem, movement.before or movement.problem
    kinds = tuple(kind for kind in _ORDER if kind in movement.kinds)
    gone = ChangeKind.VANISHED in kinds
    return Suspect(
        key=movement.key,
        kinds=kinds,
        subdistrict=problem.subdistrict,
        community=problem.community,
        company=problem.company,
        item=str(problem.item or ""),
        description=problem.description,
        was=state(before),
        stands="台账中已没有这个问题" + _LIKELY * asked if gone else state(problem, before),
        seen=movement.since or date.min,
        before=before.origin.row,
        now=None if gone else problem.origin.row,
    )


def _missing(changes: Changes, asked: Collection[str]) -> Iterator[Suspect]:
    told = {m.key for m in changes.of(ChangeKind.VANISHED)}
    for lost in changes.lost:
        if lost.why is Absence.VANISHED and lost.key not in told:
            p = lost.problem
            yield Suspect(
                key=lost.key,
                kinds=(ChangeKind.VANISHED,),
                subdistrict=p.subdistrict,
                community=p.community,
                company=p.company,
                item=str(p.item or ""),
                description=p.description,
                was=state(p),
                stands="此前已消失，台账中至今没有" + _LIKELY * (lost.key in asked),
                seen=lost.seen_on,
                before=p.origin.row,
                now=None,
                missing=True,
            )


def state(problem: Problem, before: Problem | None = None) -> str:
    """How a problem stands: 整改中，时限2023年4月30日; against `before` also how far its deadline moved."""
    words = [problem.status.zh]
    if problem.closed_on and problem.status.done:
        words.append(f"销号时间{long_date(problem.closed_on)}")
    if problem.due_on:
        words.append(f"时限{long_date(problem.due_on)}{_by(problem.due_on, before)}")
    elif problem.no_deadline:
        words.append("长期坚持")
    else:
        typed = problem.origin.raw("due_on").strip()
        words.append(f"时限写作“{typed}”" if typed else "没有时限")
    return "，".join(words)


def _by(due: date, before: Problem | None) -> str:
    if before is None or before.due_on is None or before.due_on == due:
        return ""
    days = (due - before.due_on).days
    return f"（推迟{days}天）" if days > 0 else f"（提前{-days}天）"


def told(movement: Movement) -> str:
    """One movement in a line: 销号、时限变更（上期：整改中，时限2023年4月30日）."""
    words = "、".join(kind.zh for kind in movement.kinds)
    aside = f"属于截至{long_date(movement.belongs_to)}的一周" if movement.belongs_to else ""
    if movement.before is not None and movement.since is not None:
        aside = f"截至{long_date(movement.since)}：{state(movement.before)}"
    return f"{words}（{aside}）" if aside else words


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """Two rows that may be one problem, for the clerk to settle: both keys, both texts, both cells."""

    earlier: str
    later: str
    community: str
    before: str
    now: str
    seen: date
    place: CellRef
    because: str


def doubt_rows(changes: Changes) -> tuple[DoubtRow, ...]:
    """This week's doubts."""
    return tuple(map(_doubt, changes.doubts))


def _doubt(doubt: Doubt) -> DoubtRow:
    return DoubtRow(
        earlier=doubt.key,
        later=doubt.later,
        community=doubt.problem.community,
        before=_entry(doubt.before),
        now=_entry(doubt.problem),
        seen=doubt.since,
        place=doubt.ref,
        because=doubt.because,
    )


def _entry(problem: Problem) -> str:
    item = f"{problem.item}，" if problem.item else ""
    return f"{problem.description}（{item}{long_date(problem.found_on)}发现，{problem.status.zh}）"


def number_of(day: date, past: Iterable[Snapshot]) -> str:
    """第5期, by the closing date of an earlier week; the date itself where that week is not known."""
    return next((f"第{w.number}期" for w in past if w.as_of == day), f"截至{long_date(day)}的一期")
