"""Every problem's life over the weeks, under one key."""

from dataclasses import replace

from campaign.history.changes import compare
from campaign.history.lives import lives
from campaign.records import Absence, ChangeKind, Changes, Life, Settlement, Snapshot, Status
from sample.county import county
from tests.history.ledgers import LAST, WEEK, chance, played, snapshot
from tests.support.county import DURU, books, problem

MOVED = replace(problem(5), found_on=problem(5).found_on.replace(day=14), serial="9")


def told(life: Life) -> list[str]:
    """What each week says, in a word."""
    return [w.problem.status.value if w.problem else w.absence.value if w.absence else "" for w in life.weeks]


def test_a_life_has_every_week_from_the_first() -> None:
    contents = (
        books(as_of=LAST),
        books([problem(5)], as_of=LAST + WEEK),
        books(unreported=(DURU,), as_of=LAST + 2 * WEEK),
        books([problem(5, status=Status.IN_PROGRESS)], as_of=LAST + 3 * WEEK),
        books(as_of=LAST + 4 * WEEK),
    )
    past: list[Snapshot] = []
    for each in contents:
        past.append(snapshot(each, past))
    (life,) = lives(past[::-1])
    assert told(life) == ["open", "unreported", "in_progress", "vanished"]
    assert [w.as_of for w in life.weeks] == [w.as_of for w in past[1:]]
    assert [w.movement.kinds if w.movement else () for w in life.weeks] == [
        (ChangeKind.LATE,),
        (),
        (ChangeKind.PROGRESSED,),
        (ChangeKind.VANISHED,),
    ]
    assert life.problem.status is Status.IN_PROGRESS


def test_two_that_were_settled_to_be_one_have_one_life() -> None:
    first = snapshot(books([problem(5)], as_of=LAST))
    second = snapshot(books([MOVED], as_of=LAST + WEEK), [first])
    (doubt,) = second.changes.doubts
    yes = Settlement(doubt.key, doubt.later, same=True, by="石某", note="", origin=MOVED.origin)
    third = snapshot(books([MOVED], as_of=LAST + 2 * WEEK, settlements=(yes,)), [first, second])
    assert len(lives([first, second])) == 2
    (life,) = lives([first, second, third])
    assert told(life) == ["open", "open", "open"]


def test_weeks_written_without_keys_are_compared_anew() -> None:
    past = [week for _, week in played(county(4, weeks=4), 4, chance(4))]
    bare = [replace(week, changes=Changes()) for week in past]
    assert lives(bare) == lives(past)


def test_lives_are_those_of_the_cases() -> None:
    made = county(5, weeks=8)
    weeks = played(made, 8, chance(5))
    found = {life.key: life for life in lives([week for _, week in weeks])}
    assert len(found) == sum(case.found_on <= made.fridays[7] for case in made.cases)
    for n, key in zip(weeks[-1][0], weeks[-1][1].changes.keys, strict=True):
        case = made.cases[n]
        stood = [p.status.value for friday in made.fridays[:8] if (p := case.on(friday)) is not None]
        assert told(found[key]) == stood


def test_no_absence_where_the_problem_is_there() -> None:
    first = snapshot(books([problem(5)], as_of=LAST))
    (life,) = lives([first])
    assert life.weeks[0].absence is None
    assert compare(books(), (first,)).lost[0].why is Absence.VANISHED
