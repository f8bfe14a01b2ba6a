"""Numbered lists inside a cell: "1.灯坏；2.门坏" is two problems in one row."""

import re

_ORDINALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {
    c: n for n, c in enumerate("①②③④⑤⑥⑦⑧⑨⑩", 1)
}
_MARK = re.compile(
    r"(?P<bracketed>[(（](?P<inside>\d{1,2}|[一二三四五六七八九十])[)）])"
    r"|(?P<circled>[①②③④⑤⑥⑦⑧⑨⑩])"
    r"|(?<![\d第.．、#号])(?P<digits>\d{1,2})[.．、)）](?P<tight>\d?)"
    r"|(?<![〇一二三四五六七八九十第、])(?P<han>[一二三四五六七八九十])(?:[是、.．])(?![一二三四五六七八九十])"
)
_BEFORE = re.compile(r"(?:^|[\n；;。])\s*$")


def listed(text: str) -> int:
    """How many entries a numbered list in the text has: 1, 2, 3 … in order; at most 1 where there is none.

    "1、2、3号楼" and "1.2米" are no lists: a digit behind the mark counts only at the start of a sentence.
    """
    expected = 1
    for mark in _MARK.finditer(text):
        number = _number(mark)
        if mark["tight"] and not _BEFORE.search(text, 0, mark.start()):
            continue
        if number == expected:
            expected += 1
    return expected - 1


def _number(mark: re.Match[str]) -> int:
    said = mark["inside"] or mark["circled"] or mark["digits"] or mark["han"]
    return _ORDINALS.get(said) or int(said)
