"""What must hold of any week: lines sum, bounds hold, no order matters, worse is never better."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from campaign.assess import assess
from campaign.assess.scoring import ADJUSTED
from campaign.records import (
    Adjustment,
    Assessment,
    Books,
    CellRef,
    Complaint,
    PendingRow,
    Problem,
    SpotCheck,
    Status,
    SubjectKind,
    Tally,
)
from tests.support import county

T = TypeVar("T")

BOOK = county.rulebook()
CODES = BOOK.checklist.codes
UNITS = ("", county.DURU, county.QINGHE, county.MINGYUAN, "县消防救援大队", "县市场监管局", "某某开发公司")
UNFINISHED = (Status.OPEN, Status.IN_PROGRESS)
START, AS_OF = date(2023, 3, 25), county.AS_OF
DAYS = st.dates(START, AS_OF)


@st.composite
def problems(draw: st.DrawFn, row: int, states: Sequence[Status] = tuple(Status)) -> Problem:
    """A problem that intake would let through, in a row of its own."""
    found_on = draw(DAYS)
    status = draw(st.sampled_from(states))
    due_on = draw(st.none() | st.dates(found_on, date(2023, 5, 26)))
    return county.problem(
        row,
        community=draw(st.sampled_from(tuple(county.COMMUNITIES))),
        item=draw(st.none() | st.sampled_from(CODES)),
        found_on=found_on,
        due_on=due_on,
        no_deadline=due_on is None and draw(st.booleans()),
        responsible_unit=draw(st.sampled_from(UNITS)),
        status=status,
        rectified_on=found_on if status.done else None,
        closed_on=draw(st.dates(found_on, AS_OF)) if status is Status.CLOSED else None,
    )


@st.composite
def overdue_problems(draw: st.DrawFn, row: int) -> Problem:
    """An unfinished problem whose deadline has passed."""
    problem = draw(problems(row, UNFINISHED))
    return replace(problem, due_on=draw(st.dates(START, AS_OF - timedelta(days=1))), no_deadline=False)


@st.composite
def weeks(draw: st.DrawFn) -> Books:
    """A week's books: any problems, forms, spot checks and complaints, any office silent."""
    count = draw(st.integers(0, 10))
    forms = draw(st.lists(st.sampled_from(tuple(county.COMMUNITIES)), unique=True))
    silent = draw(st.lists(st.sampled_from((county.DANSHA, county.DAPING)), unique=True, max_size=1))
    kept_back = draw(st.lists(st.sampled_from((county.DURU, county.DANSHA)), max_size=3))
    return county.books(
        [draw(problems(5 + n)) for n in range(count)],
        self_checks=tuple(county.self_check(name, draw(DAYS)) for name in forms),
        pending=tuple(
            PendingRow(name, (), ("I-CELL-DATE",), CellRef(county.ledger_file(name), "问题台账", 50 + n, 1))
            for n, name in enumerate(kept_back)
        ),
        spot_checks=draw(st.none() | _rows(_spot_check)),
        complaints=draw(st.none() | _rows(_complaint)),
        adjustments=draw(_rows(_adjustment)),
        unreported=tuple(silent),
    )


def _rows(kind: Callable[[int], st.SearchStrategy[T]]) -> st.SearchStrategy[tuple[T, ...]]:
    """Up to three records, from row 3 on."""
    return st.integers(0, 3).flatmap(lambda n: st.tuples(*(kind(3 + row) for row in range(n))))


@st.composite
def _spot_check(draw: st.DrawFn, row: int) -> SpotCheck:
    return county.spot_check(draw(st.sampled_from((county.DURU, "县水务局"))), row, checked_on=draw(DAYS))


@st.composite
def _complaint(draw: st.DrawFn, row: int) -> Complaint:
    received = draw(DAYS)
    return county.complaint(
        row,
        handler=draw(st.sampled_from((county.DURU, "县市场监管局"))),
        received_on=received,
        settled_on=draw(st.none() | st.dates(received, AS_OF)),
    )


@st.composite
def _adjustment(draw: st.DrawFn, row: int) -> Adjustment:
    subject = draw(st.sampled_from((county.DURU, county.QINGHE, "县市场监管局")))
    points = draw(st.decimals(-30, 30, places=1).filter(bool))
    fields = (("subject", subject), ("points", str(points)))
    place = county.origin("得分调整.xlsx", "得分调整", row, fields)
    expires_on = draw(st.dates(AS_OF - timedelta(days=2), AS_OF + timedelta(days=2)))
    return Adjustment(subject, points, "某理由", "某人", expires_on, place)


def scores(books: Books) -> dict[str, Decimal]:
    cards = assess(books, (), BOOK).scorecards
    return {card.name: card.points for card in cards if card.points is not None}


def never_better(before: Books, after: Books) -> None:
    old, new = scores(before), scores(after)
    assert not [name for name in old.keys() & new.keys() if new[name] > old[name]]


@given(weeks())
def test_what_holds_of_every_week(books: Books) -> None:
    """Looked at together, for making a week and assessing it is most of the work."""
    result = assess(books, (), BOOK)
    full_marks_and_lines_are_the_points(result)
    ranks_follow_points(result)
    figures_add_up(result)
    decisions_rest_on_something(result, books)


def full_marks_and_lines_are_the_points(result: Assessment) -> None:
    for card in result.scorecards:
        scheme = BOOK.scheme(card.kind)
        assert scheme is not None
        if card.points is None:
            assert (card.rank, card.lines, card.grade) == (None, (), "")
            assert card.unrated
            continue
        assert card.points == card.full + sum((line.points for line in card.lines), Decimal(0))
        # Without a ceiling only what was given by hand can lead beyond full marks.
        given = sum((line.points for line in card.lines if line.rule == ADJUSTED), Decimal(0))
        most = scheme.full + max(given, Decimal(0)) if scheme.ceiling is None else scheme.ceiling
        assert scheme.floor <= card.points <= most
        assert all(line.evidence for line in card.lines if line.points)
        assert all(line.because and line.clause for line in card.lines)


def ranks_follow_points(result: Assessment) -> None:
    for kind in SubjectKind:
        cards = [c for c in result.cards(kind) if c.points is not None]
        for card in cards:
            assert card.points is not None
            assert card.rank == 1 + sum(c.points > card.points for c in cards if c.points is not None)


@given(weeks(), st.randoms(use_true_random=False))
def test_no_order_matters(books: Books, random: Random) -> None:
    def shuffled(records: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(random.sample(records, len(records)))

    mixed = replace(
        books,
        problems=shuffled(books.problems),
        self_checks=shuffled(books.self_checks),
        pending=shuffled(books.pending),
        spot_checks=None if books.spot_checks is None else shuffled(books.spot_checks),
        complaints=None if books.complaints is None else shuffled(books.complaints),
        adjustments=shuffled(books.adjustments),
    )
    assert assess(mixed, (), BOOK) == assess(books, (), BOOK)


@given(weeks(), overdue_problems(row=40))
def test_an_overdue_problem_never_raises_a_score(books: Books, problem: Problem) -> None:
    never_better(books, replace(books, problems=(*books.problems, problem)))


@given(weeks(), st.data())
def test_closing_a_problem_never_lowers_a_score(books: Books, data: st.DataObject) -> None:
    open_ones = [n for n, p in enumerate(books.problems) if p.status is not Status.CLOSED]
    if not open_ones:
        return
    chosen = data.draw(st.sampled_from(open_ones))
    problem = books.problems[chosen]
    done = replace(problem, status=Status.CLOSED, rectified_on=problem.found_on, closed_on=AS_OF)
    closed = replace(books, problems=(*books.problems[:chosen], done, *books.problems[chosen + 1 :]))
    never_better(closed, books)


@given(weeks())
def test_waiting_another_day_never_raises_a_score(books: Books) -> None:
    """No rule changes on the next day, nothing new comes in: deadlines only run out."""
    lasting = replace(books, adjustments=())  # what was taken by hand comes back when it expires
    never_better(lasting, replace(lasting, as_of=AS_OF + timedelta(days=1)))


def figures_add_up(result: Assessment) -> None:
    figures = result.figures
    for part in (figures.subdistricts, figures.companies, figures.communities):
        assert _sum(part.values()) == _counts(figures.totals)
    totals = figures.totals
    assert totals.found == totals.open + totals.in_progress + totals.rectified + totals.closed
    assert totals.overdue <= totals.open + totals.in_progress
    assert totals.new <= totals.found
    assert totals.newly_closed <= totals.closed


def _counts(tally: Tally) -> tuple[int, ...]:
    names = ("communities", "checked", "found", "open", "in_progress", "rectified", "closed")
    return tuple(getattr(tally, name) for name in (*names, "overdue", "new", "newly_closed"))


def _sum(tallies: Iterable[Tally]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*map(_counts, tallies), strict=True)))


def decisions_rest_on_something(result: Assessment, books: Books) -> None:
    assert len({(d.kind, d.subject_kind, d.subject) for d in result.decisions}) == len(result.decisions)
    rated = {(c.kind, c.name) for c in result.scorecards if c.points is not None}
    for decision in result.decisions:
        assert decision.reasons
        assert decision.clause
        if (decision.subject_kind, decision.subject) not in rated:
            assert decision.subject in books.unreported
