"""Photos in the rows of a ledger: which problem each one shows, and whether before or after it was put right.

They are taken out of the workbooks that have any, once, behind the wall. A picture that cannot be printed is
still counted, and said.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from campaign.intake.faults import fault
from campaign.intake.grid import Sheet
from campaign.intake.ledgers import LedgerSheet
from campaign.intake.reading import Picture, read_pictures
from campaign.intake.shots import Shot
from campaign.records import CellRef, Fault, Photo

Ledgers = tuple[tuple[LedgerSheet, ...], ...]
_Shots = dict[tuple[int, int], list[Picture]]


@dataclass(frozen=True, slots=True)
class Illustrated:
    """Ledgers with their photos, the photos' bytes by digest (JPEG), and what files could not be read."""

    ledgers: Ledgers
    files: Mapping[str, bytes] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def with_photos(root: Path, ledgers: Ledgers, jobs: int) -> Illustrated:
    """The same ledgers with the photos that lie in their workbooks below `root`."""
    wanted = tuple(dict.fromkeys(s.sheet.file for sheets in ledgers for s in sheets if s.sheet.pictures))
    if not wanted:
        return Illustrated(ledgers)
    read = dict(zip(wanted, read_pictures(root, wanted, jobs), strict=True))
    faults = tuple(
        fault("I-FILE-PICTURES", CellRef(file), found="读取时间过长或占用内存过多")
        for file, pictures in read.items()
        if pictures is None
    )
    files: dict[str, bytes] = {}
    done = tuple(
        tuple(_illustrated(sheet, read.get(sheet.sheet.file), files) for sheet in sheets)
        for sheets in ledgers
    )
    return Illustrated(done, files, faults)


def _illustrated(
    ledger: LedgerSheet, pictures: Iterable[Picture] | None, files: dict[str, bytes]
) -> LedgerSheet:
    if pictures is None:
        return ledger
    by_cell: _Shots = {}
    for picture in pictures:
        if picture.sheet == ledger.sheet.name:
            by_cell.setdefault((picture.row, picture.column), []).append(picture)
    shots = {
        at: _shot(ledger.sheet, at, by_cell.get(at, []), count, files)
        for at, count in ledger.sheet.pictures.items()
    }
    return replace(ledger, shots=shots)


def _shot(
    sheet: Sheet, at: tuple[int, int], pictures: Iterable[Picture], count: int, files: dict[str, bytes]
) -> Shot:
    photos, troubles = [], []
    for picture in pictures:
        if picture.trouble:
            troubles.append(picture.trouble)
            continue
        digest = hashlib.sha256(picture.data).hexdigest()
        files[digest] = picture.data
        photos.append(Photo(sheet.ref(*at), digest, width=picture.width, height=picture.height))
    if len(photos) + len(troubles) < count:
        troubles.append("没有随表保存")
    return Shot(tuple(photos), tuple(dict.fromkeys(troubles)))
