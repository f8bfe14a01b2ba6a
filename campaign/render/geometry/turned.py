"""Which blocks stand on landscape pages: wide tables, and the headings that must not stay behind alone."""

from collections.abc import Sequence

from campaign.compose.blocks import Annex, Block, Heading, Table


def turned(blocks: Sequence[Block]) -> tuple[bool, ...]:
    """For each block whether its page is turned.

    An annex's label and title, and headings, that come directly before a landscape table go with it: a page
    with a heading alone would be left behind.
    """
    marks = [isinstance(block, Table) and block.landscape for block in blocks]
    for place in range(len(blocks) - 2, -1, -1):
        if marks[place + 1] and isinstance(blocks[place], (Annex, Heading)):
            marks[place] = True
    return tuple(marks)
