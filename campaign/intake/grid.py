"""What a workbook looks like once its container no longer matters: sparse cells with addresses.

Every reader (openpyxl, calamine, xlrd, CSV) yields these records; nothing after them knows the file format.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from campaign.records import CellRef

Scalar = str | int | float | bool | datetime | date | time | None


class CellKind(StrEnum):
    """What kind of thing stands in a cell."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"  # #N/A, #REF! …: `value` is that text
    UNCOMPUTED = "uncomputed"  # a formula whose result was never stored: `value` is None, `formula` is set


@dataclass(frozen=True, slots=True)
class Cell:
    """One non-empty cell. `value` is cleaned (see reading); `raw` is the text as stored, before cleaning."""

    value: Scalar
    raw: str
    kind: CellKind = CellKind.TEXT
    number_format: str = "General"
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, inclusive, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: cells by (row, column), both from 1. Cells that hold nothing are absent.

    `merges_known` is False where the container does not tell (csv, ods); blanks may then be merged cells.
    `pictures` counts pictures by the cell their upper left corner lies in.
    """

    file: str
    name: str
    cells: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    merges_known: bool = True
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    pictures: dict[tuple[int, int], int] = field(default_factory=dict)

    def ref(self, row: int = 0, column: int = 0) -> CellRef:
        """The address of a cell, or of the sheet."""
        return CellRef(self.file, self.name, row, column)

    @property
    def last_row(self) -> int:
        """The last row that holds anything; 0 for an empty sheet."""
        return max((r for r, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        """The last column that holds anything; 0 for an empty sheet."""
        return max((c for _, c in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """One file, read. `reader` names the library that read it; `sha256` is of its bytes."""

    file: str
    sheets: tuple[Sheet, ...]
    reader: str
    sha256: str
    producer: str = ""
