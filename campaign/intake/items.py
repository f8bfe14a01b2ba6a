"""Checklist items in any spelling: 五-2, 三（五）2, 5.2, 第五类第2项, 五、2."""

import re

from campaign.intake.grid import Cell
from campaign.intake.text import chinese_number, folded, shown
from campaign.records import ItemCode

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_SPELLINGS = (
    # the part of the notice, then the group in brackets: 三(五)2, 三、(五)2.
    re.compile(rf"(?:{_N}[、.]?)?[(]({_N})[)][-—–.、,:]?[第(]?({_N})[)项条款目小]*"),
    re.compile(rf"第?[(]?({_N})[)]?[类组大项章部分]+[、,]?第?({_N})[项条款目小]*"),
    re.compile(rf"第?({_N})[-—–_.．·、/:]({_N})[项条款]?"),
    re.compile(rf"({_N})[(]({_N})[)]"),
    re.compile(r"([一二三四五六七八九十]{1,3})(\d{1,2})"),
)
_TEXT_BEHIND = re.compile(r"[、.:：,\s-]*+(?![\d一二三四五六七八九十])")


def read_item(cell: Cell, codes: tuple[ItemCode, ...]) -> ItemCode | None:
    """The item a cell names; None where it names none of the checklist's or might name two.

    A number such as 5.1 is taken only if the checklist has no item 5-10 that Excel could have cut to it.
    """
    text = folded(shown(cell)).replace("~", "-").replace("－", "-").strip("。;；")
    code = _spelled(text)
    if code is None or code not in codes:
        return None
    return None if may_be_cut(cell, codes) else code


def may_be_cut(cell: Cell, codes: tuple[ItemCode, ...]) -> bool:
    """Whether a number such as 5.1 may be an item 5-10 that Excel has cut to it."""
    code = _spelled(folded(shown(cell)))
    return (
        isinstance(cell.value, float)
        and code is not None
        and code in codes
        and ItemCode(code.group, code.number * 10) in codes
    )


def _spelled(text: str) -> ItemCode | None:
    for spelling in _SPELLINGS:
        match = spelling.match(text)
        if match and _TEXT_BEHIND.match(text, match.end()):
            group, number = (chinese_number(part) for part in match.groups())
            if group and number:
                return ItemCode(group, number)
    return None
