"""The outlook: what it rests on, what it is held against, and the curve that is drawn of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.compose.outlook import Known, Outlooks, outlooks
from campaign.records import Books, Figures, Tally
from campaign.rulebook.model import Campaign, ForecastTerms
from tests.compose.rules import campaign
from tests.support import county
from tests.support.county import DANSHA, DAPING, DURU

OFFICES = (DURU, DANSHA, DAPING)
LAST = date(2023, 5, 12)
FOUND = 90


def week(back: int, closed: int, new: int, unreported: tuple[str, ...] = ()) -> Known:
    """A week that ended so many weeks before LAST; every office has a third of everything."""
    day = LAST - timedelta(7 * back)
    each = Tally(found=FOUND // 3, closed=closed // 3, newly_closed=new // 3)
    books: Books = county.books(as_of=day, unreported=unreported)
    totals = Tally(found=FOUND, closed=closed, newly_closed=new, missing=unreported)
    return books, Figures(day, totals, dict.fromkeys(OFFICES, each))


def told(*weeks: Known, rules: Campaign | None = None) -> Outlooks:
    return outlooks(weeks, rules or campaign())


STEADY = (week(2, 9, 9), week(1, 18, 9), week(0, 27, 9))


def test_county_and_offices_at_the_same_pace_end_on_the_same_day() -> None:
    found = told(*STEADY)
    assert found.told
    assert found.total.finish == LAST + timedelta(49)  # 63 left, 9 a week
    assert {row.finish for row in found.subdistricts} == {found.total.finish}
    assert found.total.per_week == 9


def test_the_day_is_held_against_the_phase_that_the_rules_name_or_the_one_of_the_day() -> None:
    ends = {p.name: p.ends_on for p in campaign().phases}
    assert (told(*STEADY).phase, told(*STEADY).deadline) == ("排查整治", ends["排查整治"])
    named = replace(campaign(), forecast=ForecastTerms(phase="总结提升"))
    found = told(*STEADY, rules=named)
    assert found.deadline == ends["总结提升"]
    assert found.total.finish is not None
    assert found.total.late == (found.total.finish - found.deadline).days
    assert told(*STEADY, rules=replace(campaign(), phases=())).deadline == campaign().ends_on


def test_whoever_has_not_reported_is_told_nothing_and_neither_is_the_county() -> None:
    found = told(*STEADY[:2], week(0, 27, 9, unreported=(DAPING,)))
    assert [row.left is None for row in found.subdistricts] == [False, False, True]
    assert found.total.left is None
    assert found.curve[-1].found is None


def test_a_week_without_an_offices_ledger_is_not_a_week_without_closings() -> None:
    found = told(week(3, 9, 9), STEADY[0], week(1, 18, 9, unreported=(DANSHA,)), STEADY[2])
    assert {row.name: row.weeks for row in found.subdistricts} == {DURU: 4, DANSHA: 3, DAPING: 4}


@pytest.mark.parametrize("known", [1, 2])
def test_few_weeks_tell_nothing(known: int) -> None:
    found = told(*STEADY[-known:])
    assert not found.told
    assert found.total.prospect == "unknown"


def test_the_curve_ends_where_nothing_would_be_left() -> None:
    found = told(*STEADY)
    assert [p.closed for p in found.curve] == [9, 18, 27, None]
    assert [p.expected for p in found.curve] == [None, None, 27, FOUND]
    assert found.curve[-1].as_of == found.total.finish


def test_a_curve_that_leads_far_off_is_drawn_in_part() -> None:
    found = told(week(2, 3, 3), week(1, 6, 3), week(0, 9, 3))
    assert found.total.finish == LAST + timedelta(7 * 27)
    last = found.curve[-1]
    assert last.as_of < found.total.finish
    assert last.expected is not None
    assert 9 < last.expected < FOUND


def test_of_thirteen_weeks_the_last_four_make_the_pace() -> None:
    weeks = tuple(week(12 - n, 3 * n, 3) for n in range(13))
    found = told(*weeks)
    assert found.total.weeks == 4
    assert len(found.curve) == 14
