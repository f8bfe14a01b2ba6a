"""How the offices' workbooks look, and how they are saved: the same content, the same parts."""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from campaign.canonical import rezip

_LINE = Side(style="thin", color="FF808080")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_POINTS_PER_LINE = 15

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a cell: a value, shown in a format, or a formula; without `formula` text stays text."""

    value: Value
    number_format: str = ""
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """The hand of one office: its typeface and the tint of its headings."""

    face: str = "宋体"
    tint: str = "FFE7E6E6"
    centred: frozenset[int] = field(default_factory=frozenset)  # columns set in the middle

    def body(self, column: int) -> Alignment:
        """How a cell of the table is set."""
        side = "center" if column in self.centred else "left"
        return Alignment(horizontal=side, vertical="center", wrap_text=True)


def banner(sheet: Worksheet, row: int, left: int, right: int, text: str, style: Style) -> None:
    """A title across the table."""
    cell = sheet.cell(row, left, text)
    cell.font = Font(name=style.face, size=16, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=row, start_column=left, end_row=row, end_column=right)
    sheet.row_dimensions[row].height = 32


def line(sheet: Worksheet, row: int, column: int, value: Value, style: Style, until: int = 0) -> None:
    """A line outside the table; `until` merges it to that column."""
    cell = sheet.cell(row, column, value)
    cell.font = Font(name=style.face, size=11)
    cell.alignment = Alignment(vertical="center", wrap_text=until > 0)
    if isinstance(value, date):
        cell.number_format = 'yyyy"年"m"月"d"日"'
    if until > column:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row, end_column=until)
    sheet.row_dimensions[row].height = 22


def heading(sheet: Worksheet, row: int, left: int, titles: Sequence[str], style: Style) -> None:
    """A row of headings."""
    for column, title in enumerate(titles, left):
        cell = sheet.cell(row, column, title or None)
        cell.font = Font(name=style.face, size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor=style.tint)
        cell.border = _GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 30


def row_of(sheet: Worksheet, row: int, left: int, values: Sequence[Value | Typed], style: Style) -> None:
    """One row of the table."""
    for column, value in enumerate(values, left):
        typed = value if isinstance(value, Typed) else Typed(value)
        cell = sheet.cell(row, column, typed.value)
        cell.font = Font(name=style.face, size=10.5)
        if isinstance(typed.value, str) and not typed.formula:
            cell.data_type = "s"  # also where the text begins with "="
        cell.border = _GRID
        cell.alignment = style.body(column)
        if typed.number_format:
            cell.number_format = typed.number_format


def widths(sheet: Worksheet, by_column: Mapping[int, float], first_row: int) -> None:
    """Set column widths (in characters), and heights from `first_row` on so that all text can be seen."""
    for column, width in by_column.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in sheet.iter_rows(min_row=first_row):
        lines = max(
            (_lines(str(cell.value), by_column.get(cell.column or 1, 12)) for cell in row if cell.value),
            default=1,
        )
        sheet.row_dimensions[row[0].row or 1].height = max(20, _POINTS_PER_LINE * lines + 4)


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil((_columns(part) + 1) / width)) for part in text.split("\n"))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def merge_runs(sheet: Worksheet, column: int, first: int, values: Sequence[str]) -> None:
    """Merge downwards where neighbours are equal, as people do with long tables."""
    start = 0
    for n in range(1, len(values) + 1):
        if n == len(values) or values[n] != values[start]:
            if n - start > 1 and values[start]:
                sheet.merge_cells(
                    start_row=first + start, end_row=first + n - 1, start_column=column, end_column=column
                )
            start = n


def printable(sheet: Worksheet, head: int) -> None:
    """Freeze below the heading and print on A4 across, one page wide, heading repeated."""
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def new_book(creator: str) -> Workbook:
    """An empty workbook without sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = creator
    return book


def save(book: Workbook, path: Path, day: date) -> None:
    """Save, with `day` as the day it was made, whatever the clock says."""
    stamp = datetime.combine(day, time(9))
    book.properties.created = stamp
    out = BytesIO()
    book.save(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(rezip(out.getvalue(), stamp))
