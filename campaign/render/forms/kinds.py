"""The forms of the campaign, one function each: from rulebook and roster to what its workbook holds."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from campaign.records import Community, Roster, Subdistrict
from campaign.render.forms.fields import (
    ANSWERS,
    COMMUNITIES,
    COMPANIES,
    ITEMS,
    RECHECKS,
    STATUSES,
    SUPERVISION,
    UNITS,
    columns_of,
    no_deadline,
    period_of,
    title_of,
    word_lists,
)
from campaign.render.forms.schema import Column, Fill, Form, FormBook, Table
from campaign.rulebook.model import Rulebook
from campaign.rulebook.words import ACTIVITY_FORM

_FRAMED, _FRAMED_RECORD = 15, 13  # rows printed to be filled in, one page; more appear as they are typed
_LEAD = (
    "蓝色表头的栏目必填；灰色的格子已经填好，不用改；白色的格子填写。有下拉箭头的，从下拉列表中选择。",
    "日期写成 2023-04-21 这样的形式；没有内容的格子留空。表头、栏目顺序和工作表名称请不要改动。",
    "“填报时间”每次报送都要填写：填了填报时间、一行也没有填的，按没有要报的内容计；连填报时间也没有填的，按没有报送计。",
)
_MORE_ROWS = "框线画了{rows}行，不够的直接往下填，框线会自动出现；也可以插入或删除整行。"


def ledger(rulebook: Rulebook, roster: Roster, office: Subdistrict) -> FormBook:
    """The issue ledger of one subdistrict, with its communities and the companies that serve them."""
    mine = [c for c in roster.communities if c.subdistrict == office.name]
    lists = {
        COMMUNITIES: tuple(c.name for c in mine),
        COMPANIES: tuple(dict.fromkeys(c.company for c in mine if c.company)),
        ITEMS: tuple(str(code) for code in rulebook.checklist.codes),
        **word_lists(rulebook, STATUSES, SUPERVISION),
        **no_deadline(rulebook),
    }
    form = Form(
        sheet="问题台账",
        title=f"{_campaign(rulebook)}问题台账",
        columns=_offered(columns_of(rulebook, "ledger"), lists),
        period=period_of(rulebook),
        line=f"填报单位（盖章）：{office.name}",
        spare=_FRAMED,
        frozen=2,
        row_height=41,
    )
    return FormBook((form,), _lead(rulebook, grows=True), _filled(lists), (_checklist(rulebook),))


def self_check(rulebook: Rulebook, community: Community) -> FormBook:
    """The self-check form of one community: every item of the checklist, word for word."""
    places = (
        f"{_label(rulebook, 'community')}：{community.name}",
        f"{_label(rulebook, 'company')}：{community.company}",
        f"{_label(rulebook, 'subdistrict')}：{community.subdistrict}",
    )
    items = [(group, item) for group in rulebook.checklist.groups for item in group.items]
    lists = {**word_lists(rulebook, ANSWERS), **no_deadline(rulebook)}
    columns = _offered(columns_of(rulebook, "self_check"), lists)
    form = Form(
        sheet="自查表",
        title=f"{_campaign(rulebook)}自查表",
        columns=columns,
        period=period_of(rulebook),
        line="    ".join(places),
        rows=_rows(
            columns,
            (
                {"serial": number, "category": group.name, "item": str(item.code), "text": item.text}
                for number, (group, item) in enumerate(items, 1)
            ),
        ),
        grows=False,
        joined=next((n for n, c in enumerate(columns, 1) if c.field == "category"), 0),
        frozen=3,
    )
    return FormBook((form,), _lead(rulebook, grows=False), lists)


def spot_checks(rulebook: Rulebook, roster: Roster) -> FormBook:
    """The record of inspections by the leading group's office."""
    return _record(rulebook, roster, "spot_check", "督导抽查", "督导抽查情况登记表")


def complaints(rulebook: Rulebook, roster: Roster) -> FormBook:
    """The record of complaints and petitions."""
    return _record(rulebook, roster, "complaint", "信访投诉", "信访投诉登记表")


def merits(rulebook: Rulebook, roster: Roster) -> FormBook:
    """Matters that count for or against a unit."""
    return _record(rulebook, roster, "merit", "考核事项", "考核事项登记表")


def waivers(rulebook: Rulebook, roster: Roster) -> FormBook:
    """Errors that may stand, with a reason and a name."""
    return _record(rulebook, roster, "waiver", "豁免", "填报错误豁免表", dated=False)


def adjustments(rulebook: Rulebook, roster: Roster) -> FormBook:
    """Points given or taken by hand."""
    return _record(rulebook, roster, "adjustment", "得分调整", "得分调整表", dated=False)


def activity(rulebook: Rulebook, roster: Roster) -> FormBook:
    """The counts of meetings, trainings and the like, a row for each subdistrict and agency."""
    own = columns_of(rulebook, "activity")
    counts = tuple(
        Column("", title, 16, Fill.COUNT, "从专项整治开始到填报时间，一共开展了多少；没有开展的填 0", "3")
        for title in rulebook.words.values[ACTIVITY_FORM]["yes"]
    )
    units = (*(s.name for s in roster.subdistricts), *_agencies(rulebook, roster))
    columns = (*(c for c in own if c.given), *counts, *(c for c in own if not c.given))
    form = Form(
        sheet="工作开展情况",
        title=f"{_campaign(rulebook)}工作开展情况统计表",
        columns=columns,
        period=period_of(rulebook),
        line=f"填报单位：{rulebook.campaign.office_short}",
        rows=_rows(columns, ({"serial": number, "unit": unit} for number, unit in enumerate(units, 1))),
        grows=False,
        frozen=2,
        row_height=20,
    )
    return FormBook((form,), _lead(rulebook, grows=False))


def _record(
    rulebook: Rulebook, roster: Roster, kind: str, sheet: str, title: str, *, dated: bool = True
) -> FormBook:
    lists = {
        COMMUNITIES: tuple(c.name for c in roster.communities),
        UNITS: _units(rulebook, roster),
        ITEMS: tuple(str(code) for code in rulebook.checklist.codes),
        **word_lists(rulebook, RECHECKS),
    }
    columns = _offered(columns_of(rulebook, kind), lists)
    used = {column.list_name for column in columns}
    form = Form(
        sheet=sheet,
        title=f"{_campaign(rulebook)}{title}",
        columns=columns,
        period=period_of(rulebook),
        line=f"填报单位：{rulebook.campaign.office_short}",
        dated=dated,
        spare=_FRAMED_RECORD,
        frozen=2,
    )
    lead = _lead(rulebook, grows=True, rows=_FRAMED_RECORD)
    told = lead if dated else (*lead[:2], *lead[3:])  # nothing of 填报时间
    return FormBook((form,), told, {name: options for name, options in lists.items() if name in used})


def _label(rulebook: Rulebook, name: str) -> str:
    """How our own forms label a line above the table: the first of the spellings that are read."""
    return rulebook.words.values["label"][name][0]


def _campaign(rulebook: Rulebook) -> str:
    return f"{rulebook.campaign.county}{rulebook.campaign.name}"


def _lead(rulebook: Rulebook, *, grows: bool, rows: int = _FRAMED) -> tuple[str, ...]:
    first, dates, reported = _LEAD
    dates = dates.replace("2023-04-21", rulebook.campaign.starts_on.isoformat())
    return (first, dates, reported, *((_MORE_ROWS.format(rows=rows),) if grows else ()))


def _checklist(rulebook: Rulebook) -> Table:
    rows = tuple(
        (str(item.code), f"【{group.name}】{item.text}")
        for group in rulebook.checklist.groups
        for item in group.items
    )
    return Table((title_of(rulebook, "ledger", "item"), "检查清单"), rows)


def _rows(
    columns: Iterable[Column], given: Iterable[Mapping[str, str | int]]
) -> tuple[tuple[str | int | None, ...], ...]:
    """Rows cell by cell, from what is given by field."""
    fields = [column.field for column in columns]
    return tuple(tuple(row.get(name) for name in fields) for row in given)


def _offered(columns: Iterable[Column], lists: dict[str, tuple[str, ...]]) -> tuple[Column, ...]:
    """A choice without anything to choose from is a text to type."""
    return tuple(
        c
        if lists.get(c.list_name) or c.fill is not Fill.CHOICE
        else replace(c, fill=Fill.SHORT, list_name="")
        for c in columns
    )


def _filled(lists: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: options for name, options in lists.items() if options}


def _agencies(rulebook: Rulebook, roster: Roster) -> tuple[str, ...]:
    return roster.agencies or tuple(a.name for a in rulebook.campaign.agencies)


def _units(rulebook: Rulebook, roster: Roster) -> tuple[str, ...]:
    companies = (c.name for c in roster.companies)
    return tuple(
        dict.fromkeys((*(s.name for s in roster.subdistricts), *_agencies(rulebook, roster), *companies))
    )
