"""One content, one sequence of bytes: the canonical form of a zipped Office package (.xlsx, .docx).

Excel and Word files are zip archives whose entries carry the time of writing. Rewritten here with a fixed
time, order and set of attributes, the same content always gives the same bytes, so that a week can be rebuilt
and compared with what was issued.
"""

import re
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip entry can carry
_FIRST = ("[Content_Types].xml", "_rels/.rels")  # readers that sniff the head of a file expect these
_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")


def rezip(data: bytes, dated: date | None = None) -> bytes:
    """The same package in canonical form.

    Args:
        data: a zipped package as python-docx or openpyxl wrote it.
        dated: where given, the day that the document properties name as that of making and of last change;
            without it the properties stay as they are.

    Returns:
        A zip archive with the same parts: content types first, then by name, each entry dated 1980-01-01.

    Raises:
        ValueError: a part occurs twice; which of the two counts would be left to chance.
    """
    with ZipFile(BytesIO(data)) as package:
        names = package.namelist()
        if len(names) != len(set(names)):
            raise ValueError("the package holds a part twice")
        parts = {name: package.read(name) for name in sorted(names, key=_place) if not name.endswith("/")}
    if dated is not None and _CORE in parts:
        parts[_CORE] = _STAMP.sub(rb"\g<1>%sT00:00:00Z\g<3>" % dated.isoformat().encode(), parts[_CORE])
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(_entry(name), content, ZIP_DEFLATED, 6)
    return out.getvalue()


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, EPOCH)
    entry.create_system = 0  # otherwise the operating system's number would be part of the bytes
    entry.external_attr = 0
    return entry
