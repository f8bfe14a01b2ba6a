"""What has changed, as the documents say it: suspicions by weight, late data by week and office, explain."""

from dataclasses import replace
from datetime import date, timedelta

from campaign.compose.brief_changes import late, moves, state, suspects
from campaign.compose.brief_week import week_brief
from campaign.compose.explanation import explain
from campaign.history.changes import compare
from campaign.records import ChangeKind, Status, Week
from tests.history.ledgers import LAST, WEEK, snapshot, week
from tests.support.county import DANSHA, DURU, books, problem, rulebook
from tests.support.county import week as assessed_week

CLOSED = {"status": Status.CLOSED, "rectified_on": LAST - WEEK, "closed_on": LAST}
BEFORE = (
    problem(5),
    problem(6, **CLOSED),
    problem(7),
    problem(8, community="望山居"),
    problem(9, description="电梯年检标志过期"),
)
NOW = (
    replace(BEFORE[0], due_on=date(2023, 5, 22)),
    problem(6),
    problem(7, **CLOSED),
    problem(10, description="门禁损坏", found_on=LAST - timedelta(days=1)),
    problem(11, community="望山居", description="道闸失灵", found_on=LAST - WEEK),
    replace(BEFORE[4], found_on=BEFORE[4].found_on + timedelta(days=1), serial="77"),
)


def second(now: tuple[object, ...] = NOW) -> Week:
    first = snapshot(books(as_of=LAST - WEEK))
    past = (first, week(BEFORE, LAST, (first,)))
    contents = books(now)  # type: ignore[arg-type] # problems
    return replace(assessed_week(contents=contents, past=past), changes=compare(contents, past))


def test_the_gravest_come_first_each_with_how_it_was_and_is() -> None:
    found = suspects(second().changes)
    assert [s.kinds[0] for s in found] == [
        ChangeKind.VANISHED,
        ChangeKind.VANISHED,
        ChangeKind.BACK_DATED,
        ChangeKind.REOPENED,
        ChangeKind.DEADLINE_MOVED,
    ]
    assert [(s.before.cell, s.now.cell if s.now else None) for s in found][-1] == ("A5", "A5")
    assert [s.now is None for s in found] == [True, True, False, False, False]
    assert "推迟10天" in found[-1].stands
    assert {s.seen for s in found} == {LAST}


def test_one_that_may_only_have_been_entered_otherwise_says_so() -> None:
    doubted = [s for s in suspects(second().changes) if s.description == "电梯年检标志过期"]
    certain = [s for s in suspects(second().changes) if s.community == "望山居"]
    assert "有待认定" in doubted[0].stands
    assert "有待认定" not in certain[0].stands


def test_who_is_still_missing_stays_on_the_list() -> None:
    past = (week(BEFORE[:1], LAST), week((), LAST + WEEK, (week(BEFORE[:1], LAST),)))
    changes = compare(books(as_of=LAST + 2 * WEEK), past)
    assert changes.movements == ()
    (suspect,) = suspects(changes)
    assert (suspect.missing, suspect.seen) == (True, LAST)


def test_a_deadline_that_is_no_date_is_quoted() -> None:
    vague = problem(5, due_on=None)
    cells = tuple(replace(f, raw="月底前") if f.field == "due_on" else f for f in vague.origin.fields)
    assert "月底前" in state(replace(vague, origin=replace(vague.origin, fields=cells)))


def test_late_data_is_told_by_office_and_by_the_week_it_belongs_to() -> None:
    own = second()
    found = late(own, ChangeKind.LATE, (DURU, DANSHA))
    assert found is not None
    assert found.count == 3
    assert [(p.name, p.count) for p in found.offices] == [(DURU, 2), (DANSHA, 1)]
    assert [(w.number, w.as_of, w.count) for w in found.weeks] == [(1, LAST - WEEK, 3 - 1), (2, LAST, 1)]
    assert late(own, ChangeKind.MENDED, (DURU,)) is None


def test_the_counts_are_those_of_the_movements() -> None:
    found = moves(second().changes)
    assert found is not None
    assert (found.late, found.vanished, found.back_dated, found.reopened) == (3, 2, 1, 1)
    assert (found.deadline_moved, found.closed, found.new, found.suspicious) == (1, 1, 0, 5)
    assert moves(compare(books(BEFORE), ())) is None


def test_the_bulletin_says_what_came_late_and_nothing_where_nothing_did() -> None:
    brief = week_brief(second(), rulebook())
    assert brief.late is not None
    assert brief.late.count == 3
    quiet = week_brief(second(BEFORE), rulebook())
    assert (quiet.late, quiet.mended) == (None, None)


def test_a_community_is_explained_with_what_changed_and_what_vanished() -> None:
    own = second()
    text = explain(own, rulebook(), "望山居")
    key = own.changes.of(ChangeKind.VANISHED)[0].key
    assert f"[{ChangeKind.VANISHED.zh}]" in text
    assert key in text
    assert ChangeKind.DEADLINE_MOVED.zh in explain(own, rulebook(), "听松里")
