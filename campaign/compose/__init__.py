"""What each document says: figures → brief → template → blocks."""

from dataclasses import replace
from pathlib import Path

from campaign.compose.blocks import Document
from campaign.compose.brief_distribution import Printed, distribution_brief, in_order
from campaign.compose.brief_guideline import guideline_brief
from campaign.compose.brief_scores import scores_brief
from campaign.compose.brief_subject import subject_brief
from campaign.compose.brief_summary import summary_brief
from campaign.compose.brief_week import week_brief
from campaign.compose.composing import Composer, Sheet, distinct
from campaign.compose.genres import About
from campaign.records import Snapshot, Week
from campaign.rulebook.model import Rulebook

__all__ = ["guideline_documents", "summary_documents", "week_documents"]


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
    for genre in composer.genres(About.DECISION):
        for decision in week.assessment.decisions:
            if decision.kind is genre.decision:
                notice = subject_brief(decision, week, rulebook)
                sheet = Sheet(notice, week.as_of, week.draft, notice.sources)
                printed.append(Printed(composer.compose(genre, sheet), genre, decision))
    documents = distinct([p.document for p in printed])
    named = [replace(p, document=document) for p, document in zip(printed, documents, strict=True)]
    lists = []
    for genre in composer.genres(About.DISTRIBUTION):
        listed = distribution_brief(in_order(named), week, rulebook, brief.week_number)
        lists.append(composer.compose(genre, Sheet(listed, week.as_of, week.draft, listed.sources)))
    return distinct([*documents, *lists])


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
    """The final report over the weeks given, oldest first.

    Raises:
        TemplateError: a template or the list of genres is wrong.
        ValueError: there is no week.
    """
    if not weeks:
        raise ValueError("a summary needs at least one week")
    composer = Composer(templates)
    brief = summary_brief(weeks, rulebook)
    sheet = Sheet(brief, weeks[-1].as_of, any(week.draft for week in weeks), brief.sources)
    return distinct([composer.compose(genre, sheet) for genre in composer.genres(About.SUMMARY)])
