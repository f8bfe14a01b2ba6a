"""A part of a week: the parts add up to the whole, and each is counted as the whole counts it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from campaign.compose.brief_summary import SummaryBrief, summary_brief
from campaign.compose.scope import part_of, parts_of
from campaign.records import Snapshot, SubjectKind, Tally, Week
from tests.compose import cases
from tests.compose.cases import snapshot
from tests.compose.rules import rulebook
from tests.support.county import DANSHA, DAPING, DURU, MINGYUAN, ZHIXING

OFFICES = (DURU, DANSHA, DAPING)


def part(week: Snapshot, office: str) -> Snapshot:
    found = part_of(week, office)
    assert found is not None
    return found


def weeks(week: Week) -> tuple[Snapshot, ...]:
    return (*week.past, snapshot(week))


@pytest.mark.parametrize("case", [cases.ordinary, cases.unreported, cases.everything_overdue])
def test_each_part_is_counted_as_the_whole_counts_it(case: Callable[[], Week]) -> None:
    week = snapshot(case())
    for office in OFFICES:
        own = part(week, office).assessment.figures
        assert own.totals == week.assessment.figures.subdistricts[office]
        assert own.communities == {
            name: week.assessment.figures.communities[name] for name in own.communities
        }


def test_the_parts_add_up_to_the_whole() -> None:
    week = snapshot(cases.ordinary())
    sums: Counter[str] = Counter()
    for office in OFFICES:
        totals = part(week, office).assessment.figures.totals
        counts = {f.name: getattr(totals, f.name) for f in fields(Tally) if f.name != "missing"}
        sums.update({name: count for name, count in counts.items() if count})
    whole = week.assessment.figures.totals
    assert all(getattr(whole, name) == count for name, count in sums.items())


def test_scores_and_ranks_stay_those_of_the_county() -> None:
    week = snapshot(cases.ordinary())
    own = part(week, DANSHA).assessment
    assert [c.name for c in own.scorecards] == [DANSHA, MINGYUAN, ZHIXING]
    assert own.cards(SubjectKind.COMPANY) == week.assessment.cards(SubjectKind.COMPANY)[1:]


def test_what_was_not_handed_in_is_not_none_handed_in() -> None:
    week = snapshot(cases.ordinary())
    books = part(week, DAPING).books
    assert books.activities is None  # only another office reported its work
    assert books.complaints == ()
    assert part(replace(week, books=replace(week.books, complaints=None)), DAPING).books.complaints is None


def test_a_week_whose_roster_lacks_the_office_has_no_part() -> None:
    week = snapshot(cases.ordinary())
    roster = replace(week.books.roster, subdistricts=week.books.roster.subdistricts[:1])
    assert part_of(replace(week, books=replace(week.books, roster=roster)), DANSHA) is None


def brief(week: Week, office: str = "") -> SummaryBrief:
    known = parts_of(weeks(week), office) if office else weeks(week)
    return summary_brief(known, rulebook(), office)


def test_the_course_of_the_county_is_the_sum_of_the_courses() -> None:
    whole, own = brief(cases.ordinary()).course, [brief(cases.ordinary(), o).course for o in OFFICES]
    for n, week in enumerate(whole.weeks):
        assert week.found == sum(course.weeks[n].found for course in own)
        assert week.closed == sum(course.weeks[n].closed for course in own)
        assert week.newly_closed == sum(course.weeks[n].newly_closed for course in own)
    assert whole.new == sum(row.new for row in whole.weeks) == sum(course.new for course in own)


def test_the_lines_of_a_subdistricts_report_are_its_communities() -> None:
    report = brief(cases.unreported(), DAPING)
    assert [row.name for row in report.results] == ["临溪苑"]
    assert not report.results[0].reported
    assert report.outlook.total.left is None


def test_an_example_tells_what_was_done_about_what_was_found_often() -> None:
    week = cases.everything_overdue()
    assert brief(week).examples == ()
    (example, *_) = brief(cases.ordinary()).examples
    assert (example.short, example.community) == ("消防维保", "云栖苑")


def test_the_courses_of_the_subdistricts_have_gaps_where_nothing_was_reported() -> None:
    courses = {c.name: c.rates for c in brief(cases.unreported()).office_courses}
    assert courses[DAPING][-1] is None
    assert courses[DURU][-1] is not None
