"""Reading the cases beside the rules (rules/cases/*.yaml) into weeks and what must come of them.

A file is about one rule or consequence (规则). A case gives what was in the workbooks and says what must come
of it: 得分 (the points of the rule's line, or 无), 总分, 等级, 名次, 单元格, 未评价,
处置, 被约谈人. Cells lie in this week's workbooks unless 依据期 names an earlier bulletin. Rows of problems
count from 5 in each office's ledger, in the order of the case. What a case does not mention was in order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from campaign.cases import county
from campaign.cases.changes import changes_of
from campaign.cases.county import Cast
from campaign.cases.ledgers import day_of, item_of, problems
from campaign.records import (
    Assessment,
    Books,
    CellRef,
    Changes,
    Complaint,
    Decision,
    DecisionKind,
    Figures,
    ItemCode,
    LedgerReceipt,
    Merit,
    PendingRow,
    Recheck,
    Scorecard,
    SelfCheck,
    Snapshot,
    SpotCheck,
    SubjectKind,
    Tally,
)
from campaign.rulebook.model import Rulebook
from campaign.rulebook.reader import Entry, read

FOLDER = "cases"
CAST = "名册.yaml"
NOTHING = "无"
_CASE = ("名称", "对象", "截至")
_GIVEN = (
    "问题",
    "消失",
    "未排查",
    "不适用",
    "待核实",
    "抽查",
    "投诉",
    "考核事项",
    "未报送",
    "往期",
    "企业数",
)
_EXPECTED = ("得分", "总分", "等级", "名次", "单元格", "依据期", "未评价", "处置", "被约谈人")
_FIRST = 3  # the first row of the other tables
_PENDING = 40  # the first row that waits for its office
_RECHECK = ("地点", "日期", "发现", "问题编号", "复查结果")
_MATTER = ("对象", "级别", "数量", "评分人", "分值", "证明", "地点", "条目", "修复", "件数")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the week it is about and what is expected; None where the case does not say."""

    file: str
    rule: str
    name: str
    subject: str
    books: Books
    past: tuple[Snapshot, ...]
    changes: Changes
    points: Decimal | None
    fires: bool
    total: Decimal | None
    grade: str | None
    rank: int | None
    cells: tuple[str, ...] | None
    issue: int  # the bulletin in whose workbooks the cells lie, 0 for this week's
    unrated: bool
    rung: str | None
    decision: bool | None

    def __str__(self) -> str:
        return f"{self.rule} {self.name}"


@dataclass(frozen=True, slots=True)
class _Setting:
    """What cases are read against."""

    rulebook: Rulebook
    cast: Cast
    file: str


def read_cases(folder: Path, rulebook: Rulebook, shown: str = "rules/cases") -> tuple[Case, ...]:
    """All cases of a folder, file by file; none where there is no such folder.

    Raises:
        RulesError: a file of cases is wrong; the message names file and line.
    """
    if not (folder / CAST).is_file():
        return ()
    agencies = [agency.name for agency in rulebook.campaign.agencies]
    cast = county.read_cast(read(folder / CAST, f"{shown}/{CAST}"), agencies)
    return tuple(
        case
        for path in sorted(folder.glob("*.yaml"))
        if path.name != CAST
        for case in _file(
            read(path, f"{shown}/{path.name}"), _Setting(rulebook, cast, f"{shown}/{path.name}")
        )
    )


def _file(entry: Entry, setting: _Setting) -> Iterator[Case]:
    fields = entry.mapping(("规则", "案例"))
    for item in fields["案例"].items():
        yield _case(fields["规则"].text(), item, setting)


def _case(rule: str, entry: Entry, setting: _Setting) -> Case:
    fields = entry.mapping(_CASE, (*_GIVEN, *_EXPECTED))
    subject, as_of = fields["对象"].text(), fields["截至"].day()
    cast = setting.cast
    if "企业数" in fields:
        cast = county.with_companies(cast, fields["企业数"].whole(len(cast.roster.companies)))
    kind = _kind(fields["对象"], cast)
    said = fields["得分"].text() if "得分" in fields else NOTHING
    points = None if said == NOTHING else fields["得分"].number()
    decision = fields["处置"].flag() if "处置" in fields else None
    books = _books(fields, as_of, cast, setting.rulebook)
    past, changes = changes_of(fields, books, _past(fields, subject, kind, cast), cast, setting.rulebook)
    return Case(
        file=setting.file,
        rule=rule,
        name=fields["名称"].text(),
        subject=subject,
        books=books,
        past=past,
        changes=changes,
        points=points,
        fires=points is not None or bool(decision),
        total=fields["总分"].number() if "总分" in fields else None,
        grade=fields["等级"].text() if "等级" in fields else None,
        rank=fields["名次"].whole(1) if "名次" in fields else None,
        cells=fields["单元格"].texts() if "单元格" in fields else None,
        issue=fields["依据期"].whole() if "依据期" in fields else 0,
        unrated=fields["未评价"].flag() if "未评价" in fields else False,
        rung=fields["被约谈人"].text() if "被约谈人" in fields else None,
        decision=decision,
    )


def _kind(entry: Entry, cast: Cast) -> SubjectKind:
    names = {
        **{s.name: SubjectKind.SUBDISTRICT for s in cast.roster.subdistricts},
        **{c.name: SubjectKind.COMPANY for c in cast.roster.companies},
        **dict.fromkeys(cast.agencies, SubjectKind.AGENCY),
    }
    return entry.one_of(names)


def _books(fields: Mapping[str, Entry], as_of: date, cast: Cast, rulebook: Rulebook) -> Books:
    unreported = fields["未报送"].texts() if "未报送" in fields else ()
    listed = tuple(problems(fields.get("问题"), as_of, cast, rulebook))
    return Books(
        as_of=as_of,
        roster=cast.roster,
        problems=listed,
        pending=tuple(_pending(fields.get("待核实"))),
        self_checks=tuple(_self_checks(fields, as_of, cast, rulebook)),
        spot_checks=tuple(_spot_checks(fields["抽查"], rulebook)) if "抽查" in fields else None,
        complaints=tuple(_complaints(fields["投诉"], cast)) if "投诉" in fields else None,
        receipts=tuple(
            LedgerReceipt(s.name, CellRef(county.ledger_file(s.name), "问题台账"), as_of, 0, 0, 0)
            for s in cast.roster.subdistricts
            if s.name not in unreported
        ),
        unreported=unreported,
        merits=tuple(_merits(fields, rulebook)) if "考核事项" in fields else None,
    )


def _self_checks(
    fields: Mapping[str, Entry], as_of: date, cast: Cast, rulebook: Rulebook
) -> Iterator[SelfCheck]:
    """Every community's form but those of 未排查; items listed under 不适用 are answered so."""
    unchecked = fields["未排查"].texts() if "未排查" in fields else ()
    answers: dict[str, list[ItemCode]] = {}
    for item in fields["不适用"].items() if "不适用" in fields else ():
        said = item.mapping(("地点", "条目"))
        answers.setdefault(said["地点"].text(), []).append(item_of(said["条目"], rulebook))
    for community in cast.roster.communities:
        if community.name not in unchecked:
            yield county.self_check(community.name, as_of, answers.get(community.name, ()))


def _pending(entry: Entry | None) -> Iterator[PendingRow]:
    for n, item in enumerate(entry.items() if entry else ()):
        place = CellRef(county.ledger_file(item.text()), "问题台账", _PENDING + n, 2)
        yield PendingRow(item.text(), (), ("I-CELL-COMMUNITY",), place)


def _spot_checks(entry: Entry, rulebook: Rulebook) -> Iterator[SpotCheck]:
    """A unit inspected, with a finding; or more of it, and then a finding only where the case says so."""
    results = {spelled[0]: Recheck(value) for value, spelled in rulebook.words.values["recheck"].items()}
    columns = dict.fromkeys(("checked_on", "unit", "community", "finding", "problem", "recheck", "handling"))
    for row, item in enumerate(entry.items(), _FIRST):
        place = county.origin("督导抽查.xlsx", "督导抽查", row, columns)
        if item.is_text:
            yield SpotCheck(rulebook.campaign.starts_on, item.text(), "", f"第{row}行的问题", "", place)
            continue
        said = item.mapping(("单位",), _RECHECK)
        yield SpotCheck(
            checked_on=said["日期"].day() if "日期" in said else rulebook.campaign.starts_on,
            unit=said["单位"].text(),
            community=_text(said, "地点"),
            finding=_text(said, "发现"),
            handling="",
            origin=place,
            serial=_text(said, "问题编号"),
            recheck=said["复查结果"].one_of(results) if "复查结果" in said else None,
        )


def _complaints(entry: Entry, cast: Cast) -> Iterator[Complaint]:
    for row, item in enumerate(entry.items(), _FIRST):
        fields = item.mapping(("承办", "受理"), ("办结",))
        columns = dict.fromkeys(("received_on", "community", "content", "handler", "settled_on"))
        yield Complaint(
            fields["受理"].day(),
            cast.roster.communities[0].name,
            f"第{row}行的诉求",
            fields["承办"].text(),
            day_of(fields, "办结"),
            county.origin("信访投诉.xlsx", "信访投诉", row, columns),
        )


def _merits(fields: Mapping[str, Entry], rulebook: Rulebook) -> Iterator[Merit]:
    """Matters of the case's own subject, unless another is named."""
    row = _FIRST - 1
    for item in fields["考核事项"].items():
        said = item.mapping(("日期", "事项"), _MATTER)
        for _ in range(said["件数"].whole(1) if "件数" in said else 1):
            row += 1
            yield Merit(
                dated_on=said["日期"].day(),
                unit=said.get("对象", fields["对象"]).text(),
                matter=said["事项"].text(),
                level=_text(said, "级别"),
                quantity=said["数量"].number() if "数量" in said else None,
                rater=_text(said, "评分人"),
                mark=said["分值"].number() if "分值" in said else None,
                proof=_text(said, "证明"),
                community=_text(said, "地点"),
                item=item_of(said["条目"], rulebook) if "条目" in said else None,
                repaired_on=day_of(said, "修复"),
                note="",
                origin=county.origin("考核事项.xlsx", "考核事项", row, dict.fromkeys(county.MATTERS)),
            )


def _text(fields: Mapping[str, Entry], name: str) -> str:
    return fields[name].text() if name in fields else ""


def _past(fields: Mapping[str, Entry], subject: str, kind: SubjectKind, cast: Cast) -> tuple[Snapshot, ...]:
    """Earlier weeks, of which a case says what matters: who was last, what was decided, who was absent."""
    weeks = []
    for number, item in enumerate(fields["往期"].items() if "往期" in fields else (), 1):
        week = item.mapping(("截至",), ("末位", "处置", "未报送"))
        as_of = week["截至"].day()
        absent = week["未报送"].texts() if "未报送" in week else ()
        cards = _cards(week["末位"].text(), kind) if "末位" in week else ()
        decisions = tuple(_decision(d, subject, kind) for d in week["处置"].items()) if "处置" in week else ()
        books = Books(as_of, cast.roster, unreported=absent)
        weeks.append(Snapshot(number, books, Assessment(Figures(as_of, Tally()), cards, decisions)))
    return tuple(weeks)


def _cards(last: str, kind: SubjectKind) -> tuple[Scorecard, ...]:
    """A ranking in which one subject is last of twelve."""
    others = [Scorecard(f"另{n}", kind, Decimal(100), Decimal(90), "", 1) for n in range(11)]
    return (*others, Scorecard(last, kind, Decimal(100), Decimal(10), "", len(others) + 1))


def _decision(entry: Entry, subject: str, kind: SubjectKind) -> Decision:
    fields = entry.mapping(("种类", "规则"))
    return Decision(fields["种类"].member(DecisionKind), subject, kind, fields["规则"].text(), "", (), ())
