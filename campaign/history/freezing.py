"""Issuing, as far as the disk is concerned: a week is frozen in one step, then the books are caught up.

The one step is the renaming of a finished folder into the archive. Before it nothing is issued; after it the
week is, and register, catalogue and order of issuing are brought up to it. Whatever interrupts that, the next
run does what is left.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from campaign.errors import ArchiveError
from campaign.history import archive, filing, register
from campaign.history.archive import ARCHIVE, BrokenArchiveError, Issued
from campaign.history.publish import MANIFEST, UnwritableError, digest, locked, prepare, put_file, sync_folder

_STAGING = ".new-{}"
_READ_ONLY = 0o444


class AlreadyThereError(ArchiveError):
    """The folder is in the archive already; an issued week is never written again."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"归档里已经有 {folder}，印发过的不能再写")


class UnfinishedError(ArchiveError):
    """The week is issued, but register or catalogue could not be brought up to it yet."""

    def __init__(self, words: str, cause: str) -> None:
        super().__init__(
            f"{words}已经印发归档，但登记还没有完成：{cause}。处理后再运行一次，会接着登记，不会重复编号"
        )


@contextmanager
def held(output: Path) -> Iterator[str]:
    """Hold the output folder, with everything that an interrupted run left undone finished first.

    Gives the name of the folder whose issuing was finished now, "" where nothing was left.

    Raises:
        BusyError, UnwritableError: see `publish.locked`.
        BrokenArchiveError: the archive is not as it was left.
        RegisterOpenError, RegisterError: something is left to enter in the register, which cannot be done.
    """
    with locked(output):
        yield catch_up(output)


@contextmanager
def tended(output: Path) -> Iterator[str]:
    """As `held`, for runs that issue nothing: what cannot be finished now is given in words, not raised."""
    with locked(output):
        try:
            catch_up(output)
        except ArchiveError as left:
            remark = str(left)
        else:
            remark = ""
        yield remark


def freeze(output: Path, folder: str, files: Mapping[str, bytes]) -> None:
    """Put a week into the archive, whole or not at all. Must be called inside `held`, with its manifest.

    Raises:
        AlreadyThereError: the archive has such a folder.
        UnwritableError: something could not be written; the archive is as it was.
    """
    target = output / ARCHIVE / folder
    staging = output / _STAGING.format(folder)
    if MANIFEST not in files:
        raise ValueError("a frozen folder needs its manifest")
    if target.exists():
        raise AlreadyThereError(folder)
    try:
        prepare(staging, files)
        for path in staging.rglob("*"):
            if path.is_file():
                path.chmod(_READ_ONLY)
        target.parent.mkdir(exist_ok=True)
        sync_folder(output)
        staging.rename(target)
        sync_folder(target.parent)
        sync_folder(output)
    except OSError as cause:
        shutil.rmtree(staging, ignore_errors=True)
        raise UnwritableError(target, cause.strerror or str(cause)) from cause


def catch_up(output: Path) -> str:
    """Bring register, catalogue and order of issuing up to the archive; the folder that was behind, or "".

    Only the last folder can be behind: each run begins by catching up. Anything else is not ours to mend.

    Raises:
        BrokenArchiveError, RegisterOpenError, RegisterError, UnwritableError: as they say.
    """
    known = archive.issued(output)
    order = filing.read_order(output)
    written = order.issued if order else ()
    links = tuple(week.link for week in known)
    if links == written:
        return ""
    if not known or links[:-1] != written:
        raise BrokenArchiveError(_difference(links, written))
    enter(output, known[-1])
    catalogue = filing.catalogue_bytes(known)
    put_file(output, output / ARCHIVE / filing.CATALOGUE, catalogue)
    put_file(output, output / ARCHIVE / filing.ORDER, filing.order_bytes(known, digest(catalogue)))
    return known[-1].manifest.folder


def enter(output: Path, week: Issued) -> int:
    """Enter in the register what it does not have of an issued week; how many rows that were.

    Raises:
        RegisterOpenError, RegisterError, UnwritableError: as they say.
    """
    register.refuse_open(output)
    now = register.read(output)
    papers = register.missing(now, week)
    if papers or now.data is None:
        put_file(output, output / register.REGISTER, register.with_rows(now, week, papers))
    return len(papers)


def _difference(links: tuple[archive.Link, ...], written: tuple[archive.Link, ...]) -> str:
    """What is wrong, in words: the first folder that is not as the order of issuing has it."""
    there = {link.folder for link in links}
    for link in written:
        if link.folder not in there:
            return f"{link.folder} 不见了"
        if link not in links:
            return f"{link.folder} 的 {MANIFEST} 被改动过"
    return f"{filing.ORDER} 不见了或缺了几期" if links else "归档是空的"
