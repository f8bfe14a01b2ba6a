"""Three offices' ways of keeping an issue ledger; any records can be written in any of them.

`merged`  a two-row heading with groups, cells merged downwards, real dates, a total and a signature row
`list`    a table that begins in B6 below two lines of particulars, dates as text in many spellings, name and
          telephone in one cell, √ and ×, a column of its own for 销号, the heading repeated on the way down
`tabs`    a sheet for each community and a last one that repeats them all, dates as bare serial numbers,
          deadlines as 4月28日前, 序号 as a formula, subtotals

A habit changes the spelling, never the content: read back, the records are the same, serials apart.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from random import Random

from openpyxl import Workbook

from campaign.records import CHINESE_DIGITS, Problem, Status
from sample import sheets, spelling
from sample.lexicon import group_names
from sample.sheets import Style, Typed, Value

_LONG_TABLE = 40  # rows after which the heading is typed again
_SHEET_NAME = 31  # characters that Excel allows


@dataclass(frozen=True, slots=True)
class Ledger:
    """What one office reports on one day.

    `aliases` maps roster names to what this office writes instead; `neighbourhoods` maps a community to its
    社区. `loose` lets names be typed untidily and years be left out; without it only the layout varies.
    """

    subdistrict: str
    reported_on: date
    problems: Sequence[Problem]
    aliases: Mapping[str, str] = field(default_factory=dict)
    neighbourhoods: Mapping[str, str] = field(default_factory=dict)
    loose: bool = True

    @property
    def near(self) -> date | None:
        """The day near which a year may be left out."""
        return self.reported_on if self.loose else None

    def name(self, roster_name: str) -> str:
        """What the office calls somebody."""
        return self.aliases.get(roster_name, roster_name)


def write_ledger(habit: str, ledger: Ledger, path: Path) -> None:
    """Write records as a workbook.

    Args:
        habit: one of `HABITS`.
        ledger: the office, the day and the records.
        path: where to; folders are made.

    Raises:
        KeyError: no such habit.
    """
    book = sheets.new_book(ledger.subdistrict)
    HABITS[habit](book, ledger)
    sheets.save(book, path, ledger.reported_on)


def _luck(problem: Problem) -> Random:
    """The same row is typed the same way every week."""
    return Random(f"{problem.community} {problem.description} {problem.found_on}")


# --- merged ---------------------------------------------------------------------------------------

_FOUND = ("所属类别", "清单条目", "存在问题描述", "发现日期", "检查方式")
_MENDED = (
    *("整改措施及要求", "整改期限", "整改责任单位", "具体责任人"),
    *("手机号码", "当前状态", "完成日期", "销号日期"),
)
_MERGED = ("编号", "社区", "住宅小区", "物业服务企业", *_FOUND, *_MENDED, "督办级别", "说明")
_MERGED_WIDTHS = (6, 13, 16, 20, 16, 9, 36, 15, 10, 34, 15, 20, 10, 14, 10, 15, 15, 11, 22)
_LONG, _ISO, _SHORT = 'yyyy"年"m"月"d"日"', "yyyy-mm-dd", 'm"月"d"日"'


def _write_merged(book: Workbook, ledger: Ledger) -> None:
    sheet = book.create_sheet("问题台账")
    last = len(_MERGED)
    style = Style("仿宋", "FFDDEBF7", frozenset({1, 2, 3, 4, 6, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18}))
    sheets.banner(sheet, 1, 1, last, "住宅小区物业管理服务专项整治问题台账", style)
    sheets.line(sheet, 2, 1, f"填报单位（盖章）：{ledger.subdistrict}", style, until=8)
    sheets.line(sheet, 2, 10, f"填报时间：{spelling.long_date(ledger.reported_on)}", style, until=14)
    sheets.heading(sheet, 3, 1, _two_rows_top(), style)
    sheets.heading(sheet, 4, 1, [t if t in (*_FOUND, *_MENDED) else "" for t in _MERGED], style)
    for column, title in enumerate(_MERGED, 1):
        if title not in (*_FOUND, *_MENDED):
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    sheet.merge_cells(start_row=3, end_row=3, start_column=5, end_column=4 + len(_FOUND))
    sheet.merge_cells(start_row=3, end_row=3, start_column=5 + len(_FOUND), end_column=last - 2)
    for number, problem in enumerate(ledger.problems, 1):
        sheets.row_of(sheet, 4 + number, 1, _merged_row(ledger, problem, number), style)
    for column, names in (
        (2, [ledger.neighbourhoods.get(p.community, "") for p in ledger.problems]),
        (3, [p.community for p in ledger.problems]),
        (4, [p.company for p in ledger.problems]),
    ):
        sheets.merge_runs(sheet, column, 5, names)
    foot = 5 + len(ledger.problems)
    communities = len({p.community for p in ledger.problems})
    total: list[Value] = ["合计", None, f"{communities}个小区", None, None, None, len(ledger.problems)]
    sheets.row_of(sheet, foot, 1, [*total, *[None] * (last - len(total))], style)
    sheets.widths(sheet, dict(enumerate(_MERGED_WIDTHS, 1)), 5)
    sheets.line(sheet, foot + 1, 1, "注：销号以街道工作组现场验收为准，长期坚持类事项不设时限。", style, last)
    sheets.line(
        sheet, foot + 2, 1, "填报人：　　　　　　　　审核人：　　　　　　　　主要负责人：", style, last
    )
    sheets.printable(sheet, 4)


def _two_rows_top() -> list[str]:
    groups = {_FOUND[0]: "排查情况", _MENDED[0]: "整改情况"}
    inner = {*_FOUND, *_MENDED}
    return [groups.get(t, "" if t in inner else t) for t in _MERGED]


def _merged_row(ledger: Ledger, problem: Problem, number: int) -> list[Value | Typed]:
    luck = _luck(problem)
    category = ""
    if problem.item is not None:
        group = problem.item.group
        category = f"（{CHINESE_DIGITS[group]}）{group_names().get(group, '')}"
    due: Value | Typed = spelling.no_deadline(luck) if problem.no_deadline else None
    if problem.due_on is not None:
        due = Typed(problem.due_on, _LONG)
    # A telephone number is as often a number as a text.
    phone = int(problem.phone) if problem.phone.isdecimal() and problem.phone[0] != "0" else problem.phone
    return [
        number,
        ledger.neighbourhoods.get(problem.community) or None,
        ledger.name(problem.community),
        ledger.name(problem.company),
        category or None,
        spelling.item_text("merged", problem.item, luck) or None,
        problem.description,
        Typed(problem.found_on, _LONG),
        luck.choice(("现场检查", "现场检查", "查阅资料", "群众反映")),
        problem.measure or None,
        due,
        problem.responsible_unit or None,
        problem.responsible_person or None,
        Typed(phone or None, "0") if luck.random() < 0.7 else problem.phone or None,  # noqa: PLR2004
        spelling.status_text("merged", problem.status, luck),
        Typed(problem.rectified_on, _ISO),
        Typed(problem.closed_on, _SHORT if ledger.loose else _ISO),
        problem.supervision or None,
        problem.note or None,
    ]


# --- list -----------------------------------------------------------------------------------------

_LIST = (
    *("顺序号", "对应条目", "物业小区", "物业公司名称", "问题隐患", "排查日期", "处理措施", "要求完成时间"),
    *("整改责任主体", "责任人及联系方式", "是否整改到位", "实际完成日期", "是否通过验收", "验收日期"),
    *("处置方式", "备注"),
)
_LIST_WIDTHS = (7, 12, 16, 22, 36, 19, 34, 19, 22, 19, 12, 19, 11, 19, 11, 22)
_LEFT, _HEAD = 2, 6


def _write_list(book: Workbook, ledger: Ledger) -> None:
    sheet = book.create_sheet("Sheet1")
    book.create_sheet("Sheet2")
    style = Style("宋体", "FFFFF2CC", frozenset({2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16}))
    sheets.banner(sheet, 2, _LEFT, _LEFT + len(_LIST) - 1, "物业专项整治问题清单及销号情况表", style)
    sheets.line(sheet, 4, 2, "填报单位", style)
    sheets.line(sheet, 4, 3, ledger.subdistrict.replace("街道办事处", "街道办"), style)
    sheets.line(sheet, 4, 13, "填报日期", style)
    sheets.line(sheet, 4, 14, spelling.dotted(ledger.reported_on), style)
    sheets.heading(sheet, _HEAD, _LEFT, _LIST, style)
    row = _HEAD
    for number, problem in enumerate(ledger.problems, 1):
        row += 1
        if number > 1 and number % _LONG_TABLE == 1:
            sheets.heading(sheet, row, _LEFT, _LIST, style)
            row += 1
        sheets.row_of(sheet, row, _LEFT, _list_row(ledger, problem, number), style)
    sheets.widths(sheet, {1: 2, **dict(enumerate(_LIST_WIDTHS, _LEFT))}, _HEAD)
    sheets.line(sheet, row + 2, 2, "填表人：", style)
    sheets.line(sheet, row + 2, 6, "分管领导签字：", style)
    sheets.printable(sheet, _HEAD)


def _list_row(ledger: Ledger, problem: Problem, number: int) -> list[Value | Typed]:
    luck = _luck(problem)

    def day(value: date | None, none: str) -> str:
        return spelling.date_text(luck, value, ledger.near) if value else none

    closed = problem.status is Status.CLOSED
    due = spelling.no_deadline(luck) if problem.no_deadline else day(problem.due_on, "")
    gap = luck.choice(("\xa0", "\u3000", "\n", "："))
    person = f"{problem.responsible_person}{gap}{problem.phone}".strip(gap)
    community = ledger.name(problem.community)
    return [
        spelling.wide(str(number)) if luck.random() < 0.3 else number,  # noqa: PLR2004
        Typed(spelling.item_text("list", problem.item, luck) or None, "@"),
        spelling.untidy(luck, community) if ledger.loose else community,
        ledger.name(problem.company),
        problem.description,
        day(problem.found_on, ""),
        problem.measure or None,
        due or None,
        problem.responsible_unit or None,
        person or None,
        spelling.status_text("list", problem.status, luck),
        day(problem.rectified_on, "/"),
        luck.choice(("是", "√")) if closed else luck.choice(("否", "×")),
        day(problem.closed_on, "—"),
        problem.supervision or "无",
        problem.note or None,
    ]


# --- tabs -----------------------------------------------------------------------------------------

_TABS = (
    *("序号", "小区名", "管理企业", "条款", "主要问题", "检查日期", "整改办法", "计划完成时间", "牵头单位"),
    *("整改责任人", "电话", "办理情况", "整改完成日期", "核销时间", "督办", "其他"),
)
_TABS_WIDTHS = (6, 16, 22, 13, 36, 11, 34, 14, 22, 11, 14, 13, 13, 11, 11, 22)


def _write_tabs(book: Workbook, ledger: Ledger) -> None:
    for community, problems in groupby(ledger.problems, key=lambda p: p.community):
        _tab(book, _sheet_name(book, community), ledger, list(problems), "小计")
    _tab(book, "全街道汇总", ledger, list(ledger.problems), "合计")


def _sheet_name(book: Workbook, community: str) -> str:
    plain = "".join("_" if c in r"[]:*?/\ '" else c for c in community)[: _SHEET_NAME - 3] or "小区"
    taken = {name.lower() for name in book.sheetnames}
    names = [plain, *(f"{plain}{n}" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name.lower() not in taken)


def _tab(book: Workbook, name: str, ledger: Ledger, problems: list[Problem], sum_word: str) -> None:
    sheet = book.create_sheet(name)
    style = Style("等线", "FFE2EFDA", frozenset({1, 2, 3, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15}))
    day = ledger.reported_on
    office = ledger.subdistrict.replace("街道办事处", "街道办")
    until = f"{day.month}月{day.day}日" if ledger.loose else spelling.long_date(day)
    sheets.banner(sheet, 1, 1, len(_TABS), f"{office}物业小区整治情况明细表（截至{until}）", style)
    sheets.heading(sheet, 2, 1, _TABS, style)
    for row, problem in enumerate(problems, 3):
        sheets.row_of(sheet, row, 1, _tabs_row(ledger, problem), style)
    foot: list[Value] = [sum_word, None, None, None, len(problems)]
    sheets.row_of(sheet, 3 + len(problems), 1, [*foot, *[None] * (len(_TABS) - len(foot))], style)
    sheets.widths(sheet, dict(enumerate(_TABS_WIDTHS, 1)), 3)
    sheets.printable(sheet, 2)


def _tabs_row(ledger: Ledger, problem: Problem) -> list[Value | Typed]:
    luck = _luck(problem)
    due: Value = spelling.no_deadline(luck) if problem.no_deadline else None
    if problem.due_on is not None:
        in_words = luck.random() < 0.5  # noqa: PLR2004
        due = (
            spelling.deadline_text(luck, problem.due_on, ledger.near)
            if in_words
            else spelling.serial(problem.due_on)
        )
    community = ledger.name(problem.community)
    return [
        Typed("=ROW()-2", formula=True),
        spelling.loose_name(Random(community), community) if ledger.loose else community,
        ledger.name(problem.company),
        Typed(spelling.item_text("tabs", problem.item, luck) or None, "@"),
        problem.description,
        spelling.serial(problem.found_on),
        problem.measure or None,
        due,
        problem.responsible_unit or None,
        problem.responsible_person or None,
        Typed(problem.phone or None, "@"),
        spelling.status_text("tabs", problem.status, luck),
        spelling.serial(problem.rectified_on) if problem.rectified_on else None,
        spelling.serial(problem.closed_on) if problem.closed_on else None,
        problem.supervision or None,
        problem.note or None,
    ]


HEADINGS: Mapping[str, tuple[str, ...]] = {"merged": _MERGED, "list": _LIST, "tabs": _TABS}
HABITS: Mapping[str, Callable[[Workbook, Ledger], None]] = {
    "merged": _write_merged,
    "list": _write_list,
    "tabs": _write_tabs,
}
