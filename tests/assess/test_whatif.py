"""Other rules over the same weeks: who moves, by how much, and which decisions change."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from campaign.assess import assess
from campaign.assess.whatif import Trial, try_rules
from campaign.records import DecisionKind, Snapshot
from campaign.rulebook.condition_terms import RankLast
from campaign.rulebook.model import Rulebook
from tests.support import county
from tests.support.county import AS_OF, MINGYUAN

BOOK = county.rulebook()


def weeks() -> tuple[Snapshot, ...]:
    """Three weeks of the same problems."""
    past: tuple[Snapshot, ...] = ()
    for n in range(3):
        day = AS_OF + timedelta(days=7 * n)
        past += (county.snapshot(5 + n, county.books(county.sample_problems(), as_of=day), past),)
    return past


def dearer(rule: str, points: str) -> Rulebook:
    """The shipped rules, one rule costing more."""
    schemes = tuple(
        replace(s, rules=tuple(replace(r, points=Decimal(points)) if r.id == rule else r for r in s.rules))
        for s in BOOK.schemes
    )
    return replace(BOOK, schemes=schemes)


def test_the_same_rules_move_nobody() -> None:
    for trial in try_rules(weeks(), BOOK):
        assert (trial.moves, trial.turns) == ((), ())
        assert trial.subjects > 6


def test_a_dearer_rule_moves_those_it_hits_by_the_difference() -> None:
    (first, *_) = trials = try_rules(weeks(), dearer("企-1", "-9"))
    assert [t.as_of for t in trials] == [AS_OF + timedelta(days=7 * n) for n in range(3)]
    (move,) = (m for m in first.moves if m.card.name == MINGYUAN)
    assert move.before is not None
    assert move.after is not None
    other = assess(weeks()[0].books, (), dearer("企-1", "-9"))
    assert move.after == next(c for c in other.scorecards if c.name == MINGYUAN)
    assert move.points == (move.after.points or 0) - (move.before.points or 0)
    assert move.points is not None
    assert move.points < 0


def test_decisions_rest_on_the_weeks_as_the_other_rules_would_have_had_them() -> None:
    lenient = tuple(
        replace(c, terms=replace(c.terms, min_ranked=2, points_below=None), cooling_days=0)
        if isinstance(c.terms, RankLast)
        else c
        for c in BOOK.consequences
    )
    trials = try_rules(weeks(), replace(BOOK, consequences=lenient))
    assert not _interviews(trials[0])
    assert _interviews(trials[1])
    assert all(turn.before is None and turn.after is not None for turn in trials[1].turns)
    again = [t.after for t in trials[2].turns if t.after and t.decision.kind is DecisionKind.INTERVIEW]
    assert again
    assert min(decision.times for decision in again) == 2


def _interviews(trial: Trial) -> list[str]:
    return [t.decision.subject for t in trial.turns if t.decision.kind is DecisionKind.INTERVIEW]


def test_who_is_no_longer_scored_moves_to_nothing() -> None:
    fewer = replace(BOOK, schemes=BOOK.schemes[:1])
    (trial, *_) = try_rules(weeks(), fewer)
    gone = [m for m in trial.moves if m.after is None]
    assert len(gone) >= 3
    assert all(m.points is None and m.changed for m in gone)
