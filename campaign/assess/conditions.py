"""The conditions that a consequence may rest on: each a small pure function from a standing to a reason.

Only `unreported` holds for a subject that is not rated; all others need a score to rest on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.assess.kinds_matters import cumulated
from campaign.assess.occurrences import day, describe, evidence_of, occurrences, places
from campaign.assess.rates import rate_of, scope_words
from campaign.assess.scoring import Scored
from campaign.decimals import plain
from campaign.records import CellRef, DecisionKind, Scorecard, Snapshot
from campaign.rulebook.condition_terms import (
    ConditionTerms,
    Cumulated,
    FreeOf,
    GradeBelow,
    GradeFrom,
    Occurring,
    RankFirst,
    RankLast,
    RateBelow,
    Repeated,
    Unreported,
    Vetoed,
)
from campaign.rulebook.model import Consequence, Scheme
from campaign.rulebook.sources import SOURCES

# Two bulletins are of consecutive weeks if less than two weeks lie between them: a week's closing date may be
# moved by a holiday, a week left out breaks the run.
_RUN = timedelta(days=14)
_DECISIONS = {
    DecisionKind.INTERVIEW: "约谈",
    DecisionKind.CRITICISM: "通报批评",
    DecisionKind.COMMENDATION: "表彰",
    DecisionKind.RECTIFICATION_ORDER: "责令整改",
    DecisionKind.LISTED_SUPERVISION: "挂牌督办",
    DecisionKind.ACCOUNTABILITY_REFERRAL: "倒查问责",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A condition that holds: why, and the cells that show it."""

    because: str
    evidence: tuple[CellRef, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a condition may look at: the subject's score among its peers, and what was before.

    `past` is oldest first and earlier than this week. `times` counts this week's decision, if there is one
    already, with the earlier ones of its kind.
    """

    scored: Scored
    peers: tuple[Scorecard, ...]
    scheme: Scheme
    past: tuple[Snapshot, ...]
    times: dict[DecisionKind, int]

    @property
    def card(self) -> Scorecard:
        """The subject's score card."""
        return self.scored.card

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells that the score rests on."""
        return tuple(sorted({ref for line in self.card.lines for ref in line.evidence}))


def all_hold(rule: Consequence, standing: Standing) -> Hit | None:
    """Whether all conditions of a consequence hold, with the reasons and cells of them all."""
    if rule.terms is None:
        return None
    hits = [holds(terms, standing) for terms in (rule.terms, *rule.also)]
    found = [hit for hit in hits if hit is not None]
    if len(found) < len(hits):
        return None
    cells = dict.fromkeys(ref for hit in found for ref in hit.evidence)
    return Hit("；".join(hit.because for hit in found), tuple(cells))


def holds(terms: ConditionTerms, standing: Standing) -> Hit | None:  # noqa: C901, PLR0911 - one case a condition
    """Whether a condition holds for a subject."""
    if isinstance(terms, Unreported):
        return _unreported(standing)
    if standing.card.points is None:
        return None
    match terms:
        case GradeBelow():
            return _grade_below(terms, standing)
        case GradeFrom():
            return _grade_from(terms, standing)
        case RankLast():
            return _rank_last(terms, standing)
        case RankFirst():
            return _rank_first(terms, standing)
        case Occurring():
            return _occurring(terms, standing)
        case FreeOf():
            return _free_of(terms, standing)
        case RateBelow():
            return _rate_below(terms, standing)
        case Vetoed():
            return _vetoed(standing)
        case Repeated():
            return _repeated(terms, standing)
        case Cumulated():
            return _cumulated(terms, standing)


def _unreported(standing: Standing) -> Hit | None:
    subject = standing.scored.subject
    if subject.name not in subject.tally.missing:
        return None
    return Hit(f"截至{day(subject.as_of)}没有报送可用的问题台账", (subject.place,) if subject.place else ())


def _grade_below(terms: GradeBelow, standing: Standing) -> Hit | None:
    if not _worse(standing.scheme, standing.card.grade, terms.grade):
        return None
    return Hit(f"{_result(standing.card)}，低于“{terms.grade}”", standing.cells)


def _grade_from(terms: GradeFrom, standing: Standing) -> Hit | None:
    if _worse(standing.scheme, standing.card.grade, terms.grade):
        return None
    return Hit(f"{_result(standing.card)}，达到“{terms.grade}”", standing.cells)


def _rank_last(terms: RankLast, standing: Standing) -> Hit | None:
    """Last this week and in as many bulletins of consecutive weeks before as are asked for."""
    card = standing.card
    if card.points is None or (terms.points_below is not None and card.points >= terms.points_below):
        return None
    weeks = [(standing.scored.subject.as_of, standing.peers)]
    weeks += [(s.as_of, s.assessment.cards(card.kind)) for s in reversed(standing.past)]
    last_on: list[date] = []
    for closing, cards in weeks[: terms.weeks]:
        broken = last_on and last_on[-1] - closing >= _RUN
        if broken or not _is_last(card.name, cards, terms.min_ranked):
            return None
        last_on.append(closing)
    if len(last_on) < terms.weeks:
        return None
    peers = sum(peer.rank is not None for peer in standing.peers)
    before = "、".join(day(closing) for closing in reversed(last_on[1:]))
    return Hit(
        f"{_result(card)}，在{peers}个中排第{card.rank}名，列末位"
        + (f"；{before}亦列末位" if before else ""),
        standing.cells,
    )


def _is_last(name: str, cards: Sequence[Scorecard], min_ranked: int) -> bool:
    """Whether a subject is ranked last, alone or with others; where all are equal nobody is."""
    ranks = {card.name: card.rank for card in cards if card.rank is not None}
    return len(ranks) >= min_ranked and name in ranks and ranks[name] == max(ranks.values()) > 1


def _rank_first(terms: RankFirst, standing: Standing) -> Hit | None:
    card = standing.card
    found = standing.scored.subject.tally.found
    if card.rank != 1 or found < terms.min_found:
        return None
    peers = sum(peer.rank is not None for peer in standing.peers)
    if peers < terms.min_ranked:
        return None
    if _worse(standing.scheme, card.grade, terms.grade):
        return None
    return Hit(f"{_result(card)}，在{peers}个中排第1名", standing.cells)


def _occurring(terms: Occurring, standing: Standing) -> Hit | None:
    found = occurrences(standing.scored.subject, terms.events)
    if found is None or len(found) < terms.at_least:
        return None
    what = scope_words(terms.events.selection) + describe(terms.events)
    return Hit(f"{what}{len(found)}{SOURCES[terms.events.of].unit}{places(found)}", evidence_of(found))


def _free_of(terms: FreeOf, standing: Standing) -> Hit | None:
    if occurrences(standing.scored.subject, terms.events):
        return None
    return Hit(f"没有{scope_words(terms.events.selection)}{describe(terms.events)}", ())


def _rate_below(terms: RateBelow, standing: Standing) -> Hit | None:
    rate = rate_of(standing.scored.subject, terms.measure, terms.selection)
    if rate.whole == 0 or not rate.below(terms.rate) or standing.scored.subject.tally.found < terms.min_found:
        return None
    return Hit(f"{rate.shown}，低于{plain(terms.rate)}%", rate.lacking)


def _vetoed(standing: Standing) -> Hit | None:
    vetoes = standing.scored.vetoes
    if not vetoes:
        return None
    cells = tuple(sorted({ref for line in vetoes for ref in line.evidence}))
    return Hit("；".join(line.because for line in vetoes), cells)


def _repeated(terms: Repeated, standing: Standing) -> Hit | None:
    """The decision is taken this week, and has been taken often enough."""
    times = standing.times.get(terms.decision, 0)
    if terms.in_a_row and times:
        times = _in_a_row(terms.decision, standing)
    if times < terms.times:
        return None
    how = "连续" if terms.in_a_row else "第"
    return Hit(f"{how}{times}次被{_DECISIONS[terms.decision]}", standing.cells)


def _in_a_row(kind: DecisionKind, standing: Standing) -> int:
    """In how many consecutive weeks up to this one the subject met such a decision."""
    closing, count = standing.scored.subject.as_of, 1
    for week in reversed(standing.past):
        met = any(
            (d.kind, d.subject_kind, d.subject) == (kind, standing.card.kind, standing.card.name)
            for d in week.assessment.decisions
        )
        if not met or closing - week.as_of >= _RUN:
            break
        closing, count = week.as_of, count + 1
    return count


def _cumulated(terms: Cumulated, standing: Standing) -> Hit | None:
    sum_ = cumulated(terms.cumulative, standing.scored.subject)
    if sum_ is None or sum_.points < terms.at_least or (terms.below and sum_.points >= terms.below):
        return None
    return Hit(f"{sum_.words}，达到{plain(terms.at_least)}分", sum_.evidence)


def _worse(scheme: Scheme, grade: str, than: str) -> bool:
    names = [g.name for g in scheme.grades]
    return names.index(grade) > names.index(than)


def _result(card: Scorecard) -> str:
    points = plain(card.points) if card.points is not None else ""
    return f"得分{points}分，等级“{card.grade}”"
