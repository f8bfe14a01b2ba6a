"""Records and changes × rulebook → figures, score lines, ranks, decisions."""

import campaign.assess.wording_matters  # noqa: F401 - enters the words of its kinds
from campaign.assess.decisions import decide
from campaign.assess.figures import tabulate
from campaign.assess.scoring import Scored, ranked, score
from campaign.assess.subjects import subjects
from campaign.records import Assessment, Books, Snapshot, SubjectKind
from campaign.rulebook.model import Rulebook

__all__ = ["assess"]


def assess(books: Books, past: tuple[Snapshot, ...], rulebook: Rulebook) -> Assessment:
    """Hold one week's books against the rules in force on its as-of date.

    `past` are earlier weeks in any order; those not earlier than `books.as_of` are passed over. The order of
    the records in the books makes no difference. Score cards are in the order of the roster.
    """
    figures = tabulate(books, (group.number for group in rulebook.checklist.groups))
    cast = subjects(books, figures, past, rulebook)
    scored: list[Scored] = []
    for kind in SubjectKind:
        scheme = rulebook.scheme(kind)
        if scheme is not None:
            scored += ranked([score(s, scheme, books.as_of) for s in cast if s.kind is kind], scheme.ties)
    return Assessment(
        figures=figures,
        scorecards=tuple(s.card for s in scored),
        decisions=decide(scored, past, rulebook),
        rules_digest=rulebook.digest,
    )
