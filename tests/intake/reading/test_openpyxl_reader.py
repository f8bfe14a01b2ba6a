"""What a cell of an .xlsx holds, and what lies around the cells."""

# ruff: noqa: DTZ001 - workbooks know no time zones

from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from campaign.intake.grid import Cell, CellKind, Merge
from campaign.intake.reading.clean import clean_text
from campaign.intake.reading.number_formats import CHINESE_FORMATS
from tests.intake.reading.packages import (
    DATE_STYLES,
    MAIN,
    RELATION,
    attempt,
    codes,
    number,
    parts_of,
    read,
    relations,
    row,
    saved,
    text,
    values,
    zipped,
)


def cell(tmp_path: Path, xml: str, **parts: str) -> Cell | None:
    """The cell A1 of a sheet with that XML in its first row."""
    workbook, _ = read(tmp_path, "台账.xlsx", zipped(parts_of(row(1, xml), **parts)))
    return workbook.sheets[0].cells.get((1, 1))


@pytest.mark.parametrize("style", sorted(CHINESE_FORMATS))
def test_chinese_date_formats_without_a_code_are_dates(tmp_path: Path, style: int) -> None:
    styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{style}"/></cellXfs>'
    found = cell(tmp_path, number("A1", 45037, 1), styles=styles)
    assert found is not None
    assert found.kind is CellKind.DATE
    assert found.value == datetime(2023, 4, 21)
    assert found.raw == "2023-04-21"
    assert found.number_format == CHINESE_FORMATS[style]


@pytest.mark.parametrize(
    ("stored", "style", "kind", "value"),
    [
        (45037, 1, CellKind.DATE, datetime(2023, 4, 21)),
        (45037.4375, 2, CellKind.DATE, datetime(2023, 4, 21, 10, 30)),
        (0.4375, 6, CellKind.DATE, time(10, 30)),
        (45037, 0, CellKind.NUMBER, 45037),
        (20230421, 1, CellKind.NUMBER, 20230421),
        (-5, 1, CellKind.NUMBER, -5),
        (1.5, 5, CellKind.NUMBER, 1.5),
        (0.875, 3, CellKind.NUMBER, 0.875),
        ("4.2000000000000002", 4, CellKind.NUMBER, 4.2),
        ("1.3812345678E10", 0, CellKind.NUMBER, 13812345678),
        ("13812345678.0", 0, CellKind.NUMBER, 13812345678),
        ("5.203251990010113E+17", 0, CellKind.NUMBER, 5.203251990010113e17),
        ("1E999", 0, CellKind.TEXT, "inf"),
        ("abc", 0, CellKind.TEXT, "abc"),
        (1, 99, CellKind.NUMBER, 1),
    ],
)
def test_numbers_are_read_by_their_format(
    tmp_path: Path, stored: object, style: int, kind: CellKind, value: object
) -> None:
    found = cell(tmp_path, number("A1", stored, style), styles=DATE_STYLES)
    assert found is not None
    assert (found.kind, found.value) == (kind, value)


def test_number_formats_are_kept(tmp_path: Path) -> None:
    formats = ["General", "mm-dd-yy", 'yyyy"年"m"月"d"日";@', "0.00%", "0.00", "[h]:mm:ss", "h:mm", "General"]
    for style, number_format in enumerate(formats):
        found = cell(tmp_path, number("A1", 3, style), styles=DATE_STYLES)
        assert found is not None
        assert found.number_format == number_format


@pytest.mark.parametrize("flag", ['date1904="1"', 'date1904="true"'])
def test_workbooks_may_count_from_1904(tmp_path: Path, flag: str) -> None:
    found = cell(tmp_path, number("A1", 43575, 1), styles=DATE_STYLES, workbook=f"<workbookPr {flag}/>")
    assert found is not None
    assert found.value == datetime(2023, 4, 21)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', Cell(value=True, raw="TRUE", kind=CellKind.BOOLEAN)),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Cell("#REF!", "#REF!", CellKind.ERROR)),
        ('<c r="A1" t="str"><v>#N/A</v></c>', Cell("#N/A", "#N/A", CellKind.ERROR)),
        ('<c r="A1" t="str"><v> 甲_x000D_</v></c>', Cell("甲", " 甲_x000D_")),
        ('<c r="A1" t="d"><v>2023-04-21</v></c>', Cell(datetime(2023, 4, 21), "2023-04-21", CellKind.DATE)),
        ('<c r="A1" t="d"><v>不是日期</v></c>', Cell("不是日期", "不是日期")),
        ('<c r="A1" t="s"><v>0</v></c>', Cell("甲乙", "甲乙")),
        ('<c t="s"><v>0</v></c>', Cell("甲乙", "甲乙")),
        ('<c r="A1" t="s"><v>1</v></c>', None),
        ('<c r="A1"/>', None),
        ('<c r="A1" t="inlineStr"/>', None),
        ('<c r="A1"><f>B1+1</f><v>3</v></c>', Cell(3, "3", CellKind.NUMBER, formula="=B1+1")),
        ('<c r="A1"><f>B1+1</f></c>', Cell(None, "=B1+1", CellKind.UNCOMPUTED, formula="=B1+1")),
        ('<c r="A1"><f>B1+1</f><v></v></c>', Cell(None, "=B1+1", CellKind.UNCOMPUTED, formula="=B1+1")),
        ('<c r="A1" t="str"><f>B1&amp;""</f><v></v></c>', None),
        (
            '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            Cell("#DIV/0!", "#DIV/0!", CellKind.ERROR, formula="=1/0"),
        ),
        (
            '<c r="A1"><f t="array" ref="A1:A2">SUM(B1:B9)</f><v>9</v></c>',
            Cell(9, "9", CellKind.NUMBER, formula="=SUM(B1:B9)"),
        ),
    ],
)
def test_cells_by_type(tmp_path: Path, xml: str, expected: Cell | None) -> None:
    strings = "<si><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t>乙</t></r></si><si><t> \u200b</t></si>"
    assert cell(tmp_path, xml, strings=strings) == expected


def test_shared_formulas_are_translated(tmp_path: Path) -> None:
    rows = row(1, '<c r="A1"><f t="shared" si="0" ref="A1:A2">B1*2</f><v>2</v></c>') + row(
        2, '<c r="A2"><f t="shared" si="0"/><v>4</v></c>'
    )
    workbook, _ = read(tmp_path, "台账.xlsx", zipped(parts_of(rows)))
    assert workbook.sheets[0].cells[2, 1].formula == "=B2*2"


def test_a_string_is_cleaned_in_every_cell_that_shows_it(tmp_path: Path) -> None:
    shared = '<c r="{}" t="s" s="{}"><v>0</v></c>'
    rows = row(1, shared.format("A1", 0), shared.format("B1", 4))
    parts = parts_of(rows, strings="<si><t>云\u200b栖</t></si>", styles=DATE_STYLES)
    workbook, faults = read(tmp_path, "台账.xlsx", zipped(parts))
    assert values(workbook.sheets[0]) == {"A1": "云栖", "B1": "云栖"}
    assert [(fault.code, fault.ref.cell, fault.value) for fault in faults] == [
        ("I-CELL-CLEANED", "A1", "云\u200b栖")
    ]
    assert "A1、B1" in faults[0].message


def test_cleaned_cells_are_told_once_per_sheet_and_edges_not_at_all(tmp_path: Path) -> None:
    cells = [text(f"A{i}", f"甲\u200b{i}") for i in range(2, 40)]
    rows = row(1, text("A1", " 甲\u3000")) + "".join(row(i, c) for i, c in enumerate(cells, start=2))
    _, faults = read(tmp_path, "台账.xlsx", zipped(parts_of(rows)))
    assert [(fault.code, fault.ref.cell) for fault in faults] == [("I-CELL-CLEANED", "A2")]
    assert "38" in faults[0].message


def test_what_is_hidden_is_told_where_it_holds_something(tmp_path: Path) -> None:
    rows = (
        row(1, text("A1", "甲"), attributes='hidden="1"')
        + row(2, text("B2", "乙"), attributes='ht="0" customHeight="1"')
        + row(3, attributes='hidden="true"')
        + row(4, text("A4", "丙"), attributes='ht="20"')
    )
    before = '<cols><col min="2" max="16384" width="0"/><col min="1" max="1" hidden="0" width="8"/></cols>'
    workbook, _ = read(tmp_path, "台账.xlsx", zipped(parts_of(rows, before=before)))
    assert workbook.sheets[0].hidden_rows == {1, 2}
    assert workbook.sheets[0].hidden_columns == {2}


@pytest.mark.parametrize("state", ["hidden", "veryHidden", "visible", "show", ""])
def test_sheets_may_be_hidden(tmp_path: Path, state: str) -> None:
    parts = parts_of(row(1, text("A1", "甲")))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("<sheet ", f'<sheet state="{state}" ')
    workbook, _ = read(tmp_path, "台账.xlsx", zipped(parts))
    assert workbook.sheets[0].hidden == ("idden" in state)


def test_what_lies_under_a_merge_is_left_out_and_told(tmp_path: Path) -> None:
    rows = row(1, text("A1", "甲"), text("B1", "甲"), text("C1", "丙")) + row(2, text("A2", "乙"))
    after = '<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="E5"/><mergeCell ref="E6:E7"/></mergeCells>'
    workbook, faults = read(tmp_path, "台账.xlsx", zipped(parts_of(rows, after=after)))
    assert values(workbook.sheets[0]) == {"A1": "甲"}
    assert workbook.sheets[0].merges == (Merge(1, 1, 2, 3), Merge(6, 5, 7, 5))
    assert [(fault.code, fault.ref.cell, fault.value) for fault in faults] == [("I-CELL-COVERED", "C1", "丙")]


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE = f'<d:pic><d:blipFill><a:blip r:embed="rId1" xmlns:r="{RELATION}"/></d:blipFill></d:pic>'
TEXT_BOX = "<d:sp><d:txBody><a:t>填报单位</a:t></d:txBody></d:sp>"


def anchored(kind: str, row_from_0: int, content: str) -> str:
    place = f"<d:from><d:col>4</d:col><d:row>{row_from_0}</d:row></d:from>"
    return f"<d:{kind}Anchor>{place}{content}</d:{kind}Anchor>"


def test_comments_pictures_and_text_boxes(tmp_path: Path) -> None:
    parts = parts_of(row(1, text("A1", "甲")))
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        ("rId1", "comments", "../comments1.xml"), ("rId2", "drawing", "../drawings/drawing1.xml")
    )
    parts["xl/comments1.xml"] = (
        f'<comments xmlns="{MAIN}"><commentList>'
        '<comment ref="A1"><text><r><t>已</t></r><t>核实</t></text></comment>'
        '<comment ref="XFD1048576"><text><t>远</t></text></comment></commentList></comments>'
    )
    parts["xl/drawings/drawing1.xml"] = (
        f'<d:wsDr xmlns:d="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main">'
        + anchored("twoCell", 1, PICTURE)
        + anchored("oneCell", 1, f"<d:grpSp>{PICTURE}{PICTURE}</d:grpSp>")
        + anchored("twoCell", 8, TEXT_BOX)
        + "</d:wsDr>"
    )
    workbook, faults = read(tmp_path, "台账.xlsx", zipped(parts))
    sheet = workbook.sheets[0]
    assert sheet.comments == {(1, 1): "已核实", (1_048_576, 16_384): "远"}
    assert sheet.pictures == {(2, 5): 3}
    assert [(f.code, f.ref.cell, f.value) for f in faults] == [("I-SHEET-TEXTBOX", "E9", "填报单位")]

    parts["xl/comments1.xml"] = "<broken"
    workbook, faults = read(tmp_path, "台账.xlsx", zipped(parts))
    assert values(workbook.sheets[0]) == {"A1": "甲"}
    assert codes(faults) == ["I-SHEET-EXTRAS"]


def test_pictures_in_cells_are_counted_and_are_no_text(tmp_path: Path) -> None:
    formula = "_xlfn.DISPIMG(&quot;ID_1&quot;,1)"
    rows = row(
        1,
        f'<c r="A1" t="str"><f>{formula}</f><v>={formula}</v></c>',
        f'<c r="B1" t="e"><f>{formula}</f><v>#NAME?</v></c>',
        text("C1", f"={formula}"),
        '<c r="D1" t="e" vm="1"><v>#VALUE!</v></c>',
    )
    parts = parts_of(rows) | {"xl/richData/richValueRel.xml": "<x/>"}
    workbook, faults = read(tmp_path, "台账.xlsx", zipped(parts))
    sheet = workbook.sheets[0]
    assert sheet.pictures == {(1, 1): 1, (1, 2): 1, (1, 3): 1, (1, 4): 1}
    assert values(sheet) == {"A1": "", "B1": "", "C1": "", "D1": ""}
    assert sheet.cells[1, 1].formula == '=_xlfn.DISPIMG("ID_1",1)'
    assert faults == []


@pytest.mark.parametrize("change", [str.upper, lambda name: name.replace("/", "\\")])
def test_parts_are_found_under_unusual_names(tmp_path: Path, change: object) -> None:
    assert callable(change)
    parts = parts_of(row(1, '<c r="A1" t="s"><v>0</v></c>'), strings="<si><t>甲</t></si>")
    workbook, faults = read(
        tmp_path, "台账.xlsx", zipped({change(name): part for name, part in parts.items()})
    )
    assert values(workbook.sheets[0]) == {"A1": "甲"}
    assert workbook.reader == "openpyxl"
    assert faults == []


def test_only_number_formats_matter_of_a_style_sheet(tmp_path: Path) -> None:
    styles = '<fonts><font><family val="134"/></font></fonts>' + DATE_STYLES + '<cellStyles odd="odd"/>'
    found = cell(tmp_path, number("A1", 45037, 1), styles=styles)
    assert found is not None
    assert found.value == datetime(2023, 4, 21)


def test_the_program_that_wrote_it_is_named(tmp_path: Path) -> None:
    parts = parts_of(row(1, text("A1", "甲")))
    assert read(tmp_path, "台账.xlsx", zipped(parts))[0].producer == ""
    properties = "<Properties><Application>WPS 表格</Application><AppVersion>12.1</AppVersion></Properties>"
    workbook, _ = read(tmp_path, "台账.xlsx", zipped(parts | {"docProps/app.xml": properties}))
    assert workbook.producer == "WPS 表格 12.1"


def test_a_workbook_without_sheets(tmp_path: Path) -> None:
    parts = parts_of()
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'
    workbook, faults = attempt(tmp_path, "台账.xlsx", zipped(parts))
    assert workbook is None
    assert codes(faults) == ["I-FILE-NO-SHEET"]


# What openpyxl agrees to write: XML's own characters, finite numbers, dates of this and the last century.
ANYTHING = st.one_of(
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e300, 1e300).map(lambda value: float(f"{value:.15g}")),  # as many digits as Excel keeps
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
        | st.sampled_from("\n\t\u200b\u3000\xa0=#"),
        min_size=1,
    ),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.times().map(lambda moment: moment.replace(microsecond=0)),
)


def as_read(content: object) -> object:
    """What a cell with that content must be read as; None for nothing or no result."""
    match content:
        case str():
            return None if content.startswith("=") and len(content) > 1 else clean_text(content) or None
        case datetime():
            return content
        case date():
            return datetime.combine(content, time())
    return content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(ANYTHING, max_size=4), max_size=4))
def test_any_value_in_any_cell_is_read(tmp_path: Path, rows: list[list[object]]) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for contents in rows:
        sheet.append(contents)
    found, _ = read(tmp_path, "台账.xlsx", saved(workbook))
    for number_of_row, contents in enumerate(rows, start=1):
        for column, content in enumerate(contents, start=1):
            got = found.sheets[0].cells.get((number_of_row, column))
            assert (None if got is None else got.value) == as_read(content)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["n", "s", "str", "b", "e", "d", "inlineStr", "x"]),
    st.text("0123456789.-+eE#N/ATZ: nai_x"),
    st.integers(0, 9),
)
def test_any_stored_value_of_any_type_ends_in_a_cell_or_a_fault(
    tmp_path: Path, kind: str, stored: str, style: int
) -> None:
    xml = f'<c r="A1" t="{kind}" s="{style}"><v>{stored}</v></c>'
    data = zipped(parts_of(row(1, xml), strings="<si><t>甲</t></si>", styles=DATE_STYLES))
    workbook, faults = attempt(tmp_path, "台账.xlsx", data)
    assert workbook is not None or codes(faults) == ["I-FILE-DAMAGED"]
