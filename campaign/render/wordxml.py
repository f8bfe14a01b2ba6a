"""The small vocabulary of WordprocessingML that the Word files are written in.

Everything is written as text and parsed once: a table of a thousand rows takes a fraction of a second, where
python-docx's own cells take minutes. Elements stand in the order of the schema (ISO/IEC 29500-1, CT_PPr,
CT_RPr, CT_TcPr …), because Word repairs or refuses files in which they do not.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from campaign.render.text import printable

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
}
DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def element(tag: str, /, **attributes: object) -> str:
    """An empty element of the w namespace; attributes that are None are left out."""
    words = "".join(
        f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items() if value is not None
    )
    return f"<w:{tag}{words}/>"


def fonts(official: str) -> str:
    """The fonts of a run: the official face for Chinese and, since digits, dashes and quotation marks count
    as Latin text in Word, for those too.
    """
    name = quoteattr(official)
    return f'<w:rFonts w:hint="eastAsia" w:ascii={name} w:eastAsia={name} w:hAnsi={name} w:cs={name}/>'


def run(text: str, official: str, *, style: str = "", size: float | None = None, stretch: float = 1) -> str:
    """A run of text; newlines become line breaks. `size` in points where it differs from the style's;
    `stretch` is the width of the characters as a share of the natural one.
    """
    properties = (
        (element("rStyle", val=style) if style else "")
        + fonts(official)
        + (element("w", val=round(stretch * 100)) if stretch < 1 else "")
        + (element("sz", val=round(size * 2)) + element("szCs", val=round(size * 2)) if size else "")
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{content(text)}</w:r>"


def content(text: str) -> str:
    """A run's content: text, tabs and line breaks."""
    lines = []
    for line in printable_with_tabs(text).split("\n"):
        words = (
            f'<w:t xml:space="preserve">{escape(word)}</w:t>' if word else "" for word in line.split("\t")
        )
        lines.append("<w:tab/>".join(words))
    return "<w:br/>".join(lines)


def printable_with_tabs(text: str) -> str:
    """`text` as printed, where tabs are the renderer's own (text from workbooks has none left)."""
    return "\t".join(printable(word) for word in text.split("\t"))


def paragraph(style: str, inner: str, properties: str = "") -> str:
    """A paragraph in a style; `properties` are further children of w:pPr, in the schema's order."""
    return f"<w:p><w:pPr>{element('pStyle', val=style)}{properties}</w:pPr>{inner}</w:p>"


def field(instruction: str, official: str) -> str:
    """A field such as PAGE, with a first value until Word computes it."""
    properties = f"<w:rPr>{fonts(official)}</w:rPr>"
    return f'<w:fldSimple w:instr=" {instruction} "><w:r>{properties}<w:t>1</w:t></w:r></w:fldSimple>'


def borders(sides: Iterable[tuple[str, float, float, str]]) -> str:
    """Paragraph borders: side, width and distance in points, colour; sides in the order top … bottom."""
    inner = "".join(
        element(side, val="single", sz=eighths(width), space=round(space), color=colour)
        for side, width, space, colour in sides
    )
    return f"<w:pBdr>{inner}</w:pBdr>" if inner else ""


def eighths(points: float) -> int:
    """A border's width in Word's unit, eighths of a point, not below the thinnest."""
    return max(2, round(points * 8))
