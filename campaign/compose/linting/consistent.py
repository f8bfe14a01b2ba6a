"""What is always so among the fields of one record, however they are filled: samples that break it would
blame templates for what cannot happen.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from campaign.compose.brief_week import WeekBrief
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


_RULES: Mapping[type, Callable[[Any], Any]] = {WeekBrief: _week, Ranking: _ranking}
