"""Blocks → Word bytes: python-docx opens the style base and packs it; the text is written as XML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import count
from pathlib import Path

import docx
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml

from campaign.canonical import rezip
from campaign.compose.blocks import (
    Addressee,
    Annex,
    Attachments,
    Attendance,
    Block,
    Document,
    Figure,
    Form,
    FormLine,
    Heading,
    Imprint,
    Inline,
    LetterHead,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    RedHead,
    Signature,
    Table,
    Title,
)
from campaign.errors import TemplateError
from campaign.render.fonts import Faces
from campaign.render.geometry.company import Ties, company
from campaign.render.geometry.layout import POINTS_PER_MM, Layout, twips
from campaign.render.geometry.lines import Ruler, fit_line, fit_mark, fit_name, place_signature
from campaign.render.geometry.photos import Size
from campaign.render.geometry.tables import fit_table, tall_rows
from campaign.render.geometry.turned import turned
from campaign.render.text import printable
from campaign.render.wordbase import DRAFT_HEADER, FOOTERS, LETTER_FOOTER, footer_distance, red_rules
from campaign.render.worddrawing import Place, Shape, picture, text_box
from campaign.render.wordimprint import imprint
from campaign.render.wordphotos import photos
from campaign.render.wordstyles import Styles, styles
from campaign.render.wordtable import TableXml
from campaign.render.wordxml import DECLARED, element, paragraph, run

_KEEP_NEXT = "<w:keepNext/>"
_HEADER_FROM_EDGE = 18.0  # mm from the paper's upper edge to the draft mark
_LETTER_LINE = 1.15  # the height of a red name's line, in its size
_LETTER_AIR = 0.12  # of its size: what that line leaves above the strokes


class Writer:
    """Writes Word files; the style base is read once."""

    def __init__(self, faces: Faces, layout: Layout, templates: Path) -> None:
        path = templates / "base.docx"
        if not path.is_file():
            raise TemplateError("templates 文件夹中没有 base.docx；请从程序自带的 templates 文件夹中找回")
        self._base = path.read_bytes()
        self._faces = faces
        self._layout = layout
        self._styles = styles(layout)

    def word(self, document: Document) -> bytes:
        """One document as a Word file."""
        file = docx.Document(BytesIO(self._base))
        body = _Body(document, file, self._faces, self._layout, self._styles)
        # The tree is exchanged whole: moving a thousand rows into the base's own takes lxml ten seconds.
        file.part._element = parse_xml(  # noqa: SLF001 - python-docx has no public way
            f"<w:document {DECLARED}><w:body>{body.xml()}</w:body></w:document>"
        )
        body.drop_unused()
        about = file.core_properties
        about.title = printable(document.title)
        about.language = "zh-CN"
        about.created = about.modified = datetime.combine(document.dated_on, time(), UTC)
        out = BytesIO()
        file.save(out)
        return rezip(out.getvalue())


@dataclass(frozen=True, slots=True)
class _Where:
    """What a block needs to know of its neighbours."""

    keep: bool  # its last line stays with the next block's first
    slip: bool  # below a cut line: everything stays on one page
    first: bool = True  # the block before it is not of its kind
    pair: bool = False  # of its lines, the last two stay together


class _Body:
    """The body of one document."""

    def __init__(
        self, document: Document, file: DocxDocument, faces: Faces, layout: Layout, styles: Styles
    ) -> None:
        self.document = document
        self.part = file.part
        self.layout = layout
        self.styles = styles
        self.ruler = Ruler(layout, faces.width)
        self.faces = faces
        self._numbers = count(1)
        self._fresh = False
        self._used: set[str] = set()
        self._sections = 0

    def xml(self) -> str:
        """The children of w:body."""
        blocks = self.document.blocks
        turns = turned(blocks)
        pieces: list[str] = []
        for place, (block, where) in enumerate(
            zip(blocks, _places(blocks, company(blocks, self.ruler.one_line)), strict=True)
        ):
            if place and turns[place] != turns[place - 1]:
                self._fresh = False
                pieces.append(paragraph("SectionEnd", "", self._section(turned=turns[place - 1])))
            if isinstance(block, PageBreak):
                self._fresh = True
                continue
            piece = self._block(block, where)
            if piece.startswith("<w:tbl>") and pieces and pieces[-1].endswith("</w:tbl>"):
                pieces.append(paragraph("SectionEnd", ""))  # two tables without anything between would be one
            pieces.append(piece)
        if pieces and pieces[-1].endswith("</w:tbl>"):
            pieces.append(paragraph("SectionEnd", ""))
        return "".join(pieces) + self._section(turned=bool(turns) and turns[-1])

    def drop_unused(self) -> None:
        """Leave out the headers and footers that no section of this document has."""
        for name, relation in list(self.part.rels.items()):
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in {"header", "footer"} and name not in self._used:
                del self.part.rels[name]

    def _section(self, *, turned: bool) -> str:
        """A section's properties: paper, margins, headers and footers."""
        layout = self.layout
        letter = self.document.form is Form.LETTER and not self._sections and not turned
        self._sections += 1
        references = []
        if self.document.draft:
            kinds = ("even", "default", "first") if letter else ("even", "default")
            references += [self._reference("headerReference", kind, DRAFT_HEADER) for kind in kinds]
        references += [
            self._reference("footerReference", kind, FOOTERS[turned, kind]) for kind in ("even", "default")
        ]
        if letter:
            references.append(self._reference("footerReference", "first", LETTER_FOOTER))
        sides = ("top", "right", "bottom", "left")
        edges = {side: layout.twips(f"page.{side}") for side in sides}
        width, height = layout.twips("page.width"), layout.twips("page.height")
        if turned:
            # The page that is not turned, turned clockwise: what was left is now the top.
            edges = dict(
                zip(sides, (edges["left"], edges["top"], edges["right"], edges["bottom"]), strict=True)
            )
            size = element("pgSz", w=height, h=width, orient="landscape")
        else:
            size = element("pgSz", w=width, h=height)
        footer = footer_distance(layout) if not turned else edges["bottom"] // 2
        header = twips(_HEADER_FROM_EDGE * POINTS_PER_MM) if not turned else edges["top"] // 2
        return (
            f"<w:sectPr>{''.join(references)}{size}"
            f"{element('pgMar', **edges, header=header, footer=footer, gutter=0)}"
            f"{element('titlePg') if letter else ''}"
            f"{element('docGrid', type='lines', linePitch=twips(layout.pitch))}</w:sectPr>"
        )

    def _reference(self, name: str, kind: str, target: str) -> str:
        relation = next(
            name
            for name, relation in self.part.rels.items()
            if not relation.is_external and relation.target_part.partname.endswith(f"/{target}")
        )
        self._used.add(relation)
        return f'<w:{name} w:type="{kind}" r:id="{relation}"/>'

    # --- blocks -------------------------------------------------------------------------------

    def _block(self, block: Block, where: _Where) -> str:  # noqa: C901, PLR0911, PLR0912 - a case a kind of block
        form = self.document.form
        match block:
            case Masthead():
                return self._masthead(block)
            case LetterHead():
                return self._letterhead(block)
            case RedHead():
                return self._redhead(block)
            case Title():
                style = (
                    "TitleSlip"
                    if where.slip
                    else "TitlePlain"
                    if self.document.form is Form.PLAIN
                    else "Title"
                )
                return self._p(style, self._run("\n".join(block.lines), style), keep=where.keep)
            case Addressee():
                return self._p("Addressee", self._run(block.text, "Addressee"), keep=where.keep)
            case Heading():
                style = f"Heading{min(max(block.level, 1), 4)}"
                return self._p(style, self._run(block.text, style), keep=where.keep)
            case Paragraph():
                style = "Body" if block.indent else "Flush"
                pair = element("widowControl") if where.pair else ""
                return self._p(style, self._runs(block.runs), keep=where.keep, more=pair)
            case Table():
                return self._table(block, where)
            case Figure():
                return self._figure(block, where)
            case Pictures():
                fresh = self._p("SectionEnd", "") if self._fresh else ""
                return fresh + photos(block, self.layout, self._photo, self._run, keep=where.slip)
            case Attachments():
                return self._attachments(block)
            case Signature():
                return self._signature(block, where)
            case Note():
                return self._p("Remark", self._run(f"（{block.text}）", "Remark"), keep=where.keep)
            case Attendance():
                return self._attendance(block, where)
            case Annex():
                self._fresh = False
                label = self._p("AnnexLabel", self._run(block.label, "AnnexLabel"))
                return label + self._p("AnnexTitle", self._run(block.title, "AnnexTitle"))
            case FormLine():
                return self._p(
                    "CutLine", self._run(f"\t{printable(block.text)}\t", "CutLine"), keep=where.keep
                )
            case Imprint():
                box = imprint(block, self.ruler, self.styles, next(self._numbers), bare=form is Form.LETTER)
                return self._p("ImprintAnchor", box)
            case PageBreak():
                return ""

    def _p(self, style: str, inner: str, *, keep: bool = False, more: str = "") -> str:
        """A paragraph; `more` are properties that stand behind keepNext and pageBreakBefore in the schema."""
        fresh, self._fresh = self._fresh, False
        properties = (_KEEP_NEXT if keep else "") + (element("pageBreakBefore") if fresh else "") + more
        return paragraph(style, inner, properties)

    def _official(self, style: str) -> str:
        return self.layout.typeface(self.styles[style].part).official

    def _run(self, text: str, style: str, *, size: float | None = None, stretch: float = 1) -> str:
        if not text:
            return ""
        if size == self.styles[style].size:
            size = None
        return run(text, self._official(style), size=size, stretch=stretch)

    def _runs(self, runs: Inline) -> str:
        strong, plain = (
            self.layout.typeface(self.layout.text("body.strong_face")).official,
            self._official("Body"),
        )
        return "".join(
            run(one.text, strong, style="Strong")
            if one.strong
            else run(one.text, plain, style="Blank" if one.blank else "")
            for one in runs
            if one.text
        )

    # --- heads --------------------------------------------------------------------------------

    def _masthead(self, block: Masthead) -> str:
        name = printable(block.name).replace("\n", "")
        fitted = fit_name(self.ruler, name, "masthead", self.layout.measure)
        line = f"{printable(block.issuer)}\t{printable(block.dated_on)}"
        return (
            self._p("MastheadName", self._run(name, "MastheadName", size=fitted.size, stretch=fitted.stretch))
            + self._p("IssueNumber", self._run(block.issue, "IssueNumber"))
            + self._p("IssuerLine", self._run(line, "IssuerLine", size=fit_line(self.ruler, block)))
        )

    def _letterhead(self, block: LetterHead) -> str:
        """The issuer in a text box above the type area, the red rules below it, then the number."""
        layout = self.layout
        length, top = layout.points("letter.rule_length"), layout.points("letter.top")
        name = printable(block.issuer).replace("\n", "")
        fitted = fit_name(self.ruler, name, "letter", length)
        height = fitted.size * _LETTER_LINE
        thick, thin, gap = (layout.points(f"letter.{part}") for part in ("thick", "thin", "between"))
        top -= fitted.size * _LETTER_AIR
        rules = top + height + layout.points("letter.rule_gap") - fitted.size * _LETTER_AIR
        exact = element("spacing", line=twips(height), lineRule="exact")
        inner = paragraph(
            "LetterName", self._run(name, "LetterName", size=fitted.size, stretch=fitted.stretch), exact
        )
        across = Place("page", (layout.points("page.width") - length) / 2)
        room = rules + thick + gap + thin - top
        shape = Shape(
            next(self._numbers), "发文机关标志", length, room, across, Place("page", top), "wrapTopAndBottom"
        )
        lines = red_rules(layout, 121, ((rules, thick), (rules + thick + gap, thin)))
        head = self._p("ImprintAnchor", text_box(shape, inner) + lines)
        if not block.number:
            return head
        above = element(
            "spacing",
            before=twips(
                layout.points("letter.number_gap") - (layout.pitch - layout.points("body.size")) / 2
            ),
        )
        return head + self._p("DocumentNumber", self._run(block.number, "DocumentNumber"), more=above)

    def _redhead(self, block: RedHead) -> str:
        """The mark, the number beneath it, the line of issuer and date if there is one; the last of them
        bears the red line.
        """
        layout = self.layout
        section = "minutes" if self.document.form is Form.MINUTES else "redhead"
        lines = tuple(printable(line).replace("\n", "") for line in block.lines)
        fitted = fit_mark(self.ruler, lines, section)
        above = layout.points(f"{section}.top") - fitted.size * _LETTER_AIR
        exact = element(
            "spacing", before=twips(above), line=twips(fitted.size * _LETTER_LINE), lineRule="exact"
        )
        style = "MinutesMark" if section == "minutes" else "RedMark"
        mark = self._run("\n".join(lines), style, size=fitted.size, stretch=fitted.stretch)
        head = self._p(style, mark, more=exact)
        if not block.issuer and not block.dated_on:
            return head + self._p("RedNumber", self._run(block.number, "RedNumber"))
        line = f"{printable(block.issuer)}\t{printable(block.dated_on)}"
        return (
            head
            + self._p("MinutesNumber", self._run(block.number, "MinutesNumber"))
            + self._p("IssuerLine", self._run(line, "IssuerLine", size=fit_line(self.ruler, block)))
        )

    # --- tables and figures -------------------------------------------------------------------

    def _table(self, block: Table, where: _Where) -> str:
        room = self.layout.depth if block.landscape else self.layout.measure
        before = ""
        if block.caption:
            before = self._p("TableCaption", self._run(block.caption, "TableCaption"))
        elif self._fresh:
            before = self._p("SectionEnd", "")
        fitting = fit_table(self.ruler, block, room)
        table = TableXml(
            block,
            fitting,
            self.layout,
            self.styles,
            kept=where.slip,
            tied=where.keep or bool(block.note),
            roomy=where.slip,
            tall=tall_rows(self.ruler, block, fitting),
        )
        after = (
            self._p("TableNote", self._run(block.note, "TableNote"), keep=where.keep) if block.note else ""
        )
        return before + table.xml() + after if block.rows or block.head else before + after

    def _figure(self, block: Figure, where: _Where) -> str:
        from campaign.render.charts import png  # noqa: PLC0415 - half a second, which few documents need

        relation, _ = self.part.get_or_add_image(BytesIO(png(block.chart, self.faces, self.layout)))
        size = self.layout.points("figure.width"), self.layout.points("figure.height")
        image = picture(next(self._numbers), relation, block.caption, block.alt, size)
        caption = self._p("FigureCaption", self._run(block.caption, "FigureCaption"), keep=where.keep)
        return self._p("Picture", image) + caption

    def _photo(self, shown: Picture, size: Size) -> str:
        relation, _ = self.part.get_or_add_image(BytesIO(self.document.photos[shown.digest]))
        return picture(next(self._numbers), relation, shown.caption, shown.alt, (size.width, size.height))

    # --- the end of a document ----------------------------------------------------------------

    def _attachments(self, block: Attachments) -> str:
        """附件说明: wrapped lines begin below the first character of the name."""
        several = len(block.names) > 1
        hang = self.layout.points("body.indent") + self.ruler.body("附件：" + ("1." if several else ""))
        pieces = []
        for number, name in enumerate(block.names, 1):
            label = ("附件：" if number == 1 else "") + (f"{number}." if several else "")
            indent = element("ind", left=twips(hang), hanging=twips(self.ruler.body(label)))
            style = "AttachmentFirst" if number == 1 else "AttachmentMore"
            pieces.append(self._p(style, self._run(label + name, style), more=indent))
        return "".join(pieces)

    def _attendance(self, block: Attendance, where: _Where) -> str:
        """出席：wrapped lines begin below the first character of the names."""
        label = printable(f"{block.label}：")
        hang = self.ruler.body(label)
        indent = element("ind", left=twips(self.layout.points("body.indent") + hang), hanging=twips(hang))
        style = "AttendanceFirst" if where.first else "AttendanceMore"
        face = self.layout.typeface(self.layout.text("attendance.face")).official
        inner = run(label, face, style="Strong") + self._runs(block.names)
        return self._p(style, inner, keep=where.keep, more=indent)

    def _signature(self, block: Signature, where: _Where) -> str:
        signed = place_signature(self.ruler, block)
        issuer = element("ind", right=twips(signed.issuer_right))
        date = element("ind", right=twips(signed.date_right))
        style = "SealedIssuer" if block.sealed else "Issuer"
        return self._p(style, self._run("\n".join(signed.issuer), style), more=issuer) + self._p(
            "DateLine", self._run(block.dated_on, "DateLine"), keep=where.keep, more=date
        )


def _places(blocks: Sequence[Block], ties: Sequence[Ties]) -> Iterator[_Where]:
    """For each block what binds it to its neighbours."""
    slip = False
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if isinstance(block, FormLine):
            slip = True
        elif isinstance(block, (Annex, PageBreak, Imprint)):
            slip = False
        ends = after is None or isinstance(after, (Annex, PageBreak, Imprint))
        keep = (slip and not ends) or isinstance(after, (Signature, Attachments, Note, Pictures))
        keep = keep or (isinstance(block, Attendance) and isinstance(after, Attendance))
        keep = keep or (after is not None and ties[place + 1].back)
        first = not place or type(blocks[place - 1]) is not type(block)
        yield _Where(keep, slip, first, pair=ties[place].last)
