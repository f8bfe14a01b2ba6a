"""The settings of each condition that a consequence may rest on, typed; `assess` has one small function for
each. The conditions are a closed set.
"""

from dataclasses import dataclass
from decimal import Decimal

from campaign.records import DecisionKind
from campaign.rulebook.sources import EVERY, Events, Selection
from campaign.rulebook.terms import CumulativeTerms, Measure


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
class FreeOf:
    """`free_of`: none is known, as a commendation asks for; where nobody handed in the data, none is."""

    events: Events


@dataclass(frozen=True, slots=True)
class RateBelow:
    """`rate_below`: a rate below so many per cent, where at least `min_found` problems were found."""

    measure: Measure
    rate: Decimal
    min_found: int
    selection: Selection = EVERY


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
    | FreeOf
    | RateBelow
    | Unreported
    | Vetoed
    | Repeated
    | Cumulated
)
