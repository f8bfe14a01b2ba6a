"""Blocks → the HTML that WeasyPrint sets; the looks are in templates/print.css.

Text from workbooks is escaped, always; classes name what a thing is, never how it looks. What depends on the
widths of the words (indents of a signature, columns of a table, the size of a red name) comes from geometry.
"""

from collections.abc import Callable, Iterator
from html import escape

from campaign.compose.blocks import (
    Addressee,
    Align,
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
    Pictures,
    RedHead,
    Run,
    Signature,
    Table,
    Title,
)
from campaign.render.fonts import Face, Faces
from campaign.render.geometry.company import NO_TIES, Ties, company
from campaign.render.geometry.layout import Layout
from campaign.render.geometry.lines import Fitted, Ruler, fit_line, fit_mark, fit_name, place_signature
from campaign.render.geometry.photos import fit_photos
from campaign.render.geometry.tables import PlacedRow, alignment, fit_table, grid, tall_rows
from campaign.render.geometry.turned import turned
from campaign.render.text import printable

_SIDES = {Align.LEFT: ' class="l"', Align.CENTER: "", Align.RIGHT: ' class="r"'}


class Markup:
    """The HTML of one document. `figure` gives the address of a figure's picture.

    `used` collects which characters each face has to print.
    """

    def __init__(self, faces: Faces, layout: Layout, figure: Callable[[Figure], str]) -> None:
        self.faces = faces
        self.layout = layout
        self.ruler = Ruler(layout, faces.width)
        self.figure = figure
        self.used: dict[Face, set[str]] = {}

    def page(self, document: Document) -> str:
        """The whole document as HTML."""
        form = document.form.value
        title = escape(printable(document.title))
        body = "".join(self._blocks(document))
        day = document.dated_on.isoformat()
        dated = "".join(f'<meta name="dcterms.{what}" content="{day}">' for what in ("created", "modified"))
        return (
            f'<!DOCTYPE html><html lang="zh-CN"><head><title>{title}</title>{dated}</head>'
            f'<body class="{form}">{body}</body></html>'
        )

    def _blocks(self, document: Document) -> Iterator[str]:
        """Each block's HTML, with what encloses several: turned pages, and the slip below a cut line."""
        blocks = document.blocks
        marks = (False, *turned(blocks), False)
        ties = company(blocks, self.ruler.one_line)
        slip = fresh = False
        for place, block in enumerate(blocks, 1):
            if slip and isinstance(block, (Annex, PageBreak, Imprint)):
                slip = False
                yield "</div>"
            if isinstance(block, FormLine) and not slip:
                slip = True
                yield '<div class="slip">'
            if marks[place] and not marks[place - 1]:
                yield '<div class="land">'
            # After turned pages the engine must be told to turn back.
            upright = marks[place - 1] and not marks[place]
            names = [name for name, wanted in (("fresh", fresh), ("upright", upright)) if wanted]
            html = self._block(block, document.form, ties[place - 1])
            yield f'<div class="{" ".join(names)}">{html}</div>' if names else html
            if marks[place] and not marks[place + 1]:
                yield "</div>"
            fresh = isinstance(block, PageBreak)
        if slip:
            yield "</div>"

    def _block(  # noqa: C901, PLR0911, PLR0912 - a case per kind of block
        self, block: Block, form: Form, ties: Ties = NO_TIES
    ) -> str:
        match block:
            case Masthead():
                return self._masthead(block)
            case LetterHead():
                return self._letterhead(block)
            case RedHead():
                return self._redhead(block, form)
            case Title():
                lines = "<br>".join(self._inline(line, "title.face") for line in block.lines)
                return f'<h1 class="title">{lines}</h1>'
            case Addressee():
                return f'<p class="addressee">{self._inline(block.text, "body.face")}</p>'
            case Heading():
                return self._heading(block, ties)
            case Paragraph():
                name = "body" if block.indent else "flush"
                return f'<p class="{name}{_tied(ties)}">{self._runs(block.runs)}</p>'
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Pictures():
                return self._pictures(block)
            case Attachments():
                return self._attachments(block)
            case Signature():
                return self._signature(block)
            case Note():
                return f'<p class="remark">{self._inline(f"（{block.text}）", "body.face")}</p>'
            case Attendance():
                return self._attendance(block)
            case Annex():
                label = self._inline(block.label, "annex.face")
                title = self._inline(block.title, "title.face")
                return f'<p class="annex">{label}</p><h1 class="annex-title">{title}</h1>'
            case FormLine():
                return f'<div class="cut"><i></i><p>{self._inline(block.text, "slip.face")}</p><i></i></div>'
            case Imprint():
                return self._imprint(block, form)
            case PageBreak():
                return ""

    # --- text ---------------------------------------------------------------------------------

    def _inline(self, text: str, face: str) -> str:
        """Text in one of the layout's faces: escaped, rare characters in the face that has them."""
        return self._in_part(printable(text), self.layout.text(face))

    def _in_part(self, text: str, part: str) -> str:
        own = self.faces.first(part)
        pieces = []
        for face, run in self.faces.runs(part, text):
            self.used.setdefault(face, set()).update(run)
            html = escape(_spaced(run)).replace("\n", "<br>")
            # Of another face than the line's: its height must not count, or the line would grow.
            pieces.append(
                html if face is own else f'<span class="rare" style="{family(face.name)}">{html}</span>'
            )
        return "".join(pieces)

    def _runs(self, runs: Inline) -> str:
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        if run.blank:
            return f"<u>{self._inline(run.text, 'body.face')}</u>"
        if run.strong:
            return f"<b>{self._inline(run.text, 'body.strong_face')}</b>"
        return self._inline(run.text, "body.face")

    # --- heads --------------------------------------------------------------------------------

    def _name(self, text: str, section: str, room: float) -> str:
        """A red name in one line, narrowed or made smaller until it fits."""
        name = printable(text).replace("\n", "")
        return self._red_line(name, section, fit_name(self.ruler, name, section, room))

    def _red_line(self, name: str, section: str, fitted: Fitted) -> str:
        natural = self.ruler.width(self.layout.text(f"{section}.face"), name, fitted.size)
        side = (self.layout.measure - natural) / 2
        # The standard measures from the mark's own edges, which lie elsewhere than those of its line.
        over, under = self.faces.ink(self.layout.text(f"{section}.face"), name)
        style = f"font-size:{fitted.size:g}pt;margin-left:{side:.3f}pt;margin-right:{side:.3f}pt"
        style += f";top:{-over:.4f}em;margin-bottom:{-over - under:.4f}em"
        if fitted.stretch < 1:
            style += f";transform:scaleX({fitted.stretch:.4f})"
        return f'<p class="name" style="{style}">{self._inline(name, f"{section}.face")}</p>'

    def _masthead(self, block: Masthead) -> str:
        name = self._name(block.name, "masthead", self.layout.measure)
        issue = self._inline(block.issue, "masthead.issue_face")
        return f'<div class="masthead">{name}<p class="issue">{issue}</p>{self._issuer(block)}</div>'

    def _letterhead(self, block: LetterHead) -> str:
        name = self._name(block.issuer, "letter", self.layout.points("letter.rule_length"))
        number = f'<p class="docnum">{self._inline(block.number, "body.face")}</p>' if block.number else ""
        rules = '<div class="rules"></div><div class="rules foot"></div>'
        return f'<div class="letterhead">{name}{rules}{number}</div>'

    def _redhead(self, block: RedHead, form: Form) -> str:
        section = "minutes" if form is Form.MINUTES else "redhead"
        lines = tuple(printable(line).replace("\n", "") for line in block.lines)
        fitted = fit_mark(self.ruler, lines, section)
        mark = "".join(self._red_line(line, section, fitted) for line in lines)
        number = f'<p class="numbered">{self._inline(block.number, "body.face")}</p>'
        line = '<div class="redline"></div>'
        return f'<div class="redhead">{mark}{number}{self._issuer(block)}{line}</div>'

    def _issuer(self, block: Masthead | RedHead) -> str:
        """The line of issuer and date, where there is one."""
        if not block.issuer and not block.dated_on:
            return ""
        issuer = self._inline(block.issuer, "masthead.line_face")
        date = self._inline(block.dated_on, "masthead.line_face")
        size = fit_line(self.ruler, block)
        return f'<div class="issuer" style="font-size:{size:g}pt"><p>{issuer}</p><p>{date}</p></div>'

    def _heading(self, block: Heading, ties: Ties) -> str:
        level = min(max(block.level, 1), 4)
        text = self._inline(block.text, f"heading.face_{level}")
        return f'<h{level + 1} class="h{level}{_tied(ties)}">{text}</h{level + 1}>'

    # --- tables and figures -------------------------------------------------------------------

    def _table(self, block: Table) -> str:
        room = self.layout.depth if block.landscape else self.layout.measure
        fitting = fit_table(self.ruler, block, room)
        columns = "".join(f'<col style="width:{width:.3f}pt">' for width in fitting.widths)
        head = "".join(self._row(row, block, "th") for row in grid(block.head))
        last = len(block.rows) - block.totals
        tall = tall_rows(self.ruler, block, fitting)
        rows = [
            self._row(row, block, "td", total=number >= last, hold=_hold(number, len(block.rows), tall))
            for number, row in enumerate(grid(block.rows))
        ]
        caption = (
            f'<p class="caption">{self._inline(block.caption, "table.caption_face")}</p>'
            if block.caption
            else ""
        )
        note = f'<p class="tablenote">{self._inline(block.note, "table.face")}</p>' if block.note else ""
        table = (
            f'<table style="font-size:{fitting.size:g}pt"><colgroup>{columns}</colgroup>'
            f"{f'<thead>{head}</thead>' if head else ''}<tbody>{''.join(rows)}</tbody></table>"
        )
        return f'<div class="tabular">{caption}{table}{note}</div>'

    def _row(self, row: PlacedRow, table: Table, tag: str, *, total: bool = False, hold: str = "") -> str:
        part = self.layout.text(
            "table.head_face" if tag == "th" else "table.total_face" if total else "table.face"
        )
        classes = " ".join(name for name in ("total" if total else "", hold) if name)
        cells = []
        for column, cell in row:
            side = _SIDES[alignment(cell, column, table, head=tag == "th")]
            span = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            span += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            room = cell.lines * self.layout.pitch - 2 * self.layout.points("table.padding")
            height = f' style="height:{room:.3f}pt"' if cell.lines else ""
            # Where a table has no head, as forms have none, what begins a row says what is in it.
            begins = not table.head and column == 0 and len(row) > 1
            name, scope = ("th", ' scope="row"') if begins else (tag, "")
            text = self._in_part(printable(cell.text), part)
            cells.append(f"<{name}{scope}{side}{span}{height}>{text}</{name}>")
        named = f' class="{classes}"' if classes else ""
        return f"<tr{named}>{''.join(cells)}</tr>"

    def _figure(self, block: Figure) -> str:
        caption = self._inline(block.caption, "table.caption_face")
        alt = escape(printable(block.alt))
        return f'<div class="figure"><img src="{self.figure(block)}" alt="{alt}"><p>{caption}</p></div>'

    def _pictures(self, block: Pictures) -> str:
        row = fit_photos(self.layout, block)
        pieces = []
        for picture, size in zip(block.pictures, row.sizes, strict=True):
            image = ""
            if picture.digest:
                style = f"width:{size.width:.3f}pt;height:{size.height:.3f}pt"
                alt = escape(printable(picture.alt))
                image = f'<img src="{photo_address(picture.digest)}" style="{style}" alt="{alt}">'
            caption = self._inline(picture.caption, "photo.caption_face")
            pieces.append(f'<div style="width:{row.column:.3f}pt">{image}<p>{caption}</p></div>')
        return f'<div class="photos">{"".join(pieces)}</div>'

    # --- the end of a document ----------------------------------------------------------------

    def _attachments(self, block: Attachments) -> str:
        """附件说明: wrapped lines begin below the first character of the name."""
        indent = self.layout.points("body.indent")
        hang = indent + self.ruler.body("附件：" + ("1." if len(block.names) > 1 else ""))
        lines = []
        for number, name in enumerate(block.names, 1):
            label = ("附件：" if number == 1 else "") + (f"{number}." if len(block.names) > 1 else "")
            style = f"padding-left:{hang:.3f}pt;text-indent:{-self.ruler.body(label):.3f}pt"
            lines.append(f'<p style="{style}">{self._inline(label + name, "body.face")}</p>')
        return f'<div class="attachments">{"".join(lines)}</div>'

    def _attendance(self, block: Attendance) -> str:
        """出席：wrapped lines begin below the first character of the names."""
        label = f"{block.label}："
        hang = self.layout.points("body.indent") + self.ruler.body(printable(label))
        style = f"padding-left:{hang:.3f}pt;text-indent:{-self.ruler.body(printable(label)):.3f}pt"
        words = f"<b>{self._inline(label, 'attendance.face')}</b>{self._runs(block.names)}"
        return f'<p class="attendance" style="{style}">{words}</p>'

    def _signature(self, block: Signature) -> str:
        signed = place_signature(self.ruler, block)
        issuer = "<br>".join(self._inline(line, "body.face") for line in signed.issuer)
        date = self._inline(block.dated_on, "body.face")
        return (
            f'<div class="{"sealed" if block.sealed else "signed"}">'
            f'<p style="padding-right:{signed.issuer_right:.3f}pt">{issuer}</p>'
            f'<p style="padding-right:{signed.date_right:.3f}pt">{date}</p></div>'
        )

    def _imprint(self, block: Imprint, form: Form) -> str:
        """版记. The first copy is invisible and takes the room; the second stands at the page's foot."""
        rows = []
        for line in block.lines:
            label = printable(f"{line.label}：")
            hang = self.ruler.width(
                self.layout.text("imprint.face"), label, self.layout.points("imprint.size")
            )
            text = self._inline(f"{line.label}：{line.text}", "imprint.face")
            rows.append(
                f'<p class="to" style="margin-left:{hang:.3f}pt;text-indent:{-hang:.3f}pt">{text}</p>'
            )
        if block.issuer or block.printed_on:
            issuer = self._inline(block.issuer, "imprint.face")
            printed = self._inline(block.printed_on, "imprint.face")
            rows.append(f'<div class="printed"><p>{issuer}</p><p>{printed}</p></div>')
        if block.copies:
            rows.append(f'<p class="copies">{self._inline(block.copies, "imprint.face")}</p>')
        name = "imprint bare" if form is Form.LETTER else "imprint"
        inner = "".join(rows)
        copies = (f'<div class="{name} {copy}">{inner}</div>' for copy in ("ghost", "foot"))
        return f'<div class="room">{"".join(copies)}</div>'


def photo_address(digest: str) -> str:
    """The address under which a photo's bytes are held."""
    return f"photo:{digest}.jpg"


def _tied(ties: Ties) -> str:
    """The classes of what keeps a signature company."""
    return (" company" if ties.last else "") + (" back" if ties.back else "")


def family(name: str) -> str:
    """The CSS declaration for a face."""
    return f"font-family:&quot;{escape(name)}&quot;"


def _spaced(text: str) -> str:
    """Several spaces in a row, which HTML would make one, made to stay."""
    return text.replace("  ", "\u00a0 ").replace("  ", "\u00a0 ")


def _hold(number: int, rows: int, tall: frozenset[int]) -> str:
    """The class of rows that may be broken, and of those not to be parted: the first and the last two."""
    if number in tall:
        return "tall"
    if number == 0 and rows > 1:
        return "hold"
    return "with" if number == rows - 1 and rows > 1 else ""
