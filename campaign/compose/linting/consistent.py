"""What is always so among the fields of one record, however they are filled: samples that break it would
blame templates for what cannot happen.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from campaign.assess.forecast import Prospect
from campaign.compose.brief import Standing
from campaign.compose.brief_guideline import GuidelineBrief
from campaign.compose.brief_photos import ShownPhoto
from campaign.compose.brief_subject import SubjectBrief
from campaign.compose.brief_summary import WeekRow
from campaign.compose.brief_week import Change, TrendPoint, WeekBrief
from campaign.compose.outlook import CurvePoint, Outlook
from campaign.compose.ranking import Ranking


def consistent(record: Any) -> Any:  # noqa: ANN401 - any record of a brief
    """The record with what follows from its other fields put right."""
    rule = _RULES.get(type(record))
    return rule(record) if rule else record


def _week(brief: WeekBrief) -> WeekBrief:
    """Who has not reported is an office that should have; the others have."""
    late = tuple(name for name in brief.offices if name in brief.unreported)
    return replace(brief, unreported=late, reported=tuple(n for n in brief.offices if n not in late))


def _ranking(ranking: Ranking) -> Ranking:
    """The first are some of those listed; there is a last one only where there is a first."""
    rows = ranking.rows
    return replace(ranking, first=rows[:1], last=rows[-1:] if ranking.last and len(rows) > 1 else ())


def _rates(record: Any) -> Any:  # noqa: ANN401 - several records have these two
    """整改率 and 销号率 have one denominator: either both exist or neither."""
    if record.done_rate is None or record.closed_rate is None:
        return replace(record, done_rate=None, closed_rate=None)
    return record


def _subject(brief: SubjectBrief) -> SubjectBrief:
    """Who is not rated has no lines."""
    return replace(brief, deductions=()) if brief.points is None else brief


def _guideline(brief: GuidelineBrief) -> GuidelineBrief:
    """No two tables of rules have one id, and each grade has a band for each scheme."""
    schemes = tuple(
        replace(s, tables=tuple(replace(t, id=f"{t.id}-{n}") for t in s.tables))
        for n, s in enumerate(brief.schemes)
    )
    grades = tuple(replace(g, bands=(g.bands * len(schemes))[: len(schemes)]) for g in brief.grades)
    return replace(brief, schemes=schemes, grades=grades)


def _outlook(outlook: Outlook) -> Outlook:
    """A day can be told exactly where the prospect is expected; nothing is left where all is done."""
    expected = Prospect.EXPECTED.value
    if outlook.left is None:
        return replace(outlook, prospect=Prospect.UNKNOWN.value, per_week=None, finish=None, late=None)
    if outlook.prospect != expected or outlook.finish is None or outlook.late is None:
        told = Prospect.STALLED.value if outlook.prospect == expected else outlook.prospect
        return replace(outlook, prospect=told, finish=None, late=None)
    return outlook


def _point(point: CurvePoint) -> CurvePoint:
    """A day has both counts or neither."""
    known = point.found is not None and point.closed is not None
    return point if known else replace(point, found=None, closed=None)


def _photo(photo: ShownPhoto) -> ShownPhoto:
    """What is shown is said in words, and the reverse."""
    return photo if photo.alt and photo.digest else replace(photo, alt="", digest="")


_RULES: Mapping[type, Callable[[Any], Any]] = {
    WeekBrief: _week,
    Ranking: _ranking,
    Standing: _rates,
    Change: _rates,
    TrendPoint: _rates,
    WeekRow: _rates,
    SubjectBrief: _subject,
    GuidelineBrief: _guideline,
    Outlook: _outlook,
    CurvePoint: _point,
    ShownPhoto: _photo,
}
