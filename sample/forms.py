"""The other workbooks of a week: roster, self-checks in three layouts, spot checks, complaints, counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from random import Random

from openpyxl import Workbook

from campaign.records import (
    Activity,
    Answer,
    CheckAnswer,
    Community,
    Complaint,
    Roster,
    SelfCheck,
    SpotCheck,
)
from sample import sheets, spelling
from sample.lexicon import group_names, items
from sample.sheets import Style, Typed, Value

_PLAIN = Style("宋体", "FFD9E1F2", frozenset({1}))
_DAY = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of one sheet: its title, headings and widths; data follow from row 3."""

    title: str
    headings: Sequence[str]
    widths: Sequence[float]
    centred: frozenset[int]


def _fill(book: Workbook, name: str, table: _Table, rows: Sequence[Sequence[Value | Typed]]) -> None:
    sheet = book.create_sheet(name)
    style = Style(_PLAIN.face, _PLAIN.tint, table.centred)
    sheets.banner(sheet, 1, 1, len(table.headings), table.title, style)
    sheets.heading(sheet, 2, 1, table.headings, style)
    for number, values in enumerate(rows, 3):
        sheets.row_of(sheet, number, 1, values, style)
    sheets.widths(sheet, dict(enumerate(table.widths, 1)), 3)
    sheets.printable(sheet, 2)


# --- roster ---------------------------------------------------------------------------------------


def write_roster(roster: Roster, posts: Mapping[str, str], path: Path, day: date) -> None:
    """名册: communities, companies, subdistricts. `posts` maps a subdistrict to its telephone."""
    book = sheets.new_book("县专项整治办")
    _fill(
        book,
        "小区",
        _Table(
            "专项整治范围内住宅小区名册",
            ("序号", "小区名称", "所属街道", "物业企业", "户数", "别名"),
            (6, 20, 20, 36, 9, 20),
            frozenset({1, 3, 5}),
        ),
        [
            [n, c.name, c.subdistrict, c.company, c.households, "、".join(c.aliases) or None]
            for n, c in enumerate(roster.communities, 1)
        ],
    )
    _fill(
        book,
        "物业企业",
        _Table(
            "物业服务企业名册",
            ("序号", "企业名称", "负责人", "联系电话", "别名"),
            (6, 38, 12, 16, 20),
            frozenset({1, 3, 4}),
        ),
        [
            [n, c.name, c.principal, Typed(c.phone, "@"), "、".join(c.aliases) or None]
            for n, c in enumerate(roster.companies, 1)
        ],
    )
    _fill(
        book,
        "街道办事处",
        _Table(
            "街道办事处名册",
            ("序号", "名称", "负责人", "职务", "联系电话"),
            (6, 24, 12, 12, 16),
            frozenset({1, 3, 4, 5}),
        ),
        [
            [n, s.name, s.principal, s.post, Typed(posts.get(s.name), "@")]
            for n, s in enumerate(roster.subdistricts, 1)
        ],
    )
    sheets.save(book, path, day)


# --- self-check forms -----------------------------------------------------------------------------


def write_self_check(habit: str, check: SelfCheck, community: Community, path: Path) -> None:
    """自查表 of one community, in the layout that goes with a ledger habit (see `habits.HABITS`)."""
    book = sheets.new_book(community.company)
    _FORMS[habit](book, check, community)
    sheets.save(book, path, check.checked_on)


def _due(luck: Random, answer: CheckAnswer, write: Callable[[date], Value | Typed]) -> Value | Typed:
    if answer.answer is not Answer.FAIL:
        return None
    return write(answer.due_on) if answer.due_on else spelling.no_deadline(luck)


def _merged_form(book: Workbook, check: SelfCheck, community: Community) -> None:
    sheet = book.create_sheet("自查表")
    style = Style("仿宋", "FFDDEBF7", frozenset({1, 2, 3, 4, 7, 8}))
    luck = Random(check.community)
    sheets.banner(sheet, 1, 1, 8, "住宅小区物业管理服务专项整治自查表", style)
    facts = (
        f"小区名称：{check.community}    物业企业：{community.company}    "
        f"所属街道：{community.subdistrict}    填报时间：{spelling.long_date(check.checked_on)}"
    )
    sheets.line(sheet, 2, 1, facts, style, until=8)
    titles = ("序号", "整治任务", "条目", "自查结果", "存在问题", "整改措施", "整改时限", "责任人")
    sheets.heading(sheet, 3, 1, titles, style)
    words = {Answer.PASS: "√", Answer.FAIL: "×", Answer.NOT_APPLICABLE: "/"}
    for n, a in enumerate(check.answers, 1):
        due = _due(luck, a, lambda day: Typed(day, 'yyyy"年"m"月"d"日"'))
        values: list[Value | Typed] = [n, group_names()[a.item.group], str(a.item), words[a.answer]]
        texts = [a.problem or None, a.measure or None, due, a.responsible_person or None]
        sheets.row_of(sheet, 3 + n, 1, [*values, *texts], style)
    sheets.merge_runs(sheet, 2, 4, [group_names()[a.item.group] for a in check.answers])
    sheets.widths(sheet, dict(enumerate((6, 18, 8, 10, 36, 34, 16, 10), 1)), 4)
    foot = 4 + len(check.answers)
    sheets.line(sheet, foot, 1, "填表人：　　　　　　　　物业项目负责人：　　　　　　　　", style, until=8)
    sheets.printable(sheet, 3)


def _list_form(book: Workbook, check: SelfCheck, community: Community) -> None:
    sheet = book.create_sheet("Sheet1")
    style = Style("宋体", "FFFFF2CC", frozenset({1, 2, 4, 7, 8}))
    luck = Random(check.community)
    sheets.banner(sheet, 1, 1, 9, "物业小区自查情况表", style)
    sheets.line(sheet, 2, 1, f"小区名称：{check.community}", style, until=4)
    sheets.line(sheet, 2, 5, f"物业公司：{community.company}", style, until=6)
    sheets.line(sheet, 2, 7, f"填报时间：{spelling.dotted(check.checked_on)}", style, until=9)
    titles = (
        "编号",
        "检查条目",
        "检查内容",
        "检查结果",
        "问题描述",
        "措施",
        "完成时限",
        "整改责任人",
        "备注",
    )
    sheets.heading(sheet, 4, 1, titles, style)
    words = {Answer.PASS: "符合", Answer.FAIL: "不符合", Answer.NOT_APPLICABLE: "不适用"}
    shorts = {item.code: item.short for item in items()}
    for n, a in enumerate(check.answers, 1):
        code = Typed(spelling.item_text("list", a.item, luck), "@")
        due = _due(luck, a, lambda day: spelling.date_text(luck, day, check.checked_on))
        texts = [a.problem or None, a.measure or None, due, a.responsible_person or None, None]
        sheets.row_of(sheet, 4 + n, 1, [n, code, shorts[a.item], words[a.answer], *texts], style)
    sheets.widths(sheet, dict(enumerate((6, 12, 24, 10, 34, 32, 16, 12, 10), 1)), 5)
    sheets.printable(sheet, 4)


def _tabs_form(book: Workbook, check: SelfCheck, community: Community) -> None:
    sheet = book.create_sheet(check.community)
    style = Style("等线", "FFE2EFDA", frozenset({1, 2, 3, 5, 8, 9}))
    luck = Random(check.community)
    sheets.banner(sheet, 1, 1, 9, "物业服务项目自查清单", style)
    for column, value in (
        (1, "小区名称"),
        (3, check.community),
        (5, "物业企业"),
        (6, community.company),
        (8, "填报日期"),
        (9, check.checked_on),
    ):
        sheets.line(sheet, 2, column, value, style)
    titles = ("序号", "类别", "清单条目", "内容", "是否符合", "存在的问题", "整改措施", "整改期限", "负责人")
    sheets.heading(sheet, 3, 1, titles, style)
    words = {Answer.PASS: "是", Answer.FAIL: "否", Answer.NOT_APPLICABLE: "不涉及"}
    shorts = {item.code: item.short for item in items()}
    for n, a in enumerate(check.answers, 1):
        code = Typed(spelling.item_text("tabs", a.item, luck), "@")
        due = _due(luck, a, lambda day: Typed(day, "yyyy-m-d"))
        values: list[Value | Typed] = [
            *(n, group_names()[a.item.group], code, shorts[a.item], words[a.answer])
        ]
        texts = [a.problem or None, a.measure or None, due, a.responsible_person or None]
        sheets.row_of(sheet, 3 + n, 1, [*values, *texts], style)
    sheets.merge_runs(sheet, 2, 4, [group_names()[a.item.group] for a in check.answers])
    sheets.widths(sheet, dict(enumerate((10, 18, 14, 24, 10, 34, 32, 12, 16), 1)), 4)
    sheets.printable(sheet, 3)


_FORMS: Mapping[str, Callable[[Workbook, SelfCheck, Community], None]] = {
    "merged": _merged_form,
    "list": _list_form,
    "tabs": _tabs_form,
}


# --- what the leading group's office keeps itself -------------------------------------------------


def write_spot_checks(checks: Sequence[SpotCheck], path: Path, day: date) -> None:
    """督导抽查."""
    table = _Table(
        "专项整治督导抽查情况登记表",
        ("序号", "抽查日期", "被查单位", "抽查小区", "抽查发现问题", "处理意见", "备注"),
        (6, 13, 26, 18, 44, 36, 10),
        frozenset({1, 2, 3, 4}),
    )
    rows = [
        [n, Typed(c.checked_on, _DAY), c.unit, c.community or None, c.finding, c.handling, None]
        for n, c in enumerate(checks, 1)
    ]
    book = sheets.new_book("县专项整治办")
    _fill(book, "督导抽查", table, rows)
    sheets.save(book, path, day)


def write_complaints(complaints: Sequence[Complaint], path: Path, day: date) -> None:
    """信访投诉."""
    table = _Table(
        "物业管理信访投诉登记表",
        ("序号", "受理日期", "涉及小区", "反映内容", "承办单位", "办结日期", "备注"),
        (6, 13, 18, 48, 28, 13, 10),
        frozenset({1, 2, 3, 6}),
    )
    rows = [
        [n, Typed(c.received_on, _DAY), c.community, c.content, c.handler, Typed(c.settled_on, _DAY), None]
        for n, c in enumerate(complaints, 1)
    ]
    book = sheets.new_book("县专项整治办")
    _fill(book, "信访投诉", table, rows)
    sheets.save(book, path, day)


def write_activities(activities: Sequence[Activity], path: Path, day: date) -> None:
    """工作开展情况: a row per unit, a column per kind of work, and a total."""
    kinds = list(dict.fromkeys(a.kind for a in activities))
    table = _Table(
        f"专项整治工作开展情况统计表（截至{spelling.long_date(day)}）",
        ("序号", "单位", *kinds),
        (6, 28, *[16] * len(kinds)),
        frozenset(range(1, 3 + len(kinds))) - {2},
    )
    rows: list[list[Value | Typed]] = []
    for n, (unit, counts) in enumerate(groupby(activities, key=lambda a: a.unit), 1):
        by_kind = {a.kind: a.count for a in counts}
        rows.append([n, unit, *(by_kind[kind] for kind in kinds)])
    totals = [sum(a.count for a in activities if a.kind == kind) for kind in kinds]
    rows.append(["合计", None, *totals])
    book = sheets.new_book("县专项整治办")
    _fill(book, "工作开展情况", table, rows)
    sheets.save(book, path, day)
