"""Reading tests/rules/*.yaml: cases that an official can read, on the invented county of tests/support.

A file is about one rule or consequence. A case gives what was in the workbooks and says what must come of it:
得分 (the points of the rule's line, or 无), 等级, 未评价 or 处置. Rows of problems count from 5 in each
subdistrict's ledger, in the order of the case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from campaign.records import (
    Assessment,
    Books,
    CellRef,
    Community,
    Company,
    Complaint,
    Decision,
    DecisionKind,
    Figures,
    ItemCode,
    PendingRow,
    Problem,
    Roster,
    Scorecard,
    SelfCheck,
    Snapshot,
    SpotCheck,
    Status,
    SubjectKind,
    Tally,
)
from campaign.rulebook.reader import Entry, read
from tests.support import county

FOLDER = Path(__file__).parent
NOTHING = "无"

_CASE = ("名称", "对象", "截至")
_GIVEN = ("问题", "未排查", "待核实", "抽查", "投诉", "未报送", "往期", "企业数")
_EXPECTED = ("得分", "等级", "单元格", "未评价", "处置", "被约谈人")
_STATUS = {status.zh: status for status in Status}
_EXTRA = "示例"


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the week it is about and what is expected; None where the case does not say."""

    rule: str
    name: str
    subject: str
    books: Books
    past: tuple[Snapshot, ...]
    points: Decimal | None
    fires: bool
    grade: str | None
    cells: tuple[str, ...] | None
    unrated: bool
    rung: str | None
    decision: bool | None

    def __str__(self) -> str:
        return f"{self.rule} {self.name}"


def cases() -> Iterator[Case]:
    """All cases, file by file."""
    for path in sorted(FOLDER.glob("*.yaml")):
        fields = read(path, f"tests/rules/{path.name}").mapping(("规则", "案例"))
        for entry in fields["案例"].items():
            yield _case(fields["规则"].text(), entry)


def _case(rule: str, entry: Entry) -> Case:
    fields = entry.mapping(_CASE, (*_GIVEN, *_EXPECTED))
    subject, as_of = fields["对象"].text(), fields["截至"].day()
    said = fields["得分"].text() if "得分" in fields else NOTHING
    decision = fields["处置"].flag() if "处置" in fields else None
    unrated = fields["未评价"].flag() if "未评价" in fields else False
    return Case(
        rule=rule,
        name=fields["名称"].text(),
        subject=subject,
        books=_books(fields, as_of),
        past=_past(fields, subject),
        points=None if said == NOTHING else Decimal(said),
        fires=said != NOTHING or bool(decision),
        grade=fields["等级"].text() if "等级" in fields else None,
        cells=fields["单元格"].texts() if "单元格" in fields else None,
        unrated=unrated,
        rung=fields["被约谈人"].text() if "被约谈人" in fields else None,
        decision=decision,
    )


def _books(fields: Mapping[str, Entry], as_of: date) -> Books:
    roster = _roster(fields["企业数"].whole(3) if "企业数" in fields else 3)
    unchecked = fields["未排查"].texts() if "未排查" in fields else ()
    return county.books(
        _problems(fields.get("问题"), as_of),
        as_of=as_of,
        roster=roster,
        self_checks=tuple(_checked(roster, unchecked, as_of)),
        pending=tuple(_pending(fields.get("待核实"))),
        spot_checks=None if "抽查" not in fields else tuple(_spot_checks(fields["抽查"])),
        complaints=None if "投诉" not in fields else tuple(_complaints(fields["投诉"])),
        unreported=fields["未报送"].texts() if "未报送" in fields else (),
    )


def _roster(companies: int) -> Roster:
    """The small roster, with further companies of one checked community each up to the number asked for."""
    roster = county.small_roster()
    extra = [f"{_EXTRA}{n}" for n in range(companies - len(roster.companies))]
    first, community = roster.companies[0], roster.communities[0]
    return replace(
        roster,
        companies=(*roster.companies, *(Company(f"{n}物业", "", "", first.origin) for n in extra)),
        communities=(
            *roster.communities,
            *(Community(f"{n}苑", county.DAPING, f"{n}物业", 100, community.origin) for n in extra),
        ),
    )


def _problems(entry: Entry | None, as_of: date) -> tuple[Problem, ...]:
    """Problems as written; what a case leaves out is not yet due and was found before the as-of date."""
    rows: dict[str, int] = {}
    problems: list[Problem] = []
    for item in entry.items() if entry else ():
        fields = item.mapping(("小区", "状态"), ("条目", "发现", "时限", "完成", "销号", "责任单位", "件数"))
        community = fields["小区"].text()
        subdistrict, company, _ = county.COMMUNITIES[community]
        due = fields["时限"].text(blank=True) if "时限" in fields else str(as_of)
        for _ in range(fields["件数"].whole(1) if "件数" in fields else 1):
            rows[subdistrict] = rows.get(subdistrict, 4) + 1
            problems.append(
                county.problem(
                    rows[subdistrict],
                    community=community,
                    status=fields["状态"].one_of(_STATUS),
                    item=_item(fields["条目"].text()) if "条目" in fields else ItemCode(3, 1),
                    found_on=fields["发现"].day() if "发现" in fields else date(2023, 3, 30),
                    due_on=None if due in {"", "长期坚持"} else date.fromisoformat(due),
                    no_deadline=due == "长期坚持",
                    rectified_on=fields["完成"].day() if "完成" in fields else None,
                    closed_on=fields["销号"].day() if "销号" in fields else None,
                    responsible_unit=fields["责任单位"].text() if "责任单位" in fields else company,
                )
            )
    return tuple(problems)


def _item(text: str) -> ItemCode:
    return {str(code): code for code in county.rulebook().checklist.codes}[text]


def _checked(roster: Roster, unchecked: tuple[str, ...], as_of: date) -> Iterator[SelfCheck]:
    for community in roster.communities:
        if community.name not in unchecked:
            yield county.self_check(community.name, as_of)


def _pending(entry: Entry | None) -> Iterator[PendingRow]:
    for n, item in enumerate(entry.items() if entry else ()):
        place = CellRef(county.ledger_file(item.text()), "问题台账", 40 + n, 2)
        yield PendingRow(item.text(), (), ("I-CELL-COMMUNITY",), place)


def _spot_checks(entry: Entry) -> Iterator[SpotCheck]:
    for row, item in enumerate(entry.items(), 3):
        yield county.spot_check(item.text(), row, checked_on=date(2023, 4, 1))


def _complaints(entry: Entry) -> Iterator[Complaint]:
    for row, item in enumerate(entry.items(), 3):
        fields = item.mapping(("承办", "受理"), ("办结",))
        yield county.complaint(
            row,
            handler=fields["承办"].text(),
            received_on=fields["受理"].day(),
            settled_on=fields["办结"].day() if "办结" in fields else None,
        )


def _past(fields: Mapping[str, Entry], subject: str) -> tuple[Snapshot, ...]:
    """Earlier weeks, of which a case says what matters: who was last, what was decided, who was absent."""
    if "往期" not in fields:
        return ()
    weeks = []
    for number, item in enumerate(fields["往期"].items(), 1):
        week = item.mapping(("截至",), ("末位", "处置", "未报送"))
        as_of = week["截至"].day()
        kind = _kind(subject)
        books = county.books(as_of=as_of, unreported=week["未报送"].texts() if "未报送" in week else ())
        cards = _cards(week["末位"].text(), kind) if "末位" in week else ()
        decisions = tuple(_decision(d, subject, kind) for d in week["处置"].items()) if "处置" in week else ()
        weeks.append(Snapshot(number, books, Assessment(Figures(as_of, Tally()), cards, decisions)))
    return tuple(weeks)


def _kind(subject: str) -> SubjectKind:
    if subject.endswith("街道办事处"):
        return SubjectKind.SUBDISTRICT
    return SubjectKind.AGENCY if subject.startswith("县") else SubjectKind.COMPANY


def _cards(last: str, kind: SubjectKind) -> tuple[Scorecard, ...]:
    """A ranking in which one subject is last of twelve."""
    others = [Scorecard(f"另{n}", kind, Decimal(100), Decimal(90), "优秀", 1) for n in range(11)]
    return (*others, Scorecard(last, kind, Decimal(100), Decimal(10), "不合格", 12))


def _decision(entry: Entry, subject: str, kind: SubjectKind) -> Decision:
    fields = entry.mapping(("种类", "规则"))
    return Decision(fields["种类"].member(DecisionKind), subject, kind, fields["规则"].text(), "", (), ())
