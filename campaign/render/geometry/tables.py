"""How wide the columns of a table are and how large its text: never a column of single characters.

A template gives relative widths. They are kept where the content allows; a column that would break a number,
a date or a short name gets more, taken from columns that have more than they need. Text is set in the
layout's largest size where most rows then take one line, else in the usual one, and smaller only where a
table is wide.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.compose.blocks import Align, Table, TableCell
from campaign.render.geometry.layout import Layout
from campaign.render.geometry.lines import Ruler
from campaign.render.text import printable

PlacedRow = list[tuple[int, TableCell]]  # the cells of a row, each with the column it starts in

_TALL = 0.5  # of a page's depth: a row that takes more may be broken
_STEP = 0.5  # points between two sizes
_SHORT = 4.2  # em: what is shorter is always set on one line (三字人名, 整改率, 123.4%)
_WHOLE = 8.2  # em: what is shorter is set on one line where the table has room (某某街道办事处)
_BLANK = 5.0  # em: a column left empty is to be written in by hand
_HEAD = 2.05  # em: heads may break into lines of two characters
_LINES = 1.3  # mean lines a body row, above which a smaller size is tried, down to the usual one
_CROWDED = 3.0  # mean lines a body row, above which even smaller text is tried, down to the small size
_SLACK = 1.0  # points: Pango's rounding must not break what fits exactly
_MOST_LINES = 1000.0
_HALVINGS = 40
_UNBROKEN = re.compile(r"[!-~]+")  # Latin words and numbers are not broken
_BOUNDARY = re.compile(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
_BETWEEN = 0.25  # em: that space
_LONGEST_WORD = 12.0  # em: a longer word (a link, a serial number) is broken after all


@dataclass(frozen=True, slots=True)
class Fitting:
    """Column widths in points, and the text's size."""

    widths: tuple[float, ...]
    size: float


@dataclass(frozen=True, slots=True)
class _Column:
    """One column's wants in em: the least it can do with, and what would set every cell on one line."""

    least: float
    better: float  # enough to keep somewhat longer names whole as well
    natural: float
    usual: float  # what would set four cells of five on one line
    cells: tuple[tuple[int, float], ...]  # body cells: row, natural width


def fit_table(ruler: Ruler, table: Table, available: float) -> Fitting:
    """Sizes and widths for a table in the room it has.

    Args:
        ruler: measures the cells.
        table: the table; its columns' widths are relative.
        available: the room in points.
    """
    layout = ruler.layout
    columns = _columns(ruler, table)
    padding = 2 * layout.points("table.padding") + layout.points("table.rule") + _SLACK
    usual, small, smallest = (layout.points(f"table.{name}") for name in ("usual", "small", "smallest"))
    for size in sizes(layout):
        patience = _LINES if size > usual else _CROWDED if size > small else math.inf
        wants = [[column.better for column in columns]]
        if size <= usual:
            wants.append([column.least for column in columns])
        for want in wants:
            least = [em * size + padding for em in want]
            if sum(least) <= available:
                widths = _widths(table, columns, least, size, padding, available)
                if _lines(columns, widths, size, padding) <= patience:
                    return Fitting(tuple(widths), size)
    total = sum(column.least for column in columns)
    return Fitting(tuple(column.least * available / total for column in columns), smallest)


def sizes(layout: Layout) -> Iterator[float]:
    """The sizes in points that a table's text may have, largest first."""
    size, smallest = layout.points("table.largest"), layout.points("table.smallest")
    while size > smallest:
        yield size
        size -= _STEP
    yield smallest


def tall_rows(ruler: Ruler, table: Table, fitting: Fitting) -> frozenset[int]:
    """The rows, counted from 0, that are too tall to be kept on one page: they may be broken, others not."""
    layout = ruler.layout
    part = layout.text("table.face")
    room = _TALL * (layout.measure if table.landscape else layout.depth)
    height = fitting.size * layout.number("table.leading")
    found = set()
    for number, row in enumerate(grid(table.rows)):
        for column, cell in row:
            # Most cells are short: what cannot fill the room at one character a line need not be measured.
            if len(cell.text) * height < room:
                continue
            width = sum(fitting.widths[column : column + cell.colspan]) - 2 * layout.points("table.padding")
            if ruler.wrapped(part, printable(cell.text), fitting.size, width) * height > room:
                found.add(number)
    return frozenset(found)


def _columns(ruler: Ruler, table: Table) -> list[_Column]:
    face, head_face = ruler.layout.text("table.face"), ruler.layout.text("table.head_face")
    count = len(table.columns)
    least, better, natural = [1.0] * count, [1.0] * count, [1.0] * count
    heads = [1.0] * count
    cells: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for rows, part, head in ((table.head, head_face, True), (table.rows, face, False)):
        for number, column, cell in _single(rows, count):
            text = printable(cell.text)
            width = max(_loose(ruler, part, line) for line in text.split("\n"))
            natural[column] = max(natural[column], width)
            least[column] = max(least[column], _least(ruler, part, text, _HEAD if head else _SHORT))
            better[column] = max(better[column], _least(ruler, part, text, _HEAD if head else _WHOLE))
            if head:
                heads[column] = max(heads[column], width)
            else:
                cells[column].append((number, width))
    for column, own in enumerate(cells):
        if len(own) > 1 and all(width == 0 for _, width in own):
            least[column] = better[column] = max(least[column], _BLANK)
    return [
        _Column(least[i], better[i], natural[i], max(_usual(cells[i]), heads[i] / 2), tuple(cells[i]))
        for i in range(count)
    ]


def _usual(cells: list[tuple[int, float]]) -> float:
    widths = sorted(width for _, width in cells)
    return widths[len(widths) * 4 // 5] if widths else 1.0


def _single(rows: tuple[tuple[TableCell, ...], ...], count: int) -> Iterator[tuple[int, int, TableCell]]:
    """Row, column and cell of the cells that lie in one of the table's columns alone."""
    for number, row in enumerate(grid(rows)):
        for column, cell in row:
            if cell.colspan == 1 and column < count:
                yield number, column, cell


def _least(ruler: Ruler, part: str, text: str, whole: float) -> float:
    """The least width in em that breaks no word or number, and no line shorter than `whole`."""
    words = [min(ruler.em(part, word), _LONGEST_WORD) for word in _UNBROKEN.findall(text)]
    lines = [_loose(ruler, part, line) for line in text.split("\n")]
    # A longer line may break anywhere, but not into a column of single characters.
    return max([line if line <= whole else min(_SHORT, whole) for line in lines] + words)


def _loose(ruler: Ruler, part: str, line: str) -> float:
    """The width of a line in em, with the space that some word processors put between Chinese and digits."""
    return ruler.em(part, line) + _BETWEEN * len(_BOUNDARY.findall(line))


def alignment(cell: TableCell, column: int, table: Table, *, head: bool) -> Align:
    """How a cell is set: as it says itself; heads are centred, the rest follows its column."""
    if cell.align is not None:
        return cell.align
    return Align.CENTER if head or column >= len(table.columns) else table.columns[column].align


def grid(rows: tuple[tuple[TableCell, ...], ...]) -> Iterator[PlacedRow]:
    """The rows, each cell with the column it starts in; cells that reach down from above are skipped."""
    reaching: dict[int, int] = {}  # column → rows still covered from above
    for row in rows:
        column = 0
        line: PlacedRow = []
        covered = {c for c, left in reaching.items() if left}
        reaching = {c: left - 1 for c, left in reaching.items() if left > 1}
        for cell in row:
            while column in covered:
                column += 1
            line.append((column, cell))
            if cell.rowspan > 1:
                reaching.update(dict.fromkeys(range(column, column + cell.colspan), cell.rowspan - 1))
            column += cell.colspan
        yield line


def _widths(
    table: Table, columns: list[_Column], least: list[float], size: float, padding: float, available: float
) -> list[float]:
    """The widths at one size, no column below its least.

    Where every cell can have its line, the given proportions decide. Where cells must wrap, they decide no
    longer: the columns then share the room so that their cells take about as many lines each.
    """
    natural = [max(c.natural * size + padding, low) for c, low in zip(columns, least, strict=True)]
    if sum(natural) > available:
        return _level(columns, least, natural, size, padding, available)
    widths = _at_least([float(column.width) for column in table.columns], least, available)
    spare = [max(0.0, width - want) for width, want in zip(widths, natural, strict=True)]
    lack = [max(0.0, want - width) for width, want in zip(widths, natural, strict=True)]
    if not sum(lack):
        return widths
    given = min(1.0, sum(lack) / sum(spare)) if sum(spare) else 0.0
    taken = given * sum(spare) / sum(lack)
    return [w - s * given + x * taken for w, s, x in zip(widths, spare, lack, strict=True)]


def _level(
    columns: list[_Column],
    least: list[float],
    natural: list[float],
    size: float,
    padding: float,
    available: float,
) -> list[float]:
    """Widths at which the cells of all columns take about the same number of lines."""

    def at(lines: float) -> list[float]:
        wanted = (column.usual * size / lines + padding for column in columns)
        return [min(most, max(low, width)) for most, low, width in zip(natural, least, wanted, strict=True)]

    few, many = 1.0, _MOST_LINES
    for _ in range(_HALVINGS):
        middle = (few + many) / 2
        few, many = (middle, many) if sum(at(middle)) > available else (few, middle)
    widths = at(many)
    # What is left goes to the columns that wrap.
    lack = [most - width for most, width in zip(natural, widths, strict=True)]
    rest = max(0.0, available - sum(widths)) / (sum(lack) or 1.0)
    widths = [width + rest * more for width, more in zip(widths, lack, strict=True)]
    return [width * available / sum(widths) for width in widths]


def _at_least(shares: list[float], least: list[float], available: float) -> list[float]:
    """`available` divided by shares, where nobody gets less than their least."""
    held: set[int] = set()
    while True:
        room = available - sum(least[i] for i in held)
        free = sum(share for i, share in enumerate(shares) if i not in held) or 1.0
        widths = [least[i] if i in held else share * room / free for i, share in enumerate(shares)]
        below = {i for i, width in enumerate(widths) if i not in held and width < least[i] - 1e-6}
        if not below:
            return widths
        held |= below


def _lines(columns: list[_Column], widths: list[float], size: float, padding: float) -> float:
    """How many lines a body row takes, in the mean."""
    lines: dict[int, float] = {}
    for column, width in zip(columns, widths, strict=True):
        room = max(width - padding, size) / size
        for row, natural in column.cells:
            lines[row] = max(lines.get(row, 1.0), math.ceil(natural / room))
    return sum(lines.values()) / len(lines) if lines else 1.0
