"""The final report over the weeks there are."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from campaign.compose import summary_documents
from campaign.compose.illustrating import illustrated
from campaign.history import archive, freezing
from campaign.press.bundle import Bundle, digests, pdf_files, printed_from, publish_bundle, word_files
from campaign.press.folders import SUMMARY, Folders, NoWeeksError, Published, Watch
from campaign.press.photos import photos_of
from campaign.records import Snapshot
from campaign.render import Workshop
from campaign.render.data import figures_json
from campaign.rulebook.loader import load


def summary(folders: Folders, as_of: date | None, watch: Watch = lambda _: None) -> Published:
    """The final report over the issued weeks, or over the drafts as long as none is issued; with an as-of
    date, over those that closed by then.

    Raises:
        NoWeeksError: there is no such week.
    """
    rulebook = load(folders.rules)
    with Workshop(folders.templates, folders.fonts) as shop, freezing.tended(folders.output) as left:
        past = tuple(w for w in archive.load(folders.output) if as_of is None or w.as_of <= as_of)
        if not past:
            raise NoWeeksError(folders.output)
        watch("history")
        photos = photos_of(folders.output, past[-1].as_of)
        documents = illustrated(summary_documents(past, rulebook, folders.templates), photos)
        watch("compose")
        shop.order(documents)
        files = word_files(documents, folders)
        watch("word")
        files |= pdf_files(documents, shop)
        watch("pdf")
        last = past[-1]
        files["data/figures.json"] = figures_json(last.assessment.figures, last.books.unreported)
        sources = printed_from(folders, ()) | {"weeks": _week_digests(folders.output, past)}
        published = publish_bundle(Bundle(files, sources), folders.output / SUMMARY, last.as_of, ())
        return replace(published, remarks=(left,) if left else ())


def _week_digests(output: Path, past: tuple[Snapshot, ...]) -> dict[str, str]:
    places = archive.snapshots(output)
    return digests(output, [places[week.as_of] for week in past])
