"""The kinds of rule that rest on the table of matters (考核事项): levels, cumulated points, raters.

Published rubrics give the shapes: honours by level within so many years (扬州), points that add up over a
year and have consequences from 6, 9 and 12 on (北京), marks of street, county and city offices (南宁).
"""

from collections.abc import Mapping
from decimal import Decimal

from campaign.rulebook.events import read_missing
from campaign.rulebook.kinds import KINDS, Kind, Scope, lacking, read_points, read_steps
from campaign.rulebook.matters import VALIDITY, read_matters
from campaign.rulebook.reader import Entry
from campaign.rulebook.terms import (
    Absent,
    CumulativeTerms,
    Demerit,
    Lacking,
    Marks,
    Rater,
    RaterTerms,
    RuleTerms,
    Take,
    Tier,
    TieredTerms,
)

_WHOLE = Decimal(100)


def _when_missing(fields: Mapping[str, Entry], points: Decimal, scope: Scope, at: str) -> Lacking:
    allowed = lacking(points, scope, never_full=True)
    missing = read_missing(fields, uncertain=True, allowed=allowed, at=at)
    return missing or Lacking.UNRATED


def _tiered(fields: Mapping[str, Entry], scope: Scope) -> TieredTerms:
    tiers: list[Tier] = []
    for item in fields["tiers"].items():
        each = item.mapping(("level", "points"))
        tier = Tier(each["level"].text(), each["points"].number())
        if any(tier.level == other.level for other in tiers):
            each["level"].refuse(f"级别“{tier.level}”写了两次；请只留一处")
        if any(tier.points * other.points < 0 for other in tiers):
            each["points"].refuse("同一条规则的各级别要么都加分，要么都扣分")
        tiers.append(tier)
    if not any(tier.points for tier in tiers):
        fields["tiers"].refuse("各级别都是 0 分，这一条永远不会生效")
    worth = max((tier.points for tier in tiers), key=abs)
    return TieredTerms(
        matters=read_matters(fields),
        tiers=tuple(tiers),
        take=fields["take"].member(Take),
        when_missing=_when_missing(fields, worth, scope, "matters"),
    )


def _cumulative(fields: Mapping[str, Entry], scope: Scope) -> CumulativeTerms:
    shared = {name: fields[name] for name in VALIDITY if name in fields}
    entries: list[Demerit] = []
    for item in fields["entries"].items():
        own = item.mapping(("matters", "points"), ("levels", "min_quantity", "per_quantity"))
        points = own["points"].number()
        if points <= 0:
            own["points"].refuse(f"累计的记分写正数，这里是 {points}")
        entries.append(Demerit(read_matters({**shared, **own}), points))
    if not entries:
        fields["entries"].refuse("列表是空的，至少要有一项")
    steps = read_steps(fields["steps"]) if "steps" in fields else ()
    if steps and "cap" in fields:
        fields["cap"].refuse("写了“steps”的，最高一档就是上限，不要再写“cap”")
    if steps and steps[0].points > 0:
        fields["steps"].refuse("累计记分只能扣分，各档写负数")
    return CumulativeTerms(tuple(entries), steps, _when_missing(fields, Decimal(-1), scope, "entries"))


def _raters(fields: Mapping[str, Entry], scope: Scope) -> RaterTerms:
    points = read_points(fields)
    raters: list[Rater] = []
    for item in fields["raters"].items():
        each = item.mapping(("name", "weight"))
        rater = Rater(each["name"].text(), each["weight"].number())
        if rater.weight <= 0:
            each["weight"].refuse(f"权重应大于 0，这里是 {rater.weight}")
        if any(rater.name == other.name for other in raters):
            each["name"].refuse(f"评分人“{rater.name}”写了两次；请只留一处")
        raters.append(rater)
    total = sum((rater.weight for rater in raters), Decimal(0))
    if total != _WHOLE:
        fields["raters"].refuse(f"各评分人的权重之和是 {total}，应为 {_WHOLE}")
    out_of = fields["out_of"].number()
    if out_of <= 0:
        fields["out_of"].refuse(f"评分的满分应大于 0，这里是 {out_of}")
    return RaterTerms(
        matters=read_matters(fields),
        raters=tuple(raters),
        out_of=out_of,
        marks=fields["marks"].member(Marks),
        absent=fields["absent"].member(Absent),
        when_missing=_when_missing(fields, points, scope, "matters"),
    )


ALL_KINDS: Mapping[str, Kind] = {
    **KINDS,
    "tiered": Kind(("matters", "tiers", "take"), ("cap", "when_missing", *VALIDITY), _tiered),
    "cumulative": Kind(("entries",), ("steps", "cap", "when_missing", *VALIDITY), _cumulative),
    "raters": Kind(
        ("points", "matters", "raters", "out_of", "marks", "absent"), ("when_missing", *VALIDITY), _raters
    ),
}


def worth(fields: Mapping[str, Entry], terms: RuleTerms) -> Decimal:
    """The points of a rule: those typed, else what its settings amount to for one entry at most."""
    match terms:
        case TieredTerms():
            return max((tier.points for tier in terms.tiers), key=abs)
        case CumulativeTerms():
            steps = [step.points for step in terms.steps]
            return min(steps) if steps else -max(entry.points for entry in terms.entries)
        case _:
            return fields["points"].number() if "points" in fields else Decimal(0)
