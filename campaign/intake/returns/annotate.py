"""Marks an office's own workbook: faulty cells filled and commented, a first sheet with links to them.

The package is changed part by part (see package), so that pictures, validations, merged cells, the office's
comments and the stored results of its formulas stay as they came.
"""

import hashlib
from collections.abc import Sequence
from itertools import groupby

from lxml import etree

from campaign.intake.opinions import COLOURS, in_order
from campaign.intake.returns.cells import Cells
from campaign.intake.returns.comments import Comments
from campaign.intake.returns.marks import SHEET_NAME, STAMP, comment_on, is_our_title
from campaign.intake.returns.opinion_sheet import opinion_sheet
from campaign.intake.returns.package import LINKS, Element, Package, UnfitError, name, new_root
from campaign.intake.returns.styles import Styles
from campaign.records import Fault

_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # ISO/IEC 29500-1, 22.3.2
# A signature no longer holds after a change, a shared workbook's record of changes no longer fits, and macros
# know the sheets by their place.
_UNTOUCHABLE = ("_xmlsignatures/", "xl/revisions/", "xl/vbaProject")


def annotate(data: bytes, faults: Sequence[Fault]) -> bytes:
    """A marked copy of a workbook.

    Raises:
        UnfitError: the package is none that can be marked without harm.
        Exception: whatever lxml and zipfile raise on damaged files.
    """
    package = Package(data)
    if any(part.startswith(_UNTOUCHABLE) for part in package.parts):
        raise UnfitError("signed, shared or with macros")
    book_part = next(iter(package.related("", "officeDocument").values()), "")
    if package.content_type(book_part) != _WORKBOOK_TYPE:
        raise UnfitError("not an ordinary .xlsx")
    Copy(package, book_part).mark(in_order(faults))
    _stamp(package, hashlib.sha256(data).hexdigest())
    return package.packed()


class Copy:
    """A workbook that is being marked."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        self._book = package.tree(part)
        listed = self._book.find(name("sheets"))
        if listed is None:
            raise UnfitError("not a workbook of the transitional kind")
        self._listed = listed
        self._styles = Styles(package.tree(next(iter(package.related(part, "styles").values()))))
        parts = package.related(part, "worksheet")
        self._parts = {
            sheet.get("name", ""): parts[link]
            for sheet in listed
            if (link := sheet.get(name("id", LINKS), "")) in parts
        }
        self._cells = {title: Cells(package.tree(own)) for title, own in self._parts.items()}

    def mark(self, faults: Sequence[Fault]) -> None:
        """Mark the faulty cells and put our sheet first; marks of an earlier time are taken out."""
        ours = self._our_sheet()
        for title, cells in self._cells.items():
            cells.unselect()
            if title != ours:
                self._mark_sheet(title, cells, [f for f in faults if f.ref.sheet == title])
        own = opinion_sheet(faults, self._parts.keys() - {ours}, self._styles)
        if ours is None:
            self._add(own)
        else:
            self._replace(ours, own)
        self._show_first()

    def _our_sheet(self) -> str | None:
        return next(
            (title for title, c in self._cells.items() if is_our_title(c.text(1, 1, self._shared))), None
        )

    def _shared(self, number: int) -> str:
        part = next(iter(self._package.related(self._part, "sharedStrings").values()))
        return "".join(t.text or "" for t in self._package.tree(part)[number].iter(name("t")))

    def _mark_sheet(self, title: str, cells: Cells, faults: Sequence[Fault]) -> None:
        comments = Comments(self._package, self._parts[title], cells)
        for row, column in comments.unmark():
            style = cells.style(row, column)
            if self._styles.colour(style) in COLOURS.values():
                cells.restyle(row, column, self._styles.painted(style, ""))

        def where(fault: Fault) -> tuple[int, int]:
            return cells.anchor(fault.ref.row, fault.ref.column)

        placed = [fault for fault in faults if fault.ref.cell]
        for (row, column), group in groupby(sorted(placed, key=where), where):
            own = in_order(list(group))
            colour = COLOURS[own[0].severity]
            cells.restyle(row, column, self._styles.painted(cells.style(row, column), colour))
            comments.write(row, column, comment_on(own))

    def _add(self, own: Element) -> None:
        part = self._package.free("xl/worksheets/sheet{}.xml")
        self._package.put(part, own, _SHEET_TYPE)
        numbers = [int(sheet.get("sheetId", "0")) for sheet in self._listed]
        entry = {
            "name": self._free_title(),
            "sheetId": str(max(numbers, default=0) + 1),
            name("id", LINKS): self._package.relate(self._part, "worksheet", part),
        }
        self._listed.insert(0, etree.Element(name("sheet"), entry))
        for defined in self._book.iter(name("definedName")):
            if (place := defined.get("localSheetId")) is not None:
                defined.set("localSheetId", str(int(place) + 1))

    def _replace(self, title: str, own: Element) -> None:
        part = self._parts[title]
        self._package.forget_relations(part)
        self._package.put(part, own, _SHEET_TYPE)
        entry = next(sheet for sheet in self._listed if sheet.get("name") == title)
        entry.attrib.pop("state", "")
        place = self._listed.index(entry)
        for defined in list(self._book.iter(name("definedName"))):
            parent = defined.getparent()
            if defined.get("localSheetId") == str(place) and parent is not None:
                parent.remove(defined)
            elif (there := int(defined.get("localSheetId", place))) < place:
                defined.set("localSheetId", str(there + 1))  # our sheet moves to the front
        names = self._book.find(name("definedNames"))
        if names is not None and len(names) == 0:
            self._book.remove(names)
        self._listed.insert(0, entry)

    def _free_title(self) -> str:
        taken = {sheet.get("name", "").casefold() for sheet in self._listed}
        titles = [SHEET_NAME, *(f"{SHEET_NAME}({n})" for n in range(2, len(taken) + 3))]
        return next(title for title in titles if title.casefold() not in taken)

    def _show_first(self) -> None:
        views = self._book.find(name("bookViews"))
        if views is None:
            views = etree.Element(name("bookViews"))
            self._listed.addprevious(views)
        if len(views) == 0:  # the view of our sheet refers to one
            etree.SubElement(views, name("workbookView"))
        for view in views:
            view.set("activeTab", "0")
            view.set("firstSheet", "0")


def _stamp(package: Package, digest: str) -> None:
    """Name in a custom property the file that was marked; Excel and WPS keep it when they save."""
    part = next(iter(package.related("", "custom-properties").values()), "")
    if not part:
        part = "docProps/custom.xml"
        root = new_root("Properties", _PROPERTIES, vt=_VALUES)
        package.put(part, root, _PROPERTIES_TYPE)
        package.relate("", "custom-properties", part)
    root = package.tree(part)
    for own in root.findall(name("property", _PROPERTIES)):
        if own.get("name") == STAMP:
            root.remove(own)
    number = max((int(own.get("pid", "1")) for own in root), default=1) + 1
    entry = {"fmtid": _PROPERTY_SET, "pid": str(number), "name": STAMP}
    own = etree.SubElement(root, name("property", _PROPERTIES), entry)
    etree.SubElement(own, name("lpwstr", _VALUES)).text = digest
