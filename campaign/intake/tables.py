"""The rows of a table: merged cells filled down, and every row that is no data named for what it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from campaign.intake.grid import Cell, CellKind, Merge, Sheet
from campaign.intake.headings import Heading, merged_into
from campaign.intake.text import folded, is_blank, shown
from campaign.records import CellRef, Origin, Sourced
from campaign.rulebook.normal import heading_key

_TOTAL = re.compile(r"(合计|总计|小计|共计|汇总|累计|本页计)|.*(小计|合计)$")
_NOTE = re.compile(
    r"(注\d?[:、]|备注[:、]|说明[:、]|填表|填报|制表|审核|审批|签字|签名|签章|负责人|联系人|联系电话|单位[(]?盖章|经办|复核|分管|主要领导|主管|截至|统计)"
)
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
_ORDINALS = str.maketrans("①②③④⑤⑥⑦⑧⑨", "123456789")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, its cells by field."""

    sheet: Sheet
    number: int
    columns: Mapping[str, int]
    filled: tuple[int, ...]  # the columns of this row that hold something of its own
    merges: Mapping[tuple[int, int], Merge] = field(repr=False)

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

    def text(self, name: str) -> str:
        """What the field's cell shows."""
        return shown(self.cell(name))

    def own(self, name: str) -> bool:
        """Whether the field's cell is filled in this very row, not by a merge from above."""
        return name in self.columns and not is_blank(self.cell(name)) and self.place(name)[0] == self.number

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
    for number, filled in _filled_rows(sheet, heading.bottom).items():
        row = Row(sheet, number, heading.columns, filled, merges)
        reason = _not_data(row, heading, essential)
        if reason is None:
            data.append(row)
        elif reason:
            rest.append((row, reason))
    return Table(tuple(data), tuple(rest))


def _filled_rows(sheet: Sheet, bottom: int) -> Mapping[int, tuple[int, ...]]:
    """Each row below the heading that holds anything, with its filled columns from left to right."""
    rows: dict[int, list[int]] = {}
    for (row, column), cell in sorted(sheet.cells.items(), key=lambda pair: pair[0]):
        if row > bottom and not is_blank(cell):
            rows.setdefault(row, []).append(column)
    return {row: tuple(columns) for row, columns in rows.items()}


def _not_data(row: Row, heading: Heading, essential: tuple[str, ...]) -> str | None:
    """What a row is if it is no data: "" for one with nothing in it; None for data."""
    if _repeats_heading(row, heading):
        return "重复的表头"
    if _numbers_columns(row):
        return "列号行"
    return _closing(row, heading, essential)


def _closing(row: Row, heading: Heading, essential: tuple[str, ...]) -> str | None:
    """As `_not_data`, for totals, signatures, remarks and blanks."""
    label = folded(row.first_text())
    community = folded(row.text("community")) if row.own("community") else ""
    if _TOTAL.match(label) or _TOTAL.match(community):
        return "合计行"
    if all(row.own(name) and row.place(name)[1] == row.columns[name] for name in essential):
        return None
    if _NOTE.match(label) or _is_remark(row, heading):
        return "签字或说明行"
    if not row.has_content():
        return "没有内容的行" if any(row.own(n) for n in row.columns if n != "serial") else ""
    return None


def _repeats_heading(row: Row, heading: Heading) -> bool:
    same = sum(
        1
        for name, column in heading.columns.items()
        if row.own(name) and heading_key(row.text(name)) == heading_key(heading.titles[column])
    )
    return same >= min(_REPEATED, len(heading.columns))


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


def uncomputed(row: Row, name: str) -> bool:
    """Whether the field holds a formula whose result was never stored."""
    cell = row.cell(name)
    return cell is not None and cell.kind is CellKind.UNCOMPUTED
