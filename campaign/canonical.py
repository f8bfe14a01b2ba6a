"""One content, one sequence of bytes: the canonical form of a zipped Office package (.xlsx, .docx).

Excel and Word files are zip archives whose entries carry the time of writing. Rewritten here with a fixed
time, order and set of attributes, the same content always gives the same bytes, so that a week can be rebuilt
and compared with what was issued.
"""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip entry can carry
_FIRST = ("[Content_Types].xml", "_rels/.rels")  # readers that sniff the head of a file expect these
_CORE = "docProps/core.xml"
_CHANGED = re.compile(rb"(<dcterms:modified\b[^>]*>)[^<]*(</dcterms:modified>)")


def rezip(data: bytes, changed: datetime | None = None) -> bytes:
    """The same package in canonical form.

    Args:
        data: a zipped package as python-docx or openpyxl wrote it.
        changed: where given, the time of last change that the document properties are to name (openpyxl puts
            the clock's time there); without it the properties stay as they are.

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
    if changed is not None and _CORE in parts:
        stamp = changed.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        parts[_CORE] = _CHANGED.sub(rb"\g<1>%s\g<2>" % stamp, parts[_CORE])
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
