"""Tables as people lay them out: each habit of an office is read, and what is passed over is said."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl.styles import Border, Side
from openpyxl.utils import range_boundaries

from campaign.intake.desk import Intake, receive
from campaign.intake.grid import Cell, Merge, Sheet, Workbook
from campaign.intake.headings import find_heading
from campaign.intake.ledgers import open_ledger
from campaign.intake.offices import LedgerFile, one_per_office, read_ledger
from campaign.intake.reading import read_workbooks
from campaign.intake.reading.draft import FileDraft
from campaign.intake.reading.limits import Limits
from campaign.intake.reading.single import read_file
from campaign.intake.sorting import sort_sheets
from campaign.intake.values import desk_of
from campaign.records import Fault, Problem, Status
from tests.support.county import rulebook, small_roster
from tests.support.sheets import save, sheet

AS_OF = date(2023, 4, 28)
DESK = desk_of(rulebook(), small_roster())
HEAD = "序号|小区名称|问题描述|发现时间|整改措施|整改时限|整改状态"
ONE = "1|云栖苑|消火栓无水|2023.4.1|检修管网|2023.4.20|整改中"
TWO = "2|听松里|灯坏|2023.4.3|换灯|2023.5.20|未整改"
OFFICE = "填报单位：都濡街道办事处|||填报时间：2023年4月28日"


def merges(*ranges: str) -> tuple[Merge, ...]:
    bounds = (range_boundaries(r) for r in ranges)
    return tuple(Merge(top or 0, left or 0, bottom or 0, right or 0) for left, top, right, bottom in bounds)


def table(*lines: str, name: str = "台账", merged: Sequence[str] = (), file: str = "台账.xlsx") -> Sheet:
    return sheet("\n".join(lines), name=name, file=file, merges=merges(*merged))


def opened(*sheets: Sheet) -> LedgerFile:
    tables = sort_sheets(Workbook("台账.xlsx", sheets, "test", "0"), DESK.index, DESK.words)
    assert not [f for f in tables.faults if f.severity.blocks]
    return read_ledger(tuple(open_ledger(s, h, DESK) for s, h in tables.of("ledger")), DESK, AS_OF)


def read(*sheets: Sheet) -> tuple[tuple[Problem, ...], tuple[Fault, ...]]:
    ledger = opened(*sheets)
    return tuple(e.problem for e in ledger.entries if e.problem), ledger.faults


def loud(faults: Sequence[Fault]) -> list[tuple[str, str]]:
    return [(f.code, f.ref.cell) for f in faults if f.severity != "info"]


def passed_over(faults: Sequence[Fault]) -> set[int]:
    return {f.ref.row for f in faults if f.code == "I-ROW-PASSED-OVER"}


# --- Headings -------------------------------------------------------------------------------------


def test_a_heading_of_three_rows() -> None:
    problems, faults = read(
        table(
            "某县专项整治问题台账",
            OFFICE,
            "序号|基本情况||问题情况||||整改情况|",
            "|小区|物业企业|问题||时限|责任|状态|时间",
            "|||问题描述|发现时间|整改时限|责任人|整改状态|完成时间",
            "1|云栖苑|清和物业服务有限公司|消火栓无水|2023.4.1|2023.4.20|石某|已整改|2023.4.9",
            "2|听松里|清和物业服务有限公司|灯坏|2023.4.3|2023.4.20|石某|整改中|",
            merged=("A1:I1", "A3:A5", "B3:C3", "D3:G3", "H3:I3", "B4:B5", "C4:C5", "D4:E4"),
        )
    )
    assert not loud(faults)
    assert [(p.community, p.description, p.rectified_on) for p in problems] == [
        ("云栖苑", "消火栓无水", date(2023, 4, 9)),
        ("听松里", "灯坏", None),
    ]


def test_breaks_and_spaces_in_headings() -> None:
    head = "序  号|小 区\\n名 称|存在\\n问题|发现\\n时间|整改　措施|整改\\n时限|整改 状态"
    problems, faults = read(table(OFFICE, head, ONE, TWO))
    assert not loud(faults)
    assert [(p.measure, p.due_on) for p in problems] == [
        ("检修管网", date(2023, 4, 20)),
        ("换灯", date(2023, 5, 20)),
    ]


@pytest.mark.parametrize(
    "numbers", ["1|2|3|4|5|6|7", "①|②|③|④|⑤|⑥|⑦", "（1）|（2）|（3）|（4）|（5）|（6）|（7）"]
)
def test_a_row_of_column_numbers(numbers: str) -> None:
    problems, faults = read(table(OFFICE, HEAD, numbers, ONE))
    assert len(problems) == 1
    assert not loud(faults)
    assert passed_over(faults) == {3}


def test_headings_repeated_for_printing_with_their_title() -> None:
    problems, faults = read(
        table(OFFICE, HEAD, ONE, "某县专项整治问题台账（续）", HEAD, TWO, merged=("A4:G4",))
    )
    assert len(problems) == 2
    assert not loud(faults)
    assert passed_over(faults) == {4, 5}


def test_a_heading_of_two_rows_repeated_for_printing() -> None:
    head = ("序号|小区名称|问题情况|||整改情况|", "||问题描述|发现时间|整改措施|整改时限|整改状态")
    problems, faults = read(
        table(
            OFFICE, *head, ONE, *head, TWO,
            merged=("A2:A3", "B2:B3", "C2:E2", "F2:G2", "A5:A6", "B5:B6", "C5:E5", "F5:G5"),
        )
    )  # fmt: skip
    assert len(problems) == 2
    assert not loud(faults)


def test_extra_columns_are_kept_or_named() -> None:
    head = "序号|社区|小区名称|检查依据|问题描述|发现时间|整改状态|包保领导|备注"
    row = "1|东门社区|云栖苑|物业管理条例|灯坏|2023.4.1|整改中|石某|已约施工队"
    problems, faults = read(table(OFFICE, head, row))
    (problem,) = problems
    assert problem.note == "已约施工队"
    assert [f.raw for f in problem.origin.fields if f.field == "source"] == ["物业管理条例"]
    tables = sort_sheets(
        Workbook("台账.xlsx", (table(OFFICE, head, row),), "test", "0"), DESK.index, DESK.words
    )
    assert [(f.code, f.ref.cell) for f in tables.faults] == [("I-HEAD-UNKNOWN", "H2")]
    assert loud(faults) == [("I-ROW-DUE-MISSING", "A3")]


def test_rectified_and_closed_in_two_columns() -> None:
    head = "序号|小区名称|问题描述|发现时间|整改时限|是否整改|是否销号|完成时间|销号时间"
    problems, faults = read(
        table(
            OFFICE,
            head,
            "1|云栖苑|灯坏|2023.4.1|2023.5.1|是|是|2023.4.8|2023.4.9",
            "2|云栖苑|门坏|2023.4.1|2023.5.1|是|否|2023.4.8|",
            "3|云栖苑|锁坏|2023.4.1|2023.5.1|否|否||",
            "4|云栖苑|窗坏|2023.4.1|2023.5.1|否|||",
        )
    )
    assert not loud(faults)
    assert [p.status for p in problems] == [Status.CLOSED, Status.RECTIFIED, Status.OPEN, Status.OPEN]


# --- Rows -----------------------------------------------------------------------------------------


def test_subtotals_inside_the_data() -> None:
    problems, faults = read(
        table(
            OFFICE, HEAD, ONE, "云栖苑小计||1||||", TWO, "|听松里小计|1||||", "|小计：1个|||||", "总计||2||||"
        )
    )
    assert len(problems) == 2
    assert not loud(faults)
    assert passed_over(faults) == {4, 6, 7, 8}


def test_a_total_at_the_top() -> None:
    problems, faults = read(table(OFFICE, HEAD, "合计||2个||||", ONE, TWO))
    assert len(problems) == 2
    assert not loud(faults)
    problems, faults = read(table(OFFICE, HEAD, "合计||5个||||", ONE, TWO))
    assert len(problems) == 2
    assert loud(faults) == [("I-ROW-TOTAL", "C3")]


@pytest.mark.parametrize(
    "below",
    [
        ("", "工作联系表", "序号|姓名|职务|电话", "1|石某|主任|19900000001", "2|秦某|干部|19900000002"),
        ("", "姓名|职务|单位|联系电话", "石某|主任|街道办|19900000001"),
        ("合计||1||||", "", "序号|整治任务|数量|占比", "1|消防安全|1|100%"),
        ("", "分类统计：", "|整治任务|小区名称|问题数", "|消防安全|云栖苑|1", "|环境卫生|听松里|0"),
    ],
)
def test_another_table_below_is_no_problem_and_said(below: tuple[str, ...]) -> None:
    problems, faults = read(table(OFFICE, HEAD, ONE, *below))
    assert len(problems) == 1
    assert {code for code, _ in loud(faults)} == {"I-ROW-AFTER-END"}


def test_an_incomplete_problem_at_the_end_is_still_an_error() -> None:
    problems, faults = read(table(OFFICE, HEAD, ONE, "", "2|听松里|灯坏||||"))
    assert len(problems) == 1
    assert [f.ref.cell for f in faults if f.code == "I-CELL-MISSING"] == ["D5", "G5"]


@pytest.mark.parametrize(
    "below",
    [
        "填报人：石某|||审核人：秦某|||2023年4月28日",
        "都濡街道办事处（盖章）|||||2023年4月28日|",
        "||||||2023年4月28日",
        "注：本表每周五报送||||||",
        "情况属实。||||||",
    ],
)
def test_signatures_and_remarks_below(below: str) -> None:
    problems, faults = read(table(OFFICE, HEAD, ONE, below))
    assert len(problems) == 1
    assert not loud(faults)
    assert passed_over(faults) == {4}


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：都濡街道办事处||||填报人：石某||填报时间：2023年4月28日",
        "填报单位|都濡街道办事处||||填报时间|2023年4月28日",
        "填报单位：||都濡街道办事处|||填报日期：|2023.4.28",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_particulars_above_or_below_the_table(line: str, *, above: bool) -> None:
    title = "某县专项整治问题台账"
    lines = (title, line, HEAD, ONE) if above else (title, HEAD, ONE, line)
    ledger = opened(table(*lines, merged=("A1:G1",)))
    assert (ledger.sheets[0].office, ledger.reported_on) == ("都濡街道办事处", AS_OF)
    assert len([e for e in ledger.entries if e.problem]) == 1
    assert not loud(ledger.faults)


def test_a_repeated_heading_is_not_the_day_of_reporting() -> None:
    head = HEAD.replace("发现时间", "检查时间")
    ledger = opened(table("填报单位：都濡街道办事处", head, ONE, head, TWO))
    assert ledger.reported_on is None
    assert not loud(ledger.faults)


def test_a_table_that_starts_in_column_c() -> None:
    lines = [f"||{line}" for line in ("问题台账", OFFICE, HEAD, ONE, TWO, "合计||2||||")]
    problems, faults = read(table(*lines, merged=("C1:I1",)))
    assert not loud(faults)
    assert [p.origin.ref("community").cell for p in problems] == ["D4", "D5"]


def test_communities_written_once_and_left_blank_below() -> None:
    rows = (ONE, "2||楼道堆物|2023.4.2|清理|2023.4.20|整改中", TWO, "4||门坏|2023.4.2|修|2023.5.20|整改中")
    problems, faults = read(table(OFFICE, HEAD, *rows))
    assert [p.community for p in problems] == ["云栖苑", "云栖苑", "听松里", "听松里"]
    assert loud(faults) == [("I-ROW-FILLED", "B4"), ("I-ROW-FILLED", "B6")]
    assert problems[3].origin.ref("community").cell == "B5"


def test_a_merged_community_with_a_blank_row_inside() -> None:
    rows = (
        ONE,
        "2||楼道堆物|2023.4.2|清理|2023.4.20|整改中",
        "3||||||",
        "4||门坏|2023.4.2|修|2023.5.20|整改中",
        TWO,
    )
    problems, faults = read(table(OFFICE, HEAD, *rows, merged=("B3:B6",)))
    assert not loud(faults)
    assert [p.community for p in problems] == ["云栖苑", "云栖苑", "云栖苑", "听松里"]
    assert {p.origin.ref("community").cell for p in problems[:3]} == {"B3"}


# --- One problem over several rows ----------------------------------------------------------------

SEVERAL = (
    ONE,
    "||||清洗水箱|2023.4.20|",
    "||||更换阀门||",
    TWO,
)


@pytest.mark.parametrize(
    "merged",
    [
        ("A3:A5", "B3:B5", "C3:C5", "D3:D5", "F3:F4", "G3:G5"),
        ("A3:A5", "B3:B5", "C3:C5"),
        ("A3:A5",),
    ],
)
def test_a_number_merged_over_rows_is_one_problem_with_several_measures(merged: tuple[str, ...]) -> None:
    problems, faults = read(table(OFFICE, HEAD, *SEVERAL, merged=merged))
    assert [(p.serial, p.measure) for p in problems] == [
        ("1", "检修管网；清洗水箱；更换阀门"),
        ("2", "换灯"),
    ]
    assert not loud(faults)
    assert {f.ref.row for f in faults if f.code == "I-ROW-JOINED"} == {4, 5}
    assert [f.ref.cell for f in problems[0].origin.fields if f.field == "measure"] == ["E3", "E4", "E5"]


def test_the_rows_of_one_problem_must_not_contradict_each_other() -> None:
    rows = (ONE, "||||清洗水箱|2023.4.20|已整改", TWO)
    problems, faults = read(table(OFFICE, HEAD, *rows, merged=("A3:A4", "B3:B4", "C3:C4", "D3:D4")))
    assert [p.serial for p in problems] == ["2"]
    assert loud(faults) == [("I-ROW-PARTS", "G4")]


def test_a_number_merged_over_several_problems_leaves_them_several() -> None:
    rows = (ONE, "|云栖苑|楼道堆物|2023.4.2|清理|2023.4.20|整改中", TWO)
    problems, faults = read(table(OFFICE, HEAD, *rows, merged=("A3:A4",)))
    assert [p.description for p in problems] == ["消火栓无水", "楼道堆物", "灯坏"]
    assert not loud(faults)


def test_a_forgotten_description_under_a_merged_number_is_no_measure() -> None:
    rows = (ONE, "|云栖苑||2023.4.2|清理|2023.4.20|整改中", TWO)
    problems, faults = read(table(OFFICE, HEAD, *rows, merged=("A3:A4",)))
    assert len(problems) == 2
    assert ("I-CELL-MISSING", "C4") in loud(faults)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1.灯坏；2.门坏；3.锁坏", 3),
        ("1、灯坏\\n2、门坏", 2),
        ("（1）灯坏。（2）门坏。", 2),
        ("①灯坏②门坏", 2),
        ("一是灯坏；二是门坏", 2),
        ("存在以下问题：1．灯坏 2．门坏", 2),
        ("1、3号楼灯坏\\n2、5号楼门坏", 2),
        ("一、灯坏；二、门坏；三、锁坏；四、窗坏", 4),
    ],
)
def test_several_problems_in_one_cell_count_once_with_a_warning(text: str, count: int) -> None:
    problems, faults = read(table(OFFICE, HEAD, ONE.replace("消火栓无水", text)))
    assert len(problems) == 1
    assert loud(faults) == [("I-CELL-SEVERAL", "C3")]
    (told,) = [f for f in faults if f.code == "I-CELL-SEVERAL"]
    assert f"{count}个" in told.message


@pytest.mark.parametrize(
    "text",
    [
        "1.2米宽的通道被占",
        "1、2、3号楼灯坏",
        "3栋1.5米处墙皮脱落，2.3米处开裂",
        "第1.灯坏",
        "2023.1.2检查时灯坏",
        "一、二单元灯坏",
        "1#、2#楼灯坏",
        "1.灯坏",
        "依据第1.2条、第2.1条未公示",
    ],
)
def test_numbers_that_are_no_list_are_one_problem(text: str) -> None:
    problems, faults = read(table(OFFICE, HEAD, ONE.replace("消火栓无水", text)))
    assert len(problems) == 1
    assert not loud(faults)


# --- Sheets and files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["某县三个街道问题台账", "都濡、丹砂、大坪街道问题台账", "填报单位：县住房城乡建设局"]
)
def test_one_ledger_for_all_subdistricts(title: str) -> None:
    ledger = opened(
        table(
            title,
            "序号|所属街道|小区名称|问题描述|发现时间|整改时限|整改状态",
            "1|都濡街道|云栖苑|灯坏|2023.4.1|2023.5.1|整改中",
            "2||听松里|门坏|2023.4.1|2023.5.1|整改中",
            "3|丹砂街道|望山居|锁坏|2023.4.1|2023.5.1|整改中",
            "4|大坪街道|临溪苑|窗坏|2023.4.1|2023.5.1|整改中",
            "5|大坪街道|沐风庭|窗坏|2023.4.1|2023.5.1|整改中",
            merged=("B3:B4",),
        )
    )
    assert [e.office for e in ledger.entries if e.problem] == [
        "都濡街道办事处",
        "都濡街道办事处",
        "丹砂街道办事处",
        "大坪街道办事处",
    ]
    assert set(ledger.offices) == {"都濡街道办事处", "丹砂街道办事处", "大坪街道办事处"}
    assert loud(ledger.faults) == [("I-CELL-SUBDISTRICT", "B7")]
    assert [e.office for e in ledger.entries if e.pending] == ["大坪街道办事处"]


def test_one_file_for_each_community_of_an_office() -> None:
    files = [
        opened(table(f"{name}问题台账", OFFICE, HEAD, row, file=f"{name}.xlsx"))
        for name, row in (("云栖苑", ONE), ("听松里", TWO))
    ]
    accepted, faults = one_per_office(files)
    assert not faults
    assert len(accepted) == 2


def test_files_without_any_problem_do_not_contradict_each_other() -> None:
    files = [
        opened(table(f"{name}问题台账", OFFICE, HEAD, file=f"{name}.xlsx")) for name in ("云栖苑", "听松里")
    ]
    accepted, faults = one_per_office(files)
    assert not faults
    assert len(accepted) == 2


def test_a_sheet_for_each_month() -> None:
    later = OFFICE.replace("4月28日", "4月21日")
    ledger = opened(table(OFFICE, HEAD, TWO, name="4月"), table(later, HEAD, ONE, name="3月"))
    assert [e.row.sheet.name for e in ledger.entries if e.problem] == ["4月", "3月"]
    assert ledger.reported_on == AS_OF
    assert not loud(ledger.faults)


# --- What only a workbook on disk has -------------------------------------------------------------


def ledger_book(*rows: Sequence[object]) -> Book:
    book = Book()
    lines = [["填报单位：都濡街道办事处", "填报时间：2023年4月28日"], HEAD.split("|"), *rows]
    for line in lines:
        book.worksheets[0].append(list(line))
    return book


def from_disk(book: Book, tmp_path: Path) -> tuple[LedgerFile, tuple[Fault, ...]]:
    book.save(tmp_path / "台账.xlsx")
    ((workbook, noted),) = read_workbooks(tmp_path, ["台账.xlsx"], 1)
    assert workbook is not None
    tables = sort_sheets(workbook, DESK.index, DESK.words)
    ledger = read_ledger(tuple(open_ledger(s, h, DESK) for s, h in tables.of("ledger")), DESK, AS_OF)
    return ledger, (*noted, *tables.faults, *ledger.faults)


def test_hidden_rows_columns_and_sheets_are_read_with_a_warning(tmp_path: Path) -> None:
    book = ledger_book(ONE.split("|"), TWO.split("|"))
    first = book.worksheets[0]
    first.row_dimensions[4].hidden = True
    first.column_dimensions["E"].hidden = True
    second = book.copy_worksheet(first)
    second.title, second["C3"], second["C4"] = "旧", "门坏", "锁坏"
    second.sheet_state = "hidden"
    second.row_dimensions[4].hidden = False
    second.column_dimensions["E"].hidden = False
    ledger, faults = from_disk(book, tmp_path)
    assert len([e for e in ledger.entries if e.problem]) == 4
    assert [(f.code, f.ref.sheet, f.severity) for f in faults if f.code.startswith("I-SHEET")] == [
        ("I-SHEET-HIDDEN-ROWS", "Sheet", "warning"),
        ("I-SHEET-HIDDEN-COLUMNS", "Sheet", "warning"),
        ("I-SHEET-HIDDEN", "旧", "warning"),
    ]


def test_rows_that_a_filter_hides_are_read_with_a_warning(tmp_path: Path) -> None:
    book = ledger_book(ONE.split("|"), TWO.split("|"))
    first = book.worksheets[0]
    first.auto_filter.ref = "A2:G4"
    first.auto_filter.add_filter_column(6, ["整改中"])
    first.row_dimensions[4].hidden = True
    ledger, faults = from_disk(book, tmp_path)
    assert len([e for e in ledger.entries if e.problem]) == 2
    assert [f.code for f in faults if f.code.startswith("I-SHEET")] == ["I-SHEET-HIDDEN-ROWS"]


@pytest.mark.parametrize("serials", ["none", "numbers", "formulas"])
def test_hundreds_of_prepared_rows_are_no_rows(serials: str, tmp_path: Path) -> None:
    book = ledger_book(ONE.split("|"))
    thin = Side(style="thin")
    for row in range(4, 304):
        for column in range(1, 8):
            book.worksheets[0].cell(row, column).border = Border(thin, thin, thin, thin)
        if serials != "none":
            book.worksheets[0].cell(row, 1).value = row - 2 if serials == "numbers" else "=ROW()-2"
    ledger, faults = from_disk(book, tmp_path)
    assert len(ledger.entries) == 1
    assert not loud(faults)


def test_a_ledger_of_an_office_in_several_files(tmp_path: Path) -> None:
    save(
        tmp_path / "名册.xlsx",
        {
            "小区": "小区名称|所属街道|物业企业\n云栖苑|都濡街道|清和物业\n听松里|都濡街道|清和物业",
            "街道办事处": "名称|负责人|职务\n都濡街道办事处|陆某|主任",
        },
    )
    for name, row in (("云栖苑", ONE), ("听松里", TWO)):
        save(tmp_path / "都濡" / f"{name}.xlsx", {"台账": f"{OFFICE}\n{HEAD}\n{row}"})
    intake: Intake = receive(tmp_path, rulebook(), None)
    assert {p.community for p in intake.books.problems} == {"云栖苑", "听松里"}
    assert not [f for f in intake.faults if f.severity.blocks]


def test_the_best_heading_is_the_ledgers_own() -> None:
    heading = find_heading(table("序号|街道|小区", OFFICE, HEAD, ONE), DESK.index)
    assert heading is not None
    assert heading.top == 3


def test_a_ledger_that_names_no_office_is_refused() -> None:
    nameless = opened(
        table("某县专项整治问题台账", "填报时间：2023年4月28日", HEAD, "1|无此小区|灯坏|2023.4.1|||整改中")
    )
    accepted, faults = one_per_office([nameless])
    assert [(f.code, f.ref.file) for f in faults] == [("I-SET-OFFICE", "台账.xlsx")]
    assert not accepted


def test_a_file_that_kills_its_reader_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("好.xlsx", "坏.xlsx"):
        save(tmp_path / name, {"台账": f"{OFFICE}\n{HEAD}\n{ONE}"})

    def deadly(path: Path, limits: Limits) -> FileDraft:
        if path.name == "坏.xlsx":
            os._exit(134)
        return read_file(path, limits)

    monkeypatch.setattr("campaign.intake.reading.read_file", deadly)
    (good, _), (bad, faults) = read_workbooks(tmp_path, ["好.xlsx", "坏.xlsx"], 1)
    assert good is not None
    assert bad is None
    assert [(f.code, f.severity) for f in faults] == [("I-FILE-CRASHED", "fatal")]


class Walked(Mapping[tuple[int, int], Cell]):
    """Cells that count how often all of them are walked through."""

    def __init__(self, cells: Mapping[tuple[int, int], Cell]) -> None:
        self.cells = cells
        self.walks = 0

    def __getitem__(self, at: tuple[int, int]) -> Cell:
        return self.cells[at]

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        self.walks += 1
        return iter(self.cells)


def test_a_long_sheet_is_walked_through_a_few_times_only() -> None:
    rows = [ONE.replace("消火栓无水", f"第{n}处") for n in range(200)]
    long = table(OFFICE, HEAD, *rows)
    cells = Walked(long.cells)
    assert len(opened(replace(long, cells=cells)).entries) == 200
    assert cells.walks < 30


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("都濡街道", []),
        ("都濡", []),
        ("", []),
        ("城关街道", [("I-CELL-SUBDISTRICT-UNKNOWN", "B4")]),
        ("丹砂街道", [("I-CELL-SUBDISTRICT-OTHER", "B4")]),
    ],
)
def test_the_ledgers_own_column_of_subdistricts_is_read(
    written: str, expected: list[tuple[str, str]]
) -> None:
    ledger = opened(
        table(
            "都濡街道办事处问题台账",
            "填报单位：都濡街道办事处  填报时间：2023年4月28日",
            "序号|所属街道|小区名称|问题描述|发现时间|整改时限|整改状态",
            f"1|{written}|云栖苑|灯坏|2023.4.1|2023.5.1|整改中",
        )
    )
    assert loud(ledger.faults) == expected
    assert [e.problem.subdistrict for e in ledger.entries if e.problem] == ["都濡街道办事处"]


@pytest.mark.parametrize(
    ("line", "expected", "offices"),
    [
        ("填报单位：城关街道办事处", [("I-CELL-OFFICE", "A1")], ("都濡街道办事处",)),
        ("填报单位：都濡街道办事处建设中心", [], ("都濡街道办事处",)),
        ("填报单位：县住房城乡建设局", [], ("都濡街道办事处",)),
        ("填报时间：2032年4月28日", [("I-CELL-DATE-RANGE", "A1")], ("都濡街道办事处",)),
    ],
)
def test_what_the_lines_above_say_is_held_against_roster_and_campaign(
    line: str, expected: list[tuple[str, str]], offices: tuple[str, ...]
) -> None:
    ledger = opened(
        table(
            line,
            "序号|小区名称|问题描述|发现时间|整改时限|整改状态",
            "1|云栖苑|灯坏|2023.4.1|2023.5.1|整改中",
        )
    )
    assert loud(ledger.faults) == expected
    assert ledger.offices == offices
    assert ledger.reported_on is None
