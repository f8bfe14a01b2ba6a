"""What has become of problems, and what inspections found of those said to be put right, by whose they are.

The cells of an earlier week lie in that week's workbooks: they carry its number, so that nobody looks for
them in this week's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from campaign.assess.figures import found
from campaign.assess.owners import Key, Owners
from campaign.intake.rechecks import by_serial, inspected
from campaign.records import (
    Books,
    CellRef,
    ChangeKind,
    Changes,
    Movement,
    Origin,
    Problem,
    Snapshot,
    SpotCheck,
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A problem that is not as it was, in the week of `week`.

    `problem` is as it stood then, its cells stamped with the bulletin's number where they lie in an earlier
    week's workbooks; without cells where that week is no longer known. `now` is the same problem in this
    week's books, `problem` where it is gone. `liable` is who is liable for it.
    """

    key: str
    kinds: tuple[ChangeKind, ...]
    problem: Problem
    now: Problem
    week: date
    liable: str


@dataclass(frozen=True, slots=True)
class Rechecked:
    """An inspection that says what became of a problem said to be put right.

    `problem` is the row of this week's ledgers that it is about; None where its number names none or several.
    """

    check: SpotCheck
    problem: Problem | None
    liable: str


def moved(
    books: Books, changes: Changes, past: Sequence[Snapshot], owners: Owners
) -> Mapping[Key, list[Moved]]:
    """The movements of this week and of all before it, oldest first, under everybody whose problem it is."""
    before = sorted((w for w in past if w.as_of < books.as_of), key=lambda w: w.as_of)
    numbers = {week.as_of: week.number for week in before}
    now = dict(zip(changes.keys, books.problems, strict=False))
    weeks: Iterable[tuple[date, Changes]] = (
        *((week.as_of, week.changes) for week in before),
        (books.as_of, changes),
    )
    sorted_out: dict[Key, list[Moved]] = {}
    for day, those in weeks:
        for movement in sorted(those.movements, key=_place):
            problem = _stamped(movement, day, books.as_of, numbers)
            one = Moved(
                movement.key,
                movement.kinds,
                problem,
                now.get(movement.key, problem),
                day,
                owners.liable(problem),
            )
            for key in owners.of_problem(problem):
                sorted_out.setdefault(key, []).append(one)
    return sorted_out


def _place(movement: Movement) -> tuple[bool, object, str]:
    return ChangeKind.VANISHED in movement.kinds, movement.problem.origin.row, movement.key


def _stamped(movement: Movement, day: date, as_of: date, numbers: Mapping[date, int]) -> Problem:
    """The problem with cells that say which week's workbooks they lie in."""
    gone = ChangeKind.VANISHED in movement.kinds
    seen = movement.since if gone else day
    if seen == as_of:
        return movement.problem
    origin, number = movement.problem.origin, numbers.get(seen) if seen else None
    if number is None:
        return replace(movement.problem, origin=Origin(CellRef("")))
    fields = tuple(replace(f, ref=replace(f.ref, issue=number)) for f in origin.fields)
    return replace(movement.problem, origin=Origin(replace(origin.row, issue=number), fields))


def rechecked(
    books: Books, checks: Sequence[SpotCheck] | None, owners: Owners
) -> Mapping[Key, list[Rechecked]] | None:
    """The inspections up to the as-of date that say what became of a problem, under everybody whose it is.

    Where the ledgers have no such row, it is under the unit inspected and the community named. None where no
    inspections were handed in.
    """
    if checks is None:
        return None
    serials = by_serial(found(books))
    sorted_out: dict[Key, list[Rechecked]] = {}
    for check in sorted(checks, key=lambda c: c.origin.row):
        if check.recheck is None or check.checked_on > books.as_of:
            continue
        row = inspected(check, serials, owners.official)
        liable = owners.liable(row) if row else owners.liable_unit(check.unit)
        for key in owners.of_problem(row) if row else _named(check, owners):
            sorted_out.setdefault(key, []).append(Rechecked(check, row, liable))
    return sorted_out


def _named(check: SpotCheck, owners: Owners) -> frozenset[Key]:
    unit = owners.named(check.unit)
    place = owners.of_place(check.community)
    return place | {unit} if unit else place
