"""The figures that others are held against: by hand for one small case, by their sums for whole counties."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from campaign.records import Books, Status
from sample import county
from sample.demo import differences
from sample.truth import figures

FRIDAY = date(2023, 4, 28)


def flat(row: dict[str, int], *names: str) -> tuple[int, ...]:
    return tuple(row[n] for n in names)


@pytest.mark.parametrize("seed", [2023, 7])
@pytest.mark.parametrize("week", [0, 4, 12])
def test_parts_add_up_to_the_whole(seed: int, week: int) -> None:
    made = county(seed)
    result: dict[str, Any] = figures(made.books(made.fridays[week]))
    for kind, size in (("subdistricts", 3), ("companies", 28)):
        rows = result[kind].values()
        assert len(rows) == size
        assert {k: sum(row[k] for row in rows) for k in result["totals"]} == result["totals"]
    totals = result["totals"]
    assert totals["found"] == sum(totals[s.value] for s in Status)
    assert totals["done"] == totals["rectified"] + totals["closed"]
    assert totals["overdue"] <= totals["open"] + totals["in_progress"]


def small() -> Books:
    """Four problems of one community on 28 April, each at the edge of a definition."""
    books = county().books(FRIDAY)
    base = replace(
        books.problems[0], rectified_on=None, closed_on=None, no_deadline=False, found_on=date(2023, 4, 1)
    )
    return replace(
        books,
        self_checks=(),
        problems=(
            replace(base, status=Status.OPEN, due_on=FRIDAY),  # due today: not overdue
            replace(base, status=Status.IN_PROGRESS, due_on=date(2023, 4, 27), found_on=date(2023, 4, 22)),
            replace(base, status=Status.RECTIFIED, due_on=date(2023, 4, 2), found_on=date(2023, 4, 21)),
            replace(base, status=Status.CLOSED, due_on=None, closed_on=date(2023, 4, 22)),
            replace(base, status=Status.OPEN, due_on=None, found_on=date(2023, 4, 29)),  # later: not counted
        ),
    )


def test_definitions_at_their_edges() -> None:
    result: dict[str, Any] = figures(small())
    totals = result["totals"]
    assert flat(totals, "found", "open", "in_progress", "rectified", "closed") == (4, 1, 1, 1, 1)
    assert flat(totals, "overdue", "new", "newly_closed", "checked") == (1, 1, 1, 0)
    assert result["as_of"] == "2023-04-28"


def test_differences_name_the_place() -> None:
    expected = {"as_of": "2023-04-28", "totals": {"found": 4, "open": 1}}
    assert list(differences(expected, {**expected, "more": 1})) == []
    wrong = {"as_of": "2023-04-28", "totals": {"found": 5}}
    assert list(differences(expected, wrong)) == [
        "totals／found 应为 4，实为 5",
        "totals／open 应为 1，实为 None",
    ]
