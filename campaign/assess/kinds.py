"""The kinds of scoring rule: each a small pure function from a subject's records to points and their reason.

A verdict is a `Charge` (points won or lost, or a grade forced), a `LeftOut` (the rule has nothing to apply
to, or its data was not handed in), or None: the rule was kept and costs nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from campaign.assess.occurrences import Occurrence, describe, evidence_of, occurrences, places
from campaign.assess.rates import Rate, rate_of, scope_words
from campaign.assess.subjects import Subject
from campaign.decimals import plain, rounded
from campaign.records import CellRef
from campaign.rulebook.model import Rule
from campaign.rulebook.terms import (
    SOURCES,
    Band,
    Lacking,
    Measure,
    OccurrenceTerms,
    OnceTerms,
    Partial,
    Per,
    PercentTerms,
    RateTerms,
    VetoTerms,
)

_HUNDRED = Decimal(100)
_HUNDREDTH = Decimal("0.01")

# A problem by its row and text: one row may hold several problems.
ProblemKey = tuple[CellRef, str]


@dataclass(frozen=True, slots=True)
class Charge:
    """Points won or lost; `charged` are the problems they were taken for, `grade` a grade that is forced."""

    points: Decimal
    because: str
    evidence: tuple[CellRef, ...]
    charged: frozenset[ProblemKey] = frozenset()
    grade: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The rule could not be applied, and what the rules say is to be done then."""

    lacking: Lacking
    because: str


Verdict = Charge | LeftOut | None
Charged = Mapping[str, frozenset[ProblemKey]]


def judge(rule: Rule, subject: Subject, charged: Charged) -> Verdict:
    """Apply a rule to a subject; `charged` are the problems that earlier rules have charged, by rule.

    Raises:
        TypeError: the rule was not read by the loader and has no typed settings.
    """
    match rule.terms:
        case RateTerms():
            return _rate(rule, rule.terms, subject)
        case PercentTerms():
            return _percent(rule, rule.terms, subject)
        case OccurrenceTerms():
            return _occurrence(rule, rule.terms, subject, charged)
        case OnceTerms():
            return _once(rule, rule.terms, subject)
        case VetoTerms():
            return _veto(rule.terms, subject)
        case None:
            raise TypeError(f"rule {rule.id} has no terms")


def spoken(points: Decimal) -> str:
    """Points in words: 扣2分, 加0.5分, 计0分."""
    verb = "扣" if points < 0 else "加" if points > 0 else "计"
    return f"{verb}{plain(abs(points))}分"


# --- rates ----------------------------------------------------------------------------------------


def _rate(rule: Rule, terms: RateTerms, subject: Subject) -> Verdict:
    """Points of the step in which the exact rate lies."""
    rate = rate_of(subject, terms.measure, terms.selection)
    if rate.whole == 0:
        return _nothing_to_rate(rule, terms.when_none, rate)
    step = next(band for band in terms.bands if not rate.below(band.at_least))
    if step.points == 0:
        return None
    because = f"{rate.shown}，{_step_words(terms.bands, step)}，{spoken(step.points)}"
    return Charge(step.points, because, rate.lacking)


def _step_words(bands: tuple[Band, ...], step: Band) -> str:
    above = next((upper for upper, lower in pairwise(bands) if lower is step), None)
    least = f"{plain(step.at_least)}%以上" if step.at_least else ""
    return f"属{least}{f'不足{plain(above.at_least)}%' if above else ''}一档"


def _percent(rule: Rule, terms: PercentTerms, subject: Subject) -> Verdict:
    """Points for each percentage point below the baseline, or above it where points are won."""
    rate = rate_of(subject, terms.measure, terms.selection)
    if rate.whole == 0:
        return _nothing_to_rate(rule, terms.when_none, rate)
    sign = -1 if rule.points < 0 else 1
    beyond = sign * (_HUNDRED * rate.part - terms.baseline * rate.whole)  # times the whole, to stay exact
    if beyond <= 0:
        return None
    gap = _whole_points(beyond / rate.whole, terms.partial)
    earned = rule.points * beyond / rate.whole if terms.partial is Partial.PRORATE else rule.points * gap
    points, note = _capped(rule, rounded(earned))
    because = (
        f"{rate.shown}，{'低于' if sign < 0 else '高于'}{plain(terms.baseline)}%，"
        f"计{plain(rounded(gap, _HUNDREDTH))}个百分点，"
        f"每个百分点{spoken(rule.points)}{note}，{spoken(points)}"
    )
    return Charge(points, because, rate.lacking)


def _whole_points(gap: Decimal, partial: Partial) -> Decimal:
    """How a part of a percentage point counts."""
    if partial is Partial.PRORATE:
        return gap
    return gap.to_integral_value(ROUND_FLOOR if partial is Partial.IGNORE else ROUND_CEILING)


def _nothing_to_rate(rule: Rule, lacking: Lacking, rate: Rate) -> LeftOut | None:
    if lacking is Lacking.FULL:
        return None
    what = "没有小区" if rate.measure is Measure.CHECKED else "没有发现问题"
    return LeftOut(lacking, f"“{rule.title}”（{rule.id}）：{what}，不适用")


# --- occurrences ----------------------------------------------------------------------------------


def _occurrence(rule: Rule, terms: OccurrenceTerms, subject: Subject, charged: Charged) -> Verdict:
    """Points for each occurrence not charged before, averaged over the subject's size, up to the cap."""
    found = occurrences(subject, terms.events)
    if found is None:
        return _not_handed_in(rule, terms.when_missing)
    spared = {key for name in terms.unless_charged_under for key in charged.get(name, ())}
    counted = sorted((o for o in found if _key(o) not in spared), key=_oldest_first)
    if not counted:
        return None
    size = _size(terms.per, subject)
    if size is None:
        return _not_handed_in(rule, terms.when_missing)
    n = len(counted)
    points, note = _capped(rule, rounded(rule.points * n * size.base / size.whole))
    unit = SOURCES[terms.events.of].unit
    spared_words = f"（另有{len(found) - n}{unit}已按{'、'.join(terms.unless_charged_under)}计分，不重复）"
    because = (
        f"{scope_words(terms.events.selection)}{describe(terms.events)}{n}{unit}{places(counted)}"
        f"{spared_words if n < len(found) else ''}，{size.words(rule.points, n)}{note}，{spoken(points)}"
    )
    taken = counted if rule.cap is None else counted[: _absorbed(rule.points, rule.cap, size)]
    return Charge(points, because, evidence_of(counted), frozenset(_keys(taken)))


@dataclass(frozen=True, slots=True)
class _Size:
    """One occurrence costs the points times `base` / `whole`, both in `unit`."""

    base: int = 1
    whole: int = 1
    unit: str = ""

    def words(self, points: Decimal, count: int) -> str:
        """The sum as it can be done by hand: 按每10个小区平均每件扣2分（16÷31×10×2＝10.3）."""
        if not self.unit:
            return f"每件{spoken(points)}"
        base = self.base if self.base > 1 else ""
        factor = f"×{self.base}" if self.base > 1 else ""
        result = plain(rounded(abs(points) * count * self.base / self.whole))
        sum_ = f"{count}÷{self.whole}{factor}×{plain(abs(points))}＝{result}"
        return f"按每{base}{self.unit}平均每件{spoken(points)}（{sum_}）"


def _size(per: Per | None, subject: Subject) -> _Size | None:
    """None where the size is not known."""
    if per is None:
        return _Size()
    if per.communities:
        size = _Size(per.communities, len(subject.communities), "个小区")
    else:
        size = _Size(per.households, subject.tally.households or 0, "户")
    return size if size.whole else None


def _capped(rule: Rule, points: Decimal) -> tuple[Decimal, str]:
    """Points within the rule's cap, and the words that say so where it bites."""
    if rule.cap is None or abs(points) <= rule.cap:
        return points, ""
    capped = rule.cap if points > 0 else -rule.cap
    return capped, f"，应{spoken(points)}，以{plain(rule.cap)}分为限"


def _absorbed(points: Decimal, cap: Decimal, size: _Size) -> int:
    """How many occurrences the cap has room for, the last one perhaps in part."""
    return int((cap * size.whole / (abs(points) * size.base)).to_integral_value(ROUND_CEILING))


def _oldest_first(occurrence: Occurrence) -> tuple[date, tuple[CellRef, ...]]:
    """What has been due longest is charged first, so that falling due never spares another charge."""
    due = occurrence.problem.due_on if occurrence.problem else None
    return (due or date.max, occurrence.evidence)


def _key(occurrence: Occurrence) -> ProblemKey | None:
    problem = occurrence.problem
    return (problem.origin.row, problem.description) if problem else None


def _keys(found: Collection[Occurrence]) -> set[ProblemKey]:
    return {key for key in map(_key, found) if key}


def _not_handed_in(rule: Rule, lacking: Lacking | None) -> LeftOut:
    return LeftOut(lacking or Lacking.UNRATED, f"“{rule.title}”（{rule.id}）：所需数据未报送，未评价")


# --- once, veto -----------------------------------------------------------------------------------


def _once(rule: Rule, terms: OnceTerms, subject: Subject) -> Verdict:
    """The points, once, if there are enough occurrences."""
    found = occurrences(subject, terms.events)
    if found is None:
        return _not_handed_in(rule, terms.when_missing)
    if len(found) < terms.at_least:
        return None
    unit = SOURCES[terms.events.of].unit
    counted = f"{len(found)}{unit}{places(found)}" if len(found) > 1 or terms.at_least > 1 else ""
    because = f"{scope_words(terms.events.selection)}{describe(terms.events)}{counted}，{spoken(rule.points)}"
    return Charge(rule.points, because, evidence_of(found))


def _veto(terms: VetoTerms, subject: Subject) -> Verdict:
    """No points, but a grade."""
    found = occurrences(subject, terms.events)
    if found is None:
        return LeftOut(terms.when_missing or Lacking.UNRATED, f"{describe(terms.events)}：数据未报送，未评价")
    if len(found) < terms.at_least:
        return None
    because = (
        f"{scope_words(terms.events.selection)}{describe(terms.events)}"
        f"{len(found)}{SOURCES[terms.events.of].unit}{places(found)}，一票否决，等级定为“{terms.grade}”"
    )
    return Charge(Decimal(0), because, evidence_of(found), grade=terms.grade)
