"""What a rule can look at: the sources that can be counted, and which problems and matters are selected."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from campaign.records import ChangeKind, ItemCode, Recheck, SubjectKind


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
    REOPENED = "reopened"
    VANISHED = "vanished"
    BACK_DATED = "back_dated"
    DEADLINE_MOVED = "deadline_moved"
    FALSE_CLOSEOUT = "false_closeout"
    RELAPSED = "relapsed"


_ALL = frozenset(SubjectKind)
_AREA = frozenset({SubjectKind.SUBDISTRICT, SubjectKind.COMPANY})
_OFFICE = frozenset({SubjectKind.SUBDISTRICT})


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What a source is called and measured in, for whom it can be counted, and what it may be told.

    `of_problems`: it counts problems, so these can be selected. `of_matters`: it counts rows of the table of
    matters (考核事项). `optional`: the workbook it is read from may be absent altogether. `single`: it can
    occur once at most. `exemptible`: evidence of a duty done can exempt one of its occurrences. `change`: it
    counts what has become of problems since earlier weeks, so those weeks' changes can be counted too.
    `recheck`: it counts inspections of problems said to be put right that came out so.
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
    change: ChangeKind | None = None
    recheck: Recheck | None = None

    @property
    def exemptible(self) -> bool:
        """Whether evidence of a duty done can exempt an occurrence: only what has a place and an item."""
        return (self.of_problems and not self.single) or self.of_matters


def _moved(zh: str, change: ChangeKind) -> SourceFacts:
    return SourceFacts(zh, "件", _ALL, "times", of_problems=True, change=change)


def _rechecked(zh: str, recheck: Recheck) -> SourceFacts:
    return SourceFacts(zh, "件", _ALL, "within_days", of_problems=True, optional=True, recheck=recheck)


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
    Source.REOPENED: _moved("整改或销号后又重新打开的问题", ChangeKind.REOPENED),
    Source.VANISHED: _moved("未销号而从台账中消失的问题", ChangeKind.VANISHED),
    Source.BACK_DATED: _moved("倒填销号时间的问题", ChangeKind.BACK_DATED),
    Source.DEADLINE_MOVED: _moved("变更整改时限的问题", ChangeKind.DEADLINE_MOVED),
    Source.FALSE_CLOSEOUT: _rechecked("督导抽查认定虚假销号的问题", Recheck.FALSE_CLOSEOUT),
    Source.RELAPSED: _rechecked("督导抽查认定整改后反弹的问题", Recheck.RELAPSED),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which problems are looked at; an empty tuple means all of them."""

    liable: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    items: tuple[ItemCode, ...] = ()


EVERY = Selection()


class Repair(StrEnum):
    """What it means for an entry that it was put right (修复)."""

    IGNORED = "ignored"  # nothing: the entry counts until its validity ends
    ENDS = "ends"  # it no longer counts from the day of repair on
    NEEDED = "needed"  # it counts until it is repaired, however long that takes


class Period(StrEnum):
    """A period that is named, not measured."""

    CALENDAR_YEAR = "calendar_year"  # entries of the as-of date's calendar year


Looked = tuple[str, tuple[str, ...]]  # a matter and the levels of it that count; none means any


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

    @property
    def looked_at(self) -> tuple[Looked, ...]:
        """Each matter with its levels."""
        return tuple((name, self.levels) for name in self.names)


@dataclass(frozen=True, slots=True)
class Events:
    """What is counted. `setting` is the one figure that the source may be told, see SOURCES.

    What evidence of a duty done covers (a matter of `exempt_by`, with proof) does not count. Of a source that
    counts changes only this week's count, with `all_weeks` those of earlier weeks too.
    """

    of: Source
    selection: Selection = EVERY
    setting: int = 0
    matters: Matters | None = None
    exempt_by: tuple[str, ...] = ()
    all_weeks: bool = False

    @property
    def looked_at(self) -> tuple[Looked, ...]:
        """The matters that count, and those that exempt."""
        duties: tuple[Looked, ...] = tuple((name, ()) for name in self.exempt_by)
        return (*(self.matters.looked_at if self.matters else ()), *duties)
