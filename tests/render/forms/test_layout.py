"""What a blank form offers, checks, locks and prints."""

import subprocess
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pdfplumber
import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from campaign.records import Roster
from campaign.render.forms import ROSTER, blank_forms
from tests.render.forms.filling import forms, heading, opened
from tests.support.county import COMMUNITIES, DANSHA, DAPING, DURU, MINGYUAN, QINGHE, rulebook, small_roster

pytestmark = pytest.mark.xdist_group("forms")

LEDGER = f"问题台账-{DURU}.xlsx"
CHECK = f"自查表/{DURU}/听松里自查表.xlsx"
KINDS = [
    (LEDGER, "问题台账", "ledger"),
    (CHECK, "自查表", "self_check"),
    ("督导抽查.xlsx", "督导抽查", "spot_check"),
    ("信访投诉.xlsx", "信访投诉", "complaint"),
]
WORDS = rulebook().words.values
CAMPAIGN = rulebook().campaign


@cache
def looked_at(path: str) -> Workbook:
    """A form opened once for all who only look at it."""
    return opened(forms()[path])


def named(book: Workbook, name: str) -> list[str]:
    """The options that a name stands for."""
    ((sheet, cells),) = book.defined_names[name].destinations
    return [str(row[0].value) for row in book[sheet][cells]]


def check_of(sheet: Worksheet, kind: str, field: str) -> DataValidation:
    """What is checked in the first cell to fill in of a field."""
    head, columns = heading(sheet, kind)
    address = sheet.cell(head + 1, columns[field]).coordinate
    found: list[DataValidation] = [v for v in sheet.data_validations.dataValidation if address in v.sqref]
    assert len(found) == 1
    return found[0]


def words(name: str) -> list[str]:
    return [spelled[0] for spelled in WORDS[name].values()]


def test_a_form_for_everybody() -> None:
    assert set(forms()) == {
        *(f"问题台账-{office}.xlsx" for office in (DURU, DANSHA, DAPING)),
        *(f"自查表/{office}/{name}自查表.xlsx" for name, (office, _, _) in COMMUNITIES.items()),
        *(
            f"{name}.xlsx"
            for name in ("督导抽查", "信访投诉", "工作开展情况", "考核事项", "得分调整", "豁免")
        ),
    }


def test_the_columns_of_the_contract_under_their_first_spellings() -> None:
    _, columns = heading(looked_at(LEDGER)["问题台账"], "ledger")
    wanted = "community company item description found_on measure due_on responsible_unit responsible_person"
    wanted += " phone status rectified_on closed_on supervision"
    assert list(columns)[1:-1] == wanted.split()
    _, columns = heading(looked_at(CHECK)["自查表"], "self_check")
    assert {"item", "answer", "problem", "measure", "due_on", "responsible_person"} <= set(columns)


def test_a_new_first_spelling_becomes_the_heading() -> None:
    book = rulebook()
    ledger = {**book.words.kinds["ledger"], "description": ("主要问题", "问题描述")}
    other = replace(book, words=replace(book.words, kinds={**book.words.kinds, "ledger": ledger}))
    few = small_roster()
    few = replace(few, communities=tuple(c for c in few.communities if c.subdistrict == DURU)[:1])
    sheet = opened(blank_forms(other, few)[LEDGER])["问题台账"]
    titles = [cell.value for cell in sheet[4]]
    assert "主要问题" in titles
    assert "问题描述" not in titles


@pytest.mark.parametrize(
    ("path", "sheet", "kind", "field", "options"),
    [
        (LEDGER, "问题台账", "ledger", "community", ["云栖苑", "听松里", "沐风庭"]),
        (LEDGER, "问题台账", "ledger", "company", [QINGHE, MINGYUAN]),
        (LEDGER, "问题台账", "ledger", "item", [str(c) for c in rulebook().checklist.codes]),
        (LEDGER, "问题台账", "ledger", "status", words("status")),
        (LEDGER, "问题台账", "ledger", "supervision", words("supervision")),
        (CHECK, "自查表", "self_check", "answer", words("answer")),
        ("督导抽查.xlsx", "督导抽查", "spot_check", "community", list(COMMUNITIES)),
        ("督导抽查.xlsx", "督导抽查", "spot_check", "recheck", ["属实", "虚假销号", "反弹"]),
        ("信访投诉.xlsx", "信访投诉", "complaint", "community", list(COMMUNITIES)),
    ],
)
def test_choices(path: str, sheet: str, kind: str, field: str, options: list[str]) -> None:
    book = looked_at(path)
    check = check_of(book[sheet], kind, field)
    assert (check.type, check.errorStyle, check.showErrorMessage) == ("list", "stop", True)
    assert check.formula1 is not None
    assert named(book, check.formula1) == options


@pytest.mark.parametrize(("path", "sheet"), [("督导抽查.xlsx", "督导抽查"), ("信访投诉.xlsx", "信访投诉")])
def test_units_to_choose_from(path: str, sheet: str) -> None:
    book = looked_at(path)
    units = named(book, "单位名单")
    assert units[:3] == [DURU, DANSHA, DAPING]
    assert {a.name for a in CAMPAIGN.agencies} <= set(units)


@pytest.mark.parametrize(("path", "sheet", "kind"), KINDS)
def test_days_near_the_campaign(path: str, sheet: str, kind: str) -> None:
    form = looked_at(path)[sheet]
    fields = [f for f in heading(form, kind)[1] if f.endswith("_on") and f != "due_on"]
    assert fields or kind == "self_check"  # whose day is beside its label, above the table
    for field in fields:
        check = check_of(form, kind, field)
        bounds = [from_excel(int(text)).date() for text in (check.formula1 or "", check.formula2 or "")]
        assert (check.type, check.operator, check.errorStyle) == ("date", "between", "stop")
        assert bounds == [CAMPAIGN.starts_on - timedelta(days=60), CAMPAIGN.ends_on + timedelta(days=90)]
        assert all(day.isoformat() in (check.error or "") for day in bounds)


@pytest.mark.parametrize(("path", "sheet", "kind"), KINDS[:2])
def test_a_deadline_is_a_day_or_a_word_for_none(path: str, sheet: str, kind: str) -> None:
    book = looked_at(path)
    check = check_of(book[sheet], kind, "due_on")
    first = (CAMPAIGN.starts_on - timedelta(days=60) - date(1899, 12, 30)).days
    assert (check.type, check.errorStyle) == ("custom", "stop")
    assert str(first) in (check.formula1 or "")
    assert "COUNTIF(无期限," in (check.formula1 or "")
    assert named(book, "无期限") == list(WORDS["no_deadline"]["yes"])


@pytest.mark.parametrize("path", [path for path, _, _ in KINDS] + ["工作开展情况.xlsx"])
def test_messages_fit_where_excel_shows_them(path: str) -> None:
    for check in looked_at(path).worksheets[0].data_validations.dataValidation:
        assert len(check.error or "") <= 225
        assert len(check.prompt or "") <= 255
        assert len(check.promptTitle or "") <= 32
        assert len(check.formula1 or "") <= 255


@pytest.mark.parametrize(("path", "sheet", "kind"), KINDS)
def test_what_is_printed_is_locked_and_the_rest_is_not(path: str, sheet: str, kind: str) -> None:
    book = looked_at(path)
    form = book[sheet]
    head, columns = heading(form, kind)
    given = {"serial", "category", "item", "text"} if kind == "self_check" else set()
    assert form.protection.sheet
    assert form.protection.password is None
    assert not form.protection.formatCells  # False is what stays allowed
    assert not form.protection.formatRows
    assert form.protection.insertRows is (kind == "self_check")
    for field, column in columns.items():
        assert form.cell(head, column).protection.locked
        assert form.cell(head + 1, column).protection.locked is (field in given)
    assert all(sheet.protection.sheet for sheet in book.worksheets)


def test_telephones_and_items_stay_text() -> None:
    sheet = looked_at(LEDGER)["问题台账"]
    head, columns = heading(sheet, "ledger")
    formats = {n: sheet.cell(head + 1, columns[n]).number_format for n in ("phone", "item", "found_on")}
    assert formats == {"phone": "@", "item": "@", "found_on": "yyyy-mm-dd"}
    assert sheet.column_dimensions[get_column_letter(columns["phone"])].number_format == "@"


@pytest.mark.parametrize(("path", "sheet", "kind"), KINDS)
def test_it_prints_on_a4_with_its_heading_on_every_page(path: str, sheet: str, kind: str) -> None:
    form = looked_at(path)[sheet]
    head, _ = heading(form, kind)
    assert form.page_setup.orientation == "landscape"
    assert int(form.page_setup.paperSize or 0) == 9
    assert (form.page_setup.fitToWidth, form.page_setup.fitToHeight) == (1, 0)
    assert form.print_title_rows == f"${head}:${head}"
    assert form.oddFooter is not None
    assert "&P" in str(form.oddFooter.center.text)
    assert form.freeze_panes is not None
    assert form.freeze_panes.endswith(str(head + 1))


def test_a_self_check_carries_every_item_word_for_word() -> None:
    sheet = looked_at(CHECK)["自查表"]
    head, columns = heading(sheet, "self_check")
    items = [i for group in rulebook().checklist.groups for i in group.items]
    rows = range(head + 1, head + 1 + len(items))
    assert [sheet.cell(r, columns["item"]).value for r in rows] == [str(i.code) for i in items]
    assert [sheet.cell(r, columns["text"]).value for r in rows] == [i.text for i in items]
    groups = dict.fromkeys(v for r in rows if (v := sheet.cell(r, columns["category"]).value))
    assert list(groups) == [group.name for group in rulebook().checklist.groups]
    assert all(part in str(sheet["A2"].value) for part in ("听松里", QINGHE, DURU))


def test_activities_name_every_subdistrict_and_agency() -> None:
    sheet = looked_at("工作开展情况.xlsx")["工作开展情况"]
    units = [row[1].value for row in sheet.iter_rows(min_row=5)]
    assert units == [DURU, DANSHA, DAPING, *(a.name for a in CAMPAIGN.agencies)]
    titles = [cell.value for cell in sheet[4]]
    assert titles[2:-1] == list(WORDS["activity_form"]["yes"])


@pytest.mark.parametrize(("path", "sheet", "kind"), KINDS)
def test_the_second_sheet_explains_every_column(path: str, sheet: str, kind: str) -> None:
    book = looked_at(path)
    assert book.sheetnames[:2] == [sheet, "填写说明"]
    assert book["下拉选项"].sheet_state == "hidden"
    form = book[sheet]
    head, columns = heading(form, kind)
    rows = [[c.value for c in row] for row in book["填写说明"].iter_rows()]
    said = {row[0]: row for row in reversed(rows)}  # the first of a name: a checklist may follow below
    for field, column in columns.items():
        if not form.cell(head + 1, column).protection.locked and field != "serial":
            assert said[form.cell(head, column).value][2], field


def test_the_words_that_may_be_chosen_are_on_the_second_sheet() -> None:
    text = [str(c.value) for row in looked_at(LEDGER)["填写说明"].iter_rows() for c in row if c.value]
    assert "、".join(words("status")) in text
    assert "、".join(words("supervision")) in text
    assert any(rulebook().checklist.groups[-1].items[-1].text in t for t in text)


def test_without_a_roster_the_roster_comes_first() -> None:
    made = blank_forms(rulebook(), Roster())
    assert list(made) == [ROSTER]
    book = opened(made[ROSTER])
    assert book.sheetnames[:3] == ["小区", "物业企业", "街道办事处"]
    head, columns = heading(book["小区"], "roster_communities")
    assert book["小区"].cell(head + 1, columns["community"]).value is None
    check = check_of(book["小区"], "roster_communities", "company")
    ((sheet, _),) = book.defined_names[check.formula1 or ""].destinations
    assert sheet == "物业企业"


def test_names_that_no_file_can_have() -> None:
    county = small_roster()
    first, second, *_ = county.communities
    odd = (replace(first, name="A/B:苑"), replace(second, name="a/b:苑"))
    made = blank_forms(rulebook(), replace(county, communities=odd))
    (one, other) = [n for n in made if "苑" in n and n.casefold().startswith(f"自查表/{DURU}/a")]
    assert one.count("/") == other.count("/") == 2
    assert one.casefold() != other.casefold()


def test_the_same_forms_have_the_same_bytes() -> None:
    assert blank_forms(rulebook(), small_roster()) == dict(forms())


# --- looked at ------------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.parametrize(
    ("path", "pages", "seen"),
    [
        (LEDGER, 4, ["问题台账", "填报单位（盖章）", DURU, "整改状态", "填写说明", "检查清单"]),
        (CHECK, 4, ["听松里", "五-2", rulebook().checklist.groups[-1].items[-1].text[-12:], "填写说明"]),
        ("工作开展情况.xlsx", 2, [DURU, CAMPAIGN.agencies[-1].name, WORDS["activity_form"]["yes"][0]]),
    ],
)
def test_an_office_program_prints_it(tmp_path: Path, path: str, pages: int, seen: list[str]) -> None:
    source = tmp_path / "表.xlsx"
    source.write_bytes(forms()[path])
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)),
            str(source),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    with pdfplumber.open(tmp_path / "表.pdf") as printed:
        assert len(printed.pages) == pages
        assert all(page.width > page.height for page in printed.pages)
        text = "".join("".join(page.extract_text().split()) for page in printed.pages)
    assert [words for words in seen if words not in text] == []
