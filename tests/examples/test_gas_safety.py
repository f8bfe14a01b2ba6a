"""Another campaign with no code changed: its own rules and workbooks through the real weekly command."""

import json
import re
from pathlib import Path

import docx
import pytest

from campaign import press
from campaign.cases.reading import Case, read_cases
from campaign.cases.running import run, untried
from campaign.rulebook.loader import load
from tests.examples.gas import BLUE, BRIGHT, EAST, RIVER, write

ROOT = Path(__file__).parents[2]
RULES = ROOT / "examples" / "gas-safety" / "rules"
BOOK = load(RULES)
CASES = read_cases(RULES / "cases", BOOK)
OTHER_CAMPAIGN = re.compile("小区|物业|街道|业主(?!要)|务川|都濡|丹砂|大坪")


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> press.Published:
    root = tmp_path_factory.mktemp("gas")
    write(root / "input")
    folders = press.Folders(root / "input", RULES, ROOT / "templates", root / "output", ROOT / ".fonts")
    return press.weekly(folders, None, 1)


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
        assert "燃气安全专项整治" in text
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


def word_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])
