"""The rows of a table: merged cells filled down, and every row that is no data named for what it is."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from campaign.intake.grid import Cell, CellKind, Merge, Sheet
from campaign.intake.headings import Heading, merged_into
from campaign.intake.text import folded, is_blank, shown
from campaign.records import CellRef, Origin, Sourced
from campaign.rulebook.normal import heading_key

_TOTAL = re.compile(r"合计|总计|小计|共计|汇总|累计|本页计")
_NOTE = re.compile(
    r"(注\d?[:、]|备注[:、]|说明[:、]|填表|填报|制表|审核|审批|签字|签名|签章|负责人|联系人|联系电话|单位[(]?盖章|经办|复核|分管|主要领导|主管|截至|统计)"
    r"|.*[(](?:盖章|公章|签字|签章|签名)[)]"
)
_TOTAL_BEHIND = re.compile(r".*(小计|合计)(?::?\d+[个条项件]?(问题)?)?")
_DAY = re.compile(r"[\d〇零○一二三四五六七八九十]{4}[年./-][^年]{1,3}[月./-][^月]{1,3}日?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_NUMBER = re.compile(r"[〇零一二三四五六七八九十百()]+")
_LABELS = {
    "serial",
    "subdistrict",
    "neighbourhood",
    "community",
    "company",
    "category",
    "item",
    "text",
    "unit",
}
_WIDE = 0.6  # a merge over more of the table than this is a remark, not data
_REPEATED = 3  # as many cells equal to their own heading make a repeated heading
_STRANGE = 2  # as many cells that are headings of any table make another table's heading
_ORDINALS = str.maketrans("①②③④⑤⑥⑦⑧⑨", "123456789")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, its cells by field."""

    sheet: Sheet
    number: int
    columns: Mapping[str, int]
    filled: tuple[int, ...]  # the columns of this row that hold something of its own
    merges: Mapping[tuple[int, int], Merge] = field(repr=False)
    titles: Mapping[int, str] = field(default_factory=dict, repr=False)  # column → heading as typed

    def place(self, name: str) -> tuple[int, int]:
        """Row and column of the cell that holds a field: the upper left one where cells are merged."""
        at = (self.number, self.columns[name])
        merge = self.merges.get(at)
        return (merge.top, merge.left) if merge else at

    def cell(self, name: str) -> Cell | None:
        """The field's cell; None where it is empty or the table has no such column."""
        return self.sheet.cells.get(self.place(name)) if name in self.columns else None

    def ref(self, name: str) -> CellRef:
        """The address of the field's cell; the row's first cell where the table has no such column."""
        if name not in self.columns:
            return self.sheet.ref(self.number, min(self.columns.values()))
        return self.sheet.ref(*self.place(name))

    def title(self, name: str) -> str:
        """The heading over the field's column as typed."""
        return self.titles.get(self.columns[name], "") if name in self.columns else ""

    def text(self, name: str) -> str:
        """What the field's cell shows."""
        return shown(self.cell(name))

    def own(self, name: str) -> bool:
        """Whether the field's cell is filled in this very row, not by a merge from above."""
        return name in self.columns and not is_blank(self.cell(name)) and self.place(name)[0] == self.number

    def inside(self, name: str) -> bool:
        """Whether the field's cell is merged from a row above: this row goes on with that one."""
        return name in self.columns and self.place(name)[0] < self.number

    def has_content(self) -> bool:
        """Whether anything but labels (serial number, names, item) stands in this row itself."""
        return any(self.own(name) for name in self.columns if name not in _LABELS)

    def first_text(self) -> str:
        """The first thing that stands in this row itself, whatever column it is in."""
        return shown(self.sheet.cells[self.number, self.filled[0]])

    def origin(self) -> Origin:
        """Where each field was read, with the text as stored."""
        sourced = tuple(
            Sourced(name, self.ref(name), cell.raw if (cell := self.cell(name)) else "")
            for name in self.columns
        )
        return Origin(self.sheet.ref(self.number, min(self.columns.values())), sourced)


@dataclass(frozen=True, slots=True)
class Table:
    """A table taken apart: data rows, and the other rows with what they are (合计行, 签字栏 …)."""

    rows: tuple[Row, ...]
    passed_over: tuple[tuple[Row, str], ...]


def split_rows(sheet: Sheet, heading: Heading, essential: tuple[str, ...]) -> Table:
    """Data rows and the rest. `essential` fields, all filled, make a row data whatever else it looks like."""
    data: list[Row] = []
    rest: list[tuple[Row, str]] = []
    merges = merged_into(sheet)
    labels = _labels_of(sheet, heading)
    for number, filled in _filled_rows(sheet, heading.bottom).items():
        row = Row(sheet, number, heading.columns, filled, merges, heading.titles)
        reason = "重复的表头" if _repeats_heading(row, labels) else _not_data(row, heading, essential)
        if reason is None:
            data.append(row)
        elif reason:
            rest.append((row, reason))
    return Table(tuple(data), tuple(rest))


def _filled_rows(sheet: Sheet, bottom: int) -> Mapping[int, tuple[int, ...]]:
    """Each row below the heading that holds anything, with its filled columns from left to right."""
    rows: dict[int, list[int]] = {}
    for row, column in sheet.cells:  # without their cells: of a large sheet, those are made when asked for
        if row > bottom and not is_blank(sheet.cells[row, column]):
            rows.setdefault(row, []).append(column)
    return {row: tuple(sorted(rows[row])) for row in sorted(rows)}


def _not_data(row: Row, heading: Heading, essential: tuple[str, ...]) -> str | None:
    """What a row is if it is no data: "" for one with nothing in it; None for data."""
    if _numbers_columns(row):
        return "列号行"
    return _closing(row, heading, essential)


def _closing(row: Row, heading: Heading, essential: tuple[str, ...]) -> str | None:
    """As `_not_data`, for totals, signatures, remarks and blanks."""
    if row.inside("serial"):  # its first words are a measure's, not a label
        return _contents(row)
    label = folded(row.first_text())
    community = folded(row.text("community")) if row.own("community") else ""
    if any(_TOTAL.match(text) or _TOTAL_BEHIND.fullmatch(text) for text in (label, community)):
        return "合计行"
    if all(row.own(name) and row.place(name)[1] == row.columns[name] for name in essential):
        return None
    if _NOTE.match(label) or _is_remark(row, heading) or _is_signed(row):
        return "签字或说明行"
    return _contents(row)


def _contents(row: Row) -> str | None:
    if row.has_content():
        return None
    return "没有内容的行" if any(row.own(n) for n in row.columns if n != "serial") else ""


def _labels_of(sheet: Sheet, heading: Heading) -> Mapping[int, frozenset[str]]:
    """What stands in the heading over each column, in any of its rows."""
    return {
        column: frozenset(
            heading_key(shown(cell)) for row in heading.rows if (cell := sheet.cells.get((row, column)))
        )
        for column in heading.columns.values()
    }


def _repeats_heading(row: Row, labels: Mapping[int, frozenset[str]]) -> bool:
    same = sum(
        1
        for column in row.filled
        if column in labels and heading_key(shown(row.sheet.cells[row.number, column])) in labels[column]
    )
    return same >= min(_REPEATED, len(labels))


def _is_signed(row: Row) -> bool:
    """A name or a remark in front, a day, or both, and nothing else: where an office signs."""
    serial = row.columns.get("serial")
    return all(
        _is_words(cell) if column == serial else _is_day(cell)
        for column in row.filled
        for cell in (row.sheet.cells[row.number, column],)
    )


def _is_words(cell: Cell) -> bool:
    text = folded(shown(cell))
    return bool(_HAN.search(text)) and not _HAN_NUMBER.fullmatch(text)


def _is_day(cell: Cell) -> bool:
    return cell.kind is CellKind.DATE or bool(_DAY.fullmatch(folded(shown(cell))))


def without_other_headings(table: Table, known: Collection[str], essential: tuple[str, ...]) -> Table:
    """The same table, but rows that are the heading of another table below are no data.

    `known` are the keys of headings of any kind of table.
    """
    strange = [row for row in table.rows if _heads_another(row, known, essential)]
    numbers = {row.number for row in strange}
    rows = tuple(row for row in table.rows if row.number not in numbers)
    return Table(rows, (*table.passed_over, *((row, "另一张表的表头") for row in strange)))


def _heads_another(row: Row, known: Collection[str], essential: tuple[str, ...]) -> bool:
    if all(row.own(name) for name in essential):
        return False
    cells = [row.sheet.cells[row.number, column] for column in row.filled]
    headings = sum(1 for cell in cells if heading_key(shown(cell)) in known)
    return headings >= max(_STRANGE, len(cells) / 2) and all(cell.kind is CellKind.TEXT for cell in cells)


def _numbers_columns(row: Row) -> bool:
    """A row 1, 2, 3 … that numbers the columns of a printed form."""
    texts = [folded(row.text(n)).translate(_ORDINALS).strip("()") for n in _by_column(row) if row.own(n)]
    if len(texts) < _REPEATED or len(texts) < len(row.columns) / 2 or not all(t.isdigit() for t in texts):
        return False
    numbers = [int(t) for t in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _by_column(row: Row) -> Iterator[str]:
    return iter(sorted(row.columns, key=lambda name: row.columns[name]))


def _is_remark(row: Row, heading: Heading) -> bool:
    width = max(heading.titles) - min(heading.titles) + 1
    return any(
        merge.top == row.number and merge.right - merge.left + 1 > width * _WIDE
        for column in heading.titles
        if (merge := row.merges.get((row.number, column)))
    )
