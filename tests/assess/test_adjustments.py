"""Manual adjustments as lines of the score, down to their cells."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from campaign.assess import assess
from campaign.records import Adjustment, Books, Scorecard
from tests.support import county
from tests.support.county import AS_OF, QINGHE, ZHIXING, origin

BOOK = county.rulebook()


def adjustment(points: str, subject: str = QINGHE, expires_on: date = AS_OF) -> Adjustment:
    """An adjustment in row 3 of its workbook."""
    fields = (("subject", subject), ("points", points))
    place = origin("得分调整.xlsx", "得分调整", 3, fields)
    return Adjustment(subject, Decimal(points), "协助处置突发停水", "陆见川", expires_on, place)


def card(books: Books, name: str = QINGHE) -> Scorecard:
    return next(c for c in assess(books, (), BOOK).scorecards if c.name == name)


def test_an_adjustment_is_a_line_of_its_own() -> None:
    plain = county.books(county.sample_problems())
    before, after = card(plain), card(replace(plain, adjustments=(adjustment("-2.5"),)))
    assert before.points is not None
    assert after.points == before.points - Decimal("2.5")
    (line,) = (line for line in after.lines if line.rule == "调整")
    assert "陆见川" in line.clause
    assert "协助处置突发停水" in line.clause
    assert [ref.cell for ref in line.evidence] == ["B3"]
    assert (line.points, line.evidence[0].file) == (Decimal("-2.5"), "得分调整.xlsx")


def test_after_its_expiry_it_no_longer_counts() -> None:
    plain = county.books(county.sample_problems())
    expired = adjustment("2", expires_on=AS_OF - timedelta(days=1))
    assert card(replace(plain, adjustments=(expired,))) == card(plain)


def test_the_ceiling_holds_over_adjustments() -> None:
    books = county.books(county.sample_problems(), adjustments=(adjustment("50"),))
    after = card(books)
    scheme = BOOK.scheme(after.kind)
    assert scheme is not None
    assert after.points == scheme.ceiling


def test_where_there_is_no_score_the_adjustment_is_said_and_not_counted() -> None:
    books = county.books((), unreported=(county.DAPING,), adjustments=(adjustment("2", ZHIXING),))
    after = card(books, ZHIXING)
    assert after.points is None
    assert "1项人工调整" in after.unrated
