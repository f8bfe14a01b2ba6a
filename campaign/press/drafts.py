"""The week's drafts: documents, annexes, return copies, overview, data."""

from datetime import date

from campaign.history import publish, weeks
from campaign.intake.desk import Intake
from campaign.press.bundle import Bundle, publish_bundle, seen_from, source_digests
from campaign.press.folders import Folders, Published, Watch
from campaign.press.making import make_files
from campaign.press.week import make_week, receive_week
from campaign.render import Workshop
from campaign.rulebook.loader import load
from campaign.rulebook.model import Rulebook


def weekly(folders: Folders, as_of: date | None, jobs: int, watch: Watch = lambda _: None) -> Published:
    """The week's drafts: documents, annexes, return copies, overview, data."""
    rulebook = load(folders.rules)
    watch("rules")
    with Workshop(folders.templates, folders.fonts) as shop:
        intake = receive_week(folders, rulebook, as_of, jobs)
        watch("intake")
        return _weekly(folders, rulebook, intake, shop, watch)


def _weekly(folders: Folders, rulebook: Rulebook, intake: Intake, shop: Workshop, watch: Watch) -> Published:
    with publish.locked(folders.output):
        past = weeks.load(folders.output, before=intake.books.as_of)
        watch("history")
        week = make_week(intake, past, rulebook)
        watch("assess")
        target = folders.output / week.as_of.isoformat()
        links = seen_from(target, folders.input)
        made = make_files(folders, rulebook, intake, week, shop, links, watch)
        bundle = Bundle(made.files, source_digests(folders, intake.files))
        published = publish_bundle(bundle, target, week.as_of, intake.faults, week)
        watch("publish")
        return published
