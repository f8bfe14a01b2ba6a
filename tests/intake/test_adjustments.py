"""Manual adjustments: whole, approved and unexpired ones are applied, everything else is told its cell."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.intake.adjustments import read_adjustments
from campaign.intake.grid import Workbook
from campaign.intake.headings import find_heading, index_of
from campaign.intake.sorting import sort_sheets
from campaign.intake.values import desk_of
from campaign.records import Adjustment, Fault
from tests.support.county import QINGHE, rulebook, small_roster
from tests.support.sheets import sheet

AS_OF = date(2023, 4, 28)
HEADS = "序号|对象|分值|理由|批准人|有效期至"


def read(*rows: str) -> tuple[tuple[Adjustment, ...], tuple[Fault, ...]]:
    table = sheet("\n".join(["得分调整", HEADS, *rows]), file="得分调整.xlsx")
    heading = find_heading(table, index_of(rulebook().words))
    assert heading is not None
    assert heading.kind == "adjustment"
    return read_adjustments([(table, heading)], desk_of(rulebook(), small_roster()), AS_OF)


def test_an_adjustment_is_read_with_its_cells() -> None:
    (adjustment,), faults = read(f"1|{QINGHE}|加2分|协助处置突发停水|陆见川|2023.5.31")
    assert not faults
    assert (adjustment.subject, adjustment.points) == (QINGHE, Decimal(2))
    assert (adjustment.reason, adjustment.approver) == ("协助处置突发停水", "陆见川")
    assert adjustment.expires_on == date(2023, 5, 31)
    assert adjustment.origin.ref("points").cell == "C3"


@pytest.mark.parametrize(
    ("typed", "points"),
    [("2", "2"), ("+1.5", "1.5"), ("-3", "-3"), ("－3分", "-3"), ("扣0.5分", "-0.5"), ("—2", "-2")],
)
def test_points_are_read_with_their_sign(typed: str, points: str) -> None:
    (adjustment,), _ = read(f"1|{QINGHE}|{typed}|某理由|某人|2023.5.31")
    assert adjustment.points == Decimal(points)


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (f"1|{QINGHE}|2||陆见川|2023.5.31", "I-CELL-MISSING", "D3"),
        (f"1|{QINGHE}|2|某理由||2023.5.31", "I-CELL-MISSING", "E3"),
        (f"1|{QINGHE}|2|某理由|陆见川|", "I-CELL-MISSING", "F3"),
        ("1|无此公司|2|某理由|陆见川|2023.5.31", "I-CELL-UNIT", "B3"),
        (f"1|{QINGHE}|两分|某理由|陆见川|2023.5.31", "I-CELL-POINTS", "C3"),
        (f"1|{QINGHE}|0|某理由|陆见川|2023.5.31", "I-CELL-POINTS", "C3"),
        (f"1|{QINGHE}|2|某理由|陆见川|2023.4.31", "I-CELL-DATE-IMPOSSIBLE", "F3"),
        (f"1|{QINGHE}|2|某理由|陆见川|2023.4.27", "I-ROW-ADJUST-EXPIRED", "F3"),
    ],
)
def test_what_may_not_be_applied_is_a_fault_at_its_cell(row: str, code: str, cell: str) -> None:
    adjustments, faults = read(row)
    assert not adjustments
    assert [(f.code, f.ref.cell) for f in faults] == [(code, cell)]


def test_a_total_below_the_rows_is_passed_over_aloud() -> None:
    adjustments, faults = read(f"1|{QINGHE}|2|某理由|陆见川|2023.5.31", "合计||2|||")
    assert len(adjustments) == 1
    assert [(f.code, f.ref.cell) for f in faults] == [("I-ROW-PASSED-OVER", "A4")]


def test_the_day_of_expiry_still_counts() -> None:
    adjustments, faults = read(f"1|{QINGHE}|2|某理由|陆见川|2023.4.28")
    assert len(adjustments) == 1
    assert not faults


def test_a_row_that_repeats_another_counts_once() -> None:
    row = f"1|{QINGHE}|2|某理由|陆见川|2023.5.31"
    adjustments, faults = read(row, row)
    assert len(adjustments) == 1
    assert [(f.code, f.ref.cell) for f in faults] == [("I-ROW-ADJUST-TWICE", "B4")]


def test_a_workbook_without_the_column_of_the_approver_is_not_taken() -> None:
    table = sheet(f"对象|分值|理由|有效期至\n{QINGHE}|2|某理由|2023.5.31", file="得分调整.xlsx")
    words = rulebook().words
    tables = sort_sheets(Workbook("得分调整.xlsx", (table,), "test", "0"), index_of(words), words)
    assert not tables.of("adjustment")
    assert [f.code for f in tables.faults] == ["I-HEAD-MISSING"]
