"""Large sheets: so many rows to a block, a column to a list, unpacked only where somebody looks.

A sheet of 200,000 rows has millions of cells; as objects of their own they would take gigabytes and longer to
make than the workbook takes to read.
"""

import marshal
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import islice

from campaign.intake.grid import Cell, CellKind
from campaign.intake.reading.cells import GENERAL, moment_from, pack, pictures_in
from campaign.intake.reading.clean import INVISIBLE, clean_text, had_invisible
from campaign.intake.reading.draft import Address, Packed, SheetDraft

BLOCK_ROWS = 128  # what they hold stays in the processor's cache while a block is made: twice as fast as 1000

_VERSION = 2  # of marshal: without looking for values that occur twice, which takes longer than it saves
_SEPARATOR = "|"  # between the texts of a column when all of them are looked at together
# A text that begins like this may be nothing to see, or a picture's formula.
_LEADING = re.compile(r"\|[\s=]")
_UNPLAIN = {datetime, time, timedelta}

_KINDS = {kind.value: kind for kind in CellKind}


def cell_from(packed: Packed) -> Cell:
    """The cell that a reader packed."""
    value, raw, kind, number_format, formula = packed
    if kind == "date":
        return Cell(moment_from(raw), raw, CellKind.DATE, number_format, formula)
    return Cell(value, raw, _KINDS[kind], number_format, formula)


def add_blocks(sheet: SheetDraft, rows: Iterable[Sequence[object]], top: int, left: int) -> Iterator[None]:
    """Put rows of values into the sheet as blocks; the first value stands in row `top`, column `left`.

    Yields after each block, so that the caller may look at the sheet's size.
    """
    source = iter(rows)
    while block := list(islice(source, BLOCK_ROWS)):
        columns = []
        for offset, column in enumerate(zip(*block, strict=True)):
            values, count = _encoded(sheet, column, top, left + offset)
            sheet.block_cells += count
            columns.append(values)
        sheet.blocks.append(marshal.dumps((top, left, columns), _VERSION))
        top += len(block)
        yield


def _encoded(
    sheet: SheetDraft, column: tuple[object, ...], top: int, at: int
) -> tuple[list[object] | tuple[object, ...], int]:
    """A column's values as marshal takes them, nothing as "", and how many hold something."""
    types = set(map(type, column))
    values: list[object] | tuple[object, ...] = column
    if str in types:
        texts = column if len(types) == 1 else [text for text in column if isinstance(text, str)]
        joined = _SEPARATOR + _SEPARATOR.join(texts)  # type: ignore[arg-type] # all of them are text
        sheet.text += len(joined)
        if _suspicious(joined):
            values = [
                _checked(sheet, value, top + offset, at) if isinstance(value, str) else value
                for offset, value in enumerate(column)
            ]
    if types == {date}:
        values = list(zip(map(date.isoformat, column), strict=True))  # type: ignore[arg-type] # all are dates
    elif date in types:
        values = [(value.isoformat(),) if value.__class__ is date else value for value in values]
    if types & _UNPLAIN:
        values = [_plain(value) for value in values]
    return values, len(values) - values.count("")


def _suspicious(joined: str) -> bool:
    """Whether some of the texts need a closer look."""
    if "_x" in joined or "| " in joined or "|=" in joined:
        return True
    return not joined.isprintable() and bool(_LEADING.search(joined) or INVISIBLE.search(joined))


def _checked(sheet: SheetDraft, text: str, row: int, column: int) -> str:
    if not clean_text(text, sheet.escapes):
        return ""
    if had_invisible(text, sheet.escapes):
        sheet.cleaned.append((row, column, text))
    if text.startswith("=") and (count := pictures_in(text)):
        sheet.pictures[row, column] = count
    return text


def _plain(value: object) -> object:
    """Dates and times as a tuple with their raw text; durations as numbers."""
    if isinstance(value, datetime | time | timedelta):
        packed = pack(value)
        if packed is not None:
            return (packed[1],) if packed[2] == CellKind.DATE else packed[0]
    return value


class BlockCells(Mapping[Address, Cell]):
    """The cells of a large sheet by address, made when asked for. Iterates by row, then column.

    `special` cells stand before what the blocks say, `voided` ones are empty.
    """

    def __init__(self, draft: SheetDraft) -> None:
        self._packed = list(draft.blocks)
        self._blocks: list[tuple[int, int, list[list[object]]] | None] = [None] * len(self._packed)
        self._special = {address: cell_from(packed) for address, packed in draft.cells.items()}
        self._voided = draft.voided
        self._formats = draft.formats
        self._escapes = draft.escapes
        first = self._block(0) if self._packed else (1, 1, [])
        self._top = first[0]
        self._count: int | None = None

    def __getitem__(self, address: Address) -> Cell:
        if (cell := self._special.get(address)) is not None:
            return cell
        if address in self._voided:
            raise KeyError(address)
        packed = pack(self._value(address), self._formats.get(address, GENERAL), "", self._escapes)
        if packed is None:
            raise KeyError(address)
        return cell_from(packed)

    def __contains__(self, address: object) -> bool:
        if not isinstance(address, tuple) or len(address) != 2:  # noqa: PLR2004 - row and column
            return False
        return address in self._special or (address not in self._voided and self._value(address) != "")

    def __iter__(self) -> Iterator[Address]:
        if not self._special:
            yield from self._in_blocks()
            return
        last = None
        for address in merge(self._in_blocks(), sorted(self._special)):
            if address != last:
                yield address
            last = address

    def __len__(self) -> int:
        if self._count is None:
            self._count = sum(1 for _ in self)
        return self._count

    def _in_blocks(self) -> Iterator[Address]:
        for number in range(len(self._packed)):
            top, left, columns = self._block(number)
            for row, values in enumerate(zip(*columns, strict=True), start=top):
                for column, value in enumerate(values, start=left):
                    if value != "" and (row, column) not in self._voided:
                        yield row, column

    def _value(self, address: Address) -> object:
        """What the blocks hold there, "" for nothing; a moment is back as its value."""
        number, offset = divmod(address[0] - self._top, BLOCK_ROWS)
        if not 0 <= number < len(self._packed):
            return ""
        _, left, columns = self._block(number)
        if not 0 <= address[1] - left < len(columns):
            return ""
        column = columns[address[1] - left]
        value = column[offset] if offset < len(column) else ""
        return moment_from(value[0]) if isinstance(value, tuple) else value

    def _block(self, number: int) -> tuple[int, int, list[list[object]]]:
        block = self._blocks[number]
        if block is None:
            # From our own reading process, see `draft`.
            block = self._blocks[number] = marshal.loads(self._packed[number])  # noqa: S302
            self._packed[number] = b""
        return block
