"""The markup as a tree that is known to keep to the vocabulary; each node can say where its tag stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from campaign.compose.blanks import fold, restore
from campaign.compose.complaints import wrong
from campaign.compose.vocabulary import (
    CHOICES,
    DOCUMENT,
    MAY_BE_EMPTY,
    POSITION,
    TAGS,
    unknown_attribute,
    unknown_tag,
)
from campaign.errors import TemplateError

_MARK = re.compile(rf'<([A-Za-z][-\w.]*) {POSITION}="([^"]*):(\d+)"')
_TAG = re.compile(r"</?[A-Za-z][-\w.]*")
_MISMATCH = re.compile(r"tag mismatch: ([-\w.]+) line \d+ and ([-\w.]+)")
_INDENTATION = re.compile(r" {2,}")  # what is left of a line break in an attribute's value


@dataclass(frozen=True, slots=True)
class Node:
    """One tag with what stands in it."""

    element: etree._Element
    template: str

    @property
    def tag(self) -> str:
        """The tag's name."""
        return str(self.element.tag)

    @property
    def children(self) -> tuple["Node", ...]:
        """The tags directly inside."""
        return tuple(Node(child, self.template) for child in self.element)

    def named(self, *tags: str) -> tuple["Node", ...]:
        """The tags of these names directly inside."""
        return tuple(child for child in self.children if child.tag in tags)

    def only(self, tag: str) -> "Node | None":
        """The one tag of this name, if there is one. Raises TemplateError where there are more."""
        found = self.named(tag)
        if len(found) > 1:
            raise found[1].wrong(f"<{self.tag}> 里只能有一个 <{tag}>")
        return found[0] if found else None

    def attribute(self, name: str) -> str:
        """An attribute's text, "" where it is not written."""
        return restore(_INDENTATION.sub("", self.element.get(name, "")).strip())

    def choice(self, name: str) -> str:
        """An attribute that takes one of a few words."""
        allowed = CHOICES[name]
        value = self.attribute(name) or allowed[0]
        if value not in allowed:
            raise self.wrong(f"{name} 只能写 {'、'.join(allowed)}，这里是“{value}”")
        return value

    def count(self, name: str) -> int:
        """An attribute that takes a whole number from 1; 1 where it is not written."""
        text = self.attribute(name) or "1"
        if not text.isdecimal() or int(text) < 1:
            raise self.wrong(f"{name} 要写正整数，这里是“{text}”")
        return int(text)

    def pieces(self) -> Iterator["str | Node"]:
        """Words and tags in order; the words folded but not yet restored."""
        if self.element.text:
            yield fold(self.element.text)
        for child in self.element:
            yield Node(child, self.template)
            if child.tail:
                yield fold(child.tail)

    def text(self) -> str:
        """The words of a tag that holds nothing else."""
        return restore("".join(p for p in self.pieces() if isinstance(p, str)).strip(" "))

    def wrong(self, what: str) -> TemplateError:
        """The error to raise for a mistake at this tag."""
        template, _, line = self.element.get(POSITION, "").rpartition(":")
        return wrong(template or self.template, int(line or 0), what)


def read(markup: str, template: str) -> Node:
    """The whole markup as a checked tree. Raises TemplateError at the first mistake."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True, load_dtd=False
    )
    try:
        root = etree.fromstring(f"<{DOCUMENT}>{markup}</{DOCUMENT}>", parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(error, markup, template) from error
    tree = Node(root, template)
    _check(tree)
    return tree


def _check(node: Node) -> None:
    """Hold everything inside a node against the vocabulary."""
    if node.tag not in TAGS or not TAGS[node.tag].text:
        _check_no_text(node)
    for child in node.children:
        if not isinstance(child.element.tag, str):
            raise node.wrong("不认识的写法（处理指令或实体）")
        _check_tag(child, node.tag)
        _check(child)


def _check_no_text(node: Node) -> None:
    before: Node | None = None
    for piece in node.pieces():
        if isinstance(piece, Node):
            before = piece
        elif stray := piece.strip():
            inside = "不在任何标签里" if node.tag == DOCUMENT else f"直接写在 <{node.tag}> 里"
            after = f"<{before.tag}> 后面" if before else ""
            raise (before or node).wrong(f"{after}有文字{inside}：{restore(stray)[:20]}")


def _check_tag(node: Node, parent: str) -> None:
    if node.tag not in TAGS:
        raise node.wrong(unknown_tag(node.tag))
    tag = TAGS[node.tag]
    if parent not in tag.inside:
        places = "、".join("最外层" if place == DOCUMENT else f"<{place}>" for place in tag.inside)
        where = "最外层" if parent == DOCUMENT else f"<{parent}> 里"
        raise node.wrong(f"<{node.tag}> 不能放在{where}，只能放在{places}")
    for name in map(str, node.element.attrib):
        if name != POSITION and name not in tag.attributes:
            raise node.wrong(unknown_attribute(node.tag, name))
    for name in tag.required:
        if not node.attribute(name):
            raise node.wrong(f"<{node.tag}> 缺少 {name}，或 {name} 是空的")
    if tag.text and tag.name not in MAY_BE_EMPTY and not len(node.element) and not node.text():
        raise node.wrong(f"<{node.tag}> 里没有内容")


def _unreadable(error: etree.XMLSyntaxError, markup: str, template: str) -> TemplateError:
    """Place and say what the XML reader could not read."""
    line, column = error.position
    lines = f"<{DOCUMENT}>{markup}</{DOCUMENT}>".split("\n")
    offset = sum(len(text) + 1 for text in lines[: line - 1]) + column - len(DOCUMENT) - 2
    before = list(_MARK.finditer(markup, 0, max(offset, 0)))
    place = before[-1] if before else None
    what = f"标签写法有误（{error.msg}）"
    if found := _MISMATCH.search(error.msg or ""):
        opened, closed = found.groups()
        place = _last_open(markup, offset) or place
        if opened == DOCUMENT:
            what = f"多了一个 </{closed}>"
        else:
            until = "文件结尾" if closed == DOCUMENT else f" </{closed}>"
            what = f"<{opened}> 没有用 </{opened}> 结束，就到了{until}"
    return wrong(place[2], int(place[3]), what) if place else wrong(template, 0, what)


def _last_open(markup: str, end: int) -> re.Match[str] | None:
    """The opening tag, before a place, that nothing has closed there."""
    waiting: list[re.Match[str]] = []
    for tag in _TAG.finditer(markup, 0, max(end, 0)):
        if tag[0].startswith("</"):
            if not waiting or f"</{waiting[-1][1]}" != tag[0]:
                break
            waiting.pop()
        elif (mark := _MARK.match(markup, tag.start())) and not _closes_itself(markup, tag.end()):
            waiting.append(mark)
    return waiting[-1] if waiting else None


def _closes_itself(markup: str, inside: int) -> bool:
    return markup.endswith("/>", 0, markup.find(">", inside) + 1)
