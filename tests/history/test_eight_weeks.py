"""Eight weeks of a county: the changes found are those that follow from the lives that were lived."""

from datetime import date
from pathlib import Path

import pytest

from campaign.history.changes import compare
from campaign.intake.desk import receive
from campaign.records import Assessment, ChangeKind, Changes, Figures, Problem, Snapshot, Status, Tally
from sample.cases import Case
from sample.county import County, county
from sample.parcel import write_week
from tests.history.ledgers import chance, played
from tests.support.county import rulebook

WEEKS = 8


def expected(case: Case, then: date, now: date) -> set[ChangeKind]:
    """What has become of a case between two closing dates, as plainly as the meanings read."""
    before, after = case.on(then), case.on(now)
    if after is None:
        return set()
    if before is None:
        return {ChangeKind.NEW}
    found: set[ChangeKind] = set()
    if after.status is not before.status:
        found |= {
            Status.CLOSED: {ChangeKind.CLOSED},
            Status.RECTIFIED: {ChangeKind.RECTIFIED},
            Status.IN_PROGRESS: {ChangeKind.PROGRESSED},
        }.get(after.status, set())
    undone = before.status.done and not after.status.done
    if undone or (before.status is Status.CLOSED and after.status is not Status.CLOSED):
        found = {ChangeKind.REOPENED}
    if before.status is after.status is Status.CLOSED and before.closed_on != after.closed_on:
        found = {ChangeKind.REOPENED, ChangeKind.CLOSED}
    if before.due_on != after.due_on:
        found.add(ChangeKind.DEADLINE_MOVED)
    return found


def spoken(problem: Problem) -> tuple[str, str]:
    """What tells the cases of a county apart."""
    return problem.community, problem.description


def check(made: County, week: int, changes: Changes, problems: list[int]) -> None:
    """The movements of one week against the cases behind its rows."""
    then, now = made.fridays[week - 1], made.fridays[week]
    moved = {m.key: set(m.kinds) for m in changes.movements}
    lived = {
        key: kinds
        for n, key in zip(problems, changes.keys, strict=True)
        if (kinds := expected(made.cases[n], then, now))
    }
    assert moved == lived
    assert changes.doubts == ()
    assert changes.lost == ()


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_the_changes_are_those_of_the_cases(seed: int) -> None:
    made = county(seed, weeks=WEEKS)
    for week, (cases, snapshot) in enumerate(played(made, WEEKS, chance(seed))):
        if week:
            check(made, week, snapshot.changes, cases)


@pytest.mark.deep
@pytest.mark.parametrize("seed", [21, 22, 23])
def test_the_changes_read_from_workbooks_are_those_of_the_cases(seed: int, tmp_path: Path) -> None:
    made = county(seed, weeks=WEEKS)
    past: list[Snapshot] = []
    numbers = {(c.place.name, c.description): n for n, c in enumerate(made.cases)}
    for week, friday in enumerate(made.fridays):
        folder = tmp_path / friday.isoformat()
        write_week(made, friday, folder)
        books = receive(folder, rulebook(), None).books
        changes = compare(books, past)
        if week:
            check(made, week, changes, [numbers[spoken(p)] for p in books.problems])
        past.append(Snapshot(week + 1, books, Assessment(Figures(friday, Tally())), changes=changes))
