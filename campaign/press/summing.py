"""The final report over the weeks there are."""

from datetime import date
from pathlib import Path

from campaign.compose import summary_documents
from campaign.history import publish, weeks
from campaign.press.bundle import Bundle, digests, pdf_files, publish_bundle, source_digests, word_files
from campaign.press.folders import SUMMARY, Folders, NoWeeksError, Published, Watch
from campaign.records import Snapshot
from campaign.render import Workshop
from campaign.render.data import figures_json
from campaign.rulebook.loader import load


def summary(folders: Folders, as_of: date | None, watch: Watch = lambda _: None) -> Published:
    """The final report over the weeks that lie in the output folder, up to the as-of date where one is given.

    Raises:
        NoWeeksError: there is no such week.
    """
    rulebook = load(folders.rules)
    with Workshop(folders.templates, folders.fonts) as shop, publish.locked(folders.output):
        past = tuple(w for w in weeks.load(folders.output) if as_of is None or w.as_of <= as_of)
        if not past:
            raise NoWeeksError(folders.output)
        watch("history")
        documents = summary_documents(past, rulebook, folders.templates)
        watch("compose")
        shop.order(documents)
        files = word_files(documents, folders)
        watch("word")
        files |= pdf_files(documents, shop)
        watch("pdf")
        last = past[-1]
        files["data/figures.json"] = figures_json(last.assessment.figures, last.books.unreported)
        sources = source_digests(folders, ()) | {"weeks": _week_digests(folders.output, past)}
        return publish_bundle(Bundle(files, sources), folders.output / SUMMARY, last.as_of, ())


def _week_digests(output: Path, past: tuple[Snapshot, ...]) -> dict[str, str]:
    return digests(output, [f"{w.as_of.isoformat()}/{weeks.SNAPSHOT}" for w in past])
