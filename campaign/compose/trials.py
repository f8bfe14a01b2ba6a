"""What other rules would change, in words for the screen."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from campaign.assess.whatif import Move, Trial, Turn
from campaign.assess.wording import DECISION_ZH
from campaign.compose.filters import long_date
from campaign.decimals import plain
from campaign.records import Decision, Scorecard
from campaign.rulebook.model import Nouns

UNRATED = "未评价"
NONE = "—"


def tell(trials: Sequence[Trial], nouns: Nouns) -> str:
    """Each week in a line, then the newest week in full; the workbook has all of them in full."""
    lines = [summary(trial) for trial in trials]
    if trials and (trials[-1].moves or trials[-1].turns):
        newest = trials[-1]
        lines += ["", f"第{newest.number}期的变动："]
        lines += [f"  {line}" for line in (*_moves(newest, nouns), *(turned(turn) for turn in newest.turns))]
    return "\n".join(lines)


def summary(trial: Trial) -> str:
    """One week in a line."""
    head = f"第{trial.number}期（截至{long_date(trial.as_of)}）："
    if not trial.moves and not trial.turns:
        return f"{head}{trial.subjects}个对象的得分、等级、名次和处置都没有变动。"
    regraded = sum(move.regraded for move in trial.moves)
    return (
        f"{head}{trial.subjects}个对象中{len(trial.moves)}个有变动，其中等级有变动的{regraded}个；"
        f"处置有变动的{len(trial.turns)}件。"
    )


def _moves(trial: Trial, nouns: Nouns) -> Iterator[str]:
    for move in sorted(trial.moves, key=_size, reverse=True):
        word = nouns.subject(move.card.kind)
        grades = _pair(grade(move.before), grade(move.after))
        ranks = _pair(rank(move.before), rank(move.after))
        yield f"{move.card.name}（{word}）：得分{shift(move)}，等级{grades}，名次{ranks}"


def _size(move: Move) -> Decimal:
    return abs(move.points) if move.points is not None else Decimal(0)


def shift(move: Move) -> str:
    """75.6→80（+4.4）."""
    pair = _pair(points(move.before), points(move.after))
    return f"{pair}（{'+' if move.points > 0 else ''}{plain(move.points)}）" if move.points else pair


def turned(turn: Turn) -> str:
    """新增：约谈某公司（约-3）：理由."""
    decision = turn.decision
    head = f"{DECISION_ZH[decision.kind]}{decision.subject}"
    if turn.before and turn.after:
        return f"处置依据变动：{head}，{ground(turn.before)}→{ground(turn.after)}"
    return f"{'处置新增' if turn.after else '处置取消'}：{head}（{ground(decision)}）"


def ground(decision: Decision | None) -> str:
    """The rules a decision rests on, with the how-manieth time where it is not the first."""
    if decision is None:
        return NONE
    return f"{decision.rule}{f'，第{decision.times}次' if decision.times > 1 else ''}"


def points(card: Scorecard | None) -> str:
    """The points in words."""
    return NONE if card is None else UNRATED if card.points is None else plain(card.points)


def grade(card: Scorecard | None) -> str:
    """The grade, or a dash."""
    return (card.grade if card else "") or NONE


def rank(card: Scorecard | None) -> str:
    """The rank, or a dash."""
    return str(card.rank) if card and card.rank else NONE


def _pair(before: str, after: str) -> str:
    return before if before == after else f"{before}→{after}"
