"""Running cases: what came out otherwise than a case says, and which rules have too few cases."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.assess import assess
from campaign.assess.scoring import CEILING, FLOOR
from campaign.cases.reading import NOTHING, Case
from campaign.decimals import plain
from campaign.records import Assessment, CellRef, Scorecard, ScoreLine, Snapshot
from campaign.rulebook.model import Consequence, Rule, Rulebook

_DAY = timedelta(days=1)
_JOINED = "、"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A case that did not come out as it says."""

    case: Case
    what: str

    def __str__(self) -> str:
        return f"{self.case.file}“{self.case.name}”：{self.what}"


def run(case: Case, rulebook: Rulebook) -> tuple[Wrong, ...]:
    """Score the case's week and compare; nothing where all is as expected."""
    result = assess(case.books, case.past, rulebook, case.changes)
    card = next((c for c in result.scorecards if c.name == case.subject), None)
    if card is None:
        return (Wrong(case, f"没有“{case.subject}”这类对象的评分规则"),)
    return tuple(Wrong(case, what) for what in (*_score(case, card), *_decisions(case, result)))


def _score(case: Case, card: Scorecard) -> Iterator[str]:
    if (card.points is None) is not case.unrated:
        yield f"应{'未评价' if case.unrated else '有得分'}，实际{card.unrated or '有得分'}"
        return
    lines = [line for line in card.lines if line.rule == case.rule]
    found = _JOINED.join(plain(line.points) for line in lines) or NOTHING
    expected = NOTHING if case.points is None else plain(case.points)
    if found != expected:
        yield f"{case.rule}应得{expected}，实际{found}{_because(lines)}"
    if case.total is not None and card.points != case.total:
        yield f"总分应为{plain(case.total)}，实际{'无' if card.points is None else plain(card.points)}"
    if case.grade is not None and card.grade != case.grade:
        yield f"等级应为“{case.grade}”，实际“{card.grade}”"
    if case.rank is not None and card.rank != case.rank:
        yield f"应排第{case.rank}名，实际第{card.rank}名"
    if lines:
        yield from _evidence(case, lines[0].evidence)


def _decisions(case: Case, result: Assessment) -> Iterator[str]:
    if case.decision is None:
        return
    found = [d for d in result.decisions if d.subject == case.subject and case.rule in d.rule.split(_JOINED)]
    if bool(found) is not case.decision:
        yield f"{case.rule}{'应当' if case.decision else '不应'}作出处置"
        return
    for decision in found:
        yield from _evidence(case, decision.evidence)
        if case.rung is not None and decision.rung != case.rung:
            yield f"被约谈人应为“{case.rung}”，实际“{decision.rung}”"


def _because(lines: Iterable[ScoreLine]) -> str:
    said = "；".join(line.because for line in lines)
    return f"（{said}）" if said else ""


def _evidence(case: Case, evidence: Sequence[CellRef]) -> Iterator[str]:
    """What is wrong with the cells of a line or decision."""
    if case.cells is not None and _cells(evidence) != case.cells:
        yield f"单元格应为{_JOINED.join(case.cells)}，实际{_JOINED.join(_cells(evidence))}"
    if case.cells is not None and {ref.issue for ref in evidence} != {case.issue}:
        yield f"单元格应在第{case.issue}期（0为本期）的表里，实际{_JOINED.join(map(str, evidence))}"


def _cells(evidence: Iterable[CellRef]) -> tuple[str, ...]:
    return tuple(ref.cell for ref in evidence)


# --- Which rules have too few cases ---------------------------------------------------------------


def untried(cases: Sequence[Case], rulebook: Rulebook) -> Iterator[str]:
    """What is missing: for each rule a case that fires and one that does not, and the days of change."""
    rules: list[Rule | Consequence] = [r for s in rulebook.schemes for r in s.rules]
    rules += rulebook.consequences
    for name in dict.fromkeys(rule.id for rule in rules):
        own = [case for case in cases if case.rule == name]
        if not any(case.fires for case in own):
            yield f"{name}没有触发它的案例"
        if not any(not case.fires for case in own):
            yield f"{name}没有不触发它的案例"
        days = {case.books.as_of for case in own}
        for day in changes([rule for rule in rules if rule.id == name], rulebook):
            if not {day, day - _DAY} <= days:
                yield f"{name}在{day.isoformat()}有变动，须有当日和前一日的案例"


def changes(rules: Iterable[Rule | Consequence], rulebook: Rulebook) -> tuple[date, ...]:
    """The days within the campaign on which a rule begins, or no longer is, in force."""
    begun = {rule.from_date for rule in rules if rule.from_date}
    ended = {rule.until_date + _DAY for rule in rules if rule.until_date}
    first, last = rulebook.campaign.starts_on, rulebook.campaign.ends_on
    return tuple(sorted(day for day in begun | ended if first < day <= last))


def never_fired(weeks: Sequence[Snapshot], rulebook: Rulebook) -> tuple[str, ...]:
    """The rules and consequences that no line and no decision of any week rests on, by number and title."""
    fired = {
        name for w in weeks for c in w.assessment.scorecards for line in c.lines for name in _names(line)
    }
    fired |= {name for w in weeks for d in w.assessment.decisions for name in d.rule.split(_JOINED)}
    rules: list[Rule | Consequence] = [r for s in rulebook.schemes for r in s.rules]
    rules += rulebook.consequences
    titles = {rule.id: rule.title for rule in rules}
    return tuple(f"{name} {title}" for name, title in titles.items() if name not in fired)


def _names(line: ScoreLine) -> tuple[str, ...]:
    return () if line.rule in {FLOOR, CEILING} else tuple(line.rule.split(_JOINED))
