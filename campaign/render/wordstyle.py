"""One paragraph style of the Word files, and its element."""

from dataclasses import dataclass

from campaign.render.geometry.layout import Layout
from campaign.render.wordxml import element, fonts


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. Lengths in twips, sizes in points; `line` is exact, None as tall as the text needs.

    `part` is the layout's face; `level` the outline level that the navigation pane shows, from 0.
    """

    id: str
    name: str
    part: str
    size: float
    line: int | None = None
    spacing: int = 0
    before: int = 0
    after: int = 0
    first: int = 0
    characters: int = 0  # the first-line indent in hundredths of a character, as Word keeps it
    left: int = 0
    right: int = 0
    align: str = "both"
    bold: bool = False
    colour: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    level: int | None = None
    border: str = ""
    tabs: tuple[tuple[str, str, int], ...] = ()  # kind, leader, position
    built_in: bool = False

    def xml(self, layout: Layout) -> str:
        """The w:style element."""
        custom = "" if self.built_in else ' w:customStyle="1"'
        based = "" if self.id == "Normal" else element("basedOn", val="Normal")
        default = ' w:default="1"' if self.id == "Normal" else ""
        return (
            f'<w:style w:type="paragraph"{default}{custom} w:styleId="{self.id}">'
            f"{element('name', val=self.name)}{based}{element('qFormat')}"
            f"<w:pPr>{self._paragraph()}</w:pPr><w:rPr>{self._run(layout)}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        tabs = "".join(
            element("tab", val=kind, leader=leader, pos=place) for kind, leader, place in self.tabs
        )
        indent = element(
            "ind",
            left=self.left,
            right=self.right,
            firstLineChars=self.characters or None,
            firstLine=self.first,
        )
        rule = {"line": self.line, "lineRule": "exact"} if self.line else {"line": 240, "lineRule": "auto"}
        return "".join(
            (
                element("keepNext") if self.keep_next else "",
                element("keepLines") if self.keep_lines else "",
                element("pageBreakBefore") if self.new_page else "",
                self.border,
                f"<w:tabs>{tabs}</w:tabs>" if tabs else "",
                element("spacing", before=self.before, after=self.after, **rule),
                indent,
                element("jc", val=self.align),
                "" if self.level is None else element("outlineLvl", val=self.level),
            )
        )

    def _run(self, layout: Layout) -> str:
        half = round(self.size * 2)
        return "".join(
            (
                fonts(layout.typeface(self.part).official),
                element("b") if self.bold else element("b", val=0),
                element("color", val=self.colour) if self.colour else "",
                element("spacing", val=self.spacing),
                element("sz", val=half),
                element("szCs", val=half),
            )
        )
