"""When everything will be struck off if it goes on as it has gone lately.

The pace is the mean of the closings (本周销号) that the last weeks' bulletins print; what is left goes down
by it every seven days, and nothing new is found. That is an assumption and no prophecy: whoever prints a date
says so beside it. Whole numbers and dates throughout, nothing is rounded on the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAYS = 7


class Prospect(StrEnum):
    """What can be said."""

    DONE = "done"  # nothing is left
    EXPECTED = "expected"  # at this pace on a day
    STALLED = "stalled"  # nothing was struck off lately: no day
    UNKNOWN = "unknown"  # too few weeks are known


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody stood at the close of one week: found and struck off up to then, struck off within."""

    as_of: date
    found: int
    closed: int
    newly_closed: int

    @property
    def left(self) -> int:
        """Not yet struck off."""
        return self.found - self.closed


@dataclass(frozen=True, slots=True)
class Forecast:
    """The outlook on the newest week known. `weeks` is over how many weeks the pace was taken, `closings` how
    many were struck off in them; `finish` is the first day on which nothing would be left, None where no day
    can be told.
    """

    prospect: Prospect
    left: int
    weeks: int
    closings: int
    finish: date | None


def forecast(course: Sequence[Stand], window: int, least: int) -> Forecast:
    """The outlook after some weeks, oldest first.

    Args:
        course: the weeks that are known of somebody; a week without a ledger is left out, not zero.
        window: over how many of the last weeks the pace is taken, at least 1.
        least: with fewer weeks known than this, nothing is foretold.
    """
    lately = course[-window:]
    closings = sum(stand.newly_closed for stand in lately)
    left = course[-1].left if course else 0
    if course and left <= 0:
        return Forecast(Prospect.DONE, 0, len(lately), closings, None)
    if not course or len(course) < least:
        return Forecast(Prospect.UNKNOWN, left, len(lately), closings, None)
    finish = _reached(course[-1].as_of, left, closings, len(lately))
    prospect = Prospect.EXPECTED if finish else Prospect.STALLED
    return Forecast(prospect, left, len(lately), closings, finish)


def _reached(today: date, left: int, closings: int, weeks: int) -> date | None:
    """The first day by which `left` are struck off at `closings` in `weeks` weeks; None if never, or beyond
    the calendar.
    """
    if closings <= 0:
        return None
    days = -(-left * weeks * _DAYS // closings)
    return today + timedelta(days) if days <= (date.max - today).days else None
