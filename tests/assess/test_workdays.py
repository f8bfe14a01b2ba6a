"""Working days around the holidays of 2023, weekdays written out so that the calendar can be checked."""

from datetime import date

import pytest

from campaign.assess.workdays import workday_after


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2023-04-14 Fri", 1, "2023-04-17 Mon"),
        ("2023-04-21 Fri", 1, "2023-04-23 Sun"),  # worked in lieu of the May holiday
        ("2023-04-28 Fri", 1, "2023-05-04 Thu"),  # 29 April to 3 May are free
        ("2023-04-28 Fri", 3, "2023-05-06 Sat"),  # worked in lieu
        ("2023-04-28 Fri", 5, "2023-05-09 Tue"),
        ("2023-05-01 Mon", 1, "2023-05-04 Thu"),
        ("2023-06-21 Wed", 1, "2023-06-25 Sun"),  # Dragon Boat Festival, worked on Sunday
    ],
)
def test_workday_after(day: str, count: int, expected: str) -> None:
    found = workday_after(_day(day), count)
    assert found == _day(expected)


def test_a_calendar_that_is_not_announced_yet() -> None:
    assert workday_after(date(2100, 1, 1), 3) is None
    assert workday_after(date(1990, 1, 1), 3) is None


def test_no_days() -> None:
    with pytest.raises(ValueError, match="0"):
        workday_after(date(2023, 4, 28), 0)


def _day(text: str) -> date:
    iso, weekday = text.split()
    day = date.fromisoformat(iso)
    assert f"{day:%a}" == weekday
    return day
