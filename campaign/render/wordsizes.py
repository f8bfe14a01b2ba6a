"""The sizes of tables' text in Word as character styles: a clerk changes one once for a whole table."""

from campaign.render.wordxml import element


def style_id(size: float) -> str:
    """The id of the style that sets text in a size (points)."""
    return f"TableSize{round(size * 2)}"


def sized_style(size: float) -> str:
    """That style."""
    half = round(size * 2)
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{style_id(size)}">'
        f'<w:name w:val="表格字号 {size:g}磅"/><w:uiPriority w:val="99"/>'
        f"<w:rPr>{element('sz', val=half)}{element('szCs', val=half)}</w:rPr></w:style>"
    )
