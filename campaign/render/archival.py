"""PDFs for the archive and for those who cannot see them: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).

WeasyPrint writes a file for one of the two; both differ in what they declare, so the declaration is written
here, with an index of the table heads that cells refer to. Data and workbooks that a document rests on are
embedded last, when they are made, as associated files.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

from campaign.compose.blocks import Document, Relation

VARIANT = "pdf/a-3a"

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "json": "application/json",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
_PLAIN = "application/octet-stream"

# pdfuaid is no schema that PDF/A knows, so the file has to describe it (ISO 19005-3, 6.6.2.3.3).
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to embed, and what it is to the document."""

    name: str
    data: bytes
    relation: Relation


def declare(document: Document) -> Callable[[Any, Any], None]:
    """What finishes a PDF of WeasyPrint's before it is written: both standards declared, heads indexed."""

    def finish(_pages: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        producer = pdf.info["Producer"].string
        packet = _PACKET.format(
            title=escape(document.title), day=document.dated_on.isoformat(), producer=escape(producer)
        )
        for thing in pdf.objects:
            if getattr(thing, "extra", {}).get("Type") == "/Metadata":
                thing.stream, thing.compress = [packet.encode()], False
        _index_heads(pdf)

    return finish


def _index_heads(pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Give heads their scope, and the structure an index of the heads' names (ISO 32000-1, 14.7.2)."""
    import pydyf  # noqa: PLC0415 - comes with WeasyPrint, which Word files do not need

    named: dict[bytes, Any] = {}
    root = None
    for thing in pdf.objects:
        if not isinstance(thing, dict):
            continue
        if thing.get("Type") == "/StructTreeRoot":
            root = thing
        elif thing.get("S") == "/TH":
            section = _above(pdf, _above(pdf, thing))
            thing["A"]["Scope"] = "/Column" if section.get("S") == "/THead" else "/Row"
            if "ID" in thing:
                named[thing["ID"].string] = thing
    if root is None or not named:
        return
    pairs = [item for name in sorted(named) for item in (pydyf.String(name), named[name].reference)]
    leaf = pydyf.Dictionary({"Names": pydyf.Array(pairs)})
    pdf.add_object(leaf)
    root["IDTree"] = leaf.reference


def _above(pdf: Any, element: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    return pdf.objects[int(element["P"].split()[0])]


def embed(pdf: bytes, attachments: Sequence[Attachment], day: date) -> bytes:
    """The PDF with files embedded as associated files (ISO 19005-3, 6.8), dated on the document's day."""
    import pikepdf  # noqa: PLC0415 - only documents with attachments need it

    stamp = f"D:{day:%Y%m%d}000000+08'00'"
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        files = pikepdf.Array()
        for attachment in attachments:
            specification = pikepdf.AttachedFileSpec(
                opened,
                attachment.data,
                filename=attachment.name,
                description=attachment.name,
                mime_type=_KINDS.get(attachment.name.rpartition(".")[2], _PLAIN),
                creation_date=stamp,
                mod_date=stamp,
                relationship=pikepdf.Name(f"/{attachment.relation.capitalize()}"),
            )
            opened.attachments[attachment.name] = specification
            files.append(specification.obj)
        opened.Root.AF = files
        written = io.BytesIO()
        opened.save(written, deterministic_id=True)
    return written.getvalue()
