"""What lies over a sheet of an OOXML workbook: pictures by the cell they are anchored to, and text boxes."""

from dataclasses import dataclass, field

from openpyxl.xml.functions import fromstring

from campaign.intake.reading.package import Package

_SHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ANCHORS = tuple(f"{{{_SHEET_DRAWING}}}{name}" for name in ("twoCellAnchor", "oneCellAnchor"))


@dataclass(slots=True)
class Drawing:
    """Pictures counted by cell; the text of each text box with its cell."""

    pictures: dict[tuple[int, int], int] = field(default_factory=dict)
    texts: list[tuple[tuple[int, int], str]] = field(default_factory=list)


def read_drawing(package: Package, part: str) -> Drawing:
    """One drawing part; rows and columns count from 1."""
    drawing = Drawing()
    for anchor in fromstring(package.read(part)).iter(*_ANCHORS):
        row = int(anchor.findtext(f"{{{_SHEET_DRAWING}}}from/{{{_SHEET_DRAWING}}}row") or 0) + 1
        column = int(anchor.findtext(f"{{{_SHEET_DRAWING}}}from/{{{_SHEET_DRAWING}}}col") or 0) + 1
        pictures = sum(1 for _ in anchor.iter(f"{{{_SHEET_DRAWING}}}pic"))
        if pictures:
            drawing.pictures[row, column] = drawing.pictures.get((row, column), 0) + pictures
        for shape in anchor.iter(f"{{{_SHEET_DRAWING}}}sp"):
            text = "".join(run.text or "" for run in shape.iter(f"{{{_DRAWING}}}t")).strip()
            if text:
                drawing.texts.append(((row, column), text))
    return drawing
