"""Does a Word file, does a PDF say what the document says? Word block by block, PDF in reading order.

`assert_word_equals` holds the paragraphs and table rows of a Word file against `Document.lines()`; each
paragraph's style tells its kind. `assert_pdf_contains` finds every line of the document, white space removed,
in order in the PDF's text, once page numbers and draft marks are taken off the pages.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from pypdf import PdfReader

from campaign.compose.blocks import Document
from campaign.render.text import printable

KINDS = {
    "MastheadName": "报头",
    "IssueNumber": "期号",
    "IssuerLine": "编印",
    "LetterName": "信头",
    "RedMark": "标志",
    "MinutesMark": "标志",
    "RedNumber": "文号",
    "MinutesNumber": "文号",
    "DocumentNumber": "文号",
    "Title": "标题",
    "TitlePlain": "标题",
    "TitleSlip": "标题",
    "Addressee": "主送",
    "Heading1": "标题1",
    "Heading2": "标题2",
    "Heading3": "标题3",
    "Heading4": "标题4",
    "Body": "正文",
    "Flush": "正文",
    "TableCaption": "表题",
    "TableNote": "表注",
    "FigureCaption": "图",
    "PhotoCaption": "照片",
    "AttachmentFirst": "附件说明",
    "AttachmentMore": "附件说明",
    "Issuer": "署名",
    "SealedIssuer": "署名",
    "DateLine": "日期",
    "Remark": "附注",
    "AttendanceFirst": "名单",
    "AttendanceMore": "名单",
    "AnnexLabel": "附件",
    "AnnexTitle": "附件标题",
    "CutLine": "裁切线",
    "ImprintTo": "版记",
    "ImprintPrinted": "印发",
    "ImprintCopies": "印数",
}
SILENT = {
    "Picture",
    "Photo",
    "SectionEnd",
    "ImprintAnchor",
}  # styles of paragraphs that carry no text of the document

_ONE_LINE = {"报头", "信头", "署名", "印发"}  # kinds whose line breaks are the renderer's own

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FURNITURE = re.compile(r"(草稿)?(—\d+—)?$")


def word_lines(data: bytes) -> list[tuple[str, str]]:
    """Kind and text of each paragraph and table row of a Word file, in reading order, text boxes included."""
    with ZipFile(BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml")).find(f"{_W}body")
    assert body is not None
    return [line for child in body for line in _lines(child)]


def _lines(node: etree._Element) -> Iterator[tuple[str, str]]:
    if node.tag == f"{_W}p":
        style = _style(node)
        for box in node.iter(f"{_W}txbxContent"):
            for child in box:
                yield from _lines(child)
        if style not in SILENT:
            yield KINDS[style], _text(node, style)
    elif node.tag == f"{_W}tbl":
        style_node = node.find(f"{_W}tblPr/{_W}tblStyle")
        if style_node is None:  # the imprint's, which only draws the rules
            for paragraph in node.iter(f"{_W}p"):
                yield from _lines(paragraph)
            return
        for row in node.iter(f"{_W}tr"):
            head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            yield "表头" if head else "表", "\t".join(_cells(row))


def _cells(row: etree._Element) -> Iterator[str]:
    for cell in row.findall(f"{_W}tc"):
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merged is None or merged.get(f"{_W}val") == "restart":
            yield "\n".join(_text(p, _style(p)) for p in cell.findall(f"{_W}p"))


def _style(paragraph: etree._Element) -> str:
    node = paragraph.find(f"{_W}pPr/{_W}pStyle")
    assert node is not None, "a paragraph without style"
    return str(node.get(f"{_W}val"))


def _text(paragraph: etree._Element, style: str) -> str:
    text = "".join(
        {f"{_W}t": node.text or "", f"{_W}tab": "\t", f"{_W}br": "\n"}[str(node.tag)]
        for run in paragraph.iter(f"{_W}r")
        for node in run.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
    )
    if style == "CutLine":  # the tabs draw the dashes
        return text.strip("\t")
    if style in {"ImprintPrinted", "Issuer", "SealedIssuer"}:  # broken where it would not fit
        return text.replace("\n", "")
    return text


def expected_lines(document: Document) -> list[tuple[str, str]]:
    """The document's lines as they are to be found: printable, page breaks left out."""
    return [(kind, _expected(kind, text)) for kind, text in document.lines() if kind != "分页"]


def _expected(kind: str, text: str) -> str:
    shown = "\t".join(printable(word) for word in text.replace("⏎", "\n").split("\t"))
    return shown.replace("\n", "") if kind in _ONE_LINE else shown


def assert_word_equals(data: bytes, document: Document) -> None:
    """The Word file says exactly what the document says, line by line and kind by kind."""
    found = word_lines(data)
    wanted = expected_lines(document)
    for number, (one, other) in enumerate(zip(found, wanted, strict=False)):
        assert one == other, f"line {number}: the Word file has {one}, the document {other}"
    assert len(found) == len(wanted), f"the Word file has {len(found)} lines, the document {len(wanted)}"


def pdf_text(data: bytes) -> str:
    """The text of a PDF without white space, page numbers and draft marks."""
    pages = ("".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages)
    return "".join(_FURNITURE.sub("", page) for page in pages)


def assert_pdf_contains(data: bytes, document: Document) -> None:
    """Every line of the document is in the PDF, in order; a row broken between pages is sought by cells."""
    text, place = pdf_text(data), 0
    for kind, line in expected_lines(document):
        pieces = [line] if kind not in {"表", "表头"} or _squeezed(line) in text[place:] else line.split("\t")
        for piece in pieces:
            wanted = _squeezed(piece)
            at = text.find(wanted, place)
            assert at >= 0, f"{kind} “{piece}” is not in the PDF after “…{text[max(0, place - 20) : place]}”"
            place = at + len(wanted)


def _squeezed(text: str) -> str:
    return "".join(text.split())
