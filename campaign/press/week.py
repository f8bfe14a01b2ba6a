"""The week in the input folder: read, compared with the weeks before it, and assessed."""

from datetime import date

from campaign.assess import assess
from campaign.history import archive
from campaign.history.changes import compare
from campaign.intake.desk import Intake, receive
from campaign.press.folders import Folders, NoInputError
from campaign.records import Snapshot, Week
from campaign.rulebook.loader import load
from campaign.rulebook.model import Campaign, Rulebook

_DAYS = 7


def assessed(folders: Folders, as_of: date | None, jobs: int) -> tuple[Week, Rulebook]:
    """One week for `explain`: as written, where a date is given and its folder is there; else from input."""
    rulebook = load(folders.rules)
    written = archive.load(folders.output)
    if as_of is not None:
        found = next((w for w in written if w.as_of == as_of), None)
        if found:
            past = tuple(w for w in written if w.as_of < as_of)
            week = Week(found.number, found.books, (), found.assessment, past, found.draft, found.changes)
            return week, rulebook
    intake = receive_week(folders, rulebook, as_of, jobs)
    past = tuple(w for w in written if w.as_of < intake.books.as_of)
    return make_week(intake, past, rulebook), rulebook


def issue_number(campaign: Campaign, as_of: date) -> int:
    """The number a bulletin would have if every week had had one: a proposal until it is issued."""
    return max((as_of - campaign.first_bulletin_on).days // _DAYS + 1, 1)


def receive_week(folders: Folders, rulebook: Rulebook, as_of: date | None, jobs: int) -> Intake:
    """Read the workbooks.

    Raises:
        NoInputError: there are none.
    """
    if not folders.input.is_dir() or not any(p.is_file() for p in folders.input.rglob("*")):
        raise NoInputError(folders.input)
    return receive(folders.input, rulebook, as_of, jobs, earlier=archive.earlier_inputs(folders.output))


def make_week(intake: Intake, past: tuple[Snapshot, ...], rulebook: Rulebook) -> Week:
    """The week of what came in, after the weeks before it."""
    changes = compare(intake.books, past)
    return Week(
        number=issue_number(rulebook.campaign, intake.books.as_of),
        books=intake.books,
        faults=intake.faults,
        assessment=assess(intake.books, past, rulebook, changes),
        past=past,
        changes=changes,
    )
