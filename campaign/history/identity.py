"""Which of this week's problems is which of those known so far.

Community by community. First what reads the same: item, day found and description. Of the rest each pair is
weighed by its words, its day, its item, its number where the office keeps one that can be relied on, and,
for what is left undecided, by measure, deadline and person; the best one-to-one assignment follows. A pair is
taken only where it is sure and no other would do as well; what is likely but not sure is a doubt, for the
clerk to settle. The work is in proportion to the number of problems: what is weighed against each other is
what was left over in one community.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.history.assignment import Pair, assign
from campaign.history.likeness import alike, elsewhere, same_words, text
from campaign.history.serials import Serials, Trust
from campaign.records import Absence, Problem, Status

SURE, LIKELY = 72.0, 50.0
_OTHER_DAY, _OTHER_ITEM, _NO_ITEM, _OTHER_SPOT = 30.0, 8.0, 3.0, 30.0
_SAME_NUMBER, _KEPT_NUMBER, _OTHER_NUMBER = 70.0, 40.0, 10.0  # of numbers that are kept
_ROWS_AGREE, _ROW_NUMBER = 50.0, 10.0  # of numbers that count rows
_PRESENT = 3.0  # last week's ledgers had it: nearer than one that has been missing for weeks
_AS_GOOD = 4.0  # two assignments whose sums differ by less cannot be told apart


@dataclass(frozen=True, slots=True)
class Known:
    """A problem known so far: as last seen and when; `absence` where last week's ledgers lacked it."""

    key: str
    problem: Problem
    seen_on: date
    absence: Absence | None = None

    @property
    def ended(self) -> bool:
        """Struck off when last seen."""
        return self.problem.status is Status.CLOSED


@dataclass(frozen=True, slots=True)
class Likely:
    """A known problem and one of this week's that may be the same, by their places in the two lists."""

    known: int
    now: int
    because: str


@dataclass(frozen=True, slots=True)
class Matching:
    """Each of this week's problems that is known, with the place of the known one; and what is in doubt."""

    pairs: Mapping[int, int]  # now → known
    doubts: tuple[Likely, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """What pairs are weighed with."""

    known: Sequence[Known]
    now: Sequence[Problem]
    serials: Serials
    apart: Collection[Pair]  # settled as different

    def weigh(self, k: int, n: int) -> float:
        """How much speaks for two problems being one; SURE and LIKELY are the marks on this scale."""
        before, now = self.known[k].problem, self.now[n]
        same_day, same_item = before.found_on == now.found_on, before.item == now.item
        trust, same_number = self.serials.of(before, now)
        again = self.known[k].ended and now.found_on > self.known[k].seen_on
        if (k, n) in self.apart or (again and not (trust is Trust.KEPT and same_number)):
            return 0.0  # what was struck off and is found anew is another problem
        score = alike(before.description, now.description) + _particulars(before, now)
        score += _PRESENT if self.known[k].absence is None else 0.0
        score -= 0.0 if same_day else _OTHER_DAY
        if not same_item:
            score -= _NO_ITEM if before.item is None or now.item is None else _OTHER_ITEM
        if trust is not Trust.NONE:
            score += _by_number(trust, same=same_number, agreeing=same_day + same_item)
        other_spot = elsewhere(before.description, now.description)
        score -= _OTHER_SPOT if other_spot else 0.0
        if (other_spot or not same_day) and not (same_number and trust is Trust.KEPT):
            return min(score, SURE - 1)  # alike as they may be: another spot or day is for the clerk to judge
        return score


def _by_number(trust: Trust, *, same: bool, agreeing: int) -> float:
    """What the numbers say; `agreeing` is how many of day and item are the same."""
    if trust is Trust.KEPT:
        return (_KEPT_NUMBER, _SAME_NUMBER, _SAME_NUMBER)[agreeing] if same else -_OTHER_NUMBER
    return (0.0, _ROW_NUMBER, _ROWS_AGREE)[agreeing] if same else 0.0


def _particulars(before: Problem, now: Problem) -> float:
    """What decides between pairs that read equally well; too little to make an unlikely pair a sure one."""
    return (
        (2.0 if before.measure and same_words(before.measure, now.measure) else 0.0)
        + (1.5 if (before.due_on, before.no_deadline) == (now.due_on, now.no_deadline) else 0.0)
        + (1.0 if before.responsible_person == now.responsible_person else 0.0)
        + (0.5 if before.serial == now.serial else 0.0)
        + (0.3 if before.status is now.status else 0.0)
        + (0.2 if before.rectified_on == now.rectified_on else 0.0)
    )


def match(
    known: Sequence[Known],
    now: Sequence[Problem],
    serials: Serials,
    places: Mapping[str, str],
    apart: Collection[Pair] = (),
) -> Matching:
    """Recognise this week's problems.

    Args:
        known: all problems known so far.
        now: this week's, in their order.
        serials: what the running numbers of last week's and this week's ledgers are worth.
        places: a community's earlier names → its name now.
        apart: pairs (place in `known`, place in `now`) that are settled as different problems.
    """
    scale = _Scale(known, now, serials, frozenset(apart))
    blocks: dict[str, tuple[list[int], list[int]]] = {}
    for k, one in enumerate(known):
        community = one.problem.community
        blocks.setdefault(places.get(community, community), ([], []))[0].append(k)
    for n, problem in enumerate(now):
        blocks.setdefault(problem.community, ([], []))[1].append(n)
    pairs: dict[int, int] = {}
    doubts: list[Likely] = []
    for before, here in blocks.values():
        if before and here:
            same = dict(_word_for_word(scale, before, here))
            pairs |= same
            taken = frozenset(same.values())
            rest = [k for k in before if k not in taken], [n for n in here if n not in same]
            sure, likely = _weighed(scale, *rest)
            pairs |= sure
            doubts += likely
    moved, likely = _in_other_places(scale, pairs, doubts)
    return Matching(pairs | moved, tuple(sorted([*doubts, *likely], key=lambda d: (d.now, d.known))))


def _word_for_word(scale: _Scale, before: Iterable[int], here: Iterable[int]) -> Iterator[Pair]:
    """This week's problems that read as a known one; twins are told apart by how they stand."""
    groups: dict[tuple[object, ...], tuple[list[int], list[int]]] = {}
    for k in before:
        groups.setdefault(_reading(scale.known[k].problem), ([], []))[0].append(k)
    for n in here:
        groups.setdefault(_reading(scale.now[n]), ([], []))[1].append(n)
    for ours, theirs in groups.values():
        if len(ours) == len(theirs) == 1:
            if (ours[0], theirs[0]) not in scale.apart:
                yield theirs[0], ours[0]
            continue
        weights = {(k, n): 1 + _twin(scale.known[k], scale.now[n], scale) for k in ours for n in theirs}
        for k, n in assign({at: weight for at, weight in weights.items() if at not in scale.apart}):
            yield n, k


def _reading(problem: Problem) -> tuple[object, ...]:
    return (problem.item, problem.found_on, text(problem.description).whole)


def _twin(known: Known, now: Problem, scale: _Scale) -> float:
    """Which of some problems that read alike: the number where it counts, then whether it is still there."""
    trust, same = scale.serials.of(known.problem, now)
    present = 4.0 if known.absence is None else 0.0
    return _particulars(known.problem, now) + present + (10.0 * trust if same else 0.0)


def _weighed(
    scale: _Scale, before: Sequence[int], here: Sequence[int]
) -> tuple[dict[int, int], list[Likely]]:
    scores = {(k, n): score for k in before for n in here if (score := scale.weigh(k, n)) >= LIKELY}
    # Squares, so that one sure pair outweighs two that are barely likely.
    chosen = assign({at: (score - LIKELY + 1) ** 2 for at, score in scores.items()})
    pairs: dict[int, int] = {}
    doubts: list[Likely] = []
    for k, n in chosen:
        if scores[k, n] >= SURE and not _rivalled((k, n), chosen, scores):
            pairs[n] = k
        else:
            doubts.append(Likely(k, n, _because(scale.known[k].problem, scale.now[n])))
    return pairs, doubts


def _rivalled(pair: Pair, chosen: Sequence[Pair], scores: Mapping[Pair, float]) -> bool:
    """Whether another assignment would do as well."""
    k, n = pair
    if scores[pair] >= 100:  # noqa: PLR2004 - word for word
        return False
    left, right = {a for a, _ in chosen}, {b for _, b in chosen}
    swaps = (
        scores[pair] + scores[other] - scores.get((k, other[1]), 0.0) - scores.get((other[0], n), 0.0)
        for other in chosen
        if other != pair and (k, other[1]) in scores and (other[0], n) in scores
    )
    spare = (
        scores[pair] - score
        for (a, b), score in scores.items()
        if (a == k and b not in right) or (b == n and a not in left)
    )
    return min((*swaps, *spare), default=_AS_GOOD) < _AS_GOOD


def _because(before: Problem, now: Problem) -> str:
    """What is alike and what is not, for the clerk."""
    same = [word for word, equal in _compared(before, now) if equal]
    other = [word for word, equal in _compared(before, now) if not equal]
    likeness = alike(before.description, now.description)
    if same_words(before.description, now.description):
        same.append("描述")
        words = ""
    else:
        words = f"，描述{'相近' if likeness >= LIKELY else '不同'}（相似度{likeness:.0f}）"
    if before.serial and before.serial == now.serial:
        same.append("序号")
    spot = "，但描述中的编号或方位不同" if elsewhere(before.description, now.description) else ""
    told = f"{'、'.join(same)}相同" if same else ""
    differs = f"{'，' if told else ''}{'、'.join(other)}不同" if other else ""
    return f"{told}{differs}{words}{spot}".strip("，")


def _compared(before: Problem, now: Problem) -> tuple[tuple[str, bool], ...]:
    return (
        ("登记的地点", before.community == now.community),
        ("条目", before.item == now.item),
        ("发现时间", before.found_on == now.found_on),
    )


def _in_other_places(
    scale: _Scale, pairs: Mapping[int, int], doubts: Iterable[Likely]
) -> tuple[dict[int, int], list[Likely]]:
    """What is left over and stands at another community now: one whose community was put right.

    Only where item, day and words are the same and occur once on each side of an office; it is sure only by a
    number that is kept.
    """
    taken = {*pairs.values(), *(d.known for d in doubts)}
    here = {*pairs, *(d.now for d in doubts)}
    left: dict[tuple[object, ...], list[int]] = {}
    for k, one in enumerate(scale.known):
        if k not in taken and not one.ended:
            left.setdefault((one.problem.subdistrict, *_reading(one.problem)), []).append(k)
    right: dict[tuple[object, ...], list[int]] = {}
    for n, problem in enumerate(scale.now):
        if n not in here:
            right.setdefault((problem.subdistrict, *_reading(problem)), []).append(n)
    moved: dict[int, int] = {}
    likely: list[Likely] = []
    for reading, ours in left.items():
        theirs = right.get(reading, [])
        if len(ours) != 1 or len(theirs) != 1:
            continue
        (k,), (n,) = ours, theirs
        before, now = scale.known[k].problem, scale.now[n]
        if (k, n) in scale.apart:
            continue
        if scale.serials.of(before, now) == (Trust.KEPT, True):
            moved[n] = k
        else:
            likely.append(Likely(k, n, _because(before, now)))
    return moved, likely
