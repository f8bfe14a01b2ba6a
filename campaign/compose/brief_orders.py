"""What a notice may demand: the terms of a decision's documents, and for each problem what is to be done by
when.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.assess.workdays import workday_after
from campaign.compose.brief import place_of
from campaign.records import DecisionKind, Problem
from campaign.rulebook.model import LiftedWhen, NoticeTerms, Rulebook

_LIFTED = {LiftedWhen.ALL_CLOSED: "销号", LiftedWhen.ALL_DONE: "整改完成"}


@dataclass(frozen=True, slots=True)
class OrderTerms:
    """What the rules say of a decision's documents. Counts are working days, 0 where the office has not
    fixed them; days are None where there is no count, or where the calendar of that year is not yet known;
    texts are "" where there is none. What is missing is filled in by hand.
    """

    within: int  # to put things right, after the day of issue
    by: date | None
    report_within: int  # to report, after that day; after the day of issue where there is none
    report_by: date | None
    basis: tuple[str, ...]
    consequence: str
    rights: str
    to: str
    supervisor: str
    verifier: str
    copied_to: tuple[str, ...]
    lifted_when: str  # what must have become of all problems concerned (销号); "" where it is never lifted


@dataclass(frozen=True, slots=True)
class Demand:
    """One problem that is to be put right. `by` is its own deadline where that is still to come, else the
    last day of the notice's term; None where neither is known. `item` is the checklist's item in words.
    """

    subdistrict: str
    community: str
    description: str
    item: str
    item_title: str
    found_on: date
    due_on: date | None
    no_deadline: bool
    days: int
    by: date | None
    measure: str
    responsible_person: str
    status: str
    closed_on: date | None
    place: str


def order_terms(kind: DecisionKind, day: date, rulebook: Rulebook) -> OrderTerms:
    """The terms of the documents of one kind of decision, counted from the day of issue."""
    terms = rulebook.notices.get(kind, NoticeTerms())
    within, report = terms.within_working_days or 0, terms.report_within_working_days or 0
    by = workday_after(day, within) if within else None
    start = by if within else day
    return OrderTerms(
        within=within,
        by=by,
        report_within=report,
        report_by=workday_after(start, report) if start and report else None,
        basis=terms.basis,
        consequence=terms.consequence,
        rights=terms.rights,
        to=terms.to,
        supervisor=terms.supervisor,
        verifier=terms.verifier,
        copied_to=terms.copied_to,
        lifted_when=_LIFTED[terms.lifted_when] if terms.lifted_when else "",
    )


def demands(
    problems: Iterable[Problem], day: date, by: date | None, rulebook: Rulebook, offices: Sequence[str]
) -> tuple[Demand, ...]:
    """Problems with what is demanded: the longest overdue first, equals in the order of the offices and the
    ledgers.
    """
    places = {name: n for n, name in enumerate(offices)}
    ordered = sorted(problems, key=lambda p: (-p.days_overdue(day), places.get(p.subdistrict, len(places))))
    return tuple(_demand(problem, day, by, rulebook) for problem in ordered)


def _demand(problem: Problem, day: date, by: date | None, rulebook: Rulebook) -> Demand:
    item = rulebook.checklist.item(problem.item) if problem.item else None
    coming = problem.due_on is not None and problem.due_on > day
    return Demand(
        subdistrict=problem.subdistrict,
        community=problem.community,
        description=problem.description,
        item=str(problem.item) if problem.item else "",
        item_title=item.short if item else "",
        found_on=problem.found_on,
        due_on=problem.due_on,
        no_deadline=problem.no_deadline,
        days=problem.days_overdue(day),
        by=problem.due_on if coming else by,
        measure=problem.measure,
        responsible_person=problem.responsible_person,
        status=problem.status.zh,
        closed_on=problem.closed_on,
        place=place_of(problem.origin.row),
    )
