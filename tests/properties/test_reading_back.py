"""What holds for every ledger: in any habit it is read back; spoiled anywhere, a fault names the cell."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.intake.grid import Sheet, Workbook
from campaign.intake.headings import find_heading
from campaign.intake.ledgers import open_ledger
from campaign.intake.offices import LedgerFile, read_ledger
from campaign.intake.reading import read_workbooks
from campaign.intake.sorting import sort_sheets
from campaign.intake.values import desk_of
from campaign.records import CellRef, Origin, Problem, Status
from sample.habits import HABITS, Ledger, write_ledger
from tests.support.county import DURU, rulebook, small_roster
from tests.support.county import problem as a_problem
from tests.support.sheets import cell, sheet

AS_OF = date(2023, 4, 28)
START = date(2023, 3, 29)
ROSTER = small_roster()
DESK = desk_of(rulebook(), ROSTER)
MINE = tuple(c for c in ROSTER.communities if c.subdistrict == DURU)
WORDS = "消火栓无水灯坏门禁失灵堆放杂物未公示收支楼道电梯年检过期"


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Any problem an office could have, consistent in itself."""
    community = draw(st.sampled_from(MINE))
    status = draw(st.sampled_from(Status))
    found = START + timedelta(days=draw(st.integers(0, 30)))
    rectified = found + timedelta(days=draw(st.integers(0, (AS_OF - found).days))) if status.done else None
    closed = None
    if status is Status.CLOSED and rectified is not None:
        closed = rectified + timedelta(days=draw(st.integers(0, (AS_OF - rectified).days)))
    return a_problem(
        community=community.name,
        company=community.company,
        subdistrict=DURU,
        item=draw(st.sampled_from(rulebook().checklist.codes)),
        description=draw(st.text(WORDS, min_size=2, max_size=20)) + str(draw(st.integers(1, 10**6))),
        found_on=found,
        due_on=found + timedelta(days=draw(st.integers(0, 40))),
        no_deadline=False,
        status=status,
        rectified_on=rectified,
        closed_on=closed,
        responsible_person="石知远",
        phone="19900001234",
        supervision="",
        note="",
    )


def ledgers() -> st.SearchStrategy[list[Problem]]:
    return st.lists(problems(), min_size=1, max_size=12, unique_by=lambda p: p.description)


def read(workbook: Workbook) -> LedgerFile:
    tables = sort_sheets(workbook, DESK.index, DESK.words)
    return read_ledger(tuple(open_ledger(s, h, DESK) for s, h in tables.of("ledger")), DESK, AS_OF)


def written(habit: str, records: list[Problem], *, loose: bool) -> Workbook:
    in_order = sorted(records, key=lambda p: (p.community, p.found_on, p.description))
    with TemporaryDirectory() as folder:
        write_ledger(habit, Ledger(DURU, AS_OF, in_order, loose=loose), Path(folder, "台账.xlsx"))
        ((workbook, _),) = read_workbooks(Path(folder), ["台账.xlsx"], 1)
    assert workbook is not None
    return workbook


def bare(problem: Problem) -> Problem:
    return replace(problem, serial="", note="", origin=Origin(CellRef("")))


@pytest.mark.parametrize("habit", sorted(HABITS))
@settings(max_examples=max(3, settings().max_examples // 100))
@given(records=ledgers(), loose=st.booleans())
def test_records_written_in_any_habit_are_read_back(
    records: list[Problem],
    habit: str,
    loose: bool,  # noqa: FBT001
) -> None:
    ledger = read(written(habit, records, loose=loose))
    assert not [f.message for f in ledger.faults if f.severity.blocks]
    assert sorted(map(repr, (bare(e.problem) for e in ledger.entries if e.problem))) == sorted(
        map(repr, map(bare, records))
    )


HEAD = ("序号", "小区名称", "条目", "问题描述", "发现时间", "整改时限", "整改状态", "完成时间", "销号时间")
FIELDS = (
    "serial",
    "community",
    "item",
    "description",
    "found_on",
    "due_on",
    "status",
    "rectified_on",
    "closed_on",
)


def typed(records: list[Problem], columns: tuple[int, ...] = tuple(range(9)), blanks: int = 0) -> Sheet:
    lines = ["|".join(HEAD[c] for c in columns)]
    for number, p in enumerate(records, 1):
        values = (
            number,
            p.community,
            p.item,
            p.description,
            p.found_on,
            p.due_on,
            p.status.zh,
            p.rectified_on,
            p.closed_on,
        )
        lines.append("|".join("" if values[c] is None else str(values[c]) for c in columns))
        lines += ["|"] * (blanks if number % 3 == 0 else 0)
    return sheet(f"填报单位：{DURU}\n" + "\n".join(lines))


def found(table: Sheet) -> list[str]:
    ledger = read(Workbook("台账.xlsx", (table,), "test", "0"))
    assert not [f.message for f in ledger.faults if f.severity.blocks]
    facts = ("community", "item", "description", "found_on", "due_on", "status", "rectified_on", "closed_on")
    return sorted(str([getattr(e.problem, n) for n in facts]) for e in ledger.entries if e.problem)


@given(ledgers(), st.permutations(range(9)), st.integers(0, 3), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_and_blank_rows_change_addresses_only(
    records: list[Problem], columns: list[int], blanks: int, luck: object
) -> None:
    shuffled = list(records)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    assert found(typed(shuffled, tuple(columns), blanks)) == found(typed(records))


SPOILS = {
    "community": "无此小区",
    "item": "九-9",
    "description": "",
    "found_on": "2023年4月31日",
    "status": "不详",
}


@given(ledgers(), st.sampled_from(sorted(SPOILS)), st.data())
def test_a_spoiled_cell_is_named(records: list[Problem], field: str, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(records) - 1)) + 3
    column = FIELDS.index(field) + 1
    whole = typed(records)
    cells = {at: c for at, c in whole.cells.items() if at != (row, column)}
    if SPOILS[field]:
        cells[row, column] = cell(SPOILS[field])
    table = replace(whole, cells=cells)
    ledger = read(Workbook("台账.xlsx", (table,), "test", "0"))
    assert (row, column) in {(f.ref.row, f.ref.column) for f in ledger.faults if f.severity.blocks}
    assert len([e for e in ledger.entries if e.problem]) == len(records) - 1


VALUES = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.booleans(),
)


@given(ledgers(), VALUES, st.data())
def test_any_value_anywhere_is_read_and_faults_stay_inside_the_sheet(
    records: list[Problem], value: str | float | date, data: st.DataObject
) -> None:
    whole = typed(records)
    at = data.draw(st.sampled_from(sorted(whole.cells)))
    table = replace(whole, cells={**whole.cells, at: cell(value)})
    heading = find_heading(table, DESK.index)
    tables = sort_sheets(Workbook("台账.xlsx", (table,), "test", "0"), DESK.index, DESK.words)
    assert heading is not None
    faults = list(tables.faults)
    if tables.of("ledger"):
        faults += read(Workbook("台账.xlsx", (table,), "test", "0")).faults
    for fault in faults:
        assert 0 <= fault.ref.row <= table.last_row
        assert 0 <= fault.ref.column <= len(HEAD)
