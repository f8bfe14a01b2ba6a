"""What a document about all decisions of one kind in a week may say: a circular that names those commended or
criticised, the minutes of a week's interviews.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from campaign.compose.brief import (
    DECISION_WORDS,
    Ground,
    Names,
    Source,
    sources,
    verdict,
    whole_county,
)
from campaign.compose.brief_orders import OrderTerms, order_terms
from campaign.compose.brief_subject import Terms, concerned, interview_terms
from campaign.compose.brief_week import addressees
from campaign.records import Decision, DecisionKind, Problem, SubjectKind, Week
from campaign.rulebook.model import Campaign, Rulebook


@dataclass(frozen=True, slots=True)
class Named:
    """One subject of the circular: on which grounds, how it stands, and how many of its problems the decision
    rests on. `points` and `rank` are None where it is not rated or not ranked; `attendee` is who has to come
    to an interview.
    """

    name: str
    word: str  # 街道办事处 …
    grounds: tuple[Ground, ...]
    times: int
    points: Decimal | None
    full: Decimal
    grade: str
    rank: int | None
    ranked: int
    problems: int
    overdue: int
    attendee: str


@dataclass(frozen=True, slots=True)
class CircularBrief:
    """All decisions of one kind in a week. `groups` are the subjects by what they are called."""

    campaign: Campaign
    county_word: str
    rules_title: str
    specimen: str
    number: int
    as_of: date
    document_number: str
    addressees: str
    what: str  # 通报表扬 …
    named: tuple[Named, ...]
    groups: tuple[Names, ...]
    order: OrderTerms
    terms: Terms
    sources: tuple[Source, ...] = field(default=(), repr=False)


def circular_brief(kind: DecisionKind, week: Week, rulebook: Rulebook, number: str) -> CircularBrief:
    """The brief of all decisions of a kind; `number` is the document's.

    Raises:
        ValueError: the week has no such decision.
    """
    decisions = [d for d in week.assessment.decisions if d.kind is kind]
    if not decisions:
        raise ValueError(f"no decision of the kind {kind} in the week of {week.as_of}")
    campaign, nouns = rulebook.campaign, rulebook.campaign.nouns
    problems = [p for d in decisions for p in concerned(d, week)]
    return CircularBrief(
        campaign=campaign,
        county_word=whole_county(campaign),
        rules_title=rulebook.title,
        specimen=rulebook.specimen,
        number=week.number,
        as_of=week.as_of,
        document_number=number,
        addressees=addressees(campaign, tuple(s.name for s in week.books.roster.subdistricts)),
        what=DECISION_WORDS[kind],
        named=tuple(_named(d, week, rulebook) for d in decisions),
        groups=tuple(
            Names(nouns.subject(group), names)
            for group in SubjectKind
            if (names := tuple(d.subject for d in decisions if d.subject_kind is group))
        ),
        order=order_terms(kind, week.as_of, rulebook),
        terms=interview_terms(decisions[0], week.as_of, rulebook),
        sources=sources(week.books, problems),
    )


def _named(decision: Decision, week: Week, rulebook: Rulebook) -> Named:
    cards = week.assessment.cards(decision.subject_kind)
    card = next((c for c in cards if c.name == decision.subject), None)
    problems: tuple[Problem, ...] = concerned(decision, week)
    told = verdict(decision, rulebook)
    return Named(
        name=decision.subject,
        word=rulebook.campaign.nouns.subject(decision.subject_kind),
        grounds=told.grounds,
        times=told.times,
        points=card.points if card else None,
        full=card.full if card else Decimal(0),
        grade=card.grade if card else "",
        rank=card.rank if card else None,
        ranked=sum(c.rank is not None for c in cards),
        problems=len(problems),
        overdue=sum(p.overdue(week.as_of) for p in problems),
        attendee=interview_terms(decision, week.as_of, rulebook).attendee,
    )
