"""What a dossier (一企一档, 一小区一档) may say: one company or community over all weeks.

Its problems with their lives, its figures and scores week by week, what was decided about it, and the numbers
of the documents that it was sent.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

from campaign.compose.brief import (
    DECISION_WORDS,
    Source,
    Standing,
    sources,
    standing,
)
from campaign.compose.filters import short_date
from campaign.errors import UsageError
from campaign.history.lives import lives
from campaign.records import (
    Absence,
    ChangeKind,
    Community,
    Company,
    Life,
    LifeWeek,
    Problem,
    Roster,
    Snapshot,
    SubjectKind,
)
from campaign.rulebook.model import Campaign, Rulebook

_ABSENT = {
    Absence.VANISHED: "台账中不再有这一条，未见销号",
    Absence.STRUCK_OFF: "销号后不再列入台账",
    Absence.UNREPORTED: "未报送台账",
    Absence.PENDING: "台账记录填报有误，待核实",
    Absence.OUT_OF_SCOPE: "不再列入名册",
}
E = TypeVar("E", Community, Company)
_SAID = (ChangeKind.LATE, ChangeKind.REOPENED, ChangeKind.BACK_DATED)


class NoDossierError(UsageError):
    """No roster of any week has such a community or company; the nearest names are offered."""

    def __init__(self, subject: str, near: Iterable[str], words: str) -> None:
        offered = "、".join(near)
        hint = f"；是否要找：{offered}" if offered else ""
        super().__init__(f"各期名册中没有名为“{subject}”的{words}{hint}")


@dataclass(frozen=True, slots=True)
class Event:
    """What the ledger of one week says anew of a problem."""

    as_of: date
    what: str


@dataclass(frozen=True, slots=True)
class DossierProblem:
    """A problem as last seen, and what became of it from week to week; `days` is how long it is overdue."""

    community: str
    item: str
    description: str
    found_on: date
    due_on: date | None
    no_deadline: bool
    measure: str
    responsible_person: str
    status: str
    closed_on: date | None
    days: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class DossierWeek:
    """One week: figures, and the score where this kind of subject is scored; None where not rated."""

    number: int
    as_of: date
    standing: Standing
    points: Decimal | None
    grade: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class DossierDecision:
    """A consequence that the rules called for in a week, with its rules, clause and reasons."""

    number: int
    as_of: date
    what: str
    rule: str
    clause: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DossierDocument:
    """A document that was issued to the subject under a number."""

    number: int
    as_of: date
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DossierBrief:
    """One community or company. `kind` is communities or companies; of a community `company` and
    `subdistrict` are said and it is not scored, of a company its `communities`.
    """

    campaign: Campaign
    specimen: str
    rules_title: str
    subject: str
    kind: str
    as_of: date
    subdistrict: str
    company: str
    households: int | None
    principal: str
    phone: str
    communities: tuple[Community, ...]
    scored: bool
    standing: Standing
    weeks: tuple[DossierWeek, ...]
    problems: tuple[DossierProblem, ...]
    decisions: tuple[DossierDecision, ...]
    documents: tuple[DossierDocument, ...]
    sources: tuple[Source, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a dossier is about, as in the newest roster that has it."""

    name: str
    community: Community | None
    company: Company | None
    homes: tuple[Community, ...]


def dossier_brief(
    weeks: Sequence[Snapshot], rulebook: Rulebook, name: str, titles: Mapping[str, str]
) -> DossierBrief:
    """The brief over some weeks, oldest first, at least one.

    Args:
        weeks: the weeks that are known.
        rulebook: whose words to use.
        name: the subject, by its name or an alias of the roster.
        titles: what each genre of document is called.

    Raises:
        NoDossierError: no roster has it.
    """
    subject = _find(weeks, name, rulebook)
    last = weeks[-1]
    course = tuple(week for snapshot in weeks if (week := _week(snapshot, subject)))
    own = _lives(weeks, subject)
    return DossierBrief(
        campaign=rulebook.campaign,
        specimen=rulebook.specimen,
        rules_title=rulebook.title,
        subject=subject.name,
        kind="companies" if subject.company else "communities",
        as_of=last.as_of,
        subdistrict=subject.community.subdistrict if subject.community else "",
        company=subject.community.company if subject.community else "",
        households=subject.community.households if subject.community else None,
        principal=subject.company.principal if subject.company else "",
        phone=subject.company.phone if subject.company else "",
        communities=subject.homes if subject.company else (),
        scored=subject.company is not None and rulebook.scheme(SubjectKind.COMPANY) is not None,
        standing=course[-1].standing,
        weeks=course,
        problems=tuple(_problem(life, last.as_of) for life in own),
        decisions=tuple(_decisions(weeks, subject)),
        documents=tuple(
            DossierDocument(week.number, week.as_of, titles.get(n.genre, n.genre), n.text)
            for week in weeks
            for n in week.numbers
            if n.subject == subject.name
        ),
        sources=sources(last.books, [life.problem for life in own]),
    )


def _find(weeks: Sequence[Snapshot], name: str, rulebook: Rulebook) -> _Subject:
    """The subject in the newest roster that has it."""
    for week in reversed(weeks):
        roster = week.books.roster
        if community := _named(roster.communities, name):
            return _Subject(community.name, community, None, (community,))
        if company := _named(roster.companies, name):
            homes = tuple(c for c in roster.communities if c.company == company.name)
            return _Subject(company.name, None, company, homes)
    nouns = rulebook.campaign.nouns
    names = [n for week in weeks for n in _names(week.books.roster)]
    near = get_close_matches(name, dict.fromkeys(names), n=5, cutoff=0.5)
    raise NoDossierError(name, near, f"{nouns.community}或{nouns.company}")


def _named(entries: Iterable[E], name: str) -> E | None:
    for one in entries:
        if name == one.name or name in one.aliases:
            return one
    return None


def _names(roster: Roster) -> Iterator[str]:
    for community in roster.communities:
        yield from (community.name, *community.aliases)
    for company in roster.companies:
        yield from (company.name, *company.aliases)


def _week(week: Snapshot, subject: _Subject) -> DossierWeek | None:
    """The subject's week; None where the week does not know it."""
    figures = week.assessment.figures
    tallies = figures.companies if subject.company else figures.communities
    tally = tallies.get(subject.name)
    if tally is None:
        return None
    cards = week.assessment.cards(SubjectKind.COMPANY) if subject.company else ()
    card = next((c for c in cards if c.name == subject.name), None)
    return DossierWeek(
        number=week.number,
        as_of=week.as_of,
        standing=standing(subject.name, tally, reported=not tally.missing),
        points=card.points if card else None,
        grade=card.grade if card else "",
        rank=card.rank if card else None,
    )


def _lives(weeks: Sequence[Snapshot], subject: _Subject) -> tuple[Life, ...]:
    """The lives of the subject's problems: of a community its own; of a company those in the communities that
    the roster of the week gave it.
    """
    homes: dict[date, frozenset[str]] = {
        week.as_of: frozenset(
            c.name
            for c in week.books.roster.communities
            if subject.name in ((c.company,) if subject.company else (c.name,))
        )
        for week in weeks
    }
    return tuple(
        life
        for life in lives(weeks)
        if any(w.problem is not None and w.problem.community in homes[w.as_of] for w in life.weeks)
    )


def _problem(life: Life, as_of: date) -> DossierProblem:
    problem = life.problem
    return DossierProblem(
        community=problem.community,
        item=str(problem.item) if problem.item else "",
        description=problem.description,
        found_on=problem.found_on,
        due_on=problem.due_on,
        no_deadline=problem.no_deadline,
        measure=problem.measure,
        responsible_person=problem.responsible_person,
        status=problem.status.zh,
        closed_on=problem.closed_on,
        days=problem.days_overdue(as_of),
        events=tuple(_events(life.weeks)),
    )


def _events(weeks: Sequence[LifeWeek]) -> Iterator[Event]:
    """What each week says that the one before did not."""
    before: Problem | None = None
    absence: Absence | None = None
    for week in weeks:
        if week.problem is None:
            if week.absence is not None and week.absence is not absence:
                yield Event(week.as_of, _ABSENT[week.absence])
        else:
            said = [kind.zh for kind in _SAID if week.movement and kind in week.movement.kinds]
            words = [*said, *_news(before, week.problem)]
            if absence is not None and not words:
                words = [f"重新列入台账，{week.problem.status.zh}"]
            if words:
                yield Event(week.as_of, "，".join(words))
            before = week.problem
        absence = week.absence if week.problem is None else None


def _news(before: Problem | None, now: Problem) -> Iterator[str]:
    """What a problem's row says that it did not say before."""
    if before is None:
        yield f"列入台账，{_state(now)}"
        return
    if now.status is not before.status:
        yield f"由{before.status.zh}变为{_state(now)}"
    if (now.due_on, now.no_deadline) != (before.due_on, before.no_deadline):
        yield f"时限由{_due(before)}改为{_due(now)}"
    if now.responsible_person != before.responsible_person:
        yield f"责任人由{before.responsible_person or '未填写'}改为{now.responsible_person or '未填写'}"
    if now.responsible_unit != before.responsible_unit:
        yield f"责任单位由{before.responsible_unit or '未填写'}改为{now.responsible_unit or '未填写'}"
    if now.description != before.description:
        yield "问题描述有改动"


def _state(problem: Problem) -> str:
    return (
        f"{problem.status.zh}（{short_date(problem.closed_on)}）" if problem.closed_on else problem.status.zh
    )


def _due(problem: Problem) -> str:
    if problem.no_deadline:
        return "长期坚持"
    return short_date(problem.due_on) if problem.due_on else "未填写"


def _decisions(weeks: Sequence[Snapshot], subject: _Subject) -> Iterator[DossierDecision]:
    """What was decided about the subject; only companies can be."""
    for week in weeks:
        for d in week.assessment.decisions:
            if subject.company and (d.subject_kind, d.subject) == (SubjectKind.COMPANY, subject.name):
                yield DossierDecision(
                    week.number, week.as_of, DECISION_WORDS[d.kind], d.rule, d.clause, d.reasons
                )
