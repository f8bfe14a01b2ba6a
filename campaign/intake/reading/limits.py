"""How much a workbook may ask for before it is refused, and how a refusal is said.

The figures come from thousands of public workbooks, none of which came near them, and from packages built to
attack, all of which go beyond at least one.
"""

from dataclasses import dataclass

MEBIBYTE = 1 << 20
GRID_ROWS = 1_048_576
GRID_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one workbook. Sizes are bytes, times seconds of wall clock."""

    memory: int = 3072 * MEBIBYTE  # address space of a reading process beyond what it started with
    seconds: float = 20.0
    seconds_per_mebibyte: float = 2.0
    seconds_at_most: float = 60.0
    file_bytes: int = 100 * MEBIBYTE
    entries: int = 5_000  # of a zip package
    part_bytes: int = 400 * MEBIBYTE  # of one part, unpacked; 200,000 rows of 18 columns are about 220 MiB
    package_bytes: int = 512 * MEBIBYTE  # of all parts, unpacked
    ratio: int = 300  # unpacked to packed, for parts above `ratio_from`
    ratio_from: int = 8 * MEBIBYTE
    area: int = 50_000  # cells of one merged range or one hyperlink
    long_rows: int = 20_000  # above this a sheet is read by calamine,
    long_bytes: int = (
        48 * MEBIBYTE
    )  # or above this size, unpacked: it is twice what so many rows usually take
    in_blocks: int = 400_000  # cells of a rectangle from which on it is kept in blocks (see `blocks`)
    box: int = 50_000_000  # cells of the bounding box: calamine sets all of it aside in memory
    cells: int = 5_000_000  # that hold something, in one workbook
    text: int = 100_000_000  # characters in one workbook; one shared string may stand in every cell

    def seconds_for(self, size: int) -> float:
        """How long a file of `size` bytes may take."""
        return min(self.seconds_at_most, self.seconds + self.seconds_per_mebibyte * (size / MEBIBYTE))


class Refused(Exception):  # noqa: N818 - a verdict about a file, not an error of ours
    """The file will not be read: the code of a catalogued fault and the words for its placeholders.

    It never leaves the package; whoever reads one file turns it into that fault.
    """

    def __init__(self, code: str, **words: str | int) -> None:
        super().__init__(code, words)
        self.code = code
        self.words = words


def megabytes(size: int) -> str:
    """A size as the clerk reads it ("约12兆字节")."""
    return f"约{max(1, round(size / MEBIBYTE))}兆字节"
