"""How cells are compared and shown: the forms of a text that decide whether two spellings are one."""

import re
import unicodedata
from datetime import date, datetime, time

from campaign.intake.grid import Cell, CellKind

_SPACES = re.compile(r"\s+")
_CHINESE_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}


def folded(text: str) -> str:
    """Half-width, without any white space, lower-case: for comparing, never for printing."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()


def tidy(text: str) -> str:
    """A text as it is kept: ends trimmed of every kind of space, inner line breaks and spaces untouched."""
    return text.strip().strip("\u3000\xa0").strip()


def shown(cell: Cell | None) -> str:
    """What a person sees in the cell; whole numbers without ".0", dates as 2023-04-21."""
    if cell is None or cell.value is None:
        return ""
    match cell.value:
        case bool():
            return "TRUE" if cell.value else "FALSE"
        case float() if cell.value.is_integer():
            return str(int(cell.value))
        case datetime() if cell.value.time() == time():
            return cell.value.date().isoformat()
        case date() | time():
            return cell.value.isoformat()
        case _:
            return tidy(str(cell.value))


def is_blank(cell: Cell | None) -> bool:
    """Whether the cell shows nothing. A formula without a result is not blank: its result is unknown."""
    return cell is None or (cell.kind is not CellKind.UNCOMPUTED and shown(cell) == "")


def chinese_number(text: str) -> int | None:
    """一 … 九十九, 二〇二三 or arabic digits as a number; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not text:
        return None
    if "十" not in text:
        digits = [_CHINESE_DIGITS.get(c) for c in text]
        return None if None in digits else int("".join(str(d) for d in digits))
    tens, _, ones = text.partition("十")
    high = 1 if tens == "" else _CHINESE_DIGITS.get(tens)
    low = 0 if ones == "" else _CHINESE_DIGITS.get(ones)
    return None if high is None or low is None else high * 10 + low
