"""What each office still has to do at the close of a week: what the weekly meeting (调度会) goes through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from campaign.assess.figures import found
from campaign.compose.brief import ProblemRow, overdue, problem_row, problem_rows, unchecked
from campaign.intake.names import names_of
from campaign.records import Books, Problem, Status
from campaign.rulebook.model import Rulebook

FRIDAY = 4
DAYS = 7


@dataclass(frozen=True, slots=True)
class Tasks:
    """One office's open items. Of an agency the problems are those it is responsible for by the ledgers, of a
    subdistrict all of its communities'. `due` fall due by the next Friday, `awaiting` are put right and not
    yet verified, `undated` have no deadline written, `complaints` are those it has not settled. Where an
    office has not `reported` its ledger, its problems are not none but unknown.
    """

    name: str
    reported: bool
    overdue: tuple[ProblemRow, ...]
    due: tuple[ProblemRow, ...]
    awaiting: tuple[ProblemRow, ...]
    undated: int
    pending: int
    unchecked: tuple[str, ...]
    complaints: int

    @property
    def open(self) -> bool:
        """Whether the office has anything to report on."""
        lists = (self.overdue, self.due, self.awaiting, self.unchecked)
        return not self.reported or any(lists) or any((self.undated, self.pending, self.complaints))

    @property
    def rows(self) -> int:
        """How many problems its list has."""
        return len(self.overdue) + len(self.due) + len(self.awaiting)


def next_friday(day: date) -> date:
    """The first Friday after a day."""
    return day + timedelta(days=(FRIDAY - day.weekday() - 1) % DAYS + 1)


def due_within(problem: Problem, as_of: date) -> bool:
    """Whether a problem that is not done falls due by the next Friday."""
    due = problem.due_on
    return not problem.status.done and due is not None and as_of <= due <= next_friday(as_of)


def subdistrict_tasks(books: Books) -> tuple[Tasks, ...]:
    """What each subdistrict has to do, in the order of the roster."""
    problems = found(books)
    homes = {c.name: c.subdistrict for c in books.roster.communities}
    waiting = {group.name: group.names for group in unchecked(books)}
    handlers = _handlers(books)
    return tuple(
        replace(
            _tasks(office.name, books, [p for p in problems if homes.get(p.community) == office.name]),
            reported=office.name not in books.unreported,
            pending=sum(row.subdistrict == office.name for row in books.pending),
            unchecked=waiting.get(office.name, ()),
            complaints=handlers.count(office.name),
        )
        for office in books.roster.subdistricts
    )


def agency_tasks(books: Books, rulebook: Rulebook) -> tuple[Tasks, ...]:
    """What each agency has to do that has anything to do, in the order of the rules."""
    agencies = [(a.name, a.aliases) for a in rulebook.campaign.agencies]
    directory = names_of(books.roster, agencies, rulebook.words)
    spelled = {p.responsible_unit: "" for p in found(books)}
    units = {text: directory.unit(text).name or "" for text in spelled if text}
    handlers = _handlers(books)
    tasks = (
        replace(
            _tasks(name, books, [p for p in found(books) if units.get(p.responsible_unit) == name]),
            complaints=handlers.count(name),
        )
        for name, _ in agencies
    )
    return tuple(task for task in tasks if task.open)


def _handlers(books: Books) -> list[str]:
    """Who has to settle each complaint that is not settled, by the official name that intake has found."""
    return [
        c.handler
        for c in books.complaints or ()
        if c.received_on <= books.as_of and (c.settled_on is None or c.settled_on > books.as_of)
    ]


def _tasks(name: str, books: Books, problems: Sequence[Problem]) -> Tasks:
    """What its problems leave an office to do."""
    day = books.as_of
    offices = [s.name for s in books.roster.subdistricts]
    soon = sorted((p for p in problems if due_within(p, day)), key=lambda p: (p.due_on, p.origin.row))
    return Tasks(
        name=name,
        reported=True,
        overdue=overdue(problems, day, offices),
        due=tuple(problem_row(p, day) for p in soon),
        awaiting=problem_rows((p for p in problems if p.status is Status.RECTIFIED), day, offices),
        undated=sum(not p.status.done and p.due_on is None and not p.no_deadline for p in problems),
        pending=0,
        unchecked=(),
        complaints=0,
    )
