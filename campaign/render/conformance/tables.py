"""Checks of tables: heads repeated over pages (office practice; GB/T 9704 leaves tables to it)."""

from collections.abc import Iterator

from campaign.render.conformance.findings import Finding
from campaign.render.conformance.model import Grid, Page
from campaign.render.conformance.reading import Reading

_AT_TOP = 3.0  # mm below the type area's top where a table that runs on begins


def table_head(reading: Reading) -> Iterator[Finding]:
    """A table that runs on over a page has its head again."""
    before: tuple[Page, Grid] | None = None
    for page in reading.paper.pages:
        first = page.grids[0] if page.grids else None
        if first is not None and before is not None and _runs_on(reading, *before, page, first):
            depth = before[1].first_row
            if before[1].headed(depth) and before[1].head(depth) != first.head(depth):
                yield Finding(page.number, "续表没有表头", "跨页的表每面都有表头")
        before = (page, page.grids[-1]) if page.grids else None


def _runs_on(reading: Reading, page: Page, grid: Grid, later: Page, other: Grid) -> bool:
    """Whether the second table is the first one's continuation: same columns, nothing between."""
    return (
        later.ordinal == page.ordinal + 1
        and page.landscape == later.landscape
        and grid.columns == other.columns
        and grid.box.bottom >= reading.last_thing(page) - 1
        and other.box.top < reading.area(later).top + _AT_TOP
        and reading.first_thing(later) >= other.box.top - 1
    )
