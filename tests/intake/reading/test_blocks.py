"""Large sheets in blocks say the same as small ones cell by cell."""

# ruff: noqa: DTZ001 - workbooks know no time zones

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.intake.grid import Cell, CellKind
from campaign.intake.reading.blocks import BlockCells, add_blocks, cell_from
from campaign.intake.reading.cells import pack, place
from campaign.intake.reading.clean import Escapes
from campaign.intake.reading.draft import FileDraft, SheetDraft
from campaign.intake.reading.limits import Limits
from tests.intake.reading.packages import DATE_STYLES, number, parts_of, read, row, text, values, zipped

IN_BLOCKS = replace(Limits(), long_rows=0, in_blocks=0)

VALUE = st.one_of(
    st.just(""),
    st.text(alphabet="甲乙 \u3000\u200b|=_x0D\n#N/A"),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 3).flatmap(lambda width: st.lists(st.lists(VALUE, min_size=width, max_size=width))))
def test_blocks_hold_what_cells_hold(rows: list[list[object]]) -> None:
    small = SheetDraft("表", escapes=Escapes.STRAY)
    for number_of_row, contents in enumerate(rows, start=3):
        for column, content in enumerate(contents, start=2):
            place(small, number_of_row, column, pack(content, escapes=Escapes.STRAY))
    large = SheetDraft("表", escapes=Escapes.STRAY)
    for _ in add_blocks(large, rows, 3, 2):
        pass

    cells = BlockCells(FileDraft.from_frames(FileDraft([large]).frames()).sheets[0])

    expected = {at: cell_from(packed) for at, packed in small.cells.items()}
    assert dict(cells) == expected
    assert list(cells) == sorted(expected)
    assert len(cells) == len(expected) == large.size
    assert sorted(large.cleaned) == sorted(small.cleaned)
    assert large.pictures == small.pictures


def test_addresses_without_a_cell() -> None:
    draft = SheetDraft("表")
    for _ in add_blocks(draft, [["甲", ""]] * 1500, 1, 3):
        pass
    cells = BlockCells(draft)
    assert (1500, 3) in cells
    for address in ((1, 4), (1, 2), (0, 3), (1501, 3), (-5, 3), (2001, 3), "A1", (1,)):
        assert address not in cells
    with pytest.raises(KeyError):
        _ = cells[1, 4]
    assert cells.get((9999, 9999)) is None


def test_special_and_voided_cells_come_first() -> None:
    draft = SheetDraft("表", cells={(2, 1): ("#N/A", "#N/A", "error", "General", "")}, voided={(1, 1)})
    for _ in add_blocks(draft, [["甲"], [""], ["乙"]], 1, 1):
        pass
    draft.formats[3, 1] = "0.0%"
    cells = BlockCells(draft)
    assert dict(cells) == {
        (2, 1): Cell("#N/A", "#N/A", CellKind.ERROR),
        (3, 1): Cell("乙", "乙", number_format="0.0%"),
    }
    assert (1, 1) not in cells
    assert list(cells) == [(2, 1), (3, 1)]


def test_a_long_workbook_is_read_in_blocks(tmp_path: Path) -> None:
    rows = "".join(row(i, text(f"B{i}", f"甲{i}"), number(f"C{i}", 45037, 1)) for i in range(2, 1500))
    rows += row(
        1500, '<c r="A1500" t="e"><v>#N/A</v></c>', number("B1500", 0.5, 3), '<c r="C1500"><f>1+1</f></c>'
    )
    after = '<mergeCells><mergeCell ref="B2:C3"/></mergeCells>'
    data = zipped(parts_of(rows, after=after, styles=DATE_STYLES))
    large, _ = read(tmp_path, "台账.xlsx", data, IN_BLOCKS)
    small, _ = read(tmp_path, "台账.xlsx", data)
    assert large.reader == "calamine"
    assert isinstance(large.sheets[0].cells, BlockCells)
    assert values(large.sheets[0]) == values(small.sheets[0])
    assert large.sheets[0].cells[1499, 3].value == datetime(2023, 4, 21)
    assert large.sheets[0].cells[1500, 2].number_format == "0.00%"
    assert large.sheets[0].cells[1500, 3].kind is CellKind.UNCOMPUTED
    assert (3, 3) not in large.sheets[0].cells
