"""How alike two descriptions are, and whether they speak of the same spot.

Offices reword, cut short and add remarks; what they seldom change is the number of the building or the unit.
"3号楼消防栓缺水带" and "5号楼消防栓缺水带" differ in one character and are two problems, while "楼道堆物8处"
and "楼道堆物剩3处" are one: numbers that say where count, numbers that say how many do not.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from campaign.intake.text import chinese_number, folded

_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_SIGNS = re.compile(r"[\W_]+")
# Counters of ordinary Chinese, none of them a word of any one campaign: a numeral before one is a number.
_WHERE = "号栋幢座层楼单区段期室门#"
_HOW_MANY = "处个具只盏条户家名次米项张份人元台部年月日天时块根辆件把扇间套位万千百%余多"
_NUMERAL = re.compile(rf"[一二三四五六七八九十两]+(?=[{_WHERE}{_HOW_MANY}])")
_NUMBER = re.compile(r"([a-z]?\d+|[a-z]+(?=[\u4e00-\u9fff]))(.?)")
_SIDES = re.compile(r"[东西南北甲乙丙丁]")
_COUNTERS = frozenset(_HOW_MANY)
_LEAST_PART = 5  # characters of a text that may stand for a longer one
_PART, _ANY_ORDER = 0.95, 0.9  # what it is worth that one contains the other, or has the same characters


@dataclass(frozen=True, slots=True)
class Text:
    """A description ready for comparing: without signs, without what stands in brackets, and its numbers."""

    whole: str
    bare: str
    signs: Counter[str]
    where: Counter[str]


@lru_cache(maxsize=65_536)
def text(description: str) -> Text:
    """A description ready for comparing; 三号楼 reads as 3号楼."""
    plain = _NUMERAL.sub(_arabic, folded(description))
    whole = _SIGNS.sub("", plain)
    bare = _SIGNS.sub("", _BRACKETS.sub("", plain)) or whole
    numbers = [
        n for n, counter in _NUMBER.findall(plain.replace("#", "号")) if counter not in tuple(_HOW_MANY)
    ]
    return Text(whole, bare, Counter(whole), Counter([*numbers, *_SIDES.findall(plain)]))


def _arabic(numeral: re.Match[str]) -> str:
    number = chinese_number(numeral.group())
    return numeral.group() if number is None else str(number)


def same_words(a: str, b: str) -> bool:
    """Whether two texts differ in nothing but white space, signs and the width of characters."""
    return _SIGNS.sub("", folded(a)) == _SIGNS.sub("", folded(b))


def alike(a: str, b: str) -> float:
    """How alike two descriptions are, from 0 to 100; 0 where one says nothing."""
    one, other = text(a), text(b)
    if not one.whole or not other.whole:
        return 0.0
    if one.whole == other.whole:
        return 100.0
    score = max(fuzz.ratio(one.whole, other.whole), fuzz.ratio(one.bare, other.bare))
    if min(len(one.bare), len(other.bare)) >= _LEAST_PART:
        score = max(score, _PART * fuzz.partial_ratio(one.bare, other.bare))
    common = (one.signs & other.signs).total()
    shared = 200 * common / (len(one.whole) + len(other.whole))
    return max(score, _ANY_ORDER * shared)


def elsewhere(a: str, b: str) -> bool:
    """Whether the two name different spots: each has a number of a building, unit or side the other lacks."""
    one, other = text(a).where, text(b).where
    return bool(one - other) and bool(other - one)
