"""The whole way: files below a folder in, workbooks and faults out, in order, whatever they are."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from campaign.intake.reading import list_files, read_pictures, read_workbooks
from campaign.intake.reading.draft import FileDraft
from campaign.intake.reading.limits import MEBIBYTE, Limits
from campaign.intake.reading.single import read_file
from campaign.records import CellRef, Severity
from tests.intake.reading.packages import (
    REAL,
    codes,
    number,
    parts_of,
    row,
    saved,
    text,
    values,
    variety,
    zipped,
)

GOOD = zipped(parts_of(row(1, text("A1", "云栖苑"))))
HTML = b"<html><table><tr><td>1</td></tr></table></html>"


def test_every_file_ends_in_a_workbook_or_in_a_fault(tmp_path: Path) -> None:
    files = {
        "城南/台账.xlsx": (GOOD, []),
        "空.xlsx": (b"", ["I-FILE-EMPTY"]),
        "锁.xlsx": ((REAL / "encrypted.xlsx").read_bytes(), ["I-FILE-ENCRYPTED"]),
        "锁.xls": ((REAL / "encrypted.xls").read_bytes(), ["I-FILE-ENCRYPTED"]),
        "网页.xls": (HTML, ["I-FILE-DISGUISED"]),
        "半截.xlsx": (GOOD[: len(GOOD) // 2], ["I-FILE-DAMAGED"]),
        "照片.jpg": (b"\xff\xd8\xff\xe0", ["I-FILE-TYPE"]),
        "台账.et": ((REAL / "variety.xls").read_bytes(), ["I-CELL-CLEANED"]),
        "台账.ods": ((REAL / "variety.ods").read_bytes(), ["I-FILE-MERGES", "I-CELL-CLEANED"]),
        "台账.csv": (b"1,2\n3,4\n", []),
        "~$台账.xlsx": (b"wang", ["I-FILE-LOCK"]),
    }
    for name, (data, _) in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    names = [*files, "没有.xlsx"]

    readings = read_workbooks(tmp_path, names, 2)

    assert [codes(faults) for _, faults in readings] == [
        *(wanted for _, wanted in files.values()),
        ["I-FILE-UNREADABLE"],
    ]
    for name, (workbook, faults) in zip(names, readings, strict=True):
        assert all(fault.ref.file == name for fault in faults)
        assert (workbook is None) == any(
            f.severity is Severity.FATAL or f.code == "I-FILE-LOCK" for f in faults
        )
        if workbook:
            assert workbook.file == name
            assert all(sheet.file == name for sheet in workbook.sheets)
            assert workbook.sha256 == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    assert readings == read_workbooks(tmp_path, names, 1)


def test_no_files_no_readings(tmp_path: Path) -> None:
    assert read_workbooks(tmp_path, [], 2) == []


def test_what_came_through_the_wall_is_what_was_read(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(saved(variety()))
    ((workbook, faults),) = read_workbooks(tmp_path, ["台账.xlsx"], 1)
    assert workbook is not None
    sheet = workbook.sheets[0]
    assert values(sheet)["B4"] == "松涛里"
    assert sheet.comments == {(3, 2): "已核实"}
    assert [fault.ref for fault in faults] == [CellRef("台账.xlsx", "问题台账", 4, 2)]
    assert list_files(tmp_path).tables == ("台账.xlsx",)


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    rows = "".join(row(i, *(number(f"{c}{i}", i) for c in "ABCDEFGHIJKLMNOP")) for i in range(1, 19_000))
    (tmp_path / "长.xlsx").write_bytes(zipped(parts_of(rows)))
    (tmp_path / "台账.xlsx").write_bytes(GOOD)
    limits = replace(Limits(), seconds=0.5, seconds_per_mebibyte=0)
    (slow, slow_faults), (good, _) = read_workbooks(tmp_path, ["长.xlsx", "台账.xlsx"], 1, limits)
    assert slow is None
    assert codes(slow_faults) == ["I-FILE-TIMEOUT"]
    assert good is not None


def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    with (tmp_path / "大.xlsx").open("wb") as file:
        file.truncate(80 * MEBIBYTE)
    (tmp_path / "台账.xlsx").write_bytes(GOOD)
    limits = replace(Limits(), memory=40 * MEBIBYTE)
    (large, faults), (good, _) = read_workbooks(tmp_path, ["大.xlsx", "台账.xlsx"], 1, limits)
    assert large is None
    assert codes(faults) == ["I-FILE-TOO-LARGE"]
    assert good is not None


def test_a_file_that_kills_its_reader_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deadly(path: Path, limits: Limits) -> FileDraft:
        if path.name == "毒.xlsx":
            os.abort()
        return read_file(path, limits)

    monkeypatch.setattr("campaign.intake.reading.read_file", deadly)
    names = ["甲.xlsx", "毒.xlsx", "乙.xlsx"]
    for name in names:
        (tmp_path / name).write_bytes(GOOD)
    readings = read_workbooks(tmp_path, names, 2)
    assert [codes(faults) for _, faults in readings] == [[], ["I-FILE-CRASHED"], []]
    assert [workbook is None for workbook, _ in readings] == [False, True, False]


def test_names_in_another_encoding_are_told(tmp_path: Path) -> None:
    name = os.fsdecode("台账.xlsx".encode("gb18030"))
    (tmp_path / name).write_bytes(GOOD)
    ((workbook, faults),) = read_workbooks(tmp_path, [name], 1)
    assert workbook is None
    assert codes(faults) == ["I-FILE-NAME"]
    assert faults[0].ref.file == "台账.xlsx"


@pytest.mark.parametrize("data", [GOOD, HTML, GOOD[:200], (REAL / "variety.xls").read_bytes(), b""])
def test_files_without_pictures_have_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "台账.xlsx").write_bytes(data)
    assert read_pictures(tmp_path, ["台账.xlsx"]) == ((),)
