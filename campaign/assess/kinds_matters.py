"""The kinds of rule that rest on the table of matters (考核事项): levels, cumulated points, raters.

Each is a small pure function from a subject's entries to points and their reason, as in kinds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from campaign.assess.matters import chosen, times
from campaign.assess.subjects import Subject
from campaign.assess.verdicts import Charge, LeftOut, Verdict, capped, not_handed_in, spoken
from campaign.decimals import plain, rounded
from campaign.records import CellRef, Merit
from campaign.rulebook.model import Rule
from campaign.rulebook.normal import word_key
from campaign.rulebook.terms import Absent, CumulativeTerms, Marks, RaterTerms, Step, Take, Tier, TieredTerms

_HUNDRED = Decimal(100)


def step_of(steps: Sequence[Step], count: Decimal) -> Step:
    """The step in which a number lies; steps are from most to fewest, the last starts at 0."""
    return next(step for step in steps if count >= step.at_least)


def step_words(steps: Sequence[Step], step: Step, unit: str) -> str:
    """A step in words: 属3件以上不足5件一档."""
    above = next((upper for upper, lower in pairwise(steps) if lower is step), None)
    least = f"{plain(step.at_least)}{unit}以上" if step.at_least else ""
    return f"属{least}{f'不足{plain(above.at_least)}{unit}' if above else ''}一档"


# --- by level -------------------------------------------------------------------------------------


def tiered(rule: Rule, terms: TieredTerms, subject: Subject) -> Verdict:
    """What the levels of the entries are worth, together, up to the cap."""
    found = chosen(subject, terms.matters)
    if found is None:
        return not_handed_in(rule, terms.when_missing)
    tiers = {word_key(tier.level): tier for tier in terms.tiers}
    taken = _taken(found, terms, tiers)
    absent = {word_key(n) for n in terms.matters.names} - {word_key(m.matter) for m in found}
    if terms.take is Take.LATEST and absent:
        return not_handed_in(rule, terms.when_missing)
    unknown = [m for m in taken if word_key(m.level) not in tiers]
    if terms.take is Take.LATEST and unknown:
        return LeftOut(
            terms.when_missing,
            f"“{rule.title}”（{rule.id}）：级别“{unknown[0].level}”不在规定的级别之中，未评价",
            _cells(unknown, "level"),
        )
    won = sum((tiers[word_key(m.level)].points for m in taken if m not in unknown), Decimal(0))
    if not won and not unknown:
        return None
    points, note = capped(rule, rounded(won))
    counted = [m for m in taken if m not in unknown]
    because = "；".join(_entry_words(m, tiers[word_key(m.level)].points) for m in counted)
    if unknown:
        levels = "、".join(dict.fromkeys(f"“{m.level}”" for m in unknown))
        because += f"{'；' if because else ''}另有{len(unknown)}项级别{levels}不在计分之列，未计"
    return Charge(points, f"{because}{note}，{spoken(points)}", _cells(taken, "level"))


def _taken(found: Sequence[Merit], terms: TieredTerms, tiers: dict[str, Tier]) -> list[Merit]:
    """The entries that count, in the order of their cells."""
    if terms.take is Take.EACH:
        return list(found)
    best: dict[str, Merit] = {}
    for merit in found:
        name = word_key(merit.matter)
        if name not in best or _before(merit, best[name], terms.take, tiers):
            best[name] = merit
    return list(best.values())


def _before(merit: Merit, other: Merit, take: Take, tiers: dict[str, Tier]) -> bool:
    if take is Take.LATEST:
        return merit.dated_on >= other.dated_on
    return _worth(merit, tiers) > _worth(other, tiers)


def _worth(merit: Merit, tiers: dict[str, Tier]) -> Decimal:
    tier = tiers.get(word_key(merit.level))
    return abs(tier.points) if tier else Decimal(-1)


def _entry_words(merit: Merit, points: Decimal) -> str:
    return f"{merit.matter}（{merit.level}，{merit.dated_on.isoformat()}）{spoken(points)}"


# --- cumulated points -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cumulation:
    """Points that have added up (累计记分), how, and the cells that show it."""

    points: Decimal
    words: str
    evidence: tuple[CellRef, ...]


def cumulated(terms: CumulativeTerms, subject: Subject) -> Cumulation | None:
    """What has added up on the as-of date; None where nobody handed in the table."""
    total, words, cells = Decimal(0), [], set[CellRef]()
    for entry in terms.entries:
        found = chosen(subject, entry.matters)
        if found is None:
            return None
        count = sum(times(merit, entry.matters) for merit in found)
        if count:
            total += entry.points * count
            words.append(f"{'、'.join(entry.matters.names)}{count}次×{plain(entry.points)}分")
            cells.update(_cells(found, "matter"))
    return Cumulation(total, f"{'、'.join(words)}，累计记{plain(total)}分", tuple(sorted(cells)))


def cumulative(rule: Rule, terms: CumulativeTerms, subject: Subject) -> Verdict:
    """The sum taken off up to the cap, or what its step says."""
    sum_ = cumulated(terms, subject)
    if sum_ is None:
        return not_handed_in(rule, terms.when_missing)
    if not sum_.points:
        return None
    if not terms.steps:
        points, note = capped(rule, -sum_.points)
        return Charge(points, f"{sum_.words}{note}，{spoken(points)}", sum_.evidence)
    step = step_of(terms.steps, sum_.points)
    words = step_words(terms.steps, step, "分")
    return Charge(step.points, f"{sum_.words}，{words}，{spoken(step.points)}", sum_.evidence)


# --- raters ---------------------------------------------------------------------------------------


def raters(rule: Rule, terms: RaterTerms, subject: Subject) -> Verdict:
    """The weighted share of the marks: what is missing to full marks is taken off, or the share is won."""
    found = chosen(subject, terms.matters)
    marked = [m for m in found or () if m.mark is not None]
    named = {word_key(rater.name) for rater in terms.raters}
    outside = [m for m in marked if not 0 <= (m.mark or 0) <= terms.out_of]
    strangers = [m for m in marked if word_key(m.rater) not in named]
    if outside or strangers:
        return _unusable(rule, terms, outside, strangers)
    given = {
        rater: mark for rater in terms.raters if (mark := _mark(marked, rater.name, terms.marks)) is not None
    }
    absent = [rater.name for rater in terms.raters if rater not in given]
    if not given:
        return not_handed_in(rule, terms.when_missing)
    if absent and terms.absent is Absent.UNRATED:
        return LeftOut(
            terms.when_missing, f"“{rule.title}”（{rule.id}）：{'、'.join(absent)}没有评分，未评价"
        )
    weights = sum((Fraction(rater.weight) for rater in given), Fraction(0))
    share = sum((Fraction(r.weight) * mark for r, mark in given.items()), Fraction(0))
    share /= weights * Fraction(terms.out_of)
    moved = Fraction(rule.points) * (1 - share if rule.points < 0 else share)
    points = rounded(_decimal(moved))
    if points == 0:
        return None
    marks = "、".join(
        f"{r.name}{plain(rounded(_decimal(mark), Decimal('0.01')))}分（权重{plain(r.weight)}%）"
        for r, mark in given.items()
    )
    shared = f"，{'、'.join(absent)}没有评分，其权重由其余各方按比例分担" if absent else ""
    because = (
        f"{marks}{shared}，加权得分率{plain(rounded(_decimal(share * 100), Decimal('0.01')))}%"
        f"（每方满分{plain(terms.out_of)}分），{spoken(points)}"
    )
    return Charge(points, because, _cells(marked, "mark"))


def _mark(marked: Sequence[Merit], name: str, which: Marks) -> Fraction | None:
    """One rater's mark: the newest (of one day, the last on the sheet), or the mean of all."""
    own = [m for m in marked if word_key(m.rater) == word_key(name)]
    if not own:
        return None
    if which is Marks.LATEST:
        own = [max(own, key=lambda m: (m.dated_on, m.origin.row))]
    return sum((Fraction(m.mark or 0) for m in own), Fraction(0)) / len(own)


def _unusable(rule: Rule, terms: RaterTerms, outside: Sequence[Merit], strangers: Sequence[Merit]) -> LeftOut:
    """A mark beyond full marks, or by somebody who is no rater, makes the result doubtful: there is none."""
    wrong = [f"评分{plain(m.mark or Decimal(0))}分超出0至{plain(terms.out_of)}分" for m in outside]
    wrong += [f"“{m.rater}”不是规定的评分人" for m in strangers if m not in outside]
    because = f"“{rule.title}”（{rule.id}）：{'；'.join(dict.fromkeys(wrong))}，未评价"
    return LeftOut(terms.when_missing, because, _cells([*outside, *strangers], "mark"))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _cells(found: Iterable[Merit], name: str) -> tuple[CellRef, ...]:
    """The cells of the matter and of one more field, in order, without repeats."""
    return tuple(sorted({ref for m in found for ref in m.origin.refs(("matter", name))}))
