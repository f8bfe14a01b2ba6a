"""How many pages a PDF of ours has, for the filing catalogue."""

import re
import zlib

_STREAM = re.compile(rb"/ObjStm\b.*?stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")


def page_count(pdf: bytes) -> int:
    """The number of pages: of page objects, written out or packed in object streams (ISO 32000-1, 7.5.7)."""
    packed = [zlib.decompressobj().decompress(data) for data in _STREAM.findall(pdf)]
    return sum(len(_PAGE.findall(part)) for part in (pdf, *packed))
