"""Sheets typed as text: the fixture is the table you see.

A row per line, cells between bars; blank cells are empty. `=…` is a formula that was never computed,
`#…!` an error value, a bare number is a number, and everything else is text.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook as Book

from campaign.intake.grid import Cell, CellKind, Merge, Scalar, Sheet

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def cell(value: Scalar, number_format: str = "General") -> Cell:
    """A cell as a reader would deliver it."""
    text = "" if value is None else str(value)
    if isinstance(value, str):
        if value.startswith("="):
            return Cell(None, text, CellKind.UNCOMPUTED, number_format, text)
        kind = CellKind.ERROR if value.startswith("#") else CellKind.TEXT
    else:
        kind = CellKind.NUMBER if isinstance(value, int | float) else CellKind.DATE
    return Cell(value, text, kind, number_format)


def rows(text: str) -> list[list[str]]:
    """The cells of a table typed with bars."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return [[part.strip().replace("\\n", "\n") for part in line.split("|")] for line in lines]


def sheet(
    text: str,
    *,
    name: str = "Sheet1",
    file: str = "台账.xlsx",
    merges: tuple[Merge, ...] = (),
    first_row: int = 1,
) -> Sheet:
    """A sheet from a table typed with bars."""
    cells = {
        (r, c): cell(_value(part))
        for r, parts in enumerate(rows(text), first_row)
        for c, part in enumerate(parts, 1)
        if part
    }
    return Sheet(file, name, cells, merges)


def save(path: Path, sheets: Mapping[str, str | list[list[Scalar]]], merges: tuple[str, ...] = ()) -> Path:
    """A workbook on disk, one sheet per table."""
    book = Book()
    book.remove(book.worksheets[0])
    for title, table in sheets.items():
        worksheet = book.create_sheet(title)
        lines = [[_value(p) for p in parts] for parts in rows(table)] if isinstance(table, str) else table
        for r, parts in enumerate(lines, 1):
            for c, value in enumerate(parts, 1):
                if value not in {None, ""}:
                    worksheet.cell(r, c, value)
        for merge in merges:
            worksheet.merge_cells(merge)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def _value(part: str) -> Scalar:
    if not _NUMBER.fullmatch(part) or (part.startswith("0") and len(part) > 1 and part[1] != "."):
        return part
    return float(part) if "." in part else int(part)
