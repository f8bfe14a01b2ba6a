"""When a listed supervision (挂牌督办) is lifted: when all problems that it rested on are put right.

It follows from the books alone: a listing is looked up in the week that decided it, its problems in every
week since. What cannot be found again is not known to be put right, and a listing that rested on no problem
of the ledgers has nothing to be looked up; such listings are for the office to lift.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from campaign.records import CellRef, Decision, DecisionKind, Problem, Snapshot, Status, Week
from campaign.rulebook.model import LiftedWhen, Rulebook

Known = Snapshot | Week


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing: the decision, the week that took it, and its problems as they stand now."""

    decision: Decision
    week: Snapshot
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Lifting:
    """What is lifted for one subject: its listings, oldest first."""

    subject: str
    listings: tuple[Listing, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all listings, each once."""
        return tuple(dict.fromkeys(p for listing in self.listings for p in listing.problems))


def liftings(week: Week, rulebook: Rulebook, kind: DecisionKind) -> tuple[Lifting, ...]:
    """What is lifted this week, by subject, in the order in which they were listed. Each listing is lifted
    once: in the first week whose books have all its problems put right.
    """
    terms = rulebook.notices.get(kind)
    if terms is None or terms.lifted_when is None:
        return ()
    found: dict[tuple[str, str], list[Listing]] = {}
    for number, before in enumerate(week.past):
        later = week.past[number + 1 :]
        for decision in before.assessment.decisions:
            if decision.kind is not kind or any(_met(decision, before, s, terms.lifted_when) for s in later):
                continue
            now = _met(decision, before, week, terms.lifted_when)
            if now:
                key = (decision.subject_kind, decision.subject)
                found.setdefault(key, []).append(Listing(decision, before, now))
    return tuple(Lifting(subject, tuple(listings)) for (_, subject), listings in found.items())


def _met(decision: Decision, before: Snapshot, later: Known, lifted_when: LiftedWhen) -> tuple[Problem, ...]:
    """The decision's problems as they stand in a later week, if all are there and put right; else none."""
    if any(ref.issue for ref in decision.evidence):
        return ()  # it rests on what had vanished from the ledgers then
    now = [_again(place, before, later) for place in _places(decision, before)]
    known = tuple(problem for problem in now if problem is not None and _right(problem, lifted_when))
    return known if len(known) == len(now) else ()


def _right(problem: Problem, lifted_when: LiftedWhen) -> bool:
    return problem.status is Status.CLOSED or (lifted_when is LiftedWhen.ALL_DONE and problem.status.done)


def _places(decision: Decision, week: Snapshot) -> Iterator[int]:
    """Which of a week's problems a decision rests on."""
    rows = {_row(ref) for ref in decision.evidence}
    return (n for n, problem in enumerate(week.books.problems) if _row(problem.origin.row) in rows)


def _row(ref: CellRef) -> CellRef:
    return replace(ref, column=0)


def _again(place: int, before: Snapshot, later: Known) -> Problem | None:
    """A problem of one week in a later one: by its key, where both weeks have keys, else by what it says."""
    then, now = before.changes.keys, later.changes.keys
    problem, problems = before.books.problems[place], later.books.problems
    if len(then) == len(before.books.problems) and len(now) == len(problems):
        return next((p for key, p in zip(now, problems, strict=True) if key == then[place]), None)
    return _only([p for p in problems if _says(p) == _says(problem)], problem)


def _says(problem: Problem) -> tuple[object, ...]:
    return (problem.subdistrict, problem.community, problem.found_on, problem.description)


def _only(alike: Sequence[Problem], problem: Problem) -> Problem | None:
    """The one that is meant: of several that say the same, the one with the same number."""
    if len(alike) > 1:
        alike = [p for p in alike if p.serial and p.serial == problem.serial]
    return alike[0] if len(alike) == 1 else None
