"""The kinds of rule, also those that the shipped rules do not use, at their edges."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from campaign.assess.figures import tabulate
from campaign.assess.kinds import judge
from campaign.assess.occurrences import occurrences
from campaign.assess.rates import rate_of
from campaign.assess.subjects import Subject, subjects
from campaign.assess.verdicts import Charge, LeftOut, Verdict
from campaign.records import Books, ItemCode, Problem, Status, SubjectKind, Tally
from campaign.rulebook.model import Rule
from campaign.rulebook.sources import SOURCES, Events, Selection, Source
from campaign.rulebook.terms import (
    Band,
    Lacking,
    Measure,
    OccurrenceTerms,
    OnceTerms,
    Partial,
    Per,
    PercentTerms,
    RateTerms,
    RuleTerms,
    VetoTerms,
)
from tests.support import county
from tests.support.county import DURU, QINGHE, problem

D = Decimal


def subject(books: Books, name: str = DURU) -> Subject:
    figures = tabulate(books, range(1, 7))
    return next(s for s in subjects(books, figures, (), county.rulebook()) if s.name == name)


def of_problems(*problems: Problem, name: str = DURU, **overrides: object) -> Subject:
    return subject(county.books(problems, **overrides), name)


def rule(terms: RuleTerms, points: str = "-1", cap: str | None = None) -> Rule:
    return Rule(
        id="试-1",
        title="试",
        clause="方案",
        subject=SubjectKind.SUBDISTRICT,
        kind="",
        points=D(points),
        cap=D(cap) if cap else None,
        from_date=None,
        until_date=None,
        note="",
        terms=terms,
    )


def points(verdict: Verdict) -> Decimal | None:
    assert not isinstance(verdict, LeftOut)
    return verdict.points if verdict else None


def many(done: int, whole: int) -> list[Problem]:
    states = [Status.RECTIFIED] * done + [Status.OPEN] * (whole - done)
    return [problem(5 + n, status=status) for n, status in enumerate(states)]


# --- rates ---


@pytest.mark.parametrize(
    ("done", "whole", "lost"),
    [(19, 20, None), (189, 199, "-2"), (18, 20, "-2"), (17, 20, "-5")],
)
def test_a_band_is_chosen_by_the_exact_rate(done: int, whole: int, lost: str | None) -> None:
    """189 of 199 is 94.97 per cent: shown as 95.0, but below 95."""
    bands = (Band(D(95), D(0)), Band(D(90), D(-2)), Band(D(0), D(-5)))
    verdict = judge(
        rule(RateTerms(Measure.DONE, bands, Lacking.FULL), "-5"), of_problems(*many(done, whole)), {}
    )
    assert points(verdict) == (D(lost) if lost else None)


@pytest.mark.parametrize(
    ("partial", "lost"), [(Partial.IGNORE, "-1.5"), (Partial.COUNT, "-2"), (Partial.PRORATE, "-1.7")]
)
def test_percentage_points_below_a_baseline(partial: Partial, lost: str) -> None:
    """13 of 15 is 86.67 per cent, 3.33 points below 90."""
    terms = PercentTerms(Measure.DONE, D(90), partial, Lacking.FULL)
    verdict = judge(rule(terms, "-0.5"), of_problems(*many(13, 15)), {})
    assert points(verdict) == D(lost)


def test_percentage_points_above_a_baseline_are_won_up_to_the_cap() -> None:
    terms = PercentTerms(Measure.DONE, D(90), Partial.IGNORE, Lacking.FULL)
    who = of_problems(*many(10, 10))
    assert points(judge(rule(terms, "0.5"), who, {})) == D(5)
    assert points(judge(rule(terms, "0.5", "3"), who, {})) == D(3)
    assert points(judge(rule(terms, "-0.5"), who, {})) is None


def test_a_rate_without_denominator() -> None:
    bands = (Band(D(50), D(0)), Band(D(0), D(-5)))
    who = of_problems()
    assert judge(rule(RateTerms(Measure.DONE, bands, Lacking.FULL)), who, {}) is None
    left = judge(rule(RateTerms(Measure.DONE, bands, Lacking.RESCALE)), who, {})
    assert isinstance(left, LeftOut)
    assert left.lacking is Lacking.RESCALE


def test_the_cells_of_a_rate_are_those_not_done() -> None:
    rate = rate_of(of_problems(*many(1, 3)), Measure.DONE, Selection())
    assert [ref.cell for ref in rate.lacking] == ["E6", "E7"]
    assert (rate.part, rate.whole) == (1, 3)


# --- occurrences ---


def overdue(row: int, **overrides: object) -> Problem:
    return problem(row, **{"due_on": date(2023, 4, 20), **overrides})


def test_an_average_is_rounded_once() -> None:
    """0.5 × 3 ÷ 6 is exactly 0.25, which rounds to 0.3."""
    books = county.books([overdue(5), overdue(6), overdue(7)])
    everyone = replace(subject(books), communities=county.small_roster().communities)
    terms = OccurrenceTerms(Events(Source.OVERDUE), Per(communities=1))
    assert points(judge(rule(terms, "-0.5"), everyone, {})) == D("-0.3")


def test_per_households() -> None:
    terms = OccurrenceTerms(Events(Source.OVERDUE), Per(households=100), when_missing=Lacking.RESCALE)
    assert points(judge(rule(terms, "-10"), of_problems(overdue(5), name=QINGHE), {})) == D("-1.7")
    unknown = replace(of_problems(overdue(5), name=QINGHE), tally=tally_without_households())
    left = judge(rule(terms, "-10"), unknown, {})
    assert isinstance(left, LeftOut)
    assert left.lacking is Lacking.RESCALE


def tally_without_households() -> Tally:
    return Tally(communities=2, households=None)


def test_a_cap_charges_only_what_it_has_room_for() -> None:
    terms = OccurrenceTerms(Events(Source.OVERDUE))
    verdict = judge(rule(terms, "-2", "5"), of_problems(*(overdue(n) for n in range(5, 10))), {})
    assert isinstance(verdict, Charge)
    assert verdict.points == D(-5)
    assert len(verdict.charged) == 3  # two in full, one in part
    assert len(verdict.evidence) == 15


def test_the_longest_overdue_is_charged_first() -> None:
    terms = OccurrenceTerms(Events(Source.OVERDUE))
    verdict = judge(rule(terms, "-2", "2"), of_problems(overdue(5), overdue(6, due_on=date(2023, 4, 1))), {})
    assert isinstance(verdict, Charge)
    assert [ref.row for ref, _ in verdict.charged] == [6]


def test_a_problem_is_not_charged_twice() -> None:
    first = rule(OccurrenceTerms(Events(Source.OVERDUE)))
    then = replace(first, terms=OccurrenceTerms(Events(Source.UNRECTIFIED), unless_charged_under=("试-1",)))
    who = of_problems(overdue(5), problem(6))
    charge = judge(first, who, {})
    assert isinstance(charge, Charge)
    assert points(judge(then, who, {"试-1": charge.charged})) == D(-1)
    assert points(judge(then, who, {})) == D(-2)


def test_several_problems_in_one_row_are_several() -> None:
    one, other = overdue(5), overdue(5, description="另一个问题", item=ItemCode(5, 4))
    charge = judge(rule(OccurrenceTerms(Events(Source.OVERDUE))), of_problems(one, other), {})
    assert isinstance(charge, Charge)
    assert (charge.points, len(charge.charged)) == (D(-2), 2)


def test_once() -> None:
    terms = OnceTerms(Events(Source.OVERDUE), at_least=2)
    assert points(judge(rule(terms, "-5"), of_problems(overdue(5)), {})) is None
    assert points(judge(rule(terms, "-5"), of_problems(*(overdue(n) for n in range(5, 9))), {})) == D(-5)


def test_data_nobody_handed_in_is_neither_kept_nor_broken() -> None:
    terms: tuple[RuleTerms, ...] = (
        OccurrenceTerms(Events(Source.SPOT_FINDING), when_missing=Lacking.RESCALE),
        OnceTerms(Events(Source.ACTIVITY_ABSENT), when_missing=Lacking.FULL),
        VetoTerms(Events(Source.COMPLAINT_OVERDUE, setting=15), "不合格", when_missing=Lacking.UNRATED),
    )
    for one, lacking in zip(terms, (Lacking.RESCALE, Lacking.FULL, Lacking.UNRATED), strict=True):
        verdict = judge(rule(one), of_problems(problem()), {})
        assert isinstance(verdict, LeftOut)
        assert verdict.lacking is lacking


def test_activities() -> None:
    terms = OnceTerms(Events(Source.ACTIVITY_ABSENT), when_missing=Lacking.FULL)
    present = of_problems(activities=(county.activity(DURU),))
    absent = of_problems(activities=(county.activity("大坪街道办事处"),))
    assert points(judge(rule(terms), present, {})) is None
    assert points(judge(rule(terms), absent, {})) == D(-1)


def test_complaints_settled_later_were_open_on_the_day() -> None:
    late = county.complaint(handler=DURU, received_on=date(2023, 4, 1), settled_on=date(2023, 4, 29))
    found = occurrences(of_problems(complaints=(late,)), Events(Source.COMPLAINT_OVERDUE, setting=15))
    assert found is not None
    assert len(found) == 1


@pytest.mark.parametrize("finding", ["未发现问题。", " 无 ", "正常", ""])
def test_an_inspection_that_found_nothing_is_no_finding(finding: str) -> None:
    who = of_problems(spot_checks=(county.spot_check(DURU, finding=finding),))
    assert occurrences(who, Events(Source.SPOT_FINDING)) == ()


def test_records_after_the_day_do_not_count() -> None:
    check = county.spot_check(DURU, checked_on=date(2023, 4, 29))
    assert occurrences(of_problems(spot_checks=(check,)), Events(Source.SPOT_FINDING)) == ()


@pytest.mark.parametrize("source", Source)
def test_every_source_can_be_counted(source: Source) -> None:
    facts = SOURCES[source]
    for kind, name in ((SubjectKind.SUBDISTRICT, DURU), (SubjectKind.COMPANY, QINGHE)):
        if kind in facts.subjects:
            found = occurrences(of_problems(problem(), name=name), Events(source, setting=3))
            assert (found is None) is facts.optional


def test_selection() -> None:
    who = of_problems(
        problem(5, item=ItemCode(5, 3)),
        problem(6, item=ItemCode(2, 1)),
        problem(7, item=None),
        problem(8, item=ItemCode(4, 2), responsible_unit="都濡街道办"),
        problem(9, item=ItemCode(4, 2), responsible_unit="县消防大队"),
        problem(10, item=ItemCode(4, 2), responsible_unit="某某开发公司"),
    )

    def rows(selection: Selection) -> list[int]:
        return [p.origin.row.row for p in who.select(selection)]

    assert rows(Selection(liable=("company",))) == [5, 7, 10]
    assert rows(Selection(liable=("subdistrict",))) == [6, 8]
    assert rows(Selection(liable=("agency",))) == [9]
    assert rows(Selection(groups=(4,))) == [8, 9, 10]
    assert rows(Selection(items=(ItemCode(5, 3), ItemCode(2, 1)))) == [5, 6]
    assert rows(Selection(liable=("company",), groups=(4, 5))) == [5, 10]


def test_a_rule_that_was_not_read_by_the_loader() -> None:
    with pytest.raises(TypeError, match="试-1"):
        judge(replace(rule(OnceTerms(Events(Source.OPEN))), terms=None), of_problems(), {})
