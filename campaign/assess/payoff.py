"""What would raise a score most: each deduction's grounds put right on paper, and everything scored again.

No second formula: the records that a line rests on are changed as their office would change them (problems
verified and struck off, complaints settled, self-checks handed in …) and the whole week is assessed anew. So
the gains take in what one act does under several rules, and they do not add up.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from campaign.assess import assess
from campaign.assess.figures import checked_communities
from campaign.assess.scoring import ADJUSTED
from campaign.records import (
    NO_CHANGES,
    Activity,
    Books,
    CellRef,
    Changes,
    Community,
    Complaint,
    Merit,
    Origin,
    PendingRow,
    Problem,
    Scorecard,
    ScoreLine,
    SelfCheck,
    Snapshot,
    Status,
    SubjectKind,
)
from campaign.rulebook.model import Rule, Rulebook
from campaign.rulebook.sources import SOURCES, Source
from campaign.rulebook.terms import VetoTerms

_Row = tuple[str, str, int]
_NOWHERE = Origin(CellRef(""))


@dataclass(frozen=True, slots=True)
class Gain:
    """What putting right the grounds of one line would bring. `points` is the rise of the score, `after` the
    score card then; `remedies` says what is to be done, `cells` where.
    """

    line: ScoreLine
    remedies: tuple[str, ...]
    cells: tuple[CellRef, ...]
    points: Decimal
    after: Scorecard


@dataclass(frozen=True, slots=True)
class Payoff:
    """The gains of one subject, greatest first, from the score card `before`; `lost` are the deductions that
    no act of the subject takes back; `whole` is the score card with everything done at once.
    """

    before: Scorecard
    gains: tuple[Gain, ...]
    lost: tuple[ScoreLine, ...]
    whole: Scorecard


def payoff(
    books: Books,
    past: tuple[Snapshot, ...],
    rulebook: Rulebook,
    kind: SubjectKind,
    name: str,
    changes: Changes = NO_CHANGES,
) -> Payoff | None:
    """What would raise the score of one subject most; None where it is not rated."""

    def card(changed: Books) -> Scorecard:
        cards = assess(changed, past, rulebook, changes).cards(kind)
        return next(card for card in cards if card.name == name)

    before = card(books)
    if before.points is None:
        return None
    gains: list[Gain] = []
    lost: list[ScoreLine] = []
    whole = books
    for line, rule in _costly(before, rulebook, books.as_of):
        mended = _mend(books, line, rule, name)
        after = card(mended.books) if mended.remedies else before
        points = _rise(before, after)
        if points > 0 or after.grade != before.grade:
            gains.append(Gain(line, mended.remedies, mended.cells, points, after))
            whole = _mend(whole, line, rule, name).books
        elif line.points < 0:
            lost.append(line)
    gains.sort(key=lambda gain: -gain.points)
    return Payoff(before, tuple(gains), tuple(lost), card(whole) if gains else before)


def _costly(card: Scorecard, rulebook: Rulebook, day: date) -> Iterable[tuple[ScoreLine, Rule | None]]:
    """The lines that take points or force a grade, with the rule each rests on; None for an adjustment."""
    scheme = rulebook.scheme(card.kind)
    rules = {rule.id: rule for rule in scheme.rules if rule.in_force(day)} if scheme else {}
    for line in card.lines:
        rule = rules.get(line.rule)
        costs = line.points < 0 and (rule is not None or line.rule == ADJUSTED)
        if costs or (rule is not None and isinstance(rule.terms, VetoTerms)):
            yield line, rule


def _rise(before: Scorecard, after: Scorecard) -> Decimal:
    if before.points is None or after.points is None:
        return Decimal(0)
    return after.points - before.points


# --- Putting right --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mended:
    """The books with some records put right, what was done in words, and where."""

    books: Books
    remedies: tuple[str, ...] = ()
    cells: tuple[CellRef, ...] = ()

    def doing(self, books: Books, words: str, cells: Iterable[CellRef]) -> "_Mended":
        """One thing more done."""
        return _Mended(books, (*self.remedies, words), (*self.cells, *cells))


def _mend(books: Books, line: ScoreLine, rule: Rule | None, name: str) -> _Mended:
    """The records that a line rests on, put right; as they are where the line rests on none that can be."""
    events = getattr(rule.terms, "events", None) if rule is not None else None
    source = getattr(events, "of", None)
    done = _Mended(books)
    if rule is None or (source is not None and (SOURCES[source].change or SOURCES[source].recheck)):
        return done  # what has been done to the ledgers, and found out, is not undone by putting it right
    if source is Source.ACTIVITY_ABSENT and books.activities is not None:
        handed_in = (*books.activities, Activity(name, "", 0, _NOWHERE))
        return done.doing(replace(books, activities=handed_in), "报送工作开展情况", line.evidence)
    rows = {_row(ref) for ref in line.evidence}
    done = _date_problems(done, rows) if source is Source.UNDATED else _close_problems(done, rows)
    for step in (_settle, _repair, _correct, _check):
        done = step(done, rows)
    return done


def _row(ref: CellRef) -> _Row:
    return ref.file, ref.sheet, ref.row


R = TypeVar("R", Problem, Complaint, Merit)


def _changed(
    records: Sequence[R], rows: set[_Row], wanting: Callable[[R], bool], change: Callable[[R], R]
) -> tuple[tuple[R, ...], tuple[R, ...]]:
    """All records with the wanting ones of those rows changed, and these as they were."""
    chosen = tuple(r for r in records if _row(r.origin.row) in rows and wanting(r))
    places = set(map(id, chosen))
    return tuple(change(r) if id(r) in places else r for r in records), chosen


def _close_problems(done: _Mended, rows: set[_Row]) -> _Mended:
    day = done.books.as_of

    def close(problem: Problem) -> Problem:
        rectified_on = problem.rectified_on or day
        return replace(problem, status=Status.CLOSED, rectified_on=rectified_on, closed_on=day)

    problems, chosen = _changed(done.books.problems, rows, lambda p: p.status is not Status.CLOSED, close)
    if not chosen:
        return done
    waiting = sum(p.status is Status.RECTIFIED for p in chosen)
    words = [f"整改并验收销号{len(chosen) - waiting}件"] if waiting < len(chosen) else []
    words += [f"验收销号已整改的{waiting}件"] if waiting else []
    cells = (p.origin.ref("status") for p in chosen)
    return done.doing(replace(done.books, problems=problems), "，".join(words), cells)


def _date_problems(done: _Mended, rows: set[_Row]) -> _Mended:
    day = done.books.as_of
    problems, chosen = _changed(
        done.books.problems, rows, lambda p: p.due_on is None, lambda p: replace(p, due_on=day)
    )
    if not chosen:
        return done
    cells = (p.origin.ref("due_on") for p in chosen)
    return done.doing(replace(done.books, problems=problems), f"补填整改时限{len(chosen)}件", cells)


def _settle(done: _Mended, rows: set[_Row]) -> _Mended:
    day = done.books.as_of
    complaints, chosen = _changed(
        done.books.complaints or (),
        rows,
        lambda c: c.settled_on is None or c.settled_on > day,
        lambda c: replace(c, settled_on=day),
    )
    if not chosen:
        return done
    cells = (c.origin.ref("settled_on") for c in chosen)
    return done.doing(replace(done.books, complaints=complaints), f"办结信访投诉{len(chosen)}件", cells)


def _repair(done: _Mended, rows: set[_Row]) -> _Mended:
    day = done.books.as_of
    merits, chosen = _changed(
        done.books.merits or (),
        rows,
        lambda m: m.repaired_on is None,
        lambda m: replace(m, repaired_on=max(day, m.dated_on)),
    )
    if not chosen:
        return done
    cells = (m.origin.ref("repaired_on") for m in chosen)
    return done.doing(replace(done.books, merits=merits), f"修复并经确认{len(chosen)}项", cells)


def _correct(done: _Mended, rows: set[_Row]) -> _Mended:
    """Rows that wait for their office; once mended they count as problems, which nobody can foresee."""
    waiting: list[PendingRow] = [row for row in done.books.pending if _row(row.ref) in rows]
    if not waiting:
        return done
    rest = tuple(row for row in done.books.pending if row not in waiting)
    words = f"更正退回的台账记录{len(waiting)}条（更正后所记问题另行计分）"
    return done.doing(replace(done.books, pending=rest), words, (row.ref for row in waiting))


def _check(done: _Mended, rows: set[_Row]) -> _Mended:
    books = done.books
    checked = checked_communities(books)
    waiting: list[Community] = [
        c for c in books.roster.communities if _row(c.origin.row) in rows and c.name not in checked
    ]
    if not waiting:
        return done
    forms = tuple(SelfCheck(c.name, books.as_of, (), _NOWHERE) for c in waiting)
    cells = (c.origin.ref("community") for c in waiting)
    words = f"补报自查表{len(waiting)}份"
    return done.doing(replace(books, self_checks=(*books.self_checks, *forms)), words, cells)
