"""Breaks a title into lines where its sense breaks, shaped as a trapezoid or a diamond (GB/T 9704-2012
7.3.1).

A template marks the joints between sense units with <wbr/>, and decides itself where it writes <br/>. Only
where a line is still too long is a unit broken inside: before 关于, between words of the list in genres.yaml
and the names of the campaign and its rosters, and in the last resort anywhere but in a number, inside
brackets, before closing punctuation or behind a preposition. Why a list and no segmenter: docs/adr.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

MOST = 20  # characters a line: 20 of 22 pt fill the 156 mm of the type area
WEIGHED = 4  # titles of up to so many lines are weighed in every shape; longer ones are only made to fit
_CHAR = 10  # widths are counted in tenths of a character
_LONG = 9  # characters of a name that is more than one word
_ASCII = 6  # figures in 小标宋 are a little wider than half a character

# What a break costs, by the place where it is made.
AT_JOINT = 0
BETWEEN_WORDS = 15
IN_A_LIST = 25  # after 、
FOLLOWING = 30  # before a word that goes with the one before it
IN_A_LONG_NAME = 35  # between the words of a name that no line can hold, or that is made of words alone
ANYWHERE = 90
NEVER = 10_000  # and still possible, where nothing else fits

HOURGLASS = 80  # lines that grow again after they shrank
RECTANGLE = 12  # lines all equally long
ONE_MORE = 6  # each further line
STUMP = 30  # a line shorter than a third of the longest

_CLOSED = re.compile(
    r"[（(〔《“][^（(〔《“）)〕》”]*[）)〕》”]|[0-9.]+[^\W\d_]?%?|[A-Za-z]+"
    r"|[一二两三四五六七八九十百]+[个家名件条项户处起次期份]"
)
_NO_START = "，。、；：）)〕》”！？—"
_NO_END = "（(〔《“第—"
# Words of one character that belong to what stands before or behind them; not where a name begins or ends
# with the same character.
_LEANS_BACK = "的等们"
_LINKS = "和与及或暨"
_LEANS_FORWARD = "对在为向将被把于未各该全" + _LINKS
_FOLLOWS = "～"  # marks such a word in the list
_COUNTED = re.compile(r"[0-9一二两三四五六七八九十百余多几各]+[个家名件条项户处起位]$")
_OPENS = "关于"  # what a title is about begins here, on a line of its own where there is room


def width(text: str) -> int:
    """Width in tenths of a character."""
    return sum(_ASCII if char.isascii() else _CHAR for char in text)


def break_title(lines: Sequence[Sequence[str]], words: Sequence[str] = ()) -> tuple[str, ...]:
    """The lines of a title.

    `lines` are the lines that the template wants (one, unless it says <br/>), each as its sense units.
    `words` must not be torn.
    """
    return tuple(line for units in lines for line in _broken("".join(units), _costs(units, words)))


def _broken(text: str, costs: Sequence[int]) -> tuple[str, ...]:
    total = width(text)
    if total <= MOST * _CHAR:
        return (text,)
    fewest = -(-total // (MOST * _CHAR))
    choices = [cuts for count in (fewest, fewest + 1) for cuts in _cuts(text, costs, count)]
    best = min(choices, key=lambda cuts: (_price(text, costs, cuts), cuts))
    return _pieces(text, best)


def _costs(units: Sequence[str], words: Sequence[str]) -> list[int]:
    """The cost of a break before each character of the joined units."""
    text = "".join(units)
    costs = [ANYWHERE] * len(text)
    following = {word.removeprefix(_FOLLOWS) for word in words if word.startswith(_FOLLOWS)}
    words = [word.removeprefix(_FOLLOWS) for word in words]
    spans = list(_words(text, words))
    for start, end in spans:
        costs[start] = FOLLOWING if text[start:end] in following else min(costs[start], BETWEEN_WORDS)
        costs[start + 1 : end] = [NEVER] * (end - start - 1)
        for inner in _inside(text[start:end], words):
            costs[start + inner] = IN_A_LONG_NAME
        if end < len(text):
            costs[end] = BETWEEN_WORDS
    for found in _CLOSED.finditer(text):
        costs[found.start() + 1 : found.end()] = [NEVER] * (found.end() - found.start() - 1)
    joints = set(accumulate(map(len, units[:-1])))
    for at in joints & set(range(len(text))):
        costs[at] = AT_JOINT
    starts, ends = ({span[side] for span in spans} | joints for side in (0, 1))
    for n in range(1, len(text)):
        costs[n] = _leaned(text, n, costs[n], begins=n in starts, ended=n in ends)
    return costs


def _inside(name: str, words: Sequence[str]) -> list[int]:
    """Where a long name may be broken if need be: between its words, if it has nothing but listed words, or
    if no line can hold it.
    """
    parts = list(_words(name, [word for word in words if word != name])) if len(name) >= _LONG else []
    whole = sum(end - start for start, end in parts) == len(name)
    if not whole and width(name) <= MOST * _CHAR:
        return []
    within = [start + inner for start, end in parts for inner in _inside(name[start:end], words)]
    return [start for start, _ in parts if start] + within


def _leaned(text: str, n: int, cost: int, *, begins: bool, ended: bool) -> int:
    """The cost of a break before a character, as punctuation and the little words have it; `begins` and
    `ended` say that a listed word begins there, or has ended.
    """
    before, after = text[n - 1], text[n]
    hangs = after in _LEANS_BACK and not begins
    hangs = hangs or (before in _LEANS_FORWARD and not ended)
    hangs = hangs or bool(_COUNTED.search(text, 0, n))
    if hangs or after in _NO_START or before in _NO_END or text.startswith(_OPENS, n - len(_OPENS), n):
        return NEVER
    if text.startswith(_OPENS, n):
        return AT_JOINT
    return max(cost, IN_A_LIST) if before == "、" or after in _LINKS else cost


def _words(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where listed words stand, the longest first at each place."""
    by_length = sorted(words, key=len, reverse=True)
    at = 0
    while at < len(text):
        word = next((w for w in by_length if w and text.startswith(w, at)), "")
        if word:
            yield at, at + len(word)
        at += len(word) or 1


def _cuts(text: str, costs: Sequence[int], count: int, start: int = 0) -> Iterator[tuple[int, ...]]:
    """Every way to cut the rest of the text into `count` lines of at most MOST characters."""
    rest = width(text[start:])
    if count == 1:
        if 0 < rest <= MOST * _CHAR:
            yield ()
        return
    limit = MOST * _CHAR
    places = _candidates(text, costs, start, rest - limit * (count - 1))
    if count > WEIGHED:
        places = sorted(places, key=lambda n: (costs[n], -n))[:1]
    for cut in places:
        for more in _cuts(text, costs, count - 1, cut):
            yield (cut, *more)


def _candidates(text: str, costs: Sequence[int], start: int, least: int) -> list[int]:
    """The places where the line from `start` may end: the forbidden ones only if there are no others."""
    fitting = [
        n for n in range(start + 1, len(text)) if max(least, 1) <= width(text[start:n]) <= MOST * _CHAR
    ]
    return [n for n in fitting if costs[n] < NEVER] or fitting


def _price(text: str, costs: Sequence[int], cuts: Sequence[int]) -> int:
    widths = [width(line) for line in _pieces(text, cuts)]
    ragged = (max(widths) - min(widths)) // _CHAR
    return sum(costs[n] for n in cuts) + _shape(widths) + ragged + ONE_MORE * len(cuts)


def _pieces(text: str, cuts: Sequence[int]) -> tuple[str, ...]:
    return tuple(text[a:b] for a, b in pairwise((0, *cuts, len(text))))


def _shape(widths: Sequence[int]) -> int:
    """What the outline of the lines costs; nothing for a trapezoid or a diamond."""
    steps = [b - a for a, b in pairwise(widths)]
    shrank = False
    cost = 0
    for step in steps:
        if step > 0 and shrank:
            cost = HOURGLASS
        shrank = shrank or step < 0
    if all(abs(step) < _CHAR for step in steps):
        cost += RECTANGLE
    if min(widths) * 3 < max(widths):
        cost += STUMP
    return cost
