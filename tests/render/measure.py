"""Measuring finished pages: where characters, rules and ink are, in mm from the paper's upper left."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any

import pdfplumber
from pypdf import PdfReader

MM = 25.4 / 72
DPI = 200


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its text and its box in millimetres, baseline as `bottom` is not to be relied on."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule or filled rectangle."""

    left: float
    right: float
    top: float
    bottom: float


class Sheet:
    """One page of a PDF."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 - pdfplumber has no types
        self.page = page
        self.width, self.height = float(page.width) * MM, float(page.height) * MM
        self.glyphs = [
            Glyph(
                c["text"],
                c["x0"] * MM,
                c["x1"] * MM,
                c["top"] * MM,
                c["bottom"] * MM,
                c["size"],
                c["fontname"],
            )
            for c in page.chars
            if c["text"].strip()
        ]

    def rows(self) -> list[list[Glyph]]:
        """The glyphs by line, top to bottom; those of one line share their middle to half a millimetre."""
        ordered = sorted(self.glyphs, key=lambda g: (round((g.top + g.bottom) / 2 / 0.7), g.left))
        return [list(row) for _, row in groupby(ordered, key=lambda g: round((g.top + g.bottom) / 2 / 0.7))]

    def body(self) -> list[list[Glyph]]:
        """The lines inside the type area."""
        return [row for row in self.rows() if 36 < (row[0].top + row[0].bottom) / 2 < self.height - 35]

    def text(self) -> str:
        """The page's text in lines, without white space."""
        return "\n".join("".join(g.text for g in row) for row in self.rows())

    def rules(self) -> Iterator[Rule]:
        """Rules and rectangles."""
        for shape in (*self.page.rects, *self.page.lines):
            yield Rule(shape["x0"] * MM, shape["x1"] * MM, shape["top"] * MM, shape["bottom"] * MM)

    def ink(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """The box of the dark ink within a region: left, top, right, bottom."""
        scale = DPI / 25.4
        picture = self.page.to_image(resolution=DPI).original.convert("L")
        region = picture.crop(
            (round(left * scale), round(top * scale), round(right * scale), round(bottom * scale))
        )
        box = region.point(lambda shade: 255 if shade < 128 else 0).getbbox()
        assert box is not None, "no ink there"
        return (left + box[0] / scale, top + box[1] / scale, left + box[2] / scale, top + box[3] / scale)


def sheets(data: bytes) -> list[Sheet]:
    """The pages of a PDF."""
    return [Sheet(page) for page in pdfplumber.open(BytesIO(data)).pages]


def embedded_fonts(data: bytes) -> dict[str, bool]:
    """The fonts of a PDF by name, and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in PdfReader(BytesIO(data)).pages:
        for font in page["/Resources"].get_object().get("/Font", {}).values():  # type: ignore[union-attr]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            found[str(inner["/BaseFont"])] = any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))
    return found
