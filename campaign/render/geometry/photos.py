"""How large photos are printed: side by side in equal columns, whole, and no larger than looks sharp."""

from dataclasses import dataclass

from campaign.compose.blocks import Picture, Pictures
from campaign.render.geometry.layout import Layout

_POINTS_PER_INCH = 72
_SIDE_BY_SIDE = 2  # a photo alone is as wide as one of two: what it is compared with may be in another row


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in points; both 0 of a place without a photo."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Row:
    """The columns' common width with the gap that belongs to it, and the size of each photo."""

    column: float
    sizes: tuple[Size, ...]


def fit_photos(layout: Layout, block: Pictures) -> Row:
    """A row of photos in the type area."""
    column = layout.measure / max(len(block.pictures), _SIDE_BY_SIDE)
    room = column - layout.points("photo.gap")
    return Row(column, tuple(_fit(layout, picture, room) for picture in block.pictures))


def _fit(layout: Layout, picture: Picture, room: float) -> Size:
    if not picture.digest:
        return Size(0, 0)
    natural = _POINTS_PER_INCH / layout.number("photo.coarsest")  # points that one pixel may take at most
    scale = min(room / picture.width, layout.points("photo.tallest") / picture.height, natural)
    return Size(picture.width * scale, picture.height * scale)
