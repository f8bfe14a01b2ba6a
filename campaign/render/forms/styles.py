"""How the cells of a blank form look, and which of them can be written to when its sheet is protected."""

from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.worksheet.dimensions import ColumnDimension

from campaign.render.forms.schema import Fill

TITLE, LINE, LABEL, DAY_ENTRY, SIGN, HEAD, NEEDED = (
    "表样标题",
    "表样说明行",
    "表样标签",
    "表样填报时间",
    "表样签名行",
    "表样表头",
    "表样必填表头",
)
GIVEN, GIVEN_CENTER, LEFT, CENTER, DAY, WHOLE = (
    "表样已填左",
    "表样已填中",
    "表样填文字",
    "表样填短语",
    "表样填日期",
    "表样填数字",
)
_FACE, SIZE = "宋体", 12
_TEXT, _DATE, _WHOLE = "@", "yyyy-mm-dd", "0"
_SIDE = Side(style="thin", color="FF7F7F7F")
FRAME = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_UNDERLINED = Border(bottom=_SIDE)
_GREY, _LIGHT, _NEEDED, _ENTRY = "FFE7E6E6", "FFF5F5F5", "FFD9E2F3", "FFFFF9E5"

# By what is to be filled in, the style of its cells.
CELLS = {
    Fill.GIVEN: GIVEN,
    Fill.LABEL: GIVEN_CENTER,
    Fill.SERIAL: CENTER,
    Fill.TEXT: LEFT,
    Fill.SHORT: CENTER,
    Fill.CHOICE: CENTER,
    Fill.DAY: DAY,
    Fill.DEADLINE: DAY,
    Fill.COUNT: WHOLE,
}


def add_form_styles(workbook: Workbook) -> None:
    """Enter the styles into a workbook."""
    for style in _styles():
        workbook.add_named_style(style)


def dress(column: ColumnDimension, name: str) -> None:
    """Give a style to the cells of a column that are not written yet, but for its frame."""
    style = next(style for style in _styles() if style.name == name)
    column.font, column.alignment = style.font, style.alignment
    column.protection, column.number_format = style.protection, style.number_format


def _styles() -> tuple[NamedStyle, ...]:
    return (
        _style(TITLE, "center", size=18, bold=True, border=None),
        _style(LINE, "left", border=None, wrap=False),
        _style(LABEL, "right", border=None, wrap=False),
        _style(DAY_ENTRY, "center", border=_UNDERLINED, wrap=False, fill=_ENTRY, locked=False, shape=_DATE),
        _style(SIGN, "left", border=None, wrap=False, locked=False),
        _style(HEAD, "center", bold=True, fill=_GREY),
        _style(NEEDED, "center", bold=True, fill=_NEEDED),
        _style(GIVEN, "left", fill=_LIGHT),
        _style(GIVEN_CENTER, "center", fill=_LIGHT),
        _style(LEFT, "left", locked=False, shape=_TEXT),
        _style(CENTER, "center", locked=False, shape=_TEXT),
        _style(DAY, "center", locked=False, shape=_DATE),
        _style(WHOLE, "center", locked=False, shape=_WHOLE),
    )


def _style(  # noqa: PLR0913 - a table of looks
    name: str,
    horizontal: Literal["left", "center", "right"],
    *,
    size: float = SIZE,
    bold: bool = False,
    border: Border | None = FRAME,
    wrap: bool = True,
    fill: str = "",
    locked: bool = True,
    shape: str = "General",
) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=Font(name=_FACE, size=size, bold=bold),
        alignment=Alignment(horizontal=horizontal, vertical="center", wrap_text=wrap),
        border=border or Border(),
        fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
        protection=Protection(locked=locked),
        number_format=shape,
    )
