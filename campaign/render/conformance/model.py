"""What a finished page shows, measured: glyphs, rules, pictures, and the lines and tables they make.

Lengths are millimetres from the upper left corner of the page as it is read; a landscape page is read as it
lies, whichever way the file turns it. Sizes of type are points.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from statistics import median
from typing import NamedTuple

_SAME_LINE = 0.9  # mm between the baselines of one line: faces sit a little differently
_TOUCHING = 0.6  # mm between the ends of rules that meet


class Ink(StrEnum):
    """The colour of a mark, as far as the standard tells colours apart."""

    BLACK = "black"
    RED = "red"
    GREY = "grey"  # a draft's stamp, shading
    OTHER = "other"


class Box(NamedTuple):
    """Left, top, right, bottom in mm."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Font(NamedTuple):
    """A font as the file names it, without the subset's prefix."""

    name: str
    embedded: bool


class Glyph(NamedTuple):
    """One character: the box of its ink, the box of its cell (its advance), baseline, size, face, colour.

    `angle` is in quarter turns clockwise against the page as it is read.
    """

    text: str
    ink: Box
    cell: Box
    baseline: float
    size: float
    font: Font
    colour: Ink
    angle: int = 0

    @property
    def middle(self) -> float:
        """The height of the ink's middle."""
        return (self.ink.top + self.ink.bottom) / 2


class Rule(NamedTuple):
    """A straight rule."""

    box: Box
    colour: Ink

    @property
    def level(self) -> bool:
        """Whether it lies across."""
        return self.box.width >= self.box.height

    @property
    def thickness(self) -> float:
        """In mm."""
        return min(self.box.width, self.box.height)


@dataclass(frozen=True)  # no slots: every check asks every line, so it remembers
class Line:
    """Glyphs on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """Its characters, without white space."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """Where the first character's cell begins."""
        return self.glyphs[0].cell.left

    @property
    def right(self) -> float:
        """Where the last character's cell ends."""
        return self.glyphs[-1].cell.right

    @cached_property
    def top(self) -> float:
        """The top of the highest ink."""
        return min(glyph.ink.top for glyph in self.glyphs)

    @cached_property
    def bottom(self) -> float:
        """The bottom of the lowest ink."""
        return max(glyph.ink.bottom for glyph in self.glyphs)

    @cached_property
    def baseline(self) -> float:
        """Of most of its glyphs."""
        return median(glyph.baseline for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        """The size of most of its glyphs, in points."""
        return median(glyph.size for glyph in self.glyphs)

    @property
    def font(self) -> str:
        """The face of its first Chinese character, else of its first."""
        return next((g.font.name for g in self.glyphs if not g.text.isascii()), self.glyphs[0].font.name)

    @property
    def middle(self) -> float:
        """Halfway between its ends."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on one page: its box, the heights of its level rules, the places of its upright ones."""

    box: Box
    levels: tuple[float, ...]
    uprights: tuple[Rule, ...]
    glyphs: tuple[Glyph, ...]

    @property
    def columns(self) -> tuple[float, ...]:
        """Where columns part, to half a millimetre."""
        return tuple(sorted({round(rule.box.left * 2) / 2 for rule in self.uprights}))

    def head(self, depth: float) -> str:
        """The characters that stand within `depth` mm of its top, from left to right."""
        found = [g for g in self.glyphs if g.middle < self.box.top + depth]
        return "".join(g.text for g in sorted(found, key=lambda g: (round(g.cell.left), g.text)))

    def headed(self, depth: float) -> bool:
        """Whether what stands within `depth` mm of its top is a head: set in a face of its own."""
        top = [g.font.name for g in self.glyphs if g.middle < self.box.top + depth and not g.text.isascii()]
        rest = {g.font.name for g in self.glyphs if g.middle >= self.box.top + depth}
        return bool(top) and max(top, key=top.count) not in rest

    @property
    def first_row(self) -> float:
        """The height of its first row."""
        below = [level for level in self.levels if level > self.box.top + 1]
        return (min(below) if below else self.box.bottom) - self.box.top


@dataclass(frozen=True)
class Page:
    """One page as it is read. `number` is its place in the file, `ordinal` in its document; both from 1."""

    number: int
    ordinal: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]

    @property
    def landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Its tables, from top to bottom."""
        return tuple(_grids(self.rules, self.glyphs))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its upright lines outside tables, in black or red, from top to bottom."""
        wanted = [
            glyph
            for glyph in self.glyphs
            if glyph.colour in {Ink.BLACK, Ink.RED}
            and glyph.angle == 0
            and not any(grid.box.holds(glyph.cell.left, glyph.middle) for grid in self.grids)
        ]
        return tuple(_lines(wanted))

    @cached_property
    def turned_lines(self) -> tuple[Line, ...]:
        """Lines that stand a quarter turn to the rest, read as they are meant: each a run of glyphs."""
        turned = sorted((g for g in self.glyphs if g.angle % 2), key=lambda g: (g.angle, round(g.baseline)))
        runs = groupby(turned, key=lambda g: (g.angle, round(g.baseline)))
        return tuple(
            Line(tuple(sorted(run, key=lambda g: g.cell.top, reverse=angle > 1)))
            for (angle, _), run in ((key, list(run)) for key, run in runs)
        )

    @property
    def red_rules(self) -> tuple[Rule, ...]:
        """Level rules in red, from top to bottom."""
        return self._level(Ink.RED)

    @property
    def black_rules(self) -> tuple[Rule, ...]:
        """Level rules in black, from top to bottom."""
        return self._level(Ink.BLACK)

    def _level(self, colour: Ink) -> tuple[Rule, ...]:
        found = [rule for rule in self.rules if rule.level and rule.colour is colour]
        return tuple(sorted(found, key=lambda rule: rule.box.top))


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document, measured."""

    pages: tuple[Page, ...]
    fonts: tuple[Font, ...]


def _lines(glyphs: Sequence[Glyph]) -> list[Line]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.baseline):
        if rows and glyph.baseline - rows[-1][-1].baseline < _SAME_LINE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [Line(tuple(sorted(row, key=lambda g: g.cell.left))) for row in rows]


def _grids(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Grid]:
    """Tables stand one below another: where upright rules reach, there is one."""
    ink = {Ink.BLACK, Ink.GREY}
    uprights = sorted((r for r in rules if not r.level and r.colour in ink), key=lambda r: r.box.top)
    levels = sorted((r for r in rules if r.level and r.colour in ink), key=lambda r: r.box.top)
    groups: list[list[Rule]] = []
    reach = float("-inf")
    for rule in uprights:
        if rule.box.top > reach + _TOUCHING:
            groups.append([])
        groups[-1].append(rule)
        reach = max(reach, rule.box.bottom)
    heights = [rule.box.top for rule in levels]
    middles = sorted(glyphs, key=lambda g: g.middle)
    places = [glyph.middle for glyph in middles]
    found = []
    for group in groups:
        top, bottom = min(r.box.top for r in group), max(r.box.bottom for r in group)
        across = levels[bisect_left(heights, top - _TOUCHING) : bisect_right(heights, bottom + _TOUCHING)]
        box = Box(
            min(r.box.left for r in (*group, *across)),
            top,
            max(r.box.right for r in (*group, *across)),
            bottom,
        )
        if len({round(r.box.left) for r in group}) > 1 and across:
            inside = middles[bisect_left(places, top) : bisect_right(places, bottom)]
            found.append(
                Grid(
                    box,
                    tuple(sorted({round(r.box.top, 1) for r in across})),
                    tuple(group),
                    tuple(g for g in inside if g.angle == 0 and g.colour is not Ink.GREY),
                )
            )
    return found
