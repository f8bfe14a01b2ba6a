"""What a blank form is made of: columns with what may stand in them, lines above the table, rows given."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Fill(StrEnum):
    """What is to be filled into a column."""

    GIVEN = "given"  # a text printed by us and locked
    LABEL = "label"  # the same, short and centred: item, number
    SERIAL = "serial"
    TEXT = "text"
    SHORT = "short"  # a text of one line, centred
    CHOICE = "choice"
    DAY = "day"
    DEADLINE = "deadline"  # a day, or the words for none
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form. `width` is in characters; `list_name` names the list a choice is taken from."""

    field: str  # as in rules/headings.yaml; "" for a count of activities
    title: str
    width: float
    fill: Fill
    hint: str
    example: str = ""
    required: bool = False
    list_name: str = ""

    @property
    def given(self) -> bool:
        """Whether we print it, and nothing is to be filled in."""
        return self.fill in {Fill.GIVEN, Fill.LABEL}


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a form accepts, both inclusive: the campaign with some room on either side."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first.isoformat()} 至 {self.last.isoformat()}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is shown on the sheet of instructions: two headings, and rows."""

    titles: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet to fill in.

    `line` stands left above the table (whose form it is); `dated` forms have a place for 填报时间 beside it.
    `rows` are given, cell by cell, None where something is to be filled in; `spare` counts the rows printed
    with a frame, more can be filled in below them where the form `grows`. `named` columns serve other forms
    of the workbook as a list.
    """

    sheet: str
    title: str
    columns: tuple[Column, ...]
    period: Period
    line: str = ""
    dated: bool = True
    rows: tuple[tuple[str | int | None, ...], ...] = ()
    spare: int = 0
    grows: bool = True
    joined: int = 0  # the column whose equal neighbours below one another are merged; 0 for none
    frozen: int = 0  # columns that stay in sight on the left
    row_height: float = 30  # points
    named: tuple[tuple[str, int], ...] = ()  # (name of a list, column that holds it)


@dataclass(frozen=True, slots=True)
class FormBook:
    """A workbook of forms with its instructions and the lists its choices are taken from."""

    forms: tuple[Form, ...]
    lead: tuple[str, ...]  # what is said above the instructions
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
