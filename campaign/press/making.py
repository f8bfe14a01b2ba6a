"""Makes all files of a week, whether they become a draft or are issued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.compose import week_documents
from campaign.compose.blocks import Document
from campaign.compose.illustrating import illustrated
from campaign.compose.printing import printing_order
from campaign.intake.desk import Intake
from campaign.press.bundle import fault_files, pdf_files, week_files, word_files
from campaign.press.folders import SCORES, Folders, Watch
from campaign.press.photos import photo_files
from campaign.records import Week
from campaign.render import Workshop
from campaign.render.overview import overview
from campaign.render.printset import Part, print_set
from campaign.render.sheets import score_annex
from campaign.rulebook.model import Rulebook

OVERVIEW = "index.html"
PRINT_SET = "打印合集"


@dataclass(frozen=True, slots=True)
class Made:
    """What a week was made into: its documents, and all files by path."""

    documents: tuple[Document, ...]
    files: dict[str, bytes]


def make_files(
    folders: Folders, rulebook: Rulebook, intake: Intake, week: Week, shop: Workshop, links: str, watch: Watch
) -> Made:
    """Documents, annexes, return copies, overview and data of a week, by path.

    `week` says whether it is a draft, and its numbers; `links` leads from the folder that the files will lie
    in to the input folder.
    """
    documents = week_documents(week, rulebook, folders.templates) if week.books.roster.communities else ()
    documents = illustrated(documents, intake.photos)
    watch("compose")
    shop.order(documents)
    files = word_files(documents, folders)
    watch("word")
    files |= week_files(week, rulebook, links)
    files |= fault_files(intake, folders.input, links)
    files |= photo_files(week.books, intake.photos)
    watch("workbooks")
    # Inside a PDF links to workbooks lead nowhere, and they would make its bytes depend on where it lies.
    carried = {**files, SCORES: score_annex(week, rulebook, inputs=None)}
    files |= pdf_files(documents, shop, carried)
    files |= _print_set(documents, files, folders)
    watch("pdf")
    files[OVERVIEW] = overview(week, rulebook, tuple(files), folders.templates, inputs=links)
    return Made(documents, files)


def _print_set(
    documents: Sequence[Document], files: Mapping[str, bytes], folders: Folders
) -> dict[str, bytes]:
    """All documents in one file for the printer; none where there is no document."""
    ordered = printing_order(documents, folders.templates)
    parts = [Part(document.name, files[f"{document.name}.pdf"]) for document in ordered]
    return {f"{PRINT_SET}.pdf": print_set(parts, PRINT_SET)} if parts else {}
