"""Where single lines go: red heads made to fit, signatures and dates set to the standard's indents.

Widths are in points and come from the faces in use; `Ruler` measures. Both renderers use the results, so that
PDF and Word agree.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from campaign.compose.blocks import Masthead, Paragraph, RedHead, Signature, text_of
from campaign.render.geometry.layout import Layout
from campaign.render.text import printable

_SAFE = 0.985  # of the room: Word's own faces are a little wider or narrower than those measured here

WidthInEm = Callable[[str, str], float]  # the part whose face it is, the text


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures text set in one of the layout's faces."""

    layout: Layout
    em: WidthInEm

    def width(self, part: str, text: str, size: float, spacing: float = 0) -> float:
        """The width of a text in points."""
        return self.em(part, text) * size + spacing * len(text)

    def body(self, text: str) -> float:
        """The width of a text set as body text, in points."""
        layout = self.layout
        return self.width(
            layout.text("body.face"), text, layout.points("body.size"), layout.points("body.spacing")
        )

    def one_line(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph of body text takes no more than one line."""
        indent = self.layout.points("body.indent") if paragraph.indent else 0
        return indent + self.body(text_of(paragraph.runs)) <= self.layout.measure

    def wrapped(self, part: str, text: str, size: float, available: float) -> int:
        """How many lines a text takes; a little more than it needs at worst, never less."""
        # What does not fit whole at a line's end moves to the next: allow for one character a line.
        room = max(available - size / 2, size)
        return sum(max(1, math.ceil(self.width(part, line, size) / room)) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A line made to fit: size in points, and the width of its characters as a share of the natural one."""

    size: float
    stretch: float


def fit_name(ruler: Ruler, name: str, section: str, available: float) -> Fitted:
    """The size of a red name: as large as allowed; narrowed first, then made smaller, until it fits.

    Args:
        ruler: measures the name.
        name: the name, one line.
        section: the layout's section with face, size and narrowest.
        available: the room in points.
    """
    layout = ruler.layout
    width = ruler.em(layout.text(f"{section}.face"), name)
    largest, narrowest = layout.points(f"{section}.size"), layout.number(f"{section}.narrowest")
    if not width:
        return Fitted(largest, 1.0)
    room = available * _SAFE
    if width * largest <= room:
        return Fitted(largest, 1.0)
    size = _half(min(largest, room / (width * narrowest)))
    # Word knows whole per cents only.
    return Fitted(size, min(1.0, math.floor(100 * room / (width * size)) / 100))


def fit_mark(ruler: Ruler, lines: tuple[str, ...], section: str) -> Fitted:
    """The size of a red mark of one or more lines: that at which the widest fits."""
    face = ruler.layout.text(f"{section}.face")
    return fit_name(ruler, max(lines, key=lambda line: ruler.em(face, line)), section, ruler.layout.measure)


def fit_line(ruler: Ruler, head: Masthead | RedHead) -> float:
    """The size at which issuer and date of a bulletin stand on one line, not below the layout's smallest."""
    layout = ruler.layout
    words = printable(head.issuer) + "　" + printable(head.dated_on)
    needed = ruler.em(layout.text("masthead.line_face"), words)
    size = min(layout.points("body.size"), layout.measure * _SAFE / needed)
    return max(_half(size), layout.points("masthead.smallest"))


def _half(size: float) -> float:
    """Down to half a point: Word knows no finer sizes."""
    return math.floor(size * 2) / 2


@dataclass(frozen=True, slots=True)
class Signed:
    """署名 and 成文日期: the issuer's lines, and the right indents of both in points."""

    issuer: tuple[str, ...]
    issuer_right: float
    date_right: float


def place_signature(ruler: Ruler, block: Signature) -> Signed:
    """The indents of a signature (GB/T 9704 7.3.5).

    Sealed: the date stands four characters from the right and the name is centred over it; where the name
    would then pass the margin it ends there and the date is centred under it. Unsealed: the name stands two
    characters from the right and the date begins two characters to the right of the name's beginning; where
    the date is the longer one it stands two from the right and the name moves instead.
    """
    layout = ruler.layout
    names = _broken(ruler, printable(block.issuer))
    name = max(ruler.body(line) for line in names)
    date = ruler.body(printable(block.dated_on))
    if block.sealed:
        date_right = layout.points("signature.date_indent")
        name_right = date_right + (date - name) / 2
        if name_right < 0:
            name_right, date_right = 0.0, max(0.0, (name - date) / 2)
        return Signed(names, name_right, date_right)
    step = layout.points("signature.indent")
    if date > name:
        return Signed(names, 2 * step + date - name, step)
    return Signed(
        names,
        min(step, layout.measure - name),
        max(0.0, min(step, layout.measure - name) + name - step - date),
    )


def _broken(ruler: Ruler, issuer: str) -> tuple[str, ...]:
    """The issuer in lines: as typed, or in equal parts where it is wider than the page."""
    lines = tuple(line.strip() for line in issuer.split("\n") if line.strip()) or ("",)
    if len(lines) > 1 or ruler.body(issuer) <= ruler.layout.measure:
        return lines
    count = math.ceil(ruler.body(issuer) / ruler.layout.measure)
    length = math.ceil(len(issuer) / count)
    return tuple(issuer[start : start + length] for start in range(0, len(issuer), length))
