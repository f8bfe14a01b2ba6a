"""Photos in Word: pictures in the line, in a table without rules, their captions beneath them."""

from collections.abc import Callable

from campaign.compose.blocks import Picture, Pictures
from campaign.render.geometry.layout import Layout, twips
from campaign.render.geometry.photos import Size, fit_photos
from campaign.render.wordxml import element, paragraph

_KEEP_NEXT = "<w:keepNext/>"

Draw = Callable[[Picture, Size], str]  # the run with the picture
Write = Callable[[str, str], str]  # text and style → the run


def photos(block: Pictures, layout: Layout, draw: Draw, write: Write, *, keep: bool) -> str:
    """The w:tbl element: a row of pictures and a row of captions that stay together.

    `keep` ties the captions to what follows.
    """
    row = fit_photos(layout, block)
    width = twips(row.column)
    count = len(block.pictures)
    half = layout.twips("photo.gap") // 2
    margins = element("left", w=half, type="dxa") + element("right", w=half, type="dxa")
    pictures = [
        paragraph("Photo", draw(picture, size) if picture.digest else "", _KEEP_NEXT)
        for picture, size in zip(block.pictures, row.sizes, strict=True)
    ]
    captions = [
        paragraph("PhotoCaption", write(picture.caption, "PhotoCaption"), _KEEP_NEXT if keep else "")
        for picture in block.pictures
    ]
    return (
        f"<w:tbl><w:tblPr>{element('tblW', w=width * count, type='dxa')}{element('jc', val='center')}"
        f"{element('tblLayout', type='fixed')}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{element('gridCol', w=width) * count}</w:tblGrid>"
        f"{_row(pictures, width, 'bottom')}{_row(captions, width, 'top')}</w:tbl>"
    )


def _row(cells: list[str], width: int, cling: str) -> str:
    properties = f"<w:tcPr>{element('tcW', w=width, type='dxa')}{element('vAlign', val=cling)}</w:tcPr>"
    inner = "".join(f"<w:tc>{properties}{cell}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{element('cantSplit')}</w:trPr>{inner}</w:tr>"
