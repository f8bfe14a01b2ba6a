"""What the printed rulebook (考核评分实施细则) may say: the rules in words, tables and dates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaign.assess.wording import DECISION_ZH, situation, standard
from campaign.compose.brief import Names, whole_county
from campaign.compose.filters import long_date
from campaign.compose.ranking import tied
from campaign.decimals import plain
from campaign.records import DecisionKind, SubjectKind
from campaign.rulebook.model import (
    Campaign,
    ChecklistGroup,
    Consequence,
    Grade,
    Nouns,
    Rule,
    Rulebook,
    Scheme,
)
from campaign.rulebook.scoring import allotment
from campaign.rulebook.terms import VetoTerms

SPECIMEN = "示范"
_LOST, _WON, _VETO, _OTHER = "扣分项", "加分项", "一票否决项", "其他计分项"

_STEPS = re.compile("(?<=分档：)|(?<=；)|(?<=。)(?=没有)")
_LIABLE = {"subdistrict": "{subdistrict}", "company": "{company}", "developer": "建设单位", "agency": "部门"}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A scoring rule in words. `worth` is its share (20), its bonus (加2) or 否决; `remark` may be ""."""

    id: str
    title: str
    worth: str
    standard: tuple[str, ...]  # line by line: each step of a rate has one
    clause: str
    remark: str


@dataclass(frozen=True, slots=True)
class RuleTable:
    """The rules of one subject of one sort. `total` is the full marks where their shares add up to them;
    `staged` says whether a number occurs twice, one version after the other.
    """

    id: str
    sort: str
    rows: tuple[RuleRow, ...]
    total: Decimal | None
    staged: bool


@dataclass(frozen=True, slots=True)
class SchemeBrief:
    """How one kind of subject is scored. `ceiling` is None where nothing caps the points; `grades` are bands
    in words, `parts` parts of a sentence.
    """

    word: str
    full: Decimal
    floor: Decimal
    ceiling: Decimal | None
    tables: tuple[RuleTable, ...]
    grades: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A grade with its band for each kind of subject, "" where that kind has no such grade."""

    name: str
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A consequence in words; `remark` tells from when it holds and how long it rests."""

    id: str
    what: str
    subject: str
    title: str
    situation: str
    clause: str
    remark: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """Whom a decision reaches the first time, the second, and so on."""

    what: str
    subject: str
    rungs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A rule that does not hold for the whole campaign: when it does, and why."""

    id: str
    title: str
    period: str
    reason: str


@dataclass(frozen=True, slots=True)
class InterviewBrief:
    """The terms of an interview; `attendees` are names of kinds of subject with who has to come."""

    within: int
    host: str
    attendees: tuple[Names, ...]
    bring: tuple[str, ...]
    report_within: int


@dataclass(frozen=True, slots=True)
class ItemBrief:
    """An item of the checklist word for word."""

    code: str
    text: str
    liable: str
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupBrief:
    """A group of the checklist."""

    name: str
    items: tuple[ItemBrief, ...]


@dataclass(frozen=True, slots=True)
class GuidelineBrief:
    """The rulebook. `title` says 示范 where no authority has adopted it, `tied` how equals are placed."""

    campaign: Campaign
    county_word: str
    title: str
    specimen: str
    digest: str
    schemes: tuple[SchemeBrief, ...]
    tied: str
    grades: tuple[GradeRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    ladders: tuple[Ladder, ...]
    interview: InterviewBrief | None
    changes: tuple[ChangeRow, ...]
    groups: tuple[GroupBrief, ...]


def guideline_brief(rulebook: Rulebook) -> GuidelineBrief:
    """The brief of the printed rulebook."""
    marked = (
        rulebook.title if not rulebook.specimen or SPECIMEN in rulebook.title else f"{rulebook.title}（示范）"
    )
    nouns = rulebook.campaign.nouns
    rules = [rule for scheme in rulebook.schemes for rule in scheme.rules]
    interviewing = any(c.kind is DecisionKind.INTERVIEW for c in rulebook.consequences)
    return GuidelineBrief(
        campaign=rulebook.campaign,
        county_word=whole_county(rulebook.campaign),
        title=marked,
        specimen=rulebook.specimen,
        digest=rulebook.digest,
        schemes=tuple(_scheme(scheme, nouns) for scheme in rulebook.schemes),
        tied=_tied(rulebook),
        grades=_grades(rulebook.schemes),
        outcomes=tuple(_outcome(c, nouns) for c in rulebook.consequences),
        ladders=tuple(
            Ladder(DECISION_ZH[kind], nouns.subject(subject), rungs)
            for kind, by_subject in rulebook.ladders.items()
            for subject, rungs in by_subject.items()
        ),
        interview=_interview(rulebook) if interviewing else None,
        changes=_changes([*rules, *rulebook.consequences]),
        groups=tuple(_group(group, nouns) for group in rulebook.checklist.groups),
    )


def _scheme(scheme: Scheme, nouns: Nouns) -> SchemeBrief:
    sorts = {
        sort: tuple(rule for rule in scheme.rules if _sort(rule) == sort)
        for sort in (_LOST, _WON, _VETO, _OTHER)
    }
    return SchemeBrief(
        word=nouns.subject(scheme.subject),
        full=scheme.full,
        floor=scheme.floor,
        ceiling=scheme.ceiling,
        tables=tuple(
            RuleTable(
                id=f"{scheme.subject.value}{n}",
                sort=sort,
                rows=tuple(_rule(rule, nouns) for rule in rules),
                total=scheme.full if sort == _LOST and scheme.allotted else None,
                staged=len({rule.id for rule in rules}) < len(rules),
            )
            for n, (sort, rules) in enumerate(sorts.items(), 1)
            if rules
        ),
        grades=_bands(scheme.grades),
        parts=tuple(
            f"{part.name}（{'、'.join(part.rules)}）合计不超过{plain(part.cap)}分" for part in scheme.parts
        ),
    )


def _tied(rulebook: Rulebook) -> str:
    """Once for all where all kinds of subject are told apart alike, else for each."""
    said = [(rulebook.campaign.nouns.subject(scheme.subject), tied(scheme)) for scheme in rulebook.schemes]
    if len({words for _, words in said}) == 1:
        return said[0][1]
    return "；".join(f"{subject}{words}" for subject, words in said)


def _sort(rule: Rule) -> str:
    if isinstance(rule.terms, VetoTerms):
        return _VETO
    if allotment(rule) > 0:
        return _LOST
    return _WON if rule.points > 0 else _OTHER


def _rule(rule: Rule, nouns: Nouns) -> RuleRow:
    return RuleRow(
        id=rule.id,
        title=rule.title,
        worth=_worth(rule),
        standard=tuple(_STEPS.split(nouns.fill(standard(rule)))),
        clause=rule.clause,
        remark="；".join(filter(None, (_period(rule), "" if _dated(rule) else rule.note))),
    )


def _worth(rule: Rule) -> str:
    if isinstance(rule.terms, VetoTerms):
        return "否决"
    share = allotment(rule)
    if share:
        return plain(share)
    if rule.points > 0:
        return f"加{plain(rule.cap or rule.points)}"
    return f"限{plain(rule.cap)}" if rule.cap else "—"


def _bands(grades: tuple[Grade, ...]) -> tuple[str, ...]:
    """90分以上, 80分以上不足90分, 不足60分; 超过 and 不超过 where the bound itself is not in the band."""
    bands = []
    for n, grade in enumerate(grades):
        better = grades[n - 1] if n else None
        last = n == len(grades) - 1
        least = "" if last and better else f"{'超过' if grade.above else ''}{plain(grade.at_least)}分"
        least += "" if grade.above or not least else "以上"
        most = f"{'不超过' if better.above else '不足'}{plain(better.at_least)}分" if better else ""
        bands.append(least + most)
    return tuple(bands)


def _grades(schemes: tuple[Scheme, ...]) -> tuple[GradeRow, ...]:
    names = dict.fromkeys(grade.name for scheme in schemes for grade in scheme.grades)
    bands = [dict(zip((g.name for g in s.grades), _bands(s.grades), strict=True)) for s in schemes]
    return tuple(GradeRow(name, tuple(own.get(name, "") for own in bands)) for name in names)


def _outcome(consequence: Consequence, nouns: Nouns) -> OutcomeRow:
    cooling = f"{consequence.cooling_days}天内不因本条再次处置" if consequence.cooling_days else ""
    note = "" if _dated(consequence) else consequence.note
    return OutcomeRow(
        id=consequence.id,
        what=DECISION_ZH[consequence.kind],
        subject=nouns.subject(consequence.subject),
        title=consequence.title,
        situation=nouns.fill(situation(consequence)),
        clause=consequence.clause,
        remark="；".join(filter(None, (_period(consequence), cooling, note))),
    )


def _dated(rule: Rule | Consequence) -> bool:
    return bool(rule.from_date or rule.until_date)


def _period(rule: Rule | Consequence) -> str:
    """When a rule holds, in words; empty where it holds for the whole campaign."""
    first = long_date(rule.from_date) if rule.from_date else ""
    last = long_date(rule.until_date) if rule.until_date else ""
    if first and last:
        return f"{first}起至{last}执行"
    return f"{first}起执行" if first else f"执行至{last}" if last else ""


def _changes(rules: Iterable[Rule | Consequence]) -> tuple[ChangeRow, ...]:
    dated = sorted(
        (rule for rule in rules if _dated(rule)),
        key=lambda rule: (rule.from_date or date.min, rule.until_date or date.max),
    )
    return tuple(ChangeRow(rule.id, rule.title, _period(rule), rule.note) for rule in dated)


def _interview(rulebook: Rulebook) -> InterviewBrief:
    terms = rulebook.interview
    called = {c.subject for c in rulebook.consequences if c.kind is DecisionKind.INTERVIEW}
    return InterviewBrief(
        within=terms.within_working_days,
        host=terms.host,
        attendees=tuple(
            Names(rulebook.campaign.nouns.subject(kind), (terms.attendee[kind],))
            for kind in SubjectKind
            if kind in called and terms.attendee.get(kind)
        ),
        bring=terms.bring,
        report_within=terms.report_within_working_days,
    )


def _group(group: ChecklistGroup, nouns: Nouns) -> GroupBrief:
    return GroupBrief(
        name=group.name,
        items=tuple(
            ItemBrief(str(item.code), item.text, nouns.fill(_LIABLE[item.liable]), item.agencies)
            for item in group.items
        ),
    )
