"""Every character prints, as typed, in both formats; one that cannot stops the press at its cell."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from campaign.compose.blocks import Chart, Figure, Form, Mark, Series, TableCell, Title
from campaign.errors import RenderError
from campaign.records import CellRef
from campaign.render import MissingGlyphError, Studio
from campaign.render.text import characters, needs_glyph, printable
from tests.render import documents as made
from tests.render.measure import sheets
from tests.support.parity import assert_pdf_contains, assert_word_equals, pdf_text, word_lines

RARE = "喆堃燊玥翀㛃𬭎䶮㎡"
MARKUP = '<b>&{{7*7}}</b> <img src="file:///etc/passwd"> &lt; "引号" \'a\' ]]> <!-- --> ${page.top}'


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("整改", "整改"),
        ("a\x00b\x07c\x1f", "abc"),
        ("第一行\r\n第二行\r第三行\x0b第四行", "第一行\n第二行\n第三行\n第四行"),
        ("零宽\u200b\ufeff空格", "零宽空格"),
        ("反\u202e转\u2066向", "反转向"),
        ("制表\t符\u2003宽", "制表 符 宽"),
        ("坏\ud800对\uffff", "坏对"),
        ("王  丰　㎡", "王  丰　㎡"),
    ],
)
def test_what_has_no_shape_is_left_out_and_the_rest_stays(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_spaces_and_selectors_need_no_glyph() -> None:
    assert not any(needs_glyph(c) for c in " 　\u00a0\n\t\ufe00\U000e0100\u200b\u202e")
    assert all(needs_glyph(c) for c in "一a。𬭎")


def test_characters_inside_charts_count() -> None:
    figure = Figure("图1", "说明", Chart("bar", ("甲街",), (Series("乙项", (Decimal(1),)),), "件"))
    assert set("甲街乙项件图") <= characters(made.document(figure))
    assert not set("说明") & characters(made.document(figure))  # read out, never drawn


def test_markup_and_template_code_come_out_as_typed(studio: Studio) -> None:
    cells = made.table("表<i>1</i>", ("<th>", "&amp;"), [(MARKUP, "{% raw %}")], "3l 1")
    document = made.document(Title((MARKUP,)), made.paragraph(MARKUP, strong="<script>"), cells)
    assert_pdf_contains(studio.pdf(document), document)
    assert_word_equals(studio.word(document), document)
    assert "{{7*7}}" in pdf_text(studio.pdf(document))


HOSTILE = (
    MARKUP,
    '{ INCLUDEPICTURE "http://example.invalid/x.png" }',
    '=HYPERLINK("file:///etc/passwd")',
    r"\\\\example.invalid\\share\\x.docx",
    "javascript:alert(1)",
    "url(file:///etc/passwd)",
    "</w:t></w:r><w:r><w:fldChar/>",
)


def test_links_in_cells_are_neither_followed_nor_kept(studio: Studio) -> None:
    """Everything stays text: no link, action, field or file comes of it."""
    document = made.document(
        Title(("附件",)),
        *(made.paragraph(text) for text in HOSTILE),
        made.table("", ("甲",), [(HOSTILE[2],)], "1"),
    )
    word, pdf = studio.word(document), studio.pdf(document)
    assert_word_equals(word, document)
    assert_pdf_contains(pdf, document)
    file = PdfReader(BytesIO(pdf))
    kinds = {str(o.get(key)) for o in _objects(file) for key in ("/S", "/Type", "/Subtype") if key in o}
    assert {"/Page", "/Font"} <= kinds  # all of it was looked at
    assert not kinds & {"/URI", "/Launch", "/JavaScript", "/GoToR", "/EmbeddedFile", "/Filespec", "/Link"}
    with ZipFile(BytesIO(word)) as package:
        relations = b"".join(package.read(n) for n in package.namelist() if n.endswith(".rels"))
        text = package.read("word/document.xml")
    assert b"External" not in relations
    assert not any(tag in text for tag in (b"<w:fldChar", b"<w:instrText", b"<w:hyperlink", b"<w:object"))


def _objects(file: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of a PDF."""
    for number in file.xref_objStm | dict.fromkeys(n for part in file.xref.values() for n in part):
        found = file.get_object(IndirectObject(number, 0, file))
        if isinstance(found, DictionaryObject):
            yield found


@pytest.mark.deep
def test_a_text_of_forty_thousand_characters_comes_out_whole(studio: Studio) -> None:
    long = "整改" * 20_000
    document = made.document(made.paragraph(long), made.table("", ("甲",), [(long,)], "1"))
    assert word_lines(studio.word(document))[0] == ("正文", long)
    assert pdf_text(studio.pdf(document)).count("整") == len(long)


def test_the_words_of_a_chart_s_marks_are_held_against_the_fonts(studio: Studio) -> None:
    day = date(2023, 4, 28)
    chart = Chart(
        "calendar", ("甲",), (Series("乙", (Decimal(1),)),), "件", (day,), (Mark(day, "\U0001f600"),)
    )
    with pytest.raises(MissingGlyphError):
        studio.pdf(made.document(Figure("图1", "说明", chart)))


def test_control_characters_break_neither_format(studio: Studio) -> None:
    nasty = "整\x00改\u202e情\u200b况\x0b第二行\ud83d"
    document = made.document(made.paragraph(nasty), made.table("", ("甲",), [(nasty,)], "1"))
    assert_pdf_contains(studio.pdf(document), document)
    assert word_lines(studio.word(document))[0] == ("正文", "整改情况\n第二行")


def test_several_spaces_stay(studio: Studio) -> None:
    page = sheets(studio.pdf(made.document(made.paragraph("王    丰"))))[0]
    left, right = page.body()[0]
    assert right.left - left.right > 4 * 0.3 * 16 * 25.4 / 72


def test_rare_characters_print_without_growing_their_line(studio: Studio) -> None:
    document = made.document(made.paragraph((RARE + "责任人整改情况") * 60))
    data = studio.pdf(document)
    assert_pdf_contains(data, document)
    page = sheets(data)[0]
    rare = {glyph.font.split("+")[1] for glyph in page.glyphs if glyph.text in RARE}
    assert all(name.startswith("NotoSerifCJKsc") for name in rare)
    tops = sorted({round(glyph.top, 2) for glyph in page.glyphs if "FandolFang" in glyph.font})
    assert len(tops) == 22
    gaps = [after - before for before, after in pairwise(tops)]
    assert all(abs(gap - 28.95 * 25.4 / 72) < 0.02 for gap in gaps)


def test_a_character_no_font_has_is_reported_at_its_cell(studio: Studio) -> None:
    cell = CellRef("东关街道.xlsx", "问题台账", 7, 3)
    document = made.document(
        made.paragraph("锦绣花园"),
        made.table("", ("小区",), [("幸福\U0001f600里",)], "1"),
        sources=(("锦绣花园", CellRef("a.xlsx", "s", 1, 1)), ("幸福\U0001f600里", cell)),
    )
    for render in (studio.pdf, studio.word):
        with pytest.raises(MissingGlyphError) as caught:
            render(document)
        assert caught.value.character == "\U0001f600"
        assert caught.value.code_point == "U+1F600"
        assert caught.value.cell == cell
        assert isinstance(caught.value, RenderError)


def test_a_character_from_nowhere_has_no_cell(studio: Studio) -> None:
    with pytest.raises(MissingGlyphError) as caught:
        studio.pdf(made.document(made.paragraph("\ue000")))
    assert caught.value.cell is None


def test_a_draft_says_so_outside_the_text_and_an_issued_one_does_not(studio: Studio) -> None:
    document = made.document(made.paragraph(made.LONG), form=Form.BULLETIN, draft=True)
    data = studio.pdf(document)
    assert_pdf_contains(data, document)
    for page in sheets(data):
        mark = [glyph for glyph in page.glyphs if glyph.text in "草稿"]
        assert [glyph.text for glyph in mark] == ["草", "稿"]
        assert all(glyph.bottom < 37 for glyph in mark)
    with ZipFile(BytesIO(studio.word(document))) as package:
        assert "草稿" in package.read("word/header1.xml").decode()
    final = made.document(made.paragraph(made.LONG), form=Form.BULLETIN)
    assert not [glyph for glyph in sheets(studio.pdf(final))[0].glyphs if glyph.text == "稿"]
    with ZipFile(BytesIO(studio.word(final))) as package:
        assert not any(
            "草稿".encode() in package.read(name) for name in package.namelist() if "styles" not in name
        )


def test_the_stamp_lies_across_the_page(studio: Studio) -> None:
    plain, draft = (
        sheets(studio.pdf(made.document(made.paragraph("正文。"), draft=stamped)))[0]
        for stamped in (False, True)
    )
    grey = [
        page.page.to_image(resolution=30).original.convert("L").crop((30, 150, 220, 260)).getextrema()[0]
        for page in (plain, draft)
    ]
    assert grey[0] == 255
    assert 200 < grey[1] < 245


def test_merged_cells_and_line_breaks_in_cells(studio: Studio) -> None:
    table = made.table("", ("单位", "问题", "数量"), [], "2 3 1")
    rows = (
        (TableCell("东关", rowspan=2), TableCell("消防\n通道"), TableCell("3")),
        (TableCell("电梯"), TableCell("4")),
        (TableCell("合计", colspan=2), TableCell("7")),
    )
    document = made.document(replace(table, rows=rows, totals=1))
    assert_pdf_contains(studio.pdf(document), document)
    assert_word_equals(studio.word(document), document)
    page = sheets(studio.pdf(document))[0]
    total = next(glyph for glyph in page.glyphs if glyph.text == "合")
    assert "FandolSong-Bold" in total.font


def test_a_table_without_rows_prints_its_head(studio: Studio) -> None:
    document = made.document(made.table("表1　进展", ("小区", "数量"), [], "1 1"), made.paragraph("无。"))
    assert_pdf_contains(studio.pdf(document), document)
    assert_word_equals(studio.word(document), document)
