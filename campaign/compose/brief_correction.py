"""What the note on a correction (更正说明) may say: why, and what is otherwise than in the edition before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from campaign.assess.whatif import moves
from campaign.compose.brief import Source, standing, verdict
from campaign.decimals import plain, show_percent
from campaign.history.archive import issue_number, issue_words
from campaign.records import (
    Books,
    Decision,
    DocumentNumber,
    Problem,
    Scorecard,
    Snapshot,
    Tally,
    Week,
)
from campaign.rulebook.model import Campaign, Nouns, Rulebook

_COUNTS = (
    ("checked", "已排查"),
    ("found", "发现问题"),
    ("closed", "已销号"),
    ("rectified", "已整改"),
    ("in_progress", "整改中"),
    ("open", "未整改"),
    ("overdue", "逾期"),
    ("new", "本周新增"),
    ("newly_closed", "本周销号"),
    ("pending", "待核实"),
)
_RATES = (("check_rate", "排查率"), ("done_rate", "整改率"), ("closed_rate", "销号率"))
_UNKNOWN = "未报送"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is otherwise: whose, which, as it was printed and as it is now."""

    subject: str
    figure: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Result:
    """A score in words; — where there is none."""

    points: str
    grade: str
    rank: str


@dataclass(frozen=True, slots=True)
class ResultChange:
    """A score that is otherwise."""

    word: str  # what kind of subject it is
    name: str
    before: Result
    after: Result


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """A decision that is new, taken back or on other grounds."""

    change: str  # 新增 | 撤销 | 依据变更
    what: str
    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice by its number; `subject` is "" where it is about several."""

    number: str
    subject: str


@dataclass(frozen=True, slots=True)
class CorrectionBrief:
    """A corrected edition against the one before. `former` names that one, `edition` counts corrections."""

    campaign: Campaign
    number: int
    issue_words: str
    former: str
    edition: int
    as_of: date
    reason: str
    figures: tuple[FigureChange, ...]
    results: tuple[ResultChange, ...]
    decisions: tuple[DecisionChange, ...]
    withdrawn: tuple[Notice, ...]  # were issued, and are void now
    issued: tuple[Notice, ...]  # are issued with this edition
    kept: tuple[Notice, ...]  # keep their numbers; what they say now counts
    added_problems: int  # in the ledgers now and not then, by what they say
    dropped_problems: int
    specimen: str
    sources: tuple[Source, ...] = field(default=(), repr=False)


def correction_brief(week: Week, before: Snapshot, rulebook: Rulebook) -> CorrectionBrief:
    """The brief of a corrected edition; `before` is the edition that it corrects."""
    nouns = rulebook.campaign.nouns
    then, now = _said(before.books), _said(week.books)
    return CorrectionBrief(
        campaign=rulebook.campaign,
        number=week.number,
        issue_words=issue_number(week.number, week.total_number, week.edition),
        former=issue_words(before.number, before.edition),
        edition=week.edition,
        as_of=week.as_of,
        reason=week.correction,
        figures=tuple(_figures(before, week)),
        results=tuple(_results(before, week, nouns)),
        decisions=tuple(_decisions(before, week, rulebook)),
        withdrawn=_notices(n for n in before.numbers if n not in week.numbers),
        issued=_notices(n for n in week.numbers if n not in before.numbers),
        kept=_notices(n for n in week.numbers if n in before.numbers),
        added_problems=_beyond(now, then),
        dropped_problems=_beyond(then, now),
        specimen=rulebook.specimen,
    )


def _notices(numbers: Iterable[DocumentNumber]) -> tuple[Notice, ...]:
    return tuple(Notice(number.text, number.subject) for number in numbers)


def _figures(before: Snapshot, week: Week) -> Iterator[FigureChange]:
    then, now = before.assessment.figures, week.assessment.figures
    yield from _tallies("合计", then.totals, now.totals)
    for old, new in ((then.subdistricts, now.subdistricts), (then.companies, now.companies)):
        for name in dict.fromkeys((*new, *old)):
            yield from _tallies(
                name,
                old.get(name),
                new.get(name),
                (name not in before.books.unreported, name not in week.books.unreported),
            )


def _tallies(
    name: str, then: Tally | None, now: Tally | None, reported: tuple[bool, bool] = (True, True)
) -> Iterator[FigureChange]:
    if then == now and reported[0] == reported[1]:
        return
    old, new = _printed(then, reported=reported[0]), _printed(now, reported=reported[1])
    for figure in old:
        if old[figure] != new[figure]:
            yield FigureChange(name, figure, old[figure], new[figure])


def _printed(tally: Tally | None, *, reported: bool) -> dict[str, str]:
    """The figures of a subject as the bulletin prints them."""
    if tally is None:
        return {word: "—" for _, word in (*_COUNTS, *_RATES)}
    row = standing("", tally, reported=reported)
    counts = {
        word: str(getattr(row, key)) if reported or key in {"checked", "pending"} else _UNKNOWN
        for key, word in _COUNTS
    }
    return counts | {word: show_percent(getattr(row, key)) for key, word in _RATES}


def _results(before: Snapshot, week: Week, nouns: Nouns) -> Iterator[ResultChange]:
    for move in moves(before.assessment.scorecards, week.assessment.scorecards):
        if move.changed:
            word = nouns.subject(move.card.kind)
            yield ResultChange(word, move.card.name, _result(move.before), _result(move.after))


def _result(card: Scorecard | None) -> Result:
    if card is None or card.points is None:
        return Result("未评价", "—", "—")
    return Result(plain(card.points), card.grade or "—", str(card.rank) if card.rank else "—")


def _decisions(before: Snapshot, week: Week, rulebook: Rulebook) -> Iterator[DecisionChange]:
    then = {_key(d): d for d in before.assessment.decisions}
    now = {_key(d): d for d in week.assessment.decisions}
    for key in dict.fromkeys((*now, *then)):
        old, new = then.get(key), now.get(key)
        if _grounds(old) == _grounds(new):
            continue
        decision = new or old
        if decision is None:
            continue
        yield DecisionChange(
            change="新增" if old is None else "撤销" if new is None else "依据变更",
            what=verdict(decision, rulebook).what,
            subject=decision.subject,
            before=_grounds(old),
            after=_grounds(new),
        )


def _key(decision: Decision) -> tuple[str, str, str]:
    return decision.kind, decision.subject_kind, decision.subject


def _grounds(decision: Decision | None) -> str:
    return "；".join(decision.reasons) if decision else "—"


def _said(books: Books) -> list[str]:
    """What the ledgers say of each problem, wherever it stands in them."""
    return [_content(problem) for problem in books.problems]


def _content(problem: Problem) -> str:
    return "|".join(
        str(part)
        for part in (
            problem.subdistrict,
            problem.community,
            problem.company,
            problem.item,
            problem.description,
            problem.found_on,
            problem.measure,
            problem.due_on,
            problem.no_deadline,
            problem.responsible_unit,
            problem.responsible_person,
            problem.status,
            problem.rectified_on,
            problem.closed_on,
            problem.supervision,
        )
    )


def _beyond(some: Sequence[str], others: Sequence[str]) -> int:
    """How many of some there are beyond those among the others."""
    left = list(others)
    count = 0
    for one in some:
        if one in left:
            left.remove(one)
        else:
            count += 1
    return count
