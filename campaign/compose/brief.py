"""The records that the briefs of several genres are made of.

A brief holds everything that a template may use, worked out and sorted; a template only chooses and words it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal

from campaign.assess.figures import checked_communities
from campaign.decimals import percent, plain
from campaign.records import (
    Books,
    CellRef,
    Decision,
    DecisionKind,
    Figures,
    ItemCode,
    Origin,
    Problem,
    SubjectKind,
    Tally,
)
from campaign.rulebook.model import Campaign, Rulebook

WEEK = timedelta(days=7)

DECISION_WORDS = {
    DecisionKind.INTERVIEW: "约谈",
    DecisionKind.CRITICISM: "通报批评",
    DecisionKind.COMMENDATION: "通报表扬",
    DecisionKind.RECTIFICATION_ORDER: "责令限期整改",
    DecisionKind.LISTED_SUPERVISION: "挂牌督办",
    DecisionKind.ACCOUNTABILITY_REFERRAL: "移送问责",
}
# For pages that are filled with the campaign's nouns as a whole (see Nouns.fill).
SUBJECT_WORDS = {
    SubjectKind.SUBDISTRICT: "{subdistrict}",
    SubjectKind.COMPANY: "{company}",
    SubjectKind.AGENCY: "成员单位",
}


@dataclass(frozen=True, slots=True)
class Portion:
    """A name and how many of something it has."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Names:
    """A name and the names that belong to it."""

    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The counts and rates of one subject. `reported` is False where its problems are unknown: then the
    counts of problems are not zero but unknown, and only communities and checks may be printed. `missing`
    names the offices whose ledgers are not in the counts.
    """

    name: str
    communities: int
    checked: int
    found: int
    open: int
    in_progress: int
    rectified: int
    closed: int
    done: int
    overdue: int
    new: int
    newly_closed: int
    pending: int
    check_rate: Decimal | None
    done_rate: Decimal | None
    closed_rate: Decimal | None
    reported: bool
    missing: tuple[str, ...]

    @property
    def unfinished(self) -> int:
        """未整改 and 整改中 together."""
        return self.open + self.in_progress


def standing(name: str, tally: Tally, *, reported: bool = True) -> Standing:
    """A tally with its rates. Where nothing is known of the problems, their rates do not exist."""
    counts = {
        f.name: getattr(tally, f.name) for f in fields(Tally) if f.name not in {"households", "missing"}
    }
    return Standing(
        name=name,
        **counts,
        done=tally.done,
        check_rate=percent(tally.checked, tally.communities),
        done_rate=percent(tally.done, tally.found) if reported else None,
        closed_rate=percent(tally.closed, tally.found) if reported else None,
        reported=reported,
        missing=tally.missing,
    )


def standings(figures: Figures, unreported: Sequence[str]) -> tuple[Standing, ...]:
    """The subdistricts, in the order of the roster."""
    return tuple(
        standing(name, tally, reported=name not in unreported) for name, tally in figures.subdistricts.items()
    )


def total(books: Books, figures: Figures) -> Standing:
    """The whole county; not reported where not one office has."""
    offices = figures.subdistricts
    return standing("合计", figures.totals, reported=not offices or len(books.unreported) < len(offices))


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem as it is listed. `days` is how long it is overdue, 0 where it is not; `place` is its row in
    the office's ledger.
    """

    subdistrict: str
    community: str
    company: str
    item: str
    description: str
    found_on: date
    due_on: date | None
    no_deadline: bool
    days: int
    responsible_unit: str
    responsible_person: str
    supervision: str
    status: str
    place: str


def problem_row(problem: Problem, as_of: date) -> ProblemRow:
    """A problem as it is listed."""
    return ProblemRow(
        subdistrict=problem.subdistrict,
        community=problem.community,
        company=problem.company,
        item=str(problem.item) if problem.item else "",
        description=problem.description,
        found_on=problem.found_on,
        due_on=problem.due_on,
        no_deadline=problem.no_deadline,
        days=problem.days_overdue(as_of),
        responsible_unit=problem.responsible_unit,
        responsible_person=problem.responsible_person,
        supervision=problem.supervision,
        status=problem.status.zh,
        place=place_of(problem.origin.row),
    )


def place_of(ref: CellRef) -> str:
    """A row of a workbook in words: file, sheet, row. The folders are left out: an office knows its own
    file.
    """
    file = ref.file.rsplit("/", 1)[-1]
    return ref.earlier + (f"{file}“{ref.sheet}”第{ref.row}行" if ref.row else file)


def problem_rows(
    problems: Iterable[Problem], as_of: date, offices: Sequence[str] = ()
) -> tuple[ProblemRow, ...]:
    """Problems as they are listed: the longest overdue first, equals in the order of the offices and the
    ledgers.
    """
    places = {name: n for n, name in enumerate(offices)}
    rows = [problem_row(p, as_of) for p in problems]
    return tuple(sorted(rows, key=lambda row: (-row.days, places.get(row.subdistrict, len(places)))))


def overdue(problems: Iterable[Problem], as_of: date, offices: Sequence[str] = ()) -> tuple[ProblemRow, ...]:
    """Those of the problems that are overdue, as they are listed."""
    return problem_rows((p for p in problems if p.overdue(as_of)), as_of, offices)


def portions(names: Sequence[str], values: Iterable[str]) -> tuple[Portion, ...]:
    """How often each name occurs among the values, most first; names that do not occur are left out."""
    values = tuple(values)
    counts = [Portion(name, values.count(name)) for name in names]
    return tuple(sorted((p for p in counts if p.count), key=lambda p: -p.count))


@dataclass(frozen=True, slots=True)
class Ground:
    """One rule on which a decision rests: its id, title and clause, and the reason why it applies."""

    rule: str
    title: str
    clause: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A consequence that the rules call for. `what` is its word (约谈 …); `times` is the how-manieth of its
    kind for the subject, `rung` whom it reaches then ("" where there is no ladder).
    """

    what: str
    subject: str
    subject_kind: str
    grounds: tuple[Ground, ...]
    times: int
    rung: str


def verdict(decision: Decision, rulebook: Rulebook) -> Verdict:
    """A decision with the titles of its rules; a decision names several rules by their ids, joined by 、, and
    has one reason for each.
    """
    known = {c.id: c for c in rulebook.consequences}
    ids = decision.rule.split("、")
    if len(ids) != len(decision.reasons):
        ids = [decision.rule] * len(decision.reasons)
    grounds = [
        Ground(
            rule=rule,
            title=known[rule].title if rule in known else rule,
            clause=known[rule].clause if rule in known else decision.clause,
            reason=reason,
        )
        for rule, reason in zip(ids, decision.reasons, strict=True)
    ]
    return Verdict(
        what=DECISION_WORDS[decision.kind],
        subject=decision.subject,
        subject_kind=rulebook.campaign.nouns.subject(decision.subject_kind),
        grounds=tuple(grounds),
        times=decision.times,
        rung=decision.rung,
    )


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A checklist item with how many problems were found against it and how many are unfinished."""

    code: str
    short: str
    found: int
    unfinished: int


def top_items(problems: Sequence[Problem], rulebook: Rulebook, most: int) -> tuple[ItemRow, ...]:
    """The items found most often, at least twice each; equals in the order of the checklist."""
    rows = [_item_row(code, problems, rulebook) for code in rulebook.checklist.codes]
    frequent = [row for row in rows if row.found > 1]
    return tuple(sorted(frequent, key=lambda row: -row.found)[:most])


def _item_row(code: ItemCode, problems: Sequence[Problem], rulebook: Rulebook) -> ItemRow:
    of_item = [p for p in problems if p.item == code]
    item = rulebook.checklist.item(code)
    unfinished = sum(not p.status.done for p in of_item)
    return ItemRow(str(code), item.short if item else str(code), len(of_item), unfinished)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of the checklist (整治任务). `share` is its part of all problems that name an item."""

    name: str
    found: int
    done: int
    unfinished: int
    overdue: int
    share: Decimal | None
    done_rate: Decimal | None


def group_rows(figures: Figures, rulebook: Rulebook) -> tuple[GroupRow, ...]:
    """The groups with problems, most first; equals in the order of the checklist."""
    itemised = sum(tally.found for tally in figures.groups.values())
    rows = [
        GroupRow(
            name=group.name,
            found=tally.found,
            done=tally.done,
            unfinished=tally.open + tally.in_progress,
            overdue=tally.overdue,
            share=percent(tally.found, itemised),
            done_rate=percent(tally.done, tally.found),
        )
        for group in rulebook.checklist.groups
        if (tally := figures.groups.get(group.number)) and tally.found
    ]
    return tuple(sorted(rows, key=lambda row: -row.found))


@dataclass(frozen=True, slots=True)
class Inspections:
    """Spot checks (督导抽查): how many in all and in the week, and of whom."""

    total: int
    new: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Petitions:
    """Complaints (信访投诉): received, settled, not settled, received in the week."""

    total: int
    settled: int
    unsettled: int
    new: int


def inspections(books: Books) -> Inspections | None:
    """The spot checks up to the as-of date; None where none were handed in, which is not zero."""
    if books.spot_checks is None:
        return None
    known = [s for s in books.spot_checks if s.checked_on <= books.as_of]
    new = sum(s.checked_on > books.as_of - WEEK for s in known)
    return Inspections(len(known), new, tuple(dict.fromkeys(s.unit for s in known)))


def petitions(books: Books) -> Petitions | None:
    """The complaints up to the as-of date; None where none were handed in, which is not zero."""
    if books.complaints is None:
        return None
    known = [c for c in books.complaints if c.received_on <= books.as_of]
    settled = sum(c.settled_on is not None and c.settled_on <= books.as_of for c in known)
    new = sum(c.received_on > books.as_of - WEEK for c in known)
    return Petitions(len(known), settled, len(known) - settled, new)


def absent_kinds(books: Books) -> tuple[str, ...]:
    """The optional kinds of workbook that nobody handed in."""
    kinds = (
        ("督导抽查", books.spot_checks),
        ("信访投诉", books.complaints),
        ("工作开展情况", books.activities),
    )
    return tuple(name for name, records in kinds if records is None)


def unchecked(books: Books) -> tuple[Names, ...]:
    """The communities without a self-check by the as-of date, by subdistrict."""
    checked = checked_communities(books)
    waiting = [c for c in books.roster.communities if c.name not in checked]
    return tuple(
        Names(s.name, names)
        for s in books.roster.subdistricts
        if (names := tuple(c.name for c in waiting if c.subdistrict == s.name))
    )


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """A manual adjustment as it is printed; `points` has its sign."""

    subject: str
    points: str
    reason: str
    approver: str
    expires_on: date


def adjustments(books: Books) -> tuple[AdjustmentRow, ...]:
    """The manual adjustments of scores in force on the as-of date, in the order of their cells."""
    return tuple(
        AdjustmentRow(
            a.subject, f"{'+' if a.points > 0 else ''}{plain(a.points)}", a.reason, a.approver, a.expires_on
        )
        for a in sorted(books.adjustments, key=lambda a: a.origin.row)
        if books.as_of <= a.expires_on
    )


def whole_county(campaign: Campaign) -> str:
    """全县, 全市, 全区 …, by the last character of the county's name."""
    return f"全{campaign.county[-1:]}"


# --- Texts and where they were read -----------------------------------------------------------------

Source = tuple[str, CellRef]


def sources(books: Books, problems: Iterable[Problem] = ()) -> tuple[Source, ...]:
    """The texts of the roster and of some problems, each with its cell; what the week's documents print."""
    roster = books.roster
    found_sources: list[Source] = []
    named = [(r.origin, r.name) for r in roster.communities]
    named += [(r.origin, r.name) for r in roster.companies]
    named += [(r.origin, r.name) for r in roster.subdistricts]
    for origin, name in named:
        found_sources += _texts(origin, (name,))
    for p in problems:
        texts = (p.description, p.responsible_unit, p.responsible_person, p.supervision)
        found_sources += _texts(p.origin, texts)
    for check in books.spot_checks or ():
        found_sources += _texts(check.origin, (check.unit, check.finding))
    for complaint in books.complaints or ():
        found_sources += _texts(complaint.origin, (complaint.content,))
    for adjustment in books.adjustments:
        found_sources += _texts(adjustment.origin, (adjustment.reason, adjustment.approver))
    for activity in books.activities or ():
        found_sources += _texts(activity.origin, (activity.unit, activity.kind))
    return tuple(dict.fromkeys(found_sources))


def _texts(origin: Origin, texts: Iterable[str]) -> list[Source]:
    """Each text with the cell that holds it; the record's own place where no cell holds it as it stands."""
    cells = {f.raw: f.ref for f in origin.fields}
    return [(text, cells.get(text, origin.row)) for text in texts if text]
