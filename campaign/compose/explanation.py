"""Why this score, in words for the screen: figures, score lines and decisions of one subject, with cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from campaign.assess.payoff import payoff
from campaign.compose.brief import DECISION_WORDS
from campaign.compose.brief_changes import state, told
from campaign.decimals import percent, plain, show_percent
from campaign.errors import UsageError
from campaign.records import (
    CellRef,
    ChangeKind,
    Decision,
    Problem,
    Scorecard,
    Tally,
    Week,
)
from campaign.rulebook.model import Rulebook


class UnknownSubjectError(UsageError):
    """Nobody in scope has that name; the nearest names are offered."""

    def __init__(self, subject: str, near: Iterable[str]) -> None:
        offered = "、".join(near)
        hint = f"；是否要找：{offered}" if offered else ""
        super().__init__(f"名册和成员单位中没有“{subject}”{hint}")


@dataclass(frozen=True, slots=True)
class _Subject:
    name: str
    tally: Tally | None
    problems: tuple[Problem, ...]
    card: Scorecard | None
    decisions: tuple[Decision, ...]


def explain(week: Week, rulebook: Rulebook, subject: str) -> str:
    """Everything that counts for one community, company, subdistrict or agency, each line with its cells, and
    what would raise its score most.

    Raises:
        UnknownSubjectError: the roster and the member agencies have no such name.
    """
    found = _find(week, rulebook, subject)
    lines = [f"{found.name}（截至{week.as_of.year}年{week.as_of.month}月{week.as_of.day}日）"]
    if found.tally:
        lines += _figures(week, found)
    if found.card:
        lines += _score(found.card, rulebook)
    lines += _decisions(found.decisions)
    if found.card and found.card.points is not None:
        lines += _payoff(week, rulebook, found.card)
    return rulebook.campaign.nouns.fill("\n".join(lines))


def _find(week: Week, rulebook: Rulebook, subject: str) -> _Subject:
    figures, roster = week.assessment.figures, week.books.roster
    tallies = {**figures.communities, **figures.companies, **figures.subdistricts}
    agencies = tuple(a.name for a in rulebook.campaign.agencies) + roster.agencies
    named = [(c.name, c.aliases) for c in roster.communities]
    named += [(c.name, c.aliases) for c in roster.companies]
    named += [(s.name, s.aliases) for s in roster.subdistricts]
    spelled = {alias: name for name, aliases in named for alias in aliases}
    names = dict.fromkeys([*tallies, *agencies])
    name = subject if subject in names else spelled.get(subject, "")
    if not name:
        raise UnknownSubjectError(subject, get_close_matches(subject, [*names, *spelled], n=5, cutoff=0.5))
    return _Subject(
        name=name,
        tally=tallies.get(name),
        problems=tuple(p for p in week.books.problems if name in {p.community, p.company, p.subdistrict}),
        card=next((c for c in week.assessment.scorecards if c.name == name), None),
        decisions=tuple(d for d in week.assessment.decisions if d.subject == name),
    )


def _figures(week: Week, subject: _Subject) -> Iterator[str]:
    tally = subject.tally
    if tally is None:
        return
    yield ""
    yield "一、数据"
    if tally.missing:
        yield f"  {'、'.join(tally.missing)}没有报送可用的问题台账，下列问题数不完整。"
    checked = show_percent(percent(tally.checked, tally.communities))
    yield f"  {{community}}{tally.communities}个，已排查{tally.checked}个，排查率{checked}"
    yield (
        f"  发现问题{tally.found}件：未整改{tally.open}、整改中{tally.in_progress}、"
        f"已整改{tally.rectified}、已销号{tally.closed}；逾期{tally.overdue}件"
    )
    yield (
        f"  整改率{show_percent(percent(tally.done, tally.found))}，"
        f"销号率{show_percent(percent(tally.closed, tally.found))}；"
        f"本周新增{tally.new}件，本周销号{tally.newly_closed}件"
    )
    if tally.pending:
        yield f"  另有{tally.pending}行待核实，没有计入。"
    yield from _problems(week, subject)


def _problems(week: Week, subject: _Subject) -> Iterator[str]:
    """Each problem as it stands, what has changed of it since the week before, and who has vanished."""
    places = {id(problem): n for n, problem in enumerate(week.books.problems)}
    keys = week.changes.keys
    changed = {movement.key: movement for movement in week.changes.movements}
    for problem in subject.problems:
        overdue = problem.days_overdue(week.as_of)
        late = f"，逾期{overdue}天" if overdue else ""
        item = f"{problem.item} " if problem.item else ""
        yield f"    [{problem.status.zh}{late}] {problem.community} {item}{problem.description}"
        yield f"        依据：{_cells(problem.origin.refs(('description', 'status')))}"
        key = keys[places[id(problem)]] if keys else ""
        if key in changed:
            yield f"        变动：{told(changed[key])}（问题编号{key}）"
    for movement in week.changes.of(ChangeKind.VANISHED):
        gone = movement.problem
        if subject.name in {gone.community, gone.company, gone.subdistrict} and movement.since:
            item = f"{gone.item} " if gone.item else ""
            yield f"    [{movement.kinds[0].zh}] {gone.community} {item}{gone.description}"
            seen = f"截至{movement.since.isoformat()}的台账：{state(gone)}"
            yield f"        {seen}，{gone.origin.row}（问题编号{movement.key}）"


def _score(card: Scorecard, rulebook: Rulebook) -> Iterator[str]:
    yield ""
    yield f"二、得分（{rulebook.title}）"
    if rulebook.specimen:
        yield f"  {rulebook.specimen}"
    if card.points is None:
        yield f"  未评价：{card.unrated}"
        return
    rank = f"，第{card.rank}名" if card.rank else "，不参加排名"
    yield f"  基础分{plain(card.full)}，得分{plain(card.points)}，等级{card.grade}{rank}"
    for line in card.lines:
        sign = "+" if line.points > 0 else ""
        yield f"    {sign}{plain(line.points)}分  {line.title}（{line.rule}，{line.clause}）"
        yield f"        事由：{line.because}"
        if line.evidence:
            yield f"        依据：{_cells(line.evidence)}"
    if not card.lines:
        yield "    没有加分和扣分。"


def _decisions(decisions: tuple[Decision, ...]) -> Iterator[str]:
    if not decisions:
        return
    yield ""
    yield "三、处置"
    for decision in decisions:
        reasons = "；".join(decision.reasons)
        yield f"  {DECISION_WORDS[decision.kind]}（{decision.rule}，{decision.clause}）：{reasons}"
        if decision.evidence:
            yield f"        依据：{_cells(decision.evidence)}"


def _payoff(week: Week, rulebook: Rulebook, card: Scorecard) -> Iterator[str]:
    """What is worth doing first; by the rules in force now, even where the week was scored by others."""
    found = payoff(week.books, week.past, rulebook, card.kind, card.name, week.changes)
    if found is None or not (found.gains or found.lost):
        return
    yield ""
    yield "四、怎样提高得分"
    if week.assessment.rules_digest not in ("", rulebook.digest):
        yield "  这一期是按另一版细则评的分，以下按现行细则推算。"
    if found.gains:
        yield "  假定下列各项分别办妥、其他不变，重新计分得出；同一件事可能牵动几条，各项不能相加。"
    for n, gain in enumerate(found.gains, 1):
        raised = _raised(found.before, gain.after)
        yield f"  {n}. {gain.line.title}（{gain.line.rule}）：{'；'.join(gain.remedies)}，{raised}"
        if gain.cells:
            yield f"        涉及：{_cells(gain.cells)}"
    if len(found.gains) > 1:
        yield f"  以上全部办妥，{_raised(found.before, found.whole)}"
    for line in found.lost:
        yield f"  不能靠整改挽回：{line.title}（{line.rule}）{plain(line.points)}分"


def _raised(before: Scorecard, after: Scorecard) -> str:
    """得分由61升至89（提高28分），等级由“合格”升为“良好”，名次由第9名升为第4名."""
    if before.points is None or after.points is None:
        return ""
    rise = after.points - before.points
    risen = f"得分由{plain(before.points)}升至{plain(after.points)}（提高{plain(rise)}分）"
    words = [risen if rise > 0 else f"得分仍为{plain(after.points)}"]
    if after.grade != before.grade:
        words.append(f"等级由“{before.grade}”升为“{after.grade}”")
    if before.rank and after.rank and after.rank < before.rank:
        words.append(f"名次由第{before.rank}名升为第{after.rank}名")
    return "，".join(words)


def _cells(refs: Iterable[CellRef]) -> str:
    """Cells by file and sheet: 《台账.xlsx》“问题台账”G5、M5."""
    sheets: dict[CellRef, list[str]] = {}
    for ref in refs:
        sheets.setdefault(replace(ref, row=0, column=0), []).append(ref.cell)
    places = {at: "、".join(dict.fromkeys(c for c in cells if c)) for at, cells in sheets.items()}
    return "；".join(f"{sheet}{cells}" for sheet, cells in places.items())
