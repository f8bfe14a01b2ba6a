"""The pictures of a workbook as files: photos before and after, kept as evidence.

Reading only counts them; whoever wants to show them asks for them here, and they come through the same wall.
"""

import marshal
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from campaign.intake.reading.cells import pictures_in
from campaign.intake.reading.draft import SheetDraft
from campaign.intake.reading.drawings import cell_images, read_drawing
from campaign.intake.reading.limits import Limits, Refused
from campaign.intake.reading.openpyxl_reader import read_ooxml
from campaign.intake.reading.package import Package
from campaign.intake.reading.preflight import open_package, survey
from campaign.intake.reading.sniff import ZIP_MAGIC
from campaign.intake.reading.wall import Outcome, behind_wall
from campaign.intake.reading.workbook_part import read_workbook_part, relations

_IMAGE_NAME = re.compile(r"DISPIMG\(\s*\"([^\"]+)\"", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the sheet and cell it belongs to; `suffix` is its kind (".png")."""

    sheet: str
    row: int
    column: int
    suffix: str
    data: bytes


def read_pictures(root: Path, file: str, limits: Limits | None = None) -> tuple[Picture, ...]:
    """The pictures of one workbook below `root`, by sheet and cell.

    Empty where there are none or the file is none that keeps them (only .xlsx does); why a file cannot be
    read is told by reading it.
    """
    bounds = limits or Limits()
    found: list[Outcome] = []
    behind_wall(
        lambda name: _frames(root / name, bounds),
        [file],
        jobs=1,
        memory=bounds.memory,
        seconds=lambda _: bounds.seconds_at_most,
        done=lambda _, outcome: found.append(outcome),
    )
    if not isinstance(found[0], tuple) or not found[0]:
        return ()
    head, *data = found[0]
    # From our own reading process, see `draft`.
    places = marshal.loads(head)  # noqa: S302
    return tuple(
        Picture(sheet, row, column, suffix, content)
        for (sheet, row, column, suffix), content in zip(places, data, strict=True)
    )


def _frames(path: Path, limits: Limits) -> list[bytes]:
    """The pictures as messages: where they belong, then each one's bytes."""
    data = path.read_bytes()
    if not data.startswith(ZIP_MAGIC):
        return []
    try:
        package = open_package(data, limits)
        survey(package, limits)
        found = sorted(_pictures(package, limits))
    except (Refused, KeyError):
        return []
    places = [(sheet, row, column, PurePosixPath(part).suffix) for sheet, row, column, part in found]
    return [marshal.dumps(places), *(package.read(part) for *_, part in found)]


def _pictures(package: Package, limits: Limits) -> Iterator[tuple[str, int, int, str]]:
    """Sheet, row, column and part of each picture that the package has."""
    for entry in read_workbook_part(package).sheets:
        for relation in relations(package, entry.part).values() if entry.part else ():
            if relation.kind == "drawing":
                for (row, column), part in read_drawing(package, relation.part).pictures:
                    if package.has(part):
                        yield entry.name, row, column, part
    images = cell_images(package)
    if images:
        for sheet in read_ooxml(package, limits).sheets:
            yield from _in_cells(sheet, images, package)


def _in_cells(
    sheet: SheetDraft, images: dict[str, str], package: Package
) -> Iterator[tuple[str, int, int, str]]:
    for (row, column), (*_, formula) in sheet.cells.items():
        if pictures_in(formula):
            for name in _IMAGE_NAME.findall(formula):
                if package.has(images.get(name, "")):
                    yield sheet.name, row, column, images[name]
