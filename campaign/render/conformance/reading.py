"""What the parts of a measured document are: its form, head, title, body lines, signatures, imprint.

Told from what stands on the pages, as a reader would tell it: red ink, sizes, places and words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from campaign.compose.blocks import Form
from campaign.render.conformance.model import Box, Grid, Ink, Line, Page, Paper, Rule
from campaign.render.geometry.layout import POINTS_PER_MM, Layout

DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
NUMBER_LINE = re.compile(r"[—–―－-]\d+[—–―－-]")
DOCUMENT_NUMBER = re.compile(r"\D{0,20}[〔\[（(【［]\d{2,4}[〕\])）】］].{0,8}号")
HEADINGS = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
CAPTION = re.compile(r"(附?[表图])\s*\d*")
ANNEX = re.compile(r"附件\d*")
PRINTED = re.compile(r".*\d{4}年\d{1,2}月\d{1,2}日印发")
COPIED = re.compile(r"(抄送|主送|报|送|发|分送)：")
_ISSUE = re.compile(r"[（(]?(?:总)?第[\d一二三四五六七八九十百]+期.*|增刊.*")

_SAME_SIZE = 0.7  # points
_FLUSH = 0.8  # mm
_LONG = 140.0  # mm: a rule across the type area
_NEXT = 1.35  # pitches between the baselines of lines that follow one another
_ENOUGH = 60  # characters from which a face can be told


@dataclass(frozen=True)
class Reading:
    """A measured document with the profile it is held against."""

    paper: Paper
    layout: Layout

    # --- the type area ------------------------------------------------------------------------

    def mm(self, name: str) -> float:
        """A length of the profile in mm."""
        return self.layout.millimetres(name)

    @property
    def character(self) -> float:
        """The width of one 字 in mm."""
        return self.layout.character / POINTS_PER_MM

    @property
    def pitch(self) -> float:
        """The height of one 行 in mm."""
        return self.layout.pitch / POINTS_PER_MM

    def leading(self, section: str) -> float:
        """Half of what the lines of `title` or `body` have beyond their type, in mm: what is left blank above
        and below the characters of a line.
        """
        spare = self.layout.points(f"{section}.pitch") - self.layout.points(f"{section}.size")
        return spare / 2 / POINTS_PER_MM

    def area(self, page: Page) -> Box:
        """The type area (版心) of a page; on a landscape page, the upright one turned clockwise."""
        top, right = self.mm("page.top"), self.mm("page.right")
        bottom, left = self.mm("page.bottom"), self.mm("page.left")
        if page.landscape:
            return Box(bottom, left, page.width - top, page.height - right)
        return Box(left, top, page.width - right, page.height - bottom)

    def content(self, page: Page) -> tuple[Line, ...]:
        """The lines of a page inside the type area."""
        area = self.area(page)
        return tuple(line for line in page.lines if area.top - 1 < line.baseline < area.bottom + 1)

    # --- heads --------------------------------------------------------------------------------

    @cached_property
    def form(self) -> Form:
        """The form, told from the first page's red ink: rules wider than the type area mark a letter, 第N期
        a bulletin, 纪要 in the red name minutes; any other red name is a document's red head.
        """
        first = self.paper.pages[0]
        measure = self.area(first).width
        if any(rule.box.width > measure + 2 for rule in first.red_rules):
            return Form.LETTER
        if not self.names:
            return Form.PLAIN
        if self.names[-1].text.endswith("纪要"):
            return Form.MINUTES
        return Form.BULLETIN if any(_ISSUE.fullmatch(line.text) for line in self.above_line) else Form.RED

    @cached_property
    def names(self) -> tuple[Line, ...]:
        """The red lines of the first page: the issuer's mark or the bulletin's name."""
        return tuple(line for line in self.paper.pages[0].lines if line.glyphs[0].colour is Ink.RED)

    @cached_property
    def red_line(self) -> Rule | None:
        """The red line that ends the head; of a letter, the lower rule of the upper pair."""
        rules = self.paper.pages[0].red_rules
        upper = [rule for rule in rules if rule.box.top < self.paper.pages[0].height / 2]
        return upper[-1] if upper else None

    @cached_property
    def above_line(self) -> tuple[Line, ...]:
        """Black lines of the head, above the red line; in a letter the number below it."""
        line = self.red_line
        if line is None:
            return ()
        found = [one for one in self.paper.pages[0].lines if one.glyphs[0].colour is Ink.BLACK]
        return tuple(one for one in found if one.bottom < line.box.top)

    @cached_property
    def number_line(self) -> Line | None:
        """The line of the document number (发文字号)."""
        lines = self.paper.pages[0].lines
        title = self.title[0].baseline if self.title else float("inf")
        near = [one for one in lines if one.baseline < title and DOCUMENT_NUMBER.search(one.text)]
        return near[0] if near else None

    @cached_property
    def title(self) -> tuple[Line, ...]:
        """The lines of the title: the first run of lines in its size on the first page."""
        size = self.layout.points("title.size")
        lines = self.content(self.paper.pages[0])
        marked = [abs(one.size - size) < _SAME_SIZE and one.glyphs[0].colour is Ink.BLACK for one in lines]
        if True not in marked:
            return ()
        start = marked.index(True)
        end = next((n for n in range(start, len(lines)) if not marked[n]), len(lines))
        return tuple(lines[start:end])

    # --- the body -----------------------------------------------------------------------------

    def is_body(self, line: Line) -> bool:
        """Whether a line is of the body's size and black."""
        near = abs(line.size - self.layout.points("body.size")) < _SAME_SIZE
        return near and line.glyphs[0].colour is Ink.BLACK

    def is_flush(self, page: Page, line: Line) -> bool:
        """Whether a line begins at the left edge of the type area."""
        return abs(line.left - self.area(page).left) < _FLUSH

    def is_indented(self, page: Page, line: Line) -> bool:
        """Whether a line begins two characters in."""
        indent = self.layout.millimetres("body.indent")
        return abs(line.left - self.area(page).left - indent) < _FLUSH

    def is_heading(self, line: Line) -> bool:
        """Whether a line is a heading of level 1 or 2: numbered, and in another face than the body."""
        return bool(HEADINGS.match(line.text)) and not same_face(line.font, self.body_face)

    @cached_property
    def body_face(self) -> str:
        """The face of most body lines that are no headings; "" where there are too few to tell."""
        faces: dict[str, int] = {}
        for page in self.paper.pages:
            for line in page.lines:
                if self.is_body(line) and not HEADINGS.match(line.text):
                    faces[line.font] = faces.get(line.font, 0) + len(line.glyphs)
        if sum(faces.values()) < _ENOUGH:
            return ""
        return max(faces, key=lambda name: faces[name])

    @cached_property
    def body(self) -> tuple[tuple[Page, Line], ...]:
        """The body lines of all upright pages, in order, with their pages; those of the head left out."""
        return tuple(
            (page, line)
            for page in self.paper.pages
            if not page.landscape
            for line in self.content(page)
            if self.is_body(line) and not (page.ordinal == 1 and self._in_head(line))
        )

    def _in_head(self, line: Line) -> bool:
        if self.title:
            return line.baseline < self.title[-1].baseline
        return self.red_line is not None and line.bottom < self.red_line.box.top

    def followers(self) -> Iterator[tuple[Page, Line, Page, Line]]:
        """Each body line with the next one where nothing stands between: on the page, or over the page."""
        for (page, line), (later, after) in zip(self.body, self.body[1:], strict=False):
            if page is later:
                if after.baseline - line.baseline < _NEXT * self.pitch:
                    yield page, line, later, after
            elif (
                later.number == page.number + 1
                and not ANNEX.fullmatch(after.text)
                and self.last_thing(page) <= line.bottom + 1
                and self.first_thing(later) >= after.top - 1
            ):
                yield page, line, later, after

    def last_thing(self, page: Page) -> float:
        """Where the lowest thing inside the type area ends."""
        area = self.area(page)
        ends = [line.bottom for line in self.content(page)]
        ends += [grid.box.bottom for grid in page.grids]
        ends += [picture.bottom for picture in page.pictures if picture.top < area.bottom]
        return max(ends, default=area.top)

    def first_thing(self, page: Page) -> float:
        """Where the highest thing inside the type area begins."""
        area = self.area(page)
        starts = [line.top for line in self.content(page)]
        starts += [grid.box.top for grid in page.grids]
        starts += [picture.top for picture in page.pictures if picture.bottom > area.top]
        return min(starts, default=area.bottom)

    # --- the end ------------------------------------------------------------------------------

    @cached_property
    def signatures(self) -> tuple[tuple[Page, Line], ...]:
        """成文日期: lines that are a date alone, well in from the left, with something above."""
        found = []
        for page in self.paper.pages:
            lines = self.content(page)
            for place, line in enumerate(lines):
                alone = self.is_body(line) and DATE.fullmatch(line.text)
                if alone and place and line.left > self.area(page).left + 8 * self.character:
                    found.append((page, line))
        return tuple(found)

    @cached_property
    def imprint(self) -> tuple[Page, tuple[Line, ...]] | None:
        """版记: the page that has it and its lines; None where there is none."""
        for page in reversed(self.paper.pages):
            lines = self._low_lines(page)
            if any(PRINTED.fullmatch(one.text) or COPIED.match(one.text) for one in lines):
                return page, lines
        return None

    def _low_lines(self, page: Page) -> tuple[Line, ...]:
        """The lines in the imprint's size at a page's foot, up to the first of another size or a gap."""
        size = self.layout.points("imprint.size")
        found: list[Line] = []
        for line in reversed(self.content(page)):
            if abs(line.size - size) > _SAME_SIZE or (found and found[0].top - line.bottom > self.pitch):
                break
            found.insert(0, line)
        return tuple(found)

    def imprint_rules(self, page: Page) -> tuple[Rule, ...]:
        """The rules of the imprint: as wide as the type area, among its lines."""
        lines = self._low_lines(page)
        top = lines[0].top - self.pitch if lines else self.area(page).bottom - self.pitch
        return tuple(
            rule
            for rule in page.black_rules
            if rule.box.width > _LONG
            and rule.box.top > top
            and not any(_in(grid, rule) for grid in page.grids)
        )

    @cached_property
    def annexes(self) -> tuple[tuple[Page, Line], ...]:
        """The labels 附件 of annexes, flush left in the body's size."""
        return tuple(
            (page, line)
            for page in self.paper.pages
            for line in self.content(page)
            if ANNEX.fullmatch(line.text) and self.is_body(line) and self.is_flush(page, line)
        )


def parts(paper: Paper, layout: Layout) -> tuple[Paper, ...]:
    """The documents of a file: a print set has several, each beginning on a front side with number 1, or as a
    letter without a number. Pages keep their place in the file; blank backs between documents are dropped.
    """
    found: list[list[Page]] = []
    for page in paper.pages:
        if not found or (page.number % 2 and _begins(page, layout)):
            found.append([])
        found[-1].append(page)
    for pages in found if len(found) > 1 else ():
        if len(pages) > 1 and not any(glyph.colour is not Ink.GREY for glyph in pages[-1].glyphs):
            pages.pop()
    return tuple(
        Paper(tuple(replace(page, ordinal=place) for place, page in enumerate(pages, 1)), paper.fonts)
        for pages in found
    )


def _begins(page: Page, layout: Layout) -> bool:
    numbers = [line.text for line in (*page.lines, *page.turned_lines) if NUMBER_LINE.fullmatch(line.text)]
    if numbers:
        return numbers[-1].strip("—–―－-") == "1"
    measure = layout.measure / POINTS_PER_MM
    return any(rule.box.width > measure + 2 for rule in page.red_rules)


def _in(grid: Grid, rule: Rule) -> bool:
    middle = (rule.box.top + rule.box.bottom) / 2
    return grid.box.top - 1 < middle < grid.box.bottom + 1


def same_face(one: str, other: str) -> bool:
    """Whether two fonts are the same face, whatever their weight is called."""
    return one.split("-", maxsplit=1)[0] == other.split("-", maxsplit=1)[0]


def quoted(lines: Sequence[Line]) -> str:
    """The first words of a line, to find it by."""
    text = lines[0].text if lines else ""
    return f"“{text[:12]}…”" if len(text) > 12 else f"“{text}”"  # noqa: PLR2004 - enough to find it
