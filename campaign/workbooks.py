"""How the project writes its own workbooks: text that stays text, links, tables with a head, fixed bytes.

What is written here was typed by strangers: a cell that begins with "=" must not become a formula, and
control characters, which XML does not allow, must not stop the writing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Literal
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from campaign.canonical import EPOCH, rezip

LONGEST = 32_767  # characters that a cell can hold; Excel calls a file with more damaged
MOST_LINKS = 65_000  # Excel drops all links of a sheet that has more than 65,530
_CUT = "……（内容过长，以下略）"
# Not allowed in XML 1.0 (2.2), or allowed and yet without any shape: controls, surrogates, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x0041_ as "A"
_RESERVED = re.compile(r'[%"<>\[\]`^{}#?\\ ]')  # Excel wants these encoded and everything else as it is
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")

_FACE, BODY_SIZE = "宋体", 10.5
_LINE, _HIGHEST = 14.5, 400  # points; Excel allows 409
_NARROW = 0x2E7F  # what comes after is as wide as a Chinese character
_THIN = Side(style="thin", color="FFB7B7B7")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: heading, width in characters, and how its cells are set (left, center, right)."""

    title: str
    width: float
    align: Literal["left", "center", "right"] = "left"


# Styles by name; a name costs far less per cell than fonts and borders of its own.
TITLE, LEAD, HEAD, LEFT, CENTER, RIGHT, LINK, FAINT = (
    "表题",
    "说明行",
    "表头行",
    "正文左",
    "正文中",
    "正文右",
    "链接格",
    "续行",
)
_BY_ALIGN = {"left": LEFT, "center": CENTER, "right": RIGHT}


def _body(
    name: str,
    horizontal: Literal["left", "center", "right"],
    color: str = "FF000000",
    underline: Literal["single"] | None = None,
) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=Font(name=_FACE, size=BODY_SIZE, color=color, underline=underline),
        alignment=Alignment(horizontal=horizontal, vertical="center", wrap_text=True),
        border=_GRID,
    )


def _styles() -> tuple[NamedStyle, ...]:
    return (
        NamedStyle(
            name=TITLE,
            font=Font(name=_FACE, size=16, bold=True),
            alignment=Alignment(vertical="center"),
        ),
        NamedStyle(
            name=LEAD,
            font=Font(name=_FACE, size=BODY_SIZE, color="FF444444"),
            alignment=Alignment(vertical="center", wrap_text=True),
        ),
        NamedStyle(
            name=HEAD,
            font=Font(name=_FACE, size=BODY_SIZE, bold=True),
            alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
            border=_GRID,
            fill=PatternFill("solid", fgColor="FFE7E6E6"),
        ),
        _body(LEFT, "left"),
        _body(CENTER, "center"),
        _body(RIGHT, "right"),
        _body(LINK, "left", "FF0563C1", "single"),
        _body(FAINT, "left", "FF808080"),
    )


def new_workbook(dated: date | None) -> Workbook:
    """An empty workbook without a sheet, with our styles; `dated` is the day its properties name as made."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = ""
    workbook.properties.created = moment(dated)
    add_styles(workbook)
    return workbook


def add_styles(workbook: Workbook) -> None:
    """Enter our styles into a workbook; those it has already stay as they are."""
    known = set(workbook.named_styles)
    for style in _styles():
        if style.name not in known:
            workbook.add_named_style(style)


def moment(day: date | None) -> datetime:
    """Midnight of a day; the earliest that a zip entry can carry where there is none."""
    return datetime(*EPOCH) if day is None else datetime.combine(day, time())  # noqa: DTZ001 - a day, no zone


def finish(workbook: Workbook, changed: datetime) -> bytes:
    """The workbook as bytes in canonical form, its properties naming `changed` as the last change."""
    out = BytesIO()
    workbook.save(out)
    return rezip(out.getvalue(), changed)


def clean(text: str) -> str:
    """The text as a cell may hold it: no control characters, one kind of line break, not too long."""
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _ESCAPE.sub("_x005F_", text)
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT


def own_cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell at an address; one that is covered by a merged range has no content of its own.

    Raises:
        ValueError: the cell is covered.
    """
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        raise ValueError(f"{cell.coordinate} is covered by a merged range")  # noqa: TRY004 - a wrong address
    return cell


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: str = LEFT) -> Cell:
    """Write a text that no program will take for a formula, not even after F2 and Enter."""
    cell = own_cell(sheet, row, column)
    cell.style = style
    content = clean(text)
    cell.value = content or None
    if content:
        cell.data_type = "s"
        cell.quotePrefix = content.startswith(_FORMULA_SIGNS)
    return cell


def put_number(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Decimal | int,
    style: str = CENTER,
    number_format: str = "General",
) -> Cell:
    """Write a number as a number, exactly."""
    cell = own_cell(sheet, row, column)
    cell.style = style
    cell.value = value
    cell.number_format = number_format
    return cell


def put_link(
    sheet: Worksheet, row: int, column: int, text: str, *, location: str = "", target: str = ""
) -> Cell:
    """Write a text that leads to `location` (see `place`) in this workbook or in the file `target`.

    `target` is a path relative to the folder this workbook lies in, with "/" between its parts. Without
    either it is bare text.
    """
    links = getattr(sheet, "_hyperlinks")  # noqa: B009 - openpyxl has no public count
    if len(links) >= MOST_LINKS or not (location or target):
        return put_text(sheet, row, column, text)
    cell = put_text(sheet, row, column, text, LINK)
    cell.hyperlink = Hyperlink(
        ref=cell.coordinate,
        target=_RESERVED.sub(lambda sign: quote(sign[0], safe=""), target) or None,
        location=location or None,
    )
    cell.style = LINK  # setting a link also sets openpyxl's own style
    return cell


def place(sheet: str, address: str = "A1") -> str:
    """A place in a workbook as links write it: 'sheet'!G12."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'!{address or 'A1'}"


def write_lead(sheet: Worksheet, title: str, lines: Sequence[str], columns: int) -> int:
    """Title and explanations above a table, each across all columns; the row below them is returned."""
    last = get_column_letter(columns)
    put_text(sheet, 1, 1, title, TITLE)
    sheet.row_dimensions[1].height = 30
    for row, line in enumerate(lines, 2):
        put_text(sheet, row, 1, line, LEAD)
        sheet.merge_cells(f"A{row}:{last}{row}")  # a merged row does not grow by itself, hence the height
        sheet.row_dimensions[row].height = 16 * (1 + line.count("\n") + len(line) // 60)
    return len(lines) + 2


def write_head(sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    """A table's heading row, with the widths of its columns."""
    for number, column in enumerate(columns, 1):
        put_text(sheet, row, number, column.title, HEAD)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    titles = [column.title for column in columns]
    sheet.row_dimensions[row].height = max(22, height(columns, titles))


def write_row(
    sheet: Worksheet, row: int, columns: Sequence[Column], values: Sequence[str | int | Decimal | None]
) -> None:
    """One row of a table, high enough for its longest cell; None leaves an empty cell with its border."""
    sheet.row_dimensions[row].height = height(columns, values)
    for number, (column, value) in enumerate(zip(columns, values, strict=True), 1):
        if isinstance(value, str) or value is None:
            put_text(sheet, row, number, value or "", _BY_ALIGN[column.align])
        else:
            put_number(sheet, row, number, value, _BY_ALIGN[column.align])


def height(columns: Sequence[Column], values: Sequence[str | int | Decimal | None]) -> float:
    """How high a row must be, in points, so that nothing in it is hidden."""
    lines = [_lines(value, column.width) for column, value in zip(columns, values, strict=True)]
    return min(_LINE * max(lines, default=1) + 4, _HIGHEST)


def _lines(value: object, width: float) -> int:
    """How many lines a text takes in a column; not every program measures rows that it did not write."""
    return sum(
        1 + int(sum(2 if ord(sign) > _NARROW else 1.1 for sign in line) / (width - 0.5))
        for line in str("" if value is None else value)[:LONGEST].split("\n")
    )


def set_up(sheet: Worksheet, head: int, columns: int, last: int, *, landscape: bool = True) -> None:
    """Freeze and filter below the heading row, and make the sheet print: A4, one page wide, head repeated."""
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(columns)}{max(last, head)}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = HeaderFooterItem()
    footer.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter = footer
    sheet.page_margins.left = sheet.page_margins.right = 0.5
