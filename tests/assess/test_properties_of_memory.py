"""What holds of scores whatever has become of problems: bounds, sums, order, and that mending never hurts."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.assess import assess
from campaign.records import (
    Books,
    ChangeKind,
    Changes,
    Movement,
    Recheck,
    Snapshot,
    SpotCheck,
    Status,
    SubjectKind,
)
from campaign.rulebook.model import Rule, Rulebook
from campaign.rulebook.sources import SOURCES, Events, Source
from campaign.rulebook.terms import Lacking, OccurrenceTerms
from tests.assess.test_memory import past
from tests.assess.test_properties import overdue_problems, problems, weeks
from tests.support import county

FEW = settings(max_examples=6)  # each week is assessed twice; `make test-deep` tries many
LATER = 90  # a row that no drawn problem stands in


def _book() -> Rulebook:
    """The shipped rules, and for each source with memory one more that deducts, this week's, all weeks'."""

    def more(subject: SubjectKind) -> tuple[Rule, ...]:
        sources = [s for s in Source if SOURCES[s].change or SOURCES[s].recheck]
        events = [Events(source) for source in sources]
        events += [Events(source, all_weeks=True) for source in sources if SOURCES[source].change]
        return tuple(
            Rule(
                f"忆-{n}", "记忆", "条", subject, "per_occurrence",
                Decimal("-1.5"), Decimal(12), None, None, "",
                terms=OccurrenceTerms(e, when_missing=Lacking.FULL if SOURCES[e.of].recheck else None),
            )
            for n, e in enumerate(events)
        )  # fmt: skip

    book = county.rulebook()
    return replace(book, schemes=tuple(replace(s, rules=(*s.rules, *more(s.subject))) for s in book.schemes))


BOOK = _book()
Week = tuple[Books, Changes, tuple[Snapshot, ...]]
KINDS = st.lists(st.sampled_from(ChangeKind), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def remembered(draw: st.DrawFn) -> Week:
    """A week with movements of its problems, of one that is gone, and of the weeks before."""
    books = draw(weeks())
    if books.spot_checks:
        books = replace(books, spot_checks=tuple(draw(_rechecked(c)) for c in books.spot_checks))
    keys = tuple(f"{n}" for n in range(len(books.problems)))
    found = [
        Movement(key, kinds, problem, problem, county.AS_OF)
        for key, problem in zip(keys, books.problems, strict=True)
        if (kinds := draw(st.just(()) | KINDS))
    ]
    before = tuple(draw(st.lists(st.sampled_from(found), max_size=4))) if found else ()
    gone = draw(problems(LATER))
    lost = (Movement("失", (ChangeKind.VANISHED,), gone, gone, past()[-1].as_of),)
    movements = (*found, *(lost if draw(st.booleans()) else ()))
    return books, Changes(past()[-1].as_of, keys, movements), past(*before)


@st.composite
def _rechecked(draw: st.DrawFn, check: SpotCheck) -> SpotCheck:
    serial = draw(st.sampled_from(("", "1", "2", "99")))
    return replace(check, serial=serial, recheck=draw(st.none() | st.sampled_from(Recheck)))


def points(week: Week) -> dict[tuple[SubjectKind, str], Decimal]:
    books, changes, before = week
    cards = assess(books, before, BOOK, changes).scorecards
    return {(c.kind, c.name): c.points for c in cards if c.points is not None}


def never_better(before: Week, after: Week) -> None:
    old, new = points(before), points(after)
    assert not [name for name in old.keys() & new.keys() if new[name] > old[name]]


def full_marks_and_lines_are_the_points(week: Week) -> None:
    books, changes, before = week
    for card in assess(books, before, BOOK, changes).scorecards:
        scheme = BOOK.scheme(card.kind)
        assert scheme is not None
        if card.points is not None:
            assert card.points == card.full + sum((line.points for line in card.lines), Decimal(0))
            assert card.points >= scheme.floor
            assert all(line.evidence for line in card.lines if line.points)


def the_order_of_movements_does_not_matter(week: Week, random: Random) -> None:
    books, changes, before = week
    mixed = replace(changes, movements=tuple(random.sample(changes.movements, len(changes.movements))))
    shuffled = tuple(random.sample(before, len(before)))
    assert assess(books, shuffled, BOOK, mixed) == assess(books, before, BOOK, changes)


def a_further_problem_never_raises_a_score(
    week: Week, problem: object, kinds: tuple[ChangeKind, ...]
) -> None:
    books, changes, before = week
    assert isinstance(problem, type(county.problem()))
    more = replace(books, problems=(*books.problems, problem))
    movement = Movement("新", kinds, problem, problem, county.AS_OF)
    told = replace(changes, keys=(*changes.keys, "新"), movements=(*changes.movements, movement))
    never_better(week, (more, told, before))


def closing_what_was_opened_again_never_lowers_a_score(week: Week, data: st.DataObject) -> None:
    books, changes, before = week
    opened = [n for n, p in enumerate(books.problems) if p.status is not Status.CLOSED]
    if not opened:
        return
    n = data.draw(st.sampled_from(opened))
    done = replace(
        books.problems[n],
        status=Status.CLOSED,
        rectified_on=books.problems[n].found_on,
        closed_on=county.AS_OF,
    )
    mended = replace(books, problems=(*books.problems[:n], done, *books.problems[n + 1 :]))
    rest = tuple(m for m in changes.movements if m.key != changes.keys[n])
    never_better((mended, replace(changes, movements=rest), before), week)


test_full_marks_and_lines_are_the_points = FEW(given(remembered())(full_marks_and_lines_are_the_points))
test_the_order_of_movements_does_not_matter = FEW(
    given(remembered(), st.randoms(use_true_random=False))(the_order_of_movements_does_not_matter)
)
test_a_further_problem_never_raises_a_score = FEW(
    given(remembered(), overdue_problems(row=LATER + 1), KINDS)(a_further_problem_never_raises_a_score)
)
test_closing_what_was_opened_again_never_lowers_a_score = FEW(
    given(remembered(), st.data())(closing_what_was_opened_again_never_lowers_a_score)
)
test_deep_full_marks_and_lines_are_the_points = pytest.mark.deep(
    given(remembered())(full_marks_and_lines_are_the_points)
)
test_deep_the_order_of_movements_does_not_matter = pytest.mark.deep(
    given(remembered(), st.randoms(use_true_random=False))(the_order_of_movements_does_not_matter)
)
test_deep_a_further_problem_never_raises_a_score = pytest.mark.deep(
    given(remembered(), overdue_problems(row=LATER + 1), KINDS)(a_further_problem_never_raises_a_score)
)
test_deep_closing_what_was_opened_again_never_lowers_a_score = pytest.mark.deep(
    given(remembered(), st.data())(closing_what_was_opened_again_never_lowers_a_score)
)
