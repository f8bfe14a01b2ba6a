"""The campaign's data as plain tables: CSV in UTF-8, which any program of any year can read.

One row per problem and week, per subject's figures and week, per line of a score, per decision. Each column
says what it means; the reading guide of the closed archive prints that.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

from campaign.compose.brief import DECISION_WORDS
from campaign.decimals import plain
from campaign.history.lives import lives
from campaign.records import Books, CellRef, Life, LifeWeek, Snapshot, Tally
from campaign.rulebook.model import Nouns, Rulebook

_BOM = "\ufeff"  # without it Excel takes UTF-8 for the system's own encoding
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """A column: its heading, and what it holds."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table of the data: its file's name, what a row is, and its columns."""

    file: str
    about: str
    columns: tuple[PlainColumn, ...]
    rows: tuple[tuple[Value, ...], ...]

    def csv(self) -> bytes:
        """The table as CSV (RFC 4180): UTF-8 with a byte-order mark, one heading row."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows([[_plain(value) for value in row] for row in self.rows])
        return (_BOM + text.getvalue()).encode()


def plain_tables(weeks: Sequence[Snapshot], rulebook: Rulebook) -> tuple[PlainTable, ...]:
    """All data of some weeks, oldest first: problems, figures, score lines, decisions."""
    nouns = rulebook.campaign.nouns
    return (
        _problems(weeks, nouns),
        _figures(weeks, nouns),
        _scores(weeks),
        _decisions(weeks),
    )


def _columns(*pairs: tuple[str, str]) -> tuple[PlainColumn, ...]:
    return tuple(PlainColumn(name, meaning) for name, meaning in pairs)


def _problems(weeks: Sequence[Snapshot], nouns: Nouns) -> PlainTable:
    columns = _columns(
        ("问题编号", "程序给每个问题的编号，各期不变"),
        ("期号", "第几期"),
        ("截至日期", "这一期的数据截至哪一天"),
        (nouns.subdistrict, "属地单位"),
        (nouns.community, "问题所在"),
        (nouns.company, "负责的企业"),
        ("条目", "检查清单的条目，如五-2是第五类第2条"),
        ("问题描述", "台账原文"),
        ("发现时间", "年-月-日"),
        ("整改措施", "台账原文"),
        ("整改时限", "年-月-日；空白为没有时限"),
        ("责任单位", "台账原文"),
        ("责任人", "台账原文"),
        ("整改状态", "未整改、整改中、已整改（尚未验收销号）、已销号"),
        ("完成时间", "年-月-日"),
        ("销号时间", "年-月-日"),
        ("变动", "与前一期相比的变动，几种以顿号分开；空白为没有变动"),
        ("出处", "台账的文件、工作表和单元格，在该期文件夹的“输入”里"),
    )
    numbers = {week.as_of: week.number for week in weeks}
    rows = [
        _problem_row(life, line, numbers[line.as_of])
        for life in lives(weeks)
        for line in life.weeks
        if line.problem is not None
    ]
    return PlainTable("问题.csv", "一个问题在一期里的情况", columns, tuple(rows))


def _problem_row(life: Life, line: LifeWeek, number: int) -> tuple[Value, ...]:
    problem = line.problem
    if problem is None:
        raise ValueError("a row is of a problem that the week had")
    return (
        life.key,
        number,
        line.as_of,
        problem.subdistrict,
        problem.community,
        problem.company,
        str(problem.item or ""),
        problem.description,
        problem.found_on,
        problem.measure,
        problem.due_on,
        problem.responsible_unit,
        problem.responsible_person,
        problem.status.zh,
        problem.rectified_on,
        problem.closed_on,
        "、".join(kind.zh for kind in line.movement.kinds) if line.movement else "",
        _place(problem.origin.row),
    )


_COUNTS: tuple[tuple[str, str, Callable[[Tally], int]], ...] = (
    ("点位数", "纳入整治的个数", lambda t: t.communities),
    ("已排查", "已报送自查表的个数", lambda t: t.checked),
    ("发现问题", "截至日期累计", lambda t: t.found),
    ("未整改", "件数", lambda t: t.open),
    ("整改中", "件数", lambda t: t.in_progress),
    ("已整改", "整改完成、尚未验收销号的件数", lambda t: t.rectified),
    ("已销号", "件数", lambda t: t.closed),
    ("逾期", "超过整改时限仍未整改或整改中的件数", lambda t: t.overdue),
    ("本周新增", "件数", lambda t: t.new),
    ("本周销号", "件数", lambda t: t.newly_closed),
    ("待核实", "填报有误、没有计入的台账记录", lambda t: t.pending),
)


def _figures(weeks: Sequence[Snapshot], nouns: Nouns) -> PlainTable:
    columns = _columns(
        ("期号", "第几期"),
        ("截至日期", "这一期的数据截至哪一天"),
        ("类别", f"合计、{nouns.subdistrict}、{nouns.company}、{nouns.community}"),
        ("名称", "单位的名称"),
        ("未报送", "没有报送台账的属地单位：这时问题各栏不是零，是不详，留空"),
        *((name, meaning) for name, meaning, _ in _COUNTS),
    )
    rows = [row for week in weeks for row in _figure_rows(week, nouns)]
    return PlainTable("统计.csv", "一个单位在一期里的统计数据", columns, tuple(rows))


def _figure_rows(week: Snapshot, nouns: Nouns) -> Iterator[tuple[Value, ...]]:
    figures = week.assessment.figures
    kinds = (
        ("合计", {"合计": figures.totals}),
        (nouns.subdistrict, figures.subdistricts),
        (nouns.company, figures.companies),
        (nouns.community, figures.communities),
    )
    for kind, tallies in kinds:
        for name, tally in tallies.items():
            unknown = bool(tally.missing) and (
                kind != "合计" or len(tally.missing) == len(_offices(week.books))
            )
            counts = (
                None if unknown and column not in {"点位数", "已排查"} else count(tally)
                for column, _, count in _COUNTS
            )
            yield (week.number, week.as_of, kind, name, "、".join(tally.missing), *counts)


def _offices(books: Books) -> tuple[str, ...]:
    return tuple(office.name for office in books.roster.subdistricts)


def _scores(weeks: Sequence[Snapshot]) -> PlainTable:
    columns = _columns(
        ("期号", "第几期"),
        ("截至日期", "这一期的数据截至哪一天"),
        ("单位", "考核对象"),
        ("满分", "满分加上各行的分值就是得分"),
        ("得分", "空白为未评价"),
        ("等级", "按得分所在的档次；一票否决的按规则"),
        ("名次", "同类对象中的名次；空白为不参加排名"),
        ("规则", "规则编号；空白为没有加扣分，或者未评价"),
        ("依据", "规则依据的条款"),
        ("分值", "加分为正，扣分为负"),
        ("原因", "为什么加扣分；未评价的，为什么不评价"),
        ("出处", "依据的单元格，几处以分号分开"),
    )
    rows: list[tuple[Value, ...]] = []
    for week in weeks:
        for card in week.assessment.scorecards:
            head = (week.number, week.as_of, card.name, card.full, card.points, card.grade, card.rank)
            rows += [
                (*head, line.rule, line.clause, line.points, line.because, _places(line.evidence))
                for line in card.lines
            ] or [(*head, "", "", None, card.unrated, "")]
    return PlainTable("得分.csv", "一个考核对象在一期里的一项加扣分", columns, tuple(rows))


def _decisions(weeks: Sequence[Snapshot]) -> PlainTable:
    columns = _columns(
        ("期号", "第几期"),
        ("截至日期", "这一期的数据截至哪一天"),
        ("处置", "、".join(DECISION_WORDS.values())),
        ("单位", "被处置的单位"),
        ("规则", "规则编号"),
        ("依据", "规则依据的条款"),
        ("原因", "为什么"),
        ("第几次", "对它作出的第几次这种处置"),
        ("文号", "印发的文书编号；空白为没有单独的文书"),
        ("出处", "依据的单元格，几处以分号分开"),
    )
    rows = [
        (
            week.number,
            week.as_of,
            DECISION_WORDS[decision.kind],
            decision.subject,
            decision.rule,
            decision.clause,
            "；".join(decision.reasons),
            decision.times,
            "、".join(n.text for n in week.numbers if n.subject == decision.subject),
            _places(decision.evidence),
        )
        for week in weeks
        for decision in week.assessment.decisions
    ]
    return PlainTable("处置.csv", "一期里对一个单位的一项处置", columns, tuple(rows))


def _places(cells: Sequence[CellRef]) -> str:
    return "；".join(_place(cell) for cell in cells)


def _place(cell: CellRef) -> str:
    return str(cell)


def _plain(value: Value) -> str:
    """A value as text. A text that a spreadsheet would take for a formula gets a quote in front."""
    match value:
        case None:
            return ""
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case str() if value.startswith(_FORMULA):
            return f"'{value}"
    return str(value)
