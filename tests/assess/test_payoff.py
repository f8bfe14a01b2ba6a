"""What would raise a score most: every gain is what assessing the changed records says, and nothing else."""

from dataclasses import replace
from decimal import Decimal

from campaign.assess import assess
from campaign.assess.payoff import Payoff, payoff
from campaign.records import Books, ItemCode, Scorecard, Status, SubjectKind
from tests.assess.test_adjustments import adjustment
from tests.support import county
from tests.support.county import AS_OF, DURU, MINGYUAN, QINGHE, ZHIXING

BOOK = county.rulebook()
COMPANY = SubjectKind.COMPANY


def card(books: Books, name: str, kind: SubjectKind = COMPANY) -> Scorecard:
    return next(c for c in assess(books, (), BOOK).cards(kind) if c.name == name)


def gains(books: Books, name: str, kind: SubjectKind = COMPANY) -> Payoff:
    found = payoff(books, (), BOOK, kind, name)
    assert found is not None
    return found


def test_a_gain_is_what_assessing_the_closed_problems_says() -> None:
    books = county.books(county.sample_problems())
    found = gains(books, MINGYUAN)
    assert found.before == card(books, MINGYUAN)
    (overdue,) = (g for g in found.gains if g.line.rule == "企-1")
    rows = {ref.row for ref in overdue.line.evidence}
    closed = [
        replace(p, status=Status.CLOSED, rectified_on=AS_OF, closed_on=AS_OF)
        if p.origin.row.row in rows
        and p.origin.row.file in {r.file for r in overdue.line.evidence if r.row == p.origin.row.row}
        else p
        for p in books.problems
    ]
    after = card(replace(books, problems=tuple(closed)), MINGYUAN)
    assert overdue.after == after
    assert after.points is not None
    assert found.before.points is not None
    assert overdue.points == after.points - found.before.points > 0
    assert {ref.row for ref in overdue.cells} == rows


def test_the_greatest_gain_stands_first_and_everything_together_is_at_least_that() -> None:
    for name in (QINGHE, MINGYUAN, ZHIXING):
        found = gains(county.books(county.sample_problems()), name)
        assert [g.points for g in found.gains] == sorted((g.points for g in found.gains), reverse=True)
        best = max((g.after.points or Decimal(0) for g in found.gains), default=found.before.points)
        assert found.whole.points is not None
        assert best is not None
        assert found.whole.points >= best


def test_forms_complaints_and_rows_sent_back_can_be_put_right() -> None:
    books = county.books(
        county.sample_problems(),
        self_checks=(),
        complaints=(county.complaint(handler=DURU),),
        activities=(),
    )
    found = gains(books, DURU, SubjectKind.SUBDISTRICT)
    remedies = {gain.line.rule: gain.remedies for gain in found.gains}
    assert remedies["街-1"] == ("补报自查表3份",)
    assert remedies["街-8"] == ("办结信访投诉1件",)


def test_what_no_act_takes_back_is_said() -> None:
    books = county.books(
        county.sample_problems(),
        spot_checks=(county.spot_check(DURU),),
        adjustments=(adjustment("-3", DURU),),
    )
    found = gains(books, DURU, SubjectKind.SUBDISTRICT)
    assert {line.rule for line in found.lost} == {"街-7", "调整"}


def test_a_veto_that_closing_would_lift_is_a_gain_of_the_grade() -> None:
    problems = [
        county.problem(
            5 + n,
            community="云栖苑",
            item=ItemCode(4, 2),
            status=Status.CLOSED,
            rectified_on=AS_OF,
            closed_on=AS_OF,
        )
        for n in range(9)
    ]
    late = county.problem(20, community="云栖苑", item=ItemCode(5, 2), due_on=AS_OF.replace(month=3, day=20))
    found = gains(county.books([*problems, late]), QINGHE)
    assert found.before.grade == "不合格"
    (veto,) = (g for g in found.gains if g.line.rule == "企-7")
    assert veto.after.grade != "不合格"


def test_who_is_not_rated_has_no_gains() -> None:
    assert payoff(county.books((), unreported=(county.DAPING,)), (), BOOK, COMPANY, ZHIXING) is None
