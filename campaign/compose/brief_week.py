"""What the documents of a week may say: everything worked out from the week, its past and the rulebook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from campaign.assess.figures import found
from campaign.compose.brief import (
    DECISION_WORDS,
    WEEK,
    AdjustmentRow,
    GroupRow,
    Inspections,
    ItemRow,
    Names,
    Petitions,
    Portion,
    ProblemRow,
    Source,
    Standing,
    Verdict,
    absent_kinds,
    adjustments,
    group_rows,
    inspections,
    overdue,
    petitions,
    portions,
    sources,
    standing,
    standings,
    top_items,
    total,
    unchecked,
    verdict,
    whole_county,
)
from campaign.compose.brief_changes import Late, Moves, late, moves
from campaign.compose.filters import short_date
from campaign.compose.outlook import Outlooks, known, outlooks
from campaign.compose.ranking import Ranking, rankings
from campaign.compose.tasks import Tasks, agency_tasks, due_within, next_friday, subdistrict_tasks
from campaign.history.archive import issue_number
from campaign.intake.opinions import in_order, problem
from campaign.intake.waivers import in_force
from campaign.records import Books, ChangeKind, DecisionKind, Figures, Problem, Snapshot, Week
from campaign.rulebook.model import Campaign, Rulebook

DAYS = WEEK.days
MOST_ITEMS = 5
OWN_PLACE = "{subdistricts}"  # where the subdistricts are named among the addressees


@dataclass(frozen=True, slots=True)
class Change:
    """What a subject has changed by since the week before; None where one of the two rates does not exist."""

    name: str
    found: int
    overdue: int
    check_rate: Decimal | None
    done_rate: Decimal | None
    closed_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The week before: what it is called in a sentence (上周, or 上期 with its date), and what has changed
    since.

    The totals can only be compared where the same offices are in both; otherwise `total` is None and
    `because` says why.
    """

    called: str
    short: str  # 上周 or 上期, for the head of a column
    as_of: date
    total: Change | None
    because: str
    subdistricts: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class WaivedError:
    """An error in a workbook that is waived: where and what it is, and the reason, approver and last day."""

    place: str
    problem: str
    reason: str
    by: str
    until: date


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The county's rates at the close of one week; `missing` are the offices that had not reported."""

    as_of: date
    check_rate: Decimal | None
    done_rate: Decimal | None
    closed_rate: Decimal | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The weekly meeting (调度会): what the rules have fixed of it; "" where it is filled in by hand."""

    time: str
    place: str
    host: str
    attendees: str


@dataclass(frozen=True, slots=True)
class WeekBrief:
    """The week. Dates are dates, rates are per cent to one decimal or None, counts are whole numbers."""

    campaign: Campaign
    county_word: str  # 全县
    rules_title: str
    specimen: str  # the sentence to print beside scores, "" where the rules are in force
    digest: str  # SHA-256 of the rules by which the scores were computed
    number: int
    issue_words: str  # 第5期, issued 第5期（总第5期）, corrected 第5期（总第5期）（更正）
    edition: int  # 0 the original, 1 the first corrected edition
    week_number: int
    starts_on: date
    as_of: date
    deadline: date  # the next Friday
    addressees: str
    # who has reported
    offices: tuple[str, ...]
    reported: tuple[str, ...]
    unreported: tuple[str, ...]
    pending: tuple[Portion, ...]
    pending_total: int
    absent_kinds: tuple[str, ...]
    waived: tuple[WaivedError, ...]  # errors that do not keep the week from being issued (豁免)
    # progress
    total: Standing
    subdistricts: tuple[Standing, ...]
    by_done_rate: tuple[Standing, ...]  # highest first, those without a rate left out
    comparison: Comparison | None
    trend: tuple[TrendPoint, ...]
    unchecked: tuple[Names, ...]
    moves: Moves | None  # what has changed since the week before; None where there was none
    late: Late | None  # 补报: found in earlier weeks, in no ledger before
    mended: Late | None  # rows that waited (待核实) in an earlier week and are counted now
    # scores
    rankings: tuple[Ranking, ...]
    adjustments: tuple[AdjustmentRow, ...]
    # problems
    overdue: tuple[ProblemRow, ...]
    overdue_by_subdistrict: tuple[Portion, ...]
    overdue_by_company: tuple[Portion, ...]
    overdue_communities: int
    groups: tuple[GroupRow, ...]
    items: tuple[ItemRow, ...]
    without_item: int
    inspections: Inspections | None
    petitions: Petitions | None
    # decisions
    commendations: tuple[Verdict, ...]
    criticisms: tuple[Verdict, ...]
    interviews: tuple[Verdict, ...]
    other_decisions: tuple[Verdict, ...]
    # what is to be done
    due_soon: tuple[Portion, ...]
    awaiting_closure: tuple[Portion, ...]
    undated: tuple[Portion, ...]
    sanctions: tuple[str, ...]  # the consequences that the rulebook has against those who lag
    outlook: Outlooks  # when all will be struck off at the present pace
    # what each office has to report to the weekly meeting
    meeting: Meeting
    subdistrict_tasks: tuple[Tasks, ...]
    agency_tasks: tuple[Tasks, ...]  # of those alone that have anything to do
    sources: tuple[Source, ...] = field(default=(), repr=False)


def week_brief(week: Week, rulebook: Rulebook) -> WeekBrief:
    """The brief of one week."""
    books, figures, campaign = week.books, week.assessment.figures, rulebook.campaign
    problems = found(books)
    offices = tuple(s.name for s in books.roster.subdistricts)
    companies = tuple(c.name for c in books.roster.companies)
    rows = standings(figures, books.unreported)
    behind = overdue(problems, week.as_of, offices)
    verdicts = tuple((d.kind, verdict(d, rulebook)) for d in week.assessment.decisions)

    def by_office(chosen: Iterable[Problem]) -> tuple[Portion, ...]:
        return portions(offices, (p.subdistrict for p in chosen))

    def decided(*kinds: DecisionKind) -> tuple[Verdict, ...]:
        return tuple(v for kind, v in verdicts if kind in kinds)

    return WeekBrief(
        campaign=campaign,
        county_word=whole_county(campaign),
        rules_title=rulebook.title,
        specimen=rulebook.specimen,
        digest=week.assessment.rules_digest or rulebook.digest,
        number=week.number,
        issue_words=issue_number(week.number, week.total_number, week.edition),
        edition=week.edition,
        week_number=_week_number(week, campaign),
        starts_on=week.as_of - WEEK + timedelta(days=1),
        as_of=week.as_of,
        deadline=next_friday(week.as_of),
        addressees=addressees(campaign, offices),
        offices=offices,
        reported=tuple(o for o in offices if o not in books.unreported),
        unreported=books.unreported,
        pending=portions(offices, (row.subdistrict for row in books.pending)),
        pending_total=len(books.pending),
        absent_kinds=absent_kinds(books),
        waived=tuple(
            WaivedError(str(f.ref), problem(f), waiver.reason, waiver.by, waiver.until)
            for f, waiver in in_force(in_order(week.faults))
        ),
        total=total(books, figures),
        subdistricts=rows,
        by_done_rate=_by_done_rate(rows),
        comparison=_comparison(week),
        trend=tuple(_point(known) for known in (*(s.assessment.figures for s in week.past), figures)),
        unchecked=unchecked(books),
        moves=moves(week.changes),
        late=late(week, ChangeKind.LATE, offices),
        mended=late(week, ChangeKind.MENDED, offices),
        rankings=rankings(week.assessment, week.last.assessment if week.last else None, rulebook),
        adjustments=adjustments(books),
        overdue=behind,
        overdue_by_subdistrict=portions(offices, (row.subdistrict for row in behind)),
        overdue_by_company=portions(companies, (row.company for row in behind)),
        overdue_communities=len({row.community for row in behind}),
        groups=group_rows(figures, rulebook),
        items=top_items(problems, rulebook, MOST_ITEMS),
        without_item=sum(p.item is None for p in problems),
        inspections=inspections(books),
        petitions=petitions(books),
        commendations=decided(DecisionKind.COMMENDATION),
        criticisms=decided(DecisionKind.CRITICISM),
        interviews=decided(DecisionKind.INTERVIEW),
        other_decisions=decided(
            DecisionKind.RECTIFICATION_ORDER,
            DecisionKind.LISTED_SUPERVISION,
            DecisionKind.ACCOUNTABILITY_REFERRAL,
        ),
        due_soon=by_office(p for p in problems if due_within(p, week.as_of)),
        awaiting_closure=tuple(Portion(r.name, r.rectified) for r in rows if r.rectified),
        undated=by_office(
            p for p in problems if not p.status.done and p.due_on is None and not p.no_deadline
        ),
        sanctions=sanctions(rulebook, week.as_of),
        outlook=outlooks((*known(week.past), (books, figures)), campaign),
        meeting=_meeting(campaign, offices),
        subdistrict_tasks=subdistrict_tasks(books),
        agency_tasks=agency_tasks(books, rulebook),
        sources=sources(books, (p for p in problems if p.overdue(week.as_of))),
    )


def addressees(campaign: Campaign, offices: Sequence[str]) -> str:
    """主送机关: names of one kind joined by 、, kinds by ，, as the rules list them."""
    return _named(campaign.addressees, offices)


def _named(entries: Sequence[str], offices: Sequence[str]) -> str:
    return "，".join(entry.replace(OWN_PLACE, "、".join(offices)) for entry in entries)


def _meeting(campaign: Campaign, offices: Sequence[str]) -> Meeting:
    fixed = campaign.meeting
    return Meeting(fixed.time, fixed.place, fixed.host, _named(fixed.attendees, offices))


def sanctions(rulebook: Rulebook, day: date) -> tuple[str, ...]:
    """The words of the consequences in force on a day that threaten those who lag, in order of severity."""
    severe = (
        DecisionKind.CRITICISM,
        DecisionKind.INTERVIEW,
        DecisionKind.LISTED_SUPERVISION,
        DecisionKind.ACCOUNTABILITY_REFERRAL,
    )
    known = {c.kind for c in rulebook.consequences if c.in_force(day)}
    return tuple(DECISION_WORDS[kind] for kind in severe if kind in known)


def _week_number(week: Week, campaign: Campaign) -> int:
    """Which week of the campaign it is, by the calendar; an issue's number may differ where weeks were
    skipped.
    """
    return max((week.as_of - campaign.first_bulletin_on).days // DAYS + 1, 1)


def _by_done_rate(rows: Iterable[Standing]) -> tuple[Standing, ...]:
    rated = [(row.done_rate, row) for row in rows if row.done_rate is not None]
    return tuple(row for _, row in sorted(rated, key=lambda pair: -pair[0]))


def _point(figures: Figures) -> TrendPoint:
    row = standing("", figures.totals)
    return TrendPoint(figures.as_of, row.check_rate, row.done_rate, row.closed_rate, figures.totals.missing)


def _comparison(week: Week) -> Comparison | None:
    last = week.last
    if last is None:
        return None
    now, then = week.assessment.figures, last.assessment.figures
    following = week.as_of - last.as_of == WEEK
    same = set(week.books.unreported) == set(last.books.unreported)
    pairs = zip(
        standings(now, week.books.unreported),
        [_then(last, name) for name in now.subdistricts],
        strict=True,
    )
    changes = tuple(_change(a, b) for a, b in pairs if b is not None and a.reported and b.reported)
    return Comparison(
        called="上周" if following else f"上期（截至{short_date(last.as_of)}）",
        short="上周" if following else "上期",
        as_of=last.as_of,
        total=_change(total(week.books, now), total(last.books, then)) if same else None,
        because="" if same else _because(week.books, last.books),
        subdistricts=changes,
    )


def _then(last: Snapshot, name: str) -> Standing | None:
    rows = standings(last.assessment.figures, last.books.unreported)
    return next((row for row in rows if row.name == name), None)


def _because(now: Books, then: Books) -> str:
    """Why the totals of two weeks cannot be compared."""
    parts = [
        f"{'、'.join(names)}{when}未报送台账"
        for a, b, when in ((now, then, "本期"), (then, now, "上期"))
        if (names := [name for name in a.unreported if name not in b.unreported])
    ]
    return "，".join(parts)


def _change(now: Standing, then: Standing) -> Change:
    def rate(a: Decimal | None, b: Decimal | None) -> Decimal | None:
        return None if a is None or b is None else a - b

    return Change(
        name=now.name,
        found=now.found - then.found,
        overdue=now.overdue - then.overdue,
        check_rate=rate(now.check_rate, then.check_rate),
        done_rate=rate(now.done_rate, then.done_rate),
        closed_rate=rate(now.closed_rate, then.closed_rate),
    )
