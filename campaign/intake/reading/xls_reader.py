""".xls and WPS .et through xlrd, with formats: merges, hidden rows and columns, comments, error values."""

from collections.abc import Iterator
from contextlib import suppress
from io import StringIO

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.sheet import Sheet as XlsSheet

from campaign.intake.reading.cells import (
    GENERAL,
    pack_boolean,
    pack_error,
    pack_moment,
    pack_number,
    pack_text,
    place,
)
from campaign.intake.reading.clean import Escapes
from campaign.intake.reading.draft import FileDraft, Packed, SheetDraft
from campaign.intake.reading.limits import Limits, Refused
from campaign.intake.reading.number_formats import BUILTIN, shows_date

_ENCRYPTED = "encrypted"
_HIDDEN_STATES = {1, 2}


def read_xls(data: bytes, limits: Limits) -> FileDraft:
    """The workbook in `data`.

    Raises:
        Exception: whatever xlrd raises on files that it does not understand.
        Refused: encrypted, or more cells than the limits allow.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO()
        )
    except xlrd.XLRDError as error:
        if _ENCRYPTED in str(error).lower():
            raise Refused("I-FILE-ENCRYPTED") from error
        raise
    draft = FileDraft(reader="xlrd")
    for source in book.sheets():
        hidden = source.visibility in _HIDDEN_STATES
        draft.sheets.append(SheetDraft(source.name, hidden=hidden, escapes=Escapes.STRAY))
        for _ in _read_sheet(book, source, draft.sheets[-1]):
            draft.check_size(limits)
    return draft


def _read_sheet(book: Book, source: XlsSheet, sheet: SheetDraft) -> Iterator[None]:
    """Read one sheet, with a pause after every row to look at its size."""
    for row in range(source.nrows):
        for column, cell in _row_cells(book, source, row):
            place(sheet, row + 1, column + 1, cell)
        yield
    sheet.merges = [
        (top + 1, left + 1, bottom, right)
        for top, bottom, left, right in source.merged_cells
        if (bottom - top) * (right - left) > 1
    ]
    sheet.hidden_rows = {row + 1 for row, info in source.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column + 1 for column, info in source.colinfo_map.items() if info.hidden}
    sheet.comments = {(row + 1, col + 1): note.text for (row, col), note in source.cell_note_map.items()}


def _row_cells(book: Book, source: XlsSheet, row: int) -> Iterator[tuple[int, Packed | None]]:
    values, types = source.row_values(row), source.row_types(row)
    for column, (value, kind) in enumerate(zip(values, types, strict=True)):
        if kind not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
            number_format = _number_format(book, source, row, column)
            yield column, _packed(book, kind, value, number_format)


def _number_format(book: Book, source: XlsSheet, row: int, column: int) -> str:
    """The cell's number format; General where the file is too old or too broken to say."""
    with suppress(IndexError, KeyError, TypeError):
        key = book.xf_list[source.cell_xf_index(row, column)].format_key
        if key in BUILTIN:
            return BUILTIN[key]
        return str(book.format_map[key].format_str) or GENERAL
    return GENERAL


def _packed(book: Book, kind: int, value: object, number_format: str) -> Packed | None:
    match kind, value:
        case xlrd.XL_CELL_ERROR, int():
            return pack_error(error_text_from_code.get(value, "#ERROR"), number_format)
        case xlrd.XL_CELL_BOOLEAN, int() | float():
            return pack_boolean(bool(value), number_format)
        case ((xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE), int() | float()):
            return _number(book, float(value), number_format)
        case _:
            return pack_text(str(value), number_format, escapes=Escapes.STRAY)


def _number(book: Book, number: float, number_format: str) -> Packed:
    if number >= 0 and shows_date(number_format):
        # A number too large for a date (20230421 in a date column) stays the number it is.
        with suppress(xlrd.XLDateError, ValueError, OverflowError):
            moment = xlrd.xldate_as_datetime(number, book.datemode)
            return pack_moment(moment.time() if number < 1 else moment, number_format)
    return pack_number(number, number_format)
