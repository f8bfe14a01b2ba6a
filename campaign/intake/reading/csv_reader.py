"""CSV and its relatives: text with one character between the columns.

Every value stays the text it is: a CSV has no types, and "0012" is no number. Encodings are those of Chinese
office programs: UTF-8 with or without mark, UTF-16 with mark (Excel's "Unicode text"), GB18030.
"""

import codecs
import csv
import re
from collections import Counter
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
_MANY_BYTES = 8 << 20
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str | None:
    """The text in `data`; None where it is no text in an encoding of Chinese office programs."""
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
    return None if _CONTROL.search(text, 0, 4096) else text


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
    # Line ends inside quotes are line feeds as in any other workbook.
    source = StringIO(text[start:].replace("\r\n", "\n").replace("\r", "\n"))
    rows = csv.reader(source, delimiter=delimiter)
    csv.field_size_limit(limits.part_bytes)
    draft = FileDraft([sheet := SheetDraft(name, merges=None, escapes=Escapes.STRAY)], reader="csv")
    if len(data) > _MANY_BYTES:
        for _ in add_blocks(sheet, _rectangle(list(rows), limits), 1, 1):
            draft.check_size(limits)
        return draft
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            place(sheet, row, column, pack_text(value, escapes=Escapes.STRAY))
        draft.check_size(limits)
    return draft


def _rectangle(rows: list[list[str]], limits: Limits) -> list[list[object]]:
    """The rows, all as wide as the widest."""
    width = max(map(len, rows), default=0)
    if width * len(rows) > limits.box:
        raise Refused("I-FILE-TOO-LARGE", found="单元格过多")
    return [[*row, *[""] * (width - len(row))] for row in rows]


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
