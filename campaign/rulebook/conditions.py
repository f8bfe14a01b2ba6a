"""The closed set of conditions that a consequence may rest on, and how their settings are checked.

The shapes are those of real campaigns: below a grade, last of a ranking, last twice running (江门), overdue
beyond so many days, a report not handed in, the so-manieth time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from campaign.records import DecisionKind, SubjectKind
from campaign.rulebook.events import SELECTION, read_events, read_selection
from campaign.rulebook.kinds import read_measure
from campaign.rulebook.model import Checklist, Scheme
from campaign.rulebook.reader import Entry
from campaign.rulebook.terms import (
    ConditionTerms,
    GradeBelow,
    Occurring,
    RankFirst,
    RankLast,
    RateBelow,
    Repeated,
    Unreported,
    Vetoed,
    VetoTerms,
)


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


def _rank_last(fields: Mapping[str, Entry], _ground: Ground) -> RankLast:
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
    return Occurring(events, fields["at_least"].whole(1))


def _rate_below(fields: Mapping[str, Entry], ground: Ground) -> RateBelow:
    return RateBelow(
        read_measure(fields["measure"], ground.subject),
        fields["rate"].number(),
        fields["min_found"].whole(1),
        read_selection(fields, ground.checklist),
    )


def _unreported(fields: Mapping[str, Entry], ground: Ground) -> Unreported:
    if ground.subject is not SubjectKind.SUBDISTRICT:
        fields["subject"].refuse("“unreported”只适用于街道办事处（subdistricts）")
    return Unreported()


def _vetoed(fields: Mapping[str, Entry], ground: Ground) -> Vetoed:
    if not any(isinstance(rule.terms, VetoTerms) for rule in ground.scheme.rules):
        fields["when"].refuse("评分规则里没有一票否决（veto），这一条永远不会生效")
    return Vetoed()


def _repeated(fields: Mapping[str, Entry], _ground: Ground) -> Repeated:
    return Repeated(fields["decision"].member(DecisionKind), fields["times"].whole(2))


CONDITIONS: Mapping[str, Condition] = {
    "grade_below": Condition(("grade",), (), _grade_below),
    "rank_last": Condition(("weeks", "min_ranked"), ("points_below",), _rank_last),
    "rank_first": Condition(("grade", "min_ranked", "min_found"), (), _rank_first),
    "occurrences": Condition(("of", "at_least"), (), _occurring),
    "rate_below": Condition(("measure", "rate", "min_found"), SELECTION, _rate_below),
    "unreported": Condition((), (), _unreported),
    "vetoed": Condition((), (), _vetoed),
    "repeated": Condition(("decision", "times"), (), _repeated),
}
