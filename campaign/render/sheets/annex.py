"""附件-得分明细.xlsx: every score, and every line it is made of, down to the cells.

Full marks plus the points of a subject's lines are its score. The cells that a line rests on stand side by
side, each with a link of its own; where they are many, or in several sheets, the line goes on in further
rows. The points stand in the first row alone, so that the column adds up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from openpyxl.worksheet.worksheet import Worksheet

from campaign.compose.filters import long_date
from campaign.records import CellRef, Scorecard, SubjectKind, Week
from campaign.rulebook.model import Rulebook
from campaign.workbooks import (
    FAINT,
    Column,
    finish,
    moment,
    new_workbook,
    place,
    put_link,
    put_number,
    put_text,
    set_up,
    write_head,
    write_lead,
    write_row,
)

_SIGNED = "+General;-General;General"  # +2, -1.5, 0
_SIDE_BY_SIDE = 6  # cells in one row
_SUMMARY = (
    Column("类别", 12, "center"),
    Column("名次", 7, "center"),
    Column("对象", 34),
    Column("满分", 8, "center"),
    Column("加扣分合计", 11, "center"),
    Column("得分", 8, "center"),
    Column("等级", 10, "center"),
    Column("未评价原因", 40),
)
_LINES = (
    Column("对象", 26),
    Column("规则编号", 10, "center"),
    Column("规则", 26),
    Column("依据条款", 28),
    Column("加扣分", 8, "center"),
    Column("事由", 44),
    Column("依据表格", 36),
    *(Column(f"依据单元格{n}", 8, "center") for n in range(1, _SIDE_BY_SIDE + 1)),
)
_FIRST_CELL = len(_LINES) - _SIDE_BY_SIDE + 1
_NO_LINES = "没有加扣分"


def score_annex(week: Week, rulebook: Rulebook, *, inputs: str | None = "../../input") -> bytes:
    """附件-得分明细.xlsx of a week.

    Args:
        week: the week with its assessment.
        rulebook: the rules it was assessed by; its specimen sentence and digest head every sheet.
        inputs: the input folder as seen from the folder this workbook lies in; None writes no links.
    """
    workbook = new_workbook(week.as_of)
    nouns = rulebook.campaign.nouns
    lead = _lead(week, rulebook)
    overview = workbook.create_sheet("汇总")
    first_rows = {
        kind: _lines_sheet(workbook.create_sheet(nouns.subject(kind)), lead, cards, inputs)
        for kind in SubjectKind
        if (cards := _ranked(week.assessment.cards(kind)))
    }
    titles = {kind: nouns.subject(kind) for kind in first_rows}
    _summary(overview, week, lead, {titles[kind]: (kind, rows) for kind, rows in first_rows.items()})
    return finish(workbook, moment(week.as_of))


def _lead(week: Week, rulebook: Rulebook) -> list[str]:
    draft = "（草稿）" if week.draft else ""
    lines = [f"第{week.number}期{draft}，截至{long_date(week.as_of)}。得分 = 满分 + 各项加扣分。"]
    if rulebook.specimen:
        lines.append(rulebook.specimen)
    digest = week.assessment.rules_digest or rulebook.digest
    return [*lines, f"评分依据：{rulebook.title}；规则摘要（SHA-256）：{digest}"]


def _ranked(cards: Sequence[Scorecard]) -> list[Scorecard]:
    """By rank, those without one last; within a rank the order of the roster."""
    return sorted(cards, key=lambda card: (card.rank is None, card.rank or 0))


def _summary(
    sheet: Worksheet,
    week: Week,
    lead: Sequence[str],
    first_rows: dict[str, tuple[SubjectKind, dict[str, int]]],
) -> None:
    head = write_lead(sheet, "得分明细", lead, len(_SUMMARY))
    write_head(sheet, head, _SUMMARY)
    row = head
    for title, (kind, rows) in first_rows.items():
        for card in _ranked(week.assessment.cards(kind)):
            row += 1
            values = (
                title,
                card.rank,
                card.name,
                card.full,
                None if card.points is None else _sum(card),
                card.points,
                card.grade,
                card.unrated,
            )
            write_row(sheet, row, _SUMMARY, values)
            put_link(sheet, row, 3, card.name, location=place(title, f"A{rows[card.name]}"))
            if card.points is not None:
                put_number(sheet, row, 5, _sum(card), number_format=_SIGNED)
    set_up(sheet, head, len(_SUMMARY), row)


def _sum(card: Scorecard) -> Decimal:
    return sum((line.points for line in card.lines), Decimal(0))


def _lines_sheet(
    sheet: Worksheet, lead: Sequence[str], cards: Sequence[Scorecard], inputs: str | None
) -> dict[str, int]:
    """One kind of subject with all lines; the first row of each subject is returned."""
    head = write_lead(sheet, f"得分明细（{sheet.title}）", lead, len(_LINES))
    write_head(sheet, head, _LINES)
    row, first_rows = head, {}
    for card in cards:
        first_rows[card.name] = row + 1
        for values, points, evidence in _rows(card):
            row += 1
            write_row(sheet, row, _LINES, values)
            if points is not None:
                put_number(sheet, row, 5, points, number_format=_SIGNED)
            else:
                _fade(sheet, row, values)
            _link(sheet, row, evidence, inputs)
    set_up(sheet, head, len(_LINES), row)
    return first_rows


_Cells = tuple[CellRef, ...]
_Row = tuple[tuple[str | None, ...], Decimal | None, _Cells]
_NO_CELLS = (None,) * _SIDE_BY_SIDE


def _rows(card: Scorecard) -> Iterator[_Row]:
    if not card.lines:
        why = f"未评价：{card.unrated}" if card.points is None else _NO_LINES
        yield (card.name, None, None, None, None, why, None, *_NO_CELLS), None, ()
    for line in card.lines:
        first, *more = _side_by_side(line.evidence) or [()]
        head = (card.name, line.rule, line.title, line.clause, None, line.because, _table(first))
        yield (*head, *_NO_CELLS), line.points, first
        for cells in more:
            yield (card.name, line.rule, "同上", None, None, None, _table(cells), *_NO_CELLS), None, cells


def _side_by_side(evidence: Sequence[CellRef]) -> list[_Cells]:
    """The cells of one row each: of one sheet, and not too many."""
    rows = []
    for _, group in groupby(evidence, lambda ref: (ref.issue, ref.file, ref.sheet)):
        own = tuple(group)
        rows += [own[n : n + _SIDE_BY_SIDE] for n in range(0, len(own), _SIDE_BY_SIDE)]
    return rows


def _table(cells: _Cells) -> str:
    return str(replace(cells[0], row=0, column=0)) if cells else ""


def _fade(sheet: Worksheet, row: int, values: Sequence[str | None]) -> None:
    for column, value in enumerate(values, 1):
        put_text(sheet, row, column, value or "", FAINT)


def _link(sheet: Worksheet, row: int, cells: _Cells, inputs: str | None) -> None:
    for column, ref in enumerate(cells, _FIRST_CELL):
        linked = (
            inputs is not None and ref.file and not ref.issue
        )  # an earlier week's workbooks lie elsewhere
        target = f"{inputs}/{ref.file}" if linked else ""
        location = place(ref.sheet, ref.cell) if ref.sheet and target else ""
        put_link(sheet, row, column, ref.cell or "全表", location=location, target=target)
