"""When it will all be struck off: the forecast for the county and each subdistrict, and the closing curve."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from campaign.assess.forecast import Prospect, Stand, forecast
from campaign.decimals import rounded
from campaign.records import Books, Figures, Snapshot, Tally
from campaign.rulebook.model import Campaign

_BEYOND = timedelta(days=42)  # the curve is drawn so far past the deadline, or today, and no further


@dataclass(frozen=True, slots=True)
class Outlook:
    """The outlook of one subject. `prospect` is done, expected, stalled (nothing struck off lately) or
    unknown: too few weeks known, or not reported now, and then `left` is None. `late` is how many days after
    the deadline the `finish` lies, negative before it; both None where no day can be told. `per_week` is the
    pace to one decimal.
    """

    name: str
    prospect: str
    left: int | None
    weeks: int
    closings: int
    per_week: Decimal | None
    finish: date | None
    late: int | None

    @property
    def days(self) -> int:
        """How many days lie between the finish and the deadline, whichever is the later."""
        return abs(self.late or 0)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One day of the closing curve; None where the day has no such value."""

    as_of: date
    found: int | None
    closed: int | None
    expected: int | None


@dataclass(frozen=True, slots=True)
class Outlooks:
    """All outlooks, and what they rest on: the pace of the last `window` weeks, at least `least` weeks known.

    `known` is how many weeks are known at all; `phase` and `deadline` are what the days are held against.
    """

    window: int
    least: int
    known: int
    phase: str
    deadline: date
    total: Outlook
    subdistricts: tuple[Outlook, ...]
    curve: tuple[CurvePoint, ...]

    @property
    def told(self) -> bool:
        """Whether enough weeks are known to say anything."""
        return self.known >= self.least


Known = tuple[Books, Figures]


def known(weeks: Iterable[Snapshot]) -> tuple[Known, ...]:
    """What a forecast needs of some weeks."""
    return tuple((week.books, week.assessment.figures) for week in weeks)


def outlooks(weeks: Sequence[Known], campaign: Campaign) -> Outlooks:
    """The outlooks after some weeks, oldest first, at least one."""
    books, figures = weeks[-1]
    phase, deadline = _deadline(campaign, figures.as_of)
    county = [(figures.as_of, None if figures.totals.missing else figures.totals) for _, figures in weeks]
    total = _outlook("", county, campaign, deadline)
    return Outlooks(
        window=campaign.forecast.weeks,
        least=campaign.forecast.least,
        known=len(weeks),
        phase=phase,
        deadline=deadline,
        total=total,
        subdistricts=tuple(
            _outlook(s.name, [_tally(week, s.name) for week in weeks], campaign, deadline)
            for s in books.roster.subdistricts
        ),
        curve=_curve(county, total, deadline),
    )


def _deadline(campaign: Campaign, day: date) -> tuple[str, date]:
    """Name and last day of the phase that the rules hold the end against; else of the phase of the day."""
    named = next((p for p in campaign.phases if p.name == campaign.forecast.phase), None)
    phase = named or campaign.phase_on(day)
    return (phase.name, phase.ends_on) if phase else ("", campaign.ends_on)


_Course = Sequence[tuple[date, Tally | None]]  # None where the week does not know it


def _tally(week: Known, office: str) -> tuple[date, Tally | None]:
    books, figures = week
    return figures.as_of, None if office in books.unreported else figures.subdistricts.get(office)


def _outlook(name: str, course: _Course, campaign: Campaign, deadline: date) -> Outlook:
    if course[-1][1] is None:  # whoever has not reported now cannot be told anything
        return Outlook(name, Prospect.UNKNOWN.value, None, 0, 0, None, None, None)
    stands = [Stand(day, t.found, t.closed, t.newly_closed) for day, t in course if t is not None]
    told = forecast(stands, campaign.forecast.weeks, campaign.forecast.least)
    return Outlook(
        name=name,
        prospect=told.prospect.value,
        left=told.left,
        weeks=told.weeks,
        closings=told.closings,
        per_week=rounded(Decimal(told.closings) / told.weeks) if told.weeks else None,
        finish=told.finish,
        late=(told.finish - deadline).days if told.finish else None,
    )


def _curve(course: _Course, total: Outlook, deadline: date) -> tuple[CurvePoint, ...]:
    """The weeks, and from the last one on a straight line to the day when nothing would be left; one that
    lies far off is drawn in part.
    """
    points = [
        CurvePoint(day, t.found, t.closed, None) if t else CurvePoint(day, None, None, None)
        for day, t in dict(course).items()  # one point a day
    ]
    today, last = course[-1]
    if total.finish is None or last is None:
        return tuple(points)
    points[-1] = CurvePoint(today, last.found, last.closed, last.closed)
    end = min(total.finish, max(deadline, today) + _BEYOND)
    gone = (last.found - last.closed) * (end - today).days // (total.finish - today).days
    return (*points, CurvePoint(end, None, None, last.closed + gone))
