"""One sheet to fill in: title, who and when, heading, rows; protected but for what is to be filled in."""

from collections.abc import Iterator
from itertools import groupby

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from campaign.render.forms import styles
from campaign.render.forms.choices import check_column, check_day
from campaign.render.forms.schema import Column, Fill, Form
from campaign.workbooks import BODY_SIZE, height, put_number, put_text
from campaign.workbooks import Column as Measure

REPORTED_ON = "填报时间"  # as intake looks for it, see intake.meta
_SIGNATURES = f"填表人：{' ' * 20}审核人：{' ' * 20}联系电话："
_LAST_ROW = 2000  # down to here more can be filled in
# What an A4 page set up as below holds, and the width of a character of a column, in points.
_PAGE_WIDTH, _PAGE_HEIGHT, _PER_CHARACTER = 784, 495, 5.6
_TITLE_HEIGHT, _LINE_HEIGHT, _HEAD_HEIGHT = 36, 24, 36


def write_form(sheet: Worksheet, form: Form) -> int:
    """Write a form onto an empty sheet; its first row to fill in is returned."""
    head = _above(sheet, form)
    first = head + 1
    last = head + len(form.rows) + form.spare
    _heading(sheet, head, form)
    _body(sheet, first, form)
    end = _LAST_ROW if form.grows else last
    if form.grows:
        _growing(sheet, last + 1, end, form)
    for number, column in enumerate(form.columns, 1):
        check_column(sheet, number, column, form.period, (first, end))
    _protect(sheet, grows=form.grows)
    set_up(sheet, head, landscape=True)
    sheet.freeze_panes = f"{get_column_letter(form.frozen + 1)}{first}"
    return first


def _above(sheet: Worksheet, form: Form) -> int:
    """Title and lines above the table; the row of the heading is returned."""
    count = len(form.columns)
    last = get_column_letter(count)
    put_text(sheet, 1, 1, form.title, styles.TITLE)
    sheet.merge_cells(f"A1:{last}1")
    sheet.row_dimensions[1].height = _TITLE_HEIGHT
    if not form.dated:
        return 2
    put_text(sheet, 2, 1, form.line, styles.LINE)
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=count - 3)
    put_text(sheet, 2, count - 2, f"{REPORTED_ON}：", styles.LABEL)
    sheet.merge_cells(start_row=2, end_row=2, start_column=count - 2, end_column=count - 1)
    put_text(sheet, 2, count, "", styles.DAY_ENTRY)
    check_day(sheet, f"{last}2", REPORTED_ON, form.period)
    put_text(sheet, 3, 1, _SIGNATURES, styles.SIGN)
    sheet.merge_cells(f"A3:{last}3")
    for row in (2, 3):
        sheet.row_dimensions[row].height = _LINE_HEIGHT
    return 4


def _heading(sheet: Worksheet, row: int, form: Form) -> None:
    for number, column in enumerate(form.columns, 1):
        put_text(sheet, row, number, column.title, styles.NEEDED if column.required else styles.HEAD)
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        if form.grows and not column.given:
            styles.dress(dimension, styles.CELLS[column.fill])
    sheet.row_dimensions[row].height = _HEAD_HEIGHT


def _body(sheet: Worksheet, first: int, form: Form) -> None:
    blank = (None,) * len(form.columns)
    for row, values in enumerate((*form.rows, *(blank,) * form.spare), first):
        for number, (column, value) in enumerate(zip(form.columns, values, strict=True), 1):
            _write(sheet, row, number, column, row - first + 1 if column.fill is Fill.SERIAL else value)
        if values is not blank:
            sheet.row_dimensions[row].height = max(form.row_height, _needed(form, values))
    for top, bottom in _runs(form, form.joined):
        letter = get_column_letter(form.joined)
        sheet.merge_cells(f"{letter}{first + top}:{letter}{first + bottom}")
    _keep_together(sheet, first, form)
    # Where nothing is given a row grows with what is typed into it; a fixed height would hide it.
    sheet.sheet_format.defaultRowHeight = form.row_height
    sheet.sheet_format.customHeight = True


def _keep_together(sheet: Worksheet, first: int, form: Form) -> None:
    """Break pages before a merged group that would run over the foot, its name then out of sight."""
    scale = min(_PAGE_WIDTH / (sum(c.width for c in form.columns) * _PER_CHARACTER), 1)
    room = _PAGE_HEIGHT / scale
    used = sum(sheet.row_dimensions[row].height or 0 for row in range(1, first))
    for top, bottom in _runs(form, form.joined):
        needed = sum(sheet.row_dimensions[first + n].height or 0 for n in range(top, bottom + 1))
        if used + needed > room and top:
            sheet.row_breaks.append(Break(id=first + top - 1))
            used = _HEAD_HEIGHT
        used += needed


def _write(sheet: Worksheet, row: int, number: int, column: Column, value: str | int | None) -> None:
    style = styles.CELLS[column.fill]
    if isinstance(value, int):
        put_number(sheet, row, number, value, style, "0")
    else:
        put_text(sheet, row, number, value or "", style)


def _needed(form: Form, values: tuple[str | int | None, ...]) -> float:
    """How high a given row must be; a merged column needs no room in any one row."""
    larger = styles.SIZE / BODY_SIZE
    pairs = [
        (Measure(c.title, c.width / larger), v)
        for n, (c, v) in enumerate(zip(form.columns, values, strict=True), 1)
        if n != form.joined
    ]
    return height([c for c, _ in pairs], [v for _, v in pairs]) * larger


def _runs(form: Form, column: int) -> Iterator[tuple[int, int]]:
    """The stretches of equal cells in a column, as offsets of their first and last row."""
    if not column:
        return
    for _, group in groupby(enumerate(form.rows), key=lambda pair: pair[1][column - 1]):
        numbers = [number for number, _ in group]
        yield numbers[0], numbers[-1]


def _growing(sheet: Worksheet, first: int, last: int, form: Form) -> None:
    """Below the printed rows a frame appears around a row as soon as something is typed into it."""
    end = get_column_letter(len(form.columns))
    rule = Rule("expression", dxf=DifferentialStyle(border=styles.FRAME))
    rule.formula = [f"COUNTA($A{first}:${end}{first})>0"]
    sheet.conditional_formatting.add(f"A{first}:{end}{last}", rule)


def _protect(sheet: Worksheet, *, grows: bool) -> None:
    """Lock what is printed, without a password; in these switches False is what stays allowed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.objects = protection.scenarios = False  # photos can be put in
    if grows:
        protection.insertRows = protection.deleteRows = protection.sort = False


def set_up(sheet: Worksheet, head: int | None, *, landscape: bool) -> None:
    """Make a sheet print on A4, one page wide, its heading repeated, its pages numbered."""
    if head is not None:
        sheet.print_title_rows = f"{head}:{head}"
    setup = sheet.page_setup
    setup.paperSize = sheet.PAPERSIZE_A4
    setup.orientation = "landscape" if landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = HeaderFooterItem()
    footer.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter = footer
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.3, 0.3
    sheet.print_options.horizontalCentered = True
