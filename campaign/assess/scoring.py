"""One subject's score: every rule in force applied once, the lines summed, bounds and grades put on top.

Full marks plus the lines' points are the points, always: whatever moves the number is a line of its own, be
it items left out and the rest rescaled (缺项折算), the floor or the ceiling.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from campaign.assess.kinds import judge
from campaign.assess.occurrences import long_day
from campaign.assess.rates import rate_of
from campaign.assess.subjects import Subject
from campaign.assess.verdicts import Charge, LeftOut, ProblemKey, spoken
from campaign.decimals import plain, rounded
from campaign.records import Adjustment, CellRef, Scorecard, ScoreLine, SubjectKind
from campaign.rulebook.model import Rule, Scheme
from campaign.rulebook.scoring import allotment
from campaign.rulebook.sources import Selection
from campaign.rulebook.terms import Lacking, Measure, TieBreak

RESCALED = "缺项折算"
FLOOR = "最低分"
CEILING = "最高分"
PART = "分项上限"
ADJUSTED = "调整"  # stands for the rule's number in the line of a manual adjustment


@dataclass(frozen=True, slots=True)
class Scored:
    """A score card with the subject it is about and the lines that veto."""

    card: Scorecard
    subject: Subject
    vetoes: tuple[ScoreLine, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tried:
    """A rule with what it came to."""

    rule: Rule
    verdict: Charge | LeftOut

    @property
    def line(self) -> ScoreLine:
        """The verdict as a line; one that was left out costs nothing but is said."""
        charge = self.verdict if isinstance(self.verdict, Charge) else None
        return ScoreLine(
            rule=self.rule.id,
            title=self.rule.title,
            clause=self.rule.clause,
            points=charge.points if charge else Decimal(0),
            because=self.verdict.because,
            evidence=self.verdict.evidence,
        )


def score(subject: Subject, scheme: Scheme, day: date) -> Scored:
    """The score card of one subject, not yet ranked."""
    reason = _not_ratable(subject)
    tried = () if reason else _try_rules(subject, [rule for rule in scheme.rules if rule.in_force(day)])
    reason = reason or next(
        (
            t.verdict.because
            for t in tried
            if isinstance(t.verdict, LeftOut) and t.verdict.lacking is Lacking.UNRATED
        ),
        "",
    )
    out = [t for t in tried if isinstance(t.verdict, LeftOut) and t.verdict.lacking is Lacking.RESCALE]
    left = scheme.full - sum((allotment(t.rule) for t in out), Decimal(0))
    if not reason and scheme.allotted and left <= 0:
        reason = "各条所需数据均未报送或不适用"
    if reason:
        reason += _not_adjusted(subject)
        return Scored(Scorecard(subject.name, subject.kind, scheme.full, None, "", None, (), reason), subject)
    lines = [t.line for t in tried if t not in out]
    if out:
        lines.append(_rescaled(scheme.full, left, out, lines))
    lines += _over_parts(scheme, lines)
    lines += [_adjusted(adjustment) for adjustment in subject.adjustments]
    lines += _bounds(scheme, lines)
    vetoes = tuple(t for t in tried if isinstance(t.verdict, Charge) and t.verdict.grade)
    points = scheme.full + _sum(lines)
    card = Scorecard(
        name=subject.name,
        kind=subject.kind,
        full=scheme.full,
        points=points,
        grade=_grade(scheme, points, [t.verdict.grade for t in vetoes if isinstance(t.verdict, Charge)]),
        rank=None,
        lines=tuple(lines),
    )
    return Scored(card, subject, tuple(t.line for t in vetoes))


def _not_ratable(subject: Subject) -> str:
    """Why a subject is not rated at all (未评价); empty where it is."""
    if subject.tally.missing:
        return f"{'、'.join(subject.tally.missing)}没有报送可用的问题台账"
    if subject.kind is SubjectKind.SUBDISTRICT:
        return "" if subject.communities else "名册中没有其辖区内的{community}"
    if subject.kind is SubjectKind.COMPANY:
        return (
            ""
            if subject.tally.found or subject.tally.checked or subject.merits or _moved(subject)
            else "尚未排查，也没有发现问题"
        )
    records = (subject.problems, subject.spot_checks, subject.complaints, subject.merits)
    return "" if any(records) or _moved(subject) else "没有由其负责、承办或对其提出的事项"


def _moved(subject: Subject) -> bool:
    """Whether something became of its problems this week: nobody escapes a score by dropping the last one."""
    return any(m.week == subject.as_of for m in subject.moved)


def _try_rules(subject: Subject, rules: Sequence[Rule]) -> tuple[_Tried, ...]:
    """Each rule once, in the order of the file; what an earlier one charged, later ones may spare."""
    charged: dict[str, frozenset[ProblemKey]] = {}
    tried: list[_Tried] = []
    for rule in rules:
        verdict = judge(rule, subject, charged)
        if isinstance(verdict, Charge):
            charged[rule.id] = verdict.charged
        if verdict is not None:
            tried.append(_Tried(rule, verdict))
    return tuple(tried)


def _rescaled(full: Decimal, left: Decimal, out: Sequence[_Tried], lines: Sequence[ScoreLine]) -> ScoreLine:
    """The line that counts what was lost of the items that are left in proportion to full marks."""
    allotted_lines = [line for line in lines if line.points < 0]
    kept = left + _sum(allotted_lines)
    share = rounded(kept * full / left)
    whole = full + _sum(allotted_lines)
    because = (
        f"{'；'.join(t.verdict.because for t in out)}。上述{plain(full - left)}分不计，其余{plain(left)}分得"
        f"{plain(kept)}分，折算为{plain(kept)}÷{plain(left)}×{plain(full)}＝{plain(share)}分"
    )
    return ScoreLine(
        rule="、".join(t.rule.id for t in out),
        title=RESCALED,
        clause="；".join(dict.fromkeys(t.rule.clause for t in out)),
        points=share - whole,
        because=because,
        evidence=tuple(sorted({*_cells(allotted_lines), *(ref for t in out for ref in t.verdict.evidence)})),
    )


def _over_parts(scheme: Scheme, lines: Sequence[ScoreLine]) -> list[ScoreLine]:
    """A line for each part of the score (分项) whose rules together pass its cap."""
    out: list[ScoreLine] = []
    for part in scheme.parts:
        own = [line for line in lines if line.rule in part.rules]
        total = _sum(own)
        if abs(total) <= part.cap:
            continue
        most = part.cap if total > 0 else -part.cap
        because = f"{'、'.join(part.rules)}合计应{spoken(total)}，以{plain(part.cap)}分为限，{spoken(most)}"
        out.append(ScoreLine(part.name, PART, "本细则计分办法", most - total, because, _cells(own)))
    return out


def _adjusted(adjustment: Adjustment) -> ScoreLine:
    """A manual adjustment as a line of its own: who approved it and why stands where others have a clause."""
    return ScoreLine(
        rule=ADJUSTED,
        title="人工调整",
        clause=f"{adjustment.approver}批准：{adjustment.reason}",
        points=adjustment.points,
        because=f"{adjustment.reason}，{spoken(adjustment.points)}（有效期至{long_day(adjustment.expires_on)}）",
        evidence=(adjustment.origin.ref("points"),),
    )


def _not_adjusted(subject: Subject) -> str:
    """What is said of adjustments where there is no score to adjust."""
    count = len(subject.adjustments)
    return f"（另有{count}项人工调整，未评价期间不计）" if count else ""


def _bounds(scheme: Scheme, lines: Sequence[ScoreLine]) -> tuple[ScoreLine, ...]:
    """The line that keeps the points within the scheme's bounds, where they would leave them."""
    points = scheme.full + _sum(lines)
    if points < scheme.floor:
        bound, title, word = scheme.floor, FLOOR, "最低"
    elif scheme.ceiling is not None and points > scheme.ceiling:
        bound, title, word = scheme.ceiling, CEILING, "最高"
    else:
        return ()
    because = f"各项合计{plain(points)}分，{word}计{plain(bound)}分"
    return (ScoreLine(title, title, "本细则计分办法", bound - points, because, _cells(lines)),)


def _cells(lines: Sequence[ScoreLine]) -> tuple[CellRef, ...]:
    """The cells that some lines rest on."""
    return tuple(sorted({ref for line in lines for ref in line.evidence}))


def _grade(scheme: Scheme, points: Decimal, forced: Sequence[str]) -> str:
    """The band of the points, or a worse grade that a veto forces."""
    names = [grade.name for grade in scheme.grades]
    earned = next(i for i, grade in enumerate(scheme.grades) if grade.reached(points))
    return names[max([earned, *(names.index(name) for name in forced)])]


def _sum(lines: Sequence[ScoreLine]) -> Decimal:
    return sum((line.points for line in lines), Decimal(0))


def ranked(scored: Sequence[Scored], ties: Sequence[TieBreak] = ()) -> tuple[Scored, ...]:
    """The same with ranks among those of one kind: equals share a rank (1, 2, 2, 4).

    Equal points are told apart by `ties` in turn, where the rules declare any.
    """
    places = [None if s.card.points is None else _place(s, ties) for s in scored]
    best_first = sorted((place for place in places if place is not None), reverse=True)
    ranks: dict[tuple[Fraction, ...], int] = {}
    for rank, place in enumerate(best_first, 1):
        ranks.setdefault(place, rank)
    return tuple(
        s if place is None else replace(s, card=replace(s.card, rank=ranks[place]))
        for s, place in zip(scored, places, strict=True)
    )


def _place(scored: Scored, ties: Sequence[TieBreak]) -> tuple[Fraction, ...]:
    """What a subject is ranked by, greatest first."""
    points = Fraction(scored.card.points or 0)
    return (points, *(_tie(scored.subject, tie) for tie in ties))


def _tie(subject: Subject, tie: TieBreak) -> Fraction:
    """What tells equals apart, greatest first; a rate that does not exist comes after any that does."""
    if tie is TieBreak.OVERDUE:
        return -Fraction(sum(problem.overdue(subject.as_of) for problem in subject.problems))
    if tie is TieBreak.FOUND:
        return Fraction(len(subject.problems))
    rate = rate_of(subject, Measure(tie.value), Selection())
    return Fraction(rate.part, rate.whole) if rate.whole else Fraction(-1)
