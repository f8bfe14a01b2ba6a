"""What follows from the scores and records: one decision of a kind per subject, with all its reasons."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from campaign.assess.conditions import Hit, Standing, all_hold
from campaign.assess.scoring import Scored
from campaign.records import Decision, DecisionKind, Scorecard, Snapshot, SubjectKind
from campaign.rulebook.model import Consequence, Rulebook

_RULES = "、"


def decide(scored: Sequence[Scored], past: Sequence[Snapshot], rulebook: Rulebook) -> tuple[Decision, ...]:
    """The week's decisions, by kind, then in the order of the score cards."""
    peers: dict[SubjectKind, tuple[Scorecard, ...]] = {
        kind: tuple(s.card for s in scored if s.card.kind is kind) for kind in SubjectKind
    }
    decisions = [d for one in scored for d in _decide(one, peers[one.card.kind], past, rulebook)]
    kinds = tuple(DecisionKind)
    return tuple(sorted(decisions, key=lambda d: kinds.index(d.kind)))


def _decide(
    one: Scored, peers: tuple[Scorecard, ...], past: Sequence[Snapshot], rulebook: Rulebook
) -> Iterable[Decision]:
    """The decisions about one subject; consequences are tried in the order of the rules."""
    card, as_of = one.card, one.subject.as_of
    scheme = rulebook.scheme(card.kind)
    if scheme is None:
        return ()
    before = tuple(sorted((s for s in past if s.as_of < as_of), key=lambda s: s.as_of))
    hits: dict[DecisionKind, list[tuple[Consequence, Hit]]] = {}
    for rule in rulebook.consequences:
        if rule.subject is not card.kind or rule.terms is None or not rule.in_force(as_of):
            continue
        if _cooling(rule, one, before):
            continue
        times = {kind: _earlier(kind, one, before) + 1 for kind in hits}
        hit = all_hold(rule, Standing(one, peers, scheme, before, times))
        if hit is not None:
            hits.setdefault(rule.kind, []).append((rule, hit))
    return [_decision(kind, one, found, before, rulebook) for kind, found in hits.items()]


def _decision(
    kind: DecisionKind,
    one: Scored,
    found: Sequence[tuple[Consequence, Hit]],
    before: Sequence[Snapshot],
    rulebook: Rulebook,
) -> Decision:
    card = one.card
    times = _earlier(kind, one, before) + 1
    rungs = rulebook.ladders.get(kind, {}).get(card.kind, ())
    return Decision(
        kind=kind,
        subject=card.name,
        subject_kind=card.kind,
        rule=_RULES.join(rule.id for rule, _ in found),
        clause="；".join(dict.fromkeys(rule.clause for rule, _ in found)),
        reasons=tuple(hit.because for _, hit in found),
        evidence=tuple(sorted({ref for _, hit in found for ref in hit.evidence})),
        times=times,
        rung=rungs[min(times, len(rungs)) - 1] if rungs else "",
    )


def _earlier(kind: DecisionKind, one: Scored, before: Sequence[Snapshot]) -> int:
    """How often the subject has met such a decision in earlier weeks."""
    return sum(_about(decision, kind, one) for week in before for decision in week.assessment.decisions)


def _cooling(rule: Consequence, one: Scored, before: Sequence[Snapshot]) -> bool:
    """Whether a decision that rested on the same rule is too recent for another."""
    since = one.subject.as_of - timedelta(days=rule.cooling_days)
    return any(
        _about(decision, rule.kind, one) and rule.id in decision.rule.split(_RULES)
        for week in before
        if week.as_of > since
        for decision in week.assessment.decisions
    )


def _about(decision: Decision, kind: DecisionKind, one: Scored) -> bool:
    return (decision.kind, decision.subject_kind, decision.subject) == (kind, one.card.kind, one.card.name)
