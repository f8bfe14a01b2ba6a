"""The whole of intake on real workbooks: sample weeks, counties never seen, and one fault per workbook."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from campaign.assess import assess
from campaign.intake.desk import AsOfUnknownError, Intake, receive
from campaign.records import CellRef, Fault, Origin, Problem
from campaign.render.data import figures_json
from sample import truth
from sample.county import county
from sample.parcel import write_week
from tests.support.county import rulebook
from tests.support.inbox import LEDGER, ROSTER, fill, write
from tests.support.sheets import save

SAMPLES = Path(__file__).parents[1] / "samples"
NOWHERE = Origin(CellRef(""))


def figures(intake: Intake) -> dict[str, object]:
    assessment = assess(intake.books, (), rulebook())
    return json.loads(figures_json(assessment.figures, intake.books.unreported))  # type: ignore[no-any-return]


def covers(found: object, expected: object) -> bool:
    """Whether everything expected is found with the same value; more keys may be there."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(key in found and covers(found[key], value) for key, value in expected.items())
    return found == expected


@pytest.mark.parametrize(
    "week",
    [
        pytest.param("2023-04-14", marks=pytest.mark.deep),
        pytest.param("2023-04-21", marks=pytest.mark.deep),
        "2023-04-28",
    ],
)
def test_the_figures_of_the_sample_weeks_come_out(week: str) -> None:
    intake = receive(SAMPLES / week, rulebook(), None)
    expected = json.loads((SAMPLES / f"{week}.figures.json").read_text(encoding="utf-8"))
    assert covers(figures(intake), expected)
    assert not [f for f in intake.faults if f.severity.blocks]
    assert not intake.books.pending


def bare(problem: Problem) -> Problem:
    """A problem without what its office's habit may change: cells, running number, remarks."""
    return replace(problem, serial="", note="", origin=NOWHERE)


@pytest.mark.parametrize(
    ("seed", "every"),
    [  # all ledgers; the self-check of every so manieth community, which are most of the work
        (3, 6),
        pytest.param(3, 1, marks=pytest.mark.deep),
        pytest.param(11, 1, marks=pytest.mark.deep),
    ],
)
def test_a_county_never_seen_is_read_back_whole(seed: int, every: int, tmp_path: Path) -> None:
    whole = county(seed=seed)
    made = replace(whole, self_checks=whole.self_checks[::every])
    friday = made.fridays[5]
    write_week(made, friday, tmp_path)
    intake = receive(tmp_path, rulebook(), None)
    expected = made.books(friday)
    assert intake.books.as_of == friday
    assert not [f.message for f in intake.faults if f.severity.blocks]
    assert covers(figures(intake), truth.figures(expected))
    wanted = {bare(p) for p in expected.problems if p.found_on <= friday}
    assert {bare(p) for p in intake.books.problems} == wanted
    assert {c.community for c in intake.books.self_checks} == {c.community for c in expected.self_checks}


# --- One fault, one workbook ----------------------------------------------------------------------


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two offices, one community each, two problems each; nothing wrong."""
    return fill(tmp_path)


def loud(intake: Intake) -> list[Fault]:
    return [f for f in intake.faults if f.severity != "info" and f.code != "I-SET-ROSTER-SCOPE"]


def test_nothing_wrong_gives_no_fault(inbox: Path) -> None:
    intake = receive(inbox, rulebook(), None, 1)
    assert not loud(intake)
    assert len(intake.books.problems) == 4
    assert intake.books.as_of == date(2023, 4, 28)


def without_status(inbox: Path) -> None:
    book = load_workbook(inbox / "丹砂.xlsx")
    book.worksheets[0].delete_cols(7)
    book.save(inbox / "丹砂.xlsx")


def truncated(inbox: Path) -> None:
    path = inbox / "丹砂.xlsx"
    path.write_bytes(path.read_bytes()[:700])


def without_roster(inbox: Path) -> None:
    (inbox / "名册.xlsx").unlink()


def second_roster(inbox: Path) -> None:
    save(inbox / "名册旧.xlsx", ROSTER | {"物业企业": ROSTER["物业企业"] + "\n另一物业|某|"})


def older_ledger_beside(inbox: Path) -> None:
    old = LEDGER.replace("2023年4月28日", "2023年4月21日")
    save(inbox / "丹砂（旧）.xlsx", {"台账": old.format(office="丹砂街道办", community="望山居")})


def same_file_twice(inbox: Path) -> None:
    shutil.copy(inbox / "丹砂.xlsx", inbox / "丹砂 - 副本.xlsx")


def a_letter_beside(inbox: Path) -> None:
    (inbox / "说明.docx").write_bytes(b"PK\x03\x04 not a table")


def a_stranger(inbox: Path) -> None:
    save(inbox / "通讯录.xlsx", {"Sheet1": "姓名|科室|房间\n石某|办公室|301"})


def a_lock_file(inbox: Path) -> None:
    (inbox / "~$丹砂.xlsx").write_bytes(b"\x05user")


@pytest.mark.parametrize(
    ("spoil", "code", "file", "cell"),
    [
        (without_status, "I-HEAD-MISSING", "丹砂.xlsx", "A2"),
        (lambda d: write(d / "丹砂.xlsx", "B3", "无此小区"), "I-CELL-COMMUNITY", "丹砂.xlsx", "B3"),
        (
            lambda d: write(d / "丹砂.xlsx", "E3", "2023年4月31日"),
            "I-CELL-DATE-IMPOSSIBLE",
            "丹砂.xlsx",
            "E3",
        ),
        (lambda d: write(d / "丹砂.xlsx", "G4", "差不多"), "I-CELL-STATUS", "丹砂.xlsx", "G4"),
        (lambda d: write(d / "丹砂.xlsx", "D1", "填报时间：2023年4月31日"), "I-CELL-DATE", "丹砂.xlsx", "D1"),
        (lambda d: write(d / "丹砂.xlsx", "D1", None), "I-SET-REPORTED-ON", "丹砂.xlsx", ""),
        (lambda d: write(d / "丹砂.xlsx", "D1", "填报时间：2023年4月20日"), "I-SET-STALE", "丹砂.xlsx", ""),
        (lambda d: (d / "丹砂.xlsx").unlink(), "I-SET-UNREPORTED", "", ""),
        (truncated, "I-FILE-DAMAGED", "丹砂.xlsx", ""),
        (older_ledger_beside, "I-SET-LEDGER-TWICE", "丹砂.xlsx", ""),
        (same_file_twice, "I-FILE-COPY", "丹砂.xlsx", ""),
        (without_roster, "I-SET-ROSTER", "名册", ""),
        (second_roster, "I-SET-ROSTER-TWICE", "名册旧.xlsx", ""),
        (a_letter_beside, "I-FILE-OTHER", "说明.docx", ""),
        (a_stranger, "I-FILE-KIND", "通讯录.xlsx", ""),
        (a_lock_file, "I-FILE-LOCK", "~$丹砂.xlsx", ""),
    ],
)
def test_one_fault_is_told_at_its_place(
    inbox: Path, spoil: Callable[[Path], object], code: str, file: str, cell: str
) -> None:
    spoil(inbox)
    intake = receive(inbox, rulebook(), None, 1)
    assert (code, file, cell) in [(f.code, f.ref.file, f.ref.cell) for f in intake.faults]


def test_an_office_left_out_is_named_and_the_others_count(inbox: Path) -> None:
    without_status(inbox)
    intake = receive(inbox, rulebook(), None, 1)
    assert intake.books.unreported == ("丹砂街道办事处",)
    assert {p.community for p in intake.books.problems} == {"云栖苑"}


def test_two_workbooks_of_one_office_that_share_nothing_count_together(inbox: Path) -> None:
    book = load_workbook(inbox / "丹砂.xlsx")
    sheet = book.worksheets[0]
    sheet["D3"], sheet["D4"] = "灯坏", "门坏"
    book.save(inbox / "丹砂（二）.xlsx")
    intake = receive(inbox, rulebook(), None, 1)
    assert not loud(intake)
    assert len(intake.books.problems) == 6


def test_rows_that_cannot_be_counted_are_kept_as_pending(inbox: Path) -> None:
    write(inbox / "丹砂.xlsx", "B3", "无此小区")
    intake = receive(inbox, rulebook(), None, 1)
    (pending,) = intake.books.pending
    assert (pending.subdistrict, pending.fault_codes) == ("丹砂街道办事处", ("I-CELL-COMMUNITY",))
    assert "消火栓无水" in {f.raw for f in pending.cells}
    assert len(intake.books.problems) == 3


def test_without_any_day_of_reporting_the_clerk_is_asked(inbox: Path) -> None:
    for name in ("都濡.xlsx", "丹砂.xlsx"):
        write(inbox / name, "D1", None)
    with pytest.raises(AsOfUnknownError):
        receive(inbox, rulebook(), None, 1)
    assert receive(inbox, rulebook(), date(2023, 4, 28), 1).books.as_of == date(2023, 4, 28)


def test_the_week_closes_on_the_friday_after_the_newest_ledger(inbox: Path) -> None:
    write(inbox / "丹砂.xlsx", "D1", "填报时间：2023年4月29日")
    assert receive(inbox, rulebook(), None, 1).books.as_of == date(2023, 5, 5)


def test_inputs_are_never_written_to(inbox: Path) -> None:
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in inbox.rglob("*")}
    receive(inbox, rulebook(), None, 1)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in inbox.rglob("*")} == before
