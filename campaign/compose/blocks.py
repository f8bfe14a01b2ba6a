"""The blocks of an official document (公文): the one source of PDF and Word.

A template yields blocks, the renderers consume them, and nothing else passes between the two. The parts and
their order are those of GB/T 9704-2012 chapter 7; the bulletin's head (简报报头) follows office practice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from campaign.records import CellRef


class Form(StrEnum):
    """The shape of the first page."""

    BULLETIN = "bulletin"  # 简报: red name, issue number, issuer left and date right, red line
    LETTER = "letter"  # 信函 (GB/T 9704 10.1)
    RED = "red"  # 文件: red mark, document number, red line (GB/T 9704 7.2)
    MINUTES = "minutes"  # 纪要 (GB/T 9704 10.3)
    PLAIN = "plain"  # reports and annexes: no red head


class Align(StrEnum):
    """How a table column's cells are set."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner. `strong` is set in 黑体; `blank` is a ruled gap of full-width spaces,
    to be filled in by hand.
    """

    text: str
    strong: bool = False
    blank: bool = False


Inline = tuple[Run, ...]


def text_of(inline: Inline) -> str:
    """The bare text of some runs."""
    return "".join(run.text for run in inline)


@dataclass(frozen=True, slots=True)
class Masthead:
    """报头 of a bulletin: red name, 第N期 (and 总第N期), issuer left, date right, red line beneath."""

    name: str
    issue: str
    issuer: str
    dated_on: str


@dataclass(frozen=True, slots=True)
class LetterHead:
    """Head of a letter: issuer's mark in red over a double rule, the document number right below it."""

    issuer: str
    number: str


@dataclass(frozen=True, slots=True)
class RedHead:
    """版头 of a red-headed document or of minutes: the mark in red, its upper edge 35 mm below that of the
    type area, the number two lines below it, a red line 4 mm below that (GB/T 9704 7.2.4-7, 10.3).

    A name too long for one line has two; minutes have a line with issuer and date above the red one.
    """

    lines: tuple[str, ...]
    number: str
    issuer: str = ""
    dated_on: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """标题, one string per line; the lines are broken where sense breaks (GB/T 9704 7.3.1)."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送机关, with its full-width colon."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4 (一、 （一） 1. （1）), numbering included in the text."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """正文, two characters in."""

    runs: Inline
    indent: bool = True


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table; several lines of text are separated by newlines. Where `lines` is not 0, its row is
    at least so many lines of body text tall: room to write in by hand.
    """

    text: str
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None  # None: as the column
    lines: int = 0


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: relative width and alignment."""

    width: Decimal
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption above. `head` rows repeat on every page; the last `totals` rows are set bold.
    `landscape` puts it on pages of its own, turned.
    """

    caption: str
    columns: tuple[TableColumn, ...]
    head: tuple[tuple[TableCell, ...], ...]
    rows: tuple[tuple[TableCell, ...], ...]
    totals: int = 0
    note: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars; None is a gap, not zero. A `dashed` line tells what is expected, not what
    is known, and runs on over gaps.
    """

    name: str
    values: tuple[Decimal | None, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A day marked on a chart's calendar, a deadline for one."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure's data: the renderers draw it. kind: bar | line | stacked | calendar.

    On a calendar each label has its day in `dates`, and stands where the day does; `marks` are drawn across.
    """

    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str  # of the value axis, e.g. 件 or %
    dates: tuple[date, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption below and a text that says the same in words, for those who cannot see it."""

    caption: str
    alt: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo with its caption below and a text that says what it shows. `digest` is its file's SHA-256, ""
    where there is none and the caption stands alone; width and height are pixels.
    """

    caption: str
    alt: str = ""
    digest: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photos side by side, before and after; never parted by a page's end."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Attachments:
    """附件说明: names only, no punctuation after them."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期; never alone on a page. `sealed` leaves room for a seal."""

    issuer: str
    dated_on: str
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """附注, in brackets."""

    text: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """出席, 请假 or 列席 of minutes: the label in 黑体, then the names; wrapped lines begin below the first
    character of the names (GB/T 9704 10.3).
    """

    label: str
    names: Inline


@dataclass(frozen=True, slots=True)
class Annex:
    """附件 on a new page: label flush left in 黑体, title centred on the third line."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class FormLine:
    """A cut line with its words, as between a notice and its receipt; what follows stays on one page."""

    text: str


@dataclass(frozen=True, slots=True)
class ImprintLine:
    """One line of the imprint: label (报, 送, 发, 抄送) and names."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 at the foot of the last page."""

    lines: tuple[ImprintLine, ...]
    issuer: str = ""
    printed_on: str = ""
    copies: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = (
    Masthead
    | LetterHead
    | RedHead
    | Title
    | Addressee
    | Heading
    | Paragraph
    | Table
    | Figure
    | Pictures
    | Attachments
    | Signature
    | Note
    | Attendance
    | Annex
    | FormLine
    | Imprint
    | PageBreak
)


class Relation(StrEnum):
    """What an embedded file is to the document it is embedded in (ISO 19005-3, 6.8)."""

    DATA = "data"  # the figures that the document states
    SOURCE = "source"  # what it was made from
    SUPPLEMENT = "supplement"  # what goes with it


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file of the week, by its path in the week's folder, that the PDF of a document carries within."""

    path: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Document:
    """One document: what it is, what its file is called, and its blocks in order.

    `draft` prints 草稿 across the pages. `sources` tells the cell of each text that came from a workbook, so
    that a character no font has can be reported at its cell. `photos` are the bytes (JPEG) of the photos it
    shows, by digest; they make no document another one. `embeds` names the files that its PDF carries.
    """

    genre: str  # bulletin, interview_notice, summary …
    name: str  # file stem: 第5期周通报
    title: str
    form: Form
    dated_on: date
    blocks: tuple[Block, ...]
    draft: bool = True
    sources: tuple[tuple[str, CellRef], ...] = field(default=(), repr=False)
    photos: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    embeds: tuple[Embedded, ...] = ()

    def outline(self) -> str:
        """The document as text, one block (or table row) per line with its kind: what a test compares."""
        return "\n".join(f"{kind} | {text}" for kind, text in self.lines())

    def lines(self) -> Iterator[tuple[str, str]]:
        """Kind and text of each printed piece, in reading order."""
        for block in self.blocks:
            yield from _lines(block)


def _lines(block: Block) -> Iterator[tuple[str, str]]:  # noqa: C901, PLR0912 - one case per kind of block
    match block:
        case Masthead() | LetterHead() | RedHead():
            yield from _head_lines(block)
        case Title():
            yield "标题", "\n".join(block.lines).replace("\n", "⏎")
        case Addressee():
            yield "主送", block.text
        case Heading():
            yield f"标题{block.level}", block.text
        case Paragraph():
            yield "正文", text_of(block.runs)
        case Table():
            if block.caption:
                yield "表题", block.caption
            for row in block.head:
                yield "表头", "\t".join(cell.text.replace("\n", "⏎") for cell in row)
            for row in block.rows:
                yield "表", "\t".join(cell.text.replace("\n", "⏎") for cell in row)
            if block.note:
                yield "表注", block.note
        case Figure():
            yield "图", block.caption
        case Pictures():
            yield from (("照片", picture.caption) for picture in block.pictures)
        case Attachments():
            for n, name in enumerate(block.names, 1):
                number = f"{n}." if len(block.names) > 1 else ""
                yield "附件说明", f"附件：{number}{name}" if n == 1 else f"{number}{name}"
        case Signature():
            yield "署名", block.issuer
            yield "日期", block.dated_on
        case Note():
            yield "附注", f"（{block.text}）"
        case Attendance():
            yield "名单", f"{block.label}：{text_of(block.names)}"
        case Annex():
            yield "附件", block.label
            yield "附件标题", block.title
        case FormLine():
            yield "裁切线", block.text
        case Imprint():
            for line in block.lines:
                yield "版记", f"{line.label}：{line.text}"
            if block.issuer or block.printed_on:
                yield "印发", f"{block.issuer}\t{block.printed_on}"
            if block.copies:
                yield "印数", block.copies
        case PageBreak():
            yield "分页", ""


def _head_lines(block: Masthead | LetterHead | RedHead) -> Iterator[tuple[str, str]]:
    match block:
        case Masthead():
            yield "报头", block.name
            yield "期号", block.issue
            yield "编印", f"{block.issuer}\t{block.dated_on}"
        case LetterHead():
            yield "信头", block.issuer
            if block.number:
                yield "文号", block.number
        case RedHead():
            yield "标志", "⏎".join(block.lines)
            yield "文号", block.number
            if block.issuer or block.dated_on:
                yield "编印", f"{block.issuer}\t{block.dated_on}"
