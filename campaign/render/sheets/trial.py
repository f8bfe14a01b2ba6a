"""试算.xlsx: what other rules would change, week by week, subject by subject, decision by decision."""

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from campaign.assess.whatif import Trial
from campaign.assess.wording import DECISION_ZH
from campaign.compose.filters import long_date
from campaign.compose.trials import grade, ground, points, rank
from campaign.records import Scorecard
from campaign.rulebook.model import Nouns, Rulebook
from campaign.workbooks import (
    Column,
    finish,
    moment,
    new_workbook,
    put_number,
    set_up,
    write_head,
    write_lead,
    write_row,
)

_SIGNED = "+General;-General;General"
_WEEKS = (
    Column("期", 8, "center"),
    Column("截至日期", 16, "center"),
    Column("对象数", 9, "center"),
    Column("有变动的", 10, "center"),
    Column("等级有变动的", 13, "center"),
    Column("处置有变动的", 13, "center"),
)
_MOVES = (
    Column("期", 8, "center"),
    Column("类别", 14, "center"),
    Column("对象", 36),
    Column("现行得分", 10, "center"),
    Column("试算得分", 10, "center"),
    Column("相差", 8, "center"),
    Column("现行等级", 10, "center"),
    Column("试算等级", 10, "center"),
    Column("现行名次", 10, "center"),
    Column("试算名次", 10, "center"),
)
_TURNS = (
    Column("期", 8, "center"),
    Column("变动", 12, "center"),
    Column("处置", 14, "center"),
    Column("类别", 14, "center"),
    Column("对象", 36),
    Column("现行依据", 20, "center"),
    Column("试算依据", 20, "center"),
    Column("试算理由", 60),
)
_SHIFT = 6  # the column of the difference


def trial_workbook(trials: Sequence[Trial], before: Rulebook, after: Rulebook) -> bytes:
    """试算.xlsx of some weeks, oldest first, with both sets of rules named by title and digest."""
    newest = trials[-1].as_of if trials else None
    nouns = before.campaign.nouns
    workbook = new_workbook(newest)
    nouns = before.campaign.nouns
    lead = [
        "各期按试算的规则逐期重新计分，与各期当时的结果相比；数据是各期当时读入的。试算不影响已有的任何结果。",
        f"现行：{before.title}；规则摘要（SHA-256）：{before.digest}",
        f"试算：{after.title}；规则摘要（SHA-256）：{after.digest}",
    ]
    _table(workbook.create_sheet("各期"), "试算：各期变动", lead, _WEEKS, [_week(trial) for trial in trials])
    moves = workbook.create_sheet("得分变动")
    head = _table(
        moves, "试算：得分、等级、名次的变动", lead, _MOVES, [row for t in trials for row in _moved(t, nouns)]
    )
    shifts = [move.points for t in trials for move in t.moves]
    for row, shift in enumerate(shifts, head + 1):
        if shift is not None:
            put_number(moves, row, _SHIFT, shift, number_format=_SIGNED)
    turns = workbook.create_sheet("处置变动")
    _table(turns, "试算：处置的变动", lead, _TURNS, [row for t in trials for row in _turned(t, nouns)])
    return finish(workbook, moment(newest))


_Row = tuple[str | int | Decimal | None, ...]


def _table(
    sheet: Worksheet, title: str, lead: Sequence[str], columns: Sequence[Column], rows: Sequence[_Row]
) -> int:
    """A table with its lead; the row of its head is returned."""
    head = write_lead(sheet, title, lead, len(columns))
    write_head(sheet, head, columns)
    for n, values in enumerate(rows or [("没有变动", *("",) * (len(columns) - 1))], head + 1):
        write_row(sheet, n, columns, values)
    set_up(sheet, head, len(columns), head + max(len(rows), 1))
    return head


def _week(trial: Trial) -> _Row:
    regraded = sum(move.regraded for move in trial.moves)
    return (
        trial.number,
        long_date(trial.as_of),
        trial.subjects,
        len(trial.moves),
        regraded,
        len(trial.turns),
    )


def _moved(trial: Trial, nouns: Nouns) -> list[_Row]:
    return [
        (
            trial.number,
            nouns.subject(move.card.kind),
            move.card.name,
            _points(move.before),
            _points(move.after),
            None,
            grade(move.before),
            grade(move.after),
            rank(move.before),
            rank(move.after),
        )
        for move in trial.moves
    ]


def _points(card: Scorecard | None) -> str | Decimal:
    return card.points if card is not None and card.points is not None else points(card)


def _turned(trial: Trial, nouns: Nouns) -> list[_Row]:
    return [
        (
            trial.number,
            "依据变动" if turn.before and turn.after else "新增" if turn.after else "取消",
            DECISION_ZH[turn.decision.kind],
            nouns.subject(turn.decision.subject_kind),
            turn.decision.subject,
            ground(turn.before),
            ground(turn.after),
            nouns.fill("；".join(turn.after.reasons)) if turn.after else "",
        )
        for turn in trial.turns
    ]
