"""同一问题认定.xlsx: decided rows count, undecided ones say nothing, contradictory ones are told."""

from pathlib import Path

import pytest

from campaign.intake.desk import receive
from campaign.intake.grid import Workbook
from campaign.intake.headings import find_heading, index_of
from campaign.intake.settlements import read_settlements
from campaign.intake.sorting import sort_sheets
from campaign.intake.values import desk_of
from campaign.records import Fault, Settlement
from tests.support.county import rulebook, small_roster
from tests.support.inbox import fill
from tests.support.sheets import save, sheet

FILE = "同一问题认定.xlsx"
HEADS = "序号|以前的问题编号|本期问题编号|异同|是否同一问题|认定人|说明"
OLD, NEW = "Q230421-7KQ3M", "Q230428-0AB2C"


def read(*rows: str) -> tuple[tuple[Settlement, ...], tuple[Fault, ...]]:
    table = sheet("\n".join(["疑似同一问题", HEADS, *rows]), file=FILE)
    heading = find_heading(table, index_of(rulebook().words))
    assert heading is not None
    assert heading.kind == "settlement"
    return read_settlements([(table, heading)], desk_of(rulebook(), small_roster()))


def test_a_decided_row_is_read_with_its_cells() -> None:
    (settlement,), faults = read(f"1|{OLD}|{NEW}|描述相近|是|石某|电话核实")
    assert not faults
    assert (settlement.earlier, settlement.later, settlement.same) == (OLD, NEW, True)
    assert (settlement.by, settlement.note) == ("石某", "电话核实")
    assert settlement.origin.ref("same").cell == "E3"


@pytest.mark.parametrize(("typed", "same"), [("√", True), ("否", False), ("×", False)])
def test_yes_and_no_in_their_spellings(typed: str, same: bool) -> None:  # noqa: FBT001 - the case
    (settlement,), _ = read(f"1|{OLD}|{NEW}||{typed}|石某|")
    assert settlement.same is same


def test_keys_are_read_as_people_type_them() -> None:
    (settlement,), _ = read("1|q230421－7kq3m |Q230428-0AB2C||是|石某|")
    assert (settlement.earlier, settlement.later) == (OLD, NEW)


def test_a_row_that_is_not_decided_says_nothing() -> None:
    assert read(f"1|{OLD}|{NEW}|描述相近|||") == ((), ())


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (f"1|{OLD}|{NEW}||好像是|石某|", "I-CELL-SAME", "E3"),
        (f"1|{OLD}|{NEW}||是||", "I-CELL-MISSING", "F3"),
        (f"1||{NEW}||是|石某|", "I-CELL-MISSING", "B3"),
    ],
)
def test_what_cannot_count_is_a_fault_at_its_cell(row: str, code: str, cell: str) -> None:
    settlements, faults = read(row)
    assert not settlements
    assert [(f.code, f.ref.cell) for f in faults] == [(code, cell)]


def test_rows_that_contradict_each_other_count_for_nothing() -> None:
    settlements, faults = read(f"1|{OLD}|{NEW}||是|石某|", f"2|{OLD}|{NEW}||否|石某|")
    assert not settlements
    assert [(f.code, f.ref.cell) for f in faults] == [("I-ROW-SETTLED-TWICE", "E4")]


def test_a_row_that_repeats_another_counts_once() -> None:
    row = f"1|{OLD}|{NEW}||是|石某|"
    settlements, faults = read(row, row)
    assert len(settlements) == 1
    assert not faults


def test_the_list_is_known_by_its_headings_and_comes_with_the_books(tmp_path: Path) -> None:
    folder = fill(tmp_path)
    table = "\n".join(["疑似同一问题", HEADS, f"1|{OLD}|{NEW}||是|石某|"])
    save(folder / "认定" / "随便什么名字.xlsx", {"甲": table})
    intake = receive(folder, rulebook(), None)
    assert [s.later for s in intake.books.settlements] == [NEW]
    assert ("认定/随便什么名字.xlsx", "settlement") in intake.kinds


def test_a_list_without_the_column_of_who_decided_is_not_taken() -> None:
    table = sheet(f"以前的问题编号|本期问题编号|异同|是否同一问题\n{OLD}|{NEW}|甲|是", file=FILE)
    words = rulebook().words
    tables = sort_sheets(Workbook(FILE, (table,), "test", "0"), index_of(words), words)
    assert not tables.of("settlement")
    assert [f.code for f in tables.faults] == ["I-HEAD-MISSING"]
