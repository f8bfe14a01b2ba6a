"""Whether the running numbers of an office's ledger name its problems, or only count its rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from campaign.intake.text import folded
from campaign.records import Problem

_ENOUGH = 3  # shared numbers, below which their agreement says nothing
_SHARE = 0.9  # of the shared numbers must agree in place, item and day


class Trust(IntEnum):
    """How far a number can be relied on. ROWS: it agrees this time, but it only counts rows."""

    NONE = 0
    ROWS = 1
    KEPT = 2


@dataclass(frozen=True, slots=True)
class Serials:
    """The numbers that occur once in their office's ledger on both sides, and how far each office's count."""

    trust: Mapping[str, Trust]
    unique: frozenset[tuple[str, str]]

    def of(self, before: Problem, now: Problem) -> tuple[Trust, bool]:
        """How far the numbers of two problems count, and whether they are equal."""
        office = now.subdistrict
        one, other = number(before), number(now)
        known = before.subdistrict == office and {(office, one), (office, other)} <= self.unique
        return (self.trust.get(office, Trust.NONE), one == other) if known else (Trust.NONE, False)


def number(problem: Problem) -> str:
    """A problem's running number for comparing."""
    return folded(problem.serial)


def serials(before: Sequence[Problem], now: Sequence[Problem]) -> Serials:
    """Hold the numbers of two weeks against what they number.

    A row inserted shifts all numbers below it, another order changes them all: then most shared numbers stand
    at problems of another place, item or day, and none of them is relied on.
    """
    known, found = _by_number(before), _by_number(now)
    trust: dict[str, Trust] = {}
    for office in dict.fromkeys(p.subdistrict for p in now):
        shared = [(known[at], found[at]) for at in known.keys() & found.keys() if at[0] == office]
        agreeing = sum(_about(a) == _about(b) for a, b in shared)
        if len(shared) < _ENOUGH or agreeing < _SHARE * len(shared):
            trust[office] = Trust.NONE
        elif _counts_rows(before, office) and _counts_rows(now, office):
            trust[office] = Trust.ROWS
        else:
            trust[office] = Trust.KEPT
    once = frozenset(known.keys()) | frozenset(found.keys())
    twice = _repeated(before) | _repeated(now)
    return Serials(trust, once - twice)


def _about(problem: Problem) -> tuple[object, ...]:
    return (problem.community, problem.item, problem.found_on)


def _places(problems: Iterable[Problem]) -> Counter[tuple[str, str]]:
    return Counter((p.subdistrict, number(p)) for p in problems if p.serial)


def _repeated(problems: Iterable[Problem]) -> frozenset[tuple[str, str]]:
    return frozenset(at for at, count in _places(problems).items() if count > 1)


def _by_number(problems: Sequence[Problem]) -> dict[tuple[str, str], Problem]:
    once = {at for at, count in _places(problems).items() if count == 1}
    return {at: p for p in problems if (at := (p.subdistrict, number(p))) in once}


def _counts_rows(problems: Iterable[Problem], office: str) -> bool:
    """Whether the numbers are 1, 2, 3 … in the order of the rows."""
    numbers = [number(p) for p in problems if p.subdistrict == office]
    return numbers == [str(n) for n in range(1, len(numbers) + 1)]
