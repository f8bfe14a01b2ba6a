"""The Word style base (templates/base.docx), made from the layout profile.

The base holds everything of a Word file but its text: styles, page number footers, the draft header,
settings. It is made by `python -m campaign.render.wordbase templates` and kept in the repository; the same
profile gives the same bytes.
"""

import sys
import zipfile
from io import BytesIO
from pathlib import Path

from campaign.canonical import rezip
from campaign.render.geometry.layout import POINTS_PER_MM, Layout, load, twips
from campaign.render.geometry.tables import sizes
from campaign.render.worddrawing import Place, Shape, rule, stamp, text_box
from campaign.render.wordsizes import sized_style
from campaign.render.wordstyles import EVERYWHERE, styles
from campaign.render.wordtheme import font_table, theme
from campaign.render.wordxml import DECLARED, PROLOGUE, eighths, element, field, fonts, paragraph, run

DRAFT_HEADER = "header1.xml"
FOOTERS = {
    # whether the page is turned, and the kind of footer
    (False, "default"): "footer1.xml",
    (False, "even"): "footer2.xml",
    (True, "default"): "footer3.xml",
    (True, "even"): "footer4.xml",
}
LETTER_FOOTER = "footer5.xml"

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_THEME_TYPES = "application/vnd.openxmlformats-officedocument."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_TURNED_BOX = (8.0, 40.0)  # mm: room of a page number beside a turned page


def build(layout: Layout) -> bytes:
    """The base as a canonical package."""
    parts = {
        "word/document.xml": f"<w:document {DECLARED}><w:body><w:p/><w:sectPr/></w:body></w:document>",
        "word/styles.xml": _styles(layout),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": font_table(layout),
        "word/theme/theme1.xml": theme(layout),
        f"word/{DRAFT_HEADER}": _header(layout),
        f"word/{FOOTERS[False, 'default']}": _footer(_number(layout, "PageNumberOdd")),
        f"word/{FOOTERS[False, 'even']}": _footer(_number(layout, "PageNumberEven")),
        f"word/{FOOTERS[True, 'default']}": _footer(_turned_number(layout, even=False)),
        f"word/{FOOTERS[True, 'even']}": _footer(_turned_number(layout, even=True)),
        f"word/{LETTER_FOOTER}": _footer(_letter_rules(layout)),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", PROLOGUE + _content_types(list(parts)))
        package.writestr("_rels/.rels", PROLOGUE + _package_relations())
        package.writestr("docProps/core.xml", PROLOGUE + _core())
        package.writestr("word/_rels/document.xml.rels", PROLOGUE + _document_relations(list(parts)))
        for name, xml in parts.items():
            package.writestr(name, PROLOGUE + xml)
    return rezip(out.getvalue())


def footer_distance(layout: Layout) -> int:
    """From the page's lower edge to that of the page number, in twips: the dash is to stand `number.drop`
    below the type area, and it stands in the middle of its line.
    """
    return layout.twips("page.bottom") - layout.twips("number.drop") - layout.twips("number.size") // 2


# --- styles and settings --------------------------------------------------------------------------


def _styles(layout: Layout) -> str:
    body = fonts(layout.typeface(layout.text("body.face")).official)
    size = round(layout.points("body.size") * 2)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{body}{element('sz', val=size)}{element('szCs', val=size)}"
        f"{element('lang', val='en-US', eastAsia='zh-CN', bidi='ar-SA')}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{EVERYWHERE}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    paragraphs = "".join(style.xml(layout) for style in styles(layout).values())
    strong = fonts(layout.typeface(layout.text("body.strong_face")).official)
    return (
        f"<w:styles {DECLARED}>{defaults}{paragraphs}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
        f"<w:rPr>{strong}</w:rPr></w:style>"
        '<w:style w:type="character" w:customStyle="1" w:styleId="Blank"><w:name w:val="待填空格"/>'
        f"<w:qFormat/><w:rPr>{element('u', val='single')}</w:rPr></w:style>"
        f"{''.join(map(sized_style, sizes(layout)))}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f"{_table_style(layout)}</w:styles>"
    )


def _table_style(layout: Layout) -> str:
    size, padding = eighths(layout.points("table.rule")), layout.twips("table.padding")
    sides = "".join(
        element(side, val="single", sz=size, space=0, color="000000")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(element(side, w=padding, type="dxa") for side in ("top", "left", "bottom", "right"))
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Ledger"><w:name w:val="公文表格"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>'
        f"{element('jc', val='center')}<w:tblBorders>{sides}</w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def _settings() -> str:
    compatibility = element(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
    )
    return (
        f"<w:settings {DECLARED}>"
        f"{element('bordersDoNotSurroundHeader')}{element('bordersDoNotSurroundFooter')}"
        f"{element('defaultTabStop', val=632)}{element('evenAndOddHeaders')}"
        f"{element('characterSpacingControl', val='doNotCompress')}<w:compat>{compatibility}</w:compat>"
        f"{element('themeFontLang', val='en-US', eastAsia='zh-CN')}</w:settings>"
    )


# --- headers and footers --------------------------------------------------------------------------


def _header(layout: Layout) -> str:
    face = layout.typeface(layout.text("draft.face")).official
    inner = run(layout.text("draft.words"), face) + stamp(layout)
    return f"<w:hdr {DECLARED}>{paragraph('DraftMark', inner)}</w:hdr>"


def _footer(inner: str) -> str:
    return f"<w:ftr {DECLARED}>{inner}</w:ftr>"


def _number(layout: Layout, style: str) -> str:
    face = layout.typeface(layout.text("number.face")).official
    return paragraph(style, run("— ", face) + field("PAGE", face) + run(" —", face))


def _turned_number(layout: Layout, *, even: bool) -> str:
    """The page number where a page that is not turned has it: beside the table."""
    width, height = (side * POINTS_PER_MM for side in _TURNED_BOX)
    inset, top = layout.points("number.inset"), layout.points("page.left")
    down = top + inset if even else top + _turned_depth(layout) - inset - height
    across = layout.points("page.bottom") - layout.points("number.drop") - width / 2
    shape = Shape(102 if even else 101, "页码", width, height, Place("page", across), Place("page", down))
    style = "PageNumberTurnedEven" if even else "PageNumberTurnedOdd"
    return paragraph("SectionEnd", text_box(shape, _number(layout, style), anchor="ctr", direction="vert"))


def _turned_depth(layout: Layout) -> float:
    return layout.points("page.width") - layout.points("page.left") - layout.points("page.right")


def _letter_rules(layout: Layout) -> str:
    """The thin and thick red rule at the foot of a letter's first page, which has no page number."""
    thick, thin, gap = (layout.points(f"letter.{name}") for name in ("thick", "thin", "between"))
    bottom = layout.points("page.height") - layout.points("letter.foot")
    return paragraph(
        "SectionEnd", red_rules(layout, 111, ((bottom - thick - gap - thin, thin), (bottom - thick, thick)))
    )


def red_rules(layout: Layout, number: int, lines: tuple[tuple[float, float], ...]) -> str:
    """Red rules as long as the letter form wants them; each line is its distance from the page's top and its
    thickness, in points.
    """
    length, colour = layout.points("letter.rule_length"), layout.text("red").removeprefix("#")
    across = Place("page", (layout.points("page.width") - length) / 2)
    return "".join(
        rule(Shape(number + n, f"红线{n + 1}", length, thickness, across, Place("page", down)), colour)
        for n, (down, thickness) in enumerate(lines)
    )


# --- the package ----------------------------------------------------------------------------------


def _kind(name: str) -> str:
    """A part's kind: document, styles, settings, header or footer."""
    return name.rsplit("/", 1)[-1].removesuffix(".xml").rstrip("0123456789")


def _content_types(parts: list[str]) -> str:
    def content_type(name: str) -> str:
        kind = "document.main" if _kind(name) == "document" else _kind(name)
        prefix = _THEME_TYPES if kind == "theme" else _TYPES
        return f'<Override PartName="/{name}" ContentType="{prefix}{kind}+xml"/>'

    return (
        f'<Types xmlns="{_PACKAGE}content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{''.join(content_type(name) for name in parts)}</Types>"
    )


def _package_relations() -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _document_relations(parts: list[str]) -> str:
    targets = [name.removeprefix("word/") for name in parts if _kind(name) != "document"]
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}{_kind(target)}" Target="{target}"/>'
        for number, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}relationships">{relations}</Relationships>'


def _core() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title/><dc:creator/></cp:coreProperties>'
    )


def main(arguments: list[str]) -> int:
    """Write base.docx into the templates folder named on the command line."""
    folder = Path(arguments[0]) if arguments else Path("templates")
    (folder / "base.docx").write_bytes(build(load(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

__all__ = [
    "DRAFT_HEADER",
    "FOOTERS",
    "LETTER_FOOTER",
    "build",
    "footer_distance",
    "main",
    "red_rules",
    "twips",
]
