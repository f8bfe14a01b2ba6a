"""The closed set of conditions that a consequence may rest on, and how their settings are checked.

The shapes are those of real campaigns: below a grade, last of a ranking, last twice running (江门), overdue
beyond so many days, a report not handed in, the so-manieth time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from campaign.records import DecisionKind, SubjectKind
from campaign.rulebook.condition_terms import (
    ConditionTerms,
    Cumulated,
    FreeOf,
    GradeBelow,
    GradeFrom,
    Occurring,
    RankFirst,
    RankLast,
    RateBelow,
    Repeated,
    Unreported,
    Vetoed,
)
from campaign.rulebook.events import SELECTION, read_events, read_selection
from campaign.rulebook.kinds import read_at_least, read_measure
from campaign.rulebook.model import Checklist, Scheme
from campaign.rulebook.reader import Entry
from campaign.rulebook.terms import CumulativeTerms, VetoTerms

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Ground:
    """What a condition's settings are checked against."""

    subject: SubjectKind
    scheme: Scheme
    checklist: Checklist


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: its own keys (besides those of its source) and what reads them."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    read: Callable[[Mapping[str, Entry], Ground], ConditionTerms]


def _grade(entry: Entry, ground: Ground) -> str:
    return entry.one_of({grade.name: grade.name for grade in ground.scheme.grades})


def _grade_below(fields: Mapping[str, Entry], ground: Ground) -> GradeBelow:
    grade = _grade(fields["grade"], ground)
    if grade == ground.scheme.grades[-1].name:
        fields["grade"].refuse(f"“{grade}”已是最低一级，没有更低的等级，这一条永远不会生效")
    return GradeBelow(grade)


def _grade_from(fields: Mapping[str, Entry], ground: Ground) -> GradeFrom:
    grade = _grade(fields["grade"], ground)
    if grade == ground.scheme.grades[-1].name:
        fields["grade"].refuse(f"“{grade}”是最低一级，人人都达到，这一条总是生效")
    return GradeFrom(grade)


def _rank_last(fields: Mapping[str, Entry], ground: Ground) -> RankLast:
    below = fields.get("points_below")
    if below and below.number() <= ground.scheme.floor:
        below.refuse(f"得分不会低于最低分 {ground.scheme.floor}，这一条永远不会生效")
    return RankLast(
        weeks=fields["weeks"].whole(1),
        min_ranked=fields["min_ranked"].whole(2),
        points_below=fields["points_below"].number() if "points_below" in fields else None,
    )


def _rank_first(fields: Mapping[str, Entry], ground: Ground) -> RankFirst:
    return RankFirst(
        _grade(fields["grade"], ground), fields["min_ranked"].whole(2), fields["min_found"].whole()
    )


def _occurring(fields: Mapping[str, Entry], ground: Ground) -> Occurring:
    events = read_events(fields, ground.checklist)
    return Occurring(events, read_at_least(fields, events))


def _free_of(fields: Mapping[str, Entry], ground: Ground) -> FreeOf:
    return FreeOf(read_events(fields, ground.checklist))


def _rate_below(fields: Mapping[str, Entry], ground: Ground) -> RateBelow:
    rate = fields["rate"].number()
    if not 0 < rate <= _HUNDRED:
        fields["rate"].refuse(f"比率应大于 0、不超过 100，这里是 {rate}，这一条永远不会生效或总是生效")
    return RateBelow(
        read_measure(fields["measure"], ground.subject),
        rate,
        fields["min_found"].whole(1),
        read_selection(fields, ground.checklist),
    )


def _unreported(fields: Mapping[str, Entry], ground: Ground) -> Unreported:
    if ground.subject is not SubjectKind.SUBDISTRICT:
        fields["subject"].refuse("“unreported”只适用于属地单位（subdistricts）")
    return Unreported()


def _vetoed(fields: Mapping[str, Entry], ground: Ground) -> Vetoed:
    if not any(isinstance(rule.terms, VetoTerms) for rule in ground.scheme.rules):
        fields["when"].refuse("评分规则里没有一票否决（veto），这一条永远不会生效")
    return Vetoed()


def _repeated(fields: Mapping[str, Entry], _ground: Ground) -> Repeated:
    in_a_row = fields["in_a_row"].flag() if "in_a_row" in fields else False
    return Repeated(fields["decision"].member(DecisionKind), fields["times"].whole(2), in_a_row)


def _cumulated(fields: Mapping[str, Entry], ground: Ground) -> Cumulated:
    rules = {r.id: r.terms for r in ground.scheme.rules if isinstance(r.terms, CumulativeTerms)}
    rule = fields["rule"].one_of({name: name for name in rules})
    at_least = fields["at_least"].number()
    below = fields["below"].number() if "below" in fields else None
    if at_least <= 0:
        fields["at_least"].refuse(f"累计记分应大于 0，这里是 {at_least}")
    if below is not None and below <= at_least:
        fields["below"].refuse(f"“below”的 {below} 不高于“at_least”的 {at_least}，这一条永远不会生效")
    return Cumulated(rule, rules[rule], at_least, below)


CONDITIONS: Mapping[str, Condition] = {
    "grade_below": Condition(("grade",), (), _grade_below),
    "grade_from": Condition(("grade",), (), _grade_from),
    "rank_last": Condition(("weeks", "min_ranked"), ("points_below",), _rank_last),
    "rank_first": Condition(("grade", "min_ranked", "min_found"), (), _rank_first),
    "occurrences": Condition(("of", "at_least"), (), _occurring),
    "free_of": Condition(("of",), (), _free_of),
    "rate_below": Condition(("measure", "rate", "min_found"), SELECTION, _rate_below),
    "unreported": Condition((), (), _unreported),
    "vetoed": Condition((), (), _vetoed),
    "repeated": Condition(("decision", "times"), ("in_a_row",), _repeated),
    "cumulated": Condition(("rule", "at_least"), ("below",), _cumulated),
}
