"""What has become of every problem since the last time it was seen.

One week is compared with the snapshot of the week before it and with nothing older: whatever must be
remembered of earlier weeks (problems that are not in the ledgers, what the clerk has settled) each snapshot
hands on to the next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from campaign.history.identity import Known, Matching, match
from campaign.history.keys import name_all
from campaign.history.movements import kinds
from campaign.history.serials import serials
from campaign.history.waiting import places, rows_of
from campaign.records import (
    Absence,
    Books,
    CellRef,
    ChangeKind,
    Changes,
    Doubt,
    Lost,
    Movement,
    Problem,
    Settled,
    Settlement,
    Snapshot,
    Status,
)


def compare(books: Books, past: Sequence[Snapshot], settled: Sequence[Settlement] = ()) -> Changes:
    """What this week's problems are to the weeks before it.

    Args:
        books: this week's books; the settlements in them count too.
        past: earlier weeks; the newest that closed before this one is compared with, the others only tell
            when there were weeks.
        settled: further doubts settled by the clerk.

    Returns:
        The keys of this week's problems and their movements; in the first week keys alone.
    """
    before = sorted((week for week in past if week.as_of < books.as_of), key=lambda week: week.as_of)
    names = name_all(books.problems, books.as_of)
    if not before:
        return Changes(keys=names)
    if not _whole(before[-1]):
        before = list(with_changes(before))
    return _Comparison(books, before, names, (*books.settlements, *settled)).changes()


def with_changes(weeks: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
    """Some weeks, oldest first, those that were written without keys compared anew."""
    told: list[Snapshot] = []
    for week in weeks:
        told.append(week if _whole(week) else replace(week, changes=compare(week.books, told)))
    return tuple(told)


def _whole(week: Snapshot) -> bool:
    return len(week.changes.keys) == len(week.books.problems)


class _Comparison:
    """One week held against the one before it; it lives for one call."""

    def __init__(
        self, books: Books, past: Sequence[Snapshot], names: Sequence[str], settlements: Sequence[Settlement]
    ) -> None:
        self.books = books
        self.past = past
        self.last = past[-1]
        self.names = names
        self.ledger_days: dict[date, dict[CellRef, date]] = {}
        earlier = self.last.changes
        fresh = [Settled(s.earlier, s.later, s.same) for s in settlements]
        self.known, applied = _joined(_known(self.last, earlier), fresh, names)
        self.settled = tuple(dict.fromkeys((*earlier.settled, *applied)))
        self.earlier = earlier
        self.matching = self._matched()
        self.keys = tuple(
            self.known[self.matching.pairs[n]].key if n in self.matching.pairs else name
            for n, name in enumerate(names)
        )

    def changes(self) -> Changes:
        """The whole of it."""
        lost = tuple(self._lost())
        return Changes(
            since=self.last.as_of,
            keys=self.keys,
            movements=(*self._movements(), *self._vanished(lost)),
            lost=lost,
            doubts=tuple(self._doubts(lost)),
            settled=self.settled,
        )

    # --- Who is who -----------------------------------------------------------------------------------

    def _matched(self) -> Matching:
        """The matching, with what was settled: pairs that are apart, and pairs that are one."""
        place = {one.key: k for k, one in enumerate(self.known)}
        called = {name: n for n, name in enumerate(self.names)}
        numbers = serials(self.last.books.problems, self.books.problems)
        apart = {
            (place[s.earlier], called[s.later])
            for s in self.settled
            if not s.same and s.earlier in place and s.later in called
        }
        found = match(self.known, self.books.problems, numbers, places(self.books.roster), apart)
        pairs, taken = dict(found.pairs), set(found.pairs.values())
        for s in self.settled:
            k, n = place.get(s.earlier), called.get(s.later)
            if s.same and k is not None and n is not None and k not in taken and n not in pairs:
                pairs[n] = k
                taken.add(k)
        doubts = (d for d in found.doubts if d.now not in pairs and d.known not in taken)
        return Matching(pairs, tuple(doubts))

    # --- What has become of it ------------------------------------------------------------------------

    def _movements(self) -> Iterable[Movement]:
        fresh = [n for n in range(len(self.keys)) if n not in self.matching.pairs]
        mended = {fresh[place] for place in rows_of([self.books.problems[n] for n in fresh], self.last.books)}
        for n, (key, problem) in enumerate(zip(self.keys, self.books.problems, strict=True)):
            k = self.matching.pairs.get(n)
            moved = (
                self._new(key, problem, mended=n in mended)
                if k is None
                else self._moved(self.known[k], problem)
            )
            if moved is not None:
                yield moved

    def _new(self, key: str, problem: Problem, *, mended: bool) -> Movement:
        """One that no earlier week counted: found since, or late, or put right in its ledger."""
        week = next((w.as_of for w in self.past if w.as_of >= problem.found_on), None)
        if week is None:
            return Movement(key, (ChangeKind.NEW,), problem)
        kind = ChangeKind.MENDED if mended else ChangeKind.LATE
        return Movement(key, (kind,), problem, belongs_to=week)

    def _moved(self, known: Known, problem: Problem) -> Movement | None:
        found = kinds(known.problem, problem, self._ledger_day(known), self.books.roster)
        if known.absence is Absence.VANISHED:
            found = (ChangeKind.RETURNED, *found)
        return Movement(known.key, found, problem, known.problem, known.seen_on) if found else None

    def _ledger_day(self, known: Known) -> date:
        """The day up to which the ledger that last had a problem could know of it: 填报时间, if it says."""
        if known.seen_on not in self.ledger_days:
            week = next((w for w in self.past if w.as_of == known.seen_on), None)
            receipts = week.books.receipts if week else ()
            self.ledger_days[known.seen_on] = {r.ref: r.reported_on for r in receipts if r.reported_on}
        row = known.problem.origin.row
        sheet = CellRef(row.file, row.sheet)
        return min(self.ledger_days[known.seen_on].get(sheet, known.seen_on), known.seen_on)

    # --- What is not there ----------------------------------------------------------------------------

    def _lost(self) -> Iterable[Lost]:
        taken = set(self.matching.pairs.values())
        gone = [one for k, one in enumerate(self.known) if k not in taken]
        waiting = rows_of([one.problem for one in gone], self.books)
        communities = {c.name for c in self.books.roster.communities}
        named = places(self.books.roster)
        for place, one in enumerate(gone):
            community = named.get(one.problem.community, one.problem.community)
            why = self._why(one, waits=place in waiting, in_scope=community in communities)
            yield Lost(one.key, one.problem, one.seen_on, why)

    def _why(self, known: Known, *, waits: bool, in_scope: bool) -> Absence:
        if waits:
            return Absence.PENDING
        if known.absence is Absence.VANISHED:
            return Absence.VANISHED
        if known.problem.subdistrict in self.books.unreported:
            return Absence.UNREPORTED
        if not in_scope:
            return Absence.OUT_OF_SCOPE
        return Absence.STRUCK_OFF if known.problem.status is Status.CLOSED else Absence.VANISHED

    def _vanished(self, lost: Iterable[Lost]) -> Iterable[Movement]:
        """Those that have vanished since; who was missed before is not missed again."""
        missed = {one.key for one in self.known if one.absence is Absence.VANISHED}
        for one in lost:
            if one.why is Absence.VANISHED and one.key not in missed:
                yield Movement(one.key, (ChangeKind.VANISHED,), one.problem, since=one.seen_on)

    # --- What is in doubt -----------------------------------------------------------------------------

    def _doubts(self, lost: Sequence[Lost]) -> Iterable[Doubt]:
        """This week's doubts, and those of earlier weeks that nobody has settled and that still stand."""
        settled = {(s.earlier, s.later) for s in self.settled}
        fresh = {}
        for likely in self.matching.doubts:
            one, now = self.known[likely.known], self.books.problems[likely.now]
            later = self.keys[likely.now]
            fresh[one.key, later] = Doubt(one.key, one.problem, one.seen_on, now, likely.because, later)
        gone = {one.key for one in lost}
        here = dict(zip(self.keys, self.books.problems, strict=True))
        for doubt in self.earlier.doubts:
            if doubt.key in gone and doubt.later in here:
                fresh.setdefault((doubt.key, doubt.later), replace(doubt, problem=here[doubt.later]))
        yield from (doubt for at, doubt in fresh.items() if at not in settled)


def _known(week: Snapshot, changes: Changes) -> list[Known]:
    present = [
        Known(key, problem, week.as_of)
        for key, problem in zip(changes.keys, week.books.problems, strict=True)
    ]
    return present + [Known(one.key, one.problem, one.seen_on, one.why) for one in changes.lost]


def _joined(
    known: Sequence[Known], wanted: Iterable[Settled], names: Sequence[str]
) -> tuple[list[Known], list[Settled]]:
    """The known problems, those that were settled to be one joined; and the verdicts that mean something.

    A verdict joins only where the earlier problem is gone: two that stood side by side are not one.
    """
    by_key = {one.key: one for one in known}
    fresh = set(names)
    applied: list[Settled] = []
    for verdict in wanted:
        earlier, later = by_key.get(verdict.earlier), by_key.get(verdict.later)
        if verdict.same and earlier and later and earlier.absence is not None:
            by_key[earlier.key] = replace(later, key=earlier.key)
            del by_key[later.key]
            applied.append(verdict)
        elif earlier and (verdict.later in fresh or (later and not verdict.same)):
            applied.append(verdict)
    return list(by_key.values()), applied
