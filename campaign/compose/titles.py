"""Breaks a title into lines where its sense breaks, shaped as a trapezoid or a diamond (GB/T 9704-2012
7.3.1).

A template marks the joints between sense units with <wbr/>, and decides itself where it writes <br/>. Only
where a line is still too long is a unit broken inside: between words of the list in genres.yaml, and in the
last resort anywhere but in a number, inside brackets or before closing punctuation. A trained segmenter was
tried instead (budoux) and cuts the very words that titles are made of: 专|项整治, 约|谈通知书,
领导小|组办|公室.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

MOST = 20  # characters a line: 20 of 22 pt fill the 156 mm of the type area
WEIGHED = 4  # titles of up to so many lines are weighed in every shape; longer ones are only made to fit
_CHAR = 10  # widths are counted in tenths of a character
_ASCII = 6  # figures in 小标宋 are a little wider than half a character

# What a break costs, by the place where it is made.
AT_JOINT = 0
BETWEEN_WORDS = 15
ANYWHERE = 60
NEVER = 10_000  # and still possible, where nothing else fits

HOURGLASS = 80  # lines that grow again after they shrank
RECTANGLE = 12  # lines all equally long
ONE_MORE = 6  # each further line
STUMP = 30  # a line shorter than a third of the longest

_CLOSED = re.compile(r"[（(〔《“][^（(〔《“）)〕》”]*[）)〕》”]|[0-9.]+[^\W\d_]?%?|[A-Za-z]+")
_NO_START = "，。、；：）)〕》”！？的和与及或等—"
_NO_END = "（(〔《“第—"


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
    for start, end in _words(text, words):
        costs[start] = min(costs[start], BETWEEN_WORDS)
        costs[start + 1 : end] = [NEVER] * (end - start - 1)
        if end < len(text):
            costs[end] = BETWEEN_WORDS
    for found in _CLOSED.finditer(text):
        costs[found.start() + 1 : found.end()] = [NEVER] * (found.end() - found.start() - 1)
    at = 0
    for unit in units[:-1]:
        at += len(unit)
        if at < len(text):
            costs[at] = AT_JOINT
    for n in range(1, len(text)):
        if text[n] in _NO_START or text[n - 1] in _NO_END:
            costs[n] = NEVER
    return costs


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
