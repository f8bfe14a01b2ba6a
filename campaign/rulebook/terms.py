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

    @property
    def zh(self) -> str:
        """The rate's name on paper."""
        return {"checked": "排查率", "done": "整改率", "closed": "销号率"}[self.value]


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


class Lacking(StrEnum):
    """What becomes of a rule that has nothing to apply to, or whose data nobody handed in."""

    FULL = "full"  # nothing is taken off
    RESCALE = "rescale"  # its points are left out and the rest counts in proportion
    UNRATED = "unrated"  # the subject is not rated at all


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

    `of_problems`: it counts problems, so these can be selected. `optional`: the workbook it is read from may
    be absent altogether.
    """

    zh: str
    unit: str
    subjects: frozenset[SubjectKind]
    setting: str = ""
    needed: bool = False
    of_problems: bool = False
    optional: bool = False


SOURCES: Mapping[Source, SourceFacts] = {
    Source.OVERDUE: SourceFacts("逾期未整改问题", "件", _ALL, "more_than_days", of_problems=True),
    Source.UNRECTIFIED: SourceFacts("尚未完成整改的问题", "件", _ALL, of_problems=True),
    Source.OPEN: SourceFacts("尚未启动整改的问题", "件", _ALL, of_problems=True),
    Source.UNDATED: SourceFacts("未明确整改时限的问题", "件", _ALL, of_problems=True),
    Source.CLOSED_EARLY: SourceFacts(
        "提前销号的问题", "件", _ALL, "days_early", needed=True, of_problems=True
    ),
    Source.ALL_CLOSED_IN_TIME: SourceFacts(
        "问题全部按期销号", "次", _ALL, "min_found", needed=True, of_problems=True
    ),
    Source.UNCHECKED: SourceFacts("未排查的小区", "个", _AREA),
    Source.PENDING: SourceFacts("填报有误、待核实的问题", "件", _OFFICE),
    Source.UNREPORTED_WEEK: SourceFacts("未报送可用台账", "期", _OFFICE),
    Source.SPOT_FINDING: SourceFacts("督导抽查发现的问题", "件", _ALL, optional=True),
    Source.COMPLAINT_OVERDUE: SourceFacts(
        "超期未办结的信访投诉", "件", _ALL, "within_days", needed=True, optional=True
    ),
    Source.ACTIVITY_ABSENT: SourceFacts("未报送工作开展情况", "次", _ALL, optional=True),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which problems are looked at; an empty tuple means all of them."""

    liable: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    items: tuple[ItemCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Events:
    """What is counted. `setting` is the one figure that the source may be told, see SOURCES."""

    of: Source
    selection: Selection = Selection()
    setting: int = 0


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


@dataclass(frozen=True, slots=True)
class PercentTerms:
    """`per_percent`: points for each percentage point beyond a baseline, below it for deductions."""

    measure: Measure
    baseline: Decimal
    partial: Partial
    when_none: Lacking
    selection: Selection = Selection()


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


RuleTerms = RateTerms | PercentTerms | OccurrenceTerms | OnceTerms | VetoTerms

# --- Conditions -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GradeBelow:
    """`grade_below`: the grade is worse than this one."""

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
    """`repeated`: this week's decision of that kind is at least the so-manieth for the subject."""

    decision: DecisionKind
    times: int


ConditionTerms = GradeBelow | RankLast | RankFirst | Occurring | RateBelow | Unreported | Vetoed | Repeated
