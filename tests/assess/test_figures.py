"""The words of the design, counted."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from campaign.assess.figures import tabulate
from campaign.records import CellRef, Figures, ItemCode, PendingRow, Problem, Sourced, Status, Tally
from tests.support import county
from tests.support.county import DANSHA, DAPING, DURU, MINGYUAN, QINGHE, ZHIXING, problem

GROUPS = range(1, 7)


def figures(*problems: Problem, **overrides: object) -> Figures:
    return tabulate(county.books(problems, **overrides), GROUPS)


def test_statuses() -> None:
    states = [Status.OPEN, Status.IN_PROGRESS, Status.IN_PROGRESS, Status.RECTIFIED, Status.CLOSED]
    totals = figures(*(problem(5 + n, status=s) for n, s in enumerate(states))).totals
    assert (totals.found, totals.open, totals.in_progress, totals.rectified, totals.closed) == (5, 1, 2, 1, 1)
    assert totals.done == 2


@pytest.mark.parametrize(
    ("due", "status", "overdue"),
    [
        (date(2023, 4, 28), Status.OPEN, 0),  # due today
        (date(2023, 4, 27), Status.OPEN, 1),
        (date(2023, 4, 27), Status.IN_PROGRESS, 1),
        (date(2023, 4, 1), Status.RECTIFIED, 0),
        (date(2023, 4, 1), Status.CLOSED, 0),
        (None, Status.OPEN, 0),
    ],
)
def test_overdue(due: date | None, status: Status, overdue: int) -> None:
    assert figures(problem(due_on=due, status=status)).totals.overdue == overdue


@pytest.mark.parametrize(
    ("day", "found", "new"),
    [
        (date(2023, 4, 21), 1, 0),
        (date(2023, 4, 22), 1, 1),  # seven days that end on the 28th
        (date(2023, 4, 28), 1, 1),
        (date(2023, 4, 29), 0, 0),  # not found yet
    ],
)
def test_new(day: date, found: int, new: int) -> None:
    totals = figures(problem(found_on=day)).totals
    assert (totals.found, totals.new) == (found, new)


@pytest.mark.parametrize(
    ("day", "newly"), [(date(2023, 4, 21), 0), (date(2023, 4, 22), 1), (date(2023, 4, 28), 1)]
)
def test_newly_closed(day: date, newly: int) -> None:
    totals = figures(problem(status=Status.CLOSED, closed_on=day)).totals
    assert (totals.closed, totals.newly_closed) == (1, newly)


def test_who_has_what() -> None:
    found = figures(*county.sample_problems())
    assert {name: t.found for name, t in found.subdistricts.items()} == {DURU: 6, DANSHA: 4, DAPING: 2}
    assert {name: t.found for name, t in found.companies.items()} == {QINGHE: 4, MINGYUAN: 4, ZHIXING: 4}
    assert found.communities["临溪苑"] == Tally(
        communities=1,
        checked=0,
        found=2,
        open=1,
        closed=1,
        overdue=1,
        newly_closed=1,
        households=240,
    )
    assert {number: t.found for number, t in found.groups.items()} == {1: 1, 2: 1, 3: 1, 4: 2, 5: 5, 6: 2}


def test_a_problem_belongs_to_the_company_of_the_roster() -> None:
    found = figures(problem(community="望山居", company="别的企业", subdistrict="别的街道"))
    assert found.companies[MINGYUAN].found == 1
    assert found.subdistricts[DANSHA].found == 1


def test_a_problem_without_item_is_in_no_group() -> None:
    found = figures(problem(item=None), problem(6, item=ItemCode(6, 1)))
    assert sum(t.found for t in found.groups.values()) == 1
    assert found.totals.found == 2


def test_checked_counts_communities_not_forms() -> None:
    checks = (
        county.self_check("云栖苑", date(2023, 4, 20)),
        county.self_check("云栖苑", date(2023, 4, 27)),
        county.self_check("听松里", county.AS_OF),
        county.self_check("沐风庭", date(2023, 4, 29)),  # not yet
    )
    found = figures(self_checks=checks)
    assert (found.totals.communities, found.totals.checked) == (6, 2)
    assert found.subdistricts[DURU].checked == 2
    assert found.companies[MINGYUAN].checked == 0


def test_pending_rows_are_not_counted_but_told() -> None:
    place = CellRef("台账/x.xlsx", "问题台账", 9, 1)
    named = PendingRow(DURU, (Sourced("community", place, " 云栖苑 "),), ("I-CELL-DATE",), place)
    unnamed = PendingRow(DURU, (Sourced("community", place, "云栖"),), ("I-CELL-COMMUNITY",), place)
    found = figures(problem(), pending=(named, unnamed))
    assert (found.totals.found, found.totals.pending) == (1, 2)
    assert found.subdistricts[DURU].pending == 2
    assert found.companies[QINGHE].pending == 1
    assert found.communities["云栖苑"].pending == 1


def test_an_office_that_has_not_reported_is_missing_wherever_it_counts() -> None:
    found = figures(unreported=(DANSHA,))
    assert found.totals.missing == (DANSHA,)
    assert [n for n, t in found.subdistricts.items() if t.missing] == [DANSHA]
    assert [n for n, t in found.companies.items() if t.missing] == [MINGYUAN, ZHIXING]
    assert [n for n, t in found.communities.items() if t.missing] == ["望山居", "栖霞里"]


def test_households_are_unknown_if_one_is() -> None:
    roster = county.small_roster()
    communities = (replace(roster.communities[0], households=None), *roster.communities[1:])
    found = figures(roster=replace(roster, communities=communities))
    assert found.totals.households is None
    assert found.companies[QINGHE].households is None
    assert found.companies[ZHIXING].households == 390


def test_nothing_at_all() -> None:
    found = figures()
    assert found.totals.found == 0
    assert set(found.companies) == {QINGHE, MINGYUAN, ZHIXING}


def test_counts_are_plain_integers() -> None:
    tally = asdict(figures(*county.sample_problems()).totals)
    assert {type(value) for name, value in tally.items() if name != "missing"} == {int}


def test_a_community_that_intake_should_have_kept_back() -> None:
    with pytest.raises(ValueError, match="无此小区"):
        figures(problem(community="无此小区"))
