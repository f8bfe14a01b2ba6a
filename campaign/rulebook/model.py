"""The frozen records that the files under `rules/` are read into.

Nothing of any one campaign stands in Python: names, dates, items, offices, points and words come from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from campaign.records import DecisionKind, ItemCode, SubjectKind
from campaign.rulebook.condition_terms import ConditionTerms
from campaign.rulebook.terms import Lacking, RuleTerms, TieBreak


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the campaign (阶段), inclusive dates; `starts_on` is None where the notice gives none."""

    name: str
    starts_on: date | None
    ends_on: date


@dataclass(frozen=True, slots=True)
class Agency:
    """A member agency (成员单位): what the notice makes it answerable for."""

    name: str
    duty: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nouns:
    """What this campaign calls those it is about; our own sentences leave a place for each."""

    community: str  # 小区
    community_full: str  # 住宅小区
    company: str  # 物业企业
    subdistrict: str  # 街道办事处
    subdistrict_short: str  # 街道

    def fill(self, text: str) -> str:
        """A sentence with the nouns put into their places: {community}个 → 小区个."""
        if "{" in text:
            for place in fields(self):
                text = text.replace("{" + place.name + "}", getattr(self, place.name))
        return text

    def subject(self, kind: SubjectKind) -> str:
        """What a kind of subject is called."""
        return {
            SubjectKind.SUBDISTRICT: self.subdistrict,
            SubjectKind.COMPANY: self.company,
            SubjectKind.AGENCY: "成员单位",
        }[kind]


@dataclass(frozen=True, slots=True)
class ForecastTerms:
    """How the end is foretold: the pace is that of the last `weeks` weeks, with fewer than `least` known
    nothing is foretold, and the day is held against the end of `phase` ("": the phase of that day).
    """

    weeks: int = 4
    least: int = 3
    phase: str = ""


@dataclass(frozen=True, slots=True)
class MeetingTerms:
    """The weekly meeting (调度会), as far as the office has fixed it; what is "" or empty is left blank on
    the agenda, to be filled in by hand.
    """

    time: str = ""
    place: str = ""
    host: str = ""
    attendees: tuple[str, ...] = ()


class PhotoChoice(StrEnum):
    """Of which problems the photo annex shows the photos."""

    TELLING = "逾期和已整改"
    ALL = "全部"
    NONE = "不印"


@dataclass(frozen=True, slots=True)
class Campaign:
    """Name, basis, calendar and cast of the campaign (rules/campaign.yaml)."""

    name: str  # 物业管理服务行业专项整治
    county: str  # 务川自治县
    notice_title: str
    notice_number: str  # 务府办函〔2023〕23号
    leading_group: str  # …领导小组
    office: str  # …领导小组办公室, the issuer in full
    office_short: str  # 县专项整治办
    bulletin_name: str  # the red head of the bulletin: 物业管理服务行业专项整治工作通报
    starts_on: date
    ends_on: date
    first_bulletin_on: date  # closing date of 第1期, a Friday
    phases: tuple[Phase, ...]
    agencies: tuple[Agency, ...]
    scope_communities: int | None
    scope_companies: int | None
    addressees: tuple[str, ...]  # 主送; the subdistricts of the roster are added where it says {subdistricts}
    reported_to: tuple[str, ...]  # 报
    copied_to: tuple[str, ...]  # 送
    copies: int | None  # 共印N份
    contact: str  # contact person's post and telephone, as printed; "" where not given
    agency_code: str  # 机关代字 of the notices' numbers, e.g. 务物治办
    nouns: Nouns
    forecast: ForecastTerms = ForecastTerms()
    meeting: MeetingTerms = MeetingTerms()
    photo_annex: PhotoChoice = PhotoChoice.TELLING

    def phase_on(self, day: date) -> Phase | None:
        """The latest phase that has begun by `day` and has not ended."""
        running = [p for p in self.phases if (p.starts_on is None or p.starts_on <= day) and day <= p.ends_on]
        return running[-1] if running else None


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One of the items word for word, who is liable for it and which agencies are competent."""

    code: ItemCode
    text: str
    short: str  # a few words, for tables
    liable: str  # subdistrict | company | developer | agency
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistGroup:
    """A group of items (整治任务)."""

    number: int
    name: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The campaign's items in their groups (rules/checklist.yaml)."""

    groups: tuple[ChecklistGroup, ...]

    def item(self, code: ItemCode) -> ChecklistItem | None:
        """The item of that code, if the checklist has it."""
        return next((i for g in self.groups for i in g.items if i.code == code), None)

    def group(self, number: int) -> ChecklistGroup | None:
        """The group of that number."""
        return next((g for g in self.groups if g.number == number), None)

    @property
    def codes(self) -> tuple[ItemCode, ...]:
        """All codes in order."""
        return tuple(i.code for g in self.groups for i in g.items)


@dataclass(frozen=True, slots=True)
class Words:
    """What the offices write and what is meant by it (rules/headings.yaml).

    `kinds` is kind of workbook → field → accepted headings; `required` is kind → fields without which it is
    not that kind's table. `values` is a closed list (status, yes, no, answers, no_deadline, empty …) →
    canonical value → accepted spellings. `examples` is kind → field → what our own forms show as an example.
    All accepted spellings are compared after normalising.
    """

    kinds: Mapping[str, Mapping[str, tuple[str, ...]]]
    required: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, tuple[str, ...]]]
    examples: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A scoring rule. `kind` names one of the closed set of functions in assess; `settings` are its own as
    typed, `terms` the same checked and typed. Points are signed; a cap is not.
    """

    id: str
    title: str
    clause: str
    subject: SubjectKind
    kind: str
    points: Decimal
    cap: Decimal | None
    from_date: date | None
    until_date: date | None
    note: str
    settings: Mapping[str, object] = field(default_factory=dict)
    terms: RuleTerms | None = None
    not_applicable: Lacking | None = None  # what to do where the subject has nothing of the kind (不适用)
    applies_to: tuple[ItemCode, ...] = ()  # the items whose 不适用 in all self-checks is the evidence

    def in_force(self, day: date) -> bool:
        """Whether the rule counts on that day, both ends inclusive."""
        return (self.from_date is None or self.from_date <= day) and (
            self.until_date is None or day <= self.until_date
        )


@dataclass(frozen=True, slots=True)
class Grade:
    """A band of points: from `at_least` (inclusive unless `above`) up to the next band.

    A grade that is only `forced` (a black list) belongs to no number: a veto alone leads to it.
    """

    name: str
    at_least: Decimal
    above: bool = False
    forced: bool = False

    def reached(self, points: Decimal) -> bool:
        """Whether so many points lie in this band or a better one."""
        if self.forced:
            return False
        return points > self.at_least if self.above else points >= self.at_least


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the score (分项): what its rules win or lose together is capped."""

    name: str
    rules: tuple[str, ...]
    cap: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """How one kind of subject is scored: full marks, bounds, grades from best to worst, rules.

    Where `allotted`, the full marks are shared out among the rules that deduct: their caps add up to them.
    `ties` decide in turn among equal points; what they leave equal shares a rank.
    """

    subject: SubjectKind
    full: Decimal
    floor: Decimal
    ceiling: Decimal | None
    grades: tuple[Grade, ...]
    rules: tuple[Rule, ...]
    allotted: bool = True
    parts: tuple[Part, ...] = ()
    ties: tuple[TieBreak, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence:
    """When a consequence follows (rules/consequences.yaml). `when` names a condition of the closed set.

    Within `cooling_days` of a decision that rested on it, it does not call for another.
    """

    id: str
    title: str
    clause: str
    kind: DecisionKind
    subject: SubjectKind
    when: str
    from_date: date | None
    until_date: date | None
    note: str
    settings: Mapping[str, object] = field(default_factory=dict)
    terms: ConditionTerms | None = None
    cooling_days: int = 0
    also: tuple[ConditionTerms, ...] = ()  # further conditions: all must hold

    def in_force(self, day: date) -> bool:
        """Whether the consequence counts on that day, both ends inclusive."""
        return (self.from_date is None or self.from_date <= day) and (
            self.until_date is None or day <= self.until_date
        )


@dataclass(frozen=True, slots=True)
class InterviewTerms:
    """What an interview notice must say beyond the reasons; all of it decided by the office, as data."""

    within_working_days: int
    at_time: str
    place: str
    host: str
    attendee: Mapping[SubjectKind, str]
    bring: tuple[str, ...]
    report_within_working_days: int


class LiftedWhen(StrEnum):
    """What must have become of the problems concerned before a listed supervision is lifted."""

    ALL_CLOSED = "all_closed"  # 已销号
    ALL_DONE = "all_done"  # 已整改 or 已销号


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """What the documents of one kind of decision say beyond its reasons; the office decides. Days are None
    and texts "" where it has not: they are then left open, to be filled in by hand.
    """

    within_working_days: int | None = None  # to put things right, after the day of issue
    report_within_working_days: int | None = None  # to report in writing, after that
    basis: tuple[str, ...] = ()  # what it rests on beside the notice and the rulebook
    consequence: str = ""  # what follows if nothing happens
    rights: str = ""  # the sentence on remedies, where the office holds it to be an administrative act
    to: str = ""  # the member agency that a matter is transferred to
    supervisor: str = ""
    verifier: str = ""
    copied_to: tuple[str, ...] = ()
    lifted_when: LiftedWhen | None = None  # None: never by the books alone


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The whole of `rules/`, checked. `digest` is the SHA-256 over all rule files; `specimen` is the sentence
    to print wherever the rulebook is a model text that no authority has adopted, "" otherwise. `ladders` says
    for each kind of decision and subject whom or what it reaches the first time, the second, and so on.
    """

    title: str
    specimen: str
    campaign: Campaign
    checklist: Checklist
    words: Words
    schemes: tuple[Scheme, ...]
    consequences: tuple[Consequence, ...]
    interview: InterviewTerms
    digest: str
    files: tuple[str, ...] = ()
    ladders: Mapping[DecisionKind, Mapping[SubjectKind, tuple[str, ...]]] = field(default_factory=dict)
    notices: Mapping[DecisionKind, NoticeTerms] = field(default_factory=dict)

    def scheme(self, subject: SubjectKind) -> Scheme | None:
        """The scheme of one kind of subject."""
        return next((s for s in self.schemes if s.subject is subject), None)
