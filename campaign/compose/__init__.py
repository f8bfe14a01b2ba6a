"""What each document says: figures → brief → template → blocks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from campaign.assess.lifting import liftings
from campaign.compose.blocks import Document
from campaign.compose.brief_circular import CircularBrief, circular_brief
from campaign.compose.brief_correction import correction_brief
from campaign.compose.brief_distribution import Printed, distribution_brief, in_order
from campaign.compose.brief_dossier import dossier_brief
from campaign.compose.brief_guideline import guideline_brief
from campaign.compose.brief_holdings import HoldingsBrief
from campaign.compose.brief_lifting import LiftingBrief, lifting_brief
from campaign.compose.brief_photos import photos_brief
from campaign.compose.brief_scores import scores_brief
from campaign.compose.brief_subject import SubjectBrief, subject_brief
from campaign.compose.brief_summary import summary_brief
from campaign.compose.brief_week import week_brief
from campaign.compose.composing import Composer, Sheet, distinct
from campaign.compose.genres import About, Genre
from campaign.compose.numbering import number_to_print
from campaign.compose.scope import parts_of
from campaign.records import Snapshot, Week
from campaign.rulebook.model import Rulebook

__all__ = [
    "dossier_documents",
    "guideline_documents",
    "holdings_documents",
    "summary_documents",
    "week_documents",
]


def week_documents(week: Week, rulebook: Rulebook, templates: Path) -> tuple[Document, ...]:
    """The documents of one week, in the order of genres.yaml: the bulletin and what else is about the week,
    the scores line by line, a notice per subject decided on; last the list of who gets which of them.

    Raises:
        TemplateError: a template or the list of genres is wrong.
    """
    composer = Composer(templates)
    brief = week_brief(week, rulebook)
    printed = []
    for genre in composer.genres(About.WEEK):
        sheet = Sheet(brief, week.as_of, week.draft, brief.sources)
        printed.append(Printed(composer.compose(genre, sheet), genre))
    for genre in composer.genres(About.SCORES):
        scores = scores_brief(week, rulebook)
        sheet = Sheet(scores, week.as_of, week.draft, scores.sources)
        printed.append(Printed(composer.compose(genre, sheet), genre))
    for genre in composer.genres(About.PHOTOS):
        photos = photos_brief(week, rulebook)
        if photos.offices:
            sheet = Sheet(photos, week.as_of, week.draft, photos.sources)
            printed.append(Printed(composer.compose(genre, sheet), genre))
    printed += _of_decisions(composer, week, rulebook)
    if week.corrects:
        note = correction_brief(week, week.corrects, rulebook)
        sheet = Sheet(note, week.as_of, week.draft, note.sources)
        printed += [
            Printed(composer.compose(genre, sheet), genre) for genre in composer.genres(About.CORRECTION)
        ]
    documents = distinct([p.document for p in printed])
    named = [replace(p, document=document) for p, document in zip(printed, documents, strict=True)]
    lists = []
    for genre in composer.genres(About.DISTRIBUTION):
        listed = distribution_brief(in_order(named), week, rulebook)
        lists.append(composer.compose(genre, Sheet(listed, week.as_of, week.draft, listed.sources)))
    return distinct([*documents, *lists])


def _of_decisions(composer: Composer, week: Week, rulebook: Rulebook) -> Iterator[Printed]:
    """What follows from the decisions: a document for each, one for all of a kind, one per listing lifted."""

    def number(genre: Genre, subject: str = "") -> str:
        return number_to_print(week, composer.numbered(genre), subject, rulebook.campaign)

    def sheet(brief: SubjectBrief | CircularBrief | LiftingBrief) -> Sheet:
        return Sheet(brief, week.as_of, week.draft, brief.sources)

    decisions = week.assessment.decisions
    for genre in composer.genres(About.DECISION):
        for decision in (d for d in decisions if d.kind is genre.decision):
            notice = subject_brief(decision, week, rulebook, number(genre, decision.subject))
            yield Printed(composer.compose(genre, sheet(notice)), genre, decision)
    for genre in composer.genres(About.DECISIONS):
        if any(decision.kind is genre.decision for decision in decisions):
            circular = circular_brief(genre.kind, week, rulebook, number(genre))
            yield Printed(composer.compose(genre, sheet(circular)), genre)
    for genre in composer.genres(About.LIFTING):
        for lifting in liftings(week, rulebook, genre.kind):
            lifted = lifting_brief(lifting, week, rulebook, number(genre, lifting.subject))
            yield Printed(composer.compose(genre, sheet(lifted)), genre, lifting.listings[0].decision)


def guideline_documents(rulebook: Rulebook, templates: Path) -> tuple[Document, ...]:
    """The rulebook as an official document; a draft as long as no authority has adopted it.

    Raises:
        TemplateError: a template or the list of genres is wrong.
    """
    composer = Composer(templates)
    sheet = Sheet(guideline_brief(rulebook), rulebook.campaign.starts_on, bool(rulebook.specimen), ())
    return distinct([composer.compose(genre, sheet) for genre in composer.genres(About.GUIDELINE)])


def summary_documents(
    weeks: tuple[Snapshot, ...], rulebook: Rulebook, templates: Path
) -> tuple[Document, ...]:
    """The final report over the weeks given, oldest first: the county's, then one for each subdistrict.

    Raises:
        TemplateError: a template or the list of genres is wrong.
        ValueError: there is no week.
    """
    if not weeks:
        raise ValueError("a summary needs at least one week")
    composer = Composer(templates)
    draft = any(week.draft for week in weeks)
    offices = [s.name for s in weeks[-1].books.roster.subdistricts]
    scopes = ((About.SUMMARY, "", weeks), *((_OF_ONE, name, parts_of(weeks, name)) for name in offices))
    documents = []
    for about, subdistrict, known in scopes:
        brief = summary_brief(known, rulebook, subdistrict)
        sheet = Sheet(brief, weeks[-1].as_of, draft, brief.sources)
        documents += [composer.compose(genre, sheet) for genre in composer.genres(about)]
    return distinct(documents)


_OF_ONE = About.SUMMARY_SUBDISTRICT


def dossier_documents(
    weeks: tuple[Snapshot, ...], rulebook: Rulebook, templates: Path, subject: str
) -> tuple[str, tuple[Document, ...]]:
    """The dossier of a community or company over the weeks given, oldest first, at least one; with its name
    as the roster has it.

    Raises:
        NoDossierError: no roster of these weeks has it.
        TemplateError: a template or the list of genres is wrong.
    """
    composer = Composer(templates)
    titles = {genre.name: genre.title for about in About for genre in composer.genres(about)}
    brief = dossier_brief(weeks, rulebook, subject, titles)
    sheet = Sheet(brief, weeks[-1].as_of, any(week.draft for week in weeks), brief.sources)
    made = [composer.compose(genre, sheet) for genre in composer.genres(About.DOSSIER)]
    return brief.subject, distinct(made)


def holdings_documents(brief: HoldingsBrief, dated_on: date, templates: Path) -> tuple[Document, ...]:
    """The reading guide of the closed archive.

    Raises:
        TemplateError: a template or the list of genres is wrong.
    """
    composer = Composer(templates)
    sheet = Sheet(brief, dated_on, draft=False, sources=brief.sources)
    return distinct([composer.compose(genre, sheet) for genre in composer.genres(About.HOLDINGS)])
