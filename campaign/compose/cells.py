"""Cells as they are printed: by file and sheet, rows drawn together, so that many cells take little room."""

from collections.abc import Iterable, Iterator, Sequence

from openpyxl.utils import get_column_letter

from campaign.records import CellRef


def cell_places(refs: Iterable[CellRef], longest: int = 0) -> tuple[str, ...]:
    """《台账.xlsx》“问题台账”F5—7、F12、K5; the folders are left out: an office knows its own file.
    Before a file of an earlier week stands that week: 第4期《台账.xlsx》.

    Where `longest` is given, what takes more characters is continued in a further text, each with its file.
    """
    files: dict[tuple[str, str], dict[str, list[CellRef]]] = {}
    for ref in refs:
        files.setdefault((ref.earlier, ref.file), {}).setdefault(ref.sheet, []).append(ref)
    texts: list[str] = []
    for (week, file), sheets in files.items():
        name = f"{week}《{file.rsplit('/', 1)[-1]}》"
        parts = [part for sheet, own in sheets.items() for part in _sheet_parts(sheet, own, longest)]
        texts += _filled(name, parts, longest)
    return tuple(_filled("", texts, longest))


def _sheet_parts(sheet: str, refs: Sequence[CellRef], longest: int) -> list[str]:
    name = f"“{sheet}”" if sheet else ""
    return [f"{name}{text}" for text in _filled("", list(_runs(refs)), longest, "、")]


def _filled(head: str, parts: Sequence[str], longest: int, mark: str = "；") -> list[str]:
    """The parts joined, in as few texts of `longest` characters as they take; each begins with `head`."""
    texts: list[str] = []
    for part in parts:
        if texts and (not longest or len(texts[-1]) + len(part) < longest):
            texts[-1] += mark + part
        else:
            texts.append(head + part)
    return texts or [head]


def _runs(refs: Iterable[CellRef]) -> Iterator[str]:
    """The cells column by column, rows that follow each other as one run."""
    columns: dict[int, set[int]] = {}
    for ref in refs:
        if ref.row and ref.column:
            columns.setdefault(ref.column, set()).add(ref.row)
    for column, rows in sorted(columns.items()):
        letter = get_column_letter(column)
        for first, last in _ranges(sorted(rows)):
            yield f"{letter}{first}" if first == last else f"{letter}{first}—{last}"


def _ranges(rows: list[int]) -> Iterator[tuple[int, int]]:
    first = last = rows[0]
    for row in rows[1:]:
        if row > last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
