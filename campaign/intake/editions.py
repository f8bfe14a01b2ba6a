"""Sheets that are editions of one ledger: 4月14日, 4月21日, or 第一周, 第二周, side by side in one workbook.

An office that adds a sheet each week repeats most of its problems with a newer status: then the newest sheet
that is not of a later day counts, and the older ones are passed over. An office whose sheets add to each
other repeats few: then all sheets count, and of a problem that is repeated the newest word.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.intake.entries import Entry
from campaign.intake.faults import fault
from campaign.intake.ledgers import LedgerSheet
from campaign.intake.meta import DAY_IN_NAME, day_in_name
from campaign.intake.text import chinese_number, folded, shown
from campaign.intake.values import Desk
from campaign.records import CellRef, Fault

_MONTH_AND_DAY = re.compile(r"(?<!\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_BARE = re.compile(r"[\s日号()（）【】\[\]:：_\-—·.]+")
_REPEATS = 0.5  # of an older sheet's problems: as many in the newest make the two one ledger

Read = tuple[LedgerSheet, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """What a sheet's name says: its day or its running number, and the name without that."""

    stem: str
    dated: bool
    number: int  # the day's ordinal, or the running number

    def after(self, day: date) -> bool:
        """Whether it is of a later day."""
        return self.dated and self.number > day.toordinal()


@dataclass(frozen=True, slots=True)
class Current:
    """The sheets that count, by their places in the workbook, the newest edition of each ledger first.
    `family` tells which are editions of one ledger. `faults` name those that were passed over.
    """

    places: tuple[int, ...]
    family: dict[CellRef, str]
    faults: tuple[Fault, ...]


def current(read: Sequence[Read], desk: Desk, as_of: date) -> Current:
    """The sheets of one workbook that count on the as-of date."""
    named = {n: edition for n, (sheet, _) in enumerate(read) if (edition := _edition(sheet, desk))}
    families: dict[tuple[str, bool], list[int]] = {}
    for number, edition in named.items():
        families.setdefault((edition.stem, edition.dated), []).append(number)
    passed: set[int] = set()
    family: dict[CellRef, str] = {}
    order = {n: (n, 0) for n in range(len(read))}
    faults: list[Fault] = []
    for (stem, _), members in families.items():
        if len({named[n].number for n in members}) < len(members) or len(members) == 1:
            continue
        newest_first = sorted(members, key=lambda n: -named[n].number)
        late = [n for n in newest_first if named[n].after(as_of)]
        if len(late) == len(members):
            late = []
        faults += [fault("I-SHEET-LATER", read[n][0].sheet.ref(), expected=as_of.isoformat()) for n in late]
        newest, *older = [n for n in newest_first if n not in late]
        superseded = [n for n in older if _repeated(read[n][1], read[newest][1])]
        if len(superseded) == len(older):
            faults += _told(read, newest, older)
            passed |= {*late, *older}
        else:
            passed |= set(late)
            family |= {read[n][0].sheet.ref(): stem for n in (newest, *older)}
        order |= {n: (min(members), place) for place, n in enumerate(newest_first)}
    kept = sorted((n for n in range(len(read)) if n not in passed), key=order.__getitem__)
    return Current(tuple(kept), family, tuple(faults))


def _edition(ledger: LedgerSheet, desk: Desk) -> Edition | None:
    """By the sheet's name; where that says nothing, by its title with the day it was reported on."""
    name = ledger.sheet.name
    if day := day_in_name(name, desk.window) or _month_and_day(name, desk):
        return Edition(_stem(_MONTH_AND_DAY.sub("", name)), dated=True, number=day.toordinal())
    if (found := _ordinal(desk).search(name)) and (number := chinese_number(found[1])) is not None:
        return Edition(_stem(name.replace(found[0], "")), dated=False, number=number)
    title = "".join(shown(cell) for (row, _), cell in ledger.sheet.cells.items() if row < ledger.heading.top)
    day = ledger.reported_on
    if day is None or not DAY_IN_NAME.search(folded(title)):
        return None
    return Edition("".join(("\n", _stem(title))), dated=True, number=day.toordinal())


def _month_and_day(name: str, desk: Desk) -> date | None:
    """0414 in a sheet's name, where the campaign has such a day in one year alone."""
    found = _MONTH_AND_DAY.search(name)
    return day_in_name(f"{int(found[1])}.{int(found[2])}", desk.window) if found else None


def _ordinal(desk: Desk) -> re.Pattern[str]:
    units = desk.words.values.get("edition", {}).get("yes", ())
    either = "|".join(map(re.escape, units)) or "(?!)"
    return re.compile(rf"第?([\d一二三四五六七八九十]{{1,3}})(?:{either})")


def _stem(text: str) -> str:
    return _BARE.sub("", DAY_IN_NAME.sub("", folded(text)))


def _repeated(older: Iterable[Entry], newest: Iterable[Entry]) -> bool:
    """Whether the newest edition has most of an older one's problems; of an empty one it has all."""
    keys = [entry.key for entry in older if entry.whole]
    known = {entry.key for entry in newest}
    return sum(key in known for key in keys) >= _REPEATS * len(keys)


def _told(read: Sequence[Read], newest: int, older: Iterable[int]) -> Iterable[Fault]:
    """What is said of older editions, and of each problem that only they have, the last time it is seen."""
    sheet, entries = read[newest]
    known = {entry.key for entry in entries}
    for number in older:
        old, lines = read[number]
        yield fault("I-SHEET-OLDER", old.sheet.ref(), expected=sheet.sheet.name, count=len(lines))
        for entry in lines:
            if entry.key not in known:
                known.add(entry.key)
                place = entry.row.ref("description")
                words = {"expected": sheet.sheet.name}
                yield fault("I-SHEET-DROPPED", place, entry.row.text("description"), **words)
