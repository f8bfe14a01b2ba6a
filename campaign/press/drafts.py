"""The week's drafts: documents, annexes, return copies, overview, data."""

from dataclasses import replace
from datetime import date

from campaign.compose import genres
from campaign.history import archive, freezing
from campaign.history.archive import Manifest
from campaign.intake.desk import Intake
from campaign.press.bundle import Bundle, printed_from, publish_bundle, seen_from
from campaign.press.folders import Folders, Published, Watch
from campaign.press.making import make_files
from campaign.press.numbers import propose, told
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
    with freezing.tended(folders.output) as left:
        standing, doubt = told(folders.output)
        past = archive.load(folders.output, before=intake.books.as_of)
        watch("history")
        week = make_week(intake, past, rulebook)
        number, total = propose(standing, genres.load(folders.templates), rulebook.campaign, week.as_of)
        week = replace(week, number=number, total_number=total)
        watch("assess")
        target = folders.output / week.as_of.isoformat()
        links = seen_from(target, folders.input)
        made = make_files(folders, rulebook, intake, week, shop, links, watch)
        bundle = Bundle(made.files, printed_from(folders, intake.files))
        published = publish_bundle(bundle, target, week.as_of, intake.faults, week)
        watch("publish")
        issued = standing.issued_on(week.as_of)
        remarks = (left, doubt, _already(issued.manifest) if issued else "")
        return replace(published, remarks=tuple(remark for remark in remarks if remark))


def _already(issued: Manifest) -> str:
    return (
        f"截至{issued.as_of}的{issued.words}已经印发，正式文件在归档文件夹 {issued.folder} 里，没有改动；"
        "这次生成的只是草稿。印发的内容有误，请用 make correct 印发更正"
    )
