"""The workbook part of an OOXML package: which sheets there are, and where everything lies."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from openpyxl.xml.functions import fromstring

from campaign.intake.reading.package import Package

_TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another one points to: what it is ("worksheet", "comments") and its name in the package."""

    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet in the order of the workbook. `part` is empty where the package does not have it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class WorkbookPart:
    """What the workbook part says. `strings` and `styles` are empty where there are none."""

    sheets: list[SheetEntry] = field(default_factory=list)
    strings: str = ""
    styles: str = ""
    counts_from_1904: bool = False


def read_workbook_part(package: Package) -> WorkbookPart:
    """The workbook part of `package`, found by its relations.

    Raises:
        Exception: whatever the XML parser raises, or KeyError where there is no workbook part.
    """
    part = _main_part(package)
    root = fromstring(package.read(part))
    related = relations(package, part)
    result = WorkbookPart(
        strings=next((r.part for r in related.values() if r.kind == "sharedStrings"), ""),
        styles=next((r.part for r in related.values() if r.kind == "styles"), ""),
    )
    for properties in root.iterfind("{*}workbookPr"):
        result.counts_from_1904 = properties.get("date1904") in _TRUE
    result.sheets.extend(_sheets(package, root.iterfind("{*}sheets/{*}sheet"), related))
    return result


def _main_part(package: Package) -> str:
    """The name of the workbook part, as the package says, else where it usually lies."""
    with suppress(Exception):  # a damaged list of relations is no reason not to look there
        for relation in relations(package, "").values():
            if relation.kind == "officeDocument" and package.has(relation.part):
                return relation.part
    return "xl/workbook.xml"


def _sheets(
    package: Package, elements: Iterable[Element], related: Mapping[str, Relation]
) -> Iterator[SheetEntry]:
    """The worksheets; charts, dialogs and macro sheets hold no cells, entries without a relation no sheet."""
    for element in elements:
        identity = next((value for key, value in element.items() if str(key).endswith("}id")), "")
        relation = related.get(identity)
        if not identity or (relation and relation.kind not in {"worksheet", ""}):
            continue
        part = relation.part if relation and package.has(relation.part) else ""
        hidden = element.get("state") in {"hidden", "veryHidden"}
        yield SheetEntry(element.get("name") or "", part, hidden)


def relations(package: Package, part: str) -> dict[str, Relation]:
    """What a part points to, by id; targets outside the package are left out."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    if not package.has(source):
        return {}
    found = {}
    for element in fromstring(package.read(source)).iterfind("{*}Relationship"):
        if element.get("TargetMode") == "External":
            continue
        target = (element.get("Target") or "").replace("\\", "/")
        resolved = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = (element.get("Type") or "").rpartition("/")[2]
        found[element.get("Id") or ""] = Relation(kind, posixpath.normpath(resolved))
    return found
