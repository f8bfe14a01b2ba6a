"""The same workbook through every reader gives the same grid, as far as its container tells."""

# ruff: noqa: DTZ001 - workbooks know no time zones

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from campaign.intake.grid import CellKind, Merge, Sheet
from campaign.intake.reading.limits import Limits
from tests.intake.reading.packages import (
    DATE_STYLES,
    REAL,
    STRICT,
    attempt,
    codes,
    number,
    parts_of,
    read,
    row,
    saved,
    text,
    values,
    variety,
    zipped,
)

BY_CALAMINE = replace(Limits(), long_rows=0)

EXPECTED = {
    "A1": "问题台账（4月21日）",
    "A2": "序号",
    "B2": "小区",
    "C2": "发现时间",
    "D2": "整改率",
    "A3": 1,
    "B3": "云栖苑",
    "C3": datetime(2023, 4, 2),
    "D3": 0.875,
    "A4": 2,
    "B4": "松涛里",
    "C4": datetime(2023, 4, 3, 14, 30),
    "D4": 0.5,
    "A5": 13812345678,
    "B5": "第一行\n第二行",
    "C5": time(9, 5),
    "D5": 4.2,
    "A6": -1.5,
    "B6": True,
    "C6": datetime(2023, 4, 30),
    "D6": 100,
    "A7": "三街道",
    "B7": "#N/A",
}


def kinds(sheet: Sheet) -> dict[str, CellKind]:
    return {sheet.ref(*at).cell: cell.kind for at, cell in sheet.cells.items()}


def raws(sheet: Sheet) -> dict[str, str]:
    return {sheet.ref(*at).cell: cell.raw for at, cell in sheet.cells.items()}


def of_variety(tmp_path: Path, reader: str) -> tuple[tuple[Sheet, ...], list[str]]:
    match reader:
        case "openpyxl":
            workbook, faults = read(tmp_path, "台账.xlsx", saved(variety()))
        case "calamine":
            workbook, faults = read(tmp_path, "台账.xlsx", saved(variety()), BY_CALAMINE)
        case "xlrd":
            workbook, faults = read(tmp_path, "台账.et", (REAL / "variety.xls").read_bytes())
        case _:
            workbook, faults = read(tmp_path, "台账.ods", (REAL / "variety.ods").read_bytes())
    assert workbook.reader == reader.removesuffix(" ods")
    return workbook.sheets, codes(faults)


@pytest.mark.parametrize("reader", ["openpyxl", "calamine", "xlrd"])
def test_readers_agree(tmp_path: Path, reader: str) -> None:
    (sheet, draft), faults = of_variety(tmp_path, reader)
    (reference, _), _ = of_variety(tmp_path, "openpyxl")
    assert values(sheet) == EXPECTED
    assert kinds(sheet) == kinds(reference)
    assert raws(sheet) == raws(reference)
    assert sheet.name == "问题台账"
    assert not sheet.hidden
    assert sheet.merges == (Merge(1, 1, 1, 4), Merge(7, 1, 8, 1))
    assert sheet.merges_known
    assert sheet.hidden_rows == {4}
    assert sheet.hidden_columns == {4}
    assert draft.hidden
    assert values(draft) == {"C4": "旧数据"}
    assert "I-CELL-CLEANED" in faults
    assert ("I-FILE-LONG" in faults) == (reader == "calamine")


@pytest.mark.parametrize("reader", ["openpyxl", "xlrd"])
def test_comments_and_formats_of_readers_that_know_them(tmp_path: Path, reader: str) -> None:
    (sheet, _), _ = of_variety(tmp_path, reader)
    assert sheet.comments == {(3, 2): "已核实"}
    assert sheet.cells[3, 4].number_format == "0.0%"
    assert sheet.cells[5, 4].number_format == "0.00"


def test_ods_tells_values_only(tmp_path: Path) -> None:
    (sheet, draft), faults = of_variety(tmp_path, "calamine ods")
    found = values(sheet)
    # calamine knows neither error values nor truth values of this container.
    assert found == {key: value for key, value in EXPECTED.items() if key != "B7"} | {"B6": 1}
    assert sheet.merges == ()
    assert not sheet.merges_known
    assert draft.hidden
    assert "I-FILE-MERGES" in faults


ROWS = (
    row(1, '<c r="A1" t="s"><v>0</v></c>', text("B1", "甲_x000D_\n乙"), attributes='hidden="1"')
    + row(2, '<c r="A2" t="e"><f>NA()</f><v>#N/A</v></c>', '<c r="B2" t="e"><v>#REF!</v></c>')
    + row(3, '<c r="A3"><f>B1&amp;"x"</f></c>', '<c r="B3"><f>1+1</f><v>2</v></c>')
    + row(4, number("A4", 0.875, 3), number("B4", 4.2, 4), number("C4", 45037, 2), number("D4", 12, 0))
    + row(5, text("A5", '=DISPIMG("ID_1",1)'), '<c r="B5" t="d"><v>2023-04-21T00:00:00Z</v></c>')
)
COLUMNS = '<cols><col min="3" max="16384" hidden="1"/></cols>'


@pytest.mark.parametrize("limits", [Limits(), BY_CALAMINE])
def test_what_calamine_leaves_out_is_found_in_the_text(tmp_path: Path, limits: Limits) -> None:
    parts = parts_of(ROWS, before=COLUMNS, strings="<si><t>云\u200b栖</t></si>", styles=DATE_STYLES)
    workbook, _ = read(tmp_path, "台账.xlsx", zipped(parts), limits)
    sheet = workbook.sheets[0]
    assert workbook.reader == ("openpyxl" if limits.long_rows else "calamine")
    assert values(sheet) == {
        "A1": "云栖",
        "B1": "甲\n乙",
        "A2": "#N/A",
        "B2": "#REF!",
        "A3": None,
        "B3": 2,
        "A4": 0.875,
        "B4": 4.2,
        "C4": datetime(2023, 4, 21),
        "D4": 12,
        "A5": "",
        "B5": datetime(2023, 4, 21),
    }
    assert kinds(sheet)["A2"] is CellKind.ERROR
    assert kinds(sheet)["A3"] is CellKind.UNCOMPUTED
    assert sheet.cells[3, 1].formula == '=B1&"x"'
    assert sheet.cells[3, 2].formula == "=1+1"
    assert [sheet.cells[4, column].number_format for column in (1, 2, 4)] == ["0.00%", "0.00", "General"]
    assert sheet.pictures == {(5, 1): 1}
    assert sheet.hidden_rows == {1}
    assert sheet.hidden_columns == {3, 4}


def test_large_parts_are_looked_through_by_quicker_patterns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaign.intake.reading.scan._LARGE", 0)
    rows = (
        row(1, text("A1", "序号"), text("B1", "整改率"), attributes='hidden="1"')
        + row(2, number("A2", 4.2, 4), number("B2", 0.875, 3), '<c r="C2" t="e"><f>NA()</f><v>#N/A</v></c>')
        + row(3, '<c r="A3" s="3" t="e"><v>#REF!</v></c>', '<c r="B3"><f>1+1</f><v>2</v></c>')
    )
    for uncomputed in ("", row(4, '<c r="A4"><f>A3</f></c>')):
        data = zipped(parts_of(rows + uncomputed, styles=DATE_STYLES))
        workbook, _ = read(tmp_path, "台账.xlsx", data, BY_CALAMINE)
        sheet = workbook.sheets[0]
        assert values(sheet) == {
            "A1": "序号",
            "B1": "整改率",
            "A2": 4.2,
            "B2": 0.875,
            "C2": "#N/A",
            "A3": "#REF!",
            "B3": 2,
        } | ({"A4": None} if uncomputed else {})
        assert [sheet.cells[2, column].number_format for column in (1, 2)] == ["0.00", "0.00%"]
        assert sheet.cells[3, 1].kind is CellKind.ERROR
        assert sheet.hidden_rows == {1}


def test_strict_workbooks_are_read(tmp_path: Path) -> None:
    parts = parts_of(ROWS, before=COLUMNS, strings="<si><t>云栖</t></si>", styles=DATE_STYLES, main=STRICT)
    workbook, faults = read(tmp_path, "台账.xlsx", zipped(parts))
    assert workbook.reader == "calamine"
    assert codes(faults) == ["I-FILE-FALLBACK", "I-CELL-CLEANED"]
    assert values(workbook.sheets[0])["A1"] == "云栖"
    assert values(workbook.sheets[0])["B5"] == datetime(2023, 4, 21)

    workbook, faults = read(tmp_path, "台账.xlsx", (REAL / "strict.xlsx").read_bytes())
    assert sum(len(sheet.cells) for sheet in workbook.sheets) == 15
    assert codes(faults) == ["I-FILE-FALLBACK"]


def test_wide_sheets_are_read_by_calamine_too(tmp_path: Path) -> None:
    data = zipped(parts_of(row(1, text("A1", "甲" * 2000))))
    workbook, faults = read(tmp_path, "台账.xlsx", data, replace(Limits(), long_bytes=4000))
    assert workbook.reader == "calamine"
    assert codes(faults) == ["I-FILE-LONG"]


def test_a_table_that_starts_in_column_c_keeps_its_addresses(tmp_path: Path) -> None:
    data = zipped(parts_of(row(4, text("C4", "甲")) + row(6, text("D6", "乙"))))
    for limits in (Limits(), BY_CALAMINE):
        workbook, _ = read(tmp_path, "台账.xlsx", data, limits)
        assert values(workbook.sheets[0]) == {"C4": "甲", "D6": "乙"}


def test_where_the_first_reader_gives_up_the_second_one_reads(tmp_path: Path) -> None:
    # A style index that is no number: openpyxl raises, calamine does not mind.
    data = zipped(parts_of(row(1, '<c r="A1" s="x" t="inlineStr"><is><t>甲</t></is></c>')))
    workbook, faults = read(tmp_path, "台账.xlsx", data)
    assert workbook.reader == "calamine"
    assert values(workbook.sheets[0]) == {"A1": "甲"}
    assert codes(faults) == ["I-FILE-FALLBACK"]

    workbook, faults = read(tmp_path, "台账.xls", (REAL / "fallback.xls").read_bytes())
    assert workbook.reader == "calamine"
    assert len(workbook.sheets[0].cells) == 811
    assert codes(faults) == ["I-FILE-FALLBACK"]


def test_the_oldest_sheets_are_read(tmp_path: Path) -> None:
    workbook, _ = read(tmp_path, "台账.xls", (REAL / "excel2.xls").read_bytes())
    assert workbook.reader == "xlrd"
    assert len(workbook.sheets[0].cells) == 4


def test_a_panic_of_a_reader_is_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {})

    def panicking(_source: object) -> None:
        raise panic

    monkeypatch.setattr("campaign.intake.reading.calamine_reader.CalamineWorkbook.from_filelike", panicking)
    workbook, faults = attempt(tmp_path, "台账.ods", (REAL / "variety.ods").read_bytes())
    assert workbook is None
    assert codes(faults) == ["I-FILE-DAMAGED"]
