"""Bytes to grids: whatever container the offices chose, read behind a wall.

`read_workbooks` never raises over a file: each ends in a workbook, with what there is to say about it, or in
the fault that explains why there is none.
"""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from campaign.intake.faults import fault
from campaign.intake.grid import Merge, Sheet, Workbook
from campaign.intake.reading.blocks import BlockCells, cell_from
from campaign.intake.reading.draft import FileDraft, Note, SheetDraft
from campaign.intake.reading.files import FilesFound, is_lock, list_files, list_workbooks
from campaign.intake.reading.limits import Limits, megabytes
from campaign.intake.reading.pictures import Picture, read_pictures
from campaign.intake.reading.single import read_file
from campaign.intake.reading.wall import Crashed, Outcome, OutOfMemory, TimedOut, behind_wall
from campaign.records import CellRef, Fault

__all__ = [
    "FilesFound",
    "Limits",
    "Picture",
    "Reading",
    "list_files",
    "list_workbooks",
    "read_pictures",
    "read_workbooks",
]

Reading = tuple[Workbook | None, tuple[Fault, ...]]

LIMITS = Limits()
_log = logging.getLogger(__name__)


def read_workbooks(root: Path, files: Sequence[str], jobs: int, limits: Limits = LIMITS) -> list[Reading]:
    """Read `files`, paths below `root` with forward slashes, in at most `jobs` processes at a time.

    One entry per file, in the same order: the workbook, or None, and what is wrong with it.
    """
    readings: list[Reading] = [_unread(file) for file in files]
    wanted = [index for index, (_, faults) in enumerate(readings) if not faults]
    seconds = _seconds(root, limits)

    def done(number: int, outcome: Outcome) -> None:
        file = files[wanted[number]]
        readings[wanted[number]] = reading_from(file, _draft(file, outcome, limits, seconds(file)))

    behind_wall(
        lambda file: read_file(root / file, limits).frames(),
        [files[index] for index in wanted],
        jobs=min(jobs, len(wanted)),
        memory=limits.memory,
        seconds=seconds,
        done=done,
    )
    return readings


def reading_from(file: str, draft: FileDraft) -> Reading:
    """The workbook and the faults that a draft of `file` stands for."""
    faults = tuple(
        fault(note.code, CellRef(file, note.sheet, note.row, note.column), note.value, **note.words)
        for note in draft.notes
    )
    if draft.trouble:
        _log.debug("%s: %s", file, draft.trouble)
    if not draft.sheets:
        return None, faults
    sheets = tuple(_sheet(file, sheet) for sheet in draft.sheets)
    return Workbook(file, sheets, draft.reader, draft.sha256, draft.producer), faults


def _unread(file: str) -> Reading:
    """The verdict on files that need not be opened; no faults where they must be."""
    if is_lock(PurePosixPath(file).name):
        return None, (fault("I-FILE-LOCK", CellRef(file)),)
    try:
        file.encode()
    except UnicodeEncodeError:
        # A name in GBK on a disk of UTF-8 names, as old archives unpack; no document could print it.
        name = file.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
        return None, (fault("I-FILE-NAME", CellRef(name)),)
    return None, ()


def _seconds(root: Path, limits: Limits) -> Callable[[str], float]:
    def seconds(file: str) -> float:
        try:
            return limits.seconds_for((root / file).stat().st_size)
        except OSError:
            return limits.seconds

    return seconds


def _draft(file: str, outcome: Outcome, limits: Limits, seconds: float) -> FileDraft:
    """What came through the wall, or why nothing did."""
    match outcome:
        case TimedOut():
            note = Note("I-FILE-TIMEOUT", words={"seconds": round(seconds) or 1})
        case OutOfMemory():
            note = Note("I-FILE-TOO-LARGE", words={"found": f"需要的内存超过{megabytes(limits.memory)}"})
        case Crashed():
            _log.debug("%s: %s", file, outcome)
            note = Note("I-FILE-CRASHED")
        case frames:
            return FileDraft.from_frames(frames)
    return FileDraft(notes=[note])


def _sheet(file: str, draft: SheetDraft) -> Sheet:
    return Sheet(
        file=file,
        name=draft.name,
        cells=BlockCells(draft)
        if draft.blocks
        else {at: cell_from(cell) for at, cell in draft.cells.items()},
        merges=tuple(Merge(*area) for area in draft.merges or ()),
        merges_known=draft.merges is not None,
        hidden=draft.hidden,
        hidden_rows=frozenset(draft.hidden_rows),
        hidden_columns=frozenset(draft.hidden_columns),
        comments=draft.comments,
        pictures=draft.pictures,
    )
