""".xlsx and .xlsm through openpyxl's parsers, without its workbook and cell objects.

openpyxl's full mode knows merges, formats, comments and hidden rows, but turns styles, charts, links and
validations into objects as well: that doubles the time, refuses whole ledgers for the family number of a
font, and hangs on a merge or a link over a whole sheet. Its parsers alone do neither. Values and formulas
come out of one pass, so that a formula without a result can be told from an empty cell. openpyxl is pinned,
since its parsers are not its public face.
"""

import re
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import IO
from xml.etree.ElementTree import Element

from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601
from openpyxl.worksheet._reader import (
    CELL_TAG,
    COL_TAG,
    FORMULA_TAG,
    INLINE_STRING,
    MERGE_TAG,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring, iterparse

from campaign.intake.reading.cells import (
    TEXT,
    pack,
    pack_boolean,
    pack_error,
    pack_moment,
    pack_number,
    pack_text,
    pack_uncomputed,
    pictures_in,
    place,
)
from campaign.intake.reading.draft import FileDraft, Note, Packed, SheetDraft
from campaign.intake.reading.drawings import read_drawing
from campaign.intake.reading.limits import GRID_COLUMNS, GRID_ROWS, Limits, Refused
from campaign.intake.reading.number_formats import GENERAL, cell_formats, shows_date
from campaign.intake.reading.package import Package
from campaign.intake.reading.workbook_part import read_workbook_part, relations

_TEXT_TAG = f"{{{SHEET_MAIN_NS}}}t"
_RUN_TAG = f"{{{SHEET_MAIN_NS}}}r"
_STRING_TAG = f"{{{SHEET_MAIN_NS}}}si"
_APPLICATION = re.compile(rb"<Application>([^<]*)</Application>(?:.*?<AppVersion>([^<]*)<)?", re.DOTALL)


def read_ooxml(package: Package, limits: Limits) -> FileDraft:
    """The workbook in `package`.

    Raises:
        Exception: whatever openpyxl raises on packages that it does not understand.
        Refused: more cells than the limits allow.
    """
    return _Reader(package, limits).read()


def producer(package: Package) -> str:
    """The program that wrote the package, as it calls itself; empty where it does not say."""
    if not package.has("docProps/app.xml"):
        return ""
    found = _APPLICATION.search(package.read("docProps/app.xml")[:4096])
    return b" ".join(part for part in found.groups() if part).decode("utf-8", "replace") if found else ""


class _Reader:
    """Reads one package, sheet after sheet."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self.limits = limits
        self.workbook = read_workbook_part(package)
        self.strings = self._strings()
        self.formats = cell_formats(package, self.workbook.styles)
        self.draft = FileDraft(reader="openpyxl", producer=producer(package))

    def read(self) -> FileDraft:
        """All worksheets."""
        for entry in self.workbook.sheets:
            sheet = SheetDraft(entry.name, hidden=entry.hidden)
            self.draft.sheets.append(sheet)
            if not entry.part:
                self.draft.notes.append(Note("I-SHEET-DAMAGED", sheet.name))
                continue
            self._read_cells(sheet, entry.part)
            try:
                self._read_overlay(sheet, entry.part)
            except Exception:  # noqa: BLE001 - comments and pictures are no reason to give up the cells
                self.draft.notes.append(Note("I-SHEET-EXTRAS", sheet.name))
                self.draft.trouble += traceback.format_exc()
        return self.draft

    def _strings(self) -> list[str]:
        """The shared strings, phonetic guides left out, escapes left in."""
        strings: list[str] = []
        if self.package.has(self.workbook.strings):
            with self.package.open(self.workbook.strings) as source:
                for _, node in iterparse(source):
                    if node.tag == _STRING_TAG:
                        strings.append(_joined_text(node))
                        node.clear()
        return strings

    def _read_cells(self, sheet: SheetDraft, part: str) -> None:
        epoch = MAC_EPOCH if self.workbook.counts_from_1904 else WINDOWS_EPOCH
        has_pictures = self.package.has("xl/richData/richValueRel.xml")
        with self.package.open(part) as source:
            parser = _SheetParser(
                source, self.strings, self.formats, epoch, sheet, has_cell_pictures=has_pictures
            )
            for _ in parser.read():
                self.draft.check_size(self.limits)

    def _read_overlay(self, sheet: SheetDraft, part: str) -> None:
        for relation in relations(self.package, part).values():
            if relation.kind == "comments":
                sheet.comments |= _comments(self.package, relation.part)
            elif relation.kind == "drawing":
                drawing = read_drawing(self.package, relation.part)
                for placed in drawing.pictures:
                    sheet.pictures[placed.address] = sheet.pictures.get(placed.address, 0) + 1
                for (row, column), text in drawing.texts:
                    self.draft.notes.append(Note("I-SHEET-TEXTBOX", sheet.name, row, column, text))


class _SheetParser(WorkSheetParser):
    """openpyxl's sheet parser, telling value and formula of each cell in one pass."""

    def __init__(
        self,
        source: IO[bytes],
        strings: list[str],
        formats: list[str],
        epoch: datetime,
        sheet: SheetDraft,
        *,
        has_cell_pictures: bool = False,
    ) -> None:
        super().__init__(source, strings, epoch=epoch)
        self.formats = formats
        self.dates = {index for index, code in enumerate(formats) if shows_date(code)}
        self.sheet = sheet
        self.has_cell_pictures = has_cell_pictures
        self.packed: dict[int, Packed | None] = {}  # shared strings by index

    def read(self) -> Iterator[None]:
        """Read all of the sheet, with a pause after every row to look at its size."""
        for _, element in iterparse(self.source):
            tag = element.tag
            if tag == ROW_TAG:
                self._read_row(element)
                element.clear()
                yield
            elif tag == COL_TAG:
                self._read_column(element.attrib)
            elif tag == MERGE_TAG:
                self._read_merges(element)

    def _read_row(self, row: Element) -> None:
        self.row_counter = _row_number(row.get("r"), self.row_counter + 1)
        self.col_counter = 0
        if _is_hidden(row.attrib, "ht"):
            self.sheet.hidden_rows.add(self.row_counter)
        for element in row:
            if element.tag == CELL_TAG:
                self._read_cell(element)

    def _read_cell(self, element: Element) -> None:
        row, column = self._position(element.get("r"))
        style = int(element.get("s") or 0)
        number_format = self.formats[style] if style < len(self.formats) else GENERAL
        formula, stored, inline = self._content(element)
        kind = element.get("t", "n")
        if pictures_in(formula):
            cell: Packed | None = ("", stored or formula, TEXT, number_format, formula)
        elif self.has_cell_pictures and stored == "#VALUE!" and element.get("vm"):
            # Excel's own pictures in cells: programs that do not know them are shown this error instead.
            cell = ("", stored, TEXT, number_format, formula)
            self.sheet.pictures[row, column] = 1
        elif inline is not None and kind == "inlineStr":
            cell = pack_text(inline, number_format, formula)
        elif stored:
            cell = self._stored(kind, stored, number_format, formula, is_date=style in self.dates)
        elif formula and kind != "str":
            cell = pack_uncomputed(formula, number_format)
        else:  # nothing, or a formula whose result is an empty text
            cell = None
        place(self.sheet, row, column, cell)

    def _content(self, element: Element) -> tuple[str, str | None, str | None]:
        """A cell's formula ("" for none), its stored value and its inline text."""
        formula, stored, inline = "", None, None
        for child in element:
            if child.tag == VALUE_TAG:
                stored = child.text or ""
            elif child.tag == FORMULA_TAG:
                formula = self._formula(element, child)
            elif child.tag == INLINE_STRING:
                inline = _joined_text(child)
        return formula, stored, inline

    def _position(self, coordinate: str | None) -> tuple[int, int]:
        """Row and column of a cell; those that do not say stand to the right of the one before."""
        if coordinate:
            row, self.col_counter = coordinate_to_tuple(coordinate)
        else:
            row, self.col_counter = self.row_counter, self.col_counter + 1
        if not (1 <= row <= GRID_ROWS and 1 <= self.col_counter <= GRID_COLUMNS):
            raise Refused("I-FILE-UNSAFE", found="有单元格在表格范围之外")
        return row, self.col_counter

    def _stored(
        self, kind: str, text: str, number_format: str, formula: str, *, is_date: bool
    ) -> Packed | None:
        """The cell whose stored value is `text`, read as its type says (ECMA-376 part 1, 18.18.11)."""
        match kind:
            case "n":
                return self._number(text, number_format, formula, is_date=is_date)
            case "s":
                return self._shared(int(text), number_format, formula)
            case "b":
                return pack_boolean(text in {"1", "true"}, number_format, formula)
            case "e":
                return pack_error(text, number_format, formula)
            case "d":
                with suppress(ValueError, OverflowError):
                    return pack(from_ISO8601(text), number_format, formula)  # type: ignore[no-untyped-call]
        return pack_text(text, number_format, formula)

    def _number(self, text: str, number_format: str, formula: str, *, is_date: bool) -> Packed | None:
        try:
            number = float(text) if "." in text or "e" in text.lower() else int(text)
        except ValueError:
            return pack_text(text, number_format, formula)
        if is_date and number >= 0:
            # 20230421 typed into a date column is no date's serial: Excel shows ####, we keep the number.
            with suppress(ValueError, OverflowError):
                return pack_moment(from_excel(number, self.epoch), number_format, formula)
        return pack_number(number, number_format, formula)

    def _shared(self, index: int, number_format: str, formula: str) -> Packed | None:
        """The cell with a shared string; the same string is cleaned once, however many cells show it."""
        if index not in self.packed:
            if index < 0:
                raise IndexError(index)
            self.packed[index] = pack_text(self.shared_strings[index])
        cell = self.packed[index]
        if cell is None or (number_format == GENERAL and not formula):
            return cell
        return (*cell[:3], number_format, formula or cell[4])

    def _formula(self, cell: Element, element: Element) -> str:
        """The formula's text; shared ones are translated to their cell, as far as they can be."""
        try:
            formula = self.parse_formula(cell)  # type: ignore[no-untyped-call]
        except Exception:  # noqa: BLE001 - a formula is shown, never computed; its value does not depend on it
            formula = None
        if isinstance(formula, ArrayFormula):
            formula = formula.text
        if isinstance(formula, DataTableFormula) or not isinstance(formula, str):
            formula = f"={element.text or ''}"
        return formula

    def _read_column(self, attributes: Mapping[str, str]) -> None:
        if _is_hidden(attributes, "width"):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.sheet.hidden_columns.update(range(first, min(last, GRID_COLUMNS) + 1))

    def _read_merges(self, element: Element) -> None:
        merges = self.sheet.merges = []
        for child in element:
            left, top, right, bottom = range_boundaries(child.get("ref") or "")
            area = (top or 1, left or 1, bottom or GRID_ROWS, right or GRID_COLUMNS)
            if area[:2] != area[2:]:
                merges.append(area)


def _row_number(text: str | None, following: int) -> int:
    """The row's number; some programs write it as "3.0", some leave it out."""
    return int(float(text)) if text else following


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or column is hidden, by its flag or by having no height or width."""
    if attributes.get("hidden") in {"1", "true"}:
        return True
    extent = attributes.get(size)
    return extent is not None and extent.strip("0.") == ""


def _joined_text(node: Element) -> str:
    """The text of a string: its own and its runs', without phonetic guides."""
    parts = []
    for child in node:
        if child.tag == _TEXT_TAG:
            parts.append(child.text or "")
        elif child.tag == _RUN_TAG:
            parts.append(child.findtext(_TEXT_TAG) or "")
    return "".join(parts)


def _comments(package: Package, part: str) -> dict[tuple[int, int], str]:
    """The comments of a sheet by cell."""
    found = {}
    for comment in fromstring(package.read(part)).iter(f"{{{SHEET_MAIN_NS}}}comment"):
        text = comment.find(f"{{{SHEET_MAIN_NS}}}text")
        if text is not None:
            found[coordinate_to_tuple(comment.get("ref") or "")] = _joined_text(text)
    return found
