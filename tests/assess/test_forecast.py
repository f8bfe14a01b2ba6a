"""The forecast: the pace of the last weeks carried on, exactly, and no date where there is no pace."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.assess.forecast import Forecast, Prospect, Stand, forecast

LAST = date(2023, 5, 12)


def course(*closings: int, found: int = 100) -> tuple[Stand, ...]:
    """Weeks that end on LAST, each with so many struck off."""
    days = [LAST - timedelta(7 * n) for n in reversed(range(len(closings)))]
    closed = [sum(closings[: n + 1]) for n in range(len(closings))]
    return tuple(Stand(day, found, c, new) for day, c, new in zip(days, closed, closings, strict=True))


def test_what_is_left_goes_down_by_the_mean_of_the_window() -> None:
    told = forecast(course(50, 10, 5, 5, 0), window=4, least=3)
    assert told == Forecast(Prospect.EXPECTED, 30, 4, 20, LAST + timedelta(42))


def test_part_of_a_day_is_a_day() -> None:
    assert forecast(course(1, 1, 1, found=4), 4, 3).finish == LAST + timedelta(7)
    assert forecast(course(2, 2, 2, found=7), 4, 3).finish == LAST + timedelta(4)  # three and a half


@pytest.mark.parametrize(
    ("closings", "found", "prospect"),
    [
        ((), 100, Prospect.UNKNOWN),
        ((5, 5), 100, Prospect.UNKNOWN),
        ((5, 5, 5), 15, Prospect.DONE),
        ((5,), 5, Prospect.DONE),
        ((9, 0, 0, 0, 0), 100, Prospect.STALLED),
        ((0, 0, 0), 100, Prospect.STALLED),
    ],
)
def test_no_date_where_nothing_can_be_told(closings: tuple[int, ...], found: int, prospect: Prospect) -> None:
    told = forecast(course(*closings, found=found), window=4, least=3)
    assert (told.prospect, told.finish) == (prospect, None)


def test_a_day_beyond_the_calendar_is_no_day() -> None:
    assert forecast(course(1, 0, 0, found=10**9), 4, 3).prospect is Prospect.STALLED


PACES = st.lists(st.integers(0, 40), min_size=3, max_size=13)


@given(PACES, st.integers(1, 2000), st.integers(1, 6))
def test_at_that_pace_the_last_one_goes_on_that_day_and_not_before(
    closings: list[int], left: int, window: int
) -> None:
    told = forecast(course(*closings, found=sum(closings) + left), window, 3)
    if told.finish is None:
        assert sum(closings[-window:]) == 0
        return
    days = (told.finish - LAST).days
    assert told.closings * days >= left * told.weeks * 7
    assert told.closings * (days - 1) < left * told.weeks * 7


@given(PACES, st.integers(1, 2000), st.integers(1, 50))
def test_more_closings_are_never_later_and_more_problems_never_earlier(
    closings: list[int], left: int, more: int
) -> None:
    found = sum(closings) + left
    usual = forecast(course(*closings, found=found), 4, 3).finish
    faster = forecast(course(*closings[:-1], closings[-1] + more, found=found + more), 4, 3).finish
    fuller = forecast(course(*closings, found=found + more), 4, 3).finish
    assert faster is not None
    assert usual is None or (faster <= usual and fuller is not None and usual <= fuller)


@given(PACES, st.lists(st.integers(0, 40), max_size=6))
def test_what_lies_before_the_window_has_no_say(closings: list[int], before: list[int]) -> None:
    left = 50
    short = forecast(course(*closings, found=sum(closings) + left), 3, 3)
    long = forecast(course(*before, *closings, found=sum(before) + sum(closings) + left), 3, 3)
    assert short == long
