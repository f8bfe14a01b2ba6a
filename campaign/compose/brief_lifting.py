"""What the lifting of a listed supervision may say: which listings, and how the problems were put right."""

from dataclasses import dataclass, field
from datetime import date

from campaign.assess.lifting import Lifting
from campaign.compose.brief import Source, sources, whole_county
from campaign.compose.brief_orders import Demand, OrderTerms, demands, order_terms
from campaign.compose.brief_subject import YOU
from campaign.compose.numbering import number_of
from campaign.records import Week
from campaign.rulebook.model import Campaign, Rulebook


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A listing that is lifted: in which issue's week it was decided, on what, under which number."""

    number: int
    as_of: date
    reasons: tuple[str, ...]
    document_number: str  # "" where that week was not issued


@dataclass(frozen=True, slots=True)
class LiftingBrief:
    """A lifting for one subject."""

    campaign: Campaign
    county_word: str
    rules_title: str
    specimen: str
    number: int
    as_of: date
    document_number: str
    subject: str
    subject_word: str
    you: str
    listings: tuple[ListingRow, ...]
    problems: tuple[Demand, ...]
    order: OrderTerms
    sources: tuple[Source, ...] = field(default=(), repr=False)


def lifting_brief(lifting: Lifting, week: Week, rulebook: Rulebook, number: str) -> LiftingBrief:
    """The brief of one lifting; `number` is the document's."""
    decision = lifting.listings[0].decision
    offices = tuple(s.name for s in week.books.roster.subdistricts)
    return LiftingBrief(
        campaign=rulebook.campaign,
        county_word=whole_county(rulebook.campaign),
        rules_title=rulebook.title,
        specimen=rulebook.specimen,
        number=week.number,
        as_of=week.as_of,
        document_number=number,
        subject=lifting.subject,
        subject_word=rulebook.campaign.nouns.subject(decision.subject_kind),
        you=YOU[decision.subject_kind],
        listings=tuple(
            ListingRow(
                listing.week.number,
                listing.week.as_of,
                listing.decision.reasons,
                number_of(listing.week.numbers, decision.kind.value, lifting.subject),
            )
            for listing in lifting.listings
        ),
        problems=demands(lifting.problems, week.as_of, None, rulebook, offices),
        order=order_terms(decision.kind, week.as_of, rulebook),
        sources=sources(week.books, lifting.problems),
    )
