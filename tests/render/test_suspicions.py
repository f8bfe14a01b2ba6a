"""疑点清单.xlsx and 疑似同一问题.xlsx: what stands in them, and that the second is read once filled in."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook

from campaign.history.changes import compare
from campaign.intake.desk import receive
from campaign.records import Absence, CellRef, ChangeKind, Origin, Settlement, Week
from campaign.render.data import changes_json
from campaign.render.overview import overview
from campaign.render.sheets import settle_list, suspicion_list
from tests.compose.test_brief_changes import BEFORE, second
from tests.history.ledgers import LAST
from tests.history.ledgers import week as earlier
from tests.support.county import AS_OF, books, rulebook
from tests.support.county import week as assessed_week
from tests.support.inbox import fill

NOWHERE = Origin(CellRef("同一问题认定.xlsx", "认定", 3, 1))
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="module")
def own() -> Week:
    return second()


def parsed(page: bytes) -> Any:  # noqa: ANN401 - what an xpath yields depends on the xpath
    return html.fromstring(page)


def table(data: bytes, sheet: str) -> list[list[Any]]:
    """The rows from the heading on."""
    rows = [list(row) for row in load_workbook(BytesIO(data))[sheet].iter_rows(values_only=True)]
    return rows[next(n for n, row in enumerate(rows) if row[0] == "序号") :]


def test_the_suspicions_are_listed_with_key_and_cell(own: Week) -> None:
    head, *rows = table(suspicion_list(own, rulebook()), "疑点清单")
    assert len(rows) == 5
    assert [row[head.index("疑点")] for row in rows][:2] == [ChangeKind.VANISHED.zh] * 2
    keys = {m.key for m in own.changes.suspicious}
    assert {row[head.index("问题编号")] for row in rows} == keys
    places = [row[head.index("本期位置")] for row in rows]
    assert places[:2] == [None, None]
    assert all(str(place).endswith(("A5", "A6", "A7")) for place in places[2:])


def test_every_movement_is_listed(own: Week) -> None:
    _, *rows = table(suspicion_list(own, rulebook()), "全部变动")
    assert len(rows) == len(own.changes.movements)


def test_the_same_week_gives_the_same_bytes(own: Week) -> None:
    assert suspicion_list(own, rulebook()) == suspicion_list(own, rulebook())
    assert settle_list(own, rulebook()) == settle_list(own, rulebook())


def test_without_a_doubt_there_is_nothing_to_settle() -> None:
    quiet = second(BEFORE)
    assert quiet.changes.doubts == ()
    assert settle_list(quiet, rulebook()) is None


def test_the_list_filled_in_is_what_intake_reads(own: Week, tmp_path: Path) -> None:
    data = settle_list(own, rulebook())
    assert data is not None
    folder = fill(tmp_path)
    (folder / "疑似同一问题.xlsx").write_bytes(data)
    blank = receive(folder, rulebook(), AS_OF)
    assert blank.books.settlements == ()
    assert ("疑似同一问题.xlsx", "settlement") in blank.kinds
    assert not [f for f in blank.faults if f.ref.file == "疑似同一问题.xlsx"]
    book = load_workbook(BytesIO(data))
    sheet = book.active
    assert sheet is not None
    head = {str(cell.value): cell.column or 0 for row in sheet.iter_rows() for cell in row}
    sheet.cell(sheet.max_row, head["是否同一问题"]).value = "是"
    sheet.cell(sheet.max_row, head["认定人"]).value = "石某"
    book.save(folder / "疑似同一问题.xlsx")
    (settlement,) = receive(folder, rulebook(), AS_OF).books.settlements
    (doubt,) = own.changes.doubts
    assert (settlement.earlier, settlement.later, settlement.same) == (doubt.key, doubt.later, True)
    settled = compare(replace(own.books, settlements=(settlement,)), own.past)
    assert settled.doubts == ()
    assert doubt.key in settled.keys


def test_the_page_shows_suspicions_and_doubts_with_the_list_to_settle(own: Week) -> None:
    page = parsed(overview(own, rulebook(), ("疑似同一问题.xlsx",), TEMPLATES))
    rows = page.xpath("//h2[@id='suspects']/following::table[1]/tbody/tr")
    assert len(rows) == 5
    doubts = page.xpath("//h2[@id='suspects']/following::table[2]/tbody/tr")
    assert len(doubts) == 1
    assert own.changes.doubts[0].later in "".join(
        page.xpath("//h2[@id='suspects']/following::table[2]//text()")
    )
    assert page.xpath("//h3/following-sibling::p[1]/a/@href") != []


def test_a_verdict_about_keys_that_nobody_has_is_said(own: Week) -> None:
    stray = Settlement("Q000000-00000", "Q000000-00001", same=True, by="石某", note="", origin=NOWHERE)
    idle = replace(own, books=replace(own.books, settlements=(stray,)))
    page = parsed(overview(idle, rulebook(), (), TEMPLATES))
    assert "没有用上" in "".join(page.xpath("//p[@class='note warn']/text()"))
    assert "没有用上" not in overview(own, rulebook(), (), TEMPLATES).decode()


def test_the_first_week_has_no_suspicions_to_show() -> None:
    first = assessed_week()
    page = parsed(overview(first, rulebook(), (), TEMPLATES))
    assert page.xpath("//h2[@id='suspects']") == []


def test_the_data_have_every_movement_with_before_and_now(own: Week) -> None:
    data = json.loads(changes_json(own.as_of, own.changes))
    assert (data["as_of"], data["since"]) == (AS_OF.isoformat(), LAST.isoformat())
    assert data["problems"] == len(own.books.problems)
    assert data["counts"]["vanished"] == 2
    assert len(data["movements"]) == len(own.changes.movements)
    (gone, *_) = [m for m in data["movements"] if m["kinds"] == ["vanished"]]
    assert gone["now"] is None
    assert gone["before"]["cell"] == "A8"
    (moved,) = [m for m in data["movements"] if m["kinds"] == ["deadline_moved"]]
    assert (moved["before"]["due_on"], moved["now"]["due_on"]) == ("2023-05-12", "2023-05-22")
    assert {a["why"] for a in data["absent"]} == {Absence.VANISHED.value}
    assert [d["later"] for d in data["doubts"]] == [d.later for d in own.changes.doubts]


def test_the_data_of_the_first_week_have_nothing_to_compare_with() -> None:
    first = earlier(BEFORE)
    data = json.loads(changes_json(first.as_of, first.changes))
    assert (data["since"], data["movements"], data["problems"]) == (None, [], len(BEFORE))
    assert compare(books(BEFORE), ()).since is None
