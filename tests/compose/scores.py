"""Scores written down for tests: cards that add up, and the assessment of a week with counted figures."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from campaign.assess.figures import tabulate
from campaign.records import Assessment, Books, Decision, Scorecard, ScoreLine, SubjectKind
from tests.compose.rules import GROUPS, rulebook

Points = Mapping[str, str | None]


def card(name: str, kind: SubjectKind, points: str | None, rank: int | None, **values: str) -> Scorecard:
    """A score card whose lines add up: what is missing to full marks is one deduction."""
    full = Decimal(100)
    if points is None:
        return Scorecard(name, kind, full, None, "", None, (), values.get("unrated", "没有可评价的事项"))
    lost = Decimal(points) - full
    line = ScoreLine("则-1", "逾期未整改", "细则第五条", lost, f"逾期未整改问题若干件，扣{-lost}分")
    grade = next(g.name for g in rulebook().schemes[0].grades if Decimal(points) >= g.at_least)
    return Scorecard(name, kind, full, Decimal(points), grade, rank, (line,) if lost else ())


def cards(
    kind: SubjectKind, points: Points, unrated: str = "没有报送可用的问题台账"
) -> tuple[Scorecard, ...]:
    """Score cards ranked by points, equal points sharing a rank."""
    values = [Decimal(p) for p in points.values() if p is not None]
    return tuple(
        card(name, kind, p, None if p is None else 1 + sum(v > Decimal(p) for v in values), unrated=unrated)
        for name, p in points.items()
    )


def assessed(
    books: Books,
    offices: Sequence[str | None] = ("92.5", "80", "58"),
    companies: Sequence[str | None] = ("88", "71.5", "71.5"),
    decisions: Sequence[Decision] = (),
) -> Assessment:
    """An assessment: the figures counted, the scores as given in the order of the roster."""
    subdistricts = [s.name for s in books.roster.subdistricts]
    firms = [c.name for c in books.roster.companies]
    return Assessment(
        figures=tabulate(books, GROUPS),
        scorecards=(
            *cards(SubjectKind.SUBDISTRICT, dict(zip(subdistricts, offices, strict=True))),
            *cards(SubjectKind.COMPANY, dict(zip(firms, companies, strict=True))),
            *cards(
                SubjectKind.AGENCY,
                {a.name: None for a in rulebook().campaign.agencies},
                "没有由其负责、承办或对其提出的事项",
            ),
        ),
        decisions=tuple(decisions),
        rules_digest=rulebook().digest,
    )
