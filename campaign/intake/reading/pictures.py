"""The pictures of a workbook, ready for print: photos before and after, kept as evidence.

Reading only counts them; whoever wants to show them asks for them here, and they come through the same wall.
"""

import marshal
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from campaign.intake.reading.cells import pictures_in
from campaign.intake.reading.draft import SheetDraft
from campaign.intake.reading.drawings import Placed, cell_images, read_drawing
from campaign.intake.reading.limits import Limits, Refused
from campaign.intake.reading.openpyxl_reader import read_ooxml
from campaign.intake.reading.package import Package
from campaign.intake.reading.preflight import DAMAGE, open_package, survey
from campaign.intake.reading.sniff import ZIP_MAGIC
from campaign.intake.reading.wall import Outcome, behind_wall
from campaign.intake.reading.workbook_part import read_workbook_part, relations

_IMAGE_NAME = re.compile(r"DISPIMG\(\s*\"([^\"]+)\"", re.IGNORECASE)
_VECTORS = frozenset({".emf", ".wmf", ".svg", ".emz", ".wmz", ".eps", ".pdf"})
_SECONDS = 240.0  # a workbook may hold several hundred photos, each a tenth of a second


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the sheet and cell it belongs to: a JPEG and its size in pixels.

    `trouble` says why there is none, for the clerk; the size is then 0.
    """

    sheet: str
    row: int
    column: int
    width: int
    height: int
    trouble: str
    data: bytes


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    sheet: str
    row: int
    column: int
    part: str
    turn: int


def read_pictures(
    root: Path, files: Sequence[str], jobs: int = 1, limits: Limits | None = None
) -> tuple[tuple[Picture, ...] | None, ...]:
    """The pictures of each of some workbooks below `root`, by sheet and cell.

    None of a file whose pictures took too long or too much memory. Empty where there are none or the file is
    none that keeps them (only .xlsx does); why a file cannot be read is told by reading it.
    """
    from campaign.intake.reading import prints  # noqa: F401, PLC0415 - loaded before the children are made

    bounds = limits or Limits()
    found: dict[int, tuple[Picture, ...] | None] = {}

    def done(number: int, outcome: Outcome) -> None:
        found[number] = _pictures_of(outcome) if isinstance(outcome, tuple) else None

    behind_wall(
        lambda name: _frames(root / name, bounds),
        files,
        jobs=min(jobs, len(files)),
        memory=bounds.memory,
        seconds=lambda _: _SECONDS,
        done=done,
    )
    return tuple(found[number] for number in range(len(files)))


def _pictures_of(frames: tuple[bytes, ...]) -> tuple[Picture, ...]:
    if not frames:
        return ()
    head, *data = frames
    # From our own reading process, see `draft`.
    places: list[tuple[str, int, int, int]]
    prints: list[tuple[int, int, str]]
    places, prints = marshal.loads(head)  # noqa: S302
    return tuple(
        Picture(sheet, row, column, *prints[which], data[which]) for sheet, row, column, which in places
    )


# --- Behind the wall ------------------------------------------------------------------------------


def _frames(path: Path, limits: Limits) -> list[bytes]:
    """The pictures as messages: which stands where, then each one's bytes, once."""
    data = path.read_bytes()
    if not data.startswith(ZIP_MAGIC):
        return []
    try:
        package = open_package(data, limits)
        survey(package, limits)
        found = sorted(_pictures(package, limits))
    except (Refused, KeyError):
        return []
    numbers = {key: n for n, key in enumerate(dict.fromkeys((one.part, one.turn) for one in found))}
    made = [_printed(package, *key) for key in numbers]
    places = [(one.sheet, one.row, one.column, numbers[one.part, one.turn]) for one in found]
    return [marshal.dumps((places, [one[:3] for one in made])), *(one[3] for one in made)]


def _printed(package: Package, part: str, turn: int) -> tuple[int, int, str, bytes]:
    """Width, height, trouble and bytes."""
    from campaign.intake.reading.prints import Unprintable, prepare  # noqa: PLC0415 - see read_pictures

    suffix = PurePosixPath(part).suffix.lower()
    if suffix in _VECTORS:
        return 0, 0, f"是矢量图（{suffix.removeprefix('.').upper()}）", b""
    try:
        done = prepare(package.read(part), turn)
    except Unprintable as verdict:
        return 0, 0, str(verdict), b""
    except DAMAGE:
        return 0, 0, "已经损坏，打不开", b""
    return done.width, done.height, "", done.data


def _pictures(package: Package, limits: Limits) -> Iterator[_Found]:
    """Every picture that the package has, with its cell."""
    for entry in read_workbook_part(package).sheets:
        for relation in relations(package, entry.part).values() if entry.part else ():
            if relation.kind == "drawing":
                for placed in read_drawing(package, relation.part).pictures:
                    if package.has(placed.part):
                        yield _found(entry.name, placed)
    images = cell_images(package)
    if images:
        for sheet in read_ooxml(package, limits).sheets:
            yield from _in_cells(sheet, images, package)


def _found(sheet: str, placed: Placed) -> _Found:
    return _Found(sheet, *placed.address, placed.part, placed.turn)


def _in_cells(sheet: SheetDraft, images: dict[str, str], package: Package) -> Iterator[_Found]:
    for (row, column), (*_, formula) in sheet.cells.items():
        if pictures_in(formula):
            for name in _IMAGE_NAME.findall(formula):
                if package.has(images.get(name, "")):
                    yield _Found(sheet.name, row, column, images[name], 0)
