"""Everything that calamine reads: sheets too long for openpyxl, packages openpyxl stumbles over, .ods, .xlsb.

calamine lays a sheet out as a full rectangle and gives values only. Coordinates are counted from where its
rectangle starts; of OOXML sheets the text is looked through for what it does not tell (see `scan`).
"""

from collections.abc import Container, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from io import BytesIO

from openpyxl.utils.datetime import from_ISO8601
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from campaign.intake.reading.blocks import add_blocks
from campaign.intake.reading.cells import NUMBER, pack, pack_error, pack_uncomputed, pictures_in, place
from campaign.intake.reading.clean import Escapes
from campaign.intake.reading.draft import FileDraft, Note, Packed, SheetDraft
from campaign.intake.reading.limits import Limits, Refused
from campaign.intake.reading.openpyxl_reader import producer
from campaign.intake.reading.package import Package
from campaign.intake.reading.scan import Leftovers, leftovers, telling_formats
from campaign.intake.reading.workbook_part import read_workbook_part


def read_calamine(
    data: bytes, limits: Limits, package: Package | None = None, marked: Container[str] = ()
) -> FileDraft:
    """The workbook in `data`; `package` is its zip package where it is an OOXML one with parts in XML.

    `marked` are the parts whose text is worth looking through for what calamine does not tell.

    Raises:
        Refused: encrypted, damaged, or more cells than the limits allow.
    """
    with _panics_refused():
        return _read_workbook(data, limits, package, marked)


@contextmanager
def _panics_refused() -> Iterator[None]:
    """Take a panic for what it is, a damaged file: its class is known by name alone, and is no Exception."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Refused("I-FILE-DAMAGED") from error
        raise


def _read_workbook(data: bytes, limits: Limits, package: Package | None, marked: Container[str]) -> FileDraft:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError as error:
        raise Refused("I-FILE-ENCRYPTED") from error
    except CalamineError as error:
        raise Refused("I-FILE-DAMAGED") from error
    draft = FileDraft(reader="calamine", producer=producer(package) if package else "")
    parts, formats = _parts(package) if package else ({}, {})
    escapes = Escapes.NONE if package else Escapes.STRAY
    with ThreadPoolExecutor(1) as pool:
        for index, metadata in enumerate(workbook.sheets_metadata):
            if metadata.typ is not SheetTypeEnum.WorkSheet:
                continue
            found: Future[Leftovers] | None = None
            part = parts.get(metadata.name, "")
            if package and (part in marked or (part and formats)):
                # calamine works outside the interpreter's lock, so both look at the sheet at the same time.
                found = pool.submit(leftovers, package, part, formats)
            hidden = metadata.visible is not SheetVisibleEnum.Visible
            draft.sheets.append(SheetDraft(metadata.name, hidden=hidden, escapes=escapes))
            _read_sheet(workbook, index, draft, limits)
            if found is not None:
                _add_leftovers(draft.sheets[-1], found.result())
    return draft


def _parts(package: Package) -> tuple[dict[str, str], dict[int, str]]:
    """The part of each sheet by name, and the formats that matter by style; as far as they can be known."""
    try:
        workbook = read_workbook_part(package)
    except Exception:  # noqa: BLE001 - calamine may find its way where this does not
        return {}, {}
    parts = {entry.name: entry.part for entry in workbook.sheets if entry.part}
    return parts, telling_formats(package, workbook.styles)


def _read_sheet(workbook: CalamineWorkbook, index: int, draft: FileDraft, limits: Limits) -> None:
    sheet = draft.sheets[-1]
    try:
        source = workbook.get_sheet_by_index(index)
    except CalamineError:
        draft.notes.append(Note("I-SHEET-DAMAGED", sheet.name))
        return
    ranges = source.merged_cell_ranges
    sheet.merges = None if ranges is None else [_area(*corners) for corners in ranges]
    for _ in _read_values(source, sheet, limits):
        draft.check_size(limits)


def _area(first: tuple[int, int], last: tuple[int, int]) -> tuple[int, int, int, int]:
    return (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)


def _read_values(source: CalamineSheet, sheet: SheetDraft, limits: Limits) -> Iterator[None]:
    """Read the sheet's values, with a pause now and then to look at its size."""
    if source.start is None:
        return
    left = source.start[1] + 1
    # iter_rows begins in the first row of the sheet, but in the first column that holds something.
    if source.height * source.width > limits.in_blocks:
        yield from add_blocks(sheet, source.iter_rows(), 1, left)
        return
    for row, values in enumerate(source.iter_rows(), start=1):
        for column, value in enumerate(values, start=left):
            if value != "":
                place(sheet, row, column, pack(value, escapes=sheet.escapes))
        yield


def _add_leftovers(sheet: SheetDraft, found: Leftovers) -> None:
    sheet.hidden_rows |= found.hidden_rows
    sheet.hidden_columns |= found.hidden_columns
    for address, formula in found.formulas.items():
        cell = sheet.cells.get(address)
        if cell is not None:
            _add_formula(sheet, address, cell, formula)
    for address, text in found.dates.items():
        # Strict workbooks end them in "Z", which calamine takes for text.
        with suppress(ValueError, OverflowError):
            moment = from_ISO8601(text)  # type: ignore[no-untyped-call]
            if cell := pack(moment, formula=found.formulas.get(address, "")):
                sheet.cells[address] = cell
    for address, text in found.errors.items():
        sheet.cells[address] = pack_error(text, formula=found.formulas.get(address, ""))
    for address, formula in found.uncomputed.items():
        sheet.cells[address] = pack_uncomputed(formula)
    if sheet.blocks:
        sheet.formats |= found.formats
        return
    for address, number_format in found.formats.items():
        cell = sheet.cells.get(address)
        if cell is not None and cell[2] == NUMBER:
            sheet.cells[address] = (*cell[:3], number_format, cell[4])


def _add_formula(sheet: SheetDraft, address: tuple[int, int], cell: Packed, formula: str) -> None:
    """Say by which formula the cell's value came about; of a picture in a cell there is no value."""
    pictures = pictures_in(formula)
    value = "" if pictures else cell[0]
    sheet.cells[address] = (value, *cell[1:4], formula)
    if pictures:
        sheet.pictures[address] = pictures
