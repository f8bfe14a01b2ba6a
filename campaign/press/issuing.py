"""Issues a week: numbers its documents, freezes them with what they were made of, registers them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from campaign import __version__
from campaign.compose import genres as listing
from campaign.compose.blocks import Document
from campaign.compose.genres import ISSUES, Genre, Genres
from campaign.errors import ArchiveError, CampaignError, TemplateError, UsageError
from campaign.history import archive, freezing, register
from campaign.history.archive import ARCHIVE, BrokenArchiveError, Issued, Manifest, Paper
from campaign.history.freezing import UnfinishedError
from campaign.history.publish import MANIFEST, digest
from campaign.intake.desk import Intake, receive
from campaign.press.bundle import substituted
from campaign.press.folders import Folders, Published, Watch
from campaign.press.making import Made, make_files
from campaign.press.material import Material, gather, lay_out, made_with
from campaign.press.numbers import Standing, assign, propose
from campaign.press.week import make_week
from campaign.records import Fault, Snapshot, Week
from campaign.render import Workshop
from campaign.render.pages import page_count
from campaign.rulebook.loader import load
from campaign.rulebook.model import Rulebook

_NUMBER, _ADDRESSEE = "文号", "主送"  # as Document.lines names them


class UnfitError(CampaignError):
    """The week has errors that are not waived; only a week without any is issued."""

    exit_code = 3

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("有填报错误没有改正，也没有豁免，不能印发；什么都没有写入")


class OutOfTurnError(UsageError):
    """The week is issued already, or comes after one that is."""


class NothingToIssueError(UsageError):
    """There is no document to issue."""

    def __init__(self) -> None:
        super().__init__("没有可以印发的公文：名册里没有可用的内容，请先运行 make weekly 看草稿")


@dataclass(frozen=True, slots=True)
class Setting:
    """A week on its way: where its material is laid out, the rules it has, what came in, what was before."""

    place: Folders
    rulebook: Rulebook
    genres: Genres
    intake: Intake
    past: tuple[Snapshot, ...]

    @property
    def week(self) -> Week:
        """The week as it follows from these."""
        return make_week(self.intake, self.past, self.rulebook)


def issue(folders: Folders, as_of: date | None, jobs: int, watch: Watch = lambda _: None) -> Published:
    """Issue the week in the input folder.

    Where an interrupted run had issued it already and only register or catalogue were behind, they are caught
    up, and that is all.

    Raises:
        UnfitError: there are errors that are not waived.
        OutOfTurnError: the week is issued, a later one is, or an earlier one is not.
        ArchiveError: archive or register are not as they must be, or cannot be written.
    """
    with freezing.held(folders.output) as finished:
        standing = stand(folders.output)
        material = gather(folders)
        with TemporaryDirectory(prefix="campaign-") as place:
            there = lay_out(material, folders, Path(place))
            with Workshop(there.templates, folders.fonts) as shop:
                setting = set_out(there, standing.known, as_of, jobs, watch)
                day = setting.intake.books.as_of
                done = standing.issued_on(day)
                if done and done.manifest.folder == finished:
                    return Published(
                        done.path, tuple(done.manifest.outputs), finished=True, manifest=done.manifest
                    )
                _refuse(folders.output, standing, day)
                fit(setting.intake)
                campaign = setting.rulebook.campaign
                number, total = propose(standing, setting.genres, campaign, day)
                week = replace(setting.week, draft=False, number=number, total_number=total or number)
                week = replace(week, numbers=assign(standing, setting.genres, week, setting.rulebook))
                watch("assess")
                made = make_files(there, setting.rulebook, setting.intake, week, shop, archive.INPUTS, watch)
        published = put_away(folders, standing, material, setting, week, made)
        watch("publish")
        return published


def stand(output: Path) -> Standing:
    """What is issued and which numbers are used up, as archive and register agree.

    Raises:
        RegisterOpenError: the register is open in Excel or WPS.
        RegisterError: it cannot be read.
        BrokenArchiveError: the archive is not as it was left, or the register lacks what is in it.
    """
    register.refuse_open(output)
    known = archive.issued(output)
    book = register.read(output)
    for week in known:
        for paper in register.missing(book, week):
            where = "里没有" if book.data else "不见了，缺"
            raise BrokenArchiveError(
                f"《{register.REGISTER}》{where}{paper.number}《{paper.title}》（{week.manifest.folder}）；"
                "登记簿没有备份的，可以运行 make verify REGISTER=1 按归档补登"
            )
    return Standing(known, book)


def set_out(place: Folders, known: Sequence[Issued], as_of: date | None, jobs: int, watch: Watch) -> Setting:
    """Read laid-out material, after the issued weeks given and no other."""
    rulebook = load(place.rules)
    watch("rules")
    intake = receive(place.input, rulebook, as_of, jobs, earlier=archive.inputs(known))
    watch("intake")
    past = archive.past(known, before=intake.books.as_of)
    watch("history")
    return Setting(place, rulebook, listing.load(place.templates), intake, past)


def fit(intake: Intake) -> None:
    """Raise UnfitError where there are errors that are not waived."""
    if any(fault.blocks for fault in intake.faults):
        raise UnfitError(intake.faults)
    if not intake.books.roster.communities:
        raise NothingToIssueError


def put_away(
    folders: Folders, standing: Standing, material: Material, setting: Setting, week: Week, made: Made
) -> Published:
    """Freeze what was made, then catch up with register, catalogue and order of issuing.

    Raises:
        UnfinishedError: it is issued, but the books could not be caught up.
        ArchiveError: it is not issued, and nothing has changed.
    """
    files = made.files | material.frozen()
    papers = _papers(made, week, setting.genres)
    last = standing.known[-1] if standing.known else None
    corrects = standing.issued_on(week.as_of) if week.edition else None
    manifest = Manifest(
        program=__version__,
        made_with=made_with(),
        as_of=week.as_of,
        edition=week.edition,
        correction=week.correction,
        order=len(standing.known) + 1,
        number=week.number,
        total_number=week.total_number or week.number,
        issuer=setting.rulebook.campaign.office,
        previous=last.link if last else None,
        corrects=corrects.link if corrects else None,
        documents=papers,
        inputs=digests_of(material.inputs),
        rules=digests_of(material.rules),
        templates=digests_of(material.templates),
        fonts=dict(material.fonts),
        outputs=digests_of(files),
        substitutions=substituted(folders),
    )
    register.refuse_open(folders.output)
    target = folders.output / ARCHIVE / manifest.folder
    try:
        freezing.freeze(folders.output, manifest.folder, {**files, MANIFEST: archive.dump(manifest)})
        freezing.catch_up(folders.output)
    except (ArchiveError, KeyboardInterrupt) as cause:
        if target.exists():
            raise UnfinishedError(manifest.words, str(cause) or "中途被打断") from cause
        raise
    return Published(target, tuple(made.files), setting.intake.faults, week=week, manifest=manifest)


def _refuse(output: Path, standing: Standing, day: date) -> None:
    done = standing.issued_on(day)
    if done:
        words = done.manifest.words
        raise OutOfTurnError(
            f"截至{day}的{words}已经印发，归档在 {done.path}；印发的内容有误，请用 make correct 印发更正，"
            "不能再印发一次"
        )
    later = [week.manifest for week in standing.known if week.manifest.as_of > day]
    if later:
        raise OutOfTurnError(
            f"后面的{later[0].words}（截至{later[0].as_of}）已经印发，不能再印发截至{day}的一期"
        )
    for earlier in archive.drafts(output):
        if earlier < day and standing.issued_on(earlier) is None:
            draft = output / earlier.isoformat()
            raise OutOfTurnError(f"请先印发截至{earlier}的那一期；确实不再印发的，请把 {draft} 文件夹移走")


def _papers(made: Made, week: Week, genres: Genres) -> tuple[Paper, ...]:
    """The documents as register and catalogue list them; every number given out stands on one of them."""
    kinds = {genre.name: genre for genre in genres.genres}
    papers = tuple(_paper(document, kinds[document.genre], week, made) for document in made.documents)
    printed = [paper.number for paper in papers]
    for number in week.numbers:
        if number.text not in printed:
            raise TemplateError(
                f"{number.text}（{number.subject}）没有印在公文上，请检查 {number.genre} 的模板"
            )
    return papers


def _paper(document: Document, genre: Genre, week: Week, made: Made) -> Paper:
    said = dict(reversed(list(document.lines())))
    given = {number.text for number in week.numbers if number.genre == genre.name}
    number = said.get(_NUMBER, "")
    if genre.stream == ISSUES:
        number = archive.issue_number(week.number, week.total_number, week.edition)
    elif number not in given:
        number = ""
    return Paper(
        genre=genre.name,
        kind=genre.title,
        file=document.name,
        title=document.title,
        stream=genre.stream,
        number=number,
        addressee=said.get(_ADDRESSEE, "").rstrip("："),
        dated_on=document.dated_on,
        pages=page_count(made.files[f"{document.name}.pdf"]),
        retention=genre.retention.value if genre.retention else "",
    )


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file."""
    return {name: digest(data) for name, data in sorted(files.items())}
