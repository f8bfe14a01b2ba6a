"""The sheet 校验意见 that stands first in a marked copy, and the workbook that replaces a copy.

In both the same table: what is wrong, where, and what to type instead; in a copy with links to the cells.
"""

from collections.abc import Collection, Sequence

from lxml import etree
from openpyxl.packaging.custom import CustomPropertyList, StringProperty
from openpyxl.utils import get_column_letter

from campaign.intake.opinions import FILLS, ZH, problem, told
from campaign.intake.returns.marks import SHEET_NAME, SHEET_TITLE, STAMP
from campaign.intake.returns.package import LINKS, MAIN, Element, name, new_root
from campaign.intake.returns.styles import Look, Styles
from campaign.records import Fault, Severity
from campaign.workbooks import (
    Column,
    clean,
    finish,
    height,
    moment,
    new_workbook,
    place,
    set_up,
    write_head,
    write_lead,
    write_row,
)

_COLUMNS = (
    Column("序号", 6, "center"),
    Column("级别", 7, "center"),
    Column("工作表", 16),
    Column("单元格", 9, "center"),
    Column("填写内容", 22),
    Column("问题", 50),
    Column("怎么改", 44),
)
_CELL = 4  # the column that links
_HEAD = 3
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_IN_COPY = (
    "请改正各表中涂了颜色的单元格（批注里写明了原因和改法），改好后保存，整个文件重新报送。"
    "本表、颜色和批注不必删除，核对时会略过。"
)
_BY_ITSELF = "原文件不便直接标注，请对照本表在原文件中改正，改好后报送原文件；本表不必报送。"
_SEVERITY_LOOKS = {
    Severity.FATAL: Look.FATAL,
    Severity.ERROR: Look.ERROR,
    Severity.WARNING: Look.WARNING,
}


def opinion_sheet(faults: Sequence[Fault], sheets: Collection[str], styles: Styles) -> Element:
    """The sheet as a part of the office's own package; links lead to those `sheets` that it has."""
    root = new_root("worksheet", MAIN, r=LINKS)
    _view(root)
    columns = etree.SubElement(root, name("cols"))
    for number, column in enumerate(_COLUMNS, 1):
        width = {"min": str(number), "max": str(number), "width": f"{column.width:g}", "customWidth": "1"}
        etree.SubElement(columns, name("col"), width)
    data = etree.SubElement(root, name("sheetData"))
    _row(data, 1, [SHEET_TITLE], [styles.look(Look.TITLE)], 30)
    _row(data, 2, [_lead(faults, _IN_COPY)], [styles.look(Look.LEAD)], 36)
    _row(data, _HEAD, [c.title for c in _COLUMNS], [styles.look(Look.HEAD)] * len(_COLUMNS), 22)
    links = etree.Element(name("hyperlinks"))
    for number, fault in enumerate(faults, 1):
        values = _values(number, fault)
        formats = [styles.look(Look.BODY)] * len(_COLUMNS)
        formats[1] = styles.look(_SEVERITY_LOOKS[fault.severity])
        if fault.ref.cell and fault.ref.sheet in sheets:
            formats[_CELL - 1] = styles.look(Look.LINK)
            where = {
                "ref": f"{get_column_letter(_CELL)}{_HEAD + number}",
                "location": place(fault.ref.sheet, fault.ref.cell),
            }
            etree.SubElement(links, name("hyperlink"), where)
        _row(data, _HEAD + number, values, formats, height(_COLUMNS, values))
    merged = etree.SubElement(root, name("mergeCells"), {"count": "1"})
    etree.SubElement(merged, name("mergeCell"), {"ref": f"A2:{get_column_letter(len(_COLUMNS))}2"})
    if len(links):
        root.append(links)
    _page(root)
    return root


def opinion_workbook(faults: Sequence[Fault], stamp: str) -> bytes:
    """The sheet as a workbook of its own, for a file that cannot be marked without harm."""
    workbook = new_workbook(None)
    properties: CustomPropertyList[StringProperty] = getattr(workbook, "custom_doc_props")  # noqa: B009 - the stubs lack it
    properties.append(StringProperty(STAMP, stamp))
    sheet = workbook.create_sheet(SHEET_NAME)
    head = write_lead(sheet, SHEET_TITLE, [_lead(faults, _BY_ITSELF)], len(_COLUMNS))
    write_head(sheet, head, _COLUMNS)
    for number, fault in enumerate(faults, 1):
        write_row(sheet, head + number, _COLUMNS, _values(number, fault))
        sheet.cell(head + number, 2).fill = FILLS[fault.severity]
    set_up(sheet, head, len(_COLUMNS), head + len(faults))
    return finish(workbook, moment(None))


def _lead(faults: Sequence[Fault], what_to_do: str) -> str:
    file = faults[0].ref.file if faults else ""
    return f"《{file}》：{told(faults)}。{what_to_do}"


def _values(number: int, fault: Fault) -> tuple[str, ...]:
    ref = fault.ref
    return (
        str(number),
        ZH[fault.severity],
        ref.sheet,
        ref.cell,
        fault.value,
        problem(fault),
        fault.remedy,
    )


def _view(root: Element) -> None:
    properties = etree.SubElement(root, name("sheetPr"))
    etree.SubElement(properties, name("tabColor"), {"rgb": "FFFF8F87"})
    etree.SubElement(properties, name("pageSetUpPr"), {"fitToPage": "1"})
    views = etree.SubElement(root, name("sheetViews"))
    view = etree.SubElement(views, name("sheetView"), {"tabSelected": "1", "workbookViewId": "0"})
    pane = {
        "ySplit": str(_HEAD),
        "topLeftCell": f"A{_HEAD + 1}",
        "activePane": "bottomLeft",
        "state": "frozen",
    }
    etree.SubElement(view, name("pane"), pane)
    etree.SubElement(root, name("sheetFormatPr"), {"defaultRowHeight": "15"})


def _page(root: Element) -> None:
    margins = {
        "left": "0.5",
        "right": "0.5",
        "top": "0.75",
        "bottom": "0.75",
        "header": "0.3",
        "footer": "0.3",
    }
    etree.SubElement(root, name("pageMargins"), margins)
    page = {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
    etree.SubElement(root, name("pageSetup"), page)


def _row(data: Element, number: int, values: Sequence[str], formats: Sequence[int], points: float) -> None:
    row = etree.SubElement(data, name("row"), {"r": str(number), "ht": f"{points:g}", "customHeight": "1"})
    for column, (value, style) in enumerate(zip(values, formats, strict=True), 1):
        place_and_style = {"r": f"{get_column_letter(column)}{number}", "s": str(style)}
        cell = etree.SubElement(row, name("c"), place_and_style)
        if text := clean(value):
            cell.set("t", "inlineStr")  # text, whatever it begins with
            own = etree.SubElement(etree.SubElement(cell, name("is")), name("t"))
            own.set(_SPACE, "preserve")
            own.text = text
