"""The settings of each kind of rule and condition, typed: what a block in `rules/` can ask for.

The kinds are a closed set. A kind of scoring rule is one of the `…Terms` under "Scoring rules", a condition
of a consequence one of those under "Conditions"; `assess` has one small function for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from campaign.records import DecisionKind, ItemCode, SubjectKind

# --- What is looked at ----------------------------------------------------------------------------


class Measure(StrEnum):
    """The rates (design: Meanings); each is computed from sums."""

    CHECKED = "checked"  # 排查率: communities checked / communities
    DONE = "done"  # 整改率: rectified and closed / found
    CLOSED = "closed"  # 销号率: closed / found
    REPORTED = "reported"  # a rate that the table of matters states in per cent, under the matter's name

    @property
    def zh(self) -> str:
        """The rate's name on paper."""
        return {"checked": "排查率", "done": "整改率", "closed": "销号率", "reported": ""}[self.value]


class Source(StrEnum):
    """What can occur, and so be counted."""

    OVERDUE = "overdue"
    UNRECTIFIED = "unrectified"
    OPEN = "open"
    UNDATED = "undated"
    CLOSED_EARLY = "closed_early"
    ALL_CLOSED_IN_TIME = "all_closed_in_time"
    UNCHECKED = "unchecked"
    PENDING = "pending"
    UNREPORTED_WEEK = "unreported_week"
    SPOT_FINDING = "spot_finding"
    COMPLAINT_OVERDUE = "complaint_overdue"
    ACTIVITY_ABSENT = "activity_absent"
    MERIT = "merit"


class Lacking(StrEnum):
    """What becomes of a rule that has nothing to apply to, or whose data nobody handed in."""

    FULL = "full"  # nothing is taken off
    RESCALE = "rescale"  # its points are left out and the rest counts in proportion
    UNRATED = "unrated"  # the subject is not rated at all


class TieBreak(StrEnum):
    """What decides between equal points."""

    CHECKED = "checked"  # the higher 排查率 first
    DONE = "done"  # the higher 整改率 first
    CLOSED = "closed"  # the higher 销号率 first
    OVERDUE = "overdue"  # the fewer overdue problems first
    FOUND = "found"  # the more problems found first

    @property
    def zh(self) -> str:
        """What comes first, in words."""
        return {
            "checked": "排查率高的",
            "done": "整改率高的",
            "closed": "销号率高的",
            "overdue": "逾期问题少的",
            "found": "发现问题多的",
        }[self.value]


class Partial(StrEnum):
    """How a part of a percentage point counts."""

    IGNORE = "ignore"
    COUNT = "count"
    PRORATE = "prorate"


_ALL = frozenset(SubjectKind)
_AREA = frozenset({SubjectKind.SUBDISTRICT, SubjectKind.COMPANY})
_OFFICE = frozenset({SubjectKind.SUBDISTRICT})


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a source is called and measured in, for whom it can be counted, and what it may be told.

    `of_problems`: it counts problems, so these can be selected. `of_matters`: it counts rows of the table of
    matters (考核事项). `optional`: the workbook it is read from may be absent altogether. `single`: it can
    occur once at most. `exemptible`: evidence of a duty done can exempt one of its occurrences.
    """

    zh: str
    unit: str
    subjects: frozenset[SubjectKind]
    setting: str = ""
    needed: bool = False
    of_problems: bool = False
    optional: bool = False
    of_matters: bool = False
    single: bool = False

    @property
    def exemptible(self) -> bool:
        """Whether evidence of a duty done can exempt an occurrence: only what has a place and an item."""
        return (self.of_problems and not self.single) or self.of_matters


SOURCES: Mapping[Source, SourceFacts] = {
    Source.OVERDUE: SourceFacts("逾期未整改问题", "件", _ALL, "more_than_days", of_problems=True),
    Source.UNRECTIFIED: SourceFacts("尚未完成整改的问题", "件", _ALL, of_problems=True),
    Source.OPEN: SourceFacts("尚未启动整改的问题", "件", _ALL, of_problems=True),
    Source.UNDATED: SourceFacts("未明确整改时限的问题", "件", _ALL, of_problems=True),
    Source.CLOSED_EARLY: SourceFacts(
        "提前销号的问题", "件", _ALL, "days_early", needed=True, of_problems=True
    ),
    Source.ALL_CLOSED_IN_TIME: SourceFacts(
        "问题全部按期销号", "次", _ALL, "min_found", needed=True, of_problems=True, single=True
    ),
    Source.UNCHECKED: SourceFacts("未排查的{community}", "个", _AREA),
    Source.PENDING: SourceFacts("填报有误、待核实的问题", "件", _OFFICE),
    Source.UNREPORTED_WEEK: SourceFacts("未报送可用台账", "期", _OFFICE),
    Source.SPOT_FINDING: SourceFacts("督导抽查发现的问题", "件", _ALL, optional=True),
    Source.COMPLAINT_OVERDUE: SourceFacts(
        "超期未办结的信访投诉", "件", _ALL, "within_days", needed=True, optional=True
    ),
    Source.ACTIVITY_ABSENT: SourceFacts("未报送工作开展情况", "次", _ALL, optional=True, single=True),
    Source.MERIT: SourceFacts("考核事项", "项", _ALL, optional=True, of_matters=True),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which problems are looked at; an empty tuple means all of them."""

    liable: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    items: tuple[ItemCode, ...] = ()


class Repair(StrEnum):
    """What it means for an entry that it was put right (修复)."""

    IGNORED = "ignored"  # nothing: the entry counts until its validity ends
    ENDS = "ends"  # it no longer counts from the day of repair on
    NEEDED = "needed"  # it counts until it is repaired, however long that takes


class Period(StrEnum):
    """A period that is named, not measured."""

    CALENDAR_YEAR = "calendar_year"  # entries of the as-of date's calendar year


@dataclass(frozen=True, slots=True)
class Matters:
    """Which entries of the table of matters (考核事项) are looked at, and how long they count.

    An entry of `valid_months` counts from its date to the day before the same day so many months later;
    0 is without end. `min_quantity`: entries of less are passed over. `per_quantity`: an entry counts once
    for each so much of its quantity, the rest being passed over; None counts an entry once. An entry that
    states no quantity has one of 1.
    """

    names: tuple[str, ...]
    levels: tuple[str, ...] = ()  # empty: any
    valid_months: int = 0
    valid_in: Period | None = None
    repair: Repair = Repair.IGNORED
    min_quantity: Decimal | None = None
    per_quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Events:
    """What is counted. `setting` is the one figure that the source may be told, see SOURCES.

    What evidence of a duty done covers (a matter of `exempt_by`, with proof) does not count.
    """

    of: Source
    selection: Selection = Selection()
    setting: int = 0
    matters: Matters | None = None
    exempt_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Per:
    """Occurrences are counted per so many communities or households, so that size alone costs nothing."""

    communities: int = 0
    households: int = 0


# --- Scoring rules --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Band:
    """A step of a rate: from `at_least` per cent (inclusive) up to the step above."""

    at_least: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class RateTerms:
    """`rate`: points by the step in which a rate lies; steps from best to worst, the last from 0."""

    measure: Measure
    bands: tuple[Band, ...]
    when_none: Lacking
    selection: Selection = Selection()
    matters: Matters | None = None  # where the rate is a reported one


@dataclass(frozen=True, slots=True)
class PercentTerms:
    """`per_percent`: points for each percentage point beyond a baseline, below it for deductions."""

    measure: Measure
    baseline: Decimal
    partial: Partial
    when_none: Lacking
    selection: Selection = Selection()
    matters: Matters | None = None  # where the rate is a reported one


@dataclass(frozen=True, slots=True)
class OccurrenceTerms:
    """`per_occurrence`: points for each occurrence, up to the rule's cap.

    A problem that one of `unless_charged_under` has charged is not charged again.
    """

    events: Events
    per: Per | None = None
    unless_charged_under: tuple[str, ...] = ()
    when_missing: Lacking | None = None


@dataclass(frozen=True, slots=True)
class OnceTerms:
    """`once`: points once there are at least so many occurrences."""

    events: Events
    at_least: int = 1
    when_missing: Lacking | None = None


@dataclass(frozen=True, slots=True)
class VetoTerms:
    """`veto`: at least so many occurrences force a grade; the number stays visible."""

    events: Events
    grade: str
    at_least: int = 1
    when_missing: Lacking | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a count or sum: from `at_least` (inclusive) up to the step above."""

    at_least: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class SteppedTerms:
    """`stepped`: points by the step in which the number of occurrences lies; the last step starts at 0."""

    events: Events
    steps: tuple[Step, ...]
    when_missing: Lacking | None = None


class Take(StrEnum):
    """Which of several entries of one matter count."""

    EACH = "each"
    HIGHEST = "highest"  # of each matter only the entry worth most, for or against
    LATEST = "latest"  # of each matter only the newest entry, and there must be one


@dataclass(frozen=True, slots=True)
class Tier:
    """What a level is worth."""

    level: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class TieredTerms:
    """`tiered`: points by the level of an entry (国家级, 省级 …; 优, 良 …), up to the rule's cap."""

    matters: Matters
    tiers: tuple[Tier, ...]
    take: Take
    when_missing: Lacking


@dataclass(frozen=True, slots=True)
class Demerit:
    """What an entry of these matters adds to the cumulated points."""

    matters: Matters
    points: Decimal


@dataclass(frozen=True, slots=True)
class CumulativeTerms:
    """`cumulative`: points add up over their validity; the sum is taken off, or what its step says."""

    entries: tuple[Demerit, ...]
    steps: tuple[Step, ...]  # empty: the sum itself is taken off
    when_missing: Lacking


@dataclass(frozen=True, slots=True)
class Rater:
    """One who gives marks, and the weight of the marks in per cent."""

    name: str
    weight: Decimal


class Marks(StrEnum):
    """Which marks of one rater count."""

    LATEST = "latest"
    MEAN = "mean"


class Absent(StrEnum):
    """What becomes of raters who gave no mark."""

    UNRATED = "unrated"  # then there is no result at all
    SHARED = "shared"  # their weight is shared out among the others


@dataclass(frozen=True, slots=True)
class RaterTerms:
    """`raters`: marks of several raters, weighted; what is missing to `out_of` is taken off in proportion."""

    matters: Matters
    raters: tuple[Rater, ...]
    out_of: Decimal
    marks: Marks
    absent: Absent
    when_missing: Lacking


RuleTerms = (
    RateTerms
    | PercentTerms
    | OccurrenceTerms
    | OnceTerms
    | VetoTerms
    | SteppedTerms
    | TieredTerms
    | CumulativeTerms
    | RaterTerms
)


def rule_matters(terms: RuleTerms | None) -> tuple[str, ...]:
    """The matters (考核事项) that a rule looks at, by name."""
    match terms:
        case OccurrenceTerms() | OnceTerms() | VetoTerms() | SteppedTerms():
            return (*_names(terms.events.matters), *terms.events.exempt_by)
        case RateTerms() | PercentTerms() | TieredTerms() | RaterTerms():
            return _names(terms.matters)
        case CumulativeTerms():
            return tuple(name for entry in terms.entries for name in entry.matters.names)
        case None:
            return ()


def _names(matters: Matters | None) -> tuple[str, ...]:
    return matters.names if matters else ()


# --- Conditions -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GradeBelow:
    """`grade_below`: the grade is worse than this one."""

    grade: str


@dataclass(frozen=True, slots=True)
class GradeFrom:
    """`grade_from`: the grade is this one or better."""

    grade: str


@dataclass(frozen=True, slots=True)
class RankLast:
    """`rank_last`: last rank in this many consecutive weeks, this one included.

    Only where at least `min_ranked` are ranked, and, if `points_below` is given, with fewer points than that.
    """

    weeks: int
    min_ranked: int
    points_below: Decimal | None


@dataclass(frozen=True, slots=True)
class RankFirst:
    """`rank_first`: first of at least `min_ranked`, with this grade or better and something to show."""

    grade: str
    min_ranked: int
    min_found: int


@dataclass(frozen=True, slots=True)
class Occurring:
    """`occurrences`: at least so many."""

    events: Events
    at_least: int


@dataclass(frozen=True, slots=True)
class RateBelow:
    """`rate_below`: a rate below so many per cent, where at least `min_found` problems were found."""

    measure: Measure
    rate: Decimal
    min_found: int
    selection: Selection = Selection()


@dataclass(frozen=True, slots=True)
class Unreported:
    """`unreported`: no usable ledger came in; the only condition that holds for subjects not rated."""


@dataclass(frozen=True, slots=True)
class Vetoed:
    """`vetoed`: a veto has forced the grade."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """`repeated`: this week's decision of that kind is at least the so-manieth for the subject.

    With `in_a_row` only those of consecutive weeks count, this one included.
    """

    decision: DecisionKind
    times: int
    in_a_row: bool = False


@dataclass(frozen=True, slots=True)
class Cumulated:
    """`cumulated`: the points that a cumulative rule has added up reach `at_least` but not `below`."""

    rule: str
    cumulative: CumulativeTerms
    at_least: Decimal
    below: Decimal | None


ConditionTerms = (
    GradeBelow
    | GradeFrom
    | RankLast
    | RankFirst
    | Occurring
    | RateBelow
    | Unreported
    | Vetoed
    | Repeated
    | Cumulated
)
