"""What a rule comes to for a subject: points or a grade, nothing, or that it could not be applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from campaign.decimals import plain
from campaign.records import CellRef
from campaign.rulebook.model import Rule
from campaign.rulebook.terms import Lacking

# A problem by its row and text: one row may hold several problems.
ProblemKey = tuple[CellRef, str]


@dataclass(frozen=True, slots=True)
class Charge:
    """Points won or lost; `charged` are the problems they were taken for, `grade` a grade that is forced."""

    points: Decimal
    because: str
    evidence: tuple[CellRef, ...]
    charged: frozenset[ProblemKey] = frozenset()
    grade: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The rule could not be applied, and what the rules say is to be done then."""

    lacking: Lacking
    because: str
    evidence: tuple[CellRef, ...] = ()


Verdict = Charge | LeftOut | None
Charged = Mapping[str, frozenset[ProblemKey]]


def spoken(points: Decimal) -> str:
    """Points in words: 扣2分, 加0.5分, 计0分."""
    verb = "扣" if points < 0 else "加" if points > 0 else "计"
    return f"{verb}{plain(abs(points))}分"


def capped(rule: Rule, points: Decimal) -> tuple[Decimal, str]:
    """Points within the rule's cap, and the words that say so where it bites."""
    if rule.cap is None or abs(points) <= rule.cap:
        return points, ""
    most = rule.cap if points > 0 else -rule.cap
    return most, f"，应{spoken(points)}，以{plain(rule.cap)}分为限"


def not_handed_in(rule: Rule, lacking: Lacking | None) -> LeftOut:
    """The rule's data is missing: neither kept nor broken."""
    return LeftOut(lacking or Lacking.UNRATED, f"“{rule.title}”（{rule.id}）：所需数据未报送，未评价")
