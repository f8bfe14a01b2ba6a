"""What a reading process says of one file, in plain values that travel quickly.

Only text, numbers, truth values, lists, tuples and dicts: `marshal` carries them faster than pickle does, and
nothing that a hostile workbook might do to the reading process can make the main process run anything.
"""

import marshal
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from itertools import islice

from campaign.intake.reading.clean import Escapes
from campaign.intake.reading.limits import Limits, Refused

# value, raw, kind (the words of CellKind), number format, formula; of a date the raw text is the value.
Packed = tuple[str | int | float | bool | None, str, str, str, str]
Address = tuple[int, int]
Area = tuple[int, int, int, int]  # top, left, bottom, right; inclusive, from 1


@dataclass(slots=True)
class SheetDraft:
    """One sheet. `merges` is None where the container does not tell.

    Large sheets carry blocks of values (see `blocks`) besides the few `cells` that differ from them;
    a cell in `voided` is to be taken as empty whatever its block says.
    """

    name: str
    hidden: bool = False
    cells: dict[Address, Packed] = field(default_factory=dict)
    merges: list[Area] | None = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: dict[Address, str] = field(default_factory=dict)
    pictures: dict[Address, int] = field(default_factory=dict)
    cleaned: list[tuple[int, int, str]] = field(default_factory=list)  # row, column, raw text
    voided: set[Address] = field(default_factory=set)
    blocks: list[bytes] = field(default_factory=list)
    block_cells: int = 0  # that hold something
    text: int = 0  # characters of text
    escapes: Escapes = Escapes.ALL  # how its text is to be read
    formats: dict[Address, str] = field(default_factory=dict)  # of cells in blocks, where they say something

    @property
    def size(self) -> int:
        """How many cells hold something, as far as known while reading."""
        return len(self.cells) + self.block_cells


@dataclass(frozen=True, slots=True)
class Note:
    """A fault in the making: its code, where it lies, and the words for its placeholders."""

    code: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    value: str = ""
    words: dict[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class FileDraft:
    """One file: what was read, or only notes where nothing could be. `trouble` is for engineers' eyes."""

    sheets: list[SheetDraft] = field(default_factory=list)
    reader: str = ""
    producer: str = ""
    sha256: str = ""
    notes: list[Note] = field(default_factory=list)
    trouble: str = ""

    def check_size(self, limits: Limits) -> None:
        """Raises Refused where the sheets hold more than the limits allow."""
        if sum(sheet.size for sheet in self.sheets) > limits.cells:
            raise Refused("I-FILE-TOO-LARGE", found="单元格过多")
        if sum(sheet.text for sheet in self.sheets) > limits.text:
            raise Refused("I-FILE-TOO-LARGE", found="文字过多")

    def frames(self) -> list[bytes]:
        """The draft as messages: one with everything but the blocks, then the blocks."""
        sheets = [
            (len(sheet.blocks), sheet.escapes.value, {name: getattr(sheet, name) for name in _PLAIN_FIELDS})
            for sheet in self.sheets
        ]
        notes = [(n.code, n.sheet, n.row, n.column, n.value, n.words) for n in self.notes]
        head = (sheets, self.reader, self.producer, self.sha256, notes, self.trouble)
        return [marshal.dumps(head), *(block for sheet in self.sheets for block in sheet.blocks)]

    @classmethod
    def from_frames(cls, frames: Sequence[bytes]) -> "FileDraft":
        """The draft that `frames` came from."""
        # From our own child; whatever has become of it, marshal makes plain values and runs nothing.
        sheets, reader, producer, sha256, notes, trouble = marshal.loads(frames[0])  # noqa: S302
        blocks = iter(frames[1:])
        drafts = [
            SheetDraft(**plain, escapes=Escapes(escapes), blocks=list(islice(blocks, count)))
            for count, escapes, plain in sheets
        ]
        return cls(drafts, reader, producer, sha256, [Note(*note) for note in notes], trouble)


_PLAIN_FIELDS = tuple(f.name for f in fields(SheetDraft) if f.name not in {"blocks", "escapes"})
