"""Decisions: one of a kind for each subject, with memory; and the conditions no shipped rule shows."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from campaign.assess import assess
from campaign.records import Assessment, Books, Decision, DecisionKind, Snapshot, Status, SubjectKind
from campaign.rulebook.condition_terms import (
    ConditionTerms,
    GradeBelow,
    Occurring,
    RankFirst,
    RankLast,
    RateBelow,
)
from campaign.rulebook.model import Consequence
from campaign.rulebook.sources import Events, Source
from campaign.rulebook.terms import Measure
from tests.support import county
from tests.support.county import AS_OF, DANSHA, DAPING, DURU, MINGYUAN, QINGHE, problem

LATE = date(2023, 4, 1)


def consequence(name: str, terms: ConditionTerms, **overrides: object) -> Consequence:
    given: dict[str, object] = {
        "kind": DecisionKind.INTERVIEW,
        "subject": SubjectKind.COMPANY,
        "from_date": None,
        "until_date": None,
        "cooling_days": 0,
        **overrides,
    }
    return Consequence(id=name, title=name, clause=f"方案{name}", when="", note="", terms=terms, **given)  # type: ignore[arg-type]


def decided(
    books: Books, *consequences: Consequence, past: tuple[Snapshot, ...] = ()
) -> tuple[Decision, ...]:
    return assess(books, past, replace(county.rulebook(), consequences=consequences)).decisions


OVERDUE = consequence("甲", Occurring(Events(Source.OVERDUE), 1))
OPEN = consequence("乙", Occurring(Events(Source.OPEN), 1))


def test_one_decision_of_a_kind_with_all_its_reasons() -> None:
    books = county.books([problem(5, due_on=LATE), problem(6)])
    (decision,) = decided(books, OVERDUE, OPEN)
    assert (decision.subject, decision.kind, decision.rule) == (QINGHE, DecisionKind.INTERVIEW, "甲、乙")
    assert decision.clause == "方案甲；方案乙"
    assert len(decision.reasons) == 2
    assert [ref.cell for ref in decision.evidence] == ["E5", "H5", "L5", "E6", "L6"]


def test_decisions_of_two_kinds_stand_side_by_side_by_kind() -> None:
    books = county.books([problem(5, due_on=LATE)])
    criticism = replace(OPEN, kind=DecisionKind.CRITICISM)
    assert [d.kind for d in decided(books, criticism, OVERDUE)] == [
        DecisionKind.INTERVIEW,
        DecisionKind.CRITICISM,
    ]


def test_only_subjects_of_its_kind() -> None:
    books = county.books([problem(5, due_on=LATE)])
    (decision,) = decided(books, replace(OVERDUE, subject=SubjectKind.SUBDISTRICT))
    assert (decision.subject, decision.subject_kind) == (DURU, SubjectKind.SUBDISTRICT)


def test_only_while_in_force() -> None:
    books = county.books([problem(5, due_on=LATE)])
    assert not decided(books, replace(OVERDUE, from_date=AS_OF + timedelta(days=1)))
    assert decided(books, replace(OVERDUE, from_date=AS_OF, until_date=AS_OF))
    assert not decided(books, replace(OVERDUE, until_date=AS_OF - timedelta(days=1)))


def test_a_subject_that_is_not_rated_is_left_alone() -> None:
    books = county.books([problem(5, community="沐风庭", due_on=LATE)], unreported=(DANSHA,))
    assert not decided(books, OVERDUE)


def test_rate_below() -> None:
    books = county.books([problem(5), problem(6, status=Status.RECTIFIED)])
    assert decided(books, consequence("率", RateBelow(Measure.DONE, Decimal("50.1"), 2)))
    assert not decided(books, consequence("率", RateBelow(Measure.DONE, Decimal(50), 2)))
    assert not decided(books, consequence("率", RateBelow(Measure.DONE, Decimal(90), 3)))


def test_a_grade_is_below_only_worse_ones() -> None:
    books = county.books([problem(n, due_on=LATE) for n in range(5, 9)])
    (decision,) = decided(books, consequence("等", GradeBelow("合格")))
    assert decision.subject == QINGHE
    assert len(decided(books, consequence("等", GradeBelow("优秀")))) == 1


def test_last_of_one_week_alone() -> None:
    books = county.books([problem(5, due_on=LATE)])
    last = consequence("末", RankLast(1, 3, None))
    assert [d.subject for d in decided(books, last)] == [QINGHE]
    assert not decided(books, consequence("末", RankLast(1, 4, None)))


def test_all_who_are_last_are_last() -> None:
    books = county.books([problem(5), problem(5, community="望山居")])
    assert {d.subject for d in decided(books, consequence("末", RankLast(1, 3, None)))} == {QINGHE, MINGYUAN}


def test_first_shared_by_two() -> None:
    done = {"status": Status.CLOSED, "closed_on": date(2023, 4, 20)}
    books = county.books([problem(5, **done), problem(5, community="临溪苑", **done)])
    first = consequence("首", RankFirst("优秀", 3, 1), kind=DecisionKind.COMMENDATION)
    assert [d.subject for d in decided(books, first)] == [QINGHE, county.ZHIXING]


# --- memory ---


def week(as_of: date, *decisions: Decision) -> Snapshot:
    return Snapshot(
        1,
        county.books(as_of=as_of),
        Assessment(assess(county.books(), (), county.rulebook()).figures, (), decisions),
    )


def before(weeks_ago: int, rule: str = "甲", kind: DecisionKind = DecisionKind.INTERVIEW) -> Snapshot:
    decision = Decision(kind, QINGHE, SubjectKind.COMPANY, rule, "", ())
    return week(AS_OF - timedelta(weeks=weeks_ago), decision)


def test_the_ladder_climbs_and_stays_at_its_top() -> None:
    books = county.books([problem(5, due_on=LATE)])
    rungs = []
    for count in range(4):
        past = tuple(before(n + 1) for n in range(count))
        (decision,) = decided(books, OVERDUE, past=past)
        rungs.append((decision.times, decision.rung))
    assert rungs == [
        (1, "物业项目负责人"),
        (2, "企业主要负责人"),
        (3, "企业主要负责人"),
        (4, "企业主要负责人"),
    ]


def test_decisions_of_other_kinds_and_of_this_week_or_later_are_not_counted() -> None:
    books = county.books([problem(5, due_on=LATE)])
    past = (before(1, kind=DecisionKind.CRITICISM), before(0), before(-1))
    (decision,) = decided(books, OVERDUE, past=past)
    assert decision.times == 1


def test_cooling_off() -> None:
    books = county.books([problem(5, due_on=LATE)])
    cooling = replace(OVERDUE, cooling_days=14)
    assert not decided(books, cooling, past=(before(1),))
    assert not decided(books, cooling, past=(before(1, rule="丙、甲"),))
    assert decided(books, cooling, past=(before(1, rule="丙"),))
    assert decided(books, cooling, past=(before(2),))


def test_weeks_need_not_come_in_order() -> None:
    checks = tuple(county.self_check(name, LATE) for name in county.COMMUNITIES)
    books = county.books([problem(5, due_on=LATE)], self_checks=checks)
    book = county.rulebook()
    weeks: tuple[Snapshot, ...] = ()
    for days in (14, 7):
        day = AS_OF - timedelta(days=days)
        earlier = replace(books, as_of=day)
        weeks = (*weeks, Snapshot(1, earlier, assess(earlier, weeks, book)))
    last = consequence("末", RankLast(3, 3, None))
    assert len(decided(books, last, past=weeks)) == 1
    assert decided(books, last, past=weeks) == decided(books, last, past=weeks[::-1])
    assert not decided(books, last, past=weeks[1:])


def test_an_office_that_has_not_reported_is_named_once() -> None:
    result = assess(county.books(unreported=(DANSHA, DAPING)), (), county.rulebook())
    assert [(d.kind, d.subject) for d in result.decisions] == [
        (DecisionKind.CRITICISM, DANSHA),
        (DecisionKind.CRITICISM, DAPING),
    ]
