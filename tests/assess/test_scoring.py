"""Score cards: sums, bounds, rescaling, grades, ranks, and who is not rated."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from campaign.assess import assess
from campaign.assess.scoring import CEILING, FLOOR, RESCALED, Scored, ranked
from campaign.assess.subjects import Subject, subjects
from campaign.records import Books, ItemCode, Problem, Scorecard, Status, SubjectKind
from campaign.rulebook.model import Grade, Rule, Rulebook, Scheme
from campaign.rulebook.sources import Events, Source
from campaign.rulebook.terms import Lacking, OccurrenceTerms, OnceTerms, RuleTerms, VetoTerms
from tests.support import county
from tests.support.county import DANSHA, DURU, MINGYUAN, QINGHE, ZHIXING, problem

D = Decimal
GRADES = (Grade("好", D(90)), Grade("中", D(60)), Grade("差", D(0)))


def rule(name: str, terms: RuleTerms, points: str, cap: str | None = None) -> Rule:
    return Rule(
        name,
        name,
        "方案",
        SubjectKind.SUBDISTRICT,
        "",
        D(points),
        D(cap) if cap else None,
        None,
        None,
        "",
        {},
        terms,
    )


OVERDUE = rule("逾期", OccurrenceTerms(Events(Source.OVERDUE)), "-10", "60")
SPOT = rule("抽查", OccurrenceTerms(Events(Source.SPOT_FINDING), when_missing=Lacking.RESCALE), "-5", "40")
BONUS = rule("加分", OccurrenceTerms(Events(Source.CLOSED_EARLY, setting=1)), "8")


def scheme(*rules: Rule, floor: str = "0", ceiling: str | None = None, allotted: bool = True) -> Scheme:
    return Scheme(
        SubjectKind.SUBDISTRICT, D(100), D(floor), D(ceiling) if ceiling else None, GRADES, rules, allotted
    )


def card(one: Scheme, books: Books, name: str = DURU) -> Scorecard:
    book = replace(county.rulebook(), schemes=(one,), consequences=())
    return next(c for c in assess(books, (), book).scorecards if c.name == name)


def late(count: int) -> list[Problem]:
    return [problem(5 + n, due_on=date(2023, 4, 20)) for n in range(count)]


def total(one: Scorecard) -> Decimal:
    return one.full + sum((line.points for line in one.lines), D(0))


def test_lines_sum() -> None:
    one = card(scheme(OVERDUE, SPOT), county.books(late(2), spot_checks=(county.spot_check(),)))
    assert (one.points, one.grade, total(one)) == (D(75), "中", D(75))
    assert [(line.rule, line.points) for line in one.lines] == [("逾期", D(-20)), ("抽查", D(-5))]


def test_a_bound_of_a_grade_belongs_to_it() -> None:
    assert card(scheme(OVERDUE, SPOT), county.books(late(1), spot_checks=())).grade == "好"


def test_items_left_out_are_rescaled_in_a_line_of_their_own() -> None:
    """60 points are left, 40 of them kept: 40 ÷ 60 × 100 = 66.7."""
    one = card(scheme(OVERDUE, SPOT), county.books(late(2)))
    assert (one.points, total(one)) == (D("66.7"), D("66.7"))
    assert [(line.rule, line.title) for line in one.lines] == [("逾期", "逾期"), ("抽查", RESCALED)]
    assert one.lines[-1].points == D("-13.3")


def test_a_bonus_is_not_rescaled() -> None:
    early = problem(5, status=Status.CLOSED, closed_on=date(2023, 4, 20))
    one = card(scheme(OVERDUE, SPOT, BONUS), county.books([early]))
    assert (one.points, total(one)) == (D(108), D(108))


def test_ceiling() -> None:
    early = problem(5, status=Status.CLOSED, closed_on=date(2023, 4, 20))
    one = card(scheme(OVERDUE, SPOT, BONUS, ceiling="105"), county.books([early], spot_checks=()))
    assert (one.points, one.lines[-1].title, one.lines[-1].points) == (D(105), CEILING, D(-3))
    assert total(one) == D(105)


def test_floor() -> None:
    heavy = rule("逾期", OccurrenceTerms(Events(Source.OVERDUE)), "-60")
    one = card(scheme(heavy, floor="10", allotted=False), county.books(late(2)))
    assert (one.points, one.lines[-1].title, one.lines[-1].points) == (D(10), FLOOR, D(30))
    assert total(one) == D(10)


def test_a_veto_forces_the_grade_and_leaves_the_number() -> None:
    veto = rule("否决", VetoTerms(Events(Source.OVERDUE), "差"), "0")
    one = card(scheme(OVERDUE, SPOT, veto), county.books(late(1), spot_checks=()))
    assert (one.points, one.grade) == (D(90), "差")


def test_a_veto_never_improves_a_grade() -> None:
    veto = rule("否决", VetoTerms(Events(Source.OVERDUE), "中"), "0")
    one = card(scheme(OVERDUE, SPOT, veto), county.books(late(5), spot_checks=()))
    assert (one.points, one.grade) == (D(50), "差")


def test_a_rule_without_share_says_that_it_was_not_applied() -> None:
    extra = rule("另扣", OnceTerms(Events(Source.ACTIVITY_ABSENT), when_missing=Lacking.FULL), "-5")
    one = card(scheme(OVERDUE, extra, allotted=False), county.books())
    assert (one.points, [(line.rule, line.points) for line in one.lines]) == (D(100), [("另扣", D(0))])


def test_data_that_must_not_be_missing_leaves_a_subject_unrated() -> None:
    needed = replace(SPOT, terms=OccurrenceTerms(Events(Source.SPOT_FINDING), when_missing=Lacking.UNRATED))
    one = card(scheme(OVERDUE, needed), county.books(late(1)))
    assert (one.points, one.rank, one.lines) == (None, None, ())
    assert "抽查" in one.unrated


def test_nothing_left_to_rate() -> None:
    one = card(scheme(replace(SPOT, cap=D(100))), county.books(late(1)))
    assert one.points is None
    assert one.unrated


# --- who is not rated ---


def cards(books: Books, book: Rulebook | None = None) -> dict[str, Scorecard]:
    return {c.name: c for c in assess(books, (), book or county.rulebook()).scorecards}


def test_an_office_that_has_not_reported_and_all_who_depend_on_it() -> None:
    found = cards(county.books(county.sample_problems(), unreported=(DANSHA,)))
    assert {name for name in (DURU, DANSHA, QINGHE, MINGYUAN, ZHIXING) if found[name].points is None} == {
        DANSHA,
        MINGYUAN,
        ZHIXING,
    }
    assert DANSHA in found[MINGYUAN].unrated
    assert found[QINGHE].rank == 1


def test_a_company_neither_checked_nor_found_wanting_is_not_ranked() -> None:
    checked = tuple(county.self_check(name) for name in ("栖霞里", "沐风庭"))
    found = cards(county.books([problem(community="沐风庭")], self_checks=checked))
    assert found[QINGHE].points is None
    assert (found[ZHIXING].points, found[ZHIXING].rank) == (D(100), 1)
    assert found[MINGYUAN].rank == 2


def test_agencies_are_rated_only_where_something_rests_on_them() -> None:
    books = county.books(
        [problem(item=ItemCode(5, 1), responsible_unit="县消防救援大队")],
        complaints=(county.complaint(handler="县市场监管局"),),
        spot_checks=(county.spot_check("县水务局"),),
    )
    agencies = [c for c in cards(books).values() if c.kind is SubjectKind.AGENCY]
    assert [c.name for c in agencies if c.points is not None] == [
        "县水务局",
        "县市场监管局",
        "县消防救援大队",
    ]


def test_an_agency_is_unknown_while_a_ledger_is_missing() -> None:
    books = county.books(complaints=(county.complaint(handler="县市场监管局"),), unreported=(DANSHA,))
    assert DANSHA in cards(books)["县市场监管局"].unrated


# --- ranks ---


@pytest.mark.parametrize(
    ("points", "ranks"),
    [
        (["90", "80", "80", "70"], [1, 2, 2, 4]),
        (["80.0", "80", None, "90"], [2, 2, None, 1]),
        ([None, None], [None, None]),
        ([], []),
    ],
)
def test_equal_results_share_a_rank(points: list[str | None], ranks: list[int | None]) -> None:
    books = county.books()
    book = county.rulebook()
    some = assess(books, (), book).scorecards[0]
    subject = subject_of(books, book)
    scored = [Scored(replace(some, points=D(p) if p else None, rank=None), subject) for p in points]
    assert [s.card.rank for s in ranked(scored)] == ranks


def subject_of(books: Books, book: Rulebook) -> Subject:
    return subjects(books, assess(books, (), book).figures, (), book)[0]
