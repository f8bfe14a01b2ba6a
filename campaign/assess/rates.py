"""The rates of one subject, from sums, with the cells of what is still lacking."""

from dataclasses import dataclass
from decimal import Decimal

from campaign.assess.matters import chosen
from campaign.assess.subjects import Subject
from campaign.decimals import percent, plain, show_percent
from campaign.records import CellRef, Status
from campaign.rulebook.sources import Matters, Selection
from campaign.rulebook.terms import Measure

_GROUPS = "〇一二三四五六七八九十"
_LIABLE = {"subdistrict": "{subdistrict}", "company": "{company}", "developer": "建设单位", "agency": "部门"}


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `whole`; `lacking` are the cells of what keeps it from 100 per cent."""

    measure: Measure
    part: int
    whole: int
    lacking: tuple[CellRef, ...]
    words: str

    def below(self, bound: Decimal) -> bool:
        """Whether the exact rate, not the rounded one, is below `bound` per cent."""
        return 100 * self.part < bound * self.whole

    @property
    def shown(self) -> str:
        """The rate in words: 由物业企业负责的问题12件，已整改（含已销号）5件，整改率41.7%."""
        if self.measure is Measure.REPORTED:
            return f"{self.words}{plain(Decimal(100 * self.part) / self.whole)}%"
        return f"{self.words}，{self.measure.zh}{show_percent(percent(self.part, self.whole))}"


def rate_of(subject: Subject, measure: Measure, selection: Selection) -> Rate:
    """A rate of a subject; `whole` is zero where there is nothing to rate."""
    if measure is Measure.CHECKED:
        missing = [c for c in subject.communities if c.name not in subject.checked]
        whole = len(subject.communities)
        part = whole - len(missing)
        cells = tuple(sorted(c.origin.ref("community") for c in missing))
        return Rate(measure, part, whole, cells, f"{{community}}{whole}个，已排查{part}个")
    problems = subject.select(selection)
    lacking = [p for p in problems if not _reached(p.status, measure)]
    whole = len(problems)
    part = whole - len(lacking)
    verb = "已整改（含已销号）" if measure is Measure.DONE else "已销号"
    cells = tuple(sorted(p.origin.ref("description") for p in lacking))
    return Rate(measure, part, whole, cells, f"{scope_words(selection)}问题{whole}件，{verb}{part}件")


def reported_rate(subject: Subject, matters: Matters) -> Rate | None:
    """The rate that the newest entry of a matter states in per cent (数量); None where there is none."""
    stated = [m for m in chosen(subject, matters) or () if m.quantity is not None]
    if not stated:
        return None
    newest = max(stated, key=lambda m: (m.dated_on, m.origin.row))
    whole = 100 * 10 ** _digits(newest.quantity or Decimal(0))
    part = int((newest.quantity or Decimal(0)) * whole / 100)
    return Rate(Measure.REPORTED, part, whole, (newest.origin.ref("quantity"),), newest.matter)


def _digits(value: Decimal) -> int:
    """How many digits stand behind the point."""
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def scope_words(selection: Selection) -> str:
    """Which problems are looked at, in words; empty where all are."""
    liable = "、".join(_LIABLE[word] for word in selection.liable)
    groups = "、".join(f"第{_GROUPS[g] if g < len(_GROUPS) else g}类" for g in selection.groups)
    items = "、".join(str(item) for item in selection.items)
    return (f"由{liable}负责的" if liable else "") + groups + (f"条目{items}的" if items else "")


def _reached(status: Status, measure: Measure) -> bool:
    return status.done if measure is Measure.DONE else status is Status.CLOSED
