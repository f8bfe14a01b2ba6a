"""What calamine leaves out of an OOXML sheet, taken from the sheet's own text.

calamine shows error values and formulas without a result as empty cells, and tells neither hidden rows nor
number formats. Regular expressions find them even in packages that no parser accepts.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import IO

from openpyxl.utils import coordinate_to_tuple

from campaign.intake.reading.limits import GRID_COLUMNS
from campaign.intake.reading.number_formats import cell_formats, shows_date
from campaign.intake.reading.package import Package

Address = tuple[int, int]

CHUNK = 1 << 18
# Above this size of the part only what changes values is looked for, by patterns that pass over the rest.
_LARGE = 8 << 20

_PREFIXED = re.compile(rb"<[\w.-]+:worksheet")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*?\br=\"([0-9]+)\"")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\s(?=[^>]*\bhidden=\"(?:1|true)\")([^>]*)>")
_NAME = re.compile(rb"[A-Z]{1,3}[1-9][0-9]{0,6}")
_ATTRIBUTE = re.compile(rb"([\w:]+)=\"([^\"]*)\"")
# A formula's end without a value after it.
_UNCOMPUTED = re.compile(rb"f>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>")
_ERROR = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*? t="e"[^>]*>(?:<f[^>]*/>|<f.*?</f>)?<v>([^<]+)</v>')
_STYLED = b'<c r="([A-Z]+[0-9]+)" s="(%s)"(?: t="n")?>'


@dataclass(slots=True)
class Leftovers:
    """What one sheet's text says beyond calamine's values."""

    errors: dict[Address, str] = field(default_factory=dict)
    dates: dict[Address, str] = field(default_factory=dict)  # as stored, in ISO 8601
    uncomputed: dict[Address, str] = field(default_factory=dict)
    formulas: dict[Address, str] = field(default_factory=dict)
    formats: dict[Address, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def telling_formats(package: Package, styles: str) -> dict[int, str]:
    """The number formats that say more than the number, by cell style: percentages and fixed decimals."""
    try:
        formats = cell_formats(package, styles)
    except Exception:  # noqa: BLE001 - a style sheet that cannot be read tells no formats
        return {}
    return {
        style: code
        for style, code in enumerate(formats)
        if ("%" in code or ".0" in code) and not shows_date(code)
    }


def leftovers(package: Package, part: str, formats: Mapping[int, str]) -> Leftovers:
    """What the sheet's text says of errors, formulas, formats and hidden rows and columns.

    Of a large part: which computed formulas there are is not told.
    """
    found = Leftovers()
    brief = package.getinfo(part).file_size > _LARGE
    styled = re.compile(_STYLED % b"|".join(b"%d" % style for style in formats))
    marks = [b't="e"', b't="d"', b"<f", *(b's="%d"' % style for style in formats)]
    with package.open(part) as source:
        for number, text in enumerate(_whole_cells(source)):
            if number == 0 and _PREFIXED.search(text):
                marks.append(b":f")
            if b"hidden=" in text:
                _read_hidden(text, found)
            if brief and not _UNCOMPUTED.search(text) and b't="d"' not in text:
                _read_briefly(text, styled, formats, found)
            elif any(mark in text for mark in marks):
                for attributes, content in _CELL.findall(text):
                    _read_cell(dict(_ATTRIBUTE.findall(attributes)), content, formats, found)
    return found


def _read_briefly(
    text: bytes, styled: re.Pattern[bytes], formats: Mapping[int, str], found: Leftovers
) -> None:
    """Errors and formats of cells written as nearly all programs write them."""
    if b"#" in text:
        for name, error in _ERROR.findall(text):
            if address := _address(name):
                found.errors[address] = unescape(error.decode("utf-8", "replace"))
    if formats:
        for name, style in styled.findall(text):
            if address := _address(name):
                found.formats[address] = formats[int(style)]


def _address(name: bytes) -> Address | None:
    """Row and column of a cell's name; None where it is no name."""
    return coordinate_to_tuple(name.decode("ascii")) if _NAME.fullmatch(name) else None


def _whole_cells(source: IO[bytes]) -> Iterator[bytes]:
    """The part in stretches that end where a cell ends."""
    rest = b""
    while chunk := source.read(CHUNK):
        text = rest + chunk
        end = text.rfind(b"c>") + 2
        yield text[:end]
        rest = text[end:]
    yield rest


def _read_hidden(text: bytes, found: Leftovers) -> None:
    found.hidden_rows.update(int(row) for row in _HIDDEN_ROW.findall(text))
    for attributes in _HIDDEN_COLUMN.findall(text):
        column = dict(_ATTRIBUTE.findall(attributes))
        first, last = column.get(b"min", b""), column.get(b"max", b"")
        if first.isdigit() and last.isdigit():
            found.hidden_columns.update(range(int(first), min(int(last), GRID_COLUMNS) + 1))


def _read_cell(
    attributes: Mapping[bytes, bytes], content: bytes, formats: Mapping[int, str], found: Leftovers
) -> None:
    address = _address(attributes.get(b"r", b""))
    if address is None:
        return
    kind = attributes.get(b"t")
    style = attributes.get(b"s", b"")
    formula = _FORMULA.search(content)
    telling = kind is None and style.isdigit() and int(style) in formats
    if kind not in {b"e", b"d"} and formula is None and not telling:
        return
    value = _VALUE.search(content)
    if value and kind in {b"e", b"d"}:
        texts = found.errors if kind == b"e" else found.dates
        texts[address] = unescape(value[1].decode("utf-8", "replace"))
    if formula:
        text = "=" + unescape((formula[1] or b"").decode("utf-8", "replace"))
        found.formulas[address] = text
        if value is None and kind not in {b"str", b"inlineStr"}:
            found.uncomputed[address] = text
    if telling:
        found.formats[address] = formats[int(style)]
