"""One file from bytes to draft: sniffed, looked through, read; by a second reader where the first fails."""

import hashlib
import re
import traceback
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path, PurePosixPath

import olefile
from openpyxl.utils import get_column_letter

from campaign.intake.reading.calamine_reader import read_calamine
from campaign.intake.reading.csv_reader import read_csv
from campaign.intake.reading.draft import Area, FileDraft, Note, SheetDraft
from campaign.intake.reading.limits import Limits, Refused, megabytes
from campaign.intake.reading.openpyxl_reader import read_ooxml
from campaign.intake.reading.package import Package
from campaign.intake.reading.preflight import Survey, open_package, survey
from campaign.intake.reading.sniff import OLE_MAGIC, ZIP_MAGIC, Container, sniff
from campaign.intake.reading.xls_reader import read_xls

# How JPEG and PNG files begin; in .xls they lie as they are.
_PICTURES = (b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n")
_MEDIA = re.compile(r"(?:Pictures|xl/media)/[^/]+\.(?:jpe?g|png|gif|bmp|tiff?|webp)$", re.IGNORECASE)
_SHOWN = 20  # addresses that one note spells out


def read_file(path: Path, limits: Limits) -> FileDraft:
    """What is in the file, or notes that say why nothing is.

    Raises:
        MemoryError: the limits of the process are reached; the process should not go on.
    """
    data, sha256 = b"", ""
    try:
        data = _load(path, limits)
        sha256 = hashlib.sha256(data).hexdigest()
        draft = read_bytes(data, path.name, limits)
        for sheet in draft.sheets:
            draft.notes += _settle(sheet, limits)
    except Refused as refusal:
        draft = FileDraft(
            notes=[Note(refusal.code, words=refusal.words)], trouble=_trouble(refusal.__cause__)
        )
    draft.sha256 = sha256
    return draft


def read_bytes(data: bytes, name: str, limits: Limits) -> FileDraft:
    """The workbook in `data`; `name` is the file's, for the words of refusals and the one sheet of a CSV.

    Raises:
        Refused: it cannot be read, and why.
    """
    suffix = PurePosixPath(name).suffix.lower()
    package = open_package(data, limits) if data.startswith(ZIP_MAGIC) else None
    names = tuple(package.namelist()) if package else ()
    match sniff(data, suffix, names):
        case Container.XLSX if package:
            draft = _read_xlsx(data, package, survey(package, limits), limits)
        case Container.XLS:
            draft = _read_xls(data, limits)
        case Container.CSV:
            draft = read_csv(data, PurePosixPath(name).stem, limits)
        case _:
            draft = _read_other(data, package, limits)
    if not draft.sheets:
        raise Refused("I-FILE-NO-SHEET")
    return draft


def _load(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise Refused("I-FILE-TOO-LARGE", found=megabytes(size))
        return path.read_bytes()
    except OSError as error:
        raise Refused("I-FILE-UNREADABLE", found=error.strerror or type(error).__name__) from error


def _read_xlsx(data: bytes, package: Package, found: Survey, limits: Limits) -> FileDraft:
    """By openpyxl for ordinary workbooks, calamine for long and strict ones and where openpyxl gives up."""
    dense = found.box <= limits.box  # else calamine would set aside more memory than there is
    if dense and (found.strict or found.long):
        draft = read_calamine(data, limits, package, found.marked)
        code = "I-FILE-FALLBACK" if found.strict else "I-FILE-LONG"
        draft.notes.append(Note(code, words={} if found.strict else {"limit": limits.long_rows}))
        return draft
    if found.strict:
        raise Refused("I-FILE-TOO-LARGE", found="单元格分布过散")

    def second() -> FileDraft:
        if not dense:
            raise Refused("I-FILE-DAMAGED")
        return read_calamine(data, limits, package, found.marked)

    draft = _with_fallback(lambda: read_ooxml(package, limits), second)
    if found.has_cells and dense and not any(sheet.cells for sheet in draft.sheets):
        # Sheets in a form that openpyxl passes over in silence.
        with suppress(Refused):
            other = read_calamine(data, limits, package, found.marked)
            if any(sheet.size for sheet in other.sheets):
                other.notes.append(Note("I-FILE-FALLBACK"))
                return other
    return draft


def _read_xls(data: bytes, limits: Limits) -> FileDraft:
    def second() -> FileDraft:
        # calamine follows a directory that runs in circles until memory ends; olefile notices.
        if data.startswith(OLE_MAGIC) and not _has_workbook_stream(data):
            raise Refused("I-FILE-DAMAGED")
        return read_calamine(data, limits)

    draft = _with_fallback(lambda: read_xls(data, limits), second)
    return _without_pictures(draft, any(signature in data for signature in _PICTURES))


def _read_other(data: bytes, package: Package | None, limits: Limits) -> FileDraft:
    """.ods and .xlsb, of which only calamine knows something."""
    if package is not None:
        survey(package, limits)
    draft = read_calamine(data, limits)
    if any(sheet.merges is None for sheet in draft.sheets):
        draft.notes.append(Note("I-FILE-MERGES"))
    media = package is not None and any(_MEDIA.match(name) for name in package.namelist())
    return _without_pictures(draft, media)


def _without_pictures(draft: FileDraft, has_pictures: bool) -> FileDraft:  # noqa: FBT001 - one fact about it
    """Say of a container whose pictures nothing here can take out that it has some."""
    if has_pictures:
        draft.notes.append(Note("I-FILE-PICTURES", words={"found": "这种格式的表格取不出图片"}))
    return draft


def _with_fallback(first: Callable[[], FileDraft], second: Callable[[], FileDraft]) -> FileDraft:
    """What the first reader makes of the file; where it fails in any way, what the second one does.

    Raises:
        Refused: the first reader's verdict where that is final, else the second one's.
    """
    try:
        return first()
    except (MemoryError, Refused):
        raise
    except Exception as error:  # noqa: BLE001 - readers raise whatever they stumble over
        reason = error
    draft = second()
    draft.notes.append(Note("I-FILE-FALLBACK"))
    draft.trouble = _trouble(reason)
    return draft


def _has_workbook_stream(data: bytes) -> bool:
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            return bool(container.listdir())
    except Exception:  # noqa: BLE001 - broken in whatever way
        return False


def _trouble(error: BaseException | None) -> str:
    return "" if error is None else "".join(traceback.format_exception(error))


# --- What is said of a sheet whichever reader read it ---------------------------------------------


def _settle(sheet: SheetDraft, limits: Limits) -> list[Note]:
    """Take out what lies under merged cells, keep of hidden rows those with content; say what was done."""
    notes = _uncover(sheet, limits)
    if not sheet.blocks:  # of large sheets it would take too long to know
        sheet.hidden_rows &= {row for row, _ in sheet.cells}
        sheet.hidden_columns &= {column for _, column in sheet.cells}
    if sheet.cleaned:
        notes.append(_grouped("I-CELL-CLEANED", sheet, {(r, c): raw for r, c, raw in sheet.cleaned}))
    return notes


def _uncover(sheet: SheetDraft, limits: Limits) -> list[Note]:
    """Excel shows only the first cell of a merged range; what other programs leave under it is not data."""
    lost = {}
    for merge in sheet.merges or ():
        top, left, bottom, right = merge
        if (bottom - top + 1) * (right - left + 1) > limits.area:
            raise Refused("I-FILE-UNSAFE", found="合并区域过大")
        anchor = sheet.cells.get((top, left))
        for address in _covered(sheet, merge):
            cell = sheet.cells.pop(address, None)
            if sheet.blocks:
                sheet.voided.add(address)
            elif cell is not None and (anchor is None or cell[1] != anchor[1]):
                lost[address] = cell[1]
    return [_grouped("I-CELL-COVERED", sheet, lost)] if lost else []


def _covered(sheet: SheetDraft, merge: Area) -> list[tuple[int, int]]:
    """The addresses under a merge but its first; of small sheets only those that hold something."""
    top, left, bottom, right = merge
    if not sheet.blocks and len(sheet.cells) < (bottom - top + 1) * (right - left + 1):
        inside = [(r, c) for r, c in sheet.cells if top <= r <= bottom and left <= c <= right]
    else:
        inside = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
    return [address for address in inside if address != (top, left)]


def _grouped(code: str, sheet: SheetDraft, cells: dict[tuple[int, int], str]) -> Note:
    """One note for all cells of a sheet: it stands at the first of them and names the others."""
    addresses = sorted(cells)
    names = [f"{get_column_letter(column)}{row}" for row, column in addresses]
    more = f"等，共{len(names)}处" if len(names) > _SHOWN else ""
    hint = f"（{'、'.join(names[:_SHOWN])}{more}）" if len(names) > 1 else ""
    return Note(code, sheet.name, *addresses[0], cells[addresses[0]], {"hint": hint})
