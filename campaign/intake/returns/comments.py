"""The comments of one sheet: their texts (xl/comments*.xml) and the boxes they are shown in (VML).

A comment that stands there keeps its text, form and box; ours is put behind it. Excel shows only comments
that have a box, and the only form it takes is the VML of 2003.
"""

import re
from math import ceil

from lxml import etree
from openpyxl.utils import get_column_letter

from campaign.intake.returns.cells import Cells, address
from campaign.intake.returns.marks import COMMENT_MARK, own_words
from campaign.intake.returns.package import LINKS, MAIN, Element, Package, name, new_root
from campaign.workbooks import clean

_VML, _OFFICE, _EXCEL = (
    f"urn:schemas-microsoft-com:{part}" for part in ("vml", "office:office", "office:excel")
)
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AUTHOR = "校验意见"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WIDTH, _LINE, _SIGNS = 260, 17, 21  # pixels of a box, of a line, and Chinese characters in a line
_HIGHEST = 420

_EMPTY_DRAWING = f"""<xml xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}">\
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>\
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
_BOX = f"""<v:shape xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}" id="_x0000_s{{number}}" \
type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{_WIDTH}px;\
height:{{height}}px;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">\
<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>\
<x:Row>{{row}}</x:Row><x:Column>{{column}}</x:Column></x:ClientData></v:shape>"""
_SHAPE_NUMBER = re.compile(r"_x0000_s(\d+)")


class Comments:
    """The comments of a sheet part, made where it has none yet."""

    def __init__(self, package: Package, sheet: str, cells: Cells) -> None:
        self._package, self._sheet, self._cells = package, sheet, cells
        texts = list(package.related(sheet, "comments").values())
        self._texts = package.tree(texts[0]) if texts else None
        self._by_place = {} if self._texts is None else {c.get("ref", ""): c for c in self._list()}
        legacy = cells.root.find(name("legacyDrawing"))
        drawing = "" if legacy is None else legacy.get(name("id", LINKS), "")
        drawings = package.related(sheet, "vmlDrawing")
        self._drawing = package.tree(drawings[drawing]) if drawing else None
        self._last_box = max(self._numbers(), default=1024)

    def unmark(self) -> list[tuple[int, int]]:
        """Take our words out of all comments; the cells that had any are returned."""
        ours = []
        for comment in [] if self._texts is None else list(self._list()):
            text = comment_text(comment)
            if COMMENT_MARK not in text:
                continue
            place = address(comment.get("ref", ""))
            ours.append(place)
            if own_words(text):
                _clear_marks(comment)
            else:
                self._list().remove(comment)
                del self._by_place[comment.get("ref", "")]
                self._remove_box(*place)
        return ours

    def write(self, row: int, column: int, text: str) -> None:
        """Write a comment at a cell, behind the one that is there."""
        place = f"{get_column_letter(column)}{row}"
        text = clean(text)
        if place in self._by_place:
            _append_text(self._by_place[place], text)
            return
        own = etree.SubElement(self._list(), name("comment"), {"ref": place, "authorId": self._author()})
        self._by_place[place] = own
        _set_text(own, text)
        self._add_box(row, column, text)

    def _list(self) -> Element:
        if self._texts is None:
            self._texts = new_root("comments", MAIN)
            etree.SubElement(self._texts, name("authors"))
            etree.SubElement(self._texts, name("commentList"))
            part = self._package.free("xl/comments{}.xml")
            self._package.put(part, self._texts, _COMMENTS_TYPE)
            self._package.relate(self._sheet, "comments", part)
        found = self._texts.find(name("commentList"))
        return found if found is not None else etree.SubElement(self._texts, name("commentList"))

    def _author(self) -> str:
        self._list()
        authors = None if self._texts is None else self._texts.find(name("authors"))
        if authors is None:
            return "0"
        names = [author.text for author in authors]
        if _AUTHOR not in names:
            etree.SubElement(authors, name("author")).text = _AUTHOR
            names.append(_AUTHOR)
        return str(names.index(_AUTHOR))

    def _boxes(self) -> Element:
        if self._drawing is None:
            self._drawing = etree.fromstring(_EMPTY_DRAWING)
            part = self._package.free("xl/drawings/vmlDrawing{}.vml")
            self._package.put(part, self._drawing, _DRAWING_TYPE, "vml")
            self._cells.set_comments(self._package.relate(self._sheet, "vmlDrawing", part))
        return self._drawing

    def _numbers(self) -> list[int]:
        shapes = [] if self._drawing is None else list(self._drawing.iter(name("shape", _VML)))
        found = [_SHAPE_NUMBER.fullmatch(shape.get("id", "")) for shape in shapes]
        return [int(match[1]) for match in found if match]

    def _add_box(self, row: int, column: int, text: str) -> None:
        self._last_box += 1
        lines = sum(ceil((len(line) + 1) / _SIGNS) for line in text.split("\n"))
        box = _BOX.format(
            number=self._last_box,
            height=min(_LINE * (lines + 1), _HIGHEST),
            row=row - 1,
            column=column - 1,
        )
        self._boxes().append(etree.fromstring(box))

    def _remove_box(self, row: int, column: int) -> None:
        if self._drawing is None:
            return
        for shape in list(self._drawing.iter(name("shape", _VML))):
            data = shape.find(name("ClientData", _EXCEL))
            if data is None or data.get("ObjectType") != "Note":
                continue
            there = (data.findtext(name("Row", _EXCEL)), data.findtext(name("Column", _EXCEL)))
            parent = shape.getparent()
            if there == (str(row - 1), str(column - 1)) and parent is not None:
                parent.remove(shape)


def comment_text(comment: Element) -> str:
    """The bare text of a comment; readings of characters (rPh) are no text."""
    return "".join(
        t.text or ""
        for t in comment.iter(name("t"))
        if (parent := t.getparent()) is None or parent.tag != name("rPh")
    )


def _set_text(comment: Element, text: str) -> None:
    for child in list(comment.findall(name("text"))):
        comment.remove(child)
    holder = etree.Element(name("text"))
    comment.insert(0, holder)
    _add_run(holder, text)


def _append_text(comment: Element, text: str) -> None:
    holder = comment.find(name("text"))
    if holder is None:
        _set_text(comment, text)
        return
    bare = holder.find(name("t"))
    if bare is not None:  # Excel takes either bare text or runs
        holder.remove(bare)
        _add_run(holder, bare.text or "", 0)
    runs = holder.findall(name("r"))
    place = holder.index(runs[-1]) + 1 if runs else 0
    _add_run(holder, ("\n" if runs else "") + text, place)


def _clear_marks(comment: Element) -> None:
    """Leave what the office wrote, in its own form where our words are runs of their own."""
    for run in list(comment.iter(name("r"))):
        own = run.find(name("t"))
        parent = run.getparent()
        if own is None or parent is None or COMMENT_MARK not in (own.text or ""):
            continue
        own.text = own_words(own.text or "")
        if not own.text:
            parent.remove(run)
    if COMMENT_MARK in comment_text(comment):
        _set_text(comment, own_words(comment_text(comment)))


def _add_run(holder: Element, text: str, place: int | None = None) -> None:
    run = etree.Element(name("r"))
    holder.insert(len(holder) if place is None else place, run)
    own = etree.SubElement(run, name("t"))
    own.set(_SPACE, "preserve")
    own.text = text
