"""The word 草稿 across every page of a draft, drawn from glyph outlines so that it is no text of the page."""

from math import ceil

from campaign.render.fonts import Faces
from campaign.render.geometry.layout import Layout

_EM = 1000


class _PathPen:
    """Collects a glyph's outline as SVG path data; y grows downwards in SVG and upwards in fonts."""

    def __init__(self) -> None:
        self.data: list[str] = []

    def _add(self, command: str, *points: tuple[float, float]) -> None:
        self.data.append(command + " ".join(f"{x:g},{-y:g}" for x, y in points))

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the name that pens have
        """Begin a contour."""
        self._add("M", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        """A straight line."""
        self._add("L", point)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        """A cubic curve."""
        self._add("C", *points)

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        """A quadratic curve."""
        self._add("Q", *points)

    def closePath(self) -> None:  # noqa: N802
        """Close the contour."""
        self.data.append("Z")


def stamp(faces: Faces, layout: Layout) -> bytes:
    """An SVG picture of the layout's draft words, grey and slanted."""
    words, size = layout.text("draft.words"), layout.points("draft.size")
    face = faces[layout.text("draft.face")]
    x, glyphs = 0.0, []
    for character in words:
        pen = _PathPen()
        face.outline(character, pen)
        glyphs.append(f'<path transform="translate({x:g},0)" d="{"".join(pen.data)}"/>')
        x += face.advance(character) * _EM
    side = ceil(size * x / _EM)
    scale = size / _EM
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}pt" height="{side}pt" '
        f'viewBox="0 0 {side} {side}">'
        f'<g fill="{layout.text("draft.colour")}" transform="translate({side / 2:g},{side / 2:g}) '
        f'rotate(-{layout.number("draft.angle"):g}) scale({scale:g}) translate({-x / 2:g},{0.38 * _EM:g})">'
        f"{''.join(glyphs)}</g></svg>"
    ).encode()
