"""Reads and checks the workbooks only."""

from datetime import date

from campaign.history import publish
from campaign.press.bundle import Bundle, fault_files, publish_bundle, seen_from, source_digests
from campaign.press.folders import CHECKED, Folders, Published, Watch
from campaign.press.week import receive_week
from campaign.rulebook.loader import load


def check(folders: Folders, as_of: date | None, jobs: int, watch: Watch = lambda _: None) -> Published:
    """Read and check only: return copies and opinions go to a folder of their own beside the weeks."""
    rulebook = load(folders.rules)
    intake = receive_week(folders, rulebook, as_of, jobs)
    watch("intake")
    target = folders.output / CHECKED
    links = seen_from(target, folders.input)
    bundle = Bundle(fault_files(intake, folders.input, links), source_digests(folders, intake.files))
    with publish.locked(folders.output):
        return publish_bundle(bundle, target, intake.books.as_of, intake.faults)
