"""What if other rules held: the same weeks scored again, and who moves.

The weeks are scored one after the other, so that decisions that rest on earlier weeks rest on those weeks as
the other rules would have had them. Records, and what has become of problems, are taken as they were; rules
alone differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from campaign.assess import assess
from campaign.records import Assessment, Decision, Scorecard, Snapshot
from campaign.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Move:
    """One subject's score before and after; None where one of the two sets of rules does not score it."""

    before: Scorecard | None
    after: Scorecard | None

    @property
    def card(self) -> Scorecard:
        """Whichever there is: name and kind are the same in both."""
        card = self.after or self.before
        if card is None:
            raise ValueError("a move of nobody")
        return card

    @property
    def points(self) -> Decimal | None:
        """By how many points it moves; None where it is rated in one of the two only."""
        if not self.before or not self.after or self.before.points is None or self.after.points is None:
            return None
        return self.after.points - self.before.points

    @property
    def regraded(self) -> bool:
        """Whether the grade changes."""
        return (self.before.grade if self.before else "") != (self.after.grade if self.after else "")

    @property
    def changed(self) -> bool:
        """Whether points, grade or rank change."""
        return _result(self.before) != _result(self.after)


@dataclass(frozen=True, slots=True)
class Turn:
    """A decision that only one of the two sets of rules takes, or that rests on other rules."""

    before: Decision | None
    after: Decision | None

    @property
    def decision(self) -> Decision:
        """Whichever there is: kind and subject are the same in both."""
        decision = self.after or self.before
        if decision is None:
            raise ValueError("a turn of nothing")
        return decision


@dataclass(frozen=True, slots=True)
class Trial:
    """One week under other rules: `moves` of everybody whose result changes, `turns` of its decisions."""

    number: int
    as_of: date
    subjects: int
    moves: tuple[Move, ...]
    turns: tuple[Turn, ...]


def try_rules(weeks: Iterable[Snapshot], rulebook: Rulebook) -> tuple[Trial, ...]:
    """Every week, oldest first, as it was scored against what other rules make of it."""
    tried: list[Snapshot] = []
    trials: list[Trial] = []
    for week in sorted(weeks, key=lambda week: week.as_of):
        after = assess(week.books, tuple(tried), rulebook, week.changes)
        tried.append(replace(week, assessment=after))
        trials.append(_trial(week, after))
    return tuple(trials)


def _trial(week: Snapshot, after: Assessment) -> Trial:
    everybody = moves(week.assessment.scorecards, after.scorecards)
    return Trial(
        number=week.number,
        as_of=week.as_of,
        subjects=len(everybody),
        moves=tuple(move for move in everybody if move.changed),
        turns=_turns(week.assessment.decisions, after.decisions),
    )


def moves(before: Sequence[Scorecard], after: Sequence[Scorecard]) -> list[Move]:
    """Every subject's score before and after, in the order of those after."""
    old = {(card.kind, card.name): card for card in before}
    new = {(card.kind, card.name): card for card in after}
    return [Move(old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old))]


def _result(card: Scorecard | None) -> tuple[object, ...]:
    return () if card is None else (card.points, card.grade, card.rank)


def _turns(before: Sequence[Decision], after: Sequence[Decision]) -> tuple[Turn, ...]:
    old = {(d.kind, d.subject_kind, d.subject): d for d in before}
    new = {(d.kind, d.subject_kind, d.subject): d for d in after}
    turns = [Turn(old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old))]
    return tuple(turn for turn in turns if _ground(turn.before) != _ground(turn.after))


def _ground(decision: Decision | None) -> tuple[object, ...]:
    return () if decision is None else (decision.rule, decision.times, decision.rung)
