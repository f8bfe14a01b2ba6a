"""Records and changes × rulebook → figures, score lines, ranks, decisions."""

from dataclasses import replace

import campaign.assess.wording_matters  # noqa: F401 - enters the words of its kinds
from campaign.assess.decisions import decide
from campaign.assess.figures import tabulate
from campaign.assess.scoring import Scored, ranked, score
from campaign.assess.subjects import subjects
from campaign.records import NO_CHANGES, Assessment, Books, Changes, Scorecard, Snapshot, SubjectKind
from campaign.rulebook.model import Nouns, Rulebook

__all__ = ["assess"]


def assess(
    books: Books, past: tuple[Snapshot, ...], rulebook: Rulebook, changes: Changes = NO_CHANGES
) -> Assessment:
    """Hold one week's books against the rules in force on its as-of date.

    `past` are earlier weeks in any order; those not earlier than `books.as_of` are passed over. The order of
    the records in the books makes no difference. `changes` is what this week's problems are to those weeks;
    rules may rest on it and on the changes that those weeks found themselves. Score cards are in the order
    of the roster.
    """
    figures = tabulate(books, (group.number for group in rulebook.checklist.groups))
    cast = subjects(books, figures, past, rulebook, changes)
    scored: list[Scored] = []
    for kind in SubjectKind:
        scheme = rulebook.scheme(kind)
        if scheme is not None:
            scored += ranked([score(s, scheme, books.as_of) for s in cast if s.kind is kind], scheme.ties)
    nouns = rulebook.campaign.nouns
    return Assessment(
        figures=figures,
        scorecards=tuple(_in_words(s.card, nouns) for s in scored),
        decisions=tuple(
            replace(d, reasons=tuple(map(nouns.fill, d.reasons))) for d in decide(scored, past, rulebook)
        ),
        rules_digest=rulebook.digest,
    )


def _in_words(card: Scorecard, nouns: Nouns) -> Scorecard:
    """A score card whose reasons call everybody what the campaign calls them."""
    return replace(
        card,
        unrated=nouns.fill(card.unrated),
        lines=tuple(replace(line, because=nouns.fill(line.because)) for line in card.lines),
    )
