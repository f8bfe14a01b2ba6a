"""The cells of one sheet part: found by address, given another style, made where they are empty."""

import re
from collections.abc import Callable

from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from campaign.intake.returns.package import LINKS, Element, UnfitError, name

# What may follow <legacyDrawing> in a sheet, in the order of CT_Worksheet (ISO/IEC 29500-1, 18.3.1.99).
_AFTER_COMMENTS = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]*")


class Cells:
    """A worksheet part with its rows and merged ranges at hand."""

    def __init__(self, root: Element) -> None:
        self.root = root
        data = root.find(name("sheetData"))
        if root.tag != name("worksheet") or data is None:
            raise UnfitError("not a worksheet")
        self._data = data
        self._rows = {_number(row): row for row in data.iterfind(name("row"))}
        merges = root.iterfind(f"{name('mergeCells')}/{name('mergeCell')}")
        self._merges = [_corners(merge.get("ref", "")) for merge in merges]

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell that shows what stands at an address: the first of the merged range that covers it."""
        for (top, left), (bottom, right) in self._merges:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    def cell(self, row: int, column: int) -> Element:
        """The cell at an address; an empty one is made where there is none."""
        line = self._row(row)
        for place, found in enumerate(line):
            there = _column(found)
            if there == column:
                return found
            if there > column:
                return self._insert(line, place, row, column)
        return self._insert(line, len(line), row, column)

    def style(self, row: int, column: int) -> int:
        """The style of a cell, 0 where it says none."""
        return int(self.cell(row, column).get("s", "0"))

    def restyle(self, row: int, column: int, style: int) -> None:
        """Give a cell another style."""
        self.cell(row, column).set("s", str(style))

    def text(self, row: int, column: int, shared: Callable[[int], str]) -> str:
        """What stands in a cell as text; `shared` gives the workbook's common texts by their numbers."""
        line = self._rows.get(row)
        found = next((c for c in line if _column(c) == column), None) if line is not None else None
        if found is None:
            return ""
        if found.get("t") == "inlineStr":
            return "".join(t.text or "" for t in found.iter(name("t")))
        value = found.findtext(name("v"), "")
        return shared(int(value)) if found.get("t") == "s" and value else value

    def unselect(self) -> None:
        """Take the sheet out of the selection: with two sheets selected, typing would go into both."""
        for view in self.root.iterfind(f"{name('sheetViews')}/{name('sheetView')}"):
            view.attrib.pop("tabSelected", "")

    def set_comments(self, relation: str) -> None:
        """Name the part that draws the comments."""
        before = next(
            (c for c in self.root if c.tag == _ALTERNATE or etree.QName(c).localname in _AFTER_COMMENTS), None
        )
        own = etree.Element(name("legacyDrawing"), {name("id", LINKS): relation})
        if before is None:
            self.root.append(own)
        else:
            before.addprevious(own)

    def _row(self, number: int) -> Element:
        if number not in self._rows:
            own = etree.Element(name("row"), {"r": str(number)})
            later = min((n for n in self._rows if n > number), default=None)
            if later is None:
                self._data.append(own)
            else:
                self._rows[later].addprevious(own)
            self._rows[number] = own
        return self._rows[number]

    def _insert(self, line: Element, place: int, row: int, column: int) -> Element:
        style = (
            line.get("s", "0") if line.get("customFormat") in {"1", "true"} else self._column_style(column)
        )
        own = etree.Element(name("c"), {"r": f"{get_column_letter(column)}{row}", "s": style})
        line.insert(place, own)
        line.attrib.pop("spans", "")  # only a hint, and no longer true
        return own

    def _column_style(self, column: int) -> str:
        for own in self.root.iterfind(f"{name('cols')}/{name('col')}"):
            if int(own.get("min", "0")) <= column <= int(own.get("max", "0")):
                return own.get("style", "0")
        return "0"


def _number(row: Element) -> int:
    number = row.get("r", "")
    if not number.isdigit():
        raise UnfitError("a row without its number")
    return int(number)


def _column(cell: Element) -> int:
    return address(cell.get("r", ""))[1]


def address(text: str) -> tuple[int, int]:
    """Row and column of an address such as N18."""
    if not _ADDRESS.fullmatch(text):
        raise UnfitError("a cell without its address")
    letters, row = coordinate_from_string(text)
    return row, column_index_from_string(letters)


def _corners(area: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first, _, last = area.partition(":")
    return address(first), address(last or first)
