"""疑点清单.xlsx: what smells, and all that has changed; 疑似同一问题.xlsx: doubts for the clerk to settle.

The second is an input too: filled in and put into the input folder, it is read as 同一问题认定. Its headings
therefore come from the rules, as those of every table that is read.
"""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from campaign.compose.brief_changes import DoubtRow, Suspect, doubt_rows, number_of, suspects, told
from campaign.compose.filters import long_date
from campaign.intake.returns.marks import CHANGES_TITLE
from campaign.intake.settlements import KIND
from campaign.records import CellRef, Movement, Snapshot, Week
from campaign.rulebook.model import Nouns, Rulebook
from campaign.workbooks import (
    Column,
    finish,
    moment,
    new_workbook,
    place,
    put_link,
    set_up,
    write_head,
    write_lead,
    write_row,
)

_SETTLED_BY = {
    "serial": Column("", 6, "center"),
    "earlier": Column("", 16, "center"),
    "later": Column("", 16, "center"),
    "community": Column("", 13),
    "before": Column("", 34),
    "now": Column("", 34),
    "place": Column("", 22),
    "because": Column("", 24),
    "same": Column("", 9, "center"),
    "by": Column("", 9, "center"),
    "note": Column("", 14),
}


def suspicion_list(week: Week, rulebook: Rulebook, *, inputs: str | None = "../../input") -> bytes:
    """疑点清单.xlsx: the suspicion list, then every movement of the week.

    Cells of this week lead to the workbooks in `inputs`; those of earlier weeks are named with their week.
    """
    nouns = rulebook.campaign.nouns
    workbook = new_workbook(week.as_of)
    _suspects(workbook.create_sheet("疑点清单"), suspects(week.changes), week, nouns, inputs)
    _movements(workbook.create_sheet("全部变动"), week.changes.movements, week, nouns, inputs)
    return finish(workbook, moment(week.as_of))


def _suspects(
    sheet: Worksheet, rows: Sequence[Suspect], week: Week, nouns: Nouns, inputs: str | None
) -> None:
    columns = (
        Column("序号", 6, "center"),
        Column("疑点", 13, "center"),
        Column(nouns.subdistrict_short, 14),
        Column(nouns.community, 13),
        Column(nouns.company, 20),
        Column("条目", 7, "center"),
        Column("问题描述", 32),
        Column("以前的台账", 36),
        Column("本期台账", 36),
        Column("本期位置", 18),
        Column("问题编号", 16, "center"),
    )
    head = write_lead(sheet, CHANGES_TITLE, [_since(week, len(rows)), _MEANINGS], len(columns))
    write_head(sheet, head, columns)
    for number, suspect in enumerate(rows, 1):
        row = head + number
        values = (
            number,
            suspect.what,
            suspect.subdistrict,
            suspect.community,
            suspect.company,
            suspect.item,
            suspect.description,
            f"{number_of(suspect.seen, week.past)}：{suspect.was}\n{suspect.before}",
            f"{suspect.stands}\n《{suspect.now.file}》" if suspect.now else suspect.stands,
            _spot(suspect.now) if suspect.now else "",
            suspect.key,
        )
        write_row(sheet, row, columns, values)
        if suspect.now:
            _link(sheet, row, 10, suspect.now, inputs)
    set_up(sheet, head, len(columns), head + len(rows))


_MEANINGS = (
    "未销号而消失：上期台账有、本期没有，又从未销号；倒填销号：销号时间在上期截至日期以前，上期台账却没有销号；"
    "重新打开：以前已整改或已销号，现在没有；时限变更：已定的整改时限改了或删了。疑点须向填报单位核实，不等于违规。"
)


def _since(week: Week, count: int) -> str:
    if week.changes.since is None:
        return "本期以前没有数据可比。"
    since = f"截至{long_date(week.as_of)}，与截至{long_date(week.changes.since)}的一期相比"
    return f"{since}，共{count}处疑点。" if count else f"{since}，没有疑点。"


def _movements(
    sheet: Worksheet, movements: Sequence[Movement], week: Week, nouns: Nouns, inputs: str | None
) -> None:
    columns = (
        Column("序号", 6, "center"),
        Column("变动", 46),
        Column(nouns.subdistrict_short, 16),
        Column(nouns.community, 14),
        Column("条目", 8, "center"),
        Column("问题描述", 44),
        Column("整改状态", 10, "center"),
        Column("台账", 30),
        Column("位置", 18),
        Column("问题编号", 18, "center"),
    )
    lines = ["自上期以来有变动的全部问题，没有变动的不列。"]
    head = write_lead(sheet, CHANGES_TITLE, lines, len(columns))
    write_head(sheet, head, columns)
    for number, movement in enumerate(movements, 1):
        problem, row = movement.problem, head + number
        gone = movement.before is None and movement.since is not None
        ref = problem.origin.row
        issue = number_of(movement.since, week.past) if gone and movement.since else ""
        values = (
            number,
            told(movement),
            problem.subdistrict,
            problem.community,
            str(problem.item or ""),
            problem.description,
            problem.status.zh,
            f"{issue}《{ref.file}》",
            _spot(ref),
            movement.key,
        )
        write_row(sheet, row, columns, values)
        if not gone:
            _link(sheet, row, 9, ref, inputs)
    set_up(sheet, head, len(columns), head + len(movements))


def _link(sheet: Worksheet, row: int, column: int, ref: CellRef, inputs: str | None) -> None:
    if inputs is not None and ref.file:
        target, location = f"{inputs}/{ref.file}", place(ref.sheet, ref.cell)
        put_link(sheet, row, column, _spot(ref), location=location, target=target)


def _spot(ref: CellRef) -> str:
    return f"“{ref.sheet}”{ref.cell}"


# --- Doubts ---------------------------------------------------------------------------------------


def settle_list(week: Week, rulebook: Rulebook) -> bytes | None:
    """疑似同一问题.xlsx, to be filled in and put into the input folder; None without any doubt, or where the
    rules know no such table.
    """
    rows = doubt_rows(week.changes)
    headings = rulebook.words.kinds.get(KIND)
    if not rows or headings is None:
        return None
    workbook = new_workbook(week.as_of)
    _settle(workbook.create_sheet("疑似同一问题"), rows, week.past, headings, rulebook)
    return finish(workbook, moment(week.as_of))


def _settle(
    sheet: Worksheet,
    rows: Sequence[DoubtRow],
    past: Sequence[Snapshot],
    headings: Mapping[str, tuple[str, ...]],
    rulebook: Rulebook,
) -> None:
    fields = [name for name in _SETTLED_BY if name in headings]
    columns = [Column(headings[f][0], _SETTLED_BY[f].width, _SETTLED_BY[f].align) for f in fields]
    lines = [
        f"请在“{headings['same'][0]}”栏填是或否，在“{headings['by'][0]}”栏写明由谁认定。",
        "填好后把本表放进 input 文件夹，重新生成一次即可。",
        "认定一次，以后各期都有效；没有认定的，按两个问题计。",
    ]
    head = write_lead(sheet, "疑似同一问题", lines, len(columns))
    write_head(sheet, head, columns)
    for number, doubt in enumerate(rows, 1):
        values: dict[str, str | int] = {
            "serial": number,
            "earlier": doubt.earlier,
            "later": doubt.later,
            "community": doubt.community,
            "before": f"{number_of(doubt.seen, past)}：{doubt.before}",
            "now": doubt.now,
            "place": str(doubt.place),
            "because": doubt.because,
        }
        write_row(sheet, head + number, columns, [values.get(name) for name in fields])
    _offer(sheet, fields.index("same") + 1, head + 1, head + len(rows), rulebook)
    set_up(sheet, head, len(columns), head + len(rows))


def _offer(sheet: Worksheet, column: int, first: int, last: int, rulebook: Rulebook) -> None:
    """A list to choose from: 是, 否, by the first of their spellings."""
    words = rulebook.words.values["yes_no"]
    choice = DataValidation(
        type="list", formula1=f'"{words["yes"][0]},{words["no"][0]}"', allow_blank=True, showErrorMessage=True
    )
    choice.add(f"{sheet.cell(first, column).coordinate}:{sheet.cell(last, column).coordinate}")
    sheet.add_data_validation(choice)
