"""The formats of a workbook (xl/styles.xml): a cell's own format with another fill, and those of our sheet.

Formats are never changed in place, because other cells share them; each new one is appended.
"""

from copy import deepcopy
from enum import Enum

from lxml import etree

from campaign.intake.opinions import COLOURS
from campaign.intake.returns.package import Element, UnfitError, name
from campaign.records import Severity

_GREY = "FFE7E6E6"


class Look(Enum):
    """How a cell of our sheet looks: size, bold, colour of the text, fill, centred, with borders."""

    TITLE = (16, True, "FF000000", "", False, False)
    LEAD = (10.5, False, "FF444444", "", False, False)
    HEAD = (10.5, True, "FF000000", _GREY, True, True)
    BODY = (10.5, False, "FF000000", "", False, True)
    LINK = (10.5, False, "FF0563C1", "", True, True)
    FATAL = (10.5, False, "FF000000", COLOURS[Severity.FATAL], True, True)
    ERROR = (10.5, False, "FF000000", COLOURS[Severity.ERROR], True, True)
    WARNING = (10.5, False, "FF000000", COLOURS[Severity.WARNING], True, True)


class Styles:
    """The style part of a workbook, with what has been appended so far."""

    def __init__(self, root: Element) -> None:
        self._bases = root.find(name("cellStyleXfs"))
        self._formats = self._list(root, "cellXfs")
        self._fills = self._list(root, "fills")
        self._fonts = self._list(root, "fonts")
        self._borders = self._list(root, "borders")
        self._known: dict[bytes, int] = {}
        self._looks: dict[Look, int] = {}

    def _list(self, root: Element, tag: str) -> Element:
        found = root.find(name(tag))
        if found is None or len(found) == 0:
            raise UnfitError(f"no {tag} in the styles")
        return found

    def painted(self, style: int, colour: str) -> int:
        """The style with a fill of that colour, or without any fill where the colour is empty."""
        own = deepcopy(self._formats[style])
        own.set("fillId", str(self._fill(colour)))
        own.set("applyFill", "1")
        return self._append(self._formats, own)

    def colour(self, style: int) -> str:
        """The colour that a style fills its cell with; empty where it is not one plain colour."""
        fill = self._fills[int(self._formats[style].get("fillId", "0"))]
        shade = fill.find(f"{name('patternFill')}/{name('fgColor')}")
        return "" if shade is None else shade.get("rgb", "")

    def look(self, look: Look) -> int:
        """The style of a cell of our own sheet."""
        if look not in self._looks:
            self._looks[look] = self._look(look)
        return self._looks[look]

    def _look(self, look: Look) -> int:
        size, bold, colour, fill, centred, bordered = look.value
        own = etree.Element(
            name("xf"),
            {
                "numFmtId": "0",
                "fontId": str(self._font(size, colour, bold=bold, underlined=look is Look.LINK)),
                "fillId": str(self._fill(fill)),
                "borderId": str(self._border() if bordered else 0),
                **({} if self._bases is None else {"xfId": "0"}),
                **dict.fromkeys(("applyFont", "applyFill", "applyBorder", "applyAlignment"), "1"),
            },
        )
        across = "center" if centred else "left"
        wrap = {} if look is Look.TITLE else {"wrapText": "1"}
        etree.SubElement(own, name("alignment"), {"horizontal": across, "vertical": "center", **wrap})
        return self._append(self._formats, own)

    def _fill(self, colour: str) -> int:
        if not colour:
            return 0  # by the standard the first fill is none
        own = etree.Element(name("fill"))
        pattern = etree.SubElement(own, name("patternFill"), {"patternType": "solid"})
        etree.SubElement(pattern, name("fgColor"), {"rgb": colour})
        etree.SubElement(pattern, name("bgColor"), {"indexed": "64"})
        return self._append(self._fills, own)

    def _font(self, size: float, colour: str, *, bold: bool, underlined: bool) -> int:
        own = etree.Element(name("font"))
        if bold:
            etree.SubElement(own, name("b"))
        if underlined:
            etree.SubElement(own, name("u"))
        etree.SubElement(own, name("sz"), {"val": f"{size:g}"})
        etree.SubElement(own, name("color"), {"rgb": colour})
        etree.SubElement(own, name("name"), {"val": "宋体"})
        etree.SubElement(own, name("charset"), {"val": "134"})
        return self._append(self._fonts, own)

    def _border(self) -> int:
        own = etree.Element(name("border"))
        for side in ("left", "right", "top", "bottom"):
            line = etree.SubElement(own, name(side), {"style": "thin"})
            etree.SubElement(line, name("color"), {"rgb": "FFB7B7B7"})
        etree.SubElement(own, name("diagonal"))
        return self._append(self._borders, own)

    def _append(self, parent: Element, own: Element) -> int:
        """Append to a list and keep its count; what was appended before is used again."""
        key = etree.tostring(own)
        if key not in self._known:
            parent.append(own)
            parent.set("count", str(len(parent)))
            self._known[key] = len(parent) - 1
        return self._known[key]
