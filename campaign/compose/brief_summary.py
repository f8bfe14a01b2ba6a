"""What the final report may say: the last week's figures, the course of all weeks, and what was done."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from campaign.assess.figures import found
from campaign.compose.brief import (
    DECISION_WORDS,
    GroupRow,
    Inspections,
    ItemRow,
    Names,
    Petitions,
    Portion,
    ProblemRow,
    Source,
    Standing,
    absent_kinds,
    group_rows,
    inspections,
    petitions,
    portions,
    problem_rows,
    sources,
    standing,
    standings,
    top_items,
    total,
    unchecked,
    whole_county,
)
from campaign.compose.brief_photos import PhotoProblem, before_and_after
from campaign.compose.outlook import Outlooks, known, outlooks
from campaign.compose.ranking import Ranking, rankings
from campaign.records import Activity, Books, DecisionKind, Problem, Snapshot
from campaign.rulebook.model import Campaign, Rulebook

MOST_ITEMS = 5
MOST_PICTURED = 6
_MEASURE = re.compile(r"^(.+?)\s*[（(]([^（）()]{1,3})[)）]$")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week of the course. Counts are cumulative but for `new` and `newly_closed`."""

    number: int
    as_of: date
    check_rate: Decimal | None
    found: int
    new: int
    closed: int
    newly_closed: int
    overdue: int
    done_rate: Decimal | None
    closed_rate: Decimal | None
    reported: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """All weeks, oldest first, and the sums of what is counted week by week."""

    weeks: tuple[WeekRow, ...]
    new: int
    newly_closed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A subdistrict at the end and how far its rate of completion has come since the first week known."""

    standing: Standing
    first_rate: Decimal | None
    gained: Decimal | None


@dataclass(frozen=True, slots=True)
class OfficeCourse:
    """A subdistrict's rate of completion in each week of the course; None where it had not reported."""

    name: str
    rates: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A problem that was struck off, as it was and as it is: one for each of the items found most often."""

    short: str
    community: str
    company: str
    description: str
    found_on: date
    measure: str
    closed_on: date


@dataclass(frozen=True, slots=True)
class ActivityKind:
    """One kind of work that units count (召开会议, 次): the sum, and the count of each unit, None where a
    unit has not reported it.
    """

    label: str
    measure: str
    count: int
    by_unit: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Activities:
    """工作开展情况 as last handed in."""

    as_of: date
    units: tuple[str, ...]
    kinds: tuple[ActivityKind, ...]


@dataclass(frozen=True, slots=True)
class DecisionTotal:
    """How often a consequence was called for over all weeks, and for how many different subjects."""

    what: str
    times: int
    subjects: int


@dataclass(frozen=True, slots=True)
class SummaryBrief:
    """The campaign so far, in the county or in one `subdistrict` ("": the county). `final` says whether its
    last phase has begun. `results` are the lines of the table of results: the subdistricts, or the
    communities of the one.
    """

    campaign: Campaign
    subdistrict: str
    county_word: str
    rules_title: str
    specimen: str
    starts_on: date
    as_of: date
    final: bool
    # scope and work done
    communities: int
    companies: int
    offices: tuple[str, ...]
    households: int | None
    unreported: tuple[str, ...]
    pending_total: int
    absent_kinds: tuple[str, ...]
    activities: Activities | None
    inspections: Inspections | None
    petitions: Petitions | None
    decisions: tuple[DecisionTotal, ...]
    # results
    total: Standing
    subdistricts: tuple[Standing, ...]
    results: tuple[Standing, ...]
    progress: tuple[Progress, ...]
    course: Course
    office_courses: tuple[OfficeCourse, ...]
    outlook: Outlooks
    examples: tuple[Example, ...]
    pictured: tuple[PhotoProblem, ...]  # some of those put right, with photos before and after
    groups: tuple[GroupRow, ...]
    items: tuple[ItemRow, ...]
    without_item: int
    rankings: tuple[Ranking, ...]
    # what is left
    unfinished: tuple[ProblemRow, ...]
    unfinished_by_subdistrict: tuple[Portion, ...]
    overdue_by_subdistrict: tuple[Portion, ...]
    without_deadline: int
    awaiting_closure: tuple[Portion, ...]
    unchecked: tuple[Names, ...]
    sources: tuple[Source, ...] = field(default=(), repr=False)


def summary_brief(weeks: Sequence[Snapshot], rulebook: Rulebook, subdistrict: str = "") -> SummaryBrief:
    """The brief of the report over some weeks, oldest first, at least one; for one subdistrict they are its
    parts of the weeks (see `scope`).
    """
    last = weeks[-1]
    books, figures, campaign = last.books, last.assessment.figures, rulebook.campaign
    problems = found(books)
    left = [p for p in problems if not p.status.done]
    offices = tuple(s.name for s in books.roster.subdistricts)
    rows = standings(figures, books.unreported)
    return SummaryBrief(
        campaign=campaign,
        subdistrict=subdistrict,
        county_word=whole_county(campaign),
        rules_title=rulebook.title,
        specimen=rulebook.specimen,
        starts_on=campaign.starts_on,
        as_of=last.as_of,
        final=_final(campaign, last.as_of),
        communities=len(books.roster.communities),
        companies=len(books.roster.companies),
        offices=offices,
        households=figures.totals.households,
        unreported=books.unreported,
        pending_total=len(books.pending),
        absent_kinds=absent_kinds(_latest_kinds(weeks)),
        activities=_latest(weeks, _activities),
        inspections=_latest(weeks, lambda w: inspections(w.books)),
        petitions=_latest(weeks, lambda w: petitions(w.books)),
        decisions=_decisions(weeks),
        total=total(books, figures),
        subdistricts=rows,
        results=_communities(last) if subdistrict else rows,
        progress=tuple(_progress(row, weeks[0]) for row in rows),
        course=_course(weeks),
        office_courses=tuple(_office_course(name, weeks) for name in offices),
        outlook=outlooks(known(weeks), campaign),
        examples=_examples(problems, rulebook),
        pictured=before_and_after(books, rulebook)[:MOST_PICTURED],
        groups=group_rows(figures, rulebook),
        items=top_items(problems, rulebook, MOST_ITEMS),
        without_item=sum(p.item is None for p in problems),
        rankings=rankings(last.assessment, None, rulebook),
        unfinished=problem_rows(left, last.as_of, offices),
        unfinished_by_subdistrict=portions(offices, (p.subdistrict for p in left)),
        overdue_by_subdistrict=portions(offices, (p.subdistrict for p in left if p.overdue(last.as_of))),
        without_deadline=sum(p.no_deadline for p in left),
        awaiting_closure=tuple(Portion(r.name, r.rectified) for r in rows if r.rectified),
        unchecked=unchecked(books),
        sources=sources(books, problems),
    )


def _communities(week: Snapshot) -> tuple[Standing, ...]:
    """The communities, whose problems are unknown where their subdistrict has not reported."""
    silent = {c.name for c in week.books.roster.communities if c.subdistrict in week.books.unreported}
    tallies = week.assessment.figures.communities
    return tuple(standing(name, tally, reported=name not in silent) for name, tally in tallies.items())


def _office_course(name: str, weeks: Sequence[Snapshot]) -> OfficeCourse:
    stands = (standings(week.assessment.figures, week.books.unreported) for week in weeks)
    return OfficeCourse(name, tuple(next((r.done_rate for r in s if r.name == name), None) for s in stands))


def _examples(problems: Sequence[Problem], rulebook: Rulebook) -> tuple[Example, ...]:
    """For each of the items found most often the problem struck off last that tells what was done."""
    found_often = top_items(problems, rulebook, MOST_ITEMS)
    chosen = []
    for item in found_often:
        told = [p for p in problems if str(p.item) == item.code and p.closed_on is not None and p.measure]
        if told:
            chosen.append(_example(item.short, max(told, key=lambda p: (p.closed_on, p.origin.row))))
    return tuple(chosen)


def _example(short: str, problem: Problem) -> Example:
    return Example(
        short=short,
        community=problem.community,
        company=problem.company,
        description=problem.description,
        found_on=problem.found_on,
        measure=problem.measure,
        closed_on=problem.closed_on or problem.found_on,
    )


def _final(campaign: Campaign, day: date) -> bool:
    """Whether the campaign is in its last phase or over."""
    begun = campaign.phases[-1].starts_on if campaign.phases else None
    return day >= (begun or campaign.ends_on)


def _latest(weeks: Sequence[Snapshot], read: Callable[[Snapshot], T | None]) -> T | None:
    """What the newest week that has it says; these workbooks do not come in every week, and go on from the
    start.
    """
    return next((value for week in reversed(weeks) if (value := read(week)) is not None), None)


def _latest_kinds(weeks: Sequence[Snapshot]) -> Books:
    """The last week's books with the optional kinds as last handed in."""
    return replace(
        weeks[-1].books,
        spot_checks=_latest(weeks, lambda w: w.books.spot_checks),
        complaints=_latest(weeks, lambda w: w.books.complaints),
        activities=_latest(weeks, lambda w: w.books.activities),
    )


def _course(weeks: Sequence[Snapshot]) -> Course:
    rows = tuple(_week_row(week) for week in weeks)
    return Course(
        weeks=rows,
        new=sum(row.new for row in rows),
        newly_closed=sum(row.newly_closed for row in rows),
    )


def _week_row(week: Snapshot) -> WeekRow:
    row = total(week.books, week.assessment.figures)
    return WeekRow(
        number=week.number,
        as_of=week.as_of,
        check_rate=row.check_rate,
        found=row.found,
        new=row.new,
        closed=row.closed,
        newly_closed=row.newly_closed,
        overdue=row.overdue,
        done_rate=row.done_rate,
        closed_rate=row.closed_rate,
        reported=row.reported,
        missing=row.missing,
    )


def _progress(row: Standing, first: Snapshot) -> Progress:
    rows = standings(first.assessment.figures, first.books.unreported)
    rate = next((r.done_rate for r in rows if r.name == row.name), None)
    gained = None if rate is None or row.done_rate is None else row.done_rate - rate
    return Progress(row, rate, gained)


def _activities(week: Snapshot) -> Activities | None:
    reported = week.books.activities
    if reported is None:
        return None
    units = tuple(dict.fromkeys(a.unit for a in reported))
    kinds = dict.fromkeys(a.kind for a in reported)
    return Activities(week.as_of, units, tuple(_activity_kind(kind, units, reported) for kind in kinds))


def _activity_kind(kind: str, units: Sequence[str], reported: Sequence[Activity]) -> ActivityKind:
    """召开会议（次） is the label 召开会议 and the measure 次."""
    match = _MEASURE.match(kind)
    label, measure = match.groups() if match else (kind, "")
    counts = {a.unit: a.count for a in reported if a.kind == kind}
    by_unit = tuple(counts.get(unit) for unit in units)
    return ActivityKind(label, measure, sum(counts.values()), by_unit)


def _decisions(weeks: Sequence[Snapshot]) -> tuple[DecisionTotal, ...]:
    taken = [decision for week in weeks for decision in week.assessment.decisions]
    totals = []
    for kind in DecisionKind:
        of_kind = [d for d in taken if d.kind is kind]
        if of_kind:
            subjects = {(d.subject_kind, d.subject) for d in of_kind}
            totals.append(DecisionTotal(DECISION_WORDS[kind], len(of_kind), len(subjects)))
    return tuple(totals)
