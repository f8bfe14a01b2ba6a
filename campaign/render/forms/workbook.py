"""A workbook of blank forms: the forms, how to fill them in, and the lists behind their choices."""

from datetime import date

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from campaign.intake.returns.marks import GUIDE_TITLE
from campaign.render.forms.choices import name_range, write_lists
from campaign.render.forms.schema import Fill, FormBook, Table
from campaign.render.forms.sheet import set_up, write_form
from campaign.render.forms.styles import add_form_styles
from campaign.workbooks import (
    HEAD,
    LEFT,
    Column,
    finish,
    moment,
    new_workbook,
    write_head,
    write_lead,
    write_row,
)

GUIDE_SHEET = "填写说明"
_GUIDE = (
    Column("栏目", 16, "center"),
    Column("必填", 8, "center"),
    Column("怎么填", 48),
    Column("示例", 24),
    Column("只能填写", 30),
)
_LISTED = 12  # a longer list is shown by the drop-down alone
_LONGEST_NAMED = 200  # rows of a form that another form's choices are taken from


def form_workbook(book: FormBook, dated: date) -> bytes:
    """The workbook's bytes; `dated` is the day that its properties name."""
    workbook = new_workbook(dated)
    add_form_styles(workbook)
    for form in book.forms:
        first = write_form(workbook.create_sheet(form.sheet), form)
        for name, column in form.named:
            name_range(workbook, name, form.sheet, column, first, first + _LONGEST_NAMED)
    _guide(workbook.create_sheet(GUIDE_SHEET), book)
    write_lists(workbook, book.lists)
    return finish(workbook, moment(dated))


def _guide(sheet: Worksheet, book: FormBook) -> None:
    row = write_lead(sheet, GUIDE_TITLE, book.lead, len(_GUIDE))
    for form in book.forms:
        titles = list(_GUIDE)
        if len(book.forms) > 1:
            titles[0] = Column(f"{form.sheet}·栏目", 16, "center")
        write_head(sheet, row, titles)
        for column in form.columns:
            if column.given or column.fill is Fill.SERIAL:
                continue
            row += 1
            values = (column.title, "必填" if column.required else "", column.hint, column.example)
            write_row(sheet, row, _GUIDE, (*values, _allowed(book, column.list_name)))
        row += 2
    for table in book.tables:
        sheet.row_breaks.append(Break(id=row - 1))
        row = _table(sheet, row, table) + 2
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    set_up(sheet, None, landscape=True)


def _allowed(book: FormBook, name: str) -> str:
    options = book.lists.get(name, ())
    if len(options) > _LISTED:
        return f"下拉列表中的{len(options)}项"
    return "、".join(options)


def _table(sheet: Worksheet, row: int, table: Table) -> int:
    """A further table, its second column across what is left of the page; its last row is returned."""
    wide = Column(table.titles[1], sum(column.width for column in _GUIDE[1:]))
    columns = (Column(table.titles[0], _GUIDE[0].width, "center"), wide)
    for number, values in enumerate((table.titles, *table.rows), row):
        write_row(sheet, number, columns, values)
        for column in range(1, len(_GUIDE) + 1):
            if number == row:
                sheet.cell(number, column).style = HEAD
            elif column > len(columns):
                sheet.cell(number, column).style = LEFT
        sheet.merge_cells(start_row=number, end_row=number, start_column=2, end_column=len(_GUIDE))
    return row + len(table.rows)
