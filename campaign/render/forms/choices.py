"""What Excel checks while a form is filled in: lists to choose from, days near the campaign, numbers."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from campaign.intake.returns.marks import LISTS_TITLE
from campaign.render.forms.schema import Column, Fill, Period
from campaign.workbooks import place, put_text

LISTS_SHEET = "下拉选项"
NO_DEADLINE = "无期限"
_FIRST_ROW = 3  # below the sentence that tells our sheet from the office's, and the name of each list
_DAY_ZERO = date(1899, 12, 30)  # of Excel's calendar
_MOST = 99_999
_PROMPT = 255  # characters that Excel shows beside a cell
_DAY_FORM = "年-月-日"


def write_lists(workbook: Workbook, lists: Mapping[str, tuple[str, ...]]) -> None:
    """The hidden sheet that holds every list, each under a name that the choices refer to."""
    sheet = workbook.create_sheet(LISTS_SHEET)
    put_text(sheet, 1, 1, LISTS_TITLE)
    for column, (name, options) in enumerate(lists.items(), 1):
        put_text(sheet, _FIRST_ROW - 1, column, name)
        for row, option in enumerate(options, _FIRST_ROW):
            put_text(sheet, row, column, option)
        name_range(workbook, name, LISTS_SHEET, column, _FIRST_ROW, _FIRST_ROW + len(options) - 1)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def name_range(workbook: Workbook, name: str, sheet: str, column: int, first: int, last: int) -> None:
    """Give a stretch of a column a name that lists of choices can refer to."""
    letter = get_column_letter(column)
    workbook.defined_names[name] = DefinedName(
        name, attr_text=place(sheet, f"${letter}${first}:${letter}${last}")
    )


def check_column(
    sheet: Worksheet, number: int, column: Column, period: Period, rows: tuple[int, int]
) -> None:
    """Check what is typed into the given rows of a column; where nothing can be checked, only advise."""
    letter = get_column_letter(number)
    check = _validation(column, f"{letter}{rows[0]}", period)
    if check is not None:
        check.promptTitle, check.prompt = column.title, column.hint[:_PROMPT]
        check.showInputMessage = True
        sheet.add_data_validation(check)
        check.add(f"{letter}{rows[0]}:{letter}{rows[1]}")


def check_day(sheet: Worksheet, address: str, title: str, period: Period) -> None:
    """Check one cell that takes a day."""
    check = _day(title, period)
    check.promptTitle, check.prompt = title, f"填写报送的日期，例如 {period.first.isoformat()}"
    check.showInputMessage = True
    sheet.add_data_validation(check)
    check.add(address)


def _validation(column: Column, first: str, period: Period) -> DataValidation | None:
    match column.fill:
        case Fill.CHOICE if column.list_name:
            return _refusing(
                "list", column.list_name, words=f"请从下拉列表中选择“{column.title}”，不要另写。"
            )
        case Fill.DAY:
            return _day(column.title, period)
        case Fill.DEADLINE:
            return _deadline(column, first, period)
        case Fill.COUNT:
            words = f"“{column.title}”请填写阿拉伯数字，没有的填 0，不要写单位。"
            return _refusing("whole", "0", str(_MOST), words=words)
        case Fill.TEXT | Fill.SHORT:
            return DataValidation(allow_blank=True)
        case _:
            return None


def _day(title: str, period: Period) -> DataValidation:
    first, last = (str((day - _DAY_ZERO).days) for day in (period.first, period.last))
    return _refusing("date", first, last, words=_about_days(title, period))


def _deadline(column: Column, cell: str, period: Period) -> DataValidation:
    """A day within the period, or one of the words that say there is no deadline."""
    first, last = ((day - _DAY_ZERO).days for day in (period.first, period.last))
    formula = f"OR(AND(ISNUMBER({cell}),{cell}>={first},{cell}<={last}),COUNTIF({NO_DEADLINE},{cell})>0)"
    words = f"{_about_days(column.title, period)}没有期限的写法见“填写说明”。"
    return _refusing("custom", formula, words=words)


def _about_days(title: str, period: Period) -> str:
    example = period.first.isoformat()
    return f"“{title}”请按 {_DAY_FORM} 填写一个日期，例如 {example}，并且在 {period} 之间。"


def _refusing(
    kind: Literal["list", "date", "whole", "custom"], first: str, last: str | None = None, *, words: str
) -> DataValidation:
    return DataValidation(
        type=kind,
        operator=None if last is None else "between",
        formula1=first,
        formula2=last,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop",
        errorTitle="填写有误",
        error=words,
    )
