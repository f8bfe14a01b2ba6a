"""PDF bytes → measured pages, by PDFium: where every character's ink, every rule and every picture is.

Only what a page shows is looked at, never how the file came to be, so that any PDF can be measured.
"""

import ctypes
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from campaign.errors import UsageError
from campaign.render.conformance.model import Box, Font, Glyph, Ink, Page, Paper, Rule

_MM = 25.4 / 72
_THICKEST = 1.6  # mm: a thicker shape is an area, no rule
_HAIR = 0.02  # mm: thinner is nothing
_SHORTEST = 3.0  # mm: a shorter one is a part of something else
_LARGEST = 0.9  # of a page: a larger picture is a background
_DEPTH = 4  # of pictures within pictures
_NAME = 256
_MOSTLY = 0.6  # of the characters of a page that is read turned
_QUARTER = 90
_FULL = 255
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_DARK, _STRONG, _FAINT, _LEVEL = 0x40, 0xA0, 0x70, 0x18


class UnreadablePdfError(UsageError):
    """The file is no PDF, or damaged, or locked."""

    def __init__(self) -> None:
        super().__init__("这个文件不是可以打开的 PDF（可能已损坏或设了密码）")


def measure(data: bytes) -> Paper:
    """Measure a finished document.

    Raises:
        UnreadablePdfError: it cannot be opened.
    """
    try:
        document = pypdfium2.PdfDocument(io.BytesIO(data))
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdfError from error
    fonts: dict[str, bool] = {}
    pages = []
    try:
        for number in range(len(document)):
            page = document[number]
            pages.append(_Measurer(page, fonts).page(number + 1))
            page.close()
    finally:
        document.close()
    return Paper(tuple(pages), tuple(Font(name, embedded) for name, embedded in sorted(fonts.items())))


@dataclass(frozen=True, slots=True)
class _Turn:
    """Turns points of the file (points, from the lower left) to the page as it is read (mm, upper left)."""

    left: float
    top: float
    width: float  # of the unturned page, mm
    height: float
    quarters: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        across, down = (x - self.left) * _MM, (self.top - y) * _MM
        match self.quarters % 4:
            case 1:
                return self.height - down, across
            case 2:
                return self.width - across, self.height - down
            case 3:
                return down, self.width - across
            case _:
                return across, down

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    @property
    def size(self) -> tuple[float, float]:
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)


class _Measurer:
    """Measures one page; `fonts` collects the names of fonts and whether they are embedded."""

    def __init__(self, page: pypdfium2.PdfPage, fonts: dict[str, bool]) -> None:
        self._page = page
        self._fonts = fonts
        self._seen: dict[int, tuple[Font, Ink]] = {}
        left, bottom, right, top = page.get_mediabox()
        self._turn = _Turn(
            left, top, (right - left) * _MM, (top - bottom) * _MM, page.get_rotation() // _QUARTER
        )

    def page(self, number: int) -> Page:
        text = self._page.get_textpage()
        glyphs = list(self._glyphs(text))
        sideways = [glyph for glyph in glyphs if glyph.angle == 3]  # noqa: PLR2004 - reading upwards
        if glyphs and len(sideways) > _MOSTLY * len(glyphs):
            # A table printed sideways on upright paper: it is read with the paper turned.
            turn = self._turn
            self._turn = _Turn(turn.left, turn.top, turn.width, turn.height, turn.quarters + 1)
            glyphs = list(self._glyphs(text))
        text.close()
        rules, pictures = self._shapes()
        return Page(number, number, *self._turn.size, tuple(glyphs), rules, pictures)

    # --- characters ---------------------------------------------------------------------------

    def _glyphs(self, text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
        raw, turn = text.raw, self._turn
        a, b, c, d = (ctypes.c_double() for _ in range(4))
        loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        for place in range(pdfium.FPDFText_CountChars(raw)):
            code = pdfium.FPDFText_GetUnicode(raw, place)
            if code in _LOW:
                continue  # the second half of the character before it
            if code in _HIGH:
                code = _whole(code, pdfium.FPDFText_GetUnicode(raw, place + 1))
            character = chr(code)
            if not character.strip() or pdfium.FPDFText_IsGenerated(raw, place) == 1:
                continue
            pdfium.FPDFText_GetCharBox(raw, place, a, b, c, d)
            ink = turn.box(a.value, c.value, b.value, d.value)
            pdfium.FPDFText_GetLooseCharBox(raw, place, loose)
            cell = turn.box(loose.left, loose.bottom, loose.right, loose.top)
            pdfium.FPDFText_GetCharOrigin(raw, place, a, b)
            origin = turn.point(a.value, b.value)
            pdfium.FPDFText_GetMatrix(raw, place, matrix)
            angle = (round(-math.degrees(math.atan2(matrix.b, matrix.a)) / _QUARTER) + turn.quarters) % 4
            size = pdfium.FPDFText_GetFontSize(raw, place) * math.hypot(matrix.c, matrix.d)
            font, colour = self._look(raw, place)
            baseline = origin[0] if angle % 2 else origin[1]
            yield Glyph(character, ink, cell, baseline, size, font, colour, angle)

    def _look(self, raw: object, place: int) -> tuple[Font, Ink]:
        """Face and colour of a character, asked once for each piece of text."""
        piece = pdfium.FPDFText_GetTextObject(raw, place)
        key = ctypes.cast(piece, ctypes.c_void_p).value or 0
        if key not in self._seen:
            font = pdfium.FPDFTextObj_GetFont(piece)
            buffer = ctypes.create_string_buffer(_NAME)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, _NAME)
            name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
            embedded = pdfium.FPDFFont_GetIsEmbedded(font) == 1
            self._fonts[name] = self._fonts.get(name, True) and embedded
            red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
            pdfium.FPDFText_GetFillColor(raw, place, red, green, blue, alpha)
            colour = _ink(red.value, green.value, blue.value, alpha.value) or Ink.GREY
            self._seen[key] = Font(name, embedded), colour
        return self._seen[key]

    # --- rules and pictures -------------------------------------------------------------------

    def _shapes(self) -> tuple[tuple[Rule, ...], tuple[Box, ...]]:
        """Rules, and the boxes of pictures. What is drawn for one picture is one box."""
        rules: list[Rule] = []
        pictures: list[Box] = []
        drawing = False
        kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
        for shape in self._page.get_objects(filter=kinds, max_depth=1):
            marks = _marks(shape)
            if shape.type == pdfium.FPDF_PAGEOBJ_PATH and "Figure" not in marks:
                drawing = False
                rules.extend(self._rules(shape))
                continue
            try:
                box = self._turn.box(*shape.get_bounds())
            except pypdfium2.PdfiumError:  # an empty one has no bounds
                continue
            if (
                "Artifact" in marks
                or box.width * box.height > _LARGEST * self._turn.width * self._turn.height
            ):
                continue
            if drawing and shape.type == pdfium.FPDF_PAGEOBJ_PATH:
                pictures[-1] = _around(pictures[-1], box)
            else:
                pictures.append(box)
            drawing = shape.type == pdfium.FPDF_PAGEOBJ_PATH
        return tuple(dict.fromkeys(rules)), tuple(pictures)

    def _rules(self, shape: pypdfium2.PdfObject) -> Iterator[Rule]:
        """The straight rules of a path: its thin and long parts, and the sides of a hollow frame."""
        colour, pen = _look_of(shape)
        if colour is None:
            return
        matrix = shape.get_matrix()
        half = pen * _MM * math.hypot(matrix.a, matrix.b) / 2
        boxes = []
        for points in _parts(shape):
            turned = [self._turn.point(*matrix.on_point(x, y)) for x, y in points]
            across, down = [x for x, _ in turned], [y for _, y in turned]
            boxes.append(Box(min(across), min(down), max(across), max(down)))
        if len(boxes) == 2 and not half:  # noqa: PLR2004 - an outline and the hole in it
            boxes = _sides(*sorted(boxes, key=lambda box: -box.width * box.height))
        for box in boxes:
            thin, long = sorted((box.width, box.height))
            if long < _SHORTEST or thin + 2 * half > _THICKEST or thin + half == 0:
                continue
            wide, high = (0.0, half) if box.width > box.height else (half, 0.0)
            yield Rule(Box(box.left - wide, box.top - high, box.right + wide, box.bottom + high), colour)


def _sides(outer: Box, inner: Box) -> list[Box]:
    """What is left of a box when another is cut out of it; both boxes where neither lies in the other."""
    within = (
        outer.left <= inner.left + _HAIR
        and inner.right <= outer.right + _HAIR
        and outer.top <= inner.top + _HAIR
        and inner.bottom <= outer.bottom + _HAIR
    )
    if not within:
        return [outer, inner]
    strips = (
        Box(outer.left, outer.top, outer.right, inner.top),
        Box(outer.left, inner.bottom, outer.right, outer.bottom),
        Box(outer.left, outer.top, inner.left, outer.bottom),
        Box(inner.right, outer.top, outer.right, outer.bottom),
    )
    return [strip for strip in strips if min(strip.width, strip.height) > _HAIR]


def _whole(high: int, low: int) -> int:
    """The code point that two halves make (UTF-16)."""
    return int((high - _HIGH.start << 10) + (low - _LOW.start) + 0x10000)


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def _marks(shape: pypdfium2.PdfObject) -> frozenset[str]:
    """How the file itself calls a piece: Artifact is no content (a stamp, a background), Figure a drawing."""
    names = set()
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * _NAME)()
    for place in range(pdfium.FPDFPageObj_CountMarks(shape.raw)):
        mark = pdfium.FPDFPageObj_GetMark(shape.raw, place)
        pdfium.FPDFPageObjMark_GetName(mark, buffer, 2 * _NAME, size)
        names.add(bytes(buffer)[: size.value].decode("utf-16-le", "ignore").rstrip("\0"))
    return frozenset(names)


def _parts(shape: pypdfium2.PdfObject) -> list[list[tuple[float, float]]]:
    """The points of a path, a list for each stretch drawn without lifting the pen."""
    parts: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(pdfium.FPDFPath_CountSegments(shape.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(shape.raw, place)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append((x.value, y.value))
    return parts


def _look_of(shape: pypdfium2.PdfObject) -> tuple[Ink | None, float]:
    """The colour of a path, None where it leaves no mark; and the width of the pen, 0 where it is filled."""
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape.raw, fill, stroked)
    parts = [ctypes.c_uint() for _ in range(4)]
    pen = ctypes.c_float()
    if stroked.value:
        pdfium.FPDFPageObj_GetStrokeColor(shape.raw, *parts)
        pdfium.FPDFPageObj_GetStrokeWidth(shape.raw, pen)
    elif fill.value:
        pdfium.FPDFPageObj_GetFillColor(shape.raw, *parts)
    else:
        return None, 0.0
    return _ink(*(part.value for part in parts)), pen.value


def _ink(red: int, green: int, blue: int, alpha: int) -> Ink | None:
    """A colour by name; None for what leaves no mark. The standard's red is Y80 M80."""
    if not alpha or min(red, green, blue) == _FULL:
        return None
    if max(red, green, blue) <= _DARK:
        return Ink.BLACK
    if red >= _STRONG and max(green, blue) <= _FAINT:
        return Ink.RED
    return Ink.GREY if max(red, green, blue) - min(red, green, blue) <= _LEVEL else Ink.OTHER
