"""豁免.xlsx: which errors it lets pass, what then counts, and when a waiver is itself a fault."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.intake.desk import Intake, receive
from campaign.intake.faults import CATALOGUE, fault
from campaign.intake.waivers import Request, answer
from campaign.records import CellRef, Severity, Status, Waiver
from tests.support.county import rulebook
from tests.support.inbox import DANSHA, DURU, WAIVERS, fill, waive, write
from tests.support.sheets import save

SCOPE = "I-SET-ROSTER-SCOPE"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return fill(tmp_path)


def received(folder: Path) -> Intake:
    return receive(folder, rulebook(), None, 1)


def loud(intake: Intake) -> list[tuple[str, str, bool]]:
    """Code, cell and whether it blocks, of all that is more than said."""
    return [
        (f.code, f.ref.cell, f.blocks)
        for f in intake.faults
        if f.severity is not Severity.INFO and f.code != SCOPE
    ]


# --- What counts under a waiver -------------------------------------------------------------------


def test_a_waived_error_stays_an_error_that_does_not_block(inbox: Path) -> None:
    write(inbox / DANSHA, "I4", None)
    waive(inbox, f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|单据遗失|秦某|2023年6月25日")
    intake = received(inbox)
    assert loud(intake) == [("I-ROW-CLOSED-UNDATED", "I4", False)]
    (told,) = (f for f in intake.faults if f.waiver)
    assert told.severity is Severity.ERROR
    assert told.waiver == Waiver("单据遗失", "秦某", date(2023, 6, 25), CellRef(WAIVERS, "豁免", 3, 1))


@pytest.mark.parametrize(
    ("cells", "code", "place"),
    [
        ({"I4": None}, "I-ROW-CLOSED-UNDATED", "I4"),
        ({"I4": "2023.4.2"}, "I-ROW-ORDER", "I4"),
        ({"F3": "2023.3.30"}, "I-ROW-ORDER", "F3"),
        ({"H3": "2023.4.10"}, "I-ROW-DATED-OPEN", "H3"),
        ({"B3": "云栖苑"}, "I-CELL-SUBDISTRICT", "B3"),
    ],
)
def test_a_row_that_could_be_read_counts(
    inbox: Path, cells: dict[str, str | None], code: str, place: str
) -> None:
    for cell, value in cells.items():
        write(inbox / DANSHA, cell, value)
    assert len(received(inbox).books.pending) == 1
    waive(inbox, f"{code}|{DANSHA}|台账|{place}|情况特殊|秦某|2023-06-25")
    intake = received(inbox)
    assert not intake.books.pending
    assert len(intake.books.problems) == 4
    assert not [f for f in intake.faults if f.blocks]


def test_a_status_counts_and_the_day_against_it_is_left_aside(inbox: Path) -> None:
    write(inbox / DANSHA, "H3", "2023.4.10")
    waive(inbox, "I-ROW-DATED-OPEN|||H3|整改不彻底|秦某|2023-06-25")
    problem = next(p for p in received(inbox).books.problems if p.origin.row.file == DANSHA)
    assert (problem.status, problem.rectified_on) == (Status.IN_PROGRESS, None)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("B3", "无此小区", "I-CELL-COMMUNITY"),
        ("G3", "差不多", "I-CELL-STATUS"),
        ("E3", "2023年4月31日", "I-CELL-DATE-IMPOSSIBLE"),
        ("C3", "九-9", "I-CELL-ITEM"),
        ("D3", None, "I-CELL-MISSING"),
    ],
)
def test_a_row_that_could_not_be_read_waits_but_does_not_block(
    inbox: Path, cell: str, value: str | None, code: str
) -> None:
    write(inbox / DANSHA, cell, value)
    waive(inbox, f"{code}|{DANSHA}|台账|{cell}|下周补正|秦某|2023-06-25")
    intake = received(inbox)
    assert [row.fault_codes for row in intake.books.pending] == [(code,)]
    assert len(intake.books.problems) == 3
    assert loud(intake) == [(code, cell, False)]


def test_of_two_errors_in_a_row_both_must_be_waived(inbox: Path) -> None:
    write(inbox / DANSHA, "H3", "2023.4.10")
    write(inbox / DANSHA, "F3", "2023.3.30")
    one = f"I-ROW-ORDER|{DANSHA}|台账|F3|上级限期|秦某|2023-06-25"
    waive(inbox, one)
    assert len(received(inbox).books.pending) == 1
    waive(inbox, one, f"I-ROW-DATED-OPEN|{DANSHA}|台账|H3|整改不彻底|秦某|2023-06-25")
    intake = received(inbox)
    assert not intake.books.pending
    assert not [f for f in intake.faults if f.blocks]


def test_two_problems_of_one_number_count_when_waived(inbox: Path) -> None:
    for column, value in zip(
        "ACDEFGHI", (1, "五-2", "消火栓无水", "2023.4.1", "2023.4.20", "整改中", None, None), strict=True
    ):
        write(inbox / DANSHA, f"{column}4", value)  # type: ignore[arg-type]
    assert len(received(inbox).books.problems) == 3
    waive(inbox, "I-ROW-REPEATED|||D4|两处消火栓|秦某|2023-06-25")
    assert len(received(inbox).books.problems) == 4


# --- Which error is meant -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    ["||I4", "丹砂.xlsx||I4", "《丹砂.xlsx》|台账|$I$4", "丹砂||i4", "丹砂.xlsx|“台账”|Ｉ４"],
)
def test_file_and_sheet_may_be_left_out_where_one_place_is_meant(inbox: Path, place: str) -> None:
    write(inbox / DANSHA, "I4", None)
    waive(inbox, f"I-ROW-CLOSED-UNDATED|{place}|单据遗失|秦某|2023-06-25")
    assert loud(received(inbox)) == [("I-ROW-CLOSED-UNDATED", "I4", False)]


def test_where_two_places_could_be_meant_none_is(inbox: Path) -> None:
    for name in (DANSHA, DURU):
        write(inbox / name, "I4", None)
    waive(inbox, "I-ROW-CLOSED-UNDATED|||I4|单据遗失|秦某|2023-06-25")
    assert loud(received(inbox)) == [
        ("I-ROW-CLOSED-UNDATED", "I4", True),
        ("I-ROW-CLOSED-UNDATED", "I4", True),
        ("I-WAIVER-AMBIGUOUS", "A3", False),
    ]


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("I4", "2023.4.12", "I-ROW-CLOSED-UNDATED"),  # nothing is wrong there
        ("F3", None, "I-ROW-DUE-MISSING"),  # a warning needs no leave
        ("I4", None, "I-ROW-UNDATED"),  # no such code
    ],
)
def test_a_waiver_that_matches_nothing_is_a_warning(
    inbox: Path, cell: str, value: str | None, code: str
) -> None:
    write(inbox / DANSHA, cell, value)
    waive(inbox, f"{code}|{DANSHA}|台账|{cell}|单据遗失|秦某|2023-06-25")
    intake = received(inbox)
    assert ("I-WAIVER-UNUSED", "A3", False) in loud(intake)
    assert not [f for f in intake.faults if f.waiver]


def test_what_is_fatal_cannot_be_waived(inbox: Path) -> None:
    path = inbox / DANSHA
    path.write_bytes(path.read_bytes()[:700])
    waive(inbox, f"I-FILE-DAMAGED|{DANSHA}||/|单据遗失|秦某|2023-06-25")
    told = loud(received(inbox))
    assert ("I-FILE-DAMAGED", "", True) in told
    assert ("I-WAIVER-UNUSED", "A3", False) in told


ERRORS = sorted(k.code for k in CATALOGUE.values() if k.severity is Severity.ERROR)
PLACES = st.builds(
    CellRef,
    st.sampled_from(("台账/甲.xlsx", "台账/乙.xlsx")),
    st.sampled_from(("一", "二")),
    st.integers(3, 5),
    st.integers(1, 3),
)
WORDS = {"found": "", "field": "", "expected": "", "hint": "", "status": "", "later": "", "earlier": ""}


@given(
    st.lists(st.tuples(st.sampled_from(ERRORS[:4]), PLACES), unique=True, max_size=8),
    st.sampled_from(ERRORS[:4]),
    PLACES,
    st.booleans(),
    st.booleans(),
)
def test_a_waiver_never_reaches_further_than_one_place(
    there: list[tuple[str, CellRef]],
    code: str,
    place: CellRef,
    file: bool,  # noqa: FBT001
    sheet: bool,  # noqa: FBT001
) -> None:
    told = [fault(c, ref, **WORDS) for c, ref in there]
    given_to = Waiver("理由", "某", date(2023, 6, 25), CellRef(WAIVERS, "豁免", 3, 1))
    named = (place.file if file else "", place.sheet if sheet else "")
    result = answer([Request(code, *named, place.cell, given_to)], told)
    meant = [
        (c, ref)
        for c, ref in there
        if (c, ref.cell) == (code, place.cell) and named[0] in {"", ref.file} and named[1] in {"", ref.sheet}
    ]
    assert list(result.grants) == (meant if len(meant) == 1 else [])
    assert len(result.faults) == (len(meant) != 1)


# --- A waiver that is wrong itself ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4||秦某|2023-06-25", "I-CELL-MISSING", "E3"),
        (f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|单据遗失||2023-06-25", "I-CELL-MISSING", "F3"),
        (f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|单据遗失|秦某|", "I-CELL-MISSING", "G3"),
        (f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|单据遗失|秦某|月底", "I-CELL-DATE", "G3"),
        (f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|单据遗失|秦某|2023.6.31", "I-CELL-DATE-IMPOSSIBLE", "G3"),
        (f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|单据遗失|秦某|2023-04-27", "I-WAIVER-EXPIRED", "G3"),
    ],
)
def test_a_waiver_without_reason_name_or_day_waives_nothing_and_is_an_error(
    inbox: Path, row: str, code: str, cell: str
) -> None:
    write(inbox / DANSHA, "I4", None)
    waive(inbox, row)
    intake = received(inbox)
    told = [(f.code, f.ref.cell, f.blocks) for f in intake.faults if f.ref.file == WAIVERS]
    assert told == [(code, cell, True)]
    assert ("I-ROW-CLOSED-UNDATED", "I4", True) in loud(intake)


def test_on_its_last_day_a_waiver_still_holds(inbox: Path) -> None:
    write(inbox / DANSHA, "I4", None)
    waive(inbox, "I-ROW-CLOSED-UNDATED|||I4|单据遗失|秦某|2023-04-28")
    assert not [f for f in received(inbox).faults if f.blocks]


def test_an_expired_waiver_cannot_be_waived(inbox: Path) -> None:
    write(inbox / DANSHA, "I4", None)
    waive(
        inbox,
        f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|单据遗失|秦某|2023-04-27",
        f"I-WAIVER-EXPIRED|{WAIVERS}|豁免|G3|单据遗失|秦某|2023-06-25",
    )
    told = loud(received(inbox))
    assert ("I-WAIVER-EXPIRED", "G3", True) in told
    assert ("I-WAIVER-UNUSED", "A4", False) in told


def test_waivers_may_lie_anywhere_under_any_name(inbox: Path) -> None:
    write(inbox / DANSHA, "I4", None)
    head = "错误代码|文件名|工作表名|单元格地址|豁免理由|审批人|有效期"
    row = f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|单据遗失|秦某|2023.6.25"
    save(inbox / "其他" / "例外.xlsx", {"Sheet1": f"{head}\n{row}"})
    intake = received(inbox)
    assert loud(intake) == [("I-ROW-CLOSED-UNDATED", "I4", False)]
    assert ("其他/例外.xlsx", "waiver") in intake.kinds


def test_our_own_list_of_waivers_grants_nothing(inbox: Path) -> None:
    write(inbox / DANSHA, "I4", None)
    head = "代码|文件|工作表|单元格|问题|理由|批准人|有效期至"
    row = f"I-ROW-CLOSED-UNDATED|{DANSHA}|台账|I4|…|单据遗失|秦某|2023-06-25"
    save(inbox / "校验意见.xlsx", {"豁免": f"豁免事项（由核对程序列出）\n{head}\n{row}"})
    assert ("I-ROW-CLOSED-UNDATED", "I4", True) in loud(received(inbox))
