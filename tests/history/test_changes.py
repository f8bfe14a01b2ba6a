"""What becomes of a problem, kind by kind; what only looks like it; and a planted county."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from campaign.history.changes import compare
from campaign.history.weeks import dump, parse
from campaign.records import (
    Absence,
    Books,
    CellRef,
    ChangeKind,
    Changes,
    LedgerReceipt,
    PendingRow,
    Problem,
    Roster,
    Snapshot,
    Status,
)
from tests.history.ledgers import LAST, WEEK, chance, changed, laid_out, many, snapshot, week
from tests.support.county import AS_OF, DANSHA, DURU, QINGHE, books, ledger_file, problem, small_roster

CLOSED = {"status": Status.CLOSED, "rectified_on": LAST - WEEK, "closed_on": LAST}
RECTIFIED = {"status": Status.RECTIFIED, "rectified_on": LAST}
NEXT = AS_OF + WEEK


def kinds(changes: Changes) -> list[tuple[str, ...]]:
    return [tuple(kind.value for kind in movement.kinds) for movement in changes.movements]


def turned(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, ...]]:
    """What has become of one problem."""
    return kinds(changed([problem(5, **before)], [problem(5, **now)]))


# --- One problem ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ({}, {"status": Status.IN_PROGRESS}, ("progressed",)),
        ({}, {"status": Status.RECTIFIED, "rectified_on": AS_OF}, ("rectified",)),
        ({}, {**CLOSED, "closed_on": AS_OF}, ("closed",)),
        (RECTIFIED, {**CLOSED, "closed_on": AS_OF}, ("closed",)),
        (RECTIFIED, CLOSED, ("closed", "back_dated")),
        ({}, {**CLOSED, "closed_on": LAST - timedelta(days=3)}, ("closed", "back_dated")),
        ({}, {**CLOSED, "closed_on": LAST + timedelta(days=1)}, ("closed",)),
        (CLOSED, {}, ("reopened",)),
        (RECTIFIED, {"status": Status.IN_PROGRESS}, ("reopened",)),
        (CLOSED, RECTIFIED, ("reopened",)),
        (CLOSED, {**CLOSED, "closed_on": AS_OF}, ("reopened", "closed")),
        (CLOSED, {**CLOSED, "closed_on": LAST - timedelta(days=2)}, None),
        ({"status": Status.IN_PROGRESS}, {}, ("set_back",)),
        ({}, {"due_on": date(2023, 5, 20)}, ("deadline_moved",)),
        ({}, {"due_on": date(2023, 5, 1)}, ("deadline_moved",)),
        ({}, {"due_on": None}, ("deadline_moved",)),
        ({}, {"due_on": None, "no_deadline": True}, ("deadline_moved",)),
        ({"due_on": None, "no_deadline": True}, {}, ("deadline_moved",)),
        ({"due_on": None}, {}, None),
        ({"due_on": None}, {"due_on": None, "no_deadline": True}, None),
        ({}, {"responsible_person": "程若谷"}, ("reassigned",)),
        ({}, {"responsible_person": ""}, None),
        ({"responsible_person": ""}, {}, None),
        ({"responsible_person": "苏怀瑾、石某"}, {"responsible_person": "石某 苏怀瑾"}, None),
        ({}, {"responsible_person": "苏怀瑾（经理）"}, None),
        ({}, {"responsible_unit": "清和物业"}, None),
        ({}, {"responsible_unit": "明远物业服务有限公司"}, ("reassigned",)),
        ({}, {"description": "3号楼灭火器压力不足。（第5行）"}, None),
        ({}, {"description": "3号楼的灭火器压力不够（第5行）"}, ("rewritten",)),
        ({}, {"measure": "另购新品", "note": "已催办", "supervision": "挂牌督办"}, None),
        ({}, {"status": Status.IN_PROGRESS, "due_on": date(2023, 5, 20)}, ("progressed", "deadline_moved")),
    ],
)
def test_what_a_problem_has_become(
    before: dict[str, Any], now: dict[str, Any], found: tuple[str, ...] | None
) -> None:
    assert turned(before, now) == ([] if found is None else [found])


def test_a_movement_tells_how_it_was_and_when() -> None:
    (movement,) = changed([problem(5)], [problem(5, status=Status.IN_PROGRESS)]).movements
    assert movement.before == problem(5)
    assert movement.since == LAST
    assert movement.problem.status is Status.IN_PROGRESS


def test_the_first_week_has_no_movements() -> None:
    changes = compare(books([problem(5), problem(6)]), ())
    assert (changes.since, changes.movements, len(changes.keys)) == (None, (), 2)


def test_weeks_that_did_not_close_before_this_one_are_passed_over() -> None:
    later = week([problem(5)], NEXT)
    assert compare(books([problem(5)]), (later,)) == compare(books([problem(5)]), ())


def test_struck_off_after_the_ledger_was_filled_in_is_not_back_dated() -> None:
    filled_in = LAST - timedelta(days=2)
    receipt = LedgerReceipt(DURU, CellRef(ledger_file(DURU), "问题台账"), filled_in, 1, 0, 0)
    last = snapshot(books([problem(5)], as_of=LAST, receipts=(receipt,)))
    late = problem(5, **{**CLOSED, "closed_on": LAST - timedelta(days=1)})
    early = problem(5, **{**CLOSED, "closed_on": filled_in})
    assert kinds(compare(books([late]), (last,))) == [("closed",)]
    assert kinds(compare(books([early]), (last,))) == [("closed", "back_dated")]


def test_another_name_of_the_unit_or_the_community_is_no_other() -> None:
    roster = small_roster()
    renamed = replace(
        roster,
        communities=tuple(
            replace(c, name="听松苑", aliases=("听松里",)) if c.name == "听松里" else c
            for c in roster.communities
        ),
        companies=tuple(replace(c, aliases=("老清和",)) if c.name == QINGHE else c for c in roster.companies),
    )
    now = problem(5, community="听松苑", subdistrict=DURU, company=QINGHE, responsible_unit="老清和")
    changes = compare(books([now], roster=renamed), (week([problem(5)]),))
    assert (changes.movements, changes.lost) == ((), ())


# --- New, late, put right -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found_on", "kind", "belongs_to"),
    [
        (AS_OF, "new", None),
        (LAST + timedelta(days=1), "new", None),
        (LAST, "late", LAST),
        (LAST - timedelta(days=6), "late", LAST),
        (LAST - WEEK, "late", LAST - WEEK),
        (date(2023, 3, 30), "late", LAST - WEEK),
    ],
)
def test_late_data_belongs_to_the_first_week_that_could_have_had_it(
    found_on: date, kind: str, belongs_to: date | None
) -> None:
    first = week([problem(5)], LAST - WEEK)
    second = week([problem(5)], LAST, (first,))
    fresh = problem(6, found_on=found_on, description="门禁损坏")
    (movement,) = compare(books([problem(5), fresh]), (first, second)).movements
    assert (movement.kinds[0].value, movement.belongs_to, movement.since) == (kind, belongs_to, None)


def test_what_was_found_in_a_week_without_a_bulletin_is_new() -> None:
    old = week([problem(5)], AS_OF - 3 * WEEK)
    fresh = problem(6, found_on=AS_OF - WEEK, description="门禁损坏")
    assert kinds(compare(books([problem(5), fresh]), (old,))) == [("new",)]


def pending(source: Problem, *codes: str, **raw: str) -> PendingRow:
    """A problem's row as it waits for its office, some cells typed otherwise."""
    cells = tuple(replace(f, raw=raw.get(f.field, f.raw)) for f in source.origin.fields)
    return PendingRow(source.subdistrict, cells, codes or ("I-CELL-STATUS",), source.origin.row)


def test_a_row_that_waited_and_counts_now_is_put_right_and_not_late() -> None:
    row = problem(6, description="门禁损坏")
    last = snapshot(books([problem(5)], as_of=LAST, pending=(pending(row),)))
    (movement,) = compare(books([problem(5), row]), (last,)).movements
    assert (movement.kinds, movement.belongs_to) == ((ChangeKind.MENDED,), LAST)


def test_a_row_dated_too_late_and_put_right_is_not_late() -> None:
    row = problem(6, description="门禁损坏")
    last = snapshot(books([problem(5)], as_of=LAST, future=(replace(row, found_on=date(2023, 6, 12)),)))
    assert kinds(compare(books([problem(5), row]), (last,))) == [("mended",)]


# --- Gone -----------------------------------------------------------------------------------------


def gone(before: Sequence[Problem], now: Books) -> tuple[list[tuple[str, ...]], list[Absence]]:
    changes = compare(now, (week(before),))
    return kinds(changes), [lost.why for lost in changes.lost]


def test_who_was_never_struck_off_and_is_gone_has_vanished() -> None:
    assert gone([problem(5), problem(6)], books([problem(5)])) == ([("vanished",)], [Absence.VANISHED])


def test_who_was_rectified_and_not_struck_off_has_vanished_too() -> None:
    assert gone([problem(5, **RECTIFIED)], books()) == ([("vanished",)], [Absence.VANISHED])


def test_who_was_struck_off_may_leave_the_ledger() -> None:
    assert gone([problem(5, **CLOSED)], books()) == ([], [Absence.STRUCK_OFF])


def test_where_an_office_does_not_report_nothing_has_vanished() -> None:
    assert gone([problem(5)], books(unreported=(DURU,))) == ([], [Absence.UNREPORTED])
    assert gone([problem(5)], books(unreported=(DANSHA,))) == ([("vanished",)], [Absence.VANISHED])


@pytest.mark.parametrize(
    "raw",
    [
        {"status": "差不多了"},
        {"description": "3号楼灭火器压力不足（第5行），已报修"},
        {"description": ""},
        {"community": "听松理"},
    ],
)
def test_a_row_that_waits_for_its_office_has_not_vanished(raw: dict[str, str]) -> None:
    row = pending(problem(5), **raw)
    assert gone([problem(5)], books(pending=(row,))) == ([], [Absence.PENDING])


def test_a_row_that_waits_stands_for_one_problem_only() -> None:
    twins = [replace(problem(n), description="楼道灯不亮") for n in (5, 6)]
    assert gone(twins, books(pending=(pending(twins[0], description="楼道灯不亮"),))) == (
        [("vanished",)],
        [Absence.PENDING, Absence.VANISHED],
    )


def test_another_communitys_row_that_waits_saves_nobody() -> None:
    row = pending(problem(5, community="云栖苑"))
    assert gone([problem(5)], books(pending=(row,))) == ([("vanished",)], [Absence.VANISHED])


def test_a_row_dated_after_the_closing_date_has_not_vanished() -> None:
    future = replace(problem(5), found_on=NEXT)
    assert gone([problem(5)], books(future=(future,))) == ([], [Absence.PENDING])


def test_a_community_that_left_the_roster_takes_its_problems_along() -> None:
    roster = small_roster()
    fewer = Roster(
        tuple(c for c in roster.communities if c.name != "听松里"), roster.companies, roster.subdistricts
    )
    assert gone([problem(5)], books(roster=fewer)) == ([], [Absence.OUT_OF_SCOPE])


# --- Over several weeks ---------------------------------------------------------------------------


def played(*contents: Books) -> list[Snapshot]:
    past: list[Snapshot] = []
    for n, each in enumerate(contents):
        past.append(snapshot(replace(each, as_of=LAST + n * WEEK), past))
    return past


def test_an_office_that_reports_again_goes_on_where_it_stopped() -> None:
    closed = problem(5, **{**CLOSED, "closed_on": AS_OF - timedelta(days=1)})
    late = problem(6, description="门禁损坏", found_on=LAST + timedelta(days=2))
    _, silent, again = played(books([problem(5)]), books(unreported=(DURU,)), books([closed, late]))
    assert silent.changes.movements == ()
    assert kinds(again.changes) == [("closed",), ("late",)]
    assert again.changes.movements[0].since == LAST
    assert again.changes.movements[1].belongs_to == AS_OF


def test_an_office_that_reports_again_without_a_problem_has_lost_it() -> None:
    *_, again = played(books([problem(5)]), books(unreported=(DURU,)), books())
    assert kinds(again.changes) == [("vanished",)]
    assert again.changes.movements[0].since == LAST


def test_who_has_vanished_is_missed_once_and_known_when_back() -> None:
    first, second, third, fourth = played(books([problem(5)]), books(), books(), books([problem(5)]))
    assert [kinds(w.changes) for w in (second, third)] == [[("vanished",)], []]
    assert kinds(fourth.changes) == [("returned",)]
    assert fourth.changes.keys == first.changes.keys
    assert fourth.changes.movements[0].since == LAST


def test_who_was_struck_off_dropped_and_is_there_again_unfinished_is_reopened() -> None:
    first, _, third = played(books([problem(5, **CLOSED)]), books(), books([problem(5)]))
    assert kinds(third.changes) == [("reopened",)]
    assert third.changes.keys == first.changes.keys


def test_a_row_that_waited_a_week_keeps_its_name() -> None:
    row = pending(problem(5))
    now = problem(5, status=Status.IN_PROGRESS)
    first, second, third = played(books([problem(5)]), books(pending=(row,)), books([now]))
    assert second.changes.movements == ()
    assert kinds(third.changes) == [("progressed",)]
    assert third.changes.keys == first.changes.keys


def test_a_row_that_waited_and_is_gone_then_has_vanished() -> None:
    *_, third = played(books([problem(5)]), books(pending=(pending(problem(5)),)), books())
    assert kinds(third.changes) == [("vanished",)]


def test_a_week_that_was_written_without_keys_is_compared_all_the_same() -> None:
    last = replace(week([problem(5)]), changes=Changes())
    changes = compare(books([problem(5, status=Status.IN_PROGRESS)]), (last,))
    assert kinds(changes) == [("progressed",)]
    assert changes.keys == week([problem(5)]).changes.keys


def test_only_the_week_before_is_looked_at() -> None:
    past = played(books([problem(5)]), books(), books([problem(6, description="门禁损坏")]))
    emptied = [replace(past[0], books=books(as_of=LAST), changes=Changes()), *past[1:]]
    now = books([problem(5)], as_of=NEXT + WEEK)
    assert compare(now, emptied) == compare(now, past)


def test_a_week_with_changes_is_read_back_as_it_was() -> None:
    moved = replace(problem(6), found_on=problem(6).found_on + timedelta(days=1), serial="9")
    last = week([problem(5), problem(6), problem(7)])
    this = week([problem(5, status=Status.IN_PROGRESS), moved], AS_OF, (last,))
    assert this.changes.doubts
    assert this.changes.lost
    assert parse(dump(this)) == this


# --- A planted county -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_that_was_planted_among_400_problems_is_found_and_nothing_else(seed: int) -> None:
    rng = chance(seed)
    before = laid_out(many(rng, 400))
    unfinished = [n for n, p in enumerate(before) if not p.status.done]
    not_closed = [n for n, p in enumerate(before) if p.status is not Status.CLOSED]
    closed = [n for n, p in enumerate(before) if p.status is Status.CLOSED]
    vanished = set(rng.sample(not_closed, 12))
    back_dated = set(rng.sample([n for n in not_closed if n not in vanished], 9))
    reopened = set(rng.sample(closed, 7))
    moved = set(rng.sample([n for n in unfinished if n not in vanished | back_dated], 11))
    now: list[tuple[int, Problem]] = []
    for n, old in enumerate(before):
        new = old
        if n in back_dated:
            new = replace(old, status=Status.CLOSED, rectified_on=LAST, closed_on=LAST - timedelta(days=1))
        elif n in reopened:
            new = replace(old, status=Status.IN_PROGRESS, rectified_on=None, closed_on=None)
        elif n in moved and old.due_on:
            new = replace(old, due_on=old.due_on + timedelta(days=10))
        elif n not in vanished and not old.status.done and rng.random() < 0.3:
            new = replace(old, status=Status.CLOSED, rectified_on=AS_OF, closed_on=AS_OF)
        if n not in vanished:
            now.append((n, new))
    rng.shuffle(now)
    changes = changed(before, laid_out([p for _, p in now], file="新台账.xlsx"))
    key = week(before).changes.keys
    found = {kind: {m.key for m in changes.of(kind)} for kind in ChangeKind}
    planted = {
        ChangeKind.VANISHED: vanished,
        ChangeKind.BACK_DATED: back_dated,
        ChangeKind.REOPENED: reopened,
        ChangeKind.DEADLINE_MOVED: moved,
    }
    assert {kind: found[kind] for kind in planted} == {k: {key[n] for n in s} for k, s in planted.items()}
    quiet = set(ChangeKind) - planted.keys() - {ChangeKind.CLOSED}
    assert all(not found[kind] for kind in quiet)
    assert changes.doubts == ()
