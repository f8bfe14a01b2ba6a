"""Measured pages made worse on purpose: a check that lets such a page pass is no check."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from campaign.render.conformance.model import Box, Glyph, Page, Paper, Rule

Spoil = Callable[[Paper], Paper]
Choice = Callable[[Glyph], bool]
Change = Callable[[Glyph], Glyph] | None  # None drops what it is


def on(number: int, change: Callable[[Page], Page]) -> Spoil:
    """Change one page; -1 is the last."""

    def spoil(paper: Paper) -> Paper:
        wanted = number if number > 0 else len(paper.pages)
        pages = tuple(change(page) if page.number == wanted else page for page in paper.pages)
        return replace(paper, pages=pages)

    return spoil


def glyphs(change: Change, where: Choice = lambda _: True) -> Callable[[Page], Page]:
    """Change or drop some glyphs of a page."""

    def spoil(page: Page) -> Page:
        if change is None:
            return replace(page, glyphs=tuple(glyph for glyph in page.glyphs if not where(glyph)))
        return replace(page, glyphs=tuple(change(g) if where(g) else g for g in page.glyphs))

    return spoil


def rules(change: Callable[[Rule], Rule] | None, where: Callable[[Rule], bool]) -> Callable[[Page], Page]:
    """Change or drop some rules of a page."""

    def spoil(page: Page) -> Page:
        if change is None:
            return replace(page, rules=tuple(rule for rule in page.rules if not where(rule)))
        return replace(page, rules=tuple(change(r) if where(r) else r for r in page.rules))

    return spoil


def moved(box: Box, across: float, down: float) -> Box:
    """A box moved."""
    return Box(box.left + across, box.top + down, box.right + across, box.bottom + down)


def move(across: float = 0, down: float = 0) -> Callable[[Glyph], Glyph]:
    """Move a glyph."""
    return lambda glyph: glyph._replace(
        ink=moved(glyph.ink, across, down),
        cell=moved(glyph.cell, across, down),
        baseline=glyph.baseline + down,
    )


def stretch(factor: float, middle: float) -> Callable[[Glyph], Glyph]:
    """Move a glyph away from a middle, across."""
    return lambda glyph: move(across=(factor - 1) * ((glyph.cell.left + glyph.cell.right) / 2 - middle))(
        glyph
    )


def line_of(page: Page, words: str) -> Choice:
    """The glyphs of the first line that has these words."""
    baseline = next(line.baseline for line in page.lines if words in line.text)
    return lambda glyph: abs(glyph.baseline - baseline) < 1


def lines(words: str, change: Change) -> Callable[[Page], Page]:
    """Change the glyphs of the first line that has these words."""
    return lambda page: glyphs(change, line_of(page, words))(page)


def below(words: str, change: Change, foot: float = 262) -> Callable[[Page], Page]:
    """Change all glyphs of the type area below the first line that has these words; drop rules there."""

    def spoil(page: Page) -> Page:
        baseline = next(line.baseline for line in page.lines if words in line.text)
        kept = replace(page, rules=tuple(r for r in page.rules if r.box.top < baseline), pictures=())
        return glyphs(change, lambda g: baseline + 1 < g.baseline < foot)(kept)

    return spoil


def appended(paper: Paper, pages: Iterable[Page]) -> Paper:
    """The paper with more pages."""
    more = tuple(
        replace(page, number=len(paper.pages) + n, ordinal=len(paper.pages) + n)
        for n, page in enumerate(pages, 1)
    )
    return replace(paper, pages=(*paper.pages, *more))
