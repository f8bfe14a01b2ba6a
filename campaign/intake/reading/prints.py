"""A picture from a workbook as it can be printed: upright, no larger than paper needs, and bare.

Runs behind the wall: decoders are written in C and the pictures come from anybody. Only formats of pixels
are opened. Vector formats are programs for somebody else's renderer: they are counted and said, never run.
Whatever a camera writes beside the picture (place, time, owner) is left behind.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

LONGEST = 1240  # pixels: 105 mm at 300 dpi, the most that any of our pages gives to one photo
_FORMATS = tuple(
    str(kind.format)
    for kind in (
        JpegImageFile,  # opens the double pictures (MPO) of some cameras too
        PngImageFile,
        GifImageFile,
        BmpImageFile,
        TiffImageFile,
        WebPImageFile,
    )
)
_MOST_PIXELS = 120_000_000  # a telephone's largest picture has 108 million
_QUALITY = 85
_DEEP_GRAY = ("I", "I;16", "I;16L", "I;16B")
_SIXTEEN_TO_EIGHT = 1 / 256

Image.MAX_IMAGE_PIXELS = None  # looked at here, with words of our own


class Unprintable(Exception):  # noqa: N818 - a verdict about a picture, not an error of ours
    """The picture will not be printed; the message says why, for the clerk."""


@dataclass(frozen=True, slots=True)
class Print:
    """A JPEG, and its size in pixels."""

    data: bytes
    width: int
    height: int


def prepare(data: bytes, turn: int = 0) -> Print:
    """The picture ready for print; `turn` is how far its sheet shows it turned clockwise, in degrees.

    The same bytes give the same print.

    Raises:
        Unprintable: it is broken, too large, or not a picture of pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is left behind
            return _developed(data, turn)
    except (Unprintable, MemoryError):
        raise
    except UnidentifiedImageError:
        raise Unprintable("不是照片，或者是打不开的格式") from None
    except Exception:  # noqa: BLE001 - decoders raise whatever they stumble over
        raise Unprintable("已经损坏，打不开") from None


def _developed(data: bytes, turn: int) -> Print:
    with Image.open(BytesIO(data), formats=_FORMATS) as source:
        if source.width * source.height > _MOST_PIXELS:
            raise Unprintable("尺寸过大")
        source.draft("RGB", (LONGEST, LONGEST))  # JPEGs are made small while they are decoded
        image = ImageOps.exif_transpose(source)
        if turn:
            image = image.rotate(-turn, expand=True)
        image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
        flat = _on_white(image)
    out = BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Print(out.getvalue(), flat.width, flat.height)


def _on_white(image: Image.Image) -> Image.Image:
    """In plain colours, on white where it is transparent."""
    if image.mode in _DEEP_GRAY:
        return image.convert("I").point(lambda level: level * _SIXTEEN_TO_EIGHT).convert("L").convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")
