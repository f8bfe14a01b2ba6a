"""What can be printed of a text: line ends made one, characters without a shape left out.

Control characters and invisible marks (direction, joining, byte order) come with copied cells. They print
nothing, Word's XML cannot hold some of them, and marks of direction would turn the text around; so neither
format gets them. Everything with a shape stays as typed.
"""

import re
import unicodedata
from collections.abc import Iterator

from campaign.compose.blocks import Block, Document, Figure

_LINE_ENDS = re.compile("\r\n|\r|\x0b|\x0c|\x85|\u2028|\u2029")
# Spaces that faces have; others (of a web page's or a typesetter's width) become a plain one.
SPACES = " \u00a0\u3000"
_RARE_SPACES = re.compile("[\t\u1680\u2000-\u200a\u202f\u205f]")
_SHAPELESS = frozenset({"Cc", "Cf", "Cs"})
_NO_CHARACTER = 0xFFFE  # the last two code points of every plane are none
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# What the renderers themselves add: labels, counters, the dashes about a page number.
FURNITURE = "附件：（）0123456789.—草稿 -–"


def printable(text: str) -> str:
    """`text` as it will stand on paper; newlines stay, other characters without a shape go."""
    if text.isascii() and text.isprintable():
        return text
    text = _RARE_SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    return "".join(c for c in text if c == "\n" or not _shapeless(c))


def _shapeless(character: str) -> bool:
    return unicodedata.category(character) in _SHAPELESS or ord(character) & _NO_CHARACTER == _NO_CHARACTER


def needs_glyph(character: str) -> bool:
    """Whether a font must have this character: white space and variation selectors need none."""
    return not (character.isspace() or _shapeless(character) or _SELECTORS.match(character))


def texts(document: Document) -> Iterator[str]:
    """Every text of a document that will be drawn, words inside figures and the renderers' own included."""
    yield FURNITURE
    for _, text in document.lines():
        yield text
    for block in document.blocks:
        yield from _hidden(block)


def _hidden(block: Block) -> Iterator[str]:
    """Texts that are drawn but are no line of the document's outline: the words inside a chart."""
    if isinstance(block, Figure):
        yield block.chart.unit
        yield from block.chart.labels
        yield from (series.name for series in block.chart.series)
        yield from (mark.text for mark in block.chart.marks)


def characters(document: Document) -> frozenset[str]:
    """The characters that a document needs glyphs for."""
    found: set[str] = set()
    for text in texts(document):
        found.update(text)
    return frozenset(c for c in found if needs_glyph(c))
