"""Headings are found wherever they stand, and only known spellings are taken."""

import pytest

from campaign.intake.grid import Merge, Sheet
from campaign.intake.heading_faults import heading_faults
from campaign.intake.headings import Heading, find_heading, index_of, missing_fields
from tests.support.county import rulebook
from tests.support.sheets import sheet

PLAIN = "序号|小区名称|问题描述|发现时间|整改状态"


def found(table: Sheet) -> Heading:
    heading = find_heading(table, index_of(rulebook().words))
    assert heading is not None
    return heading


@pytest.mark.parametrize("above", [0, 1, 4, 20])
def test_the_heading_may_stand_in_any_row(above: int) -> None:
    table = sheet("\n".join(["某县台账|"] * above + [PLAIN, "1|云栖苑|灯坏|2023.4.1|整改中"]))
    heading = found(table)
    assert (heading.kind, heading.top, heading.bottom) == ("ledger", above + 1, above + 1)
    assert heading.columns == {"serial": 1, "community": 2, "description": 3, "found_on": 4, "status": 5}


def test_a_heading_of_two_rows_with_merged_groups() -> None:
    table = sheet(
        """
        某县问题台账
        填报单位：都濡街道办事处
        序号|小区名称|排查情况|    |整改情况|    |备注
            |        |问题描述|发现时间|整改时限|整改状态|
        1|云栖苑|灯坏|2023.4.1|2023.4.9|整改中|
        """,
        merges=(
            Merge(1, 1, 1, 7),
            Merge(2, 1, 2, 7),
            Merge(3, 1, 4, 1),
            Merge(3, 2, 4, 2),
            Merge(3, 3, 3, 4),
            Merge(3, 5, 3, 6),
            Merge(3, 7, 4, 7),
        ),
    )
    heading = found(table)
    assert (heading.top, heading.bottom) == (3, 4)
    assert heading.columns == {
        "serial": 1,
        "community": 2,
        "description": 3,
        "found_on": 4,
        "due_on": 5,
        "status": 6,
        "note": 7,
    }


def test_spaces_breaks_stars_and_hints_in_a_heading_do_not_matter() -> None:
    table = sheet("序 号|*小区名称|问题\\n描述|发现时间：|整改状态（必填）\n1|云栖苑|灯坏|2023.4.1|整改中")
    assert set(found(table).columns) == {"serial", "community", "description", "found_on", "status"}


def test_deadline_and_completion_are_never_confused() -> None:
    table = sheet(f"{PLAIN}|整改完成时限|整改完成时间\n1|云栖苑|灯坏|2023.4.1|整改中|2023.4.9|")
    columns = found(table).columns
    assert (columns["due_on"], columns["rectified_on"]) == (6, 7)


def test_a_heading_that_only_resembles_a_known_one_is_suggested_not_taken() -> None:
    table = sheet(f"{PLAIN}|整改责仼人\n1|云栖苑|灯坏|2023.4.1|整改中|石某")
    heading = found(table)
    assert "responsible_person" not in heading.columns
    words = rulebook().words
    faults = heading_faults(table, heading, words, index_of(words))
    assert [(f.code, f.ref.cell) for f in faults] == [("I-HEAD-SIMILAR", "F1")]


def test_two_columns_for_one_meaning_are_fatal() -> None:
    table = sheet("序号|小区名称|项目名称|问题描述|发现时间|整改状态\n1|云栖苑|听松里|灯坏|2023.4.1|整改中")
    words = rulebook().words
    faults = heading_faults(table, found(table), words, index_of(words))
    assert [(f.code, f.ref.cell, f.severity) for f in faults] == [("I-HEAD-TWICE", "C1", "fatal")]


def test_of_two_columns_for_one_meaning_an_empty_one_does_not_count() -> None:
    table = sheet("序号|小区名称|项目名称|问题描述|发现时间|整改状态\n1||听松里|灯坏|2023.4.1|整改中")
    heading = found(table)
    assert heading.columns["community"] == 3
    assert not heading.rivals


def test_a_missing_column_is_named() -> None:
    table = sheet("序号|小区名称|问题描述|发现时间|整改措施\n1|云栖苑|灯坏|2023.4.1|换灯")
    heading = found(table)
    index = index_of(rulebook().words)
    assert missing_fields(heading, index) == ("status",)
    faults = heading_faults(table, heading, rulebook().words, index)
    assert [(f.code, f.severity, f.ref.row) for f in faults] == [("I-HEAD-MISSING", "fatal", 1)]


def test_a_table_of_something_else_has_no_heading_of_ours() -> None:
    assert find_heading(sheet("姓名|科室|房间\n石某|办公室|301"), index_of(rulebook().words)) is None


def heading_told(heads: str, line: str) -> list[tuple[str, str, str]]:
    table = sheet(f"{heads}\n{line}")
    words = rulebook().words
    faults = heading_faults(table, found(table), words, index_of(words))
    return [(f.code, f.severity.value, f.ref.cell) for f in faults]


@pytest.mark.parametrize(
    ("heads", "cell"),
    [
        ("小区|条目|问题描述|发现时间|整改时限||备注", "F1"),  # the title was deleted
        ("小区|条目|问题描述|发现时间|整改时限|状 态 栏|备注", "F1"),
        ("小区|条目|问题描述|时间|整改时限|整改状态|备注", "D1"),
    ],
)
def test_a_missing_column_is_told_where_it_probably_stands(heads: str, cell: str) -> None:
    told = heading_told(heads, "云栖苑|五-2|灯坏|2023.4.1|2023.5.1|整改中|急")
    assert ("I-HEAD-MISSING", "fatal", cell) in told


@pytest.mark.parametrize(
    ("heads", "line", "expected"),
    [
        ("小区|问题描述|发现时间||整改状态", "云栖苑|灯坏|2023.4.1|2023.5.1|整改中", ["D1"]),
        ("小区|问题描述|发现时间|整改状态", "云栖苑|灯坏|2023.4.1|整改中|急", ["E1"]),
        ("小区|问题描述|发现时间|整改状态", "云栖苑|灯坏|2023.4.1|整改中|||旁注", []),
        ("小区|问题描述|发现时间||整改状态", "云栖苑|灯坏|2023.4.1||整改中", []),
    ],
)
def test_what_stands_under_no_heading_is_told(heads: str, line: str, expected: list[str]) -> None:
    assert heading_told(heads, line) == [("I-HEAD-BLANK", "warning", cell) for cell in expected]
