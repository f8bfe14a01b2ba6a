"""The font table and the theme of Word files.

The font table tells a machine that lacks an official face by which other names it may have it (ISO/IEC
29500-1 17.8.3.1). The theme is what a document typed by hand has too: black and white, in the official faces.
"""

from xml.sax.saxutils import quoteattr

from campaign.render.geometry.layout import Layout
from campaign.render.wordxml import DECLARED, element

_CHINESE = 86  # the character set GB2312, hexadecimal (17.8.3.2)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "404040",
    "lt2": "F2F2F2",
    "accent1": "C00000",
    "accent2": "595959",
    "accent3": "7F7F7F",
    "accent4": "A6A6A6",
    "accent5": "BFBFBF",
    "accent6": "D9D9D9",
    "hlink": "000000",
    "folHlink": "000000",
}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_THREE = 3  # of each kind of format a theme has (20.1.4.1.14)


def font_table(layout: Layout) -> str:
    """Each official face once, with its other names."""
    names: dict[str, dict[str, None]] = {}
    for face in layout.typefaces.values():
        others = (name for name in face.names if name != face.official)
        names.setdefault(face.official, {}).update(dict.fromkeys(others))
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}>{element('altName', val=','.join(others)) if others else ''}"
        f"{element('charset', val=_CHINESE)}{element('family', val='auto')}{element('pitch', val='default')}"
        "</w:font>"
        for name, others in names.items()
    )
    return f"<w:fonts {DECLARED}>{fonts}</w:fonts>"


def theme(layout: Layout) -> str:
    """A theme in the faces of title and body."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="公文"><a:themeElements>'
        f'<a:clrScheme name="公文">{colours}</a:clrScheme>'
        f'<a:fontScheme name="公文">{_font(layout, "major", "title.face")}'
        f"{_font(layout, 'minor', 'body.face')}"
        '</a:fontScheme><a:fmtScheme name="公文">'
        f"<a:fillStyleLst>{_FILL * _THREE}</a:fillStyleLst><a:lnStyleLst>{_LINE * _THREE}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * _THREE}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * _THREE}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _font(layout: Layout, kind: str, parameter: str) -> str:
    face = quoteattr(layout.typeface(layout.text(parameter)).official)
    return (
        f'<a:{kind}Font><a:latin typeface={face}/><a:ea typeface={face}/><a:cs typeface=""/></a:{kind}Font>'
    )
