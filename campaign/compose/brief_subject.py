"""What a notice to one subject may say: the decision, its grounds down to the rows of the ledgers, and the
terms.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from campaign.assess.figures import found
from campaign.assess.workdays import workday_after
from campaign.compose.brief import (
    ProblemRow,
    Source,
    Verdict,
    place_of,
    problem_rows,
    sources,
    verdict,
    whole_county,
)
from campaign.compose.brief_orders import Demand, OrderTerms, demands, order_terms
from campaign.records import (
    CellRef,
    ChangeKind,
    Decision,
    Origin,
    Problem,
    Scorecard,
    SubjectKind,
    Week,
)
from campaign.rulebook.model import Campaign, Nouns, Rulebook

YOU = {SubjectKind.SUBDISTRICT: "你办", SubjectKind.COMPANY: "你公司", SubjectKind.AGENCY: "你单位"}


@dataclass(frozen=True, slots=True)
class Deduction:
    """A line of the score that took or gave points. `points` has its sign."""

    rule: str
    title: str
    clause: str
    because: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class OtherEvidence:
    """What a decision rests on beside problems of the ledgers: a spot check, a complaint, a form."""

    what: str
    place: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Time, place and duties of an interview. Days are None where the calendar of that year is not yet known,
    texts "" where the office has not fixed them: both are then filled in by hand.
    """

    within: int  # working days after the notice
    day: date | None  # the last day of that term
    at_time: str
    place: str
    host: str
    attendee: str
    bring: tuple[str, ...]
    report_within: int  # working days after the interview
    report_by: date | None


@dataclass(frozen=True, slots=True)
class SubjectBrief:
    """A decision for one subject. `points` and `rank` are None where it is not rated or not ranked.
    `problems` are those that it rests on, `demands` the unfinished ones among them with what is to be done by
    when.
    """

    campaign: Campaign
    county_word: str
    rules_title: str
    specimen: str
    number: int
    as_of: date
    document_number: str
    subject: str
    subject_kind: str  # subdistricts | companies | agencies
    subject_word: str  # 街道办事处 …
    you: str  # 你公司 …
    verdict: Verdict
    points: Decimal | None
    full: Decimal
    grade: str
    rank: int | None
    ranked: int
    deductions: tuple[Deduction, ...]
    problems: tuple[ProblemRow, ...]
    overdue: int
    other_evidence: tuple[OtherEvidence, ...]
    terms: Terms
    order: OrderTerms
    demands: tuple[Demand, ...]
    sources: tuple[Source, ...] = field(default=(), repr=False)


def concerned(decision: Decision, week: Week) -> tuple[Problem, ...]:
    """The problems of the week's ledgers that a decision rests on."""
    rows = {_row(ref) for ref in decision.evidence}
    return tuple(p for p in found(week.books) if _row(p.origin.row) in rows)


def subject_brief(decision: Decision, week: Week, rulebook: Rulebook, number: str) -> SubjectBrief:
    """The brief of one decision of a week; `number` is the document's."""
    cards = week.assessment.cards(decision.subject_kind)
    card = next((c for c in cards if c.name == decision.subject), None)
    rows = {_row(ref) for ref in decision.evidence}
    problems = concerned(decision, week)
    listed = problem_rows(problems, week.as_of, _offices(week))
    order = order_terms(decision.kind, week.as_of, rulebook)
    unfinished = [p for p in problems if not p.status.done]
    return SubjectBrief(
        campaign=rulebook.campaign,
        county_word=whole_county(rulebook.campaign),
        rules_title=rulebook.title,
        specimen=rulebook.specimen,
        number=week.number,
        as_of=week.as_of,
        document_number=number,
        subject=decision.subject,
        subject_kind=decision.subject_kind.value,
        subject_word=rulebook.campaign.nouns.subject(decision.subject_kind),
        you=YOU[decision.subject_kind],
        verdict=verdict(decision, rulebook),
        points=card.points if card else None,
        full=card.full if card else Decimal(0),
        grade=card.grade if card else "",
        rank=card.rank if card else None,
        ranked=sum(c.rank is not None for c in cards),
        deductions=_deductions(card),
        problems=listed,
        overdue=sum(row.days > 0 for row in listed),
        other_evidence=_others(week, rulebook.campaign.nouns, rows - {_row(p.origin.row) for p in problems}),
        terms=interview_terms(decision, week.as_of, rulebook),
        order=order,
        demands=demands(unfinished, week.as_of, order.by, rulebook, _offices(week)),
        sources=sources(week.books, problems),
    )


def _offices(week: Week) -> list[str]:
    return [s.name for s in week.books.roster.subdistricts]


def _row(ref: CellRef) -> CellRef:
    """The row a cell stands in: evidence points at cells, records begin at the first cell of their row."""
    return replace(ref, column=0)


def _deductions(card: Scorecard | None) -> tuple[Deduction, ...]:
    lines = card.lines if card else ()
    return tuple(Deduction(n.rule, n.title, n.clause, n.because, n.points) for n in lines if n.points)


def _others(week: Week, nouns: Nouns, rows: set[CellRef]) -> tuple[OtherEvidence, ...]:
    """What is known of the rows that are not problems; a row of no known record is named by its place
    alone.
    """
    known: dict[CellRef, str] = {}
    numbers = {w.as_of: w.number for w in week.past}
    for check in week.books.spot_checks or ():
        known[_row(check.origin.row)] = f"督导抽查：{check.finding}"
    for complaint in week.books.complaints or ():
        known[_row(complaint.origin.row)] = f"信访投诉：{complaint.content}"
    for form in week.books.self_checks:
        known |= {_row(a.origin.row): _answer(form.community, a.origin) for a in form.answers}
    for community in week.books.roster.communities:
        known[_row(community.origin.row)] = f"名册中的{nouns.community}：{community.name}"
    for pending in week.books.pending:
        known[_row(pending.ref)] = "填报有误、有待核实的台账记录"
    for moved in week.changes.movements:
        if moved.since in numbers and ChangeKind.VANISHED in moved.kinds:
            row = replace(_row(moved.problem.origin.row), issue=numbers[moved.since])
            known[row] = f"未销号而消失的问题：{moved.problem.description}"
    return tuple(OtherEvidence(known.get(row, "台账"), place_of(row)) for row in sorted(rows))


def _answer(community: str, origin: Origin) -> str:
    return f"自查表：{community}第{origin.raw('item')}条"


def interview_terms(decision: Decision, day: date, rulebook: Rulebook) -> Terms:
    """The terms of an interview, counted from the day of the notice."""
    terms = rulebook.interview
    meeting = workday_after(day, terms.within_working_days) if terms.within_working_days else None
    days = terms.report_within_working_days
    return Terms(
        within=terms.within_working_days,
        day=meeting,
        at_time=terms.at_time,
        place=terms.place,
        host=terms.host,
        attendee=decision.rung or terms.attendee.get(decision.subject_kind, ""),
        bring=tuple(terms.bring),
        report_within=days,
        report_by=workday_after(meeting, days) if meeting and days else None,
    )
