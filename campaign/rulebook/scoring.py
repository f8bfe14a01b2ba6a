"""Reading rules/scoring/*.yaml: how each kind of subject is scored.

Refused, besides what the reader refuses: bands and grades that overlap, leave a gap or run backwards, items
that do not add up to the declared full marks, a rule that is never in force, one rule number in force twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from campaign.records import SubjectKind
from campaign.rulebook.events import event_keys
from campaign.rulebook.kinds import KINDS, Scope
from campaign.rulebook.model import Campaign, Checklist, Grade, Rule, Scheme
from campaign.rulebook.reader import Entry, quoted
from campaign.rulebook.terms import OccurrenceTerms

_RULE = ("id", "title", "clause", "kind")
_RULE_OPTIONAL = ("from", "until", "note")
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
    fields = entry.mapping(("subject", "full", "floor", "allotted", "grades", "rules"), ("ceiling",))
    full, floor = fields["full"].number(), fields["floor"].number()
    ceiling = fields["ceiling"].number() if "ceiling" in fields else None
    if floor > full:
        fields["floor"].refuse(f"最低分 {floor} 高于满分 {full}")
    if ceiling is not None and ceiling < full:
        fields["ceiling"].refuse(f"最高分 {ceiling} 低于满分 {full}")
    grades = _grades(fields["grades"], floor, full if ceiling is None else ceiling)
    allotted = fields["allotted"].flag()
    scope = Scope(fields["subject"].member(SubjectKind), allotted, tuple(g.name for g in grades), checklist)
    entries = fields["rules"].items()
    rules = tuple(_rule(item, scope, campaign) for item in entries)
    _once_at_a_time(entries, rules)
    _charged_before(entries, rules)
    if allotted:
        _adds_up(fields["full"], full, rules, campaign)
    return Scheme(scope.subject, full, floor, ceiling, grades, rules, allotted)


def _grades(entry: Entry, floor: Decimal, most: Decimal) -> tuple[Grade, ...]:
    """From best to worst, without overlap, the last one reaching down to the floor."""
    grades: list[Grade] = []
    for item in entry.items():
        fields = item.mapping(("name", "at_least"))
        grade = Grade(fields["name"].text(), fields["at_least"].number())
        if any(grade.name == other.name for other in grades):
            fields["name"].refuse(f"等级“{grade.name}”写了两次")
        if grades and grade.at_least >= grades[-1].at_least:
            fields["at_least"].refuse(
                f"等级应从高到低、互不重叠：“{grade.name}”的 {grade.at_least} 分"
                f"不低于“{grades[-1].name}”的 {grades[-1].at_least} 分"
            )
        if grade.at_least > most:
            fields["at_least"].refuse(f"“{grade.name}”永远达不到：最高只有 {most} 分")
        grades.append(grade)
    if not grades:
        entry.refuse("至少要有一个等级")
    if grades[-1].at_least > floor:
        entry.refuse(f"低于 {grades[-1].at_least} 分没有等级；最低一级应从 {floor} 分起")
    return tuple(grades)


def _rule(entry: Entry, scope: Scope, campaign: Campaign) -> Rule:
    found = entry.entries()
    if "kind" not in found:
        entry.refuse(f"缺少“kind”；可以用的有{quoted(KINDS)}")
    name = found["kind"].one_of({name: name for name in KINDS})
    kind = KINDS[name]
    source = event_keys(found["of"], scope.subject) if "of" in kind.required and "of" in found else ()
    fields = entry.mapping((*_RULE, *kind.required), (*_RULE_OPTIONAL, *kind.optional, *source))
    period = read_period(fields, campaign)
    terms = kind.read(fields, scope)
    cap = fields["cap"].number() if "cap" in fields else None
    if cap is not None and cap <= 0:
        fields["cap"].refuse(f"上限写正数，不论扣分还是加分；这里是 {cap}")
    points = fields["points"].number() if "points" in fields else Decimal(0)
    if scope.allotted and "cap" in kind.optional and points < 0 and cap is None:
        entry.refuse("扣分的规则须写明“cap”（本条分值，即最多扣多少分），各条之和等于满分")
    if cap is not None and cap < abs(points):
        fields["cap"].refuse(f"上限 {cap} 比每次的 {abs(points)} 分还小")
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
    )


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
