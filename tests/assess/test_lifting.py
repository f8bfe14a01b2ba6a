"""When a listed supervision is lifted, and that it is lifted once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.assess.lifting import liftings
from campaign.records import Changes, DecisionKind, Snapshot, Status, Week
from campaign.rulebook.model import LiftedWhen, Rulebook
from tests.compose import kinds
from tests.compose.rules import rulebook
from tests.compose.scores import assessed
from tests.support import county
from tests.support.county import AS_OF, ZHIXING

LISTED = DecisionKind.LISTED_SUPERVISION
WEEK = timedelta(days=7)


def lifted(week: Week, rules: Rulebook | None = None) -> list[str]:
    return [one.subject for one in liftings(week, rules or rulebook(), LISTED)]


def after(*problems: object, past: tuple[Snapshot, ...] | None = None) -> Week:
    books = county.books(problems)  # type: ignore[arg-type]
    return Week(5, books, (), assessed(books), (kinds.listing_week(),) if past is None else past)


def with_terms(lifted_when: LiftedWhen | None) -> Rulebook:
    known = rulebook()
    terms = replace(known.notices[LISTED], lifted_when=lifted_when)
    return replace(known, notices={**known.notices, LISTED: terms})


def test_it_is_lifted_when_all_its_problems_are_struck_off() -> None:
    week = after(*kinds.put_right(kinds.listed()))
    (one,) = liftings(week, rulebook(), LISTED)
    assert one.subject == ZHIXING
    assert one.problems == week.books.problems
    assert [listing.week.number for listing in one.listings] == [4]


@pytest.mark.parametrize("status", [Status.OPEN, Status.IN_PROGRESS, Status.RECTIFIED])
def test_one_problem_that_is_not_struck_off_keeps_it(status: Status) -> None:
    first, second = kinds.put_right(kinds.listed())
    assert lifted(after(first, replace(second, status=status))) == []


def test_what_is_not_in_the_ledger_any_more_is_not_put_right() -> None:
    assert lifted(after(kinds.put_right(kinds.listed())[0])) == []


def test_the_rules_may_be_content_with_rectified() -> None:
    done = tuple(replace(p, status=Status.RECTIFIED) for p in kinds.listed())
    assert lifted(after(*done), with_terms(LiftedWhen.ALL_DONE)) == [ZHIXING]


def test_the_rules_may_leave_lifting_to_the_office() -> None:
    assert lifted(after(*kinds.put_right(kinds.listed())), with_terms(None)) == []


def test_it_is_lifted_once() -> None:
    done = kinds.put_right(kinds.listed())
    books = county.books(done, as_of=AS_OF)
    past = (kinds.listing_week(), Snapshot(5, books, assessed(books)))
    later = county.books(done, as_of=AS_OF + WEEK)
    assert lifted(Week(6, later, (), assessed(later), past)) == []


def test_two_listings_of_one_subject_are_lifted_together() -> None:
    first = kinds.listing_week()
    second = replace(first, number=3, books=replace(first.books, as_of=AS_OF - 2 * WEEK))
    (one,) = liftings(after(*kinds.put_right(kinds.listed()), past=(second, first)), rulebook(), LISTED)
    assert [listing.week.number for listing in one.listings] == [3, 4]
    assert len(one.problems) == 2


def test_a_listing_without_problems_is_left_to_the_office() -> None:
    before = kinds.listing_week()
    (decision,) = before.assessment.decisions
    bare = replace(before.assessment, decisions=(replace(decision, evidence=()),))
    assert lifted(after(*kinds.put_right(kinds.listed()), past=(replace(before, assessment=bare),))) == []


def test_keys_know_a_problem_that_was_rewritten() -> None:
    before = kinds.listing_week()
    keys = tuple(f"k{n}" for n, _ in enumerate(before.books.problems))
    past = (replace(before, changes=Changes(keys=keys)),)
    done = tuple(replace(p, description="改写过的描述") for p in kinds.put_right(kinds.listed()))
    week = after(*done, past=past)
    assert lifted(week) == []
    assert lifted(replace(week, changes=Changes(keys=keys[-2:]))) == [ZHIXING]


def test_of_two_rows_that_say_the_same_the_number_decides() -> None:
    first, second = kinds.put_right(kinds.listed())
    twin = replace(first, serial="99", status=Status.OPEN)
    assert lifted(after(first, second, twin)) == [ZHIXING]
    assert lifted(after(replace(first, serial=""), second, replace(twin, serial=""))) == []
