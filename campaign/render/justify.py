"""Justified Chinese: WeasyPrint 70.0 stretches only spaces, and Chinese has none.

One function of its line layout is replaced: what a line lacks to the margin is spread over the gaps between
its Chinese characters, as letter spacing. Numbers and Latin words keep their shape, dashes stay joined, and
no character is added to the text. The function is private to WeasyPrint, so the version is pinned, and
anything unexpected stops the press instead of printing ragged pages.
"""
# WeasyPrint has no types: its boxes, lines and contexts are Any here.
# ruff: noqa: ANN401

import inspect
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from campaign.errors import RenderError
from campaign.render.engine import weasyprint

# isort: split
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

PINNED = "70.0"
# A line that lacks more than this per gap, in em, stays ragged: it ends before a long word.
WIDEST = 0.5

_SIGNATURES = {
    "justify_line": ("context", "line", "extra_width"),
    "create_layout": ("text", "style", "context", "max_width", "justification_spacing"),
    "text_align": ("context", "line", "available_width", "last"),
}
_METHODS = {
    "__init__": ("self", "style", "justification_spacing", "max_width"),
    "set_text": ("self", "text", "justify"),
    "deactivate": ("self",),
    "reactivate": ("self", "style"),
}
_UNITS = 1024  # of Pango, to the CSS pixel
_JOINED = frozenset("—…")


class JustificationError(RenderError):
    """WeasyPrint is not the one whose line layout is known here."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"两端对齐功能只适用于 WeasyPrint {PINNED}，而安装的{found}："
            "请运行 make setup，恢复程序自带的版本"
        )


def install() -> None:
    """Replace WeasyPrint's `justify_line`; a second call changes nothing.

    Raises:
        JustificationError: another version, or functions of another shape.
    """
    check(weasyprint.__version__, inline, Layout)
    inline.justify_line = spread


def check(version: str, functions: Any, layout: Any) -> None:
    """See that version and signatures are those that the replacement was written for.

    Raises:
        JustificationError: they are not.
    """
    if version != PINNED:
        raise JustificationError(f"是 {version}")
    for owner, expected in ((functions, _SIGNATURES), (layout, _METHODS)):
        for name, parameters in expected.items():
            function = getattr(owner, name, None)
            if function is None or tuple(inspect.signature(function).parameters) != parameters:
                raise JustificationError(f"版本中“{name}”与预期不同")


def weight(character: str) -> int:
    """1 for a character with stretchable gaps on both sides, 0 for one that clings to its neighbours."""
    return int(character not in _JOINED and (character in " \u00a0" or not character.isascii()))


def spread(context: Any, line: Any, extra_width: float) -> None:
    """Widen the gaps between the characters of a line until its last glyph ends at the margin.

    Half of a character's widening lies on either side of it, so the gap between two Chinese characters takes
    a whole share, that between a Chinese character and a digit half of one, that between two digits none.
    """
    del context  # part of the replaced function's signature
    pieces = list(_text_boxes(line))
    text = "".join(box.text for box in pieces)
    shares = sum(weight(a) + weight(b) for a, b in pairwise(text)) / 2
    if not shares:
        return
    # The line's box ends with the letter spacing of its last character; the glyph is to end at the margin.
    share = (extra_width + _spacing(pieces[-1].style)) / shares
    if 0 < share <= WIDEST * pieces[-1].style["font_size"]:
        _Widening(share, text).move(line, 0)


def _spacing(style: Any) -> float:
    return 0.0 if style["letter_spacing"] == "normal" else float(style["letter_spacing"])


def _text_boxes(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _text_boxes(child)


class _Widening:
    """One line being widened: walks its boxes in order and counts the characters already placed."""

    def __init__(self, share: float, text: str) -> None:
        self.share = share
        self.text = text
        self.placed = 0

    def move(self, box: Any, advance: float) -> float:
        """Shift a box by `advance` and widen it; returns the shift for what stands behind it."""
        if isinstance(box, boxes.TextBox):
            box.position_x += advance
            return advance + self._widen(box)
        if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
            box.translate(advance, 0)
            return advance
        box.position_x += advance
        before = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = self.move(child, advance)
        box.width += advance - before
        return advance

    def _widen(self, box: Any) -> float:
        """Widen one text box, with the gap behind its last character unless the line ends there."""
        start, end = self.placed, self.placed + len(box.text)
        self.placed = end
        weights = [weight(c) for c in self.text[start : end + 1]]
        extra = self.share * sum(a + b for a, b in pairwise(weights)) / 2
        if any(weights[: end - start]):
            box.pango_layout = SpreadLayout.of(box, self.share)
        box.width += extra
        return extra


class SpreadLayout(Layout):  # type: ignore[misc] # WeasyPrint has no types
    """A line's text, with a share added to the letter spacing of its stretchable characters."""

    share = 0.0

    @classmethod
    def of(cls, box: Any, share: float) -> "SpreadLayout":
        """The widened text of a box, put to sleep as WeasyPrint expects it until it is drawn."""
        layout = cls(box.style)
        layout.share = share
        layout.set_text(box.text)
        layout.deactivate()
        return layout

    def set_text(self, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - as the base's
        """Set the text as the base does, then widen the stretchable stretches of it."""
        super().set_text(text, justify)
        attributes = pango.pango_layout_get_attributes(self.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        widened = int((_spacing(self.style) + self.share) * _UNITS)
        for start, end in _stretches(self.text):
            attribute = pango.pango_attr_letter_spacing_new(widened)
            attribute.start_index, attribute.end_index = start, end
            pango.pango_attr_list_change(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of stretchable characters, as offsets in UTF-8."""
    position = 0
    start: int | None = None
    for character in text:
        if weight(character) and start is None:
            start = position
        elif not weight(character) and start is not None:
            yield start, position
            start = None
        position += len(character.encode())
    if start is not None:
        yield start, position
