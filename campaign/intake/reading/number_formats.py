"""The number format of each cell style of an OOXML workbook.

Chinese Excel and WPS store their date formats (numFmtId 27-36 and 50-58, ECMA-376 part 1, 18.8.30, zh-cn) as
bare numbers without a format code; a reader that does not know them shows serial numbers instead of dates.
"""

from collections.abc import Mapping

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.xml.functions import fromstring

from campaign.intake.reading.package import Package

GENERAL = BUILTIN_FORMATS[0]

_YEAR_MONTH_DAY = 'yyyy"年"m"月"d"日"'
_YEAR_MONTH = 'yyyy"年"m"月"'
_MONTH_DAY = 'm"月"d"日"'
_HOUR_MINUTE = 'h"时"mm"分"'
_HOUR_MINUTE_SECOND = 'h"时"mm"分"ss"秒"'
_HALF_DAY_MINUTE = '上午/下午h"时"mm"分"'
_HALF_DAY_SECOND = '上午/下午h"时"mm"分"ss"秒"'

CHINESE_FORMATS: Mapping[int, str] = {
    27: _YEAR_MONTH,
    28: _MONTH_DAY,
    29: _MONTH_DAY,
    30: "m-d-yy",
    31: _YEAR_MONTH_DAY,
    32: _HOUR_MINUTE,
    33: _HOUR_MINUTE_SECOND,
    34: _HALF_DAY_MINUTE,
    35: _HALF_DAY_SECOND,
    36: _YEAR_MONTH,
    50: _YEAR_MONTH,
    51: _MONTH_DAY,
    52: _YEAR_MONTH,
    53: _MONTH_DAY,
    54: _MONTH_DAY,
    55: _HALF_DAY_MINUTE,
    56: _HALF_DAY_SECOND,
    57: _YEAR_MONTH,
    58: _MONTH_DAY,
}
BUILTIN: Mapping[int, str] = {**BUILTIN_FORMATS, **CHINESE_FORMATS}


def shows_date(number_format: str) -> bool:
    """Whether a number in this format is a date or a time of day (a duration is not)."""
    return is_date_format(number_format) and not is_timedelta_format(number_format)


def cell_formats(package: Package, part: str) -> list[str]:
    """The number format of every cell style (`xf` of `cellXfs`), by the index that cells name.

    Only what number formats need is read of the style sheet: whole workbooks have been refused for a font
    family that nobody asked about. A number that stands for no format is General.
    """
    if not package.has(part):
        return []
    root = fromstring(package.read(part))
    codes = dict(BUILTIN)
    for element in root.iterfind(".//{*}numFmts/{*}numFmt"):
        number, code = element.get("numFmtId"), element.get("formatCode")
        if number and number.isdecimal() and code:
            codes[int(number)] = code
    return [codes.get(int(xf.get("numFmtId") or 0), GENERAL) for xf in root.iterfind("{*}cellXfs/{*}xf")]
