"""Whether the archive is as it was left: every byte of every file, the order of issuing, the register.

Nothing is mended here and nothing is raised over: whatever is wrong becomes a finding, in words.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from campaign.errors import ArchiveError
from campaign.history import archive, filing, register
from campaign.history.archive import ARCHIVE, BrokenArchiveError, Issued, Link
from campaign.history.filing import CATALOGUE, ORDER
from campaign.history.publish import MANIFEST, digest
from campaign.history.register import Register

_LOCKS = ("~$", ".~")  # what Excel, WPS and LibreOffice leave beside an open file
_LEFT_OPEN = "多出来的文件，是 Excel、Word 或 WPS 打开文件时留下的；请关闭，还在的就删去"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was left: the place below the output folder, and what is wrong with it."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The archive as it was found: the issued weeks whose manifests can be read, in the order of issuing, and
    all that is wrong.
    """

    known: tuple[Issued, ...]
    findings: tuple[Finding, ...]


def check(output: Path) -> Checked:
    """Hold the archive against its manifests, the order of issuing, the catalogue and the register."""
    findings: list[Finding] = []
    known: list[Issued] = []
    for folder in archive.folders(output):
        try:
            known.append(archive.read(folder))
        except BrokenArchiveError:
            findings.append(Finding(f"{ARCHIVE}/{folder.name}/{MANIFEST}", "读不出来，或不是这个文件夹的"))
    known.sort(key=lambda week: (week.manifest.order, week.manifest.folder))
    findings += _strangers(output)
    findings += _links(output, known)
    for week in known:
        findings += _files(week)
    findings += _books(output, known)
    findings += _register(output, known)
    return Checked(tuple(known), tuple(findings))


def _strangers(output: Path) -> Iterator[Finding]:
    """What lies in the archive and is neither an issued week nor derived from them."""
    place = output / ARCHIVE
    for path in sorted(place.iterdir() if place.is_dir() else ()):
        if path.name in {ORDER, CATALOGUE}:
            if path.is_symlink() or not path.is_file():
                yield Finding(f"{ARCHIVE}/{path.name}", "不是普通文件")
        elif not archive.is_folder_name(path.name):
            yield Finding(f"{ARCHIVE}/{path.name}", "不是印发时留下的，多出来了")
        elif path.is_symlink() or not path.is_dir():
            yield Finding(f"{ARCHIVE}/{path.name}", "不是普通文件夹")


def _links(output: Path, known: Sequence[Issued]) -> Iterator[Finding]:
    """Whether each week names the one issued before it, and the order of issuing names them all."""
    order = filing.read_order(output)
    if order is None:
        if known:
            yield Finding(f"{ARCHIVE}/{ORDER}", "不见了或读不出来")
        return
    yield from _listed(order, known)
    there = {week.manifest.folder: week for week in known}
    changed = {
        link.folder for link in order.issued if link.folder in there and there[link.folder].link != link
    }
    before: Link | None = None
    for link in order.issued:
        week = there.get(link.folder)
        if week and link.folder not in changed and week.manifest.previous != before:
            yield Finding(f"{ARCHIVE}/{link.folder}", "与前一次印发的对不上")
        before = link


def _listed(order: filing.Order, known: Sequence[Issued]) -> Iterator[Finding]:
    """Whether the order of issuing and the folders name each other."""
    there = {week.manifest.folder: week for week in known}
    for place, link in enumerate(order.issued, 1):
        week = there.pop(link.folder, None)
        if week is None:
            yield Finding(f"{ARCHIVE}/{link.folder}", "印发过，现在不见了，或者读不出来")
        elif week.digest != link.manifest:
            yield Finding(f"{ARCHIVE}/{link.folder}/{MANIFEST}", "被改动过")
        elif week.manifest.order != place:
            yield Finding(
                f"{ARCHIVE}/{link.folder}", f"印发次序不对：应为第{place}个，实为第{week.manifest.order}个"
            )
    for folder in there:
        yield Finding(f"{ARCHIVE}/{folder}", f"不在 {ORDER} 里，多出来了")


def _files(week: Issued) -> Iterator[Finding]:
    """Whether a folder holds exactly the files that its manifest lists, byte for byte."""
    place = f"{ARCHIVE}/{week.manifest.folder}"
    expected = {**week.manifest.outputs, MANIFEST: week.digest}
    parents = {parent.as_posix() for name in expected for parent in Path(name).parents}
    found: set[str] = set()
    for root, folders, names in os.walk(week.path):
        for name in sorted([*folders, *names]):
            path = Path(root, name)
            here = path.relative_to(week.path).as_posix()
            mode = path.lstat().st_mode
            if stat.S_ISDIR(mode):
                if here not in parents:
                    yield Finding(f"{place}/{here}", "多出来的文件夹")
            elif here not in expected:
                yield Finding(f"{place}/{here}", _LEFT_OPEN if name.startswith(_LOCKS) else "多出来的文件")
            elif not stat.S_ISREG(mode):
                yield Finding(f"{place}/{here}", "不是普通文件")
                found.add(here)
            else:
                found.add(here)
                if _digest(path) != expected[here]:
                    yield Finding(f"{place}/{here}", "被改动过")
    for name in sorted(expected.keys() - found):
        yield Finding(f"{place}/{name}", "不见了")


def _books(output: Path, known: Sequence[Issued]) -> Iterator[Finding]:
    """Whether order of issuing and catalogue are what follows from the manifests."""
    if not known:
        return
    paths = {name: output / ARCHIVE / name for name in (CATALOGUE, ORDER)}
    data = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
    for name in paths.keys() - data.keys():
        yield Finding(f"{ARCHIVE}/{name}", "不见了")
    order = filing.read_order(output)
    if order is None or len(data) < len(paths):
        return
    if order.catalogue != digest(data[CATALOGUE]):
        yield Finding(f"{ARCHIVE}/{CATALOGUE}", "被改动过")
    elif filing.read_catalogue(data[CATALOGUE]) != filing.catalogue_rows(known):
        yield Finding(f"{ARCHIVE}/{CATALOGUE}", "与归档的各期对不上")
    if data[ORDER] != filing.order_bytes(known, order.catalogue):
        yield Finding(f"{ARCHIVE}/{ORDER}", "被改动过，或与归档的各期对不上")


def _register(output: Path, known: Sequence[Issued]) -> Iterator[Finding]:
    """Whether the register has all numbers of the archive, and names no folder that is gone."""
    try:
        book = register.read(output)
    except ArchiveError as trouble:
        yield Finding(register.REGISTER, str(trouble))
        return
    if book.data is None:
        if known:
            yield Finding(register.REGISTER, "不见了")
        return
    yield from _entries(book, known)
    folders = {week.manifest.folder for week in known}
    for row in book.taken:
        folder = register.folder_of(row.place)
        if folder and folder not in folders:
            yield Finding(register.REGISTER, f"{row.where} 登记的“{row.place}”归档里没有")


def _entries(book: Register, known: Sequence[Issued]) -> Iterator[Finding]:
    """Whether each number of the archive stands in the register, at the place of the document."""
    entered = {one.key: one for one in book.taken}
    given: set[tuple[str, int, int, int]] = set()
    for week in known:
        for paper in week.manifest.documents:
            number = register.taken_by(paper, week.manifest.folder)
            if number is None or number.key in given:  # a corrected edition keeps the numbers of its notices
                continue
            given.add(number.key)
            row = entered.get(number.key)
            if row is None:
                yield Finding(register.REGISTER, f"没有 {paper.number}（{number.place}）")
            elif row.place != number.place:
                words = f"{row.where} 的 {paper.number} 登记在“{row.place}”，归档在“{number.place}”"
                yield Finding(register.REGISTER, words)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
