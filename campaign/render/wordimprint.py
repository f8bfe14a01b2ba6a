"""版记 in Word: a table between rules, in a text box whose foot stands on that of the type area.

Word, WPS and LibreOffice all keep such a box at the foot of its page; a floating table stays in the flow in
LibreOffice. The table's rules follow when a clerk adds or takes away a line.
"""

from campaign.compose.blocks import Imprint
from campaign.render.geometry.layout import twips
from campaign.render.geometry.lines import Ruler
from campaign.render.text import printable
from campaign.render.worddrawing import Place, Shape, text_box
from campaign.render.wordstyles import Styles
from campaign.render.wordxml import eighths, element, paragraph, run

_TAIL = 1.0  # points: the paragraph that must follow a table


def imprint(block: Imprint, ruler: Ruler, styles: Styles, number: int, *, bare: bool) -> str:
    """The run with the text box. `number` is the shape's; a letter's imprint is `bare`, without rules."""
    return _Box(block, ruler, styles, bare=bare).xml(number)


class _Box:
    def __init__(self, block: Imprint, ruler: Ruler, styles: Styles, *, bare: bool) -> None:
        self.block = block
        self.ruler = ruler
        self.layout = ruler.layout
        self.styles = styles
        self.bare = bare
        self.part = self.layout.text("imprint.face")
        self.size = self.layout.points("imprint.size")
        self.room = self.layout.measure - 2 * self.layout.points("imprint.inset")

    def xml(self, number: int) -> str:
        foot = Place("margin", align="bottom")
        shape = Shape(
            number, "版记", self.layout.measure, self._height(), Place("margin"), foot, "wrapTopAndBottom"
        )
        return text_box(shape, self._table() + paragraph("SectionEnd", ""), anchor="b")

    def _table(self) -> str:
        thick, thin = (
            eighths(self.layout.points("imprint.thick")),
            eighths(self.layout.points("imprint.thin")),
        )
        sides = "".join(
            element(side, val="none" if self.bare else "single", sz=size, space=0, color="000000")
            for side, size in (("top", thick), ("bottom", thick), ("insideH", thin))
        )
        width = twips(self.layout.measure)
        margins = "".join(element(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
        cell = element("tcW", w=width, type="dxa")
        rows = "".join(
            f"<w:tr><w:tc><w:tcPr>{cell}</w:tcPr>{inner}</w:tc></w:tr>"
            for inner in (self._lines(), self._foot())
            if inner
        )
        return (
            f"<w:tbl><w:tblPr>{element('tblW', w=width, type='dxa')}<w:tblBorders>{sides}</w:tblBorders>"
            f"{element('tblLayout', type='fixed')}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
            f"<w:tblGrid>{element('gridCol', w=width)}</w:tblGrid>{rows}</w:tbl>"
        )

    def _run(self, text: str) -> str:
        return run(text, self.layout.typeface(self.part).official)

    def _lines(self) -> str:
        """报, 送, 发: wrapped lines begin behind the colon."""
        inset = self.layout.twips("imprint.inset")
        pieces = []
        for line in self.block.lines:
            hang = twips(self._hang(line.label))
            indent = element("ind", left=inset + hang, right=inset, hanging=hang)
            pieces.append(paragraph("ImprintTo", self._run(f"{line.label}：{line.text}"), indent))
        return "".join(pieces)

    def _foot(self) -> str:
        """Who printed it and when, and how many copies."""
        block, inner = self.block, ""
        if block.issuer or block.printed_on:
            # Where both do not fit on one line, the date goes to the right of the next.
            apart = "\t" if self._one_line() else "\n\t"
            text = f"{printable(block.issuer)}{apart}{printable(block.printed_on)}"
            inner += paragraph("ImprintPrinted", self._run(text))
        if block.copies:
            inner += paragraph("ImprintCopies", self._run(block.copies))
        return inner

    def _hang(self, label: str) -> float:
        return self.ruler.width(self.part, printable(f"{label}："), self.size)

    def _one_line(self) -> bool:
        """Whether issuer and date of printing fit side by side."""
        words = printable(f"{self.block.issuer}　{self.block.printed_on}")
        return self.ruler.width(self.part, words, self.size) <= self.room

    def _height(self) -> float:
        """The height in points: the lines as they will wrap, the rules, and the paragraph below the table."""
        block = self.block
        lines = sum(
            self.ruler.wrapped(self.part, printable(line.text), self.size, self.room - self._hang(line.label))
            for line in block.lines
        )
        if block.issuer or block.printed_on:
            lines += self.ruler.wrapped(self.part, printable(block.issuer), self.size, self.room)
            lines += not self._one_line()
        lines += bool(block.copies)
        return lines * self.layout.points("imprint.pitch") + 2 * self.layout.points("imprint.thick") + _TAIL
