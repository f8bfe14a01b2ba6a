"""Ledger rows: what is read, what is passed over, and which fault each mistake gives at which cell."""

from datetime import date

import pytest

from campaign.intake.grid import Merge, Sheet
from campaign.intake.headings import find_heading
from campaign.intake.ledgers import open_ledger
from campaign.intake.offices import read_ledger
from campaign.intake.values import desk_of
from campaign.records import Fault, ItemCode, Problem, Status
from tests.support.county import rulebook, small_roster
from tests.support.sheets import sheet

AS_OF = date(2023, 4, 28)
HEAD = "序号|小区名称|物业企业|条目|问题描述|发现时间|整改时限|责任人及电话|整改状态|完成时间|销号时间"
GOOD = "1|云栖苑|清和物业服务有限公司|五-2|消火栓无水|2023.4.1|2023.4.20|石某 19900000001|整改中||"
CLOSED = (
    "2|听松里|清和物业服务有限公司|四-1|公示缺失|2023.4.3|2023.4.20|石某 19900000001|"
    "已销号|2023.4.10|2023.4.12"
)


def spoiled(row: str, column: int, value: str) -> str:
    parts = row.split("|")
    parts[column - 1] = value
    return "|".join(parts)


def read(*tables: Sheet) -> tuple[tuple[Problem, ...], tuple[Fault, ...]]:
    desk = desk_of(rulebook(), small_roster())
    opened = []
    for table in tables:
        heading = find_heading(table, desk.index)
        assert heading is not None
        opened.append(open_ledger(table, heading, desk))
    ledger = read_ledger(tuple(opened), desk, AS_OF)
    return tuple(e.problem for e in ledger.entries if e.problem), ledger.faults


def ledger(
    *lines: str, office: str = "都濡街道办事处", name: str = "台账", merges: tuple[Merge, ...] = ()
) -> Sheet:
    return sheet("\n".join([f"填报单位：{office}", HEAD, *lines]), name=name, merges=merges)


def loud(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(f.code, f.ref.cell) for f in faults if f.severity != "info"]


def test_a_good_row_is_a_problem_with_its_cells() -> None:
    (problem,), faults = read(ledger(GOOD))
    assert not loud(faults)
    assert (problem.community, problem.company) == ("云栖苑", "清和物业服务有限公司")
    assert (problem.item, problem.status) == (ItemCode(5, 2), Status.IN_PROGRESS)
    assert (problem.found_on, problem.due_on) == (date(2023, 4, 1), date(2023, 4, 20))
    assert (problem.responsible_person, problem.phone) == ("石某", "19900000001")
    assert problem.origin.ref("status").cell == "I3"
    assert problem.overdue(AS_OF)


@pytest.mark.parametrize(
    ("row", "column", "value", "code", "cell"),
    [
        (GOOD, 2, "云栖院", "I-CELL-COMMUNITY", "B3"),
        (GOOD, 2, "", "I-CELL-MISSING", "B3"),
        (GOOD, 2, "望山居", "I-CELL-SUBDISTRICT", "B3"),
        (GOOD, 3, "知行物业管理有限公司", "I-CELL-COMPANY-MISMATCH", "C3"),
        (GOOD, 4, "八-3", "I-CELL-ITEM", "D3"),
        (GOOD, 5, "", "I-CELL-MISSING", "E3"),
        (GOOD, 5, "#REF!", "I-CELL-ERROR", "E3"),
        (GOOD, 6, "", "I-CELL-MISSING", "F3"),
        (GOOD, 6, "2023年4月31日", "I-CELL-DATE-IMPOSSIBLE", "F3"),
        (GOOD, 6, "4.2", "I-CELL-DATE-UNSURE", "F3"),
        (GOOD, 6, "上周", "I-CELL-DATE", "F3"),
        (GOOD, 6, "=TODAY()", "I-CELL-FORMULA", "F3"),
        (GOOD, 7, "2023年4月31日", "I-CELL-DATE-IMPOSSIBLE", "G3"),
        (GOOD, 9, "差不多了", "I-CELL-STATUS", "I3"),
        (GOOD, 9, "", "I-CELL-MISSING", "I3"),
        (GOOD, 9, "=IF(1,2)", "I-CELL-FORMULA", "I3"),
        (GOOD, 10, "2023.4.10", "I-ROW-DATED-OPEN", "J3"),
        (GOOD, 11, "2023.4.10", "I-ROW-DATED-OPEN", "K3"),
        (CLOSED, 11, "", "I-ROW-CLOSED-UNDATED", "K3"),
        (CLOSED, 10, "2023.4.2", "I-ROW-ORDER", "J3"),
        (GOOD, 7, "2023.3.30", "I-ROW-ORDER", "G3"),
        (CLOSED, 9, "未整改", "I-ROW-DATED-OPEN", "K3"),
    ],
)
def test_an_error_sets_the_row_aside_and_names_its_cell(
    row: str, column: int, value: str, code: str, cell: str
) -> None:
    problems, faults = read(ledger(spoiled(row, column, value)))
    assert (code, cell) in [(f.code, f.ref.cell) for f in faults if f.severity == "error"]
    assert not problems


@pytest.mark.parametrize(
    ("row", "column", "value", "code", "cell"),
    [
        (GOOD, 3, "清和物业", "I-CELL-COMPANY", "C3"),
        (GOOD, 4, "", "I-CELL-ITEM-MISSING", "D3"),
        (GOOD, 6, "2021.4.1", "I-CELL-DATE-RANGE", "F3"),
        (spoiled(GOOD, 7, "2023.5.20"), 6, "2023.5.4", "I-ROW-FUTURE", "F3"),
        (GOOD, 7, "", "I-ROW-DUE-MISSING", "G3"),
        (GOOD, 7, "4月底", "I-CELL-DUE-VAGUE", "G3"),
        (GOOD, 7, "4.2", "I-CELL-DATE-AMBIGUOUS", "G3"),
        (GOOD, 7, "2023.7.10", "I-ROW-DUE-LATE", "G3"),
        (CLOSED, 10, "2023.4.14", "I-ROW-ORDER-DOUBT", "K3"),
        (CLOSED, 11, "2023.5.6", "I-ROW-DATED-FUTURE", "K3"),
        (spoiled(CLOSED, 11, ""), 9, "已整改", "", ""),
    ],
)
def test_a_warning_names_its_cell_and_the_row_still_counts(
    row: str, column: int, value: str, code: str, cell: str
) -> None:
    problems, faults = read(ledger(spoiled(row, column, value)))
    assert loud(faults) == ([(code, cell)] if code else [])
    assert len(problems) == 1


def test_all_faults_of_a_row_are_told_at_once() -> None:
    bad = "1|无此小区||九-9||2023年4月31日|||不详||"
    _, faults = read(ledger(bad))
    assert [f.ref.cell for f in faults if f.severity == "error"] == ["B3", "D3", "E3", "F3", "I3"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("未整改", Status.OPEN),
        ("×", Status.OPEN),
        ("0%", Status.OPEN),
        ("正在整改", Status.IN_PROGRESS),
        ("80%", Status.IN_PROGRESS),
        ("整 改 中", Status.IN_PROGRESS),
        ("√", Status.RECTIFIED),
        ("100%", Status.RECTIFIED),
        ("已完成。", Status.RECTIFIED),
        ("已验收销号", Status.CLOSED),
    ],
)
def test_status_words(word: str, status: Status) -> None:
    row = spoiled(CLOSED if status is Status.CLOSED else GOOD, 9, word)
    (problem,), _ = read(ledger(row))
    assert problem.status is status


def test_what_happened_after_the_as_of_date_had_not_happened() -> None:
    later = spoiled(spoiled(CLOSED, 10, "2023.4.29"), 11, "2023.5.1")
    (problem,), _ = read(ledger(later))
    assert (problem.status, problem.rectified_on, problem.closed_on) == (Status.IN_PROGRESS, None, None)
    (problem,), _ = read(ledger(spoiled(CLOSED, 11, "2023.5.1")))
    assert (problem.status, problem.closed_on) == (Status.RECTIFIED, None)


def test_closed_may_be_a_column_of_its_own() -> None:
    head = HEAD.replace("整改状态", "是否整改") + "|是否销号"
    rows = [f"{spoiled(spoiled(CLOSED, 9, '√'), 11, '2023.4.12')}|是", f"{spoiled(GOOD, 9, '整改中')}|是"]
    problems, faults = read(sheet("\n".join(["填报单位：都濡街道办", head, *rows])))
    assert [p.status for p in problems] == [Status.CLOSED]
    assert loud(faults) == [("I-ROW-CLOSED-OPEN", "L4")]


def test_long_term_problems_have_no_deadline_and_are_never_overdue() -> None:
    (problem,), faults = read(ledger(spoiled(GOOD, 7, "长期坚持")))
    assert not loud(faults)
    assert problem.no_deadline
    assert not problem.overdue(AS_OF)


def test_merged_names_fill_down_and_point_at_their_cell() -> None:
    rows = [GOOD, spoiled(spoiled(GOOD, 2, ""), 5, "楼道堆物")]
    problems, faults = read(ledger(*rows, merges=(Merge(3, 2, 4, 2),)))
    assert not loud(faults)
    assert [p.community for p in problems] == ["云栖苑", "云栖苑"]
    assert problems[1].origin.ref("community").cell == "B3"


def test_names_written_once_fill_down_with_a_warning() -> None:
    rows = [GOOD, spoiled(spoiled(GOOD, 2, ""), 5, "楼道堆物"), CLOSED]
    problems, faults = read(ledger(*rows))
    assert [p.community for p in problems] == ["云栖苑", "云栖苑", "听松里"]
    assert loud(faults) == [("I-ROW-FILLED", "B4")]


def test_a_blank_name_among_repeated_names_is_a_blank() -> None:
    rows = [GOOD, spoiled(GOOD, 5, "灯坏"), spoiled(spoiled(GOOD, 2, ""), 5, "楼道堆物")]
    problems, faults = read(ledger(*rows))
    assert len(problems) == 2
    assert ("I-CELL-MISSING", "B5") in loud(faults)


def test_rows_that_are_no_problems_are_passed_over_aloud() -> None:
    rows = [
        "1|2|3|4|5|6|7|8|9|10|11",
        GOOD,
        "小计||||1||||||",
        HEAD,
        spoiled(GOOD, 5, "灯坏"),
        "合计||||2||||||",
        "填报人：石某|||||审核人：秦某|||||",
        "注：以上为截至目前的数据||||||||||",
    ]
    problems, faults = read(ledger(*rows))
    assert len(problems) == 2
    assert not loud(faults)
    told = {f.ref.row for f in faults if f.code == "I-ROW-PASSED-OVER"}
    assert told == {3, 5, 6, 8, 9, 10}


def test_a_declared_total_is_held_against_the_rows() -> None:
    _, faults = read(ledger(GOOD, "合计||||7||||||"))
    assert loud(faults) == [("I-ROW-TOTAL", "E4")]


def test_another_table_below_is_not_taken_for_problems() -> None:
    problems, faults = read(
        ledger(GOOD, "合计||||1||||||", "序号|姓名||||电话|||||", "1|石某||||19900000001|||||")
    )
    assert len(problems) == 1
    assert {f.code for f in faults if f.severity != "info"} <= {"I-ROW-AFTER-END"}


def test_a_summary_sheet_counts_once() -> None:
    both = ledger(GOOD, CLOSED, name="汇总")
    problems, faults = read(both, ledger(GOOD, name="云栖苑"), ledger(CLOSED, name="听松里"))
    assert len(problems) == 2
    assert [f.ref.sheet for f in faults if f.code == "I-SHEET-SUMMARY"] == ["云栖苑", "听松里"]


def test_a_summary_that_contradicts_its_parts_is_an_error() -> None:
    stale = spoiled(GOOD, 9, "未整改")
    problems, faults = read(ledger(stale, name="汇总"), ledger(GOOD, name="云栖苑"))
    assert not problems
    assert loud(faults) == [("I-SHEET-CONFLICT", "I3")]


def test_a_line_entered_twice_counts_once_and_the_second_is_an_error() -> None:
    problems, faults = read(ledger(GOOD, CLOSED, GOOD))
    assert len(problems) == 2
    assert loud(faults) == [("I-ROW-REPEATED", "E5")]


def test_the_same_words_under_another_number_are_another_problem() -> None:
    problems, faults = read(ledger(GOOD, spoiled(GOOD, 1, "2")))
    assert len(problems) == 2
    assert not loud(faults)


def test_who_verified_the_closing_must_be_named_where_there_is_a_column_for_it() -> None:
    head = f"{HEAD}|验收人"
    rows = [
        f"{CLOSED}|秦某",
        f"{spoiled(CLOSED, 5, '门坏')}|",
        f"{GOOD}|",
        f"{spoiled(CLOSED, 5, '灯坏')}|#N/A",
    ]
    problems, faults = read(sheet("\n".join(["填报单位：都濡街道办", head, *rows])))
    assert len(problems) == 2
    assert loud(faults) == [("I-ROW-UNVERIFIED", "L4"), ("I-CELL-ERROR", "L6")]


WITHOUT = HEAD.replace("小区名称|", "")


def for_one_community(line: str = "", name: str = "Sheet1", file: str = "台账.xlsx") -> Sheet:
    row = GOOD.replace("云栖苑|", "")
    return sheet(f"填报单位：都濡街道办  {line}\n{WITHOUT}\n{row}", name=name, file=file)


@pytest.mark.parametrize(
    "table",
    [
        for_one_community(line="小区名称：云栖苑"),
        for_one_community(name="云栖苑"),
        for_one_community(file="都濡/云栖苑.xlsx"),
    ],
)
def test_a_sheet_for_one_community_needs_no_column_for_it(table: Sheet) -> None:
    (problem,), faults = read(table)
    assert not loud(faults)
    assert (problem.community, problem.company) == ("云栖苑", "清和物业服务有限公司")
    assert problem.origin.raw("community") == "云栖苑"


def test_a_sheet_that_names_no_community_anywhere_is_fatal() -> None:
    problems, faults = read(for_one_community())
    assert not problems
    assert [(f.code, f.ref.cell) for f in faults if f.severity == "fatal"] == [("I-HEAD-MISSING", "A2")]


@pytest.mark.parametrize(
    "office", ["都濡街道办事处", "都濡街道办", "都濡街道", "都濡办", "某县都濡街道办事处（盖章）"]
)
def test_an_office_in_any_spelling(office: str) -> None:
    desk = desk_of(rulebook(), small_roster())
    table = ledger(GOOD, office=office)
    heading = find_heading(table, desk.index)
    assert heading is not None
    assert open_ledger(table, heading, desk).office == "都濡街道办事处"


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("台账/都濡街道台账（4.28）.xlsx", AS_OF),
        ("都濡街道2023年4月28日台账.xlsx", AS_OF),
        ("20230428都濡台账.xlsx", AS_OF),
        ("都濡台账4.21-4.28.xlsx", None),
        ("附件2：都濡台账.xlsx", None),
    ],
)
def test_without_a_line_the_file_name_may_state_the_day(file: str, day: date | None) -> None:
    desk = desk_of(rulebook(), small_roster())
    table = sheet(f"{HEAD}\n{GOOD}", file=file)
    heading = find_heading(table, desk.index)
    assert heading is not None
    opened = open_ledger(table, heading, desk)
    assert opened.reported_on == day
    assert [f.code for f in opened.faults] == (["I-SET-REPORTED-NAME"] if day else [])


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：都濡街道办事处     填报时间：2023年4月28日",
        "填报单位|都濡街道办|||填报日期|2023.4.28",
        "填报单位（盖章）：都濡街道办事处|||填报时间：４月２８日",
        "都濡街道办事处问题台账（截至4月28日）",
    ],
)
def test_the_day_of_reporting_in_any_place(line: str) -> None:
    desk = desk_of(rulebook(), small_roster())
    table = sheet(f"{line}\n{HEAD}\n{GOOD}")
    heading = find_heading(table, desk.index)
    assert heading is not None
    opened = open_ledger(table, heading, desk)
    assert (opened.office, opened.reported_on) == ("都濡街道办事处", AS_OF)
