"""Checks across cells, files and weeks: one small faulty inbox for each code, and no false alarm."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.intake.checks import CHECKS, Finding, Material
from campaign.intake.checks.self_checks import failed_without_problem, passed_in_spite_of_problem
from campaign.intake.desk import Intake, receive
from campaign.intake.faults import CATALOGUE
from campaign.records import Fault, ItemCode, Severity, Status
from tests.support.county import books, problem, rulebook, self_check
from tests.support.inbox import DANSHA, DURU, LEDGER, ROSTER_FILE, fill, write
from tests.support.inbox import self_check as hand_in
from tests.support.sheets import save


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return fill(tmp_path)


def loud(intake: Intake) -> list[tuple[str, str, str]]:
    """Everything that is not merely said, but for the roster's size."""
    return [(f.code, f.ref.file, f.ref.cell) for f in intake.faults if _loud(f)]


def _loud(fault: Fault) -> bool:
    quiet = {"I-SET-ROSTER-SCOPE", "I-SET-CHECK-ITEMS"}  # a small roster, short forms
    return fault.severity is not Severity.INFO and fault.code not in quiet


def without(folder: Path) -> None:
    (folder / DANSHA).unlink()


def twice_on_a_sheet(folder: Path) -> None:
    for cell, value in zip("CDE", ("五-2", "消火栓无水", "2023.4.1"), strict=True):
        write(folder / DANSHA, f"{cell}4", value)


def a_row_of_another_office(folder: Path) -> None:
    write(folder / DANSHA, "B3", "云栖苑")


def failed_but_not_listed(folder: Path) -> None:
    hand_in(folder, "望山居", hydrants="×", notices="√")
    write(folder / DANSHA, "C3", "五-3")


def passed_but_listed(folder: Path) -> None:
    hand_in(folder, "望山居", hydrants="√", notices="√")


@pytest.mark.parametrize(
    ("spoil", "code", "file", "cell"),
    [
        (lambda d: write(d / DANSHA, "D1", None), "I-SET-REPORTED-ON", DANSHA, ""),
        (lambda d: write(d / DANSHA, "D1", "填报时间：2023年4月20日"), "I-SET-STALE", DANSHA, ""),
        (without, "I-SET-UNREPORTED", "", ""),
        (twice_on_a_sheet, "I-ROW-DUPLICATE", DANSHA, "D4"),
        (failed_but_not_listed, "I-ROW-FAIL-UNLISTED", "望山居自查表.xlsx", "C4"),
        (passed_but_listed, "I-ROW-PASS-DENIED", DANSHA, "C3"),
    ],
)
def test_each_check_names_its_place_and_nothing_else_is_wrong(
    inbox: Path, spoil: Callable[[Path], object], code: str, file: str, cell: str
) -> None:
    spoil(inbox)
    intake = receive(inbox, rulebook(), date(2023, 4, 28))
    assert loud(intake) == [(code, file, cell)]
    assert CATALOGUE[code].severity is Severity.WARNING


def test_two_offices_that_claim_one_problem_are_both_told(inbox: Path) -> None:
    a_row_of_another_office(inbox)
    intake = receive(inbox, rulebook(), None)
    assert loud(intake) == [("I-CELL-SUBDISTRICT", DANSHA, "B3"), ("I-SET-DUPLICATE", DURU, "D3")]
    (told,) = (f for f in intake.faults if f.code == "I-SET-DUPLICATE")
    assert f"《{DANSHA}》“台账”D3" in told.message


def test_the_roster_is_held_against_the_notice(inbox: Path) -> None:
    codes = [(f.code, f.ref.file) for f in receive(inbox, rulebook(), None).faults]
    assert codes.count(("I-SET-ROSTER-SCOPE", ROSTER_FILE)) == 2
    (inbox / ROSTER_FILE).unlink()
    codes = [(f.code, f.ref.file) for f in receive(inbox, rulebook(), None).faults]
    assert "I-SET-ROSTER-SCOPE" not in {code for code, _ in codes}


def test_the_counterpart_is_told(inbox: Path) -> None:
    passed_but_listed(inbox)
    (told,) = (f for f in receive(inbox, rulebook(), None).faults if f.code == "I-ROW-PASS-DENIED")
    assert "《望山居自查表.xlsx》“自查表”C4" in told.message


# --- Weeks ----------------------------------------------------------------------------------------


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("week", "told"), [("2023-04-21", [("I-SET-UNCHANGED", DANSHA, "")]), ("2023-04-28", [])]
)
def test_a_ledger_that_was_there_in_an_earlier_week_is_told(
    inbox: Path, week: str, told: list[tuple[str, str, str]]
) -> None:
    earlier = {digest(inbox / DANSHA): f"{week}/台账/丹砂.xlsx", "0" * 64: f"{week}/别的.xlsx"}
    assert loud(receive(inbox, rulebook(), None, earlier=earlier)) == told


def test_rosters_and_self_checks_may_stay_as_they_were(inbox: Path) -> None:
    hand_in(inbox, "望山居")
    save(inbox / DURU, {"台账": LEDGER.format(office="都濡街道办事处", community="云栖苑") + "备注||||||||"})
    earlier = {digest(p): f"2023-04-21/{p.name}" for p in inbox.iterdir() if p.name not in {DURU, DANSHA}}
    assert not loud(receive(inbox, rulebook(), None, earlier=earlier))


# --- Self-checks and ledgers ----------------------------------------------------------------------


def test_a_community_without_a_self_check_is_no_fault(inbox: Path) -> None:
    assert not loud(receive(inbox, rulebook(), None))


def test_without_a_ledger_nothing_can_be_said_of_its_self_checks(inbox: Path) -> None:
    hand_in(inbox, "望山居")
    without(inbox)
    assert loud(receive(inbox, rulebook(), None)) == [("I-SET-UNREPORTED", "", "")]


def test_a_row_that_waits_is_in_the_ledger_all_the_same(inbox: Path) -> None:
    hand_in(inbox, "望山居")
    write(inbox / DANSHA, "G3", "差不多")
    assert loud(receive(inbox, rulebook(), None)) == [("I-CELL-STATUS", DANSHA, "G3")]


def test_a_problem_without_an_item_may_be_the_one_that_is_meant(inbox: Path) -> None:
    hand_in(inbox, "望山居")
    write(inbox / DANSHA, "C3", None)
    assert loud(receive(inbox, rulebook(), None)) == [("I-CELL-ITEM-MISSING", DANSHA, "C3")]


DAYS = st.dates(date(2023, 4, 1), date(2023, 4, 28))


@given(found=DAYS, checked=DAYS, done=st.none() | DAYS)
def test_a_pass_is_denied_only_by_what_was_there_on_that_day(
    found: date, checked: date, done: date | None
) -> None:
    status = Status.OPEN if done is None else Status.RECTIFIED
    listed = problem(item=ItemCode(5, 1), found_on=found, rectified_on=done, status=status)
    material = Material(books((listed,), self_checks=(self_check("听松里", checked),)), rulebook())
    told = list(passed_in_spite_of_problem(material))
    there = found <= checked and (done is None or done > checked)
    assert told == ([Finding(listed.origin.ref("item"), "听松里", told[0].words)] if there else [])
    assert not list(failed_without_problem(material))


# --- The list itself ------------------------------------------------------------------------------


def test_every_check_has_a_code_of_its_own_in_the_catalogue() -> None:
    codes = [check.code for check in CHECKS]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= CATALOGUE.keys()
