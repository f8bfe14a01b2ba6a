"""The JSON that lies beside the documents in data/: what other programs may rely on.

The shapes are fixed by the design's contracts (5.3). Points are strings, because a reader that takes them for
floating-point numbers would change them; UTF-8 as it is, indented by one, keys in a fixed order.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from campaign.decimals import plain
from campaign.intake.opinions import counted, in_order
from campaign.records import (
    Assessment,
    CellRef,
    ChangeKind,
    Changes,
    Decision,
    Fault,
    Figures,
    Movement,
    Problem,
    Scorecard,
    ScoreLine,
    SubjectKind,
    Tally,
)

_OF_COMMUNITIES = ("communities", "checked")
_OF_PROBLEMS = (
    "found",
    "open",
    "in_progress",
    "rectified",
    "closed",
    "done",
    "overdue",
    "new",
    "newly_closed",
)


def figures_json(figures: Figures, unreported: Sequence[str]) -> bytes:
    """data/figures.json: the week's counts by subject.

    The counts of problems of a subdistrict, company or community whose ledger did not come in (wholly or in
    part, see Tally.missing) are null: unknown is not zero. The totals and the groups are sums over the
    ledgers that came in, and `missing` beside them names the others. `pending` and `missing` stand only where
    there is something to say.
    """
    return _dump(
        {
            "as_of": figures.as_of.isoformat(),
            "totals": _tally(figures.totals),
            "subdistricts": {
                name: _tally(tally, known=name not in unreported and not tally.missing)
                for name, tally in figures.subdistricts.items()
            },
            "companies": _subjects(figures.companies),
            "communities": _subjects(figures.communities),
            "groups": {str(number): _tally(tally) for number, tally in sorted(figures.groups.items())},
            "unreported": list(unreported),
        }
    )


def scores_json(assessment: Assessment) -> bytes:
    """data/scores.json: every subject's score with the lines it is made of.

    Full marks plus the lines' points are the points; a subject that is not rated has null for points and rank
    and says why in `unrated`.
    """
    kinds = {kind.value: [_card(card) for card in assessment.cards(kind)] for kind in SubjectKind}
    return _dump({"as_of": assessment.figures.as_of.isoformat(), **kinds})


def decisions_json(assessment: Assessment) -> bytes:
    """data/decisions.json: the consequences the rules call for, with reasons and cells."""
    return _dump([_decision(decision) for decision in assessment.decisions])


def changes_json(as_of: date, changes: Changes) -> bytes:
    """data/changes.json: what has become of each problem since the week before.

    `since` is the closing date of that week, null in the first. `counts` has every kind of change, one
    problem may count in several. Of each movement `now` is as it stands, null where it has vanished, and
    `before` as it was on `since`, null where it is new; cells of `before` lie in that week's workbooks.
    `absent` are known problems that are not in the ledgers, with the reason; `doubts` pairs that may be one.
    """
    counts = Counter(kind for movement in changes.movements for kind in movement.kinds)
    return _dump(
        {
            "as_of": as_of.isoformat(),
            "since": changes.since and changes.since.isoformat(),
            "problems": len(changes.keys),
            "counts": {kind.value: counts[kind] for kind in ChangeKind},
            "movements": [_movement(movement) for movement in changes.movements],
            "absent": [
                {
                    "key": lost.key,
                    "why": lost.why.value,
                    "seen_on": lost.seen_on.isoformat(),
                    **_state(lost.problem),
                }
                for lost in changes.lost
            ],
            "doubts": [
                {
                    "earlier": d.key,
                    "later": d.later,
                    "because": d.because,
                    "since": d.since.isoformat(),
                    "before": _state(d.before),
                    "now": _state(d.problem),
                }
                for d in changes.doubts
            ],
        }
    )


def _movement(movement: Movement) -> dict[str, object]:
    gone = ChangeKind.VANISHED in movement.kinds
    before = movement.problem if gone else movement.before
    return {
        "key": movement.key,
        "kinds": [kind.value for kind in movement.kinds],
        "since": movement.since and movement.since.isoformat(),
        "belongs_to": movement.belongs_to and movement.belongs_to.isoformat(),
        "before": before and _state(before),
        "now": None if gone else _state(movement.problem),
    }


def _state(problem: Problem) -> dict[str, object]:
    """What a problem is known by and what may change of it, with its row."""
    return {
        "subdistrict": problem.subdistrict,
        "community": problem.community,
        "item": str(problem.item or ""),
        "description": problem.description,
        "found_on": problem.found_on.isoformat(),
        "status": problem.status.value,
        "due_on": problem.due_on and problem.due_on.isoformat(),
        "no_deadline": problem.no_deadline,
        "rectified_on": problem.rectified_on and problem.rectified_on.isoformat(),
        "closed_on": problem.closed_on and problem.closed_on.isoformat(),
        "responsible_unit": problem.responsible_unit,
        "responsible_person": problem.responsible_person,
        **_place(problem.origin.row),
    }


def faults_json(faults: Sequence[Fault]) -> bytes:
    """data/faults.json: every fault and their number by severity, the worst first, then by place.

    A waived error counts among the errors like any other and has `waived`: reason, by whom, until when.
    """
    return _dump(
        {
            "counts": {severity.value: count for severity, count in counted(faults).items()},
            "faults": [_fault(fault) for fault in in_order(faults)],
        }
    )


def _dump(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _subjects(tallies: Mapping[str, Tally]) -> dict[str, dict[str, object]]:
    return {name: _tally(tally, known=not tally.missing) for name, tally in tallies.items()}


def _tally(tally: Tally, *, known: bool = True) -> dict[str, object]:
    counts = {**asdict(tally), "done": tally.done}
    entry: dict[str, object] = {key: counts[key] for key in _OF_COMMUNITIES}
    entry |= {key: counts[key] if known else None for key in _OF_PROBLEMS}
    if tally.pending:
        entry["pending"] = tally.pending
    if tally.missing:
        entry["missing"] = list(tally.missing)
    return entry


def _points(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _card(card: Scorecard) -> dict[str, object]:
    entry: dict[str, object] = {
        "name": card.name,
        "full": plain(card.full),
        "points": _points(card.points),
        "grade": card.grade,
        "rank": card.rank,
    }
    if card.unrated:
        entry["unrated"] = card.unrated
    return {**entry, "lines": [_line(line) for line in card.lines]}


def _line(line: ScoreLine) -> dict[str, object]:
    return {
        "rule": line.rule,
        "clause": line.clause,
        "points": plain(line.points),
        "because": line.because,
        "evidence": [_place(ref) for ref in line.evidence],
    }


def _decision(decision: Decision) -> dict[str, object]:
    return {
        "kind": decision.kind.value,
        "subject": decision.subject,
        "rule": decision.rule,
        "reasons": list(decision.reasons),
        "evidence": [_place(ref) for ref in decision.evidence],
    }


def _fault(fault: Fault) -> dict[str, object]:
    entry: dict[str, object] = {
        "code": fault.code,
        "severity": fault.severity.value,
        **_place(fault.ref),
        "value": fault.value,
        "message": fault.message,
        "remedy": fault.remedy,
    }
    if fault.waiver is not None:
        waiver = fault.waiver
        entry["waived"] = {"reason": waiver.reason, "by": waiver.by, "until": waiver.until.isoformat()}
    return entry


def _place(ref: CellRef) -> dict[str, object]:
    """Where something lies; `issue` is the bulletin of an earlier week in whose workbooks it does."""
    place: dict[str, object] = {"file": ref.file, "sheet": ref.sheet, "cell": ref.cell}
    return {**place, "issue": ref.issue} if ref.issue else place
