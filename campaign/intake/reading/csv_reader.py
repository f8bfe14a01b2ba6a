"""CSV and its relatives: text with one character between the columns.

Every value stays the text it is: a CSV has no types, and "0012" is no number. Encodings are those of Chinese
office programs: UTF-8 with or without mark, UTF-16 with mark (Excel's "Unicode text"), GB18030.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice

from campaign.intake.reading.blocks import add_blocks
from campaign.intake.reading.cells import pack_text, place
from campaign.intake.reading.clean import Escapes
from campaign.intake.reading.draft import FileDraft, SheetDraft
from campaign.intake.reading.limits import Limits, Refused

DELIMITERS = ",\t;|"
_SAMPLE_ROWS = 60
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str | None:
    """The text in `data`, lines ending in line feeds; None where it is in no encoding that offices use."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\0" in data:
        return None
    text = _decoded(data, "utf-8")
    return text if text is not None else _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    # Line ends inside quotes are line feeds as in any other workbook.
    return None if _CONTROL.search(text, 0, 4096) else text.replace("\r\n", "\n").replace("\r", "\n")


def is_table(text: str) -> bool:
    """Whether the text has columns: most of its first lines are cut into as many parts, at least two."""
    delimiter, _ = _delimiter(text)
    widths = Counter(len(row) for row in _rows(StringIO(text[: 1 << 16]), delimiter) if row)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return width > 1 and count > 1 and 2 * count >= widths.total()


def read_csv(data: bytes, name: str, limits: Limits) -> FileDraft:
    """The table in `data` as one sheet called `name`.

    Raises:
        Refused: no text, or more cells than the limits allow.
    """
    text = decode(data)
    if text is None:
        raise Refused("I-FILE-DAMAGED")
    delimiter, start = _delimiter(text)
    csv.field_size_limit(limits.part_bytes)
    rows = list(csv.reader(StringIO(text[start:]), delimiter=delimiter))
    draft = FileDraft([sheet := SheetDraft(name, merges=None, escapes=Escapes.STRAY)], reader="csv")
    for _ in _read_rows(sheet, rows, limits):
        draft.check_size(limits)
    return draft


def _read_rows(sheet: SheetDraft, rows: list[list[str]], limits: Limits) -> Iterator[None]:
    """Read the rows, with a pause now and then to look at the sheet's size."""
    width = max(map(len, rows), default=0)
    if width * len(rows) > limits.box:
        raise Refused("I-FILE-TOO-LARGE", found="单元格过多")
    if width * len(rows) > limits.in_blocks:
        yield from add_blocks(sheet, [[*row, *[""] * (width - len(row))] for row in rows], 1, 1)
        return
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            place(sheet, number, column, pack_text(value, escapes=Escapes.STRAY))
        yield


def _delimiter(text: str) -> tuple[str, int]:
    """The character between columns, and where the table begins (after Excel's own line "sep=;")."""
    stated = _SEPARATOR_LINE.match(text)
    if stated:
        return stated[1], stated.end()
    sample = text[: 1 << 16]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter)), 0


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """How many rows of the sample have the commonest width above one, and that width."""
    widths = Counter(len(row) for row in _rows(StringIO(sample), delimiter))
    del widths[0], widths[1]
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return count, width


def _rows(source: StringIO, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    with suppress(csv.Error):  # then the rows before the trouble are sample enough
        rows.extend(islice(csv.reader(source, delimiter=delimiter), _SAMPLE_ROWS))
    return rows
