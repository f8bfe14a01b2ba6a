"""Builds a table block from its markup and checks that its rows fill its columns."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from campaign.compose.blocks import Align, Table, TableCell, TableColumn
from campaign.compose.nodes import Node

Words = Callable[[Node], str]
Rows = tuple[tuple[TableCell, ...], ...]


def table(node: Node, *, caption: str, note: str, words: Words) -> Table:
    """The table of a <table> tag. Raises TemplateError where it is empty or its rows do not fit its
    columns.
    """
    columns = tuple(_column(col) for col in node.named("col"))
    if not columns:
        raise node.wrong("<table> 要先用 <col> 写明各列的宽度")
    head, body, foot = (_section(node, name, len(columns), words) for name in ("thead", "tbody", "tfoot"))
    if not body and not foot:
        raise node.wrong("表里没有一行；没有数据时请连同表一起省去，或写一句说明")
    return Table(
        caption=caption,
        columns=columns,
        head=head,
        rows=body + foot,
        totals=len(foot),
        note=note,
        landscape=node.choice("layout") == "landscape",
    )


def _column(node: Node) -> TableColumn:
    try:
        width = Decimal(node.attribute("width"))
    except InvalidOperation:
        width = Decimal(0)
    if not width.is_finite() or width <= 0:
        raise node.wrong(f"width 要写大于零的数字，这里是“{node.attribute('width')}”")
    return TableColumn(width, Align(node.choice("align")))


def _section(node: Node, name: str, width: int, words: Words) -> Rows:
    """The rows of thead, tbody or tfoot."""
    part = node.only(name)
    if part is None:
        return ()
    wanted = "th" if name == "thead" else "td"
    rows = []
    hanging = [0] * width  # how many more rows each column is taken by a cell from above
    for row in part.children:
        cells = row.children
        if wrong := [cell for cell in cells if cell.tag != wanted]:
            raise wrong[0].wrong(f"<{name}> 里的格子要写 <{wanted}>")
        rows.append(tuple(_cell(cell, words) for cell in cells))
        hanging = _placed(row, rows[-1], hanging)
    if any(hanging):
        raise part.wrong(f"<{name}> 里有的 rowspan 超出了最后一行")
    return tuple(rows)


def _cell(node: Node, words: Words) -> TableCell:
    align = Align(node.choice("align")) if node.attribute("align") else None
    lines = node.count("lines") if node.attribute("lines") else 0
    return TableCell(words(node), node.count("colspan"), node.count("rowspan"), align, lines)


def _placed(row: Node, cells: tuple[TableCell, ...], hanging: list[int]) -> list[int]:
    """What hangs down into the next row. Raises TemplateError where the cells do not fill the columns
    exactly.
    """
    after = [max(rows - 1, 0) for rows in hanging]
    free = [n for n, rows in enumerate(hanging) if not rows]
    needed = sum(cell.colspan for cell in cells)
    if needed != len(free):
        raise row.wrong(f"这一行占{needed}列，应占{len(free)}列")
    for cell in cells:
        for column in free[: cell.colspan]:
            after[column] = cell.rowspan - 1
        free = free[cell.colspan :]
    return after
