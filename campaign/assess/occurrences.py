"""What can be counted of a subject, one small function per source, each occurrence with its cells."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from campaign.assess.matters import chosen, duty_done, times
from campaign.assess.moved import Moved, Rechecked
from campaign.assess.subjects import Subject, selected
from campaign.records import CellRef, ChangeKind, ItemCode, Problem, Recheck, Status
from campaign.rulebook.sources import SOURCES, Events, Source


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One thing that happened: where (a community or nothing), the cells that show it, the problem if any."""

    where: str
    evidence: tuple[CellRef, ...]
    problem: Problem | None = None  # as it stands now, if it is known
    item: ItemCode | None = None


Found = tuple[Occurrence, ...] | None
_TIMED = {
    Source.OVERDUE: "逾期超过{}天未整改的问题",
    Source.CLOSED_EARLY: "提前{}天以上销号的问题",
    Source.COMPLAINT_OVERDUE: "受理超过{}天未办结的信访投诉",
}


def occurrences(subject: Subject, events: Events) -> Found:
    """What is counted, in the order of its cells; None where nobody handed in the data."""
    found = _COUNTERS[events.of](subject, events)
    if found is None or not events.exempt_by:
        return found
    return tuple(o for o in found if _evidence_of_duty(subject, events, o) is None)


def exempted(subject: Subject, events: Events) -> tuple[Occurrence, ...]:
    """What does not count because there is evidence that the duty was done, with the cells of both."""
    found = _COUNTERS[events.of](subject, events) if events.exempt_by else ()
    pairs = [(o, _evidence_of_duty(subject, events, o)) for o in found or ()]
    return tuple(replace(o, evidence=(*o.evidence, cell)) for o, cell in pairs if cell is not None)


def _evidence_of_duty(subject: Subject, events: Events, occurrence: Occurrence) -> CellRef | None:
    item = occurrence.problem.item if occurrence.problem else occurrence.item
    merit = duty_done(subject, events.exempt_by, occurrence.where, item)
    return merit.origin.ref("proof") if merit else None


def evidence_of(found: Iterable[Occurrence]) -> tuple[CellRef, ...]:
    """The cells of some occurrences, in order, without repeats."""
    return tuple(sorted({ref for occurrence in found for ref in occurrence.evidence}))


def describe(events: Events) -> str:
    """What is counted, in words: 逾期超过10天未整改的问题."""
    n, facts = events.setting, SOURCES[events.of]
    if n and events.of in _TIMED:
        return _TIMED[events.of].format(n)
    if facts.change:
        which = "历期" if events.all_weeks else "本期"
        return which + (f"累计{n}次以上" if n else "") + facts.zh
    if facts.recheck and n:
        return f"近{n}天{facts.zh}"
    if events.matters:
        levels = "、".join(events.matters.levels)
        return (f"{levels}的" if levels else "") + "、".join(events.matters.names)
    return facts.zh


def places(found: Iterable[Occurrence]) -> str:
    """Where some occurrences lie: （听松里1件、云栖苑2件）, （听松里）; empty where no community is named.

    What lies in an earlier week's workbooks is said with that week: （听松里，见第4期台账）.
    """
    found = tuple(found)
    counts: dict[str, int] = {}
    for occurrence in found:
        if occurrence.where:
            counts[occurrence.where] = counts.get(occurrence.where, 0) + 1
    several = len(counts) > 1 and max(counts.values()) > 1
    named = [f"{name}{n}件" if several else name for name, n in sorted(counts.items())]
    weeks = dict.fromkeys(ref.earlier for ref in evidence_of(found) if ref.issue)
    parts = ["、".join(named), *([f"见{'、'.join(weeks)}台账"] if weeks else [])]
    return f"（{'，'.join(parts)}）" if counts else ""


def day(value: date) -> str:
    """A date as it is spoken of in reasons."""
    return f"{value.month}月{value.day}日"


def long_day(value: date) -> str:
    """A date with its year."""
    return f"{value.year}年{day(value)}"


def _of_problems(
    holds: Callable[[Problem, Subject, int], bool], fields: tuple[str, ...]
) -> Callable[[Subject, Events], Found]:
    """A counter of the selected problems for which something holds; `fields` are the cells that show it."""

    def count(subject: Subject, events: Events) -> Found:
        return tuple(
            Occurrence(p.community, p.origin.refs(fields), p)
            for p in subject.select(events.selection)
            if holds(p, subject, events.setting)
        )

    return count


def _closed_early(problem: Problem, _subject: Subject, days: int) -> bool:
    return (
        problem.status is Status.CLOSED
        and problem.closed_on is not None
        and problem.due_on is not None
        and problem.closed_on + timedelta(days=days) <= problem.due_on
    )


def _all_closed_in_time(subject: Subject, events: Events) -> Found:
    problems = subject.select(events.selection)
    if len(problems) < events.setting or not all(_closed_in_time(p) for p in problems):
        return ()
    cells = tuple(ref for p in problems for ref in p.origin.refs(("due_on", "closed_on")))
    return (Occurrence("", cells),)


def _closed_in_time(problem: Problem) -> bool:
    """Struck off by the deadline; where there is none (长期坚持), struck off at all."""
    in_time = problem.no_deadline or (
        problem.due_on is not None and problem.closed_on is not None and problem.closed_on <= problem.due_on
    )
    return problem.status is Status.CLOSED and in_time


def _unchecked(subject: Subject, _events: Events) -> Found:
    return tuple(
        Occurrence(c.name, (c.origin.ref("community"),))
        for c in sorted(subject.communities, key=lambda c: c.origin.row)
        if c.name not in subject.checked
    )


def _pending(subject: Subject, _events: Events) -> Found:
    return tuple(Occurrence("", (row.ref,)) for row in subject.pending)


def _unreported_weeks(subject: Subject, _events: Events) -> Found:
    cells = (subject.place,) if subject.place else ()
    return tuple(Occurrence("", cells) for _ in subject.unreported_weeks)


def _spot_findings(subject: Subject, _events: Events) -> Found:
    if subject.spot_checks is None:
        return None
    return tuple(
        Occurrence(check.community, check.origin.refs(("unit", "finding")))
        for check in subject.spot_checks
        if check.finding
    )


def _overdue_complaints(subject: Subject, events: Events) -> Found:
    if subject.complaints is None:
        return None
    limit = subject.as_of - timedelta(days=events.setting)
    return tuple(
        Occurrence(complaint.community, complaint.origin.refs(("received_on", "settled_on")))
        for complaint in subject.complaints
        if complaint.received_on < limit
        and (complaint.settled_on is None or complaint.settled_on > subject.as_of)
    )


def _absent_activities(subject: Subject, _events: Events) -> Found:
    if subject.activities is None:
        return None
    return () if subject.activities else (Occurrence("", (subject.place,) if subject.place else ()),)


def _matters(subject: Subject, events: Events) -> Found:
    entries = chosen(subject, events.matters) if events.matters else None
    if entries is None or events.matters is None:
        return None
    return tuple(
        Occurrence(merit.community, merit.origin.refs(("matter",)), item=merit.item)
        for merit in entries
        for _ in range(times(merit, events.matters))
    )


def _movements(change: ChangeKind, fields: tuple[str, ...]) -> Callable[[Subject, Events], Found]:
    """A counter of what has become of the selected problems, this week or in all weeks up to it."""

    def count(subject: Subject, events: Events) -> Found:
        own = [m for m in subject.moved if change in m.kinds and selected(m.now, m.liable, events.selection)]
        often = Counter(m.key for m in own)
        counted = [
            m for m in own if often[m.key] >= events.setting and (events.all_weeks or m.week == subject.as_of)
        ]
        if events.setting and events.all_weeks:  # the same problem counts once, with all its cells
            return tuple(_together(list(same)) for same in _by_key(counted))
        return tuple(_movement(m, fields) for m in counted)

    def _together(same: Sequence[Moved]) -> Occurrence:
        cells = tuple(ref for m in same for ref in _movement(m, fields).evidence)
        return replace(_movement(same[-1], fields), evidence=cells)

    return count


def _by_key(movements: Iterable[Moved]) -> Iterable[list[Moved]]:
    groups: dict[str, list[Moved]] = {}
    for each in movements:
        groups.setdefault(each.key, []).append(each)
    return groups.values()


def _movement(each: Moved, fields: tuple[str, ...]) -> Occurrence:
    cells = tuple(ref for ref in each.problem.origin.refs(fields) if ref.file)
    return Occurrence(each.problem.community, cells, each.now)


def _rechecks(recheck: Recheck) -> Callable[[Subject, Events], Found]:
    """A counter of the problems that inspections found so, each with the inspection's cells and its own."""

    def count(subject: Subject, events: Events) -> Found:
        if subject.rechecked is None:
            return None
        return tuple(
            _recheck(each)
            for each in subject.rechecked
            if each.check.recheck is recheck
            and selected(each.problem, each.liable, events.selection)
            and (not events.setting or (subject.as_of - each.check.checked_on).days < events.setting)
        )

    return count


def _recheck(each: Rechecked) -> Occurrence:
    cells = each.check.origin.refs(("problem", "recheck"))
    if each.problem is None:
        return Occurrence(each.check.community, cells)
    own = each.problem.origin.refs(("description", "status"))
    return Occurrence(each.problem.community, (*own, *cells), each.problem)


_COUNTERS: Mapping[Source, Callable[[Subject, Events], Found]] = {
    Source.OVERDUE: _of_problems(
        lambda p, s, days: p.days_overdue(s.as_of) > days, ("description", "due_on", "status")
    ),
    Source.UNRECTIFIED: _of_problems(lambda p, _s, _n: not p.status.done, ("description", "status")),
    Source.OPEN: _of_problems(lambda p, _s, _n: p.status is Status.OPEN, ("description", "status")),
    Source.UNDATED: _of_problems(
        lambda p, _s, _n: p.due_on is None and not p.no_deadline, ("description", "due_on")
    ),
    Source.CLOSED_EARLY: _of_problems(_closed_early, ("due_on", "closed_on")),
    Source.ALL_CLOSED_IN_TIME: _all_closed_in_time,
    Source.UNCHECKED: _unchecked,
    Source.PENDING: _pending,
    Source.UNREPORTED_WEEK: _unreported_weeks,
    Source.SPOT_FINDING: _spot_findings,
    Source.COMPLAINT_OVERDUE: _overdue_complaints,
    Source.ACTIVITY_ABSENT: _absent_activities,
    Source.MERIT: _matters,
    Source.REOPENED: _movements(ChangeKind.REOPENED, ("description", "status")),
    Source.VANISHED: _movements(ChangeKind.VANISHED, ("description", "status")),
    Source.BACK_DATED: _movements(ChangeKind.BACK_DATED, ("description", "closed_on")),
    Source.DEADLINE_MOVED: _movements(ChangeKind.DEADLINE_MOVED, ("description", "due_on")),
    Source.FALSE_CLOSEOUT: _rechecks(Recheck.FALSE_CLOSEOUT),
    Source.RELAPSED: _rechecks(Recheck.RELAPSED),
}
