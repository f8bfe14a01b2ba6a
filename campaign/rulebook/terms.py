"""The settings of each kind of scoring rule, typed: what a block in `rules/scoring/` can ask for.

The kinds are a closed set, one of the `…Terms` each; `assess` has one small function for each.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from campaign.rulebook.sources import EVERY, Events, Looked, Matters, Selection


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
    selection: Selection = EVERY
    matters: Matters | None = None  # where the rate is a reported one


@dataclass(frozen=True, slots=True)
class PercentTerms:
    """`per_percent`: points for each percentage point beyond a baseline, below it for deductions."""

    measure: Measure
    baseline: Decimal
    partial: Partial
    when_none: Lacking
    selection: Selection = EVERY
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


def looked_at(terms: RuleTerms | None) -> tuple[Looked, ...]:
    """The matters (考核事项) that a rule looks at, each with the levels it knows; none means any level."""
    match terms:
        case OccurrenceTerms() | OnceTerms() | VetoTerms() | SteppedTerms():
            return terms.events.looked_at
        case TieredTerms():
            return tuple((name, tuple(t.level for t in terms.tiers)) for name in terms.matters.names)
        case RateTerms() | PercentTerms() | RaterTerms():
            return terms.matters.looked_at if terms.matters else ()
        case CumulativeTerms():
            return tuple(looked for entry in terms.entries for looked in entry.matters.looked_at)
        case None:
            return ()
