"""What lies over a sheet of an OOXML workbook: pictures by the cell they are anchored to, and text boxes."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from openpyxl.xml.functions import fromstring

from campaign.intake.reading.package import Package
from campaign.intake.reading.workbook_part import relations

_SHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_ANCHORS = tuple(f"{{{_SHEET_DRAWING}}}{name}" for name in ("twoCellAnchor", "oneCellAnchor"))
# WPS keeps the pictures of =DISPIMG("ID_…",1) here, by that name.
_CELL_IMAGES = "xl/cellimages.xml"

_QUARTER = 90 * 60_000

Address = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture's part, the cell of its upper left corner, and how far it is turned: 0, 90, 180 or 270
    degrees clockwise, whichever is nearest.
    """

    address: Address
    part: str
    turn: int = 0


@dataclass(slots=True)
class Drawing:
    """The pictures that lie over a sheet, and the text of each text box with its cell."""

    pictures: list[Placed] = field(default_factory=list)
    texts: list[tuple[Address, str]] = field(default_factory=list)


def read_drawing(package: Package, part: str) -> Drawing:
    """One drawing part; rows and columns count from 1."""
    drawing = Drawing()
    related = relations(package, part)
    for anchor in fromstring(package.read(part)).iter(*_ANCHORS):
        row = int(anchor.findtext(f"{{{_SHEET_DRAWING}}}from/{{{_SHEET_DRAWING}}}row") or 0) + 1
        column = int(anchor.findtext(f"{{{_SHEET_DRAWING}}}from/{{{_SHEET_DRAWING}}}col") or 0) + 1
        for picture in anchor.iter(f"{{{_SHEET_DRAWING}}}pic"):
            embedded = next((blip.get(_EMBED) for blip in picture.iter(f"{{{_DRAWING}}}blip")), None)
            relation = related.get(embedded or "")
            part = relation.part if relation else ""
            drawing.pictures.append(Placed((row, column), part, _turn(picture)))
        for shape in anchor.iter(f"{{{_SHEET_DRAWING}}}sp"):
            text = "".join(run.text or "" for run in shape.iter(f"{{{_DRAWING}}}t")).strip()
            if text:
                drawing.texts.append(((row, column), text))
    return drawing


def _turn(picture: Element) -> int:
    """How far a picture is turned (DrawingML counts in sixty-thousandths of a degree)."""
    frame = next(picture.iter(f"{{{_DRAWING}}}xfrm"), None)
    text = frame.get("rot", "0") if frame is not None else "0"
    angle = int(text) if text.lstrip("-").isdigit() else 0
    return round(angle / _QUARTER) % 4 * 90


def cell_images(package: Package) -> dict[str, str]:
    """The parts of the pictures that WPS puts into cells, by the name that their formulas give."""
    if not package.has(_CELL_IMAGES):
        return {}
    related = relations(package, _CELL_IMAGES)
    images = {}
    for picture in fromstring(package.read(_CELL_IMAGES)).iter(f"{{{_SHEET_DRAWING}}}pic"):
        name = next((p.get("name") for p in picture.iter(f"{{{_SHEET_DRAWING}}}cNvPr")), None)
        embedded = next((blip.get(_EMBED) for blip in picture.iter(f"{{{_DRAWING}}}blip")), None)
        relation = related.get(embedded or "")
        if name and relation:
            images[name] = relation.part
    return images
