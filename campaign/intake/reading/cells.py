"""One cell's content as every reader must tell it, so that all of them tell the same.

Dates become date and time, durations stay numbers, whole numbers lose their ".0", error values are known by
their text whatever type the container gives them.
"""

import math
import re
from datetime import MAXYEAR, date, datetime, time, timedelta

from campaign.intake.grid import CellKind
from campaign.intake.reading.clean import Escapes, clean_text, had_invisible
from campaign.intake.reading.draft import Packed, SheetDraft

TEXT, NUMBER, DATE = CellKind.TEXT.value, CellKind.NUMBER.value, CellKind.DATE.value
BOOLEAN, ERROR, UNCOMPUTED = CellKind.BOOLEAN.value, CellKind.ERROR.value, CellKind.UNCOMPUTED.value

GENERAL = "General"
EXACT = 10**15  # whole numbers below this survive Excel's fifteen digits
_ERROR_TEXT = re.compile(
    r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|BUSY!|CONNECT!|UNKNOWN!"
    r"|GETTING_DATA)"
)
_DISPIMG = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
_SECONDS_PER_DAY = 86_400


def place(sheet: SheetDraft, row: int, column: int, cell: Packed | None) -> None:
    """Put a cell where it belongs, counting pictures and remembering what was cleaned."""
    if cell is None:
        return
    value, raw, kind, _, formula = cell
    if formula and (count := pictures_in(formula)):
        sheet.pictures[row, column] = sheet.pictures.get((row, column), 0) + count
    elif kind == TEXT and value != raw and had_invisible(raw, sheet.escapes):
        sheet.cleaned.append((row, column, raw))
    sheet.text += len(raw)
    sheet.cells[row, column] = cell


def pack(  # noqa: PLR0911 - one return per type
    content: object, number_format: str = GENERAL, formula: str = "", escapes: Escapes = Escapes.ALL
) -> Packed | None:
    """The cell that holds `content`, any value a reader may deliver; None where that is nothing."""
    match content:
        case None | "":
            return None
        case str():
            return pack_text(content, number_format, formula, escapes)
        case bool():
            return pack_boolean(content, number_format, formula)
        case int() | float():
            return pack_number(content, number_format, formula)
        case timedelta():
            return pack_number(round(content.total_seconds() / _SECONDS_PER_DAY, 9), number_format, formula)
        case date() | time():
            return pack_moment(content, number_format, formula)
        case _:
            return pack_text(str(content), number_format, formula)


def pack_text(
    raw: str, number_format: str = GENERAL, formula: str = "", escapes: Escapes = Escapes.ALL
) -> Packed | None:
    """A cell of text; None where nothing of it can be seen.

    A picture in a cell (WPS: =DISPIMG("ID_…",1)) has no text: its value is empty, its formula tells.
    """
    text = clean_text(raw, escapes)
    if not text:
        return None
    if text[0] == "#" and _ERROR_TEXT.fullmatch(text):
        return (text, raw, ERROR, number_format, formula)
    if pictures_in(text) and text[0] == "=":
        return ("", raw, TEXT, number_format, formula or text)
    return (text, raw, TEXT, number_format, formula)


def pack_number(number: float, number_format: str = GENERAL, formula: str = "") -> Packed:
    """A cell with a number. One that is none (from a broken file) is kept as text, never lost."""
    if isinstance(number, float):
        if not math.isfinite(number):
            return (str(number), str(number), TEXT, number_format, formula)
        if number.is_integer() and abs(number) < EXACT:
            number = int(number)
    return (number, repr(number), NUMBER, number_format, formula)


def pack_moment(moment: date | time, number_format: str = GENERAL, formula: str = "") -> Packed:
    """A cell with a date, a date with time, or a time of day; to the millisecond, as Excel shows them."""
    if isinstance(moment, time):
        text = _to_milliseconds(datetime.combine(date(2000, 1, 1), moment)).time().isoformat()
    elif isinstance(moment, datetime):
        moment = _to_milliseconds(moment)
        midnight = moment.time() == time(0)
        text = moment.date().isoformat() if midnight else moment.isoformat(sep=" ")
    else:
        text = moment.isoformat()
    return (None, text, DATE, number_format, formula)


def pack_boolean(value: bool, number_format: str = GENERAL, formula: str = "") -> Packed:  # noqa: FBT001
    """A cell that says TRUE or FALSE."""
    return (value, "TRUE" if value else "FALSE", BOOLEAN, number_format, formula)


def pack_error(text: str, number_format: str = GENERAL, formula: str = "") -> Packed:
    """A cell with an error value."""
    return (text, text, ERROR, number_format, formula)


def pack_uncomputed(formula: str, number_format: str = GENERAL) -> Packed:
    """A formula whose result was never stored."""
    return (None, formula, UNCOMPUTED, number_format, formula)


def pictures_in(formula: str) -> int:
    """How many pictures a WPS formula puts into its cell."""
    return len(_DISPIMG.findall(formula)) if "DISPIMG" in formula.upper() else 0


def moment_from(raw: str) -> datetime | time:
    """The value of a date cell, from the raw text that `pack_moment` wrote."""
    return time.fromisoformat(raw) if raw[2:3] == ":" else datetime.fromisoformat(raw)


def _to_milliseconds(moment: datetime) -> datetime:
    """Rounded half up: a day's fraction is never exact in binary."""
    spare = moment.microsecond % 1000
    up = spare >= 500 and moment.year < MAXYEAR  # noqa: PLR2004
    return moment + timedelta(microseconds=1000 - spare if up else -spare)
