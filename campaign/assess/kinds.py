"""The kinds of scoring rule: each a small pure function from a subject's records to points and their reason.

Those that rest on the table of matters alone are in kinds_matters.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from campaign.assess.applicability import inapplicable
from campaign.assess.kinds_matters import cumulative, raters, step_of, step_words, tiered
from campaign.assess.occurrences import (
    Occurrence,
    describe,
    evidence_of,
    exempted,
    occurrences,
    places,
)
from campaign.assess.rates import Rate, rate_of, reported_rate, scope_words
from campaign.assess.subjects import Subject
from campaign.assess.verdicts import (
    Charge,
    Charged,
    LeftOut,
    ProblemKey,
    Verdict,
    capped,
    not_handed_in,
    spoken,
)
from campaign.decimals import plain, rounded
from campaign.records import CellRef
from campaign.rulebook.model import Rule
from campaign.rulebook.sources import SOURCES, Events
from campaign.rulebook.terms import (
    Band,
    CumulativeTerms,
    Lacking,
    Measure,
    OccurrenceTerms,
    OnceTerms,
    Partial,
    Per,
    PercentTerms,
    RaterTerms,
    RateTerms,
    SteppedTerms,
    TieredTerms,
    VetoTerms,
)

_HUNDRED = Decimal(100)
_HUNDREDTH = Decimal("0.01")


def judge(rule: Rule, subject: Subject, charged: Charged) -> Verdict:  # noqa: C901, PLR0911 - one case a kind
    """Apply a rule to a subject; `charged` are the problems that earlier rules have charged, by rule.

    Raises:
        TypeError: the rule was not read by the loader and has no typed settings.
    """
    without = inapplicable(rule, subject)
    if without is not None:
        return without
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
            return _veto(rule, rule.terms, subject)
        case SteppedTerms():
            return _stepped(rule, rule.terms, subject)
        case TieredTerms():
            return tiered(rule, rule.terms, subject)
        case CumulativeTerms():
            return cumulative(rule, rule.terms, subject)
        case RaterTerms():
            return raters(rule, rule.terms, subject)
        case None:
            raise TypeError(f"rule {rule.id} has no terms")


# --- rates ----------------------------------------------------------------------------------------


def _rate(rule: Rule, terms: RateTerms, subject: Subject) -> Verdict:
    """Points of the step in which the exact rate lies."""
    rate = _rate_for(terms, subject)
    if rate is None or rate.whole == 0:
        return _nothing_to_rate(rule, terms.when_none, terms.measure)
    step = next(band for band in terms.bands if not rate.below(band.at_least))
    if step.points == 0:
        return None
    because = f"{rate.shown}，{_step_words(terms.bands, step)}，{spoken(step.points)}"
    return Charge(step.points, because, rate.lacking)


def _rate_for(terms: RateTerms | PercentTerms, subject: Subject) -> Rate | None:
    """The rate of the records, or the one that the table of matters states; None where it states none."""
    if terms.matters:
        return reported_rate(subject, terms.matters)
    return rate_of(subject, terms.measure, terms.selection)


def _step_words(bands: tuple[Band, ...], step: Band) -> str:
    above = next((upper for upper, lower in pairwise(bands) if lower is step), None)
    least = f"{plain(step.at_least)}%以上" if step.at_least else ""
    return f"属{least}{f'不足{plain(above.at_least)}%' if above else ''}一档"


def _percent(rule: Rule, terms: PercentTerms, subject: Subject) -> Verdict:
    """Points for each percentage point below the baseline, or above it where points are won."""
    rate = _rate_for(terms, subject)
    if rate is None or rate.whole == 0:
        return _nothing_to_rate(rule, terms.when_none, terms.measure)
    sign = -1 if rule.points < 0 else 1
    beyond = sign * (_HUNDRED * rate.part - terms.baseline * rate.whole)  # times the whole, to stay exact
    if beyond <= 0:
        return None
    gap = _whole_points(beyond / rate.whole, terms.partial)
    earned = rule.points * beyond / rate.whole if terms.partial is Partial.PRORATE else rule.points * gap
    points, note = capped(rule, rounded(earned))
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


def _nothing_to_rate(rule: Rule, lacking: Lacking, measure: Measure) -> LeftOut | None:
    if measure is Measure.REPORTED:
        return not_handed_in(rule, lacking)
    if lacking is Lacking.FULL:
        return None
    what = "没有{community}" if measure is Measure.CHECKED else "没有发现问题"
    return LeftOut(lacking, f"“{rule.title}”（{rule.id}）：{what}，不适用")


# --- occurrences ----------------------------------------------------------------------------------


def _occurrence(rule: Rule, terms: OccurrenceTerms, subject: Subject, charged: Charged) -> Verdict:
    """Points for each occurrence not charged before, averaged over the subject's size, up to the cap."""
    found = occurrences(subject, terms.events)
    if found is None:
        return not_handed_in(rule, terms.when_missing)
    spared = {key for name in terms.unless_charged_under for key in charged.get(name, ())}
    counted = sorted((o for o in found if _key(o) not in spared), key=_oldest_first)
    exempt = exempted(subject, terms.events)
    if not counted:
        return _all_exempt(terms.events, exempt)
    size = _size(terms.per, subject)
    if size is None:
        return not_handed_in(rule, terms.when_missing)
    n = len(counted)
    points, note = capped(rule, rounded(rule.points * n * size.base / size.whole))
    unit = SOURCES[terms.events.of].unit
    spared_words = (
        ""
        if n == len(found)
        else f"（另有{len(found) - n}{unit}已按{'、'.join(terms.unless_charged_under)}计分，不重复）"
    )
    spared_words += _exempt_words(terms.events, exempt)
    because = (
        f"{scope_words(terms.events.selection)}{describe(terms.events)}{n}{unit}{places(counted)}"
        f"{spared_words}，{size.words(rule.points, n)}{note}，{spoken(points)}"
    )
    taken = counted if rule.cap is None else counted[: _absorbed(rule.points, rule.cap, size)]
    return Charge(points, because, evidence_of([*counted, *exempt]), frozenset(_keys(taken)))


def _exempt_words(events: Events, exempt: Collection[Occurrence]) -> str:
    if not exempt:
        return ""
    unit = SOURCES[events.of].unit
    return f"（另有{len(exempt)}{unit}凭“{'、'.join(events.exempt_by)}”的证明材料免予计分）"


def _all_exempt(events: Events, exempt: Collection[Occurrence]) -> Charge | None:
    """Nothing is charged, but the evidence that spared the subject is shown."""
    if not exempt:
        return None
    unit = SOURCES[events.of].unit
    because = (
        f"{scope_words(events.selection)}{describe(events)}{len(exempt)}{unit}{places(exempt)}，"
        f"均凭“{'、'.join(events.exempt_by)}”的证明材料免予计分，{spoken(Decimal(0))}"
    )
    return Charge(Decimal(0), because, evidence_of(exempt))


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
        size = _Size(per.communities, len(subject.communities), "个{community}")
    else:
        size = _Size(per.households, subject.tally.households or 0, "户")
    return size if size.whole else None


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


# --- once, veto -----------------------------------------------------------------------------------


def _once(rule: Rule, terms: OnceTerms, subject: Subject) -> Verdict:
    """The points, once, if there are enough occurrences."""
    found = occurrences(subject, terms.events)
    if found is None:
        return not_handed_in(rule, terms.when_missing)
    if len(found) < terms.at_least:
        return None
    unit = SOURCES[terms.events.of].unit
    counted = f"{len(found)}{unit}{places(found)}" if len(found) > 1 or terms.at_least > 1 else ""
    because = f"{scope_words(terms.events.selection)}{describe(terms.events)}{counted}，{spoken(rule.points)}"
    return Charge(rule.points, because, evidence_of(found))


def _veto(rule: Rule, terms: VetoTerms, subject: Subject) -> Verdict:
    """No points, but a grade."""
    found = occurrences(subject, terms.events)
    if found is None:
        return not_handed_in(rule, terms.when_missing)
    if len(found) < terms.at_least:
        return None
    because = (
        f"{scope_words(terms.events.selection)}{describe(terms.events)}"
        f"{len(found)}{SOURCES[terms.events.of].unit}{places(found)}，一票否决，等级定为“{terms.grade}”"
    )
    return Charge(Decimal(0), because, evidence_of(found), grade=terms.grade)


def _stepped(rule: Rule, terms: SteppedTerms, subject: Subject) -> Verdict:
    """Points of the step in which the number of occurrences lies."""
    found = occurrences(subject, terms.events)
    if found is None:
        return not_handed_in(rule, terms.when_missing)
    step = step_of(terms.steps, Decimal(len(found)))
    if step.points == 0:
        return None
    unit = SOURCES[terms.events.of].unit
    because = (
        f"{scope_words(terms.events.selection)}{describe(terms.events)}{len(found)}{unit}{places(found)}，"
        f"{step_words(terms.steps, step, unit)}，{spoken(step.points)}"
    )
    return Charge(step.points, because, evidence_of(found))
