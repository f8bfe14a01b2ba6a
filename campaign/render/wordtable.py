"""Tables in Word: native ones, written as XML in one go."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from campaign.compose.blocks import Align, Table, TableCell
from campaign.render.geometry.layout import Layout, twips
from campaign.render.geometry.tables import Fitting, alignment, grid
from campaign.render.wordsizes import style_id
from campaign.render.wordstyle import Style
from campaign.render.wordstyles import Styles
from campaign.render.wordxml import element, paragraph, run

_SIDES = {Align.LEFT: "Left", Align.CENTER: "", Align.RIGHT: "Right"}
_KEEP_NEXT = "<w:keepNext/>"


@dataclass(frozen=True, slots=True)
class TableXml:
    """Writes one table. `kept` ties every row to the next and the last to what follows; `roomy` gives
    rows the height that signatures need; the `tall` ones may be broken between pages.
    """

    table: Table
    fitting: Fitting
    layout: Layout
    styles: Styles
    kept: bool = False
    tied: bool = False
    roomy: bool = False
    tall: frozenset[int] = frozenset()

    def xml(self) -> str:
        """The w:tbl element."""
        widths = self._widths()
        columns = "".join(element("gridCol", w=width) for width in widths)
        last = len(self.table.rows) - self.table.totals
        count = len(self.table.rows)
        rows = [self._row(cells, widths, "TableHead", head=True) for cells in _full(self.table.head)]
        for number, cells in enumerate(_full(self.table.rows)):
            style = "TableTotal" if number >= last else "TableText"
            held = self.kept or (number == 0 and count > 1) or number == count - 2
            held = held or (self.tied and number == count - 1)
            rows.append(self._row(cells, widths, style, held=held, whole=number not in self.tall))
        return (
            f"<w:tbl><w:tblPr>{element('tblStyle', val='Ledger')}{element('tblW', w=sum(widths), type='dxa')}"
            f"{element('jc', val='center')}{element('tblLayout', type='fixed')}"
            f"{element('tblLook', val='0620', firstRow=1, noHBand=1, noVBand=1)}"
            f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _widths(self) -> list[int]:
        """The columns in twips; they sum up to the table's width exactly."""
        edges = [0.0]
        for width in self.fitting.widths:
            edges.append(edges[-1] + width)
        places = [twips(edge) for edge in edges]
        return [right - left for left, right in pairwise(places)]

    def _row(
        self,
        cells: "list[_Placed]",
        widths: list[int],
        style: str,
        *,
        head: bool = False,
        held: bool = False,
        whole: bool = True,
    ) -> str:
        properties = element("cantSplit") if whole else ""
        tall = max((cell.cell.lines for cell in cells if cell.cell), default=0)
        if tall:
            properties += element("trHeight", val=twips(tall * self.layout.pitch), hRule="atLeast")
        elif self.roomy and not head:
            properties += element("trHeight", val=self.layout.twips("slip.row"), hRule="atLeast")
        if head:
            properties += element("tblHeader")
        after = len(widths) - sum(cell.span for cell in cells)
        before = element("gridAfter", val=after) if after > 0 else ""
        inner = "".join(self._cell(cell, widths, style, head=head, held=held) for cell in cells)
        return f"<w:tr><w:trPr>{before}{properties}</w:trPr>{inner}</w:tr>"

    def _cell(self, placed: "_Placed", widths: list[int], style: str, *, head: bool, held: bool) -> str:
        width = sum(widths[placed.column : placed.column + placed.span])
        merged = ""
        if placed.cell is None:
            merged = element("vMerge")
        elif placed.cell.rowspan > 1:
            merged = element("vMerge", val="restart")
        properties = (
            element("tcW", w=width, type="dxa")
            + (element("gridSpan", val=placed.span) if placed.span > 1 else "")
            + merged
            + element("vAlign", val="center")
        )
        name, inner = style, ""
        if placed.cell is not None:
            name += _SIDES[alignment(placed.cell, placed.column, self.table, head=head)]
            name = name if name in self.styles else style
            inner = self._text(placed.cell, self.styles[name])
        keep = _KEEP_NEXT if held else ""
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(name, inner, keep)}</w:tc>"

    def _text(self, cell: TableCell, style: Style) -> str:
        if not cell.text:
            return ""
        sized = "" if self.fitting.size == style.size else style_id(self.fitting.size)
        return run(cell.text, self.layout.typeface(style.part).official, style=sized)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell in its column; None where a cell from above reaches down."""

    column: int
    span: int
    cell: TableCell | None


def _full(rows: tuple[tuple[TableCell, ...], ...]) -> Iterator[list[_Placed]]:
    """The rows with the places that cells from above cover: Word wants a cell there too."""
    reaching: dict[int, tuple[int, int]] = {}  # column → its span, rows still covered
    for row in grid(rows):
        cells = [_Placed(column, cell.colspan, cell) for column, cell in row]
        cells += [_Placed(column, span, None) for column, (span, _) in reaching.items()]
        reaching = {column: (span, left - 1) for column, (span, left) in reaching.items() if left > 1}
        reaching.update({c: (cell.colspan, cell.rowspan - 1) for c, cell in row if cell.rowspan > 1})
        yield sorted(cells, key=lambda placed: placed.column)
