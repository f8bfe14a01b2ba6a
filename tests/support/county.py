"""A tiny invented county for tests: three subdistricts, three companies, six communities, no workbook.

Every record carries cells as if it had been read, so that evidence can be asserted. `problem()` puts each
field of the ledger into its own column (see LEDGER) of the row asked for; the file is the subdistrict's.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from campaign.assess import assess
from campaign.records import (
    Activity,
    Answer,
    Assessment,
    Books,
    CellRef,
    CheckAnswer,
    Community,
    Company,
    Complaint,
    Fault,
    ItemCode,
    LedgerReceipt,
    Origin,
    Problem,
    Roster,
    SelfCheck,
    Snapshot,
    Sourced,
    SpotCheck,
    Status,
    Subdistrict,
    Week,
)
from campaign.rulebook.loader import load
from campaign.rulebook.model import Rulebook

RULES = Path(__file__).parents[2] / "rules"
AS_OF = date(2023, 4, 28)  # a Friday

DURU, DANSHA, DAPING = "都濡街道办事处", "丹砂街道办事处", "大坪街道办事处"
QINGHE, MINGYUAN, ZHIXING = "清和物业服务有限公司", "明远物业服务有限公司", "知行物业管理有限公司"

# community: subdistrict, company, households
COMMUNITIES = {
    "云栖苑": (DURU, QINGHE, 420),
    "听松里": (DURU, QINGHE, 180),
    "沐风庭": (DURU, MINGYUAN, 260),
    "望山居": (DANSHA, MINGYUAN, 310),
    "栖霞里": (DANSHA, ZHIXING, 150),
    "临溪苑": (DAPING, ZHIXING, 240),
}
PRINCIPALS = {
    DURU: "石知远",
    DANSHA: "秦望舒",
    DAPING: "陆见川",
    QINGHE: "苏怀瑾",
    MINGYUAN: "程若谷",
    ZHIXING: "顾长庚",
}

# The columns of the invented ledger, A onwards.
LEDGER = (
    "serial",
    "community",
    "company",
    "item",
    "description",
    "found_on",
    "measure",
    "due_on",
    "responsible_unit",
    "responsible_person",
    "phone",
    "status",
    "rectified_on",
    "closed_on",
    "supervision",
    "note",
)


def origin(file: str, sheet: str, row: int, fields: Sequence[tuple[str, str]]) -> Origin:
    """An origin whose fields stand side by side from column A; those without text have a cell too."""
    return Origin(
        CellRef(file, sheet, row, 1),
        tuple(Sourced(name, CellRef(file, sheet, row, n), raw) for n, (name, raw) in enumerate(fields, 1)),
    )


def ledger_file(subdistrict: str) -> str:
    return f"台账/{subdistrict}问题台账.xlsx"


@cache
def small_roster() -> Roster:
    book = "名册.xlsx"
    return Roster(
        communities=tuple(
            Community(
                name,
                subdistrict,
                company,
                households,
                origin(
                    book,
                    "小区",
                    row,
                    (
                        ("community", name),
                        ("subdistrict", subdistrict),
                        ("company", company),
                        ("households", str(households)),
                    ),
                ),
            )
            for row, (name, (subdistrict, company, households)) in enumerate(COMMUNITIES.items(), 2)
        ),
        companies=tuple(
            Company(
                name,
                PRINCIPALS[name],
                f"1380000000{row}",
                origin(book, "物业企业", row, (("company", name), ("principal", PRINCIPALS[name]))),
            )
            for row, name in enumerate((QINGHE, MINGYUAN, ZHIXING), 2)
        ),
        subdistricts=tuple(
            Subdistrict(
                name,
                PRINCIPALS[name],
                "主任",
                origin(
                    book,
                    "街道办事处",
                    row,
                    (("subdistrict", name), ("principal", PRINCIPALS[name]), ("post", "主任")),
                ),
            )
            for row, name in enumerate((DURU, DANSHA, DAPING), 2)
        ),
    )


def problem(row: int = 5, **overrides: Any) -> Problem:  # noqa: ANN401 - any field of the record
    """An open problem of 听松里, due in May; subdistrict and company follow the community unless given."""
    values: dict[str, Any] = {
        "serial": str(row - 4),
        "community": "听松里",
        "item": ItemCode(5, 3),
        "description": f"3号楼灭火器压力不足（第{row}行）",
        "found_on": date(2023, 4, 12),
        "measure": "更换灭火器",
        "due_on": date(2023, 5, 12),
        "no_deadline": False,
        "responsible_person": "苏怀瑾",
        "phone": "13800000002",
        "status": Status.OPEN,
        "rectified_on": None,
        "closed_on": None,
        "supervision": "",
        "note": "",
        **overrides,
    }
    subdistrict, company, _ = COMMUNITIES.get(values["community"], (DURU, QINGHE, 0))
    values.setdefault("subdistrict", subdistrict)
    values.setdefault("company", company)
    values.setdefault("responsible_unit", values["company"])
    values.setdefault(
        "origin",
        origin(
            ledger_file(values["subdistrict"]),
            "问题台账",
            row,
            [(name, _typed(values[name])) for name in LEDGER],
        ),
    )
    return Problem(**values)


def _typed(value: object) -> str:
    if isinstance(value, Status):
        return value.zh
    return "" if value is None else str(value)


def self_check(community: str, checked_on: date = date(2023, 4, 20), fails: Sequence[str] = ()) -> SelfCheck:
    """A self-check form; it answers the items named in `fails` ("5-3") with 不符合 and 五-1 with 符合."""
    file = f"自查表/{community}自查表.xlsx"
    answers = [(ItemCode(5, 1), Answer.PASS)]
    answers += [(ItemCode(*map(int, code.split("-"))), Answer.FAIL) for code in fails]
    return SelfCheck(
        community,
        checked_on,
        tuple(
            CheckAnswer(
                code,
                answer,
                "存在问题" if answer is Answer.FAIL else "",
                "",
                None,
                "",
                origin(file, "自查表", row, (("item", str(code)), ("answer", answer.value))),
            )
            for row, (code, answer) in enumerate(answers, 5)
        ),
        origin(file, "自查表", 3, (("checked_on", str(checked_on)),)),
    )


def spot_check(unit: str = DURU, row: int = 3, **overrides: Any) -> SpotCheck:  # noqa: ANN401 - any field
    values: dict[str, Any] = {
        "checked_on": date(2023, 4, 26),
        "community": "听松里",
        "finding": "消防通道被占用",
        "handling": "限期整改",
        **overrides,
    }
    fields = (
        ("checked_on", str(values["checked_on"])),
        ("unit", unit),
        ("community", values["community"]),
        ("finding", values["finding"]),
        ("handling", values["handling"]),
    )
    values.setdefault("origin", origin("督导抽查.xlsx", "督导抽查", row, fields))
    return SpotCheck(unit=unit, **values)


def complaint(row: int = 3, **overrides: Any) -> Complaint:  # noqa: ANN401 - any field
    values: dict[str, Any] = {
        "received_on": date(2023, 4, 3),
        "community": "听松里",
        "content": "反映电梯困人",
        "handler": "县市场监管局",
        "settled_on": None,
        **overrides,
    }
    fields = [(name, _typed(values[name])) for name in values if name != "origin"]
    values.setdefault("origin", origin("信访投诉.xlsx", "信访投诉", row, fields))
    return Complaint(**values)


def activity(unit: str = DURU, kind: str = "召开会议（次）", count: int = 2, row: int = 3) -> Activity:
    fields = (("unit", unit), (kind, str(count)))
    return Activity(unit, kind, count, origin("工作开展情况.xlsx", "工作开展情况", row, fields))


def books(problems: Sequence[Problem] = (), **overrides: Any) -> Books:  # noqa: ANN401 - any field
    """Books of the small roster: a receipt for each subdistrict's ledger, self-checks of all but 临溪苑."""
    values: dict[str, Any] = {
        "as_of": AS_OF,
        "roster": small_roster(),
        "self_checks": tuple(self_check(name) for name in COMMUNITIES if name != "临溪苑"),
        **overrides,
    }
    unreported = values.get("unreported", ())
    values.setdefault(
        "receipts",
        tuple(
            LedgerReceipt(
                s.name,
                CellRef(ledger_file(s.name), "问题台账"),
                values["as_of"],
                sum(p.subdistrict == s.name for p in problems),
                0,
                0,
            )
            for s in values["roster"].subdistricts
            if s.name not in unreported
        ),
    )
    return Books(problems=tuple(problems), **values)


def sample_problems() -> tuple[Problem, ...]:
    """A dozen problems: some done, some struck off, some overdue, one without a deadline, one new."""
    closed = {"status": Status.CLOSED, "rectified_on": date(2023, 4, 21), "closed_on": date(2023, 4, 25)}
    rectified = {"status": Status.RECTIFIED, "rectified_on": date(2023, 4, 26)}
    late = {"due_on": date(2023, 4, 20), "status": Status.IN_PROGRESS}
    return (
        problem(5, community="云栖苑", **closed),
        problem(6, community="云栖苑", item=ItemCode(4, 2), **rectified),
        problem(7, community="听松里", **late),
        problem(8, community="听松里", item=ItemCode(3, 4), status=Status.IN_PROGRESS),
        problem(9, community="沐风庭", item=ItemCode(6, 3), **closed),
        problem(10, community="沐风庭", item=ItemCode(2, 1), **late),
        problem(5, community="望山居", item=ItemCode(5, 4), **late),
        problem(6, community="望山居", item=ItemCode(5, 5), found_on=date(2023, 4, 24)),
        problem(7, community="栖霞里", item=ItemCode(4, 4), no_deadline=True, due_on=None),
        problem(8, community="栖霞里", item=ItemCode(1, 3), **rectified),
        problem(5, community="临溪苑", item=ItemCode(5, 2), due_on=date(2023, 4, 10)),
        problem(6, community="临溪苑", item=ItemCode(6, 1), **closed),
    )


@cache
def rulebook() -> Rulebook:
    """The rulebook that ships with the project."""
    return load(RULES)


def assessed(contents: Books, past: tuple[Snapshot, ...] = ()) -> Assessment:
    """What follows from these books by the shipped rulebook."""
    return assess(contents, past, rulebook())


def snapshot(number: int = 4, contents: Books | None = None, past: tuple[Snapshot, ...] = ()) -> Snapshot:
    """A week as history knows it."""
    contents = contents or books(sample_problems())
    return Snapshot(number, contents, assessed(contents, past))


def week(
    number: int = 5,
    contents: Books | None = None,
    past: tuple[Snapshot, ...] = (),
    faults: tuple[Fault, ...] = (),
    assessment: Assessment | None = None,
    *,
    draft: bool = True,
) -> Week:
    """A week end to end: the sample problems, assessed by the shipped rulebook unless told otherwise."""
    contents = contents or books(sample_problems())
    assessment = assessment or assessed(contents, past)
    return Week(number, contents, faults, assessment, past, draft)
