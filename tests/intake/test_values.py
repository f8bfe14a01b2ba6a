"""Values as people and their machines write them: through a workbook on disk where that matters."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook as Book
from openpyxl.drawing.image import Image
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Bitmap

from campaign.intake.grid import Cell, CellKind, Scalar, Sheet
from campaign.intake.headings import find_heading
from campaign.intake.ledgers import open_ledger
from campaign.intake.offices import LedgerFile, read_ledger
from campaign.intake.reading import read_workbooks
from campaign.intake.sorting import sort_sheets
from campaign.intake.values import desk_of
from campaign.records import Fault, ItemCode, Problem, Status
from tests.support.county import rulebook, small_roster
from tests.support.sheets import cell, sheet

AS_OF = date(2023, 4, 28)
DESK = desk_of(rulebook(), small_roster())
FIELDS = (
    ("serial", "序号", "1"),
    ("community", "小区名称", "云栖苑"),
    ("item", "条目", "五-2"),
    ("description", "问题描述", "消火栓无水"),
    ("found_on", "发现时间", "2023.4.1"),
    ("measure", "整改措施", "检修管网"),
    ("due_on", "整改时限", "2023.4.20"),
    ("responsible_person", "责任人", "石某"),
    ("phone", "联系电话", "19900000001"),
    ("status", "整改状态", "整改中"),
    ("rectified_on", "完成时间", ""),
    ("closed", "是否销号", ""),
    ("closed_on", "销号时间", ""),
    ("note", "备注", ""),
)
COLUMN = {name: n for n, (name, _, _) in enumerate(FIELDS, 1)}


def at(name: str) -> tuple[int, int]:
    return 3, COLUMN[name]


def table(changes: Mapping[str, Cell], titles: Mapping[str, str] | None = None) -> Sheet:
    """A ledger of one good row, some of whose cells are as given."""
    names = {**{name: title for name, title, _ in FIELDS}, **(titles or {})}
    lines = (
        "填报单位：都濡街道办事处",
        "|".join(names.values()),
        "|".join(f"{value}" for _, _, value in FIELDS),
    )
    typed = sheet("\n".join(lines))
    return replace(typed, cells={**typed.cells, **{at(name): changed for name, changed in changes.items()}})


def read(typed: Sheet) -> tuple[Problem | None, tuple[Fault, ...]]:
    heading = find_heading(typed, DESK.index)
    assert heading is not None
    ledger = read_ledger((open_ledger(typed, heading, DESK),), DESK, AS_OF)
    (entry,) = ledger.entries
    return entry.problem, ledger.faults


def loud(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(f.code, f.ref.cell) for f in faults if f.severity != "info"]


def error(text: str = "#REF!") -> Cell:
    return Cell(text, text, CellKind.ERROR)


def uncomputed(formula: str = "=VLOOKUP(B3,X,2)") -> Cell:
    return Cell(None, formula, CellKind.UNCOMPUTED, formula=formula)


# --- Formulas and error values --------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["community", "item", "description", "found_on", "due_on", "status", "closed"]
)
@pytest.mark.parametrize(("wrong", "code"), [(error(), "I-CELL-ERROR"), (uncomputed(), "I-CELL-FORMULA")])
def test_what_decides_must_be_a_value(name: str, wrong: Cell, code: str) -> None:
    problem, faults = read(table({name: wrong}))
    assert problem is None
    assert (code, sheet("1").ref(*at(name)).cell) in loud(faults)


@pytest.mark.parametrize("name", ["measure", "responsible_person", "phone", "note"])
@pytest.mark.parametrize(
    ("wrong", "code"), [(error(), "I-CELL-ERROR-UNUSED"), (uncomputed(), "I-CELL-FORMULA-UNUSED")]
)
def test_what_does_not_decide_is_left_out_with_a_warning(name: str, wrong: Cell, code: str) -> None:
    problem, faults = read(table({name: wrong}))
    assert loud(faults) == [(code, sheet("1").ref(*at(name)).cell)]
    assert problem is not None
    assert getattr(problem, name) == ""


@pytest.mark.parametrize("wrong", [error(), uncomputed()])
def test_a_running_number_decides_nothing(wrong: Cell) -> None:
    problem, faults = read(table({"serial": wrong}))
    assert not loud(faults)
    assert problem is not None
    assert problem.serial == ""


# --- Numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "hint"), [(4.2, "4月2日或4月20日"), (4.1, "4月1日或4月10日"), (5.3, "5月3日或5月30日")]
)
def test_a_number_that_may_be_two_days_says_which(typed: float, hint: str) -> None:
    problem, faults = read(table({"due_on": cell(typed)}))
    assert problem is not None
    assert problem.due_on is None
    (told,) = [f for f in faults if f.code == "I-CELL-DATE-AMBIGUOUS"]
    assert hint in told.message
    problem, faults = read(table({"found_on": cell(typed)}))
    assert problem is None
    assert ("I-CELL-DATE-UNSURE", "E3") in loud(faults)


@pytest.mark.parametrize("typed", ["4月21日", "23.4.21", 4.21])
def test_a_year_that_was_not_written_is_told(typed: Scalar) -> None:
    problem, faults = read(table({"found_on": cell(typed), "due_on": cell("2023.5.1")}))
    assert problem is not None
    assert problem.found_on == date(2023, 4, 21)
    assert [(f.ref.cell, f.severity) for f in faults if f.code == "I-CELL-YEAR"] == [("E3", "info")]


@pytest.mark.parametrize(
    ("typed", "phone"),
    [(19900000001.0, "19900000001"), (19900000001, "19900000001"), ("0855-5612345", "0855-5612345")],
)
def test_a_telephone_number_keeps_its_digits(typed: Scalar, phone: str) -> None:
    problem, faults = read(table({"phone": cell(typed)}))
    assert problem is not None
    assert problem.phone == phone
    assert not loud(faults)


@pytest.mark.parametrize("typed", ["1.99E+10", 8555612345, 1990000000, 5.203251990010113e17])
def test_a_number_that_lost_digits_is_told(typed: Scalar) -> None:
    _, faults = read(table({"phone": cell(typed)}))
    assert loud(faults) == [("I-CELL-PHONE", "I3")]


@pytest.mark.parametrize(
    ("typed", "number_format", "title", "status"),
    [
        ("87.5%", "General", "整改状态", Status.IN_PROGRESS),
        ("８７．５％", "General", "整改状态", Status.IN_PROGRESS),
        ("99.6%", "General", "整改状态", Status.IN_PROGRESS),
        ("0%", "General", "整改状态", Status.OPEN),
        (0.875, "0.0%", "整改状态", Status.IN_PROGRESS),
        (0.996, "0%", "整改状态", Status.IN_PROGRESS),  # shown as 100 %, but it is not all
        (0.004, "0%", "整改状态", Status.IN_PROGRESS),
        (0, "0%", "整改状态", Status.OPEN),
        (1, "0%", "整改状态", Status.RECTIFIED),
        (1.0, "0.00%", "整改状态", Status.RECTIFIED),
        (87.5, "General", "整改进度（%）", Status.IN_PROGRESS),
        (100, "General", "整改进度(%)", Status.RECTIFIED),
        (0, "General", "整改进度（%）", Status.OPEN),
    ],
)
def test_per_cent_in_three_forms(typed: Scalar, number_format: str, title: str, status: Status) -> None:
    done = {"rectified_on": cell("2023.4.9")} if status is Status.RECTIFIED else {}
    problem, faults = read(table({"status": cell(typed, number_format), **done}, {"status": title}))
    assert problem is not None, [f.message for f in faults]
    assert problem.status is status


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        (0.875, "整改状态"),
        (1, "整改状态"),
        (87.5, "整改状态"),
        ("120%", "整改状态"),
        (0.8, "整改进度（%）"),
        (1, "整改进度（%）"),
        (120, "整改进度（%）"),
    ],
)
def test_a_share_that_may_be_something_else_is_refused(typed: Scalar, title: str) -> None:
    problem, faults = read(table({"status": cell(typed)}, {"status": title}))
    assert problem is None
    assert ("I-CELL-STATUS", "J3") in loud(faults)


def test_an_answer_to_closed_that_nobody_knows() -> None:
    problem, faults = read(table({"closed": cell("快了")}))
    assert problem is None
    assert loud(faults) == [("I-CELL-CLOSED", "L3")]


def test_rectified_without_a_day_is_told() -> None:
    problem, faults = read(table({"status": cell("已整改")}))
    assert problem is not None
    assert problem.status is Status.RECTIFIED
    assert loud(faults) == [("I-ROW-DONE-UNDATED", "K3")]


def test_a_number_that_excel_may_have_cut_names_no_item() -> None:
    group = rulebook().checklist.groups[4]
    (first, *others) = group.items
    long = replace(group, items=(first, *others, replace(first, code=ItemCode(5, 10))))
    groups = tuple(long if g is group else g for g in rulebook().checklist.groups)
    checklist = replace(rulebook().checklist, groups=groups)
    desk = replace(DESK, rulebook=replace(rulebook(), checklist=checklist))
    typed = table({"item": cell(5.1)})
    heading = find_heading(typed, desk.index)
    assert heading is not None
    ledger = read_ledger((open_ledger(typed, heading, desk),), desk, AS_OF)
    assert loud(ledger.faults) == [("I-CELL-ITEM-AMBIGUOUS", "C3")]
    assert not [e for e in ledger.entries if e.problem]


def test_a_bare_number_far_from_the_campaign_is_no_day() -> None:
    problem, faults = read(table({"found_on": cell(43575)}))  # 21 April 2023, counted from 1904
    assert problem is None
    assert ("I-CELL-DATE", "E3") in loud(faults)


# --- Through a workbook ---------------------------------------------------------------------------


def saved(
    tmp_path: Path, fill: Callable[[Worksheet], object], patch: Mapping[str, tuple[str, str]] | None = None
) -> tuple[LedgerFile, tuple[Fault, ...]]:
    """A ledger of two good rows on disk; `fill` changes cells, `patch` the text of parts, by a pattern."""
    book = Book()
    first = book.worksheets[0]
    first.append(["填报单位：都濡街道办事处", "填报时间：2023年4月28日"])
    first.append([*(title for _, title, _ in FIELDS), "整改前照片", "整改后照片"])
    first.append([value for _, _, value in FIELDS])
    first.append([value.replace("消火栓无水", "灯坏") for _, _, value in FIELDS])
    fill(first)
    buffer = BytesIO()
    book.save(buffer)
    with ZipFile(buffer) as old, ZipFile(tmp_path / "台账.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if patch and name in patch:
                content = re.sub(*patch[name], content.decode()).encode()
            new.writestr(name, content)
    ((workbook, noted),) = read_workbooks(tmp_path, ["台账.xlsx"], 1)
    assert workbook is not None
    tables = sort_sheets(workbook, DESK.index, DESK.words)
    ledger = read_ledger(tuple(open_ledger(s, h, DESK) for s, h in tables.of("ledger")), DESK, AS_OF)
    return ledger, (*noted, *tables.faults, *ledger.faults)


def problems(ledger: LedgerFile) -> list[Problem]:
    return [e.problem for e in ledger.entries if e.problem]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("community", "云\u200b栖苑\ufeff"),
        ("community", "\u202a云栖苑\u202c"),
        ("community", "云栖苑_x000D_"),
        ("community", "云栖_x000D_\n苑"),
        ("community", "\u3000云 栖 苑\xa0"),
        ("status", "整\u200d改中\u200f"),
        ("status", "整改中_x0000_"),
        ("found_on", "2023\u200b年4月1日\u200e"),
        ("found_on", "2023年4月1日_x000D_\n"),
        ("found_on", "２０２３．４．１\u2060"),
        ("found_on", "2023-04-01 08:30:00"),
        ("item", "五\u00ad-2"),
    ],
)
def test_what_cannot_be_seen_changes_nothing(name: str, typed: str, tmp_path: Path) -> None:
    ledger, faults = saved(tmp_path, lambda s: s.cell(*at(name), typed))
    problem = problems(ledger)[0]
    assert (problem.community, problem.status) == ("云栖苑", Status.IN_PROGRESS)
    assert (problem.found_on, problem.item) == (date(2023, 4, 1), ItemCode(5, 2))
    assert not [f for f in faults if f.severity != "info"]
    assert problem.origin.raw(name) == typed


def test_text_that_people_see_is_kept_as_typed(tmp_path: Path) -> None:
    ledger, _ = saved(tmp_path, lambda s: s.cell(*at("description"), "㎡①：3号楼\n灯坏，A＜B"))
    assert problems(ledger)[0].description == "㎡①：3号楼\n灯坏，A＜B"


def test_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    def fill(first: Worksheet) -> None:
        assert first.parent is not None
        first.parent.epoch = CALENDAR_MAC_1904
        first.cell(*at("found_on")).value = datetime(2023, 4, 1)  # noqa: DTZ001 - Excel knows no time zones
        first.cell(
            4, COLUMN["found_on"]
        ).value = 43555  # that day's number there, but not formatted as a date

    ledger, faults = saved(tmp_path, fill)
    assert [p.found_on for p in problems(ledger)] == [date(2023, 4, 1)]
    assert ("I-CELL-DATE", "E4") in loud(faults)


@pytest.mark.parametrize("builtin", [27, 28, 31, 36, 50, 53, 57, 58])
def test_chinese_built_in_formats_are_dates(builtin: int, tmp_path: Path) -> None:
    def fill(first: Worksheet) -> None:
        first.cell(*at("found_on")).value = 45017
        first.cell(*at("found_on")).number_format = "0000"

    own = r'numFmtId="164"(?= fontId)|numFmtId="164"(?=[^>]*xfId)'
    ledger, faults = saved(tmp_path, fill, {"xl/styles.xml": (own, f'numFmtId="{builtin}"')})
    assert [p.found_on for p in problems(ledger)] == [date(2023, 4, 1), date(2023, 4, 1)]
    assert ledger.entries[0].row.cell("found_on") is not None
    assert not loud(faults)
    kinds = [c.kind for e in ledger.entries[:1] if (c := e.row.cell("found_on"))]
    assert kinds == [CellKind.DATE]


# --- Photos ---------------------------------------------------------------------------------------


def picture() -> Image:
    buffer = BytesIO()
    Bitmap.new("RGB", (4, 4), "red").save(buffer, "PNG")
    buffer.seek(0)
    return Image(buffer)


def test_pictures_in_a_problems_row_are_counted(tmp_path: Path) -> None:
    def fill(first: Worksheet) -> None:
        for place in ("O3", "P3", "O4", "O9"):
            first.add_image(picture(), place)

    ledger, faults = saved(tmp_path, fill)
    assert [p.photos for p in problems(ledger)] == [2, 1]
    assert not loud(faults)


def test_pictures_that_wps_puts_into_cells_are_counted(tmp_path: Path) -> None:
    def fill(first: Worksheet) -> None:
        first["O3"] = '=_xlfn.DISPIMG("ID_1",1)'
        first["P3"] = '=DISPIMG("ID_2",1)'
        first["P4"] = '=DISPIMG("ID_3",1)'

    ledger, faults = saved(tmp_path, fill)
    assert [p.photos for p in problems(ledger)] == [2, 1]
    assert not loud(faults)


def test_pictures_beside_every_row_of_a_problem_are_counted(tmp_path: Path) -> None:
    def fill(first: Worksheet) -> None:
        first.cell(*at("measure")).value = "检修"
        for column in range(1, len(FIELDS) + 1):
            if column != COLUMN["measure"]:
                first.cell(4, column).value = None
        for letter in "ABCD":
            first.merge_cells(f"{letter}3:{letter}4")
        first.add_image(picture(), "O3")
        first.add_image(picture(), "O4")

    ledger, _ = saved(tmp_path, fill)
    assert [(p.measure, p.photos) for p in problems(ledger)] == [("检修；检修管网", 2)]
