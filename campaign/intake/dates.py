"""Dates as people write them, read without ever guessing.

General date parsers return wrong dates for ordinary ledger spellings ("4.23", "2023年4月") without any sign;
this one returns a day only where the text names exactly one, and otherwise says why not.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from campaign.intake.grid import Cell, CellKind
from campaign.intake.text import chinese_number, shown

_EPOCH = date(1899, 12, 30)  # Excel's day 0, its leap-year slip of 1900 included
_SERIALS = range(36_526, 73_051)  # 2000-01-01 … 2099-12-31
_HAN = "〇零○一二三四五六七八九十"
_NUMBER = rf"(?:\d{{1,4}}|[{_HAN}]{{1,4}})"
_CLOCK = r"(?:T?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?)?"
_WEEKDAY = r"(?:[(（]?(?:星期|周)[一二三四五六日天][)）]?)?"
_FULL = re.compile(rf"({_NUMBER})[年./\-]({_NUMBER})[月./\-]({_NUMBER})[日号]?{_WEEKDAY}{_CLOCK}")
_MONTH_DAY = re.compile(rf"({_NUMBER})(?:月|[./\-])({_NUMBER})[日号]?{_WEEKDAY}")
_COMPACT = re.compile(rf"((?:19|20)\d\d)(\d\d)(\d\d){_CLOCK}")
_MONTH = re.compile(
    rf"(?:{_NUMBER}年)?(?:{_NUMBER}|本|当|下)月?(?:份|初|上旬|中旬|下旬|底|末|中)?(?:之?前|以前)?"
)
_BEFORE = re.compile(
    r"(?:[(（]含[)）])?(?:之前|以前|前|止|截止|截至)(?:[(（]含[)）])?(?:完成|整改完成|完成整改|整改到位)?$|[(（]含[)）]$"
)
_RANGE = re.compile(r"\d[日号]?(?:-|—|~|至|到|–)+\d+")
_MARGIN = timedelta(days=60)


class Doubt(StrEnum):
    """Why a cell that says something names no certain day, or what was added to make it one."""

    NONE = "none"
    YEAR_INFERRED = "year_inferred"  # a day was found, its year was not written
    IMPOSSIBLE = "impossible"  # 4月31日
    AMBIGUOUS = "ambiguous"  # the number 4.2: 2 or 20 April
    VAGUE = "vague"  # 4月底, a range, or no date at all


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell says about a day. `day` is None where it names none for certain; `hint` then says more."""

    day: date | None
    doubt: Doubt = Doubt.NONE
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The campaign's first and last day: where dates without a year belong."""

    first: date
    last: date

    def year_of(self, month: int, day: int) -> int:
        """The year that puts a day inside the campaign, or nearest to it."""

        def distance(year: int) -> tuple[int, int]:
            guess = date(year, month, min(day, 28))  # a day that does not exist is judged later
            outside = max((self.first - guess).days, (guess - self.last).days, 0)
            return (outside, year)

        return min(range(self.first.year - 1, self.last.year + 2), key=distance)

    def plausible(self, day: date) -> bool:
        """Whether a day lies in the campaign or within two months of it."""
        return self.first - _MARGIN <= day <= self.last + _MARGIN

    def __str__(self) -> str:
        return f"{self.first.isoformat()} 至 {self.last.isoformat()}"


def read_date(cell: Cell, window: Window, *, deadline: bool = False) -> DateReading:
    """The day a cell names. A `deadline` may be written as "…前" and then means that day itself."""
    match cell.value:
        case datetime():
            return DateReading(cell.value.date())
        case date():
            return DateReading(cell.value)
        case bool():
            return DateReading(None, Doubt.VAGUE)
        case int() | float():
            return _from_number(float(cell.value), cell.number_format, window)
        case _:
            return _from_text(shown(cell), window, deadline=deadline)


def read_date_text(text: str, window: Window) -> DateReading:
    """The day a stretch of text names, as in "填报时间：2023年4月21日"."""
    return read_date(Cell(text, text, CellKind.TEXT), window)


def _from_number(number: float, number_format: str, window: Window) -> DateReading:
    if int(number) in _SERIALS:
        # A bare number far from the campaign is no date of it, or one of a workbook that counts from 1904.
        day = _EPOCH + timedelta(days=int(number))
        if not window.plausible(day):
            return DateReading(None, Doubt.VAGUE, "（像是日期的序号，却不在专项整治期间附近）")
        return DateReading(day)
    if number.is_integer() and (match := _COMPACT.fullmatch(str(int(number)))):
        return _day(*(int(part) for part in match.groups()))
    month, _, decimals = f"{number}".partition(".")
    if not number.is_integer() and len(decimals) <= 2:  # noqa: PLR2004 - a month and at most two digits of a day
        if number_format == "0.00":
            decimals = decimals.ljust(2, "0")
        candidates = _days_of(int(month), decimals, number_format, window)
        if len(candidates) == 1:
            return DateReading(candidates[0], Doubt.YEAR_INFERRED)
        if candidates:
            return DateReading(None, Doubt.AMBIGUOUS, "或".join(f"{d.month}月{d.day}日" for d in candidates))
    return DateReading(None, Doubt.VAGUE)


def _days_of(month: int, decimals: str, number_format: str, window: Window) -> list[date]:
    """The days that a number like 4.2 may stand for: Excel drops the zero of 4.20."""
    written = [decimals] if len(decimals) == 2 or number_format == "0.0" else [decimals, f"{decimals}0"]  # noqa: PLR2004
    readings = (_in_window(month, int(d), window) for d in written)
    return [r.day for r in readings if r.day is not None]


def _from_text(text: str, window: Window, *, deadline: bool) -> DateReading:
    squeezed = re.sub(r"\s+(?=\d{1,2}:)", "T", unicodedata.normalize("NFKC", text).strip())
    compact = re.sub(r"\s+", "", squeezed).rstrip("。.,;；")
    if deadline:
        compact = _BEFORE.sub("", compact)
    if match := _FULL.fullmatch(compact):
        return _full(match, window)
    if match := _COMPACT.fullmatch(compact):
        return _day(*(int(part) for part in match.groups()))
    if match := _MONTH_DAY.fullmatch(compact):
        month, day = (chinese_number(part) for part in match.groups())
        if month is not None and day is not None:
            return _in_window(month, day, window)
    if _RANGE.search(compact):
        return DateReading(None, Doubt.VAGUE, "（写的是一段时间）")
    if _MONTH.fullmatch(compact):
        return DateReading(None, Doubt.VAGUE, "（没有写明是哪一天）")
    return DateReading(None, Doubt.VAGUE)


def _full(match: re.Match[str], window: Window) -> DateReading:
    year, month, day = (chinese_number(part) for part in match.groups())
    if year is None or month is None or day is None:
        return DateReading(None, Doubt.VAGUE)
    if len(match.group(1)) == 4:  # noqa: PLR2004 - a year in full
        return _day(year, month, day)
    if year in {window.first.year % 100, window.last.year % 100}:
        reading = _day(2000 + year, month, day)
        return DateReading(reading.day, Doubt.YEAR_INFERRED) if reading.day else reading
    return DateReading(None, Doubt.VAGUE, "（年份没有写全）")


def _in_window(month: int, day: int, window: Window) -> DateReading:
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        return DateReading(None, Doubt.VAGUE)
    reading = _day(window.year_of(month, day), month, day)
    return DateReading(reading.day, Doubt.YEAR_INFERRED) if reading.day else reading


def _day(year: int, month: int, day: int) -> DateReading:
    try:
        return DateReading(date(year, month, day))
    except ValueError:
        return DateReading(None, Doubt.IMPOSSIBLE)
