"""Reads the markup that a template yields into blocks, strictly: whatever is not understood is an error.

Headings, tables, figures and annexes are numbered here, so that a part that a week does not need leaves no
gap, and <ref> names them by those numbers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from campaign.compose.blanks import restore
from campaign.compose.blocks import (
    Addressee,
    Annex,
    Attachments,
    Attendance,
    Block,
    Figure,
    FormLine,
    Heading,
    Imprint,
    ImprintLine,
    Inline,
    LetterHead,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    RedHead,
    Run,
    Signature,
    Table,
    Title,
    text_of,
)
from campaign.compose.charting import chart
from campaign.compose.complaints import suggestion
from campaign.compose.filters import chinese_number
from campaign.compose.marks import break_mark
from campaign.compose.nodes import Node, read
from campaign.compose.tables import table
from campaign.compose.titles import break_title
from campaign.compose.vocabulary import HEADINGS


def parse(markup: str, template: str, words: Sequence[str] = ()) -> tuple[Block, ...]:
    """The blocks of a document. `words` are those that a title must not tear."""
    tree = read(markup, template)
    _check_order(tree.children)
    builder = _Builder(_references(tree.children), words)
    return tuple(block for node in tree.children for block in builder.build(node))


@dataclass(slots=True)
class _Builder:
    """Builds one block after the other; remembers how far the headings have been counted."""

    references: Mapping[str, str]
    words: Sequence[str]
    counts: list[int] = field(default_factory=lambda: [0] * len(HEADINGS))
    annexes: tuple[str, ...] = ()

    def build(self, node: Node) -> Iterable[Block]:
        """The block of one tag of the outermost level; none for an empty list of attachments."""
        if node.tag in HEADINGS:
            return [self.heading(node)]
        if node.tag == "attachments":
            names = tuple(a.attribute("title") for a in _siblings(node, "annex"))
            return [Attachments(names)] if names else []
        if node.tag == "annex":
            self.counts = [0] * len(HEADINGS)
            label = self.references[node.attribute("id")]
            return [Annex(label, node.attribute("title"))]
        builders: Mapping[str, Callable[[Node], Block]] = {
            "masthead": _masthead,
            "letterhead": _letterhead,
            "redhead": self.redhead,
            "title": self.title,
            "addressee": lambda n: Addressee(self.words_of(n)),
            "p": self.paragraph,
            "table": self.table,
            "chart": self.figure,
            "photos": self.pictures,
            "signature": _signature,
            "note": lambda n: Note(self.words_of(n)),
            "attendance": lambda n: Attendance(n.attribute("label"), self.inline(n)),
            "cut": lambda n: FormLine(self.words_of(n)),
            "imprint": _imprint,
            "pagebreak": lambda _: PageBreak(),
        }
        return [builders[node.tag](node)]

    def heading(self, node: Node) -> Heading:
        """一、 （一） 1. （1） (GB/T 9704-2012 7.3.3)."""
        level = HEADINGS.index(node.tag) + 1
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (len(HEADINGS) - level)
        count = self.counts[level - 1]
        number = (
            f"{chinese_number(count)}、" if level == 1 else f"（{chinese_number(count)}）",
            f"{count}." if level == len(HEADINGS) - 1 else f"（{count}）",
        )[level > _CHINESE_LEVELS]
        return Heading(level, number + self.words_of(node))

    def redhead(self, node: Node) -> RedHead:
        """The mark of the issuing office, in two lines where it is long and says where it may be broken."""
        units = [""]
        for piece in node.pieces():
            if isinstance(piece, str):
                units[-1] += restore(piece.strip(" "))
            else:
                units.append("")
        return RedHead(break_mark(units), *(node.attribute(name) for name in ("number", "issuer", "date")))

    def title(self, node: Node) -> Title:
        """The title, broken into lines."""
        lines: list[list[str]] = [[""]]
        for piece in node.pieces():
            if isinstance(piece, str):
                lines[-1][-1] += restore(piece.strip(" "))
            elif piece.tag == "br":
                lines.append([""])
            else:
                lines[-1].append("")
        if not all("".join(units) for units in lines):
            raise node.wrong("标题里有空行")
        return Title(break_title(lines, self.words))

    def paragraph(self, node: Node) -> Paragraph:
        """A paragraph of the text."""
        return Paragraph(self.inline(node), indent=node.choice("indent") == "yes")

    def table(self, node: Node) -> Table:
        """A table, its number put before its caption."""
        caption = node.only("caption")
        words = self.words_of(caption) if caption else ""
        number = self.references.get(_key(node), "")
        remark = node.only("remark")
        return table(
            node,
            caption=f"{number}　{words}" if number else words,
            note=self.words_of(remark) if remark else "",
            words=self.words_of,
        )

    def figure(self, node: Node) -> Figure:
        """A chart with its caption."""
        caption, alt = node.only("caption"), node.only("alt")
        if caption is None or alt is None:
            raise node.wrong("<chart> 要有 <caption>（图题）和 <alt>（用文字说明图意）")
        number = self.references[_key(node)]
        return Figure(f"{number}　{self.words_of(caption)}", self.words_of(alt), chart(node))

    def pictures(self, node: Node) -> Pictures:
        """Photos side by side."""
        photos = tuple(self.picture(photo) for photo in node.named("photo"))
        if not 1 <= len(photos) <= _MOST_PHOTOS:
            raise node.wrong(f"<photos> 里放1至{_MOST_PHOTOS}个 <photo>，这里有{len(photos)}个")
        return Pictures(photos)

    def picture(self, node: Node) -> Picture:
        """One photo, or the words in its place."""
        caption = self.words_of(node)
        if not node.attribute("of"):
            return Picture(caption)
        sizes = [node.attribute(name) for name in ("width", "height")]
        if not all(size.isdecimal() and int(size) for size in sizes):
            raise node.wrong("<photo> 写了 of，就要写 width 和 height（照片的宽和高，像素）")
        if not node.attribute("alt"):
            raise node.wrong("<photo> 要写 alt（用文字说明照片上是什么）")
        return Picture(caption, node.attribute("alt"), node.attribute("of"), *map(int, sizes))

    def words_of(self, node: Node) -> str:
        """The words of a tag without their manner."""
        return text_of(self.inline(node))

    def inline(self, node: Node) -> Inline:
        """The runs of a tag, white space at both ends left out, neighbours of one manner joined."""
        runs: list[Run] = []
        for run in self._stretches(node, strong=False):
            if runs and replace(run, text="") == replace(runs[-1], text=""):
                runs[-1] = replace(run, text=runs[-1].text + run.text)
            elif run.text:
                runs.append(run)
        if runs:
            runs[0] = replace(runs[0], text=runs[0].text.lstrip(" "))
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
        inline = tuple(replace(run, text=restore(run.text)) for run in runs if run.text)
        if node.tag in ("td", "th"):
            return inline
        return tuple(replace(run, text=run.text.replace("\n", " ")) for run in inline)

    def _stretches(self, node: Node, *, strong: bool) -> Iterable[Run]:
        for piece in node.pieces():
            if isinstance(piece, str):
                yield Run(piece, strong)
            elif piece.tag == "ref":
                yield Run(self._reference(piece), strong)
            elif piece.tag == "br":
                yield Run("\ufdd0", strong)
            elif piece.tag == "blank":
                yield Run(_GAP * piece.count("length"), strong, blank=True)
            else:
                yield from self._stretches(piece, strong=True)

    def _reference(self, node: Node) -> str:
        target = node.attribute("to")
        if target not in self.references:
            raise node.wrong(f"没有 id 为“{target}”的表、图或附件{suggestion(target, self.references)}")
        return self.references[target]


_CHINESE_LEVELS = 2
_GAP = "\u3000"  # a full-width space: one character of a blank
_MOST_PHOTOS = 3
_AFTER_TEXT = ("attachments", "signature", "attendance", "annex", "imprint", "cut")


def _siblings(node: Node, tag: str) -> tuple[Node, ...]:
    parent = node.element.getparent()
    return Node(parent, node.template).named(tag) if parent is not None else ()


def _key(node: Node) -> str:
    """What a numbered node is remembered by: its id, or its place in the document where it has none."""
    parent = node.element.getparent()
    place = parent.index(node.element) if parent is not None else 0
    return node.attribute("id") or f"#{place}"


def _references(nodes: Sequence[Node]) -> dict[str, str]:
    """The number of every table, figure and annex, by its key."""
    found: dict[str, str] = {}
    annexes = sum(node.tag == "annex" for node in nodes)
    counts = {"表": 0, "图": 0, "附件": 0}
    for node in nodes:
        label = _label(node)
        if not label:
            continue
        if _key(node) in found:
            raise node.wrong(f"id“{_key(node)}”已经用过")
        counts[label] += 1
        alone = label == "附件" and annexes == 1
        found[_key(node)] = label if alone else f"{label}{counts[label]}"
    return found


def _label(node: Node) -> str:
    if node.tag == "table":
        return "表" if node.only("caption") and node.choice("numbered") == "yes" else ""
    return {"chart": "图", "annex": "附件"}.get(node.tag, "")


def _check_order(nodes: Sequence[Node]) -> None:
    """No heading without text under it, no annex that the text does not list."""
    for node, following in pairwise((*nodes, None)):
        if node is not None and node.tag in HEADINGS and _ends(node, following):
            raise node.wrong("标题下面没有内容；这一部分没有可写的，请连同标题一起省去，或写一句说明")
    tags = [node.tag for node in nodes]
    if "annex" in tags and "attachments" not in tags:
        raise nodes[tags.index("annex")].wrong("有附件，却没有写附件说明 <attachments/>")


def _ends(heading: Node, following: Node | None) -> bool:
    if following is None or following.tag in _AFTER_TEXT:
        return True
    return following.tag in HEADINGS and following.tag <= heading.tag


def _masthead(node: Node) -> Block:
    return Masthead(*(node.attribute(name) for name in ("name", "issue", "issuer", "date")))


def _letterhead(node: Node) -> Block:
    return LetterHead(node.attribute("issuer"), node.attribute("number"))


def _signature(node: Node) -> Block:
    sealed = node.choice("sealed") == "yes"
    return Signature(node.attribute("issuer"), node.attribute("date"), sealed=sealed)


def _imprint(node: Node) -> Block:
    lines = tuple(ImprintLine(line.attribute("label"), line.text()) for line in node.named("line"))
    return Imprint(lines, *(node.attribute(name) for name in ("issuer", "date", "copies")))
