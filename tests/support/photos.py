"""Photographs for tests: drawn here, pasted into a ledger as Excel pastes them."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.drawing.image import Image
from PIL import Image as Bitmap
from PIL import ImageDraw

Colour = tuple[int, int, int]
BEFORE, AFTER = (150, 90, 60), (90, 140, 90)


def photo(size: tuple[int, int] = (64, 48), colour: Colour = BEFORE, *, turned: bool = False) -> bytes:
    """A JPEG with a mark in its upper left corner; a `turned` one was taken with the camera on its side."""
    image = Bitmap.new("RGB", size, colour)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 3, size[1] // 4), fill=(240, 240, 200))
    exif = Bitmap.Exif()
    if turned:
        exif[0x0112] = 6
    out = BytesIO()
    image.save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def paste(path: Path, photos: dict[str, bytes], titles: dict[str, str] | None = None) -> Path:
    """Put pictures over cells of the first sheet, and words into others, by address."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for cell, words in (titles or {}).items():
        sheet[cell] = words
    for cell, data in photos.items():
        sheet.add_image(Image(BytesIO(data)), cell)
    book.save(path)
    return path
