"""Checks of every page: paper, type area, colours, page numbers (GB/T 9704-2012, 5, 7.5, 8)."""

from collections.abc import Iterator
from dataclasses import dataclass

from campaign.compose.blocks import Form
from campaign.render.conformance.findings import Finding, mm
from campaign.render.conformance.model import Glyph, Ink, Line, Page
from campaign.render.conformance.reading import NUMBER_LINE, Reading

_NEAR_NUMBER = 16.0  # mm beyond the type area within which a page number is sought


def paper(reading: Reading) -> Iterator[Finding]:
    """5.1: A4, upright or turned."""
    slack = reading.mm("checks.paper")
    wanted = sorted((reading.mm("page.width"), reading.mm("page.height")))
    for page in reading.paper.pages:
        size = sorted((page.width, page.height))
        if any(abs(one - other) > slack for one, other in zip(size, wanted, strict=True)):
            yield Finding(
                page.number,
                f"{page.width:.1f}×{page.height:.1f}毫米",
                f"{wanted[0]:.0f}×{wanted[1]:.0f}毫米（A4）",
            )


def left_edge(reading: Reading) -> Iterator[Finding]:
    """5.2.1: the binding edge (订口), where lines begin flush."""
    slack = reading.mm("checks.left_edge")
    for page in reading.paper.pages:
        if page.landscape:
            continue
        starts = [line.left for line in reading.content(page) if reading.is_body(line)]
        wanted = reading.area(page).left
        if not starts:
            continue
        # A page of nothing but first lines has no line that begins flush.
        beyond = min(starts) > wanted + slack and max(starts) < wanted + 2 * reading.character - slack
        if min(starts) < wanted - slack or beyond:
            yield Finding(page.number, mm(min(starts)), f"{wanted:.0f}±{slack:.0f}毫米")


def top_edge(reading: Reading) -> Iterator[Finding]:
    """5.2.1: the head margin (天头) above pages that the text runs on to."""
    slack = reading.mm("checks.top_edge")
    for _, _, page, line in reading.followers():
        area = reading.area(page)
        first = reading.first_thing(page)
        if line.top > first + 1:
            continue
        # Ink begins below the line's top by half of what the pitch exceeds the size, and a little more.
        if not area.top - slack <= first <= area.top + reading.pitch / 2 + slack:
            yield Finding(page.number, mm(first), f"{area.top:.0f}毫米起排第一行")


def type_area(reading: Reading) -> Iterator[Finding]:
    """5.2.1: nothing but page numbers, a letter's head and rules stands outside the type area (版心)."""
    slack = reading.mm("checks.type_area")
    for page in reading.paper.pages:
        area = reading.area(page)
        furniture = {id(glyph) for line in _numbers(reading, page) for glyph in line.glyphs}
        letter = reading.form is Form.LETTER and page.ordinal == 1
        for glyph in page.glyphs:
            if id(glyph) in furniture or glyph.colour is Ink.GREY or (letter and glyph.colour is Ink.RED):
                continue
            box = glyph.ink
            out = max(
                area.left - box.left, area.top - box.top, box.right - area.right, box.bottom - area.bottom
            )
            if out > slack and box.width > 0:
                yield Finding(
                    page.number, f"“{glyph.text}”超出版心{mm(out)}", f"不超出版心（允差{mm(slack)}）"
                )
                break
        for box in (
            *page.pictures,
            *(r.box for r in page.rules if r.colour is not Ink.GREY and not (letter and r.colour is Ink.RED)),
        ):
            out = max(
                area.left - box.left, area.top - box.top, box.right - area.right, box.bottom - area.bottom
            )
            if out > slack:
                yield Finding(page.number, f"线条或图超出版心{mm(out)}", f"不超出版心（允差{mm(slack)}）")
                break


def colour(reading: Reading) -> Iterator[Finding]:
    """5.2.4: text is black; the head and its rules may be red, a draft's stamp grey."""
    for page in reading.paper.pages:
        odd = [
            glyph
            for glyph in page.glyphs
            if glyph.colour is Ink.OTHER or (glyph.colour is Ink.RED and page.ordinal > 1)
        ]
        if odd:
            yield Finding(page.number, f"“{odd[0].text}”不是黑色", "文字为黑色（版头可用红色）")


def legible(reading: Reading) -> Iterator[Finding]:
    """6.2: no character is printed over another, over a table's rules or beyond the paper."""
    share = reading.layout.number("checks.legible")
    for page in reading.paper.pages:
        clash = _overlap(page, share) or _over_rule(page) or _cut(page)
        if clash:
            yield Finding(page.number, clash, "字迹完整，互不重叠，不压表格线")


def blank(reading: Reading) -> Iterator[Finding]:
    """7.5: no page without anything on it."""
    for page in reading.paper.pages:
        numbers = {id(glyph) for line in _numbers(reading, page) for glyph in line.glyphs}
        if not page.pictures and not [
            g for g in page.glyphs if id(g) not in numbers and g.colour is not Ink.GREY
        ]:
            yield Finding(page.number, "这一页是空白的", "不留空白页")


# --- page numbers -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Number:
    """A page number as on upright paper: its text, glyphs, the height of its dashes' top and its ends."""

    text: str
    glyphs: tuple[Glyph, ...]
    dash: float
    left: float
    right: float


def page_number(reading: Reading) -> Iterator[Finding]:
    """7.5: every page is numbered, from 1 on, with a dash on either side."""
    for page in reading.paper.pages:
        if reading.form is Form.LETTER and page.ordinal == 1:
            continue
        number = _number(reading, page)
        found = number.text.strip("—–―－-") if number else ""
        if found != str(page.ordinal):
            measured = f"页码为{found}" if found else "没有页码"
            yield Finding(page.number, measured, f"— {page.ordinal} —，逐面连续编排")


def letter_number(reading: Reading) -> Iterator[Finding]:
    """10.1: a letter's first page has no number."""
    if reading.form is Form.LETTER and (number := _number(reading, reading.paper.pages[0])):
        yield Finding(1, f"首页有页码{number.text}", "信函首页不显示页码")


def number_place(reading: Reading) -> Iterator[Finding]:
    """7.5: the dash 7 mm below the type area; odd pages right, even pages left, one character in."""
    slack = reading.mm("checks.number_place")
    drop, inset = reading.mm("number.drop"), reading.mm("number.inset")
    for page in reading.paper.pages:
        number = _number(reading, page)
        if number is None:
            continue
        below = number.dash - _foot(reading)
        if abs(below - drop) > slack:
            yield Finding(
                page.number, f"一字线在版心下{mm(below)}", f"上距版心下边缘{drop:.0f}±{slack:.1f}毫米"
            )
        left, right = reading.mm("page.left"), reading.mm("page.width") - reading.mm("page.right")
        odd = page.ordinal % 2 == 1
        off = right - number.right if odd else number.left - left
        if abs(off - inset) > 2 * slack:
            side = "右" if odd else "左"
            yield Finding(
                page.number, f"页码距版心{side}边缘{mm(off)}", f"{'单' if odd else '双'}页码居{side}空一字"
            )


def number_face(reading: Reading) -> Iterator[Finding]:
    """7.5: size 4 (14 points)."""
    wanted = reading.layout.points("number.size")
    slack = reading.layout.points("checks.number_face")
    for page in reading.paper.pages:
        number = _number(reading, page)
        if number and abs(number.glyphs[0].size - wanted) > slack:
            yield Finding(page.number, f"页码{number.glyphs[0].size:.1f}磅", f"4号（{wanted:.0f}磅）宋体")


def _foot(reading: Reading) -> float:
    """The lower edge of the type area on upright paper."""
    return reading.mm("page.height") - reading.mm("page.bottom")


def _numbers(reading: Reading, page: Page) -> list[Line]:
    """Lines that are page numbers, outside the type area; on a landscape page those turned with the paper."""
    area = reading.area(page)
    if page.landscape:
        near = [one for one in (*page.turned_lines, *page.lines) if one.glyphs[0].ink.right < area.left]
        foot = [one for one in page.lines if one.top > area.bottom]
        return [one for one in (*near, *foot) if NUMBER_LINE.fullmatch(one.text)]
    low = [one for one in page.lines if area.bottom < one.baseline < area.bottom + _NEAR_NUMBER]
    return [one for one in low if NUMBER_LINE.fullmatch(one.text)]


def _number(reading: Reading, page: Page) -> _Number | None:
    """The page number as it stands when the paper is held upright."""
    lines = _numbers(reading, page)
    if not lines:
        return None
    line = lines[0]
    dash = line.glyphs[0].ink
    ends = line.glyphs
    if not page.landscape:
        return _Number(line.text, ends, dash.top, ends[0].cell.left, ends[-1].cell.right)
    # A landscape page is an upright one turned clockwise: its x is our y, its y counts from our right.
    places = [place for glyph in ends for place in (glyph.cell.top, glyph.cell.bottom)]
    return _Number(line.text, ends, page.width - dash.right, min(places), max(places))


# --- legibility ---------------------------------------------------------------------------------------


def _overlap(page: Page, share: float) -> str:
    """Two characters whose ink boxes share more than `share` of the smaller one."""
    cells: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in page.glyphs:
        box = glyph.ink
        if glyph.colour is Ink.GREY or box.width < 0.5 or box.height < 0.5:  # noqa: PLR2004 - a stroke, a dot
            continue
        place = (int(box.left // 12), int(box.top // 12))
        for across in (-1, 0, 1):
            for down in (-1, 0, 1):
                for other in cells.get((place[0] + across, place[1] + down), ()):
                    wide = min(box.right, other.ink.right) - max(box.left, other.ink.left)
                    high = min(box.bottom, other.ink.bottom) - max(box.top, other.ink.top)
                    if wide <= 0 or high <= 0:
                        continue
                    smaller = min(box.width * box.height, other.ink.width * other.ink.height)
                    if wide * high > share * smaller:
                        return f"“{glyph.text}”与“{other.text}”重叠"
        cells.setdefault(place, []).append(glyph)
    return ""


def _over_rule(page: Page) -> str:
    """A character of a table through which one of the table's upright rules runs."""
    for grid in page.grids:
        for rule in grid.uprights:
            x = (rule.box.left + rule.box.right) / 2
            for glyph in grid.glyphs:
                ink = glyph.ink
                if ink.left + 0.4 < x < ink.right - 0.4 and rule.box.top < glyph.middle < rule.box.bottom:
                    return f"“{glyph.text}”压在表格线上"
    return ""


def _cut(page: Page) -> str:
    for glyph in page.glyphs:
        box = glyph.ink
        if box.left < 0 or box.top < 0 or box.right > page.width or box.bottom > page.height:
            return f"“{glyph.text}”超出纸边"
    return ""
