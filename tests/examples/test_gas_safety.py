"""Another campaign with no code changed: its own rules and workbooks through the real weekly command."""

import json
import re
import shutil
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from string import Formatter
from types import SimpleNamespace

import docx
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from campaign import press
from campaign.cases.reading import Case, read_cases
from campaign.cases.running import run, untried
from campaign.intake.desk import receive, receive_roster
from campaign.intake.faults import CATALOGUE, fault, in_words
from campaign.intake.names import names_of
from campaign.press import drafts, making
from campaign.records import CellRef, Roster
from campaign.render.forms import ROSTER, blank_forms
from campaign.rulebook.loader import load
from campaign.rulebook.model import Nouns
from sample.gas import BLUE, BRIGHT, EAST, FOLDER, RIVER, write

ROOT = Path(__file__).parents[2]
RULES = ROOT / "examples" / "gas-safety" / "rules"
BOOK = load(RULES)
CASES = read_cases(RULES / "cases", BOOK)
OTHER_CAMPAIGN = re.compile("小区|物业|街道|业主(?!要)|务川|都濡|丹砂|大坪")


# The week is made once for all that look at it: they run in one process.
pytestmark = pytest.mark.xdist_group("gas safety")


def published(root: Path) -> press.Published:
    """The week's drafts, made by the weekly command."""
    folders = press.Folders(FOLDER, RULES, ROOT / "templates", root / "output", ROOT / ".fonts")
    return press.weekly(folders, None, 1)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> press.Published:
    """All that the weekly command makes but its PDFs: what they say is in the Word files too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drafts, "Workshop", lambda *_: nullcontext(SimpleNamespace(order=len)))
        patch.setattr(making, "pdf_files", lambda *_: {})
        patch.setattr(making, "_print_set", lambda *_: {})
        return published(tmp_path_factory.mktemp("gas"))


@pytest.mark.deep
def test_its_pages_are_set_too(week: press.Published, tmp_path: Path) -> None:
    whole = published(tmp_path)
    set_in_pages = {name.removesuffix(".pdf") for name in whole.files if name.endswith(".pdf")}
    assert set_in_pages >= {name.removesuffix(".docx") for name in week.files if name.endswith(".docx")}
    assert set(whole.files) >= set(week.files)
    assert all((whole.folder / f"{name}.pdf").read_bytes().startswith(b"%PDF") for name in set_in_pages)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    assert [str(wrong) for wrong in run(case, BOOK)] == []


def test_the_rules_have_fourteen_items_and_cases_for_all() -> None:
    assert len(BOOK.checklist.codes) == 14
    assert list(untried(CASES, BOOK)) == []


def test_the_workbooks_have_no_fault(week: press.Published) -> None:
    assert [f"{f.code} {f.ref} {f.value}" for f in week.faults if f.severity.value != "info"] == []


def test_the_figures(week: press.Published) -> None:
    figures = json.loads((week.folder / "data" / "figures.json").read_text(encoding="utf-8"))
    assert figures["as_of"] == "2024-10-11"
    totals = figures["totals"]
    assert (totals["communities"], totals["checked"], totals["found"], totals["overdue"]) == (5, 4, 7, 3)
    assert figures["subdistricts"][EAST]["done"] == 2
    assert figures["companies"][BLUE]["found"] == 4


def test_the_scores(week: press.Published) -> None:
    scores = json.loads((week.folder / "data" / "scores.json").read_text(encoding="utf-8"))
    points = {
        e["name"]: (e["points"], e["grade"], e["rank"])
        for kind in ("subdistricts", "companies")
        for e in scores[kind]
    }
    # 东岗: 2 of 3 done is 66.7 %, 23 whole points below 90 at 0.5 each.
    assert points[EAST] == ("88.5", "好", 1)
    # 河湾: 2 of 3 checked (10), none of 4 done (45, at most 40), three overdue (20).
    assert points[RIVER] == ("30", "差", 2)
    # 明火: one open at two sites, half of it 10 each; 2 of 3 done.
    assert points[BRIGHT] == ("75", "中", 1)
    assert points[BLUE] == ("46.7", "差", 2)


def test_no_word_of_the_other_campaign_is_printed(week: press.Published) -> None:
    names = [name for name in week.files if name.endswith(".docx")]
    assert any(name.startswith("约谈通知书") for name in names)
    for name in names:
        text = word_text(week.folder / name)
        assert "燃气安全专项整治" in text or name.startswith("约谈记录")  # a form to fill in, under no title
        assert OTHER_CAMPAIGN.findall(text) == []
    page = (week.folder / "index.html").read_text(encoding="utf-8")
    assert [page[m.start() - 30 : m.end() + 30] for m in OTHER_CAMPAIGN.finditer(page)] == []
    for name in ("scores", "decisions", "faults"):
        data = (week.folder / "data" / f"{name}.json").read_text(encoding="utf-8")
        assert [data[m.start() - 30 : m.end() + 30] for m in OTHER_CAMPAIGN.finditer(data)] == []


def test_the_bulletin_speaks_of_townships_and_suppliers(week: press.Published) -> None:
    text = word_text(week.folder / "第6期周通报.docx")
    assert "各乡镇进展" in text
    assert "5个供气点已排查4个，排查率80.0%" in text
    assert "供气企业" in text


def test_the_shipped_workbooks_are_those_that_the_script_writes(tmp_path: Path) -> None:
    write(tmp_path)
    shipped = {path.relative_to(FOLDER) for path in FOLDER.rglob("*.xlsx")}
    assert shipped == {path.relative_to(tmp_path) for path in tmp_path.rglob("*.xlsx")}
    for name in shipped:
        assert contents(FOLDER / name) == contents(tmp_path / name)


def contents(path: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    book = load_workbook(path)
    return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book]


def texts(data: bytes) -> str:
    """Everything that can be read in a workbook: sheets, cells, comments, drop-downs."""
    book = load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    prompts = [str(check.prompt) for sheet in book for check in sheet.data_validations.dataValidation]
    comments = [cell.comment.text for cell in cells if cell.comment]
    names = [*book.sheetnames, *book.defined_names]
    return "\n".join([*names, *(str(cell.value) for cell in cells if cell.value), *prompts, *comments])


def test_the_workbooks_that_are_made_speak_of_gas_alone(week: press.Published) -> None:
    sheets = [name for name in week.files if name.endswith(".xlsx")]
    assert sheets
    for name in sheets:
        assert OTHER_CAMPAIGN.findall(texts((week.folder / name).read_bytes())) == []


def test_every_fault_speaks_of_gas_alone() -> None:
    nouns = BOOK.campaign.nouns
    for kind in CATALOGUE.values():
        blanks = {name for _, name, _, _ in Formatter().parse(kind.message + kind.remedy) if name}
        words = dict.fromkeys(blanks - {"value"} - {place.name for place in fields(Nouns)}, "某")
        told = in_words(fault(kind.code, CellRef("表.xlsx"), "某", **words), nouns)
        assert OTHER_CAMPAIGN.findall(told.message + told.remedy) == []
        assert "{" not in told.message + told.remedy


def test_mistakes_are_told_in_its_own_words(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    path = tmp_path / f"{EAST}台账.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet["B4"], sheet["C5"], sheet["A2"] = "无此地", BLUE, "填报单位：某某单位"
    book.save(path)
    faults = receive(tmp_path, BOOK, None, 1).faults
    told = {f.code: f.message for f in faults}
    assert {"I-CELL-COMMUNITY", "I-CELL-COMPANY-MISMATCH"} <= set(told)
    assert "供气点“无此地”不在名册中" in told["I-CELL-COMMUNITY"]
    assert "供气企业" in told["I-CELL-COMPANY-MISMATCH"]
    assert [m for m in told.values() if OTHER_CAMPAIGN.search(m)] == []


def test_its_blank_forms_speak_of_gas_and_are_read_again(tmp_path: Path) -> None:
    roster, _ = receive_roster(FOLDER, BOOK, 1)
    forms = {**blank_forms(BOOK, roster), **blank_forms(BOOK, Roster())}
    for name, data in forms.items():
        assert OTHER_CAMPAIGN.findall(name + texts(data)) == []
    book = load_workbook(BytesIO(forms[ROSTER]))
    fill_in(
        book[BOOK.campaign.nouns.subdistrict], "roster_subdistricts", {"subdistrict": EAST, "post": "镇长"}
    )
    fill_in(book[BOOK.campaign.nouns.company], "roster_companies", {"company": BRIGHT})
    place: dict[str, str | int] = {
        "community": "东岗供气站",
        "subdistrict": EAST,
        "company": BRIGHT,
        "households": 3,
    }
    fill_in(book[BOOK.campaign.nouns.community], "roster_communities", place)
    book.save(tmp_path / "名册.xlsx")
    form = load_workbook(BytesIO(forms[f"自查表/{EAST}/东岗供气站自查表.xlsx"]))
    assert "供气点名称：东岗供气站" in str(form["自查表"]["A2"].value)
    again, faults = receive_roster(tmp_path, BOOK, 1)
    assert [f.code for f in faults if f.blocks] == []
    assert [(c.name, c.subdistrict, c.company, c.households) for c in again.communities] == [
        ("东岗供气站", EAST, BRIGHT, 3)
    ]


def fill_in(sheet: Worksheet, kind: str, values: Mapping[str, str | int]) -> None:
    """Type one row under the headings of a form."""
    titles = {spelled[0]: name for name, spelled in BOOK.words.kinds[kind].items()}
    rows = enumerate(sheet.iter_rows(max_row=6, values_only=True), 1)
    number, head = next((n, r) for n, r in rows if sum(str(title) in titles for title in r) > 2)
    for column, title in enumerate(head, 1):
        name = titles.get(str(title), "")
        if name in values:
            sheet.cell(number + 1, column).value = values[name]


def test_short_forms_of_its_townships_are_known() -> None:
    roster, _ = receive_roster(FOLDER, BOOK, 1)
    names = names_of(roster, (), BOOK.words)
    assert names.office_in("河湾乡隐患台账") == RIVER
    assert names.subdistricts.match("东岗镇").name == EAST


def word_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])
