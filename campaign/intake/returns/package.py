"""An .xlsx as the parts it is zipped from: read whole, changed in places, everything else left as it came.

openpyxl would write back only what it understands: of the pictures, of WPS's cell pictures, of the stored
results of formulas and much else nothing would remain. Here a part that nobody asks for keeps its bytes.
The names are those of ISO/IEC 29500-2 (Open Packaging Conventions).
"""

import posixpath
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from campaign.canonical import rezip

Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LARGEST_TREES = 48 * 2**20  # bytes of all parts that are parsed; lxml needs ten times that
LARGEST = 256 * 2**20  # bytes of all parts


class UnfitError(Exception):
    """The package cannot be changed without harm, or is not one we know how to change."""


def name(tag: str, namespace: str = MAIN) -> str:
    """A tag as lxml writes it."""
    return f"{{{namespace}}}{tag}"


def new_root(tag: str, namespace: str, **prefixes: str) -> Element:
    """The root of a new part, with its namespaces by prefix."""
    namespaces: Any = {None: namespace, **prefixes}  # the stubs do not know the default namespace
    return etree.Element(name(tag, namespace), nsmap=namespaces)


class Package:
    """The parts of a package by name. Parts asked for with `tree` are written back where they changed."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST:
                raise UnfitError("too large")
            self.parts = {e.filename: archive.read(e) for e in entries if not e.is_dir()}
        if len(self.parts) < len([e for e in entries if not e.is_dir()]):
            raise UnfitError("a part occurs twice")
        self._trees: dict[str, Element] = {}
        self._size = 0

    def tree(self, part: str) -> Element:
        """The root of a part; what is changed in it is written back."""
        if part not in self._trees:
            self._size += len(self.parts[part])
            if self._size > LARGEST_TREES:
                raise UnfitError(f"too large with {part}")
            self._trees[part] = self._parsed(part)
        return self._trees[part]

    def _parsed(self, part: str) -> Element:
        data = self.parts[part]
        if b"<!DOCTYPE" in data:
            raise UnfitError(f"{part} declares a document type")
        return etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )

    def _is_changed(self, part: str) -> bool:
        return not self.parts[part] or etree.tostring(self._trees[part]) != etree.tostring(self._parsed(part))

    def put(self, part: str, root: Element, content_type: str, extension: str = "") -> None:
        """Add a part, or replace one altogether; its type is declared for it alone or for its extension."""
        self.parts[part], self._trees[part] = b"", root
        if extension:
            self._declare("Default", "Extension", extension, content_type)
        else:
            self._declare("Override", "PartName", f"/{part}", content_type)

    def forget_relations(self, part: str) -> None:
        """Let a part refer to nothing any more."""
        self.parts.pop(relations_of(part), None)
        self._trees.pop(relations_of(part), None)

    def content_type(self, part: str) -> str:
        """The type that a part is declared to have, by its name or else by its extension."""
        wanted = {"PartName": f"/{part}".casefold(), "Extension": part.rpartition(".")[2].casefold()}
        for key, value in wanted.items():
            for declared in self.tree(_CONTENT_TYPES):
                if declared.get(key, "").casefold() == value:
                    return declared.get("ContentType", "")
        return ""

    def related(self, part: str, kind: str) -> dict[str, str]:
        """The parts that a part refers to as such a kind: id → name. The package itself is the part ""."""
        relations = relations_of(part)
        if relations not in self.parts:
            return {}
        return {
            relation.get("Id", ""): resolved(part, relation.get("Target", ""))
            for relation in self.tree(relations)
            if relation.get("Type", "").rpartition("/")[2] == kind
            and relation.get("TargetMode") != "External"
        }

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; the new relation's id is returned."""
        relations = relations_of(part)
        if relations not in self.parts:
            self.parts[relations] = b""
            self._trees[relations] = new_root("Relationships", _RELATIONS)
        root = self.tree(relations)
        taken = {relation.get("Id") for relation in root}
        own = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        entry = {"Id": own, "Type": f"{LINKS}/{kind}", "Target": f"/{target}"}
        etree.SubElement(root, name("Relationship", _RELATIONS), entry)
        return own

    def free(self, pattern: str) -> str:
        """A part name that is not taken, the number filled into a pattern such as xl/comments{}.xml."""
        taken = {part.casefold() for part in self.parts}
        return next(p for n in range(1, len(taken) + 2) if (p := pattern.format(n)).casefold() not in taken)

    def packed(self) -> bytes:
        """The package in canonical form."""
        for part, root in self._trees.items():
            if self._is_changed(part):
                head = b"" if part.endswith(".vml") else _HEAD  # as Excel writes them
                self.parts[part] = head + etree.tostring(root, encoding="UTF-8", xml_declaration=False)
        out = BytesIO()
        with ZipFile(out, "w") as archive:  # compressed by rezip
            for part, data in self.parts.items():
                archive.writestr(part, data)
        return rezip(out.getvalue())

    def _declare(self, tag: str, key: str, value: str, content_type: str) -> None:
        root = self.tree(_CONTENT_TYPES)
        for declared in root.findall(name(tag, _TYPES)):
            if declared.get(key, "").casefold() == value.casefold():
                declared.set("ContentType", content_type)
                return
        etree.SubElement(root, name(tag, _TYPES), {key: value, "ContentType": content_type})


def relations_of(part: str) -> str:
    """The part in which a part's relations stand."""
    folder, _, base = part.rpartition("/")
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def resolved(part: str, target: str) -> str:
    """The name of the part that a relation of `part` means by `target`."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
