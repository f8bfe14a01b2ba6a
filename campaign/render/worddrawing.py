"""What floats or is drawn in Word files: pictures, text boxes, rules, the draft stamp."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from campaign.render.geometry.layout import Layout, emu
from campaign.render.text import printable


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shape is anchored: from which edge ("page", "margin"), at an offset in points or aligned."""

    of: str
    offset: float = 0
    align: str = ""

    def xml(self, axis: str) -> str:
        """The position element of one axis, H or V."""
        inner = (
            f"<wp:align>{self.align}</wp:align>"
            if self.align
            else f"<wp:posOffset>{emu(self.offset)}</wp:posOffset>"
        )
        return f'<wp:position{axis} relativeFrom="{self.of}">{inner}</wp:position{axis}>'


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape's number in its file, its name, size in points and place."""

    number: int
    name: str
    width: float
    height: float
    across: Place
    down: Place
    wrap: str = "wrapNone"


def picture(number: int, relation: str, caption: str, alt: str, size: tuple[float, float]) -> str:
    """A picture in the line with its alternative text; its size is width and height in points."""
    width, height = map(emu, size)
    name, words = quoteattr(printable(caption) or "图"), quoteattr(printable(alt))
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name={name} descr={words}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name={name} descr={words}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(shape: Shape, paragraphs: str, *, anchor: str = "t", direction: str = "horz") -> str:
    """A text box without border or margins; `anchor` is where its text clings: t(op), ctr, b(ottom)."""
    inner = (
        '<wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu(shape.width)}" cy="{emu(shape.height)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr rot="0" vert="{direction}" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{anchor}"><a:noAutofit/></wps:bodyPr>'
    )
    return _anchored(shape, inner)


def rule(shape: Shape, colour: str) -> str:
    """A filled rectangle: a rule whose thickness is the shape's height."""
    inner = (
        "<wps:cNvSpPr/><wps:spPr>"
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu(shape.width)}" cy="{emu(shape.height)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/>"
    )
    return _anchored(shape, inner)


def _anchored(shape: Shape, inner: str) -> str:
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{shape.number}" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f"{shape.across.xml('H')}{shape.down.xml('V')}"
        f'<wp:extent cx="{emu(shape.width)}" cy="{emu(shape.height)}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:{shape.wrap}/><wp:docPr id="{shape.number}" name="{shape.name}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp>{inner}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>"
    )


_FORMULAS = (
    "sum #0 0 10800",
    "prod #0 2 1",
    "sum 21600 0 @1",
    "sum 0 0 @2",
    "sum 21600 0 @3",
    "if @0 @3 0",
    "if @0 21600 @1",
    "if @0 0 @2",
    "if @0 @4 21600",
    "mid @5 @6",
    "mid @8 @5",
    "mid @7 @8",
    "mid @6 @7",
    "sum @6 0 @5",
)


def stamp(layout: Layout) -> str:
    """The draft words as Word's own kind of watermark: lettering behind the text, no part of it."""
    formulas = "".join(f'<v:f eqn="{formula}"/>' for formula in _FORMULAS)
    words, size = layout.text("draft.words"), layout.points("draft.size")
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{size * len(words):g}pt;height:{size:g}pt;"
        f"rotation:{360 - layout.number('draft.angle'):g};z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:page;"
        "mso-position-vertical:center;mso-position-vertical-relative:page"
    )
    face = layout.typeface(layout.text("draft.face")).official
    return (
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
        f'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>{formulas}</v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
        'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/><v:handles>'
        '<v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="DraftStamp" o:spid="_x0000_s2049" type="#_x0000_t136" style="{place}" '
        f'o:allowincell="f" fillcolor="{layout.text("draft.colour")}" stroked="f">'
        f'<v:textpath style="font-family:&quot;{face}&quot;;font-size:1pt" string={quoteattr(words)}/>'
        '<w10:wrap anchorx="page" anchory="page"/></v:shape></w:pict></w:r>'
    )
