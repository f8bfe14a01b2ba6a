"""Corrects an issued week: a further edition (更正) beside it, from mended inputs; the issued one stays."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cattrs.preconf.json import make_converter

from campaign.compose.brief_correction import correction_brief
from campaign.errors import UsageError
from campaign.history import archive, freezing
from campaign.history.archive import Issued
from campaign.press.folders import Folders, Published, Watch
from campaign.press.issuing import digests_of, fit, put_away, set_out, stand
from campaign.press.making import make_files
from campaign.press.material import Material, gather, lay_out
from campaign.press.numbers import assign
from campaign.press.picking import pick
from campaign.records import Books, CellRef, Origin, Snapshot, Week
from campaign.render import Workshop
from campaign.rulebook.model import Rulebook


class NoReasonError(UsageError):
    """A correction must say why."""

    def __init__(self) -> None:
        super().__init__("更正要写明原因，例如：make correct ISSUE=第5期 REASON=某单位漏报问题3件")


class NothingCorrectedError(UsageError):
    """The correction would say what is issued already."""

    def __init__(self, issued: Issued) -> None:
        there = issued.path / archive.INPUTS
        super().__init__(
            f"更正后与{issued.manifest.words}没有任何不同，没有印发。"
            f"请把 {there} 里的表格复制到 input，改好有误的地方再运行"
        )


def correct(folders: Folders, which: str, reason: str, jobs: int, watch: Watch = lambda _: None) -> Published:
    """Issue a corrected edition of a week from what lies in the input folder now.

    `which` is 第5期 or the week's as-of date. The edition has the week's number and as-of date, and rests on
    the weeks before it as they are issued now. Notices keep their numbers, new ones get new ones.

    Raises:
        UsageError: there is no such week, no reason, or nothing changes.
        UnfitError: there are errors that are not waived.
        ArchiveError: archive or register are not as they must be, or cannot be written.
    """
    why = " ".join(reason.split())
    if not why:
        raise NoReasonError
    with freezing.held(folders.output) as finished:
        standing = stand(folders.output)
        former = pick(standing.known, which)
        if former.manifest.folder == finished and former.manifest.correction == why:
            done = former.manifest
            return Published(former.path, tuple(done.outputs), manifest=done, finished=True)
        material = gather(folders)
        with TemporaryDirectory(prefix="campaign-") as place:
            there = lay_out(material, folders, Path(place))
            with Workshop(there.templates, folders.fonts) as shop:
                setting = set_out(there, standing.known, former.manifest.as_of, jobs, watch)
                fit(setting.intake)
                before = former.snapshot()
                week = replace(
                    setting.week,
                    draft=False,
                    number=former.manifest.number,
                    total_number=former.manifest.total_number,
                    edition=former.manifest.edition + 1,
                    correction=why,
                    corrects=before,
                )
                numbers = assign(standing, setting.genres, week, setting.rulebook, kept=before.numbers)
                week = replace(week, numbers=numbers)
                watch("assess")
                if not _differs(former, material, week, before, setting.rulebook):
                    raise NothingCorrectedError(former)
                made = make_files(there, setting.rulebook, setting.intake, week, shop, archive.INPUTS, watch)
        published = put_away(folders, standing, material, setting, week, made)
        watch("publish")
        return published


def _differs(former: Issued, material: Material, week: Week, before: Snapshot, rulebook: Rulebook) -> bool:
    """Whether the correction says anything else: another figure, result or decision, other words in what was
    handed in, other rules or templates. Where a record stands in its workbook does not matter.
    """
    brief = correction_brief(week, before, rulebook)
    manifest = former.manifest
    return (
        bool(brief.figures or brief.results or brief.decisions)
        or _content(week.books) != _content(before.books)
        or digests_of(material.rules) != manifest.rules
        or digests_of(material.templates) != manifest.templates
    )


def _content(books: Books) -> object:
    """What books say, without the places they say it in and in no order."""
    converter = make_converter()
    for place in (Origin, CellRef):
        converter.register_unstructure_hook(place, lambda _: None)
    return _sorted(converter.unstructure(replace(books, receipts=())))


def _sorted(value: Any) -> object:  # noqa: ANN401 - whatever cattrs makes of records
    match value:
        case dict():
            return {key: _sorted(part) for key, part in value.items()}
        case list() | tuple():
            return sorted((_sorted(part) for part in value), key=repr)
        case _:
            return value
