"""Everybody who can be scored, each with all that the books hold about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from campaign.assess.figures import checked_communities, found, grouped
from campaign.assess.moved import Moved, Rechecked, moved, rechecked
from campaign.assess.owners import Key, Owners
from campaign.records import (
    NO_CHANGES,
    Activity,
    Adjustment,
    Answer,
    Books,
    CellRef,
    Changes,
    Community,
    Complaint,
    Figures,
    ItemCode,
    Merit,
    PendingRow,
    Problem,
    SelfCheck,
    Snapshot,
    SpotCheck,
    SubjectKind,
    Tally,
)
from campaign.rulebook.model import Rulebook
from campaign.rulebook.normal import word_key
from campaign.rulebook.sources import Selection


@dataclass(frozen=True, slots=True)
class Subject:
    """A subdistrict, company or agency with its records, each list in the order of its cells.

    The optional kinds of record are None where nobody handed them in. `inapplicable` are the items that a
    community's newest self-check calls 不适用, with the cell that says so. `unreported_weeks` are the closing
    dates of earlier weeks in which the subject's own ledger was missing. `place` is its cell in the roster.
    """

    kind: SubjectKind
    name: str
    as_of: date
    tally: Tally
    place: CellRef | None
    communities: tuple[Community, ...]
    checked: frozenset[str]
    problems: tuple[Problem, ...]
    liable: Mapping[CellRef, str]  # a problem's row → who is liable for it
    pending: tuple[PendingRow, ...]
    spot_checks: tuple[SpotCheck, ...] | None
    complaints: tuple[Complaint, ...] | None
    activities: tuple[Activity, ...] | None
    unreported_weeks: tuple[date, ...]
    adjustments: tuple[Adjustment, ...] = ()
    merits: tuple[Merit, ...] | None = None
    inapplicable: Mapping[tuple[str, ItemCode], CellRef] = field(default_factory=dict)
    moved: tuple[Moved, ...] = ()  # of all weeks up to this one, oldest first
    rechecked: tuple[Rechecked, ...] | None = None

    def select(self, selection: Selection) -> tuple[Problem, ...]:
        """The problems that a rule looks at."""
        return tuple(p for p in self.problems if selected(p, self.liable[p.origin.row], selection))


def selected(problem: Problem | None, liable: str, selection: Selection) -> bool:
    """Whether a rule looks at a problem; of one that is not known no more is known than who is liable."""
    item = problem.item if problem else None
    return (
        (not selection.liable or liable in selection.liable)
        and (not selection.groups or (item is not None and item.group in selection.groups))
        and (not selection.items or item in selection.items)
    )


R = TypeVar("R", Adjustment, Merit, SpotCheck, Complaint, Activity, PendingRow)


def subjects(
    books: Books,
    figures: Figures,
    past: Sequence[Snapshot],
    rulebook: Rulebook,
    changes: Changes = NO_CHANGES,
) -> tuple[Subject, ...]:
    """Everybody, in the order of the roster; agencies in the order of the campaign's rules."""
    owners = Owners.of(books, rulebook)
    problems = _problems(books, owners)
    liable = {p.origin.row: owners.liable(p) for p in found(books)}
    moves = moved(books, changes, past, owners)
    again = rechecked(books, books.spot_checks, owners)
    checked = checked_communities(books)
    pending = _by_subject(books.pending, owners, lambda r: r.subdistrict) or {}
    spot_checks = _by_subject(
        _spot_checks(books, rulebook), owners, lambda r: r.unit, lambda r: r.checked_on <= books.as_of
    )
    complaints = _by_subject(
        books.complaints, owners, lambda r: r.handler, lambda r: r.received_on <= books.as_of
    )
    activities = _by_subject(books.activities, owners, lambda r: r.unit)
    merits = _by_subject(books.merits, owners, lambda r: r.unit, lambda r: r.dated_on <= books.as_of)
    inapplicable = _inapplicable(books)
    adjustments = (
        _by_subject(books.adjustments, owners, lambda r: r.subject, lambda r: books.as_of <= r.expires_on)
        or {}
    )

    members = {
        SubjectKind.SUBDISTRICT: grouped(books.roster.communities, "subdistrict"),
        SubjectKind.COMPANY: grouped(books.roster.communities, "company"),
    }

    def subject(kind: SubjectKind, name: str, place: CellRef | None, tally: Tally) -> Subject:
        key = (kind, name)
        return Subject(
            kind=kind,
            name=name,
            as_of=books.as_of,
            tally=tally,
            place=place,
            communities=tuple(members.get(kind, {}).get(name, ())),
            checked=checked,
            problems=tuple(problems.get(key, ())),
            liable=liable,
            pending=tuple(pending.get(key, ())),
            spot_checks=None if spot_checks is None else tuple(spot_checks.get(key, ())),
            complaints=None if complaints is None else tuple(complaints.get(key, ())),
            activities=None if activities is None else tuple(activities.get(key, ())),
            unreported_weeks=tuple(
                sorted(w.as_of for w in past if w.as_of < books.as_of and name in w.books.unreported)
            ),
            adjustments=tuple(adjustments.get(key, ())),
            merits=None if merits is None else tuple(merits.get(key, ())),
            inapplicable=inapplicable,
            moved=tuple(moves.get(key, ())),
            rechecked=None if again is None else tuple(again.get(key, ())),
        )

    # Any ledger that is missing may hold problems for which an agency is responsible.
    unknown = Tally(missing=figures.totals.missing)
    return (
        *(
            subject(
                SubjectKind.SUBDISTRICT, s.name, s.origin.ref("subdistrict"), figures.subdistricts[s.name]
            )
            for s in books.roster.subdistricts
        ),
        *(
            subject(SubjectKind.COMPANY, s.name, s.origin.ref("company"), figures.companies[s.name])
            for s in books.roster.companies
        ),
        *(subject(SubjectKind.AGENCY, a.name, None, unknown) for a in rulebook.campaign.agencies),
    )


def _problems(books: Books, owners: Owners) -> Mapping[Key, list[Problem]]:
    """Everybody's problems, in the order of the ledgers."""
    problems: dict[Key, list[Problem]] = {}
    for problem in found(books):
        for key in owners.of_problem(problem):
            problems.setdefault(key, []).append(problem)
    return problems


def _inapplicable(books: Books) -> Mapping[tuple[str, ItemCode], CellRef]:
    """The items that each community's newest self-check up to the as-of date calls 不适用."""
    newest: dict[str, SelfCheck] = {}
    for check in sorted(books.self_checks, key=lambda c: (c.checked_on, c.origin.row)):
        if check.checked_on <= books.as_of:
            newest[check.community] = check
    return {
        (name, answer.item): answer.origin.ref("answer")
        for name, check in newest.items()
        for answer in check.answers
        if answer.answer is Answer.NOT_APPLICABLE
    }


def _spot_checks(books: Books, rulebook: Rulebook) -> Sequence[SpotCheck] | None:
    """The inspections; one that says in so many words that nothing was found has no finding."""
    if books.spot_checks is None:
        return None
    nothing = {word_key(word) for word in rulebook.words.values["no_finding"]["yes"]}
    return [
        replace(check, finding="") if word_key(check.finding) in nothing else check
        for check in books.spot_checks
    ]


def _by_subject(
    records: Sequence[R] | None,
    owners: Owners,
    name: Callable[[R], str],
    counts: Callable[[R], bool] = lambda _: True,
) -> Mapping[Key, list[R]] | None:
    """The records of each subject in the order of their cells; None where nobody handed any in."""
    if records is None:
        return None
    sorted_out: dict[Key, list[R]] = {}
    for record in sorted(filter(counts, records), key=_place):
        key = owners.named(name(record))
        if key is not None:
            sorted_out.setdefault(key, []).append(record)
    return sorted_out


def _place(record: Adjustment | Merit | SpotCheck | Complaint | Activity | PendingRow) -> CellRef:
    return record.ref if isinstance(record, PendingRow) else record.origin.row
