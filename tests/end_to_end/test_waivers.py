"""Waivers and earlier weeks through the real command, on a small inbox."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from campaign.cli import main
from tests.support.inbox import DANSHA, DURU, fill, waive, write

LEAVE = f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|原始单据遗失|秦某|2023年6月25日"


@dataclass(frozen=True, slots=True)
class Office:
    """The clerk's two folders."""

    inbox: Path
    output: Path
    templates: Path

    def run(self, command: str) -> int:
        places = ("--input", self.inbox, "--output", self.output, "--templates", self.templates)
        return main([command, *map(str, places), "--jobs", "1"])

    def faults(self, folder: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads((self.output / folder / "data" / "faults.json").read_text(encoding="utf-8"))


@pytest.fixture
def office(tmp_path: Path, few: Path) -> Office:
    inbox = tmp_path / "input"
    inbox.mkdir()
    return Office(fill(inbox), tmp_path / "output", few)


def told(faults: Any, code: str) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    return [fault for fault in faults["faults"] if fault["code"] == code]


def column(rows: Sequence[Sequence[object]], title: str) -> list[object]:
    head = next(row for row in rows if title in row)
    return [row[head.index(title)] for row in rows[rows.index(head) + 1 :]]


def test_a_waived_error_no_longer_blocks_and_is_printed_everywhere(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    write(office.inbox / DANSHA, "I4", None)
    waive(office.inbox, LEAVE)
    assert office.run("weekly") == 0
    assert "1处错误已经豁免" in capsys.readouterr().out
    faults = office.faults("2023-04-28")
    (fault,) = told(faults, "I-ROW-CLOSED-UNDATED")
    assert fault["waived"] == {"reason": "原始单据遗失", "by": "秦某", "until": "2023-06-25"}
    assert (fault["severity"], faults["counts"]["error"]) == ("error", 1)
    week = office.output / "2023-04-28"
    rows = [list(row) for row in load_workbook(week / "校验意见.xlsx")["豁免"].iter_rows(values_only=True)]
    assert column(rows, "单元格") == ["I4"]
    assert column(rows, "理由") == ["原始单据遗失"]
    page = (week / "index.html").read_text(encoding="utf-8")
    assert "原始单据遗失" in page
    assert "暂不能正式印发" not in page
    bulletin = Document(str(next(week.glob("第*期周通报.docx"))))
    printed = [cell.text for table in bulletin.tables for row in table.rows for cell in row.cells]
    assert "原始单据遗失" in printed
    assert "豁免事项" in "".join(p.text for p in bulletin.paragraphs)
    figures = json.loads((week / "data" / "figures.json").read_text(encoding="utf-8"))
    assert (figures["totals"]["found"], figures["totals"]["closed"]) == (4, 2)


def test_without_a_waiver_nothing_of_it_is_printed(office: Office) -> None:
    write(office.inbox / DANSHA, "I4", None)
    assert office.run("check") == 3
    folder = office.output / "校验"
    assert "豁免" not in load_workbook(folder / "校验意见.xlsx").sheetnames
    assert "waived" not in told(office.faults("校验"), "I-ROW-CLOSED-UNDATED")[0]


def test_a_row_that_cannot_be_read_waits_and_the_week_can_be_issued(office: Office) -> None:
    write(office.inbox / DANSHA, "B3", "无此小区")
    waive(office.inbox, f"I-CELL-COMMUNITY|{DANSHA}|台账|B3|名册下周更新|秦某|2023-06-25")
    assert office.run("check") == 0
    assert told(office.faults("校验"), "I-CELL-COMMUNITY")[0]["waived"]["by"] == "秦某"


def test_an_expired_waiver_blocks_again(office: Office) -> None:
    write(office.inbox / DANSHA, "I4", None)
    waive(office.inbox, LEAVE.replace("6月25日", "4月20日"))
    assert office.run("check") == 3
    assert office.faults("校验")["counts"]["error"] == 2
    assert told(office.faults("校验"), "I-WAIVER-EXPIRED")


def test_a_ledger_sent_again_unchanged_is_told_the_week_after(office: Office) -> None:
    assert office.run("check") == 0
    week = office.output / "2023-04-28"  # as if this week's documents had been made
    week.mkdir()
    shutil.copy(office.output / "校验" / "manifest.json", week)
    assert office.run("check") == 0
    assert not told(office.faults("校验"), "I-SET-UNCHANGED")  # the same week again
    write(office.inbox / DURU, "D1", "填报时间：2023年5月5日")
    assert office.run("check") == 0
    assert [f["file"] for f in told(office.faults("校验"), "I-SET-UNCHANGED")] == [DANSHA]
