"""What the score annex (得分明细) may say: each line with rule, clause, reason and cells."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from campaign.compose.brief import Source, sources
from campaign.compose.cells import cell_places
from campaign.compose.ranking import Ranking, rankings
from campaign.decimals import plain
from campaign.records import Assessment, Scorecard, ScoreLine, SubjectKind, Week
from campaign.rulebook.model import Campaign, Nouns, Rulebook

_LONGEST = 260  # characters of one row's cells: about eight lines of the table


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a score as it is printed; `points` has its sign. `places` are its cells in words; where they
    are many, `more` continues them, so that no row grows taller than a page.
    """

    rule: str
    title: str
    clause: str
    because: str
    points: str
    places: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectScore:
    """One subject with its lines; `changed` is their sum, with its sign."""

    name: str
    full: Decimal
    points: Decimal
    changed: str
    grade: str
    rank: int | None
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class KindScores:
    """One kind of subject: those with lines, best first, and the names of those that have none."""

    word: str
    kind: str  # subdistricts | companies | agencies
    scores: tuple[SubjectScore, ...]
    spotless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoresBrief:
    """The scores of one week."""

    campaign: Campaign
    number: int
    as_of: date
    rules_title: str
    specimen: str
    digest: str
    rankings: tuple[Ranking, ...]
    kinds: tuple[KindScores, ...]
    sources: tuple[Source, ...] = field(default=(), repr=False)


def scores_brief(week: Week, rulebook: Rulebook) -> ScoresBrief:
    """The brief of the score annex of one week."""
    return ScoresBrief(
        campaign=rulebook.campaign,
        number=week.number,
        as_of=week.as_of,
        rules_title=rulebook.title,
        specimen=rulebook.specimen,
        digest=week.assessment.rules_digest or rulebook.digest,
        rankings=rankings(week.assessment, None, rulebook),
        kinds=tuple(
            _kind(kind, week.assessment, rulebook.campaign.nouns)
            for kind in SubjectKind
            if week.assessment.cards(kind)
        ),
        sources=sources(week.books),
    )


def _kind(kind: SubjectKind, assessment: Assessment, nouns: Nouns) -> KindScores:
    cards = sorted(assessment.cards(kind), key=lambda card: (card.rank is None, card.rank or 0))
    return KindScores(
        word=nouns.subject(kind),
        kind=kind.value,
        scores=tuple(_score(card, card.points) for card in cards if card.points is not None and card.lines),
        spotless=tuple(card.name for card in cards if card.points is not None and not card.lines),
    )


def _score(card: Scorecard, points: Decimal) -> SubjectScore:
    return SubjectScore(
        name=card.name,
        full=card.full,
        points=points,
        changed=signed(points - card.full),
        grade=card.grade,
        rank=card.rank,
        lines=tuple(_line(line) for line in card.lines),
    )


def _line(line: ScoreLine) -> LineRow:
    first, *more = cell_places(line.evidence, _LONGEST)
    return LineRow(
        rule=line.rule,
        title=line.title,
        clause=line.clause,
        because=line.because,
        points=signed(line.points),
        places=first,
        more=tuple(more),
    )


def signed(points: Decimal) -> str:
    """Points with their sign: +2, -1.5, 0."""
    return f"{'+' if points > 0 else ''}{plain(points)}"
