"""Closes the campaign: everything that was issued in one folder and one zip, with all that a reader in twenty
years needs to make sense of it, and nothing of this program.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from campaign.canonical import EPOCH
from campaign.compose import dossier_documents, guideline_documents, holdings_documents, summary_documents
from campaign.compose.blocks import Document
from campaign.compose.brief_holdings import HeldColumn, HeldPart, HeldTable, holdings_brief
from campaign.compose.composing import distinct, file_name
from campaign.compose.illustrating import illustrated
from campaign.errors import ArchiveError, UsageError
from campaign.history import archive, freezing
from campaign.history.archive import ARCHIVE, Issued
from campaign.history.filing import CATALOGUE
from campaign.history.publish import digest
from campaign.history.register import REGISTER
from campaign.history.verifying import check
from campaign.press.bundle import Bundle, pdf_files, publish_bundle, source_digests, word_files
from campaign.press.folders import DOSSIERS, GUIDELINE, SUMMARY, Folders, Published, Watch
from campaign.press.photos import photos_of
from campaign.records import Snapshot
from campaign.render import Workshop
from campaign.render.plain_tables import PlainTable, plain_tables
from campaign.render.sheets import holdings_list
from campaign.rulebook.loader import load
from campaign.rulebook.model import Rulebook

CLOSED = "结项归档"  # the folder beside the weeks
ISSUES = "各期"
DATA = "数据"
LIST = "文件目录.xlsx"
CHECKSUMS = "SHA256SUMS.txt"  # the name that tools look for
_SUFFIX = "归档"


class NothingIssuedError(UsageError):
    """No week has been issued: there is nothing to close."""

    def __init__(self) -> None:
        super().__init__("还没有印发过任何一期，没有可以归档的；请先逐期运行 make issue")


class DamagedError(ArchiveError):
    """The archive is not as it was left; it is not handed on like that."""

    def __init__(self, first: str, count: int) -> None:
        super().__init__(
            f"归档文件夹与印发时的记录有{count}处不符（{first}），不能结项；"
            "请先运行 make verify 查明，从备份恢复后再归档"
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the closed archive: what it is, and its files by path in the part's folder."""

    path: str
    what: str
    files: Mapping[str, bytes]

    def placed(self) -> dict[str, bytes]:
        """The files by their paths in the closed archive."""
        return {f"{self.path}/{name}" if name else self.path: data for name, data in self.files.items()}


def close(folders: Folders, watch: Watch = lambda _: None) -> Published:
    """Put the whole campaign into one folder and one zip below 结项归档. `watch` is told in Chinese what is
    being made.

    Raises:
        NothingIssuedError: no week has been issued.
        DamagedError: the archive is not as it was left.
    """
    rulebook = load(folders.rules)
    with Workshop(folders.templates, folders.fonts) as shop, freezing.held(folders.output):
        known = _sound(folders.output)
        weeks = archive.past(known)
        tables = plain_tables(weeks, rulebook)
        parts = [
            _Part(ISSUES, f"印发的各期原样，一期一个文件夹；{CATALOGUE}是归档目录", _frozen(folders.output)),
            _Part(REGISTER, "发文登记簿，各类公文的编号", {"": (folders.output / REGISTER).read_bytes()}),
            *_documents(folders, weeks, rulebook, shop, watch),
            _Part(DATA, "各期的问题、统计、得分和处置，汇成几张数据表", {t.file: t.csv() for t in tables}),
        ]
        files = {path: data for part in parts for path, data in part.placed().items()}
        files |= _guide(folders, rulebook, (known, weeks), parts, tables, shop)
        files[LIST] = holdings_list(files, weeks[-1].as_of)
        files[CHECKSUMS] = _checksums(files)
        watch("压缩包")
        name = file_name(f"{rulebook.campaign.name}{_SUFFIX}")
        placed = {f"{name}/{path}": data for path, data in files.items()}
        bundle = Bundle({**placed, f"{name}.zip": _zip(placed)}, source_digests(folders, ()))
        target = folders.output / CLOSED
        return publish_bundle(bundle, target, weeks[-1].as_of, ())


def _sound(output: Path) -> tuple[Issued, ...]:
    """The issued weeks of an archive that is as it was left."""
    checked = check(output)
    if checked.findings:
        first = checked.findings[0]
        raise DamagedError(f"{first.place}：{first.words}", len(checked.findings))
    if not checked.known:
        raise NothingIssuedError
    return checked.known


def _frozen(output: Path) -> dict[str, bytes]:
    """All files of the archive as they are, by path."""
    root = output / ARCHIVE
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def _documents(
    folders: Folders, weeks: tuple[Snapshot, ...], rulebook: Rulebook, shop: Workshop, watch: Watch
) -> list[_Part]:
    """The documents that are about the whole campaign: the reports, the rules, a dossier for everybody."""
    nouns = rulebook.campaign.nouns
    photos = photos_of(folders.output, weeks[-1].as_of)
    rosters = [week.books.roster for week in weeks]  # whoever left it half-way has a history all the same
    companies = dict.fromkeys(company.name for roster in rosters for company in roster.companies)
    communities = dict.fromkeys(community.name for roster in rosters for community in roster.communities)
    summaries = illustrated(summary_documents(weeks, rulebook, folders.templates), photos)
    planned = [
        (SUMMARY, "总结报告", summaries),
        (GUIDELINE, "考核评分实施细则", guideline_documents(rulebook, folders.templates)),
    ]
    for noun, names in ((nouns.company, companies), (nouns.community, communities)):
        made = [
            document
            for name in names
            for document in dossier_documents(weeks, rulebook, folders.templates, name)[1]
        ]
        what = f"每个{noun}一份档案：问题的经过、各期得分、处置和公文"
        planned.append((f"{DOSSIERS}/{noun}", what, distinct(made)))
    parts = []
    for path, what, documents in planned:
        watch(f"{path}（{len(documents)}件）")
        parts.append(_Part(path, what, _printed(documents, folders, shop)))
    return parts


def _printed(documents: Sequence[Document], folders: Folders, shop: Workshop) -> dict[str, bytes]:
    if not documents:
        return {}
    shop.order(documents)
    return word_files(documents, folders) | pdf_files(documents, shop)


def _guide(
    folders: Folders,
    rulebook: Rulebook,
    history: tuple[tuple[Issued, ...], tuple[Snapshot, ...]],
    parts: Sequence[_Part],
    tables: Sequence[PlainTable],
    shop: Workshop,
) -> dict[str, bytes]:
    """The reading guide: as PDF and Word, and as bare text for whoever can open neither."""
    known, weeks = history
    held = [HeldPart(part.path, part.what, len(part.files)) for part in parts]
    held += [
        HeldPart(LIST, "全部文件的清单：位置、大小、校验码", 1),
        HeldPart(CHECKSUMS, "全部文件的校验码，可以用通用的命令核对", 1),
    ]
    listed = tuple(
        HeldTable(
            f"{DATA}/{table.file}",
            table.about,
            len(table.rows),
            tuple(HeldColumn(column.name, column.meaning) for column in table.columns),
        )
        for table in tables
    )
    brief = holdings_brief(known, weeks[-1], rulebook, tuple(held), listed, CHECKSUMS)
    documents = holdings_documents(brief, weeks[-1].as_of, folders.templates)
    files = _printed(documents, folders, shop)
    return files | {f"{document.name}.txt": _text(document) for document in documents}


def _text(document: Document) -> bytes:
    """A document as bare text, one paragraph or table row per line."""
    lines = [text.replace("⏎", "") for _, text in document.lines()]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _checksums(files: Mapping[str, bytes]) -> bytes:
    """SHA-256 of every file, in the form that `sha256sum -c` reads."""
    return "".join(f"{digest(data)} *{path}\n" for path, data in sorted(files.items())).encode()


def _zip(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip with the same bytes each time."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.create_system = 0  # otherwise the operating system's number would be part of the bytes
            package.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
