"""What a doubter does with a score: open every cell that a line rests on, and see whether it says so.

Nothing of the program's reading is used: cells are opened with openpyxl, a column's meaning is told by its
heading, dates, items and states are read here once more. What does not hold is said in words.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from campaign.records import Assessment, CellRef, Scorecard, ScoreLine
from campaign.rulebook.condition_terms import Occurring, RateBelow
from campaign.rulebook.model import Rulebook
from campaign.rulebook.normal import heading_key, word_key
from campaign.rulebook.sources import Events, Source
from campaign.rulebook.terms import Measure, OccurrenceTerms, OnceTerms, RateTerms, VetoTerms

_DAY = re.compile(r"(?:(\d{4})[年.\-/])?(\d{1,2})[月.\-/](\d{1,2})")
_SERIAL = re.compile(r"4\d{4}")
_DIGITS = "〇一二三四五六七八九"
_TOP = 12  # rows among which a heading is looked for
_COUNT = re.compile(r"(\d+)(?:件|个)")
_RATE = re.compile(r"(\d+)[件个]，已(?:整改（含已销号）|销号|排查)(\d+)[件个]")
_SUM = re.compile(r"（(\d+)÷(\d+)(?:×(\d+))?×([\d.]+)＝([\d.]+)）")
_SHARE = re.compile(r"率([\d.]+)%")


@dataclass(frozen=True, eq=False)
class Folder:
    """The workbooks as the offices handed them in, and the words that they use."""

    root: Path
    book: Rulebook
    as_of: date

    def row(self, ref: CellRef) -> "Row":
        """The row of a cell, by the headings above it."""
        return Row(self, ref, *_fields(self, ref))

    def means(self, words: str, text: str) -> str:
        """What a spelling of a closed list stands for."""
        key = word_key(text)
        values = self.book.words.values[words].items()
        return next((v for v, spelled in values if key in {word_key(s) for s in spelled}), "")

    def day(self, text: str) -> date | None:
        """A date as offices write it; without a year it is the campaign's."""
        if _SERIAL.fullmatch(text):  # a day as Excel counts it, in a cell formatted as a number
            return date(1899, 12, 30) + timedelta(days=int(text))
        found = _DAY.search(_arabic(text))
        if not found:
            return None
        year = int(found[1]) if found[1] else self.book.campaign.starts_on.year
        return date(year, int(found[2]), int(found[3]))


@dataclass(frozen=True)
class Row:
    """One row of a workbook: kind of table, and text by field."""

    folder: Folder
    ref: CellRef
    kind: str
    texts: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def day(self, name: str) -> date | None:
        return self.folder.day(self.text(name))

    @property
    def status(self) -> str:
        return self.folder.means("status", self.text("status"))

    @property
    def closed(self) -> bool:
        return self.status == "closed" or self.folder.means("yes_no", self.text("closed")) == "yes"

    @property
    def done(self) -> bool:
        return self.closed or self.status == "rectified"


def _arabic(text: str) -> str:
    """二〇二三年四月二十四日 with arabic digits."""

    def number(found: re.Match[str]) -> str:
        tens, ten, ones = found[0].partition("十")
        if not ten:
            return "".join(str(_DIGITS.index(c)) for c in found[0])
        return str((_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0))

    return re.sub(f"[{_DIGITS}十]+", number, text)


@lru_cache(maxsize=128)
def _sheet(root: Path, file: str, name: str) -> Worksheet:
    sheet = load_workbook(root / file)[name]
    for merged in list(sheet.merged_cells.ranges):  # what a merged cell shows, each of its cells says
        value = sheet.cell(merged.min_row, merged.min_col).value
        places = [(r, c) for r, c in merged.cells]
        sheet.unmerge_cells(str(merged))
        for row, column in places:
            sheet.cell(row, column).value = value
    return sheet


def text_of(value: object) -> str:
    """What a cell shows."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).strip()


@lru_cache(maxsize=128)
def _heading(folder: Folder, file: str, name: str) -> tuple[str, Mapping[str, int]]:
    """The kind of table on a sheet and its columns by field: of the top rows the one that names most."""
    sheet = _sheet(folder.root, file, name)
    best: tuple[str, Mapping[str, int]] = ("", {})
    for number in range(1, _TOP + 1):
        cells = [text_of(sheet.cell(number, c).value) for c in range(1, sheet.max_column + 1)]
        titles = {heading_key(text): column for column, text in enumerate(cells, 1) if text}
        for kind, fields in folder.book.words.kinds.items():
            spelled = {heading_key(s): field for field, texts in fields.items() for s in texts}
            found = {spelled[title]: column for title, column in titles.items() if title in spelled}
            if set(folder.book.words.required[kind]) <= set(found) and len(found) > len(best[1]):
                best = kind, found
    return best


def _fields(folder: Folder, ref: CellRef) -> tuple[str, Mapping[str, str]]:
    """The kind of table and a row's texts by field."""
    kind, columns = _heading(folder, ref.file, ref.sheet)
    sheet = _sheet(folder.root, ref.file, ref.sheet)
    return kind, {name: text_of(sheet.cell(ref.row, column).value) for name, column in columns.items()}


def group_of(item: str) -> int:
    """The group of an item as offices write it: 五-2, 5.2, (五)2, 三（五）2, 第五类第2项."""
    inner = re.search(r"[（(](.)[）)]", item)
    first = inner[1] if inner else next((c for c in item if c in _DIGITS or c.isdigit()), "")
    return _DIGITS.index(first) if first in _DIGITS else int(first or 0)


# --- What each source claims of the rows it names -------------------------------------------------


def _overdue(row: Row, setting: int) -> bool:
    due = row.day("due_on")
    return not row.done and due is not None and due + timedelta(days=setting) < row.folder.as_of


def _early(row: Row, setting: int) -> bool:
    due, closed = row.day("due_on"), row.day("closed_on")
    return row.closed and due is not None and closed is not None and closed + timedelta(days=setting) <= due


def _in_time(row: Row, _setting: int) -> bool:
    due, closed = row.day("due_on"), row.day("closed_on")
    endless = row.folder.means("no_deadline", row.text("due_on")) == "yes"
    return row.closed and (endless or (due is not None and closed is not None and closed <= due))


def _late_complaint(row: Row, setting: int) -> bool:
    received, settled = row.day("received_on"), row.day("settled_on")
    open_still = settled is None or settled > row.folder.as_of
    return received is not None and received + timedelta(days=setting) < row.folder.as_of and open_still


def _finding(row: Row, _setting: int) -> bool:
    text = row.text("finding")
    return bool(text) and row.folder.means("no_finding", text) == ""


def _unchecked(row: Row, _setting: int) -> bool:
    """No self-check form of that name was handed in."""
    name = row.text("community")
    return bool(name) and not any(f"{name}自查表" in file for file in _files(row.folder.root))


@lru_cache
def _files(root: Path) -> tuple[str, ...]:
    return tuple(path.name for path in root.rglob("*.xlsx"))


CLAIMS: Mapping[Source, Callable[[Row, int], bool]] = {
    Source.OVERDUE: _overdue,
    Source.UNRECTIFIED: lambda row, _: not row.done,
    Source.OPEN: lambda row, _: row.status == "open",
    Source.UNDATED: lambda row, _: row.day("due_on") is None,
    Source.CLOSED_EARLY: _early,
    Source.ALL_CLOSED_IN_TIME: _in_time,
    Source.COMPLAINT_OVERDUE: _late_complaint,
    Source.SPOT_FINDING: _finding,
    Source.UNCHECKED: _unchecked,
}
_RATES: Mapping[Measure, Callable[[Row], bool]] = {
    Measure.DONE: lambda row: bool(row.text("description")) and not row.done,
    Measure.CLOSED: lambda row: bool(row.text("description")) and not row.closed,
    Measure.CHECKED: lambda row: _unchecked(row, 0),
}


# --- Holding an assessment against the cells ------------------------------------------------------


def doubts(folder: Folder, assessment: Assessment) -> Iterator[str]:
    """Everything about scores and decisions that the workbooks do not bear out."""
    for card in assessment.scorecards:
        yield from _card(folder, card)
    rules = {c.id: c for c in folder.book.consequences}
    for decision in assessment.decisions:
        for name, because in zip(decision.rule.split("、"), decision.reasons, strict=True):
            terms = rules[name].terms
            if decision.rule == name and isinstance(terms, Occurring):
                yield from _occurring(folder, terms.events, because, decision.evidence, name)
            elif decision.rule == name and isinstance(terms, RateBelow):
                yield from _rate(folder, terms.measure, because, decision.evidence, name)
        for ref in decision.evidence:
            if not _opens(folder, ref):
                yield f"{decision.rule}: {ref} is blank"


def _card(folder: Folder, card: Scorecard) -> Iterator[str]:
    if card.points is None:
        return
    total = card.full + sum((line.points for line in card.lines), Decimal(0))
    if total != card.points:
        yield f"{card.name}: {card.full} and its lines are {total}, not {card.points}"
    scheme = folder.book.scheme(card.kind)
    rules = {rule.id: rule for rule in scheme.rules if rule.in_force(folder.as_of)} if scheme else {}
    for line in card.lines:
        yield from _arithmetic(card, line)
        for ref in line.evidence:
            if not _opens(folder, ref):
                yield f"{card.name} {line.rule}: {ref} is blank"
        terms = rules[line.rule].terms if line.rule in rules else None
        where = f"{card.name} {line.rule}"
        if isinstance(terms, OccurrenceTerms | OnceTerms | VetoTerms):
            yield from _occurring(folder, terms.events, line.because, line.evidence, where)
        elif isinstance(terms, RateTerms):
            yield from _rate(folder, terms.measure, line.because, line.evidence, where)


def _opens(folder: Folder, ref: CellRef) -> bool:
    """Whether the cell says anything; blank only where that is the point: not settled, no deadline."""
    sheet = _sheet(folder.root, ref.file, ref.sheet)
    blank = text_of(sheet.cell(ref.row, ref.column).value) == ""
    row = folder.row(ref)
    told = row.text("description") or row.text("content")
    return not blank or (bool(told) and (row.kind == "complaint" or row.day("due_on") is None))


def _arithmetic(card: Scorecard, line: ScoreLine) -> Iterator[str]:
    """The sum that a line shows, done once more."""
    if found := _SUM.search(line.because):
        n, whole, base, points, shown = found.groups()
        result = Decimal(n) / Decimal(whole) * Decimal(base or 1) * Decimal(points)
        if abs(result - Decimal(shown)) > Decimal("0.05"):
            yield f"{card.name} {line.rule}: {found[0]} is {result}"
    if (rate := _RATE.search(line.because)) and (share := _SHARE.search(line.because)):
        exact = Decimal(rate[2]) * 100 / Decimal(rate[1])
        if abs(exact - Decimal(share[1])) > Decimal("0.05"):
            yield f"{card.name} {line.rule}: {rate[2]} of {rate[1]} is {exact}%"


def _rows(folder: Folder, evidence: tuple[CellRef, ...]) -> list[Row]:
    places = {(ref.file, ref.sheet, ref.row): ref for ref in evidence}
    return [folder.row(ref) for ref in places.values()]


def _occurring(
    folder: Folder, events: Events, because: str, evidence: tuple[CellRef, ...], where: str
) -> Iterator[str]:
    rows = _rows(folder, evidence)
    claim = CLAIMS.get(events.of)
    if claim is None:
        return
    yield from (
        f"{where}: {r.ref} does not say {events.of}: {r.texts}" for r in rows if not claim(r, events.setting)
    )
    for row in rows if events.selection.groups else ():
        if group_of(row.text("item")) not in events.selection.groups:
            yield f"{where}: {row.ref} is of item {row.text('item')}"
    said = _COUNT.search(because)
    if events.of is not Source.ALL_CLOSED_IN_TIME and said and int(said[1]) != len(rows):
        yield f"{where}: says {said[0]}, shows {len(rows)}"


def _rate(
    folder: Folder, measure: Measure, because: str, evidence: tuple[CellRef, ...], where: str
) -> Iterator[str]:
    rows = _rows(folder, evidence)
    yield from (
        f"{where}: {r.ref} does not lack {measure}: {r.texts}" for r in rows if not _RATES[measure](r)
    )
    said = _RATE.search(because)
    if said and int(said[1]) - int(said[2]) != len(rows):
        yield f"{where}: says {said[0]}, shows {len(rows)}"
