"""Where something was read: the cells that every record can be followed back to."""

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """A place in a workbook: `file` is the path below the input folder; row and column count from 1.

    A whole sheet has row 0; a whole file has an empty sheet name too. `issue` is the number of the bulletin
    in whose workbooks the place lies, 0 for this week's: what has vanished can only be shown where it was.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    issue: int = 0

    @property
    def cell(self) -> str:
        """The address as Excel shows it ("G12"); empty where the place is a file or a sheet."""
        return f"{get_column_letter(self.column)}{self.row}" if self.row and self.column else ""

    @property
    def earlier(self) -> str:
        """Which week's workbooks the place lies in ("第4期"); empty for this week's."""
        return f"第{self.issue}期" if self.issue else ""

    def __str__(self) -> str:
        parts = [f"{self.earlier}《{self.file}》"]
        if self.sheet:
            parts.append(f"“{self.sheet}”")
        return "".join(parts) + self.cell


@dataclass(frozen=True, slots=True)
class Sourced:
    """One field of a record as it stood in the workbook: where, and the text as typed."""

    field: str
    ref: CellRef
    raw: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where each field of a record was read. `row` points at the record's first cell."""

    row: CellRef
    fields: tuple[Sourced, ...] = ()

    def ref(self, name: str) -> CellRef:
        """The cell of a field; the record's own place where that field has no column."""
        return next((f.ref for f in self.fields if f.field == name), self.row)

    def raw(self, name: str) -> str:
        """The field's text as typed; empty where that field has no column."""
        return next((f.raw for f in self.fields if f.field == name), "")

    def refs(self, names: Iterable[str]) -> tuple[CellRef, ...]:
        """The cells of several fields, without repeats."""
        return tuple(dict.fromkeys(self.ref(n) for n in names))
