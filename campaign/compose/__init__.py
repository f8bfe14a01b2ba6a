"""What each document says: figures → brief → template → blocks."""

from pathlib import Path

from campaign.compose.blocks import Document
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
    """The documents of one week, in the order of genres.yaml: the bulletin, the scores line by line, then a
    notice per subject decided on.

    Raises:
        TemplateError: a template or the list of genres is wrong.
    """
    composer = Composer(templates)
    documents = []
    for genre in composer.genres(About.WEEK):
        brief = week_brief(week, rulebook)
        documents.append(composer.compose(genre, Sheet(brief, week.as_of, week.draft, brief.sources)))
    for genre in composer.genres(About.SCORES):
        scores = scores_brief(week, rulebook)
        documents.append(composer.compose(genre, Sheet(scores, week.as_of, week.draft, scores.sources)))
    for genre in composer.genres(About.DECISION):
        for decision in week.assessment.decisions:
            if decision.kind is genre.decision:
                notice = subject_brief(decision, week, rulebook)
                sheet = Sheet(notice, week.as_of, week.draft, notice.sources)
                documents.append(composer.compose(genre, sheet))
    return distinct(documents)


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
