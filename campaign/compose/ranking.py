"""The rankings as they are printed: who stands where, with what change since the week before, who is not
rated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaign.compose.brief import Names, Portion
from campaign.records import Assessment, Scorecard, SubjectKind
from campaign.rulebook.model import Rulebook, Scheme


@dataclass(frozen=True, slots=True)
class RankRow:
    """One subject's place. `bonus` and `deduction` are both counted upwards; `rank` is None where the subject
    has points but is not ranked; `moved` is how many places it has gone up since the week before (down:
    negative), None where one of the two ranks does not exist.
    """

    rank: int | None
    name: str
    full: Decimal
    bonus: Decimal
    deduction: Decimal
    points: Decimal
    grade: str
    moved: int | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """One kind of subject. `first` and `last` are who shares the best and the last place (`last` is empty
    where all share one place); `grades` counts the rated by grade, best first; `unrated` says by reason
    who is not rated. `tied` says how equals are placed.
    """

    kind: str  # subdistricts | companies | agencies
    word: str  # 街道办事处 …
    rows: tuple[RankRow, ...]
    unrated: tuple[Names, ...]
    first: tuple[RankRow, ...]
    last: tuple[RankRow, ...]
    grades: tuple[Portion, ...]
    tied: str

    @property
    def subjects(self) -> int:
        """All of this kind, rated or not."""
        return len(self.rows) + sum(len(group.names) for group in self.unrated)


def rankings(assessment: Assessment, before: Assessment | None, rulebook: Rulebook) -> tuple[Ranking, ...]:
    """The rankings of the kinds that the rulebook scores, subdistricts, companies and agencies apart."""
    ranked = (_ranking(kind, assessment, before, rulebook) for kind in SubjectKind)
    return tuple(ranking for ranking in ranked if ranking.subjects)


def _ranking(
    kind: SubjectKind, assessment: Assessment, before: Assessment | None, rulebook: Rulebook
) -> Ranking:
    cards = assessment.cards(kind)
    earlier = {card.name: card.rank for card in before.cards(kind)} if before else {}
    rows = [_row(card, card.points, earlier.get(card.name)) for card in cards if card.points is not None]
    rows.sort(key=lambda row: (row.rank is None, row.rank or 0))
    places = [row.rank for row in rows if row.rank is not None]
    last = max(places, default=0)
    return Ranking(
        kind=kind.value,
        word=rulebook.campaign.nouns.subject(kind),
        rows=tuple(rows),
        unrated=_unrated(cards),
        first=tuple(row for row in rows if row.rank == min(places, default=0)),
        last=tuple(row for row in rows if row.rank == last) if last > min(places, default=0) else (),
        grades=_grades(rows),
        tied=tied(rulebook.scheme(kind)),
    )


def tied(scheme: Scheme | None) -> str:
    """How those with equal points are placed, by what the rules declare."""
    if scheme is None or not scheme.ties:
        return "得分相同的名次并列"
    first = "、".join(tie.zh for tie in scheme.ties)
    return f"得分相同的，{'依次' if len(scheme.ties) > 1 else ''}以{first}在前，仍相同的名次并列"


def _row(card: Scorecard, points: Decimal, before: int | None) -> RankRow:
    return RankRow(
        rank=card.rank,
        name=card.name,
        full=card.full,
        bonus=sum((line.points for line in card.lines if line.points > 0), Decimal(0)),
        deduction=-sum((line.points for line in card.lines if line.points < 0), Decimal(0)),
        points=points,
        grade=card.grade,
        moved=None if card.rank is None or before is None else before - card.rank,
    )


def _grades(rows: Sequence[RankRow]) -> tuple[Portion, ...]:
    grades = [row.grade for row in sorted(rows, key=lambda row: -row.points)]
    return tuple(Portion(grade, grades.count(grade)) for grade in dict.fromkeys(grades) if grade)


def _unrated(cards: Sequence[Scorecard]) -> tuple[Names, ...]:
    """Who is not rated, by reason, in the order in which the reasons first occur."""
    reasons = dict.fromkeys(card.unrated for card in cards if card.points is None)
    return tuple(
        Names(reason, tuple(c.name for c in cards if c.points is None and c.unrated == reason))
        for reason in reasons
    )
