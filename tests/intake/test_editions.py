"""Sheets of one ledger week by week: the newest counts, and nothing that an older one says is lost unsaid."""

from datetime import date

import pytest

from campaign.records import Fault, Problem, Status
from tests.intake.test_ledgers import CLOSED, GOOD, ledger, loud, read, spoiled

NEWER = spoiled(GOOD, 9, "已整改").replace("已整改||", "已整改|2023.4.18|")
OTHER = "3|沐风庭|明远物业服务有限公司|四-1|公示缺失|2023.4.4|2023.4.30|石某 19900000001|未整改||"


def statuses(problems: tuple[Problem, ...]) -> dict[str, Status]:
    return {problem.community: problem.status for problem in problems}


def of_sheets(faults: tuple[Fault, ...]) -> list[tuple[str, str, str]]:
    return [(f.code, f.ref.sheet, f.ref.cell) for f in faults if f.code.startswith("I-SHEET")]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("4月14日", "4月21日"),
        ("台账（4.14）", "台账（4.21）"),
        ("0414", "0421"),
        ("2023-04-14", "2023-04-21"),
        ("第一周", "第二周"),
        ("第9期台账", "第10期台账"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_newest_sheet_counts_wherever_it_stands(older: str, newer: str, *, turned: bool) -> None:
    sheets = [ledger(GOOD, CLOSED, name=older), ledger(NEWER, CLOSED, name=newer)]
    problems, faults = read(*(reversed(sheets) if turned else sheets))
    assert statuses(problems) == {"云栖苑": Status.RECTIFIED, "听松里": Status.CLOSED}
    assert {p.origin.row.sheet for p in problems} == {newer}
    assert of_sheets(faults) == [("I-SHEET-OLDER", older, "")]


def test_what_the_newest_has_no_more_is_told() -> None:
    problems, faults = read(
        ledger(GOOD, CLOSED, name="4月7日"),
        ledger(GOOD, CLOSED, name="4月14日"),
        ledger(NEWER, name="4月21日"),
    )
    assert statuses(problems) == {"云栖苑": Status.RECTIFIED}
    assert sorted(of_sheets(faults)) == [
        ("I-SHEET-DROPPED", "4月14日", "E4"),
        ("I-SHEET-OLDER", "4月14日", ""),
        ("I-SHEET-OLDER", "4月7日", ""),
    ]


def test_a_sheet_of_a_later_day_waits() -> None:
    problems, faults = read(ledger(GOOD, name="4月28日"), ledger(NEWER, name="5月5日"))
    assert statuses(problems) == {"云栖苑": Status.IN_PROGRESS}
    assert of_sheets(faults) == [("I-SHEET-LATER", "5月5日", "")]


def test_sheets_that_add_to_each_other_all_count() -> None:
    """Each week's new problems on a sheet of their own; one of them comes back with a newer status."""
    late = spoiled(spoiled(OTHER, 1, "4"), 2, "听松里").replace("明远", "清和")
    problems, faults = read(
        ledger(GOOD, CLOSED, spoiled(OTHER, 1, "5"), name="4月14日"),
        ledger(NEWER, late, name="4月21日"),
    )
    found = [(p.community, p.status) for p in problems]
    assert found == [
        ("听松里", Status.CLOSED),
        ("沐风庭", Status.OPEN),
        ("云栖苑", Status.RECTIFIED),
        ("听松里", Status.OPEN),
    ]
    assert of_sheets(faults) == [("I-SHEET-SUMMARY", "4月14日", "")]


def test_titles_tell_where_names_do_not() -> None:
    def titled(day: str, *lines: str, name: str) -> object:
        return ledger(*lines, office=f"都濡街道办事处  填报时间：2023年{day}", name=name)

    sheets = (titled("4月14日", GOOD, name="Sheet1"), titled("4月21日", NEWER, name="Sheet2"))
    problems, faults = read(*sheets)  # type: ignore[arg-type] # they are sheets
    assert statuses(problems) == {"云栖苑": Status.RECTIFIED}
    assert of_sheets(faults) == [("I-SHEET-OLDER", "Sheet1", "")]


@pytest.mark.parametrize("names", [("甲组", "乙组"), ("台账4.14", "自查4.21"), ("4月14日", "4月14日（2）")])
def test_sheets_that_are_no_editions_still_contradict_each_other(names: tuple[str, str]) -> None:
    problems, faults = read(ledger(GOOD, name=names[0]), ledger(NEWER, name=names[1]))
    assert problems == ()
    assert [code for code, _ in loud(faults) if code.startswith("I-SHEET")] == ["I-SHEET-CONFLICT"]


def test_the_day_in_a_sheets_name_is_when_it_was_reported() -> None:
    _, faults = read(ledger(GOOD, name="4月21日"))
    (told,) = [f for f in faults if f.code == "I-SET-REPORTED-NAME"]
    assert date(2023, 4, 21).isoformat() in told.message
