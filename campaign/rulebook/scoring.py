"""Reading rules/scoring/*.yaml: how each kind of subject is scored.

Refused, besides what the reader refuses: bands and grades that overlap, leave a gap or run backwards, items
that do not add up to the declared full marks, a rule or grade that is never reached, one rule number in force
twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from campaign.records import ItemCode, SubjectKind
from campaign.rulebook.events import SELECTION, event_keys, read_items
from campaign.rulebook.kinds import Scope
from campaign.rulebook.kinds_matters import ALL_KINDS, worth
from campaign.rulebook.model import Campaign, Checklist, Grade, Part, Rule, Scheme
from campaign.rulebook.reader import Entry, quoted
from campaign.rulebook.sources import SOURCES
from campaign.rulebook.terms import (
    CumulativeTerms,
    Lacking,
    OccurrenceTerms,
    PercentTerms,
    RuleTerms,
    Take,
    TieBreak,
    TieredTerms,
    VetoTerms,
)

_RULE = ("id", "title", "clause", "kind")
_RULE_OPTIONAL = ("from", "until", "note", "not_applicable", "applies_to")
_SCHEME = ("subject", "full", "floor", "allotted", "grades", "rules")
_SCHEME_OPTIONAL = ("ceiling", "charge_once", "parts", "tie_break")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From when until when something is in force, both inclusive; None is open."""

    first: date | None
    last: date | None

    def meets(self, other: "Period") -> bool:
        """Whether there is a day on which both are in force."""
        return (self.first is None or other.last is None or self.first <= other.last) and (
            other.first is None or self.last is None or other.first <= self.last
        )


def read_period(fields: Mapping[str, Entry], campaign: Campaign) -> Period:
    """`from` and `until`, with their reason in `note`, touching the campaign's days."""
    first = fields["from"].day() if "from" in fields else None
    last = fields["until"].day() if "until" in fields else None
    where = fields.get("until") or fields.get("from")
    if where is None:
        return Period(None, None)
    if first and last and last < first:
        where.refuse(f"止日 {last} 早于起日 {first}")
    if not Period(first, last).meets(Period(campaign.starts_on, campaign.ends_on)):
        where.refuse(f"在专项整治期间（{campaign.starts_on} 至 {campaign.ends_on}）永远不会生效")
    if "note" not in fields:
        where.refuse("写了起止日期，须在“note”写明理由")
    return Period(first, last)


def read_scheme(entry: Entry, campaign: Campaign, checklist: Checklist) -> Scheme:
    """One scoring file."""
    fields = entry.mapping(_SCHEME, _SCHEME_OPTIONAL)
    full, floor = fields["full"].number(), fields["floor"].number()
    ceiling = fields["ceiling"].number() if "ceiling" in fields else None
    if floor > full:
        fields["floor"].refuse(f"最低分 {floor} 高于满分 {full}")
    if ceiling is not None and ceiling < full:
        fields["ceiling"].refuse(f"最高分 {ceiling} 低于满分 {full}")
    grades = _grades(fields["grades"], floor)
    allotted = fields["allotted"].flag()
    scope = Scope(fields["subject"].member(SubjectKind), allotted, tuple(g.name for g in grades), checklist)
    entries = fields["rules"].items()
    rules = tuple(_rule(item, scope, campaign) for item in entries)
    _once_at_a_time(entries, rules)
    _charged_before(entries, rules)
    if "charge_once" in fields and fields["charge_once"].flag():
        rules = _charged_once(rules)
    if allotted:
        _adds_up(fields["full"], full, rules, campaign)
    parts = _parts(fields["parts"], rules, allotted=allotted) if "parts" in fields else ()
    _reachable(fields["grades"], grades, _most(full, ceiling, rules, parts))
    _forceable(fields["grades"], grades, rules)
    return Scheme(
        scope.subject, full, floor, ceiling, grades, rules, allotted, parts, _ties(fields, scope.subject)
    )


def _ties(fields: Mapping[str, Entry], subject: SubjectKind) -> tuple[TieBreak, ...]:
    ties: list[TieBreak] = []
    for item in fields["tie_break"].items() if "tie_break" in fields else ():
        tie = item.member(TieBreak)
        if tie in ties:
            item.refuse(f"“{tie}”写了两次；请只留一处")
        if tie is TieBreak.CHECKED and subject is SubjectKind.AGENCY:
            item.refuse("成员单位没有排查率，不能用来区分名次")
        ties.append(tie)
    return tuple(ties)


def _parts(entry: Entry, rules: Sequence[Rule], *, allotted: bool) -> tuple[Part, ...]:
    """Parts of the score with a cap of their own; each rule in one part at most."""
    parts: list[Part] = []
    known = {rule.id: rule for rule in rules}
    for item in entry.items():
        fields = item.mapping(("name", "rules", "cap"))
        members = [member.one_of(known) for member in fields["rules"].items()]
        if any(rule.id in part.rules for rule in members for part in parts):
            fields["rules"].refuse("同一条规则只能列入一个分项")
        if len({rule.points > 0 for rule in members}) != 1:
            fields["rules"].refuse("同一分项的规则要么都加分，要么都扣分")
        if allotted and members[0].points < 0:
            fields["rules"].refuse("扣分的规则各有分值，不能再列入分项")
        cap = fields["cap"].number()
        if cap <= 0:
            fields["cap"].refuse(f"上限写正数，不论扣分还是加分；这里是 {cap}")
        parts.append(Part(fields["name"].text(), tuple(rule.id for rule in members), cap))
    return tuple(parts)


def _charged_once(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """No problem is charged under two rules: each rule spares what any earlier one has charged."""
    earlier: list[str] = []
    out: list[Rule] = []
    for rule in rules:
        terms = rule.terms
        if isinstance(terms, OccurrenceTerms) and SOURCES[terms.events.of].of_problems and rule.points < 0:
            spared = dict.fromkeys((*terms.unless_charged_under, *earlier))
            spared.pop(rule.id, None)
            out.append(replace(rule, terms=replace(terms, unless_charged_under=tuple(spared))))
            earlier.append(rule.id)
        else:
            out.append(rule)
    return tuple(out)


def _most(
    full: Decimal, ceiling: Decimal | None, rules: Iterable[Rule], parts: Iterable[Part]
) -> Decimal | None:
    """The most points anybody can have; None where there is no bound."""
    if ceiling is not None:
        return ceiling
    capped = {name: part for part in parts for name in part.rules}
    most = full + sum((part.cap for part in set(capped.values())), Decimal(0))
    for rule in rules:
        if rule.points <= 0 or rule.id in capped:
            continue
        bound = rule.cap if rule.cap is not None else None if _unbounded(rule.terms) else rule.points
        if bound is None:
            return None
        most += bound
    return most


def _unbounded(terms: RuleTerms | None) -> bool:
    """Whether a rule's points have no bound but its cap."""
    match terms:
        case OccurrenceTerms() | PercentTerms():
            return True
        case TieredTerms():
            return terms.take is Take.EACH or len(terms.matters.names) > 1
        case CumulativeTerms():
            return not terms.steps
        case _:
            return False


def _forceable(entry: Entry, grades: Sequence[Grade], rules: Iterable[Rule]) -> None:
    vetoed = {rule.terms.grade for rule in rules if isinstance(rule.terms, VetoTerms)}
    for item, grade in zip(entry.items(), grades, strict=True):
        if grade.forced and grade.name not in vetoed:
            item.refuse(f"“{grade.name}”永远达不到：没有一票否决（veto）的规则定为这一级")


def _reachable(entry: Entry, grades: Sequence[Grade], most: Decimal | None) -> None:
    for item, grade in zip(entry.items(), grades, strict=True):
        if most is not None and not grade.forced and not grade.reached(most):
            item.refuse(f"“{grade.name}”永远达不到：最高只有 {most} 分")


def _grades(entry: Entry, floor: Decimal) -> tuple[Grade, ...]:
    """From best to worst, without overlap, the last one reaching down to the floor."""
    grades: list[Grade] = []
    for item in entry.items():
        fields = item.mapping(("name",), ("at_least", "above", "forced"))
        if any(fields["name"].text() == other.name for other in grades):
            fields["name"].refuse(f"等级“{fields['name'].text()}”写了两次")
        if "forced" in fields:
            grades.append(_forced(fields, grades))
            continue
        if grades and grades[-1].forced:
            item.refuse("只由一票否决定的等级（forced）应排在最后")
        if ("at_least" in fields) == ("above" in fields):
            item.refuse("“at_least”（含本数）和“above”（不含本数）须写其中一项，只能写一项")
        bound = fields.get("above") or fields["at_least"]
        grade = Grade(fields["name"].text(), bound.number(), "above" in fields)
        # 高于80分 and 80分以上 are two bands side by side: the exclusive one is the better.
        if grades and (-grade.at_least, not grade.above) <= (-grades[-1].at_least, not grades[-1].above):
            bound.refuse(
                f"等级应从高到低、互不重叠：“{grade.name}”的 {grade.at_least} 分"
                f"不低于“{grades[-1].name}”的 {grades[-1].at_least} 分"
            )
        grades.append(grade)
    bands = [grade for grade in grades if not grade.forced]
    if not bands:
        entry.refuse("至少要有一个等级")
    if not bands[-1].reached(floor):
        entry.refuse(f"低于 {bands[-1].at_least} 分没有等级；最低一级应从 {floor} 分起")
    return tuple(grades)


def _forced(fields: Mapping[str, Entry], before: Sequence[Grade]) -> Grade:
    for name in ("at_least", "above"):
        if name in fields:
            fields[name].refuse(f"只由一票否决定的等级（forced）不写“{name}”")
    if not fields["forced"].flag() or not before:
        fields["forced"].refuse("“forced”只能写“是”，并排在按分数定的等级之后")
    return Grade(fields["name"].text(), Decimal(0), forced=True)


def _rule(entry: Entry, scope: Scope, campaign: Campaign) -> Rule:
    found = entry.entries()
    if "kind" not in found:
        entry.refuse(f"缺少“kind”；可以用的有{quoted(ALL_KINDS)}")
    name = found["kind"].one_of({name: name for name in ALL_KINDS})
    kind = ALL_KINDS[name]
    source = event_keys(found["of"], scope.subject) if "of" in kind.required and "of" in found else ()
    fields = entry.mapping((*_RULE, *kind.required), (*_RULE_OPTIONAL, *kind.optional, *source))
    period = read_period(fields, campaign)
    terms = kind.read(fields, scope)
    cap = fields["cap"].number() if "cap" in fields else None
    if cap is not None and cap <= 0:
        fields["cap"].refuse(f"上限写正数，不论扣分还是加分；这里是 {cap}")
    points = worth(fields, terms)
    if scope.allotted and points < 0 and cap is None and _unbounded(terms):
        entry.refuse("扣分的规则须写明“cap”（本条分值，即最多扣多少分），各条之和等于满分")
    if cap is not None and cap < abs(points):
        fields["cap"].refuse(f"上限 {cap} 比每次的 {abs(points)} 分还小")
    not_applicable, applies_to = _applicability(fields, points, scope)
    return Rule(
        id=fields["id"].text(),
        title=fields["title"].text(),
        clause=fields["clause"].text(),
        subject=scope.subject,
        kind=name,
        points=points,
        cap=cap,
        from_date=period.first,
        until_date=period.last,
        note=fields["note"].text() if "note" in fields else "",
        settings={
            key: found[key].plain() for key in (*kind.required, *kind.optional, *source) if key in found
        },
        terms=terms,
        not_applicable=not_applicable,
        applies_to=applies_to,
    )


def _applicability(
    fields: Mapping[str, Entry], points: Decimal, scope: Scope
) -> tuple[Lacking | None, tuple[ItemCode, ...]]:
    """What to do where every self-check says 不适用 of the rule's items, and which items these are."""
    if "not_applicable" not in fields:
        if "applies_to" in fields:
            fields["applies_to"].refuse("写了“applies_to”，还须写“not_applicable”（不适用时怎么办）")
        return None, ()
    choices = {Lacking.FULL.value: Lacking.FULL}
    if scope.allotted and points < 0:
        choices[Lacking.RESCALE.value] = Lacking.RESCALE
    choice = fields["not_applicable"].one_of(choices)
    if "applies_to" in fields:
        return choice, read_items(fields["applies_to"], scope.checklist)
    if not any(name in fields for name in SELECTION[1:]):
        fields["not_applicable"].refuse("须用“applies_to”写明是检查清单的哪几条，自查表答“不适用”才有所指")
    if "items" in fields:
        return choice, read_items(fields["items"], scope.checklist)
    groups = {entry.whole() for entry in fields["groups"].items()}
    return choice, tuple(code for code in scope.checklist.codes if code.group in groups)


def allotment(rule: Rule) -> Decimal:
    """The share of the full marks that a rule can take off; 0 for rules that add or veto."""
    if rule.points >= 0:
        return Decimal(0)
    return rule.cap if rule.cap is not None else -rule.points


def _once_at_a_time(entries: Sequence[Entry], rules: Sequence[Rule]) -> None:
    """A rule number may be in force in several versions, one after the other."""
    for n, rule in enumerate(rules):
        for other in rules[:n]:
            if rule.id == other.id and _period(rule).meets(_period(other)):
                entries[n].refuse(f"规则编号“{rule.id}”在同一时间出现了两次；请另编一个号或错开起止日期")


def _charged_before(entries: Sequence[Entry], rules: Sequence[Rule]) -> None:
    """A problem can only be spared by a rule that stands earlier and charges problem by problem."""
    for n, rule in enumerate(rules):
        if not isinstance(rule.terms, OccurrenceTerms):
            continue
        earlier = {r.id for r in rules[:n] if isinstance(r.terms, OccurrenceTerms)}
        for name in rule.terms.unless_charged_under:
            if name not in earlier:
                entries[n].refuse(f"“unless_charged_under”里的“{name}”不是排在前面的按次计分规则")


def _adds_up(entry: Entry, full: Decimal, rules: Iterable[Rule], campaign: Campaign) -> None:
    """On every day of the campaign the shares of the rules in force are the full marks."""
    rules = tuple(rules)
    changes = {campaign.starts_on}
    changes |= {r.from_date for r in rules if r.from_date}
    changes |= {r.until_date + _DAY for r in rules if r.until_date}
    for day in sorted(d for d in changes if campaign.starts_on <= d <= campaign.ends_on):
        total = sum((allotment(r) for r in rules if r.in_force(day)), Decimal(0))
        if total != full:
            entry.refuse(f"{day} 有效的扣分规则分值之和是 {total}，与满分 {full} 不符")


def _period(rule: Rule) -> Period:
    return Period(rule.from_date, rule.until_date)
