"""Breaks the red mark of an issuing office (发文机关标志) into two lines where one would be too small.

The standard fixes no size (GB/T 9704-2012 7.2.4). An office of 26 characters and 文件 would have to be set
smaller than the title in one line; offices with such names set them in two, broken where the name itself is.
"""

from collections.abc import Sequence

from campaign.compose.titles import width

MOST = 180  # tenths of a character: in one line of 156 mm they still are larger than a title


def break_mark(units: Sequence[str]) -> tuple[str, ...]:
    """The lines of a mark: one, or two that differ least in width. `units` are the parts that must not be
    torn.
    """
    whole = "".join(units)
    places = range(1, len(units))
    if width(whole) <= MOST or not places:
        return (whole,)
    pairs = [("".join(units[:n]), "".join(units[n:])) for n in places]
    return min(pairs, key=lambda pair: abs(width(pair[0]) - width(pair[1])))
