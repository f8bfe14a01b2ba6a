"""Text tables: encodings, separators, and values that stay what was typed."""

from dataclasses import replace
from pathlib import Path

import pytest

from campaign.intake.grid import CellKind
from campaign.intake.reading.limits import Limits
from tests.intake.reading.packages import attempt, codes, read, values

LEDGER = "编号,小区,电话\n0012,云栖苑,13812345678\n0013,松涛里,4.20\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(
    tmp_path: Path, encoding: str, delimiter: str, line_end: str
) -> None:
    data = LEDGER.replace(",", delimiter).replace("\n", line_end).encode(encoding)
    workbook, faults = read(tmp_path, "城南台账.csv", data)
    sheet = workbook.sheets[0]
    assert values(sheet)["A2"] == "0012"
    assert values(sheet)["C3"] == "4.20"
    assert sheet.cells[2, 3].kind is CellKind.TEXT
    assert (workbook.reader, sheet.name, sheet.merges_known) == ("csv", "城南台账", False)
    assert faults == []


def test_quotes_hold_separators_and_line_ends(tmp_path: Path) -> None:
    data = '小区,问题\r\n云栖苑,"堵塞,\r\n堆物"\r\n松涛里,"他说""好"""\r\n'.encode()
    workbook, faults = read(tmp_path, "台账.csv", data)
    assert values(workbook.sheets[0]) == {
        "A1": "小区",
        "B1": "问题",
        "A2": "云栖苑",
        "B2": "堵塞,\n堆物",
        "A3": "松涛里",
        "B3": '他说"好"',
    }
    assert faults == []


def test_blank_rows_and_short_rows_keep_addresses(tmp_path: Path) -> None:
    workbook, _ = read(tmp_path, "台账.csv", "标题\n\n小区,状态\n云栖苑\n,已整改\n".encode())
    assert values(workbook.sheets[0]) == {
        "A1": "标题",
        "A3": "小区",
        "B3": "状态",
        "A4": "云栖苑",
        "B5": "已整改",
    }


def test_a_stated_separator_is_no_row(tmp_path: Path) -> None:
    workbook, _ = read(tmp_path, "台账.csv", "sep=;\r\n小区;面积,平方米\r\n".encode())
    assert values(workbook.sheets[0]) == {"A1": "小区", "B1": "面积,平方米"}


def test_stray_escapes_and_error_values_are_known(tmp_path: Path) -> None:
    workbook, faults = read(tmp_path, "台账.csv", "甲_x000D_,#N/A\n_x4E2D_,乙\n".encode())
    assert values(workbook.sheets[0]) == {"A1": "甲", "B1": "#N/A", "A2": "_x4E2D_", "B2": "乙"}
    assert workbook.sheets[0].cells[1, 2].kind is CellKind.ERROR
    assert codes(faults) == ["I-CELL-CLEANED"]


@pytest.mark.parametrize("data", [b"\xff\xfe\xff", b"a,b\n\x80\x81\xff,c\n", b"a\0b,c\n", b"\x01\x02,\x03\n"])
def test_what_is_no_text_is_damaged(tmp_path: Path, data: bytes) -> None:
    workbook, faults = attempt(tmp_path, "台账.csv", data)
    assert workbook is None
    assert codes(faults) == ["I-FILE-DAMAGED"]


def test_large_tables_are_kept_in_blocks(tmp_path: Path) -> None:
    data = ("".join(f"{i},甲{i}\n" for i in range(1, 2501)) + "末, ,甲\u200b\n").encode()
    small, _ = read(tmp_path, "台账.csv", data)
    large, faults = read(tmp_path, "台账.csv", data, replace(Limits(), in_blocks=100))
    assert dict(large.sheets[0].cells) == dict(small.sheets[0].cells)
    assert large.sheets[0].last_row == 2501
    assert [(fault.code, fault.ref.cell) for fault in faults] == [("I-CELL-CLEANED", "C2501")]


def test_a_table_too_wide_and_too_long_is_refused(tmp_path: Path) -> None:
    data = ("," * 2000 + "\n" + "甲\n" * 2000).encode()
    workbook, faults = attempt(tmp_path, "台账.csv", data, replace(Limits(), box=1_000_000))
    assert workbook is None
    assert codes(faults) == ["I-FILE-TOO-LARGE"]
