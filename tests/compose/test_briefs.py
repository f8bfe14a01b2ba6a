"""What the briefs work out: the numbers and names that templates print."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from campaign.compose.brief import Portion, Verdict
from campaign.compose.brief_subject import SubjectBrief, subject_brief
from campaign.compose.brief_summary import SummaryBrief, summary_brief
from campaign.compose.brief_week import WeekBrief, week_brief
from campaign.compose.tasks import next_friday
from campaign.records import CellRef, ItemCode, Snapshot, Status, Week
from tests.compose import cases
from tests.compose.cases import earlier, snapshot
from tests.compose.rules import rulebook
from tests.compose.scores import assessed
from tests.support import county
from tests.support.county import AS_OF, DANSHA, DAPING, DURU, MINGYUAN

WEEK = timedelta(days=7)
NUMBER = "清物治办〔2023〕　号"


def brief(week: Week) -> WeekBrief:
    return week_brief(week, rulebook())


def notice(week: Week) -> SubjectBrief:
    return subject_brief(week.assessment.decisions[0], week, rulebook(), NUMBER)


def summary(*weeks: Snapshot) -> SummaryBrief:
    return summary_brief(weeks, rulebook())


# --- the week ---------------------------------------------------------------------------------------


def test_totals_are_the_figures() -> None:
    week = cases.ordinary()
    figures, row = week.assessment.figures, brief(week).total
    for name in ("communities", "checked", "found", "open", "rectified", "closed", "overdue", "new"):
        assert getattr(row, name) == getattr(figures.totals, name)
    assert (row.done, row.unfinished) == (5, 7)
    assert (row.check_rate, row.done_rate, row.closed_rate) == tuple(map(Decimal, ("83.3", "41.7", "25.0")))


def test_changes_are_those_between_the_printed_rates() -> None:
    now = brief(cases.ordinary())
    assert now.comparison is not None
    assert now.comparison.total is not None
    before = now.trend[-2]
    assert now.total.done_rate is not None
    assert before.done_rate is not None
    assert now.comparison.total.done_rate == now.total.done_rate - before.done_rate == Decimal("-3.8")
    assert now.comparison.called == "上周"


def test_the_first_week_compares_with_nothing() -> None:
    now = brief(cases.first_week())
    assert now.comparison is None
    assert len(now.trend) == 1
    assert {row.moved for ranking in now.rankings for row in ranking.rows} == {None}


def test_totals_of_different_offices_are_not_compared() -> None:
    now = brief(cases.unreported())
    assert now.comparison is not None
    assert now.comparison.total is None
    assert DAPING in now.comparison.because
    assert [change.name for change in now.comparison.subdistricts] == [DURU, DANSHA]


def test_an_issue_that_is_not_of_the_week_before_is_called_by_its_date() -> None:
    now = brief(cases.everything_overdue())
    assert now.comparison is not None
    assert "4月14日" in now.comparison.called


def test_an_office_without_a_ledger_has_no_rates() -> None:
    now = brief(cases.unreported())
    row = now.subdistricts[2]
    assert (row.name, row.reported, row.done_rate) == (DAPING, False, None)
    assert [r.name for r in now.by_done_rate] == [DURU, DANSHA]
    assert now.total.reported
    assert not brief(cases.nobody_reported()).total.reported


def test_waiting_rows_and_absent_kinds_are_named() -> None:
    now = brief(cases.unreported())
    assert now.pending == (Portion(DURU, 2), Portion(DANSHA, 1))
    assert now.absent_kinds == ("信访投诉", "工作开展情况")
    assert (now.inspections is None, now.petitions is None) == (False, True)


def test_no_spot_checks_is_not_the_same_as_none_handed_in() -> None:
    empty = brief(cases.no_problems())
    assert empty.inspections is not None
    assert empty.inspections.total == 0
    assert brief(cases.first_week()).inspections is None


def test_overdue_problems_longest_first_then_in_the_order_of_the_roster() -> None:
    rows = brief(cases.ordinary()).overdue
    assert [(row.days, row.subdistrict) for row in rows] == [(18, DAPING), (8, DURU), (8, DURU), (8, DANSHA)]


def test_due_today_and_by_next_friday_is_soon_and_later_is_not() -> None:
    days = {"today": 0, "friday": 7, "later": 8}
    problems = [
        county.problem(row, description=name, due_on=AS_OF + timedelta(days=n))
        for row, (name, n) in enumerate(days.items(), 5)
    ]
    problems.append(county.problem(9, due_on=AS_OF, status=Status.RECTIFIED, rectified_on=AS_OF))
    books = county.books(problems)
    assert brief(Week(5, books, (), assessed(books))).due_soon == (Portion(DURU, 2),)


@pytest.mark.parametrize(
    ("day", "friday"),
    [("2023-04-28", "2023-05-05"), ("2023-04-27", "2023-04-28"), ("2023-04-29", "2023-05-05")],
)
def test_the_deadline_is_the_next_friday(day: str, friday: str) -> None:
    assert next_friday(date.fromisoformat(day)) == date.fromisoformat(friday)


def test_a_problem_without_a_deadline_is_not_one_whose_deadline_is_missing() -> None:
    problems = [county.problem(5, due_on=None, no_deadline=True), county.problem(6, due_on=None)]
    books = county.books(problems)
    assert brief(Week(5, books, (), assessed(books))).undated == (Portion(DURU, 1),)


def test_items_and_groups_count_what_was_found() -> None:
    now = brief(cases.ordinary())
    assert [(row.code, row.found, row.unfinished) for row in now.items] == [("五-3", 2, 1)]
    assert sum(row.found for row in now.groups) == now.total.found - now.without_item
    assert now.groups[0].found == max(row.found for row in now.groups)


def test_a_problem_without_an_item_is_in_no_group() -> None:
    problems = [county.problem(5, item=None), county.problem(6, item=ItemCode(4, 2))]
    books = county.books(problems)
    now = brief(Week(5, books, (), assessed(books)))
    assert (now.without_item, [row.found for row in now.groups]) == (1, [1])


def test_week_number_is_the_calendars_and_issue_number_the_registers() -> None:
    week = replace(cases.first_week(), number=9)
    assert (brief(week).number, brief(week).week_number) == (9, 5)


# --- the ranking ------------------------------------------------------------------------------------


def test_equal_points_share_a_place_and_the_last() -> None:
    offices, companies, _ = brief(cases.tie()).rankings
    assert [row.rank for row in offices.rows] == [1, 1, 1]
    assert offices.last == ()
    assert [row.rank for row in companies.rows] == [1, 2, 2]
    assert [row.name for row in companies.last] == [row.name for row in companies.rows[1:]]


def test_points_are_full_marks_less_deductions_plus_bonus() -> None:
    for ranking in brief(cases.ordinary()).rankings:
        for row in ranking.rows:
            assert row.full - row.deduction + row.bonus == row.points


def test_who_is_not_rated_is_named_with_the_reason() -> None:
    offices, companies, agencies = brief(cases.unreported()).rankings
    assert [(group.name, group.names) for group in offices.unrated] == [("没有报送可用的问题台账", (DAPING,))]
    assert len(companies.unrated[0].names) == 2
    assert agencies.rows == ()
    assert agencies.subjects == 2


def test_places_gained_are_counted_from_the_week_before() -> None:
    offices = brief(cases.ordinary()).rankings[0]
    assert [(row.name, row.moved) for row in offices.rows] == [(DURU, 1), (DANSHA, -1), (DAPING, 0)]


# --- the notice -------------------------------------------------------------------------------------


def test_a_notice_lists_the_problems_that_the_evidence_points_at() -> None:
    now = notice(cases.everything_overdue())
    assert len(now.problems) == now.overdue == 11
    assert now.problems[0].place == f"{DANSHA}问题台账.xlsx“问题台账”第5行"
    assert {row.company for row in now.problems} == {MINGYUAN}
    assert now.other_evidence == ()


def test_evidence_that_is_no_problem_is_named_with_its_place() -> None:
    week = cases.ordinary()
    check = week.books.spot_checks[0] if week.books.spot_checks else None
    assert check is not None
    elsewhere = CellRef("别处.xlsx", "表", 7, 2)
    decision = replace(week.assessment.decisions[0], evidence=(check.origin.ref("finding"), elsewhere))
    now = subject_brief(decision, week, rulebook(), NUMBER)
    assert now.problems == ()
    assert [row.place for row in now.other_evidence] == ["别处.xlsx“表”第7行", "督导抽查.xlsx“督导抽查”第3行"]
    assert check.finding in now.other_evidence[1].what


def test_each_reason_has_its_own_rule_and_clause() -> None:
    grounds = notice(cases.ordinary()).verdict.grounds
    assert [(g.rule, g.clause) for g in grounds] == [("约-1", "细则第十条"), ("约-2", "细则第十一条")]


def test_a_rule_that_the_rulebook_no_longer_has_keeps_its_id() -> None:
    verdicts: tuple[Verdict, ...] = brief(cases.ordinary()).criticisms
    assert [(g.rule, g.title) for g in verdicts[0].grounds] == [("批-9", "批-9")]


def test_terms_are_counted_in_working_days() -> None:
    """29 April to 3 May 2023 were a holiday, 6 May a Saturday worked in lieu."""
    terms = notice(cases.ordinary()).terms
    assert (terms.day, terms.report_by) == (date(2023, 5, 6), date(2023, 5, 12))


def test_terms_without_a_calendar_are_left_to_be_filled_in() -> None:
    week = cases.ordinary()
    books = replace(week.books, as_of=date(2093, 4, 24))
    terms = subject_brief(week.assessment.decisions[0], replace(week, books=books), rulebook(), NUMBER).terms
    assert (terms.day, terms.report_by) == (None, None)


def test_the_number_is_blank_until_issued() -> None:
    assert notice(cases.ordinary()).document_number == "清物治办〔2023〕\u3000号"


# --- the summary ------------------------------------------------------------------------------------


def test_a_summary_ends_with_the_last_week_and_sums_the_weeks() -> None:
    week = cases.ordinary()
    weeks = (*week.past, snapshot(week))
    now = summary(*weeks)
    assert now.total.found == week.assessment.figures.totals.found
    assert now.course.new == sum(w.assessment.figures.totals.new for w in weeks)
    assert now.course.newly_closed == sum(w.assessment.figures.totals.newly_closed for w in weeks)
    assert [row.number for row in now.course.weeks] == [3, 4, 5]


def test_what_is_unfinished_is_named() -> None:
    now = summary(snapshot(cases.ordinary()))
    assert len(now.unfinished) == now.total.unfinished == 7
    assert sum(p.count for p in now.unfinished_by_subdistrict) == 7
    assert now.without_deadline == 1


def test_kinds_that_came_in_earlier_still_count() -> None:
    """Spot checks of week 4 are known in week 5, though nobody handed them in again."""
    books = county.books(county.sample_problems(), as_of=AS_OF - WEEK, spot_checks=(county.spot_check(),))
    before = Snapshot(4, books, assessed(books))
    now = summary(before, snapshot(cases.first_week()))
    assert now.inspections is not None
    assert "督导抽查" not in now.absent_kinds
    assert now.absent_kinds == ("信访投诉", "工作开展情况")


def test_activity_counts_add_up_and_missing_ones_are_not_zero() -> None:
    activities = (
        county.activity(DURU, "召开会议（次）", 2),
        county.activity(DURU, "宣传活动", 4),
        county.activity(DANSHA, "召开会议（次）", 1, row=4),
    )
    books = county.books((), activities=activities)
    now = summary(Snapshot(5, books, assessed(books)))
    assert now.activities is not None
    kinds = [(k.label, k.measure, k.count, k.by_unit) for k in now.activities.kinds]
    assert kinds == [("召开会议", "次", 3, (2, 1)), ("宣传活动", "", 4, (4, None))]


def test_decisions_are_counted_by_time_and_by_subject() -> None:
    week = cases.ordinary()
    again = replace(earlier(4, AS_OF - WEEK), assessment=week.assessment)
    now = summary(again, snapshot(week))
    assert ("约谈", 2, 1) in [(d.what, d.times, d.subjects) for d in now.decisions]


@pytest.mark.parametrize(("day", "final"), [(date(2023, 4, 28), False), (date(2023, 6, 23), True)])
def test_final_from_the_last_phase_on(day: date, final: bool) -> None:  # noqa: FBT001 - a table of cases
    books = county.books((), as_of=day)
    assert summary(Snapshot(5, books, assessed(books))).final is final


def test_the_course_of_an_office_is_told_from_the_first_week_it_reported() -> None:
    now = summary(earlier(4, AS_OF - WEEK, unreported=(DAPING,)), snapshot(cases.ordinary()))
    assert [p.gained is None for p in now.progress] == [False, False, True]
