"""Rules with memory: what has become of problems, this week's or all weeks', and what inspections found."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from campaign.assess import assess
from campaign.assess.occurrences import describe, occurrences, places
from campaign.assess.subjects import Subject, subjects
from campaign.assess.whatif import try_rules
from campaign.assess.wording import situation
from campaign.compose.cells import cell_places
from campaign.records import (
    NO_CHANGES,
    Assessment,
    Books,
    CellRef,
    ChangeKind,
    Changes,
    DecisionKind,
    Figures,
    Movement,
    Problem,
    Recheck,
    Snapshot,
    Status,
    SubjectKind,
    Tally,
)
from campaign.rulebook.condition_terms import Occurring
from campaign.rulebook.model import Rule, Rulebook
from campaign.rulebook.sources import Events, Selection, Source
from campaign.rulebook.terms import OccurrenceTerms
from tests.assess.test_decisions import consequence
from tests.support import county
from tests.support.county import AS_OF, DANSHA, DURU, MINGYUAN, QINGHE, problem, spot_check

LAST = AS_OF - timedelta(weeks=1)
FIRST = AS_OF - timedelta(weeks=2)
REOPENED, VANISHED = ChangeKind.REOPENED, ChangeKind.VANISHED
WATER = "县水务局"


def moved(which: Problem, *kinds: ChangeKind, key: str = "", since: date | None = LAST) -> Movement:
    return Movement(key or f"{which.community}{which.serial}", kinds, which, which, since)


def changes(contents: Books, *movements: Movement) -> Changes:
    keys = tuple(f"{p.community}{p.serial}" for p in contents.problems)
    return Changes(LAST, keys, movements)


def past(*movements: Movement, earlier: tuple[Movement, ...] = ()) -> tuple[Snapshot, ...]:
    """The two weeks before, numbers 3 and 4, with the movements that each of them found."""

    def week(number: int, day: date, found: tuple[Movement, ...]) -> Snapshot:
        nothing = Assessment(Figures(day, Tally()), (), ())
        return Snapshot(number, county.books(as_of=day), nothing, changes=Changes(movements=found))

    return week(3, FIRST, earlier), week(4, LAST, movements)


def who(
    name: str,
    contents: Books,
    found: Changes = NO_CHANGES,
    weeks: tuple[Snapshot, ...] = (),
    book: Rulebook | None = None,
) -> Subject:
    book = book or county.rulebook()
    figures = assess(contents, (), book).figures
    return next(s for s in subjects(contents, figures, weeks, book, found) if s.name == name)


def counted(subject: Subject, events: Events) -> list[tuple[CellRef, ...]]:
    return [o.evidence for o in occurrences(subject, events) or ()]


def count(subject: Subject, source: Source, **settings: object) -> int:
    return len(occurrences(subject, Events(source, **settings)) or ())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "kind", "cells"),
    [
        (Source.REOPENED, ChangeKind.REOPENED, ["E5", "L5"]),
        (Source.BACK_DATED, ChangeKind.BACK_DATED, ["E5", "N5"]),
        (Source.DEADLINE_MOVED, ChangeKind.DEADLINE_MOVED, ["E5", "H5"]),
        (Source.VANISHED, ChangeKind.VANISHED, ["E5", "L5"]),
    ],
)
def test_each_source_counts_its_own_kind_with_the_cells_that_show_it(
    source: Source, kind: ChangeKind, cells: list[str]
) -> None:
    contents = county.books([problem(6)])
    found = changes(contents, moved(problem(5), kind), moved(problem(6), ChangeKind.REWRITTEN))
    subject = who(DURU, contents, found, past())
    (evidence,) = counted(subject, Events(source))
    assert [ref.cell for ref in evidence] == cells
    others = [other for other in Source if other is not source]
    assert sum(count(subject, s) for s in others if s in _CHANGES) == 0


_CHANGES = {Source.REOPENED, Source.VANISHED, Source.BACK_DATED, Source.DEADLINE_MOVED}


def test_a_movement_counts_for_whoever_the_problem_is() -> None:
    contents = county.books([problem(5, responsible_unit=WATER), problem(5, community="望山居")])
    found = changes(contents, moved(contents.problems[0], REOPENED))
    assert [count(who(n, contents, found), Source.REOPENED) for n in (DURU, QINGHE, WATER)] == [1, 1, 1]
    assert [count(who(n, contents, found), Source.REOPENED) for n in (DANSHA, MINGYUAN)] == [0, 0]


def test_only_the_selected_problems_count() -> None:
    contents = county.books([problem(5, responsible_unit=WATER), problem(6)])
    found = changes(contents, *(moved(p, REOPENED) for p in contents.problems))
    subject = who(QINGHE, contents, found)
    assert count(subject, Source.REOPENED) == 2
    assert count(subject, Source.REOPENED, selection=Selection(liable=("company",))) == 1
    assert count(subject, Source.REOPENED, selection=Selection(groups=(4,))) == 0


def test_what_has_vanished_is_shown_in_the_week_that_had_it() -> None:
    contents = county.books([problem(5, description="另一件")])
    gone = problem(5)
    subject = who(QINGHE, contents, changes(contents, moved(gone, VANISHED, key="旧")), past())
    (evidence,) = counted(subject, Events(Source.VANISHED))
    assert [(ref.issue, ref.cell) for ref in evidence] == [(4, "E5"), (4, "L5")]
    assert str(evidence[0]).startswith("第4期《台账/")
    assert cell_places(evidence) == (f"第4期《{DURU}问题台账.xlsx》“问题台账”E5、L5",)
    assert places(occurrences(subject, Events(Source.VANISHED)) or ()) == "（听松里，见第4期台账）"


def test_what_vanished_from_a_week_that_is_not_known_has_no_cells() -> None:
    contents = county.books([problem(6)])
    subject = who(QINGHE, contents, changes(contents, moved(problem(5), VANISHED, since=LAST)))
    assert counted(subject, Events(Source.VANISHED)) == [()]


def test_a_vanished_problem_of_nobody_in_the_roster_stays_with_those_it_named() -> None:
    gone = problem(5, community="旧小区", subdistrict=DANSHA, company=MINGYUAN)
    contents = county.books([])
    found = changes(contents, moved(gone, VANISHED))
    assert [count(who(n, contents, found, past()), Source.VANISHED) for n in (DANSHA, MINGYUAN)] == [1, 1]


def test_who_drops_the_last_problem_is_rated_all_the_same() -> None:
    contents = county.books([], self_checks=())
    found = changes(contents, moved(problem(5, responsible_unit=WATER), VANISHED))
    cards = {c.name: c.points for c in assess(contents, past(), county.rulebook(), found).scorecards}
    assert cards[QINGHE] is not None
    assert cards[WATER] is not None
    assert cards[MINGYUAN] is None
    alone = {c.name: c.points for c in assess(contents, past(), county.rulebook()).scorecards}
    assert alone[QINGHE] is None


def test_earlier_weeks_count_only_where_the_rule_asks() -> None:
    contents = county.books([problem(5)])
    again = moved(contents.problems[0], REOPENED)
    weeks = past(again, earlier=(again, moved(problem(6), REOPENED)))
    this = who(QINGHE, contents, changes(contents, again), weeks)
    quiet = who(QINGHE, contents, changes(contents), weeks)
    assert (count(this, Source.REOPENED), count(quiet, Source.REOPENED)) == (1, 0)
    assert (count(this, Source.REOPENED, all_weeks=True), count(quiet, Source.REOPENED, all_weeks=True)) == (
        4,
        3,
    )
    evidence = counted(quiet, Events(Source.REOPENED, all_weeks=True))
    assert [{ref.issue for ref in cells} for cells in evidence] == [{3}, {3}, {4}]


@pytest.mark.parametrize(("times", "found"), [(2, 1), (3, 1), (4, 0)])
def test_the_same_problem_so_many_times(times: int, found: int) -> None:
    contents = county.books([problem(5), problem(6)])
    again, once = (moved(p, REOPENED) for p in contents.problems)
    subject = who(QINGHE, contents, changes(contents, again, once), past(again, earlier=(again,)))
    assert count(subject, Source.REOPENED, setting=times) == found
    assert count(subject, Source.REOPENED, setting=times, all_weeks=True) == found


def test_over_all_weeks_the_same_problem_has_the_cells_of_each() -> None:
    contents = county.books([problem(5)])
    again = moved(contents.problems[0], REOPENED)
    subject = who(QINGHE, contents, changes(contents), past(again, earlier=(again,)))
    (evidence,) = counted(subject, Events(Source.REOPENED, setting=2, all_weeks=True))
    assert [(ref.issue, ref.cell) for ref in evidence] == [(3, "E5"), (3, "L5"), (4, "E5"), (4, "L5")]


def test_weeks_not_before_this_one_are_passed_over() -> None:
    contents = county.books([problem(5)])
    later = tuple(
        replace(w, books=replace(w.books, as_of=AS_OF)) for w in past(moved(contents.problems[0], REOPENED))
    )
    assert count(who(QINGHE, contents, NO_CHANGES, later), Source.REOPENED, all_weeks=True) == 0


def test_a_problem_charged_before_is_spared() -> None:
    late = problem(5, due_on=date(2023, 4, 1))
    contents = county.books([late])
    rules = (_rule("逾", Events(Source.OVERDUE)), _rule("重", Events(Source.REOPENED), spared=("逾",)))
    book = _with_rules(rules)
    cards = assess(contents, (), book, changes(contents, moved(late, REOPENED))).cards(SubjectKind.COMPANY)
    lines = next(c for c in cards if c.name == QINGHE).lines
    assert [line.rule for line in lines] == ["逾"]


def _rule(name: str, events: Events, spared: tuple[str, ...] = ()) -> Rule:
    return Rule(
        name, name, "条", SubjectKind.COMPANY, "per_occurrence", Decimal(-5), Decimal(50), None, None, "",
        terms=OccurrenceTerms(events, unless_charged_under=spared),
    )  # fmt: skip


def _with_rules(rules: tuple[Rule, ...]) -> Rulebook:
    book = county.rulebook()
    schemes = tuple(replace(s, rules=rules) if s.subject is SubjectKind.COMPANY else s for s in book.schemes)
    return replace(book, schemes=schemes)


# --- inspections ---


def false(serial: str = "1", unit: str = DURU, row: int = 3, **overrides: object) -> Books:
    closed = problem(5, status=Status.CLOSED, rectified_on=LAST, closed_on=LAST)
    check = spot_check(unit, row, serial=serial, recheck=Recheck.FALSE_CLOSEOUT, **overrides)
    return county.books([closed, problem(6)], spot_checks=(check,))


def test_a_false_close_out_counts_for_whoever_the_problem_is() -> None:
    contents = false()
    assert [count(who(n, contents), Source.FALSE_CLOSEOUT) for n in (DURU, QINGHE)] == [1, 1]
    assert [count(who(n, contents), Source.FALSE_CLOSEOUT) for n in (DANSHA, MINGYUAN)] == [0, 0]
    assert count(who(DURU, contents), Source.RELAPSED) == 0
    subject = who(QINGHE, contents)
    company = Selection(liable=("company",))
    assert count(subject, Source.FALSE_CLOSEOUT, selection=company) == 1
    assert count(subject, Source.FALSE_CLOSEOUT, selection=Selection(groups=(4,))) == 0
    (evidence,) = counted(subject, Events(Source.FALSE_CLOSEOUT))
    assert [ref.cell for ref in evidence[:2]] == ["E5", "L5"]
    assert evidence[2].file == "督导抽查.xlsx"


def test_an_inspection_of_no_known_row_counts_for_unit_and_place_but_not_as_the_companys() -> None:
    contents = false(serial="99")
    assert [count(who(n, contents), Source.FALSE_CLOSEOUT) for n in (DURU, QINGHE)] == [1, 1]
    company = Selection(liable=("company",))
    assert count(who(QINGHE, contents), Source.FALSE_CLOSEOUT, selection=company) == 0
    nowhere = false(serial="99", community="")
    assert [count(who(n, nowhere), Source.FALSE_CLOSEOUT) for n in (DURU, QINGHE)] == [1, 0]


def test_inspections_count_within_days_and_not_before_they_happen() -> None:
    week_old = false(checked_on=AS_OF - timedelta(days=7))
    assert count(who(DURU, week_old), Source.FALSE_CLOSEOUT, setting=7) == 0
    assert count(who(DURU, week_old), Source.FALSE_CLOSEOUT, setting=8) == 1
    assert count(who(DURU, false(checked_on=AS_OF + timedelta(days=1))), Source.FALSE_CLOSEOUT) == 0


def test_without_inspections_nothing_is_known() -> None:
    subject = who(DURU, county.books([problem(5)]))
    assert occurrences(subject, Events(Source.FALSE_CLOSEOUT)) is None


# --- what rests on them ---


def test_a_consequence_can_rest_on_them() -> None:
    contents = county.books([problem(5)])
    listed = consequence(
        "反复", Occurring(Events(Source.REOPENED, setting=2), 1), kind=DecisionKind.LISTED_SUPERVISION
    )
    book = replace(county.rulebook(), consequences=(listed,))
    again = moved(contents.problems[0], REOPENED)
    (decision,) = assess(contents, past(again), book, changes(contents, again)).decisions
    assert (decision.subject, [ref.cell for ref in decision.evidence]) == (QINGHE, ["E5", "L5"])
    assert assess(contents, past(), book, changes(contents, again)).decisions == ()


def test_other_rules_are_tried_on_each_weeks_own_changes() -> None:
    contents = county.books([problem(5)])
    found = changes(contents, moved(contents.problems[0], REOPENED))
    week = Snapshot(5, contents, assess(contents, (), county.rulebook(), found), changes=found)
    listed = consequence("反复", Occurring(Events(Source.REOPENED), 1))
    (trial,) = try_rules([week], replace(county.rulebook(), consequences=(listed,)))
    assert [t.decision.subject for t in trial.turns if t.after] == [QINGHE]


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (Events(Source.REOPENED), "本期整改或销号后又重新打开的问题"),
        (Events(Source.REOPENED, setting=2), "本期累计2次以上整改或销号后又重新打开的问题"),
        (Events(Source.VANISHED, all_weeks=True), "历期未销号而从台账中消失的问题"),
        (Events(Source.FALSE_CLOSEOUT), "督导抽查认定虚假销号的问题"),
        (Events(Source.RELAPSED, setting=7), "近7天督导抽查认定整改后反弹的问题"),
    ],
)
def test_what_is_counted_in_words(events: Events, words: str) -> None:
    assert describe(events) == words
    assert words in situation(consequence("某", Occurring(events, 3)))
