"""What goes back to an office: its own workbook with our marks and nothing else changed."""

import hashlib
import re
import subprocess
from collections.abc import Callable
from copy import copy as duplicate
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from campaign.intake.faults import fault
from campaign.intake.grid import Cell, Sheet
from campaign.intake.grid import Workbook as Read
from campaign.intake.opinions import COLOURS
from campaign.intake.reading import read_workbooks
from campaign.intake.returns import (
    COMMENT_END,
    COMMENT_MARK,
    STAMP,
    ReturnCopy,
    is_our_sheet,
    needs_return,
    own_words,
    package,
    return_copies,
    return_copy,
)
from campaign.records import CellRef, Fault, Severity

SAMPLES = Path(__file__).parents[1] / "samples" / "2023-04-28"
FILE = "台账/甲街道问题台账.xlsx"
RED, YELLOW = COLOURS[Severity.ERROR], COLOURS[Severity.WARNING]


def wrong_date(row: int = 3, column: int = 4, sheet: str = "问题台账", value: str = "4月底前") -> Fault:
    return fault("I-CELL-DATE", CellRef(FILE, sheet, row, column), value, field="整改时限")


def phone(row: int = 3, column: int = 4) -> Fault:
    return fault("I-CELL-PHONE", CellRef(FILE, "问题台账", row, column), "12")


def cleaned(row: int = 3) -> Fault:
    return fault("I-CELL-CLEANED", CellRef(FILE, "问题台账", row, 1), " 甲")


def saved(workbook: Workbook, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return path


def ledger(path: Path) -> Path:
    """A ledger with what offices put into one: merged cells, a list to choose from, comments, a picture."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "问题台账"
    sheet.append(["问题台账"])
    sheet.append(["序号", "小区", "发现时间", "整改时限", "电话", "件数"])
    sheet.append([1, "云栖苑", date(2023, 4, 12), "4月底前", "13800000001", 2])
    sheet.append([2, None, date(2023, 4, 13), date(2023, 5, 1), "13800000002", 3])
    sheet["F5"] = "=SUM(F3:F4)"
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("B3:B4")
    sheet["B3"].fill = PatternFill("solid", fgColor="FF00B050")
    sheet["C3"].comment = Comment("请王主任核实", "张三", height=200, width=333)
    sheet["D3"].comment = Comment("电话里说月底", "张三")
    choice = DataValidation(type="list", formula1='"未整改,整改中,已整改,已销号"')
    choice.add("E3:E99")
    sheet.add_data_validation(choice)
    red = DifferentialStyle(fill=PatternFill(bgColor=RED))
    sheet.conditional_formatting.add("F3:F4", Rule("cellIs", operator="greaterThan", formula=["2"], dxf=red))
    picture = BytesIO()
    Picture.new("RGB", (8, 8), "red").save(picture, "PNG")
    sheet.add_image(Image(picture), "H3")
    sheet.print_area = "A1:F5"
    other = workbook.create_sheet("说明")
    other["A1"] = "填表说明"
    other.sheet_state = "hidden"
    return saved(workbook, path)


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return ledger(tmp_path / FILE)


def opened(copy: ReturnCopy) -> Workbook:
    return load_workbook(BytesIO(copy.data))


def sheet(workbook: Workbook, name: str = "问题台账") -> Worksheet:
    found = workbook[name]
    assert isinstance(found, Worksheet)
    return found


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The package at a path with some parts changed by hand."""
    content = parts(path.read_bytes())
    change(content)
    with ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def fill(workbook: Workbook, address: str) -> str:
    cell = sheet(workbook)[address]
    return str(cell.fill.fgColor.rgb) if cell.fill.patternType else ""


def comment(workbook: Workbook, address: str) -> str:
    found = sheet(workbook)[address].comment
    return found.text if found else ""


# --- the marks ------------------------------------------------------------------------------------


def test_the_faulty_cell_is_filled_and_commented(original: Path) -> None:
    copy = return_copy(original, [wrong_date(4), phone(3, 5)])
    book = opened(copy)
    assert (copy.name, copy.annotated, copy.file) == ("甲街道问题台账.xlsx", True, FILE)
    assert fill(book, "D4") == RED
    assert fill(book, "E3") == YELLOW
    for text in (COMMENT_MARK, "I-CELL-DATE", wrong_date().remedy, COMMENT_END):
        assert text in comment(book, "D4")
    assert FILE not in comment(book, "D4")


def test_our_sheet_stands_first_and_leads_to_the_cells(original: Path) -> None:
    book = opened(return_copy(original, [phone(3, 5), wrong_date(4)]))
    own = book.worksheets[0]
    assert book.sheetnames == ["校验意见", "问题台账", "说明"]
    assert book.active is own
    rows = [[cell.value for cell in row] for row in own.iter_rows(min_row=4)]
    assert [row[1:5] for row in rows] == [
        ["错误", "问题台账", "D4", "4月底前"],
        ["警告", "问题台账", "E3", "12"],
    ]
    link = own["D4"].hyperlink
    assert link is not None
    assert (link.target, link.location) == (None, "'问题台账'!D4")


def test_typing_does_not_go_into_two_sheets_at_once(original: Path) -> None:
    book = opened(return_copy(original, [wrong_date()]))
    assert [s.sheet_view.tabSelected for s in book.worksheets] == [True, None, None]


def test_of_several_faults_in_one_cell_the_worst_gives_the_colour_and_all_are_said(original: Path) -> None:
    book = opened(return_copy(original, [phone(4, 4), wrong_date(4, 4)]))
    assert fill(book, "D4") == RED
    assert comment(book, "D4").index("I-CELL-DATE") < comment(book, "D4").index("I-CELL-PHONE")
    assert comment(book, "D4").count(COMMENT_MARK) == 1


def test_a_fault_under_a_merged_range_is_marked_where_it_shows(original: Path) -> None:
    book = opened(return_copy(original, [wrong_date(4, 2)]))
    assert fill(book, "B3") == RED
    assert COMMENT_MARK in comment(book, "B3")


@pytest.mark.parametrize("address", [(4, 2000), (77, 1), (2, 7), (1, 1)])
def test_a_cell_that_is_not_in_the_file_can_be_marked(original: Path, address: tuple[int, int]) -> None:
    book = opened(return_copy(original, [wrong_date(*address)]))
    cell = sheet(book).cell(*address)
    assert cell.fill.fgColor.rgb == RED
    assert cell.comment is not None


def test_faults_of_sheets_and_of_the_file_stand_on_our_sheet_alone(original: Path) -> None:
    faults = [
        fault("I-HEAD-MISSING", CellRef(FILE, "问题台账"), field="整改状态", found="序号"),
        fault("I-SET-REPORTED-ON", CellRef(FILE)),
        wrong_date(sheet="没有这张表"),
    ]
    copy = return_copy(original, faults)
    own = opened(copy).worksheets[0]
    assert copy.annotated
    assert own.max_row == 6
    assert not any(cell.hyperlink for row in own.iter_rows() for cell in row)
    assert parts(copy.data)["xl/comments/comment1.xml"].count(COMMENT_MARK.encode()) == 0


def test_info_is_left_out(original: Path) -> None:
    book = opened(return_copy(original, [wrong_date(4), cleaned()]))
    assert fill(book, "A3") == ""
    assert book.worksheets[0].max_row == 4


def test_what_looks_like_a_formula_is_text_on_our_sheet(original: Path) -> None:
    book = opened(return_copy(original, [wrong_date(value='=HYPERLINK("http://x")&"\x0b"')]))
    cell = book.worksheets[0]["E4"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")&""', "s")


# --- nothing else changes -------------------------------------------------------------------------


def test_the_original_is_only_read(original: Path) -> None:
    before = original.read_bytes()
    return_copy(original, [wrong_date()])
    assert original.read_bytes() == before
    assert [p.name for p in original.parent.iterdir()] == [original.name]


def test_every_cell_keeps_content_and_form(original: Path) -> None:
    before, after = load_workbook(original), opened(return_copy(original, [wrong_date(4)]))
    for name in before.sheetnames:
        for row in sheet(before, name).iter_rows():
            for cell in row:
                copied = sheet(after, name)[cell.coordinate]
                assert copied.value == cell.value
                assert copied.number_format == cell.number_format
                if cell.coordinate != "D4":
                    assert duplicate(copied.fill) == duplicate(cell.fill)
                    assert duplicate(copied.font) == duplicate(cell.font)


def test_pictures_validations_merges_and_formats_are_unharmed(original: Path) -> None:
    before, after = load_workbook(original), opened(return_copy(original, [wrong_date(4)]))
    own = sheet(after)
    assert own.merged_cells.ranges == sheet(before).merged_cells.ranges
    assert [(str(v.sqref), v.formula1) for v in own.data_validations.dataValidation] == [
        ("E3:E99", '"未整改,整改中,已整改,已销号"')
    ]
    assert [str(r.sqref) for r in own.conditional_formatting] == ["F3:F4"]
    assert own.print_area == "'问题台账'!$A$1:$F$5"
    assert sheet(after, "说明").sheet_state == "hidden"
    old, new = parts(original.read_bytes()), parts(return_copy(original, [wrong_date(4)]).data)
    changed = {name for name in old if old[name] != new.get(name)}
    assert {"xl/media/image1.png", "xl/drawings/drawing1.xml"} <= old.keys() - changed
    assert changed == {
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }


def test_parts_that_only_wps_knows_stay_byte_for_byte(original: Path) -> None:
    def add(content: dict[str, bytes]) -> None:
        content["xl/cellimages.xml"] = b"<etc:cellImages/>"
        content["xl/charts/chart1.xml"] = b"<c:chartSpace/>"

    copy = return_copy(rewritten(original, add), [wrong_date()])
    assert copy.annotated
    assert parts(copy.data)["xl/cellimages.xml"] == b"<etc:cellImages/>"
    assert parts(copy.data)["xl/charts/chart1.xml"] == b"<c:chartSpace/>"


def test_stored_results_of_formulas_survive(original: Path) -> None:
    def compute(content: dict[str, bytes]) -> None:
        part = "xl/worksheets/sheet1.xml"
        content[part] = re.sub(rb"(SUM\(F3:F4\)</f>)<v\s*(/>|></v>)", rb"\1<v>5</v>", content[part])
        assert b"<v>5</v>" in content[part]

    copy = return_copy(rewritten(original, compute), [wrong_date()])
    book = load_workbook(BytesIO(copy.data), data_only=True)
    assert sheet(book)["F5"].value == 5


def test_the_offices_comments_keep_their_text_and_their_boxes(original: Path) -> None:
    copy = return_copy(original, [wrong_date(3, 4), wrong_date(4, 4)])
    book = opened(copy)
    assert comment(book, "C3") == "请王主任核实"
    assert comment(book, "D3").startswith("电话里说月底\n" + COMMENT_MARK)
    boxes = parts(copy.data)["xl/drawings/commentsDrawing1.vml"].decode()
    assert "width:333px" in boxes
    assert boxes.count('ObjectType="Note"') == 3  # C3, D3, D4
    assert len(set(re.findall(r'id="_x0000_s(\d+)"', boxes))) == 3


def test_same_input_same_bytes(original: Path) -> None:
    faults = [wrong_date(4), phone(3, 5), wrong_date(77, 3)]
    assert return_copy(original, faults).data == return_copy(original, faults[::-1]).data


def test_a_sheet_of_the_offices_own_that_has_our_name_is_kept(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].title = "问题台账"
    workbook.create_sheet("校验意见")["A1"] = "上级来的意见"
    book = opened(return_copy(saved(workbook, tmp_path / "a.xlsx"), [wrong_date()]))
    assert book.sheetnames == ["校验意见(2)", "问题台账", "校验意见"]
    assert sheet(book, "校验意见")["A1"].value == "上级来的意见"


# --- where a copy cannot be marked ----------------------------------------------------------------


def alone(copy: ReturnCopy, name: str) -> list[str]:
    """Codes cannot be read off a list for offices; the cells it names are returned."""
    assert not copy.annotated
    assert copy.name == name
    book = opened(copy)
    assert book.sheetnames == ["校验意见"]
    return [str(row[3].value or "") for row in book.worksheets[0].iter_rows(min_row=4)]


def with_macros(content: dict[str, bytes]) -> None:
    content["xl/vbaProject.bin"] = b"\0"


def with_signature(content: dict[str, bytes]) -> None:
    content["_xmlsignatures/sig1.xml"] = b"<Signature/>"


def strict(content: dict[str, bytes]) -> None:
    book = content["xl/workbook.xml"]
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content["xl/workbook.xml"] = book.replace(main, b"http://purl.oclc.org/ooxml/spreadsheetml/main")


def with_entities(content: dict[str, bytes]) -> None:
    part = "xl/worksheets/sheet1.xml"
    content[part] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content[part]


def without_addresses(content: dict[str, bytes]) -> None:
    part = "xl/worksheets/sheet1.xml"
    content[part] = re.sub(rb'<c r="[A-Z]+\d+"', b"<c", content[part])


def cut_short(content: dict[str, bytes]) -> None:
    content["xl/worksheets/sheet1.xml"] = content["xl/worksheets/sheet1.xml"][:200]


@pytest.mark.parametrize(
    "change", [with_macros, with_signature, strict, with_entities, without_addresses, cut_short]
)
def test_what_cannot_be_marked_without_harm_gets_a_list_of_its_own(
    original: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    copy = return_copy(rewritten(original, change), [wrong_date(4), phone(3, 5), cleaned()])
    assert alone(copy, "甲街道问题台账.xlsx（校验意见）.xlsx") == ["D4", "E3"]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "甲,乙".encode("gb18030")]
)
def test_other_formats_get_a_list_of_their_own(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "台账.xls"
    path.write_bytes(data)
    copy = return_copy(path, [fault("I-FILE-DAMAGED", CellRef("台账.xls"))])
    assert alone(copy, "台账.xls（校验意见）.xlsx") == [""]


@pytest.mark.parametrize("limit", ["LARGEST", "LARGEST_TREES"])
def test_a_file_too_large_to_be_taken_apart_gets_a_list_of_its_own(
    original: Path, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, limit, 1000)
    assert not return_copy(original, [wrong_date()]).annotated


@pytest.mark.parametrize("code", ["I-FILE-UNSAFE", "I-FILE-FALLBACK"])
def test_a_file_that_could_not_be_read_in_the_ordinary_way_is_not_marked(original: Path, code: str) -> None:
    copy = return_copy(original, [fault(code, CellRef(FILE), found=""), wrong_date()])
    assert not copy.annotated


# --- the copy comes back --------------------------------------------------------------------------


def test_our_sheet_is_known_and_no_other_is(original: Path) -> None:
    book = opened(return_copy(original, [wrong_date()]))
    read = {
        own.title: Sheet(FILE, own.title, {(1, 1): Cell(own["A1"].value, str(own["A1"].value))})
        for own in book.worksheets
    }
    assert {name: is_our_sheet(own) for name, own in read.items()} == {
        "校验意见": True,
        "问题台账": False,
        "说明": False,
    }
    assert not is_our_sheet(Sheet(FILE, "校验意见"))


def test_our_words_are_taken_out_of_comments() -> None:
    ours = f"{COMMENT_MARK}\n错误：……\n{COMMENT_END}"
    assert own_words(ours) == ""
    assert own_words(f"月底\n{ours}") == "月底"
    assert own_words(f"月底\n{ours}\n已改") == "月底\n\n已改"
    assert own_words(f"月底\n{COMMENT_MARK}\n末尾被删") == "月底"
    assert own_words(" 只是批注 ") == " 只是批注 "


def test_old_marks_are_gone_when_a_corrected_copy_is_marked_again(original: Path) -> None:
    first = return_copy(original, [wrong_date(3, 4), wrong_date(4, 4)])
    original.write_bytes(first.data)
    book = opened(return_copy(original, [phone(3, 5)]))
    assert book.sheetnames == ["校验意见", "问题台账", "说明"]
    assert comment(book, "D3") == "电话里说月底"
    assert comment(book, "D4") == ""
    assert [fill(book, address) for address in ("D3", "D4", "E3", "B3")] == ["", "", YELLOW, "FF00B050"]
    assert book.worksheets[0].max_row == 4
    assert sheet(book).print_area == "'问题台账'!$A$1:$F$5"


def test_our_sheet_may_have_been_moved_renamed_and_hidden(original: Path) -> None:
    book = opened(return_copy(original, [wrong_date(4)]))
    book.move_sheet("校验意见", 2)
    ours = sheet(book, "校验意见")
    ours.title, ours.sheet_state = "意见", "hidden"
    book.active = 0
    saved(book, original)
    again = opened(return_copy(original, [phone(3, 5)]))
    assert again.sheetnames == ["意见", "问题台账", "说明"]
    assert again.worksheets[0].sheet_state == "visible"
    assert again.worksheets[0].max_row == 4
    assert comment(again, "D4") == ""
    assert sheet(again).print_area == "'问题台账'!$A$1:$F$5"


def test_the_copy_names_the_file_it_was_made_from(original: Path) -> None:
    def stamps(copy: ReturnCopy) -> list[str]:
        text = parts(copy.data)["docProps/custom.xml"].decode()
        return re.findall(rf'name="{STAMP}"[^>]*>\s*<[^>]*>([0-9a-f]*)<', text)

    first = return_copy(original, [wrong_date()])
    assert stamps(first) == [hashlib.sha256(original.read_bytes()).hexdigest()]
    original.write_bytes(first.data)
    assert stamps(return_copy(original, [wrong_date()])) == [hashlib.sha256(first.data).hexdigest()]
    original.write_bytes(b"")
    assert stamps(return_copy(original, [wrong_date()])) == [hashlib.sha256(b"").hexdigest()]


@pytest.mark.parametrize("name", sorted(path.name for path in (SAMPLES / "台账").iterdir()))
def test_a_marked_ledger_reads_as_the_ledger_itself(tmp_path: Path, name: str) -> None:
    """The reader sees the same cells, merged ranges and comments in every sheet, ours apart."""
    file = f"台账/{name}"
    before = read(SAMPLES, file)
    places = [(s.name, cell) for s in before.sheets for cell in list(s.cells)[7:90:9]]
    faults = [fault("I-CELL-PHONE", CellRef(file, sheet, *cell), "12") for sheet, cell in places]
    copy = return_copy(SAMPLES / file, faults)
    (tmp_path / "台账").mkdir()
    (tmp_path / file).write_bytes(copy.data)
    ours, *after = read(tmp_path, file).sheets
    assert is_our_sheet(ours)
    assert sum(len(s.comments) for s in after) > 0
    assert [without_marks(s) for s in after] == [without_marks(s) for s in before.sheets]


def read(root: Path, file: str) -> Read:
    ((workbook, _),) = read_workbooks(root, [file], jobs=1)
    assert workbook is not None
    return workbook


def without_marks(found: Sheet) -> Sheet:
    """A sheet with the office's comments alone; an empty cell that was coloured is still empty."""
    words = {place: own_words(text) for place, text in found.comments.items()}
    return replace(found, comments={place: text for place, text in words.items() if text})


# --- all of them ----------------------------------------------------------------------------------


def test_only_files_with_something_to_mend_go_back(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        ledger(tmp_path / name)
    faults = [
        fault("I-CELL-CLEANED", CellRef("a.xlsx", "问题台账", 3, 1)),
        fault("I-CELL-PHONE", CellRef("b.xlsx", "问题台账", 3, 1)),
        fault("I-SET-UNREPORTED", CellRef(""), "乙街道"),
        fault("I-CELL-PHONE", CellRef("gone.xlsx", "问题台账", 3, 1)),
    ]
    assert not needs_return(faults[:1])
    assert [copy.file for copy in return_copies(tmp_path, faults)] == ["b.xlsx"]


def test_files_of_one_name_do_not_hide_each_other(tmp_path: Path) -> None:
    files = ["台账.xlsx", "甲/台账.xlsx", "甲-台账.xlsx", "乙/台账.XLSX"]
    for name in files:
        ledger(tmp_path / name)
    copies = return_copies(tmp_path, [fault("I-FILE-KIND", CellRef(f), found="") for f in files])
    assert {copy.file: copy.name for copy in copies} == {
        "台账.xlsx": "台账.xlsx",
        "甲/台账.xlsx": "2-甲-台账.xlsx",
        "甲-台账.xlsx": "甲-台账.xlsx",
        "乙/台账.XLSX": "乙-台账.XLSX",
    }


# --- looked at ------------------------------------------------------------------------------------


@pytest.mark.office
def test_an_office_program_opens_the_copy_and_keeps_the_marks(original: Path, tmp_path: Path) -> None:
    original.write_bytes(return_copy(original, [wrong_date(4), phone(3, 5)]).data)
    profile = (tmp_path / "profile").as_uri()
    target = tmp_path / "saved"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            *("--headless", "--convert-to", "xlsx", "--outdir", str(target)),
            str(original),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    book = load_workbook(target / original.name)
    assert book.sheetnames == ["校验意见", "问题台账", "说明"]
    assert fill(book, "D4") == RED
    assert COMMENT_MARK in comment(book, "D4")
    assert comment(book, "C3") == "请王主任核实"
    target.joinpath(original.name).replace(original)
    again = opened(return_copy(original, [phone(3, 5)]))
    assert again.sheetnames == ["校验意见", "问题台账", "说明"]
    assert comment(again, "D4") == ""
    assert fill(again, "D4") == ""
    assert comment(again, "E3").count(COMMENT_MARK) == 1
