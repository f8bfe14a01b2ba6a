"""The closed set of kinds of scoring rule: which settings each has, and how they are checked.

Published rubrics give the shapes: stepped bands (台州), points per percentage point below a baseline and per
occurrence with a cap (a monthly standard of assessment), things that count once (省优标准), vetoes (连云港).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from campaign.records import SubjectKind
from campaign.rulebook.events import SELECTION, read_events, read_missing, read_selection, subject_zh
from campaign.rulebook.matters import VALIDITY, read_matters
from campaign.rulebook.model import Checklist
from campaign.rulebook.reader import Entry, quoted
from campaign.rulebook.sources import SOURCES, Events, Matters
from campaign.rulebook.terms import (
    Band,
    Lacking,
    Measure,
    OccurrenceTerms,
    OnceTerms,
    Partial,
    Per,
    PercentTerms,
    RateTerms,
    RuleTerms,
    Step,
    SteppedTerms,
    VetoTerms,
)

_HUNDRED = Decimal(100)
_REPORTED = ("matter", *VALIDITY)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule's settings are checked against."""

    subject: SubjectKind
    allotted: bool
    grades: tuple[str, ...]
    checklist: Checklist


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule: its own keys (besides those of its source) and what reads them."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    read: Callable[[Mapping[str, Entry], Scope], RuleTerms]


def read_measure(entry: Entry, subject: SubjectKind) -> Measure:
    """A rate that the kind of subject has and that follows from its records."""
    measure = _measure(entry, subject)
    if measure is Measure.REPORTED:
        entry.refuse("“reported”（考核事项登记的比率）只能用于评分规则 rate 和 per_percent")
    return measure


def _measure(entry: Entry, subject: SubjectKind) -> Measure:
    measure = entry.member(Measure)
    if measure is Measure.CHECKED and subject is SubjectKind.AGENCY:
        entry.refuse(f"{subject_zh(subject)}没有排查率；可以用的有{quoted([Measure.DONE, Measure.CLOSED])}")
    return measure


def read_points(fields: Mapping[str, Entry]) -> Decimal:
    """The points of a rule, which are not 0."""
    points = fields["points"].number()
    if points == 0:
        fields["points"].refuse("分值不能是 0；扣分写负数，加分写正数")
    return points


def lacking(points: Decimal, scope: Scope, *, never_full: bool) -> tuple[Lacking, ...]:
    """Only an item that has a share of the full marks can be left out and the rest rescaled.

    Where data is missing, a deduction is never taken for kept (`never_full`); a bonus is then not won.
    """
    return (
        *(() if never_full and points < 0 else (Lacking.FULL,)),
        *((Lacking.RESCALE,) if scope.allotted and points < 0 else ()),
        Lacking.UNRATED,
    )


def _when_none(fields: Mapping[str, Entry], points: Decimal, scope: Scope, *, reported: bool) -> Lacking:
    allowed = lacking(points, scope, never_full=reported)
    return fields["when_none"].one_of({choice.value: choice for choice in allowed})


def _reported(fields: Mapping[str, Entry], measure: Measure) -> Matters | None:
    """Under which matter a reported rate is found; other rates follow from the records."""
    if measure is not Measure.REPORTED:
        for name in ("matter", *VALIDITY):
            if name in fields:
                fields[name].refuse(f"只有“measure: {Measure.REPORTED}”的规则才能写“{name}”")
        return None
    if "matter" not in fields:
        fields["measure"].refuse("“reported”须写明“matter”，即登记这一比率的事项名称")
    for name in SELECTION:
        if name in fields:
            fields[name].refuse(f"“measure: {measure}”的比率是登记的，不能再限定“{name}”")
    return read_matters(fields, (fields["matter"].text(),))


def _bands(entry: Entry, points: Decimal) -> tuple[Band, ...]:
    """Steps from 100 down to 0 without overlap or gap, a worse rate never earning more."""
    bands: list[Band] = []
    for item in entry.items():
        fields = item.mapping(("at_least", "points"))
        band = Band(fields["at_least"].number(), fields["points"].number())
        if not 0 <= band.at_least <= _HUNDRED:
            fields["at_least"].refuse(f"比率应在 0 至 100 之间，这里是 {band.at_least}")
        if bands and band.at_least >= bands[-1].at_least:
            fields["at_least"].refuse(
                f"各档应从高到低、互不重叠：{band.at_least} 不低于上一档的 {bands[-1].at_least}"
            )
        if bands and band.points >= bands[-1].points:
            fields["points"].refuse(
                f"比率越低得分应越低：这一档的 {band.points} 不低于上一档的 {bands[-1].points}"
            )
        bands.append(band)
    if not bands or bands[-1].at_least != 0:
        entry.refuse("各档之间有空缺：最低一档应为 at_least: 0")
    best, worst = (Decimal(0), points) if points < 0 else (points, Decimal(0))
    if (bands[0].points, bands[-1].points) != (best, worst):
        entry.refuse(
            f"最高一档应为 {best} 分，最低一档应为 {worst} 分（分值是 {points}），"
            f"这里是 {bands[0].points} 和 {bands[-1].points}"
        )
    return tuple(bands)


def _rate(fields: Mapping[str, Entry], scope: Scope) -> RateTerms:
    points = read_points(fields)
    measure = _measure(fields["measure"], scope.subject)
    matters = _reported(fields, measure)
    return RateTerms(
        measure=measure,
        bands=_bands(fields["bands"], points),
        when_none=_when_none(fields, points, scope, reported=matters is not None),
        selection=read_selection(fields, scope.checklist),
        matters=matters,
    )


def _percent(fields: Mapping[str, Entry], scope: Scope) -> PercentTerms:
    points = read_points(fields)
    baseline = fields["baseline"].number()
    if not 0 <= baseline <= _HUNDRED:
        fields["baseline"].refuse(f"比率应在 0 至 100 之间，这里是 {baseline}")
    if baseline == (0 if points < 0 else _HUNDRED):
        fields["baseline"].refuse(f"比率不会{'低' if points < 0 else '高'}于 {baseline}%，这一条永远不会生效")
    measure = _measure(fields["measure"], scope.subject)
    matters = _reported(fields, measure)
    return PercentTerms(
        measure=measure,
        baseline=baseline,
        partial=fields["partial"].member(Partial),
        when_none=_when_none(fields, points, scope, reported=matters is not None),
        selection=read_selection(fields, scope.checklist),
        matters=matters,
    )


def _per(fields: Mapping[str, Entry], scope: Scope) -> Per | None:
    if "per_communities" in fields and "per_households" in fields:
        fields["per_households"].refuse("“per_communities”和“per_households”只能写一项")
    for name in ("per_communities", "per_households"):
        if name in fields and scope.subject is SubjectKind.AGENCY:
            fields[name].refuse(f"{subject_zh(scope.subject)}没有所辖的点位和户数，不能用“{name}”")
    if "per_communities" in fields:
        return Per(communities=fields["per_communities"].whole(1))
    if "per_households" in fields:
        return Per(households=fields["per_households"].whole(1))
    return None


def _when_missing(
    fields: Mapping[str, Entry], points: Decimal, scope: Scope, events: Events, per: Per | None = None
) -> Lacking | None:
    uncertain = SOURCES[events.of].optional or (per is not None and per.households > 0)
    return read_missing(fields, uncertain=uncertain, allowed=lacking(points, scope, never_full=True))


def _occurrence(fields: Mapping[str, Entry], scope: Scope) -> OccurrenceTerms:
    points = read_points(fields)
    events = read_events(fields, scope.checklist)
    per = _per(fields, scope)
    others = fields["unless_charged_under"].texts() if "unless_charged_under" in fields else ()
    if others and not SOURCES[events.of].of_problems:
        fields["unless_charged_under"].refuse("只有按问题计分的规则才能写“unless_charged_under”")
    return OccurrenceTerms(events, per, others, _when_missing(fields, points, scope, events, per))


def read_at_least(fields: Mapping[str, Entry], events: Events) -> int:
    """From how many occurrences on; not more than there can be."""
    at_least = fields["at_least"].whole(1) if "at_least" in fields else 1
    if SOURCES[events.of].single and at_least > 1:
        fields["at_least"].refuse(f"“{events.of}”（{SOURCES[events.of].zh}）最多只有1次，这一条永远不会生效")
    return at_least


def _stepped(fields: Mapping[str, Entry], scope: Scope) -> SteppedTerms:
    points = read_points(fields)
    events = read_events(fields, scope.checklist)
    steps = read_steps(fields["steps"])
    if steps[0].points != points:
        fields["steps"].refuse(f"最高一档应为 {points} 分（分值是 {points}），这里是 {steps[0].points}")
    return SteppedTerms(events, steps, _when_missing(fields, points, scope, events))


def read_steps(entry: Entry) -> tuple[Step, ...]:
    """Steps of a count from most to fewest without overlap or gap; more of it moves the points further."""
    steps: list[Step] = []
    for item in entry.items():
        fields = item.mapping(("at_least", "points"))
        step = Step(fields["at_least"].number(), fields["points"].number())
        if steps and step.at_least >= steps[-1].at_least:
            fields["at_least"].refuse(
                f"各档应从多到少、互不重叠：{step.at_least} 不少于上一档的 {steps[-1].at_least}"
            )
        if steps and (abs(step.points) >= abs(steps[-1].points) or step.points * steps[-1].points < 0):
            fields["points"].refuse(
                f"数量越少，扣分（加分）应越少：这一档的 {step.points} 不合上一档的 {steps[-1].points}"
            )
        steps.append(step)
    if not steps or steps[-1] != Step(Decimal(0), Decimal(0)):
        entry.refuse("各档之间有空缺：最低一档应为 at_least: 0，points: 0")
    return tuple(steps)


def _once(fields: Mapping[str, Entry], scope: Scope) -> OnceTerms:
    points = read_points(fields)
    events = read_events(fields, scope.checklist)
    at_least = read_at_least(fields, events)
    return OnceTerms(events, at_least, _when_missing(fields, points, scope, events))


def _veto(fields: Mapping[str, Entry], scope: Scope) -> VetoTerms:
    events = read_events(fields, scope.checklist)
    grade = fields["grade"].one_of({name: name for name in scope.grades})
    if grade == scope.grades[0]:
        fields["grade"].refuse(f"“{grade}”已是最高一级，否决不会降低等级，这一条永远不会生效")
    at_least = read_at_least(fields, events)
    return VetoTerms(events, grade, at_least, _when_missing(fields, Decimal(0), scope, events))


KINDS: Mapping[str, Kind] = {
    "rate": Kind(("points", "measure", "bands", "when_none"), (*SELECTION, *_REPORTED), _rate),
    "per_percent": Kind(
        ("points", "measure", "baseline", "partial", "when_none"),
        ("cap", *SELECTION, *_REPORTED),
        _percent,
    ),
    "per_occurrence": Kind(
        ("points", "of"),
        ("cap", "per_communities", "per_households", "unless_charged_under", "when_missing"),
        _occurrence,
    ),
    "once": Kind(("points", "of"), ("at_least", "when_missing"), _once),
    "veto": Kind(("of", "grade"), ("at_least", "when_missing"), _veto),
    "stepped": Kind(("points", "of", "steps"), ("when_missing",), _stepped),
}
