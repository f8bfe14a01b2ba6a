"""Working days by the State Council's holiday calendar, days worked in lieu included."""

from datetime import date, timedelta

import chinese_calendar


def workday_after(day: date, count: int) -> date | None:
    """The `count`-th working day after `day`, which itself is not counted.

    None where the calendar for it has not been announced: the date must then be set by hand.

    Raises:
        ValueError: `count` is below 1.
    """
    if count < 1:
        raise ValueError(f"not a number of working days: {count}")
    try:
        while count:
            day += timedelta(days=1)
            count -= chinese_calendar.is_workday(day)
    except NotImplementedError:  # how the library says that it does not know the year
        return None
    return day
