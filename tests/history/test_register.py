"""The register is the clerk's: her numbers count, her rows and formats stay, and nothing is guessed at."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table

from campaign.history import register
from campaign.history.register import REGISTER, RegisterError, RegisterOpenError, highest, read, with_rows
from tests.support.archive import CODE, FIRST, bulletin, issue, notice

HEAD = ["序号", "文种", "文号", "标题", "主送", "成文日期", "份数", "签发人", "归档位置", "备注"]


def write(output: Path, *rows: list[Any], head: list[str] = HEAD) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(head)
    for line in rows:
        sheet.append(line)
    book.save(output / REGISTER)


def row(number: object, kind: str = "", day: object = "2023-04-10") -> list[Any]:
    return [1, kind, number, "手工登记", "", day, 3, "某某", "", ""]


@pytest.mark.parametrize(
    ("typed", "series", "year", "number"),
    [
        ("清物治办约〔2023〕3号", CODE, 2023, 3),
        (" 清物治办约 [2023] 3 号", CODE, 2023, 3),
        ("清物治办约（２０２３）第３号", CODE, 2023, 3),
        ("清物治办约【2023】003号", CODE, 2023, 3),
        ("务府办函〔2022〕23号", "务府办函", 2022, 23),
    ],
)
def test_numbers_are_read_as_people_type_them(
    tmp_path: Path, typed: str, series: str, year: int, number: int
) -> None:
    write(tmp_path, row(typed))
    (taken,) = read(tmp_path).taken
    assert (taken.series, taken.year, taken.number, taken.of_issue) == (series, year, number, False)


@pytest.mark.parametrize(
    ("typed", "day", "expected"),
    [
        ("第3期", "2023-04-10", (2023, 3, None, 0)),
        ("第3期（总第7期）", datetime(2023, 4, 10), (2023, 3, 7, 0)),  # noqa: DTZ001 - as openpyxl reads a date
        ("第３期(总第7期)(更正)", "2023年4月10日", (2023, 3, 7, 1)),
        ("第3期（第2次更正）", "2023/4/10", (2023, 3, None, 2)),
    ],
)
def test_bulletins_are_told_by_issue_and_year(
    tmp_path: Path, typed: str, day: object, expected: tuple[object, ...]
) -> None:
    write(tmp_path, row(typed, "周通报", day))
    (taken,) = read(tmp_path).taken
    assert (taken.series, taken.of_issue) == ("周通报", True)
    assert (taken.year, taken.number, taken.total, taken.edition) == expected


@pytest.mark.parametrize("typed", ["", None, "无", "—", " "])
def test_a_row_without_a_number_takes_none(tmp_path: Path, typed: object) -> None:
    write(tmp_path, row(typed))
    assert read(tmp_path).taken == ()


@pytest.mark.parametrize("typed", ["约谈3", 3, "清物治办约2023-3号", "第三期", "清物治办约〔2023〕号"])
def test_a_number_that_cannot_be_read_is_refused_with_its_cell(tmp_path: Path, typed: object) -> None:
    write(tmp_path, row("清物治办约〔2023〕1号"), row(typed))
    with pytest.raises(RegisterError, match="“Sheet”C3"):
        read(tmp_path)


def test_a_bulletin_without_a_date_is_refused_with_its_cell(tmp_path: Path) -> None:
    write(tmp_path, row("第3期", "周通报", "上周"))
    with pytest.raises(RegisterError, match="“Sheet”F2"):
        read(tmp_path)


def test_a_number_entered_twice_is_refused_with_both_cells(tmp_path: Path) -> None:
    write(tmp_path, row("清物治办约〔2023〕4号"), row("别的" * 0), row("清物治办约[2023]4号"))
    with pytest.raises(RegisterError, match=r"C4.*C2"):
        read(tmp_path)


def test_a_register_without_its_columns_is_refused(tmp_path: Path) -> None:
    write(tmp_path, row("第3期"), head=["序号", "文种", "编号", *HEAD[3:]])
    with pytest.raises(RegisterError, match="表头"):
        read(tmp_path)


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_a_register_that_cannot_be_opened_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / REGISTER).write_bytes(data)
    with pytest.raises(RegisterError):
        read(tmp_path)


@pytest.mark.parametrize("lock", [f"~${REGISTER}", f".~lock.{REGISTER}#", f".~{REGISTER}"])
def test_an_open_register_is_told(tmp_path: Path, lock: str) -> None:
    register.refuse_open(tmp_path)
    (tmp_path / lock).write_bytes(b"")
    with pytest.raises(RegisterOpenError, match="删去"):
        register.refuse_open(tmp_path)


def test_a_new_register_has_the_rows_of_the_week(tmp_path: Path) -> None:
    issue(tmp_path, 5, FIRST, papers=(bulletin(5, FIRST), notice(1, FIRST)))
    now = read(tmp_path)
    assert [(t.series, t.number, t.place) for t in now.taken] == [
        ("周通报", 5, "archive/2023-04-14/第5期周通报"),
        (CODE, 1, "archive/2023-04-14/约谈通知书-都濡街道办事处"),
    ]


def test_what_the_clerk_made_of_it_survives(tmp_path: Path) -> None:
    issue(tmp_path, 5, FIRST, papers=(bulletin(5, FIRST),))
    path = tmp_path / REGISTER
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head = next(r for r in range(1, 9) if sheet.cell(r, 3).value == "文号")
    sheet.cell(head, 11, "送达人")
    sheet.cell(head + 1, 11, "小王")
    sheet.cell(head + 1, 8, "石某").fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet.cell(head + 1, 8).comment = Comment("代签", "经办人")
    sheet.append([2, "公函", "清物治办约〔2023〕9号", "手工", "", date(2023, 4, 15), 2, "", "", "口头"])
    sheet.column_dimensions["D"].width = 61
    book.create_sheet("说明")["A1"] = "内部使用"
    book.save(path)
    issue(
        tmp_path, 6, date(2023, 4, 21), papers=(bulletin(6, date(2023, 4, 21)), notice(10, date(2023, 4, 21)))
    )
    after = load_workbook(path)
    sheet = after.worksheets[0]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=head)]
    assert [line[2] for line in rows] == [
        "文号",
        "第5期（总第5期）",
        "清物治办约〔2023〕9号",
        "第6期（总第6期）",
        "清物治办约〔2023〕10号",
    ]
    assert [line[0] for line in rows[1:]] == [1, 2, 3, 4]
    assert (rows[1][7], rows[1][10]) == ("石某", "小王")
    assert sheet.cell(head + 1, 8).comment.text == "代签"  # type: ignore[union-attr] # it is there
    assert sheet.cell(head + 1, 8).fill.fgColor.rgb == "FFFFFF00"
    assert sheet.column_dimensions["D"].width == 61
    assert after["说明"]["A1"].value == "内部使用"


def test_columns_may_be_moved_and_a_table_grows(tmp_path: Path) -> None:
    head = ["归档位置", "备注", "文号", "文种", "成文日期"]
    write(tmp_path, ["", "手工", "第4期", "周通报", "2023-04-07"], head=head)
    book = load_workbook(tmp_path / REGISTER)
    book.worksheets[0].add_table(Table(displayName="登记", ref="A1:E2"))
    book.save(tmp_path / REGISTER)
    issue(tmp_path, 5, FIRST)
    sheet = load_workbook(tmp_path / REGISTER).worksheets[0]
    assert [cell.value for cell in sheet[3]] == [
        "archive/2023-04-14/第5期周通报",
        None,
        "第5期（总第5期）",
        "周通报",
        datetime(2023, 4, 14),  # noqa: DTZ001 - as openpyxl reads a date
    ]
    assert sheet.tables["登记"].ref == "A1:E3"


def test_a_text_from_a_document_is_never_a_formula(tmp_path: Path) -> None:
    week = issue(tmp_path, 5, FIRST, papers=())
    odd = notice(1, FIRST, '=HYPERLINK("x")')
    sheet = load_workbook(BytesIO(with_rows(register.Register(), week, [odd]))).worksheets[0]
    assert {cell.data_type for line in sheet for cell in line} <= {"s", "n", "d"}


def test_the_highest_number_is_of_its_series_and_year(tmp_path: Path) -> None:
    write(
        tmp_path,
        row("清物治办约〔2023〕9号"),
        row("清物治办约〔2022〕40号"),
        row("清物治办改〔2023〕77号"),
    )
    taken = read(tmp_path).taken
    assert (highest(taken, CODE, 2023), highest(taken, CODE, 2024)) == (9, 0)
