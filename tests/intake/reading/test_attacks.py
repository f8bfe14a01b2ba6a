"""Packages built to do harm: each ends in a grid or in a coded fault, long before anything is exhausted."""

import struct
from dataclasses import replace
from pathlib import Path

import pytest

from campaign.intake.reading import read_workbooks
from campaign.intake.reading.limits import MEBIBYTE, Limits
from campaign.records import Severity
from tests.intake.reading.packages import (
    MAIN,
    REAL,
    attempt,
    codes,
    number,
    ods,
    parts_of,
    read,
    relations,
    row,
    text,
    values,
    zipped,
)

SMALL = Limits(part_bytes=MEBIBYTE, package_bytes=2 * MEBIBYTE)
SHEET = "xl/worksheets/sheet1.xml"
SST = "xl/sharedStrings.xml"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
GOOD = row(1, text("A1", "甲"))


def verdict(tmp_path: Path, data: bytes, limits: Limits | None = None) -> list[str]:
    workbook, faults = attempt(tmp_path, "附件.xlsx", data, limits)
    assert workbook is None
    return codes(faults)


def test_a_bomb_is_known_by_its_ratio(tmp_path: Path) -> None:
    assert verdict(tmp_path, zipped(parts_of(" " * (9 * MEBIBYTE)))) == ["I-FILE-UNSAFE"]


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    parts = parts_of(GOOD) | {"xl/media/a.bin": bytes(range(256)) * 5000}
    assert verdict(tmp_path, zipped(parts), SMALL) == ["I-FILE-TOO-LARGE"]
    parts = parts_of(GOOD) | {f"xl/media/{i}.bin": bytes(range(256)) * 4000 for i in range(3)}
    assert verdict(tmp_path, zipped(parts), SMALL) == ["I-FILE-TOO-LARGE"]


def test_a_file_too_large_is_not_even_opened(tmp_path: Path) -> None:
    limits = replace(SMALL, file_bytes=100)
    assert verdict(tmp_path, zipped(parts_of(GOOD)), limits) == ["I-FILE-TOO-LARGE"]


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    parts = parts_of(GOOD) | {f"xl/{i}": b"" for i in range(Limits().entries)}
    assert verdict(tmp_path, zipped(parts)) == ["I-FILE-UNSAFE"]


@pytest.mark.parametrize("name", ["../../x.xml", "/etc/x", r"..\x", r"C:\x.xml", "xl/../../x"])
def test_paths_out_of_the_package_are_refused(tmp_path: Path, name: str) -> None:
    assert verdict(tmp_path, zipped(parts_of(GOOD) | {name: b"x"})) == ["I-FILE-UNSAFE"]


def test_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    assert verdict(tmp_path, zipped(parts_of(GOOD) | {"xl/WORKBOOK.xml": b"<x/>"})) == ["I-FILE-UNSAFE"]


@pytest.mark.parametrize("part", [SHEET, SST, "xl/workbook.xml", "xl/styles.xml", "docProps/app.xml"])
@pytest.mark.parametrize("before", ["", "<?xml version='1.0'?>\n", "<!-- - --> <?a b?>"])
def test_document_types_are_refused(tmp_path: Path, part: str, before: str) -> None:
    parts = parts_of(GOOD, strings="<si><t>甲</t></si>", styles="<cellXfs/>")
    content = parts.get(part, "<x/>")
    assert isinstance(content, str)
    data = zipped(parts | {part: before + ENTITIES + content})
    assert verdict(tmp_path, data) == ["I-FILE-UNSAFE"]
    utf16 = (before + ENTITIES + content).encode("utf-16")
    assert verdict(tmp_path, zipped(parts | {part: utf16})) == ["I-FILE-UNSAFE"]


def test_a_root_element_must_come_soon(tmp_path: Path) -> None:
    comment = f"<!--{'x' * MEBIBYTE}-->"
    data = zipped(parts_of(GOOD) | {"docProps/app.xml": comment + ENTITIES + "<x/>"})
    assert verdict(tmp_path, data) == ["I-FILE-UNSAFE"]


@pytest.mark.parametrize(
    "after",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<mergeCells count="1"><mergeCell ref="A1:R1048576"/></mergeCells>',
        '<mergeCells><mergeCell ref="A:C"/></mergeCells>',
        "<x:mergeCells xmlns:x='urn:x'><x:mergeCell y='' ref = '$A$1:$Z$9999'/></x:mergeCells>",
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
    ],
)
def test_merges_and_links_over_whole_sheets_are_refused(tmp_path: Path, after: str) -> None:
    assert verdict(tmp_path, zipped(parts_of(GOOD, after=after))) == ["I-FILE-UNSAFE"]


def test_a_merged_row_is_no_attack(tmp_path: Path) -> None:
    after = '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>'
    workbook, faults = read(tmp_path, "台账.xlsx", zipped(parts_of(GOOD, after=after)))
    assert values(workbook.sheets[0]) == {"A1": "甲"}
    assert faults == []


@pytest.mark.parametrize("address", ["XFE1", "A1048577", "AAAA1", "A0", "A4294967295"])
def test_cells_out_of_the_grid_are_refused(tmp_path: Path, address: str) -> None:
    rows = f'<row><c r="{address}"><v>1</v></c></row>'
    assert verdict(tmp_path, zipped(parts_of(rows))) in (["I-FILE-UNSAFE"], ["I-FILE-DAMAGED"])


def test_a_cell_at_the_end_of_the_grid_is_read(tmp_path: Path) -> None:
    rows = GOOD + row(1_048_576, text("XFD1048576", "乙"))
    workbook, faults = read(tmp_path, "台账.xlsx", zipped(parts_of(rows)))
    assert values(workbook.sheets[0]) == {"A1": "甲", "XFD1048576": "乙"}
    assert faults == []


def test_a_long_sheet_with_a_cell_far_away_is_not_laid_out_as_a_rectangle(tmp_path: Path) -> None:
    rows = "".join(row(i, number(f"A{i}", i)) for i in range(1, 60)) + row(60, number("XFD60", 1))
    limits = replace(Limits(), long_rows=50, box=100_000)
    workbook, _ = read(tmp_path, "台账.xlsx", zipped(parts_of(rows)), limits)
    assert workbook.reader == "openpyxl"
    assert len(workbook.sheets[0].cells) == 60


def test_far_cells_in_a_package_that_only_calamine_reads_are_refused(tmp_path: Path) -> None:
    rows = row(1, '<c r="A1" t="s"><v>99</v></c>', number("XFD1", 1)) + row(999_999, number("A999999", 1))
    assert verdict(tmp_path, zipped(parts_of(rows))) == ["I-FILE-DAMAGED"]


def test_a_count_of_strings_that_lies_is_refused(tmp_path: Path) -> None:
    parts = parts_of(row(1, '<c r="A1" t="s"><v>0</v></c>'))
    parts[SST] = f'<sst xmlns="{MAIN}" uniqueCount="4294967295"><si><t>甲</t></si></sst>'
    assert verdict(tmp_path, zipped(parts)) == ["I-FILE-UNSAFE"]


def test_one_long_string_in_many_cells_is_refused(tmp_path: Path) -> None:
    cells = "".join(row(i, f'<c r="A{i}" t="s"><v>0</v></c>') for i in range(1, 101))
    data = zipped(parts_of(cells, strings=f"<si><t>{'长' * 50_000}</t></si>"))
    assert verdict(tmp_path, data, replace(Limits(), text=1_000_000)) == ["I-FILE-TOO-LARGE"]


def test_too_many_cells_are_refused_by_every_reader(tmp_path: Path) -> None:
    rows = "".join(row(i, number(f"A{i}", i), number(f"B{i}", i)) for i in range(1, 101))
    few = replace(Limits(), cells=150)
    data = zipped(parts_of(rows))
    assert verdict(tmp_path, data, few) == ["I-FILE-TOO-LARGE"]
    assert verdict(tmp_path, data, replace(few, long_rows=10)) == ["I-FILE-TOO-LARGE"]
    assert verdict(tmp_path, b"1,2\n" * 100, few) == ["I-FILE-TOO-LARGE"]
    xls = (REAL / "variety.xls").read_bytes()
    assert verdict(tmp_path, xls, replace(Limits(), cells=5)) == ["I-FILE-TOO-LARGE"]


def test_a_part_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    data = bytearray(zipped(parts_of(GOOD)))
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(SHEET.encode()))
    data[entry + 24 : entry + 28] = struct.pack("<I", 40)
    assert verdict(tmp_path, bytes(data)) == ["I-FILE-DAMAGED"]


def test_an_encrypted_part_is_encrypted(tmp_path: Path) -> None:
    data = bytearray(zipped(parts_of(GOOD)))
    entry = data.find(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert verdict(tmp_path, bytes(data)) == ["I-FILE-ENCRYPTED"]


@pytest.mark.parametrize("target", ["../../../etc/hostname", "file:///etc/hostname", "/etc/hostname"])
def test_relations_do_not_lead_out_of_the_package(tmp_path: Path, target: str) -> None:
    parts = parts_of(GOOD)
    parts["xl/_rels/workbook.xml.rels"] = relations(("rId1", "worksheet", target))
    workbook, faults = read(tmp_path, "附件.xlsx", zipped(parts))
    assert values(workbook.sheets[0]) == {}
    assert codes(faults) == ["I-SHEET-DAMAGED"]


def test_a_directory_in_circles_is_damaged(tmp_path: Path) -> None:
    assert verdict(tmp_path, (REAL / "loop.xls").read_bytes()) == ["I-FILE-DAMAGED"]


@pytest.mark.parametrize(("rows", "columns"), [(1_048_576, 16_384), (4_294_967_295, 1), (100_000, 100)])
def test_repeated_rows_of_ods_end_in_a_fault(tmp_path: Path, rows: int, columns: int) -> None:
    body = (
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float"'
        ' office:value="1"/></table:table-row>'
    )
    (tmp_path / "附件.ods").write_bytes(ods(body))
    (tmp_path / "台账.xlsx").write_bytes(zipped(parts_of(GOOD)))
    limits = replace(Limits(), cells=1_000_000)

    (bad, faults), (good, none) = read_workbooks(tmp_path, ["附件.ods", "台账.xlsx"], 1, limits)

    assert bad is None
    assert [fault.severity for fault in faults] == [Severity.FATAL]
    assert good is not None
    assert none == ()
