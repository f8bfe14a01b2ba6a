"""The rulebook on paper, and the weeks under another one."""

from datetime import date
from pathlib import Path

from campaign.assess.whatif import Trial, try_rules
from campaign.compose import guideline_documents
from campaign.history import archive, publish
from campaign.press.bundle import (
    Bundle,
    digests,
    files_below,
    pdf_files,
    printed_from,
    publish_bundle,
    snapshot_of,
    word_files,
)
from campaign.press.folders import GUIDELINE, TRIAL, TRIAL_SHEET, Folders, NoInputError, Published
from campaign.press.week import make_week, receive_week
from campaign.records import Snapshot
from campaign.render import Workshop
from campaign.render.sheets import trial_workbook
from campaign.rulebook.loader import load
from campaign.rulebook.model import Rulebook


def guideline(folders: Folders) -> Published:
    """The rulebook as an official document, from the rules as they are."""
    rulebook = load(folders.rules)
    documents = guideline_documents(rulebook, folders.templates)
    with Workshop(folders.templates, folders.fonts) as shop, publish.locked(folders.output):
        shop.order(documents)
        files = word_files(documents, folders)
        files |= pdf_files(documents, shop)
        bundle = Bundle(files, printed_from(folders, ()))
        return publish_bundle(bundle, folders.output / GUIDELINE, rulebook.campaign.starts_on, ())


def what_if(
    folders: Folders, other_rules: Path, as_of: date | None, jobs: int
) -> tuple[tuple[Trial, ...], Rulebook, Published]:
    """All weeks under other rules: those in the output folder, and the week in the input folder.

    With an as-of date whose week lies in the output folder, the input folder is left alone.

    Raises:
        NoInputError: there is neither.
    """
    rulebook, other = load(folders.rules), load(other_rules)
    with publish.locked(folders.output):
        written = archive.load(folders.output)
        if as_of is None or all(week.as_of != as_of for week in written):
            written = _with_input(written, folders, rulebook, as_of, jobs)
        trials = try_rules(written, other)
        rules = {
            "rules": digests(folders.rules, files_below(folders.rules)),
            "other_rules": digests(other_rules, files_below(other_rules)),
        }
        bundle = Bundle({TRIAL_SHEET: trial_workbook(trials, rulebook, other)}, rules)
        published = publish_bundle(bundle, folders.output / TRIAL, trials[-1].as_of, ())
        return trials, rulebook, published


def _with_input(
    written: tuple[Snapshot, ...], folders: Folders, rulebook: Rulebook, as_of: date | None, jobs: int
) -> tuple[Snapshot, ...]:
    """The written weeks with the one in the input folder; without any workbooks there, the written alone."""
    try:
        intake = receive_week(folders, rulebook, as_of, jobs)
    except NoInputError:
        if not written or as_of is not None:
            raise
        return written
    day = intake.books.as_of
    past = tuple(week for week in written if week.as_of < day)
    others = tuple(week for week in written if week.as_of != day)
    return (*others, snapshot_of(make_week(intake, past, rulebook)))
