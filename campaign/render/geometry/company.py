"""Which text keeps a signature company: a page with a signature has two lines of text at least (7.3.5.5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campaign.compose.blocks import Attachments, Block, Heading, Paragraph, Signature, Table

_LINES = 2


@dataclass(frozen=True, slots=True)
class Ties:
    """How a block holds together with its neighbours."""

    last: bool = False  # its last two lines stay with the block after it
    back: bool = False  # its beginning stays with the block before it


NO_TIES = Ties()


def company(blocks: Sequence[Block], one_line: Callable[[Paragraph], bool]) -> tuple[Ties, ...]:
    """The ties of each block. `one_line` tells whether a paragraph takes one line only: then the text or
    the end of the table before it comes along.
    """
    ties = [Ties() for _ in blocks]
    for place, block in enumerate(blocks):
        if not isinstance(block, Signature):
            continue
        before = place - 1
        while before >= 0 and isinstance(blocks[before], Attachments):
            before -= 1
        wanted = _LINES
        while wanted > 0 and before >= 0 and isinstance(blocks[before], (Paragraph, Heading)):
            found = blocks[before]
            if isinstance(found, Paragraph):
                wanted -= 1 if one_line(found) else _LINES
            text_before = before > 0 and isinstance(blocks[before - 1], (Paragraph, Heading, Table))
            ties[before] = Ties(last=isinstance(found, Paragraph), back=wanted > 0 and text_before)
            before -= 1
    return tuple(ties)
