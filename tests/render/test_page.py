"""Finished pages, measured: paper, type area, grid, page numbers, heads, imprint (GB/T 9704-2012)."""

from itertools import pairwise

import pytest

from campaign.compose.blocks import (
    Addressee,
    Annex,
    Attendance,
    Form,
    Heading,
    LetterHead,
    Masthead,
    RedHead,
    Run,
    Title,
)
from campaign.render import Studio
from tests.render import documents as made
from tests.render.measure import Sheet, embedded_fonts, sheets

pytestmark = pytest.mark.xdist_group("rendering")

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0  # the type area on A4, in mm
CHARACTER, LINE = 15.79 * 25.4 / 72, 28.95 * 25.4 / 72


@pytest.fixture(scope="module")
def text_pages(studio: Studio) -> list[Sheet]:
    """Three pages of Chinese without a digit, then two with digits and punctuation."""
    plain = ("务川自治县" * 400)[: 28 * 70 - 2]  # its last line is full, too
    mixed = [made.paragraph(made.LONG) for _ in range(9)]
    return sheets(studio.pdf(made.document(made.paragraph(plain), *mixed)))


@pytest.fixture(scope="module")
def bulletin_pages(bulletin_pdf: bytes) -> list[Sheet]:
    return sheets(bulletin_pdf)


def test_paper_is_a4(text_pages: list[Sheet]) -> None:
    assert {(round(page.width, 1), round(page.height, 1)) for page in text_pages} == {(210.0, 297.0)}


def test_a_page_has_22_lines_of_28_characters(text_pages: list[Sheet]) -> None:
    for page in text_pages[1:4]:
        assert len(page.body()) == 22
    for page in text_pages[1:3]:
        assert {len(line) for line in page.body()} == {28}


def test_text_fills_the_type_area_from_edge_to_edge(text_pages: list[Sheet]) -> None:
    for page in text_pages[1:3]:
        lines = page.body()
        assert all(abs(line[0].left - LEFT) < 0.1 for line in lines)
        assert all(abs(line[-1].right - RIGHT) < 0.2 for line in lines)
        assert TOP <= lines[0][0].top < TOP + 3
        assert BOTTOM - 3 < lines[-1][0].bottom <= BOTTOM


def test_lines_are_28_95_points_apart(text_pages: list[Sheet]) -> None:
    tops = [line[0].top for line in text_pages[1].body()]
    assert all(abs(lower - upper - LINE) < 0.02 for upper, lower in pairwise(tops))


def test_lines_with_digits_and_punctuation_end_at_the_margin(text_pages: list[Sheet]) -> None:
    full = [
        line
        for page in text_pages
        for line in page.body()
        if line[-1].text != "。" or line[-1].right > RIGHT - 6
    ]
    assert len(full) > 80
    assert all(abs(line[-1].right - RIGHT) < 0.5 for line in full)


def test_numbers_are_not_torn_apart_by_justification(text_pages: list[Sheet]) -> None:
    for page in text_pages:
        for line in page.body():
            for before, after in pairwise(line):
                if before.text.isdigit() and after.text.isdigit():
                    assert after.left - before.left < 0.52 * 16 * 25.4 / 72


def test_no_line_begins_with_punctuation(text_pages: list[Sheet]) -> None:
    firsts = {line[0].text for page in text_pages for line in page.body()}
    assert not firsts & set("，。、；：！？）》”")


def test_paragraphs_begin_two_characters_in(text_pages: list[Sheet]) -> None:
    begun = [line for line in text_pages[-1].body() if line[0].left > LEFT + 1]
    assert begun
    assert all(abs(line[0].left - LEFT - 2 * CHARACTER) < 0.1 for line in begun)


@pytest.mark.parametrize(("number", "left", "right"), [(1, 100, 205), (2, 5, 100)])
def test_page_number_stands_outside_and_7_mm_below(
    text_pages: list[Sheet], number: int, left: float, right: float
) -> None:
    page = text_pages[number - 1]
    words = [glyph for glyph in page.glyphs if glyph.top > BOTTOM]
    assert "".join(glyph.text for glyph in words) == f"—{number}—"
    assert {round(glyph.size) for glyph in words} == {14}
    dash = words[0]
    ink = page.ink(dash.left + 0.5, BOTTOM + 1, dash.right - 0.5, BOTTOM + 20)
    assert abs((ink[1] + ink[3]) / 2 - BOTTOM - 7) < 0.3
    whole = page.ink(left, BOTTOM + 1, right, BOTTOM + 20)
    if number % 2:
        assert abs(whole[2] - (RIGHT - CHARACTER)) < 0.3
    else:
        assert abs(whole[0] - (LEFT + CHARACTER)) < 0.3


def test_a_turned_page_has_its_number_where_the_others_have_it(studio: Studio) -> None:
    pages = sheets(studio.pdf(made.document(made.ledger(24))))
    assert [(round(page.width), round(page.height)) for page in pages[:2]] == [(297, 210)] * 2
    # Turned back, the left edge is the foot: 7 mm from the type area (35 mm) is 28 mm from that edge.
    odd, even = pages[0].ink(20, 20, 34, 200), pages[1].ink(20, 20, 34, 200)
    assert abs((odd[0] + odd[2]) / 2 - 28) < 0.7
    assert abs(odd[3] - (184 - CHARACTER)) < 0.3
    assert abs((even[0] + even[2]) / 2 - 28) < 0.7
    assert abs(even[1] - (28 + CHARACTER)) < 0.3


def test_after_a_turned_page_the_paper_is_upright_again(studio: Studio) -> None:
    document = made.document(made.paragraph("前文。"), made.ledger(24), made.paragraph("后文。"))
    pages = sheets(studio.pdf(document))
    assert [page.width < page.height for page in pages] == [True, False, False, True]
    assert pages[-1].text().startswith("后文。")
    assert abs(pages[-1].glyphs[-1].top - pages[-1].glyphs[-2].top) < 0.1
    assert pages[-1].body()[0][0].left > LEFT


def test_a_heading_goes_with_its_turned_table(studio: Studio) -> None:
    pages = sheets(
        studio.pdf(made.document(made.paragraph("前文。"), Heading(2, "（一）台账"), made.ledger(3)))
    )
    assert "（一）台账" not in pages[0].text()
    assert pages[1].text().startswith("（一）台账")


def test_title_stands_two_lines_below_the_red_line_and_text_one_below_it(studio: Studio) -> None:
    document = made.document(
        Masthead("工作通报", "第5期", "办公室", made.DAY),
        Title(("关于进展情况的通报",)),
        Addressee("各街道办事处："),
        made.paragraph(made.LONG),
        form=Form.BULLETIN,
    )
    page = sheets(studio.pdf(document))[0]
    line = max(rule.bottom for rule in page.rules())
    title = next(row for row in page.rows() if round(row[0].size) == 22)
    addressee = next(row for row in page.rows() if row[0].text == "各")
    assert abs(title[0].top - line - 2 * LINE) < 4
    assert abs(addressee[0].top - title[0].bottom - LINE) < 5
    assert abs((title[0].left + title[-1].right) / 2 - (LEFT + RIGHT) / 2) < 0.2


def test_bulletin_head_is_red_and_its_line_as_wide_as_the_type_area(bulletin_pages: list[Sheet]) -> None:
    widest = max(bulletin_pages[0].rules(), key=lambda rule: rule.right - rule.left)
    assert abs(widest.left - LEFT) < 0.1
    assert abs(widest.right - RIGHT) < 0.1
    name = [c for c in bulletin_pages[0].page.chars if c["size"] > 30]
    assert "".join(c["text"] for c in name) == "物业管理服务行业专项整治工作通报"
    assert {tuple(round(v, 2) for v in c["non_stroking_color"]) for c in name} == {(1.0, 0.0, 0.0)}
    ink = bulletin_pages[0].ink(5, 38, 205, 58)
    assert ink[0] >= LEFT - 0.1
    assert ink[2] <= RIGHT + 0.1


def test_issuer_and_date_of_26_characters_share_a_line(bulletin_pages: list[Sheet]) -> None:
    page = bulletin_pages[0]
    line = next(row for row in page.rows() if row[0].text == "清" and row[0].size < 16)
    assert "".join(glyph.text for glyph in line) == made.OFFICE + made.DAY


@pytest.mark.parametrize("issuer", ["清河自治县人民政府办公室", made.OFFICE])
def test_letter_head(studio: Studio, issuer: str) -> None:
    document = made.document(
        LetterHead(issuer, "清府办函〔2023〕23号"),
        Title(("约谈通知书",)),
        made.paragraph(made.LONG * 8),
        form=Form.LETTER,
    )
    first, second = sheets(studio.pdf(document))[:2]
    rules = sorted({(round(rule.left, 1), round(rule.right, 1)) for rule in first.rules()})
    assert rules == [(20.0, 190.0)]
    head = first.ink(5, 10, 205, min(rule.top for rule in first.rules()) - 0.1)
    assert abs(head[1] - 30) < 0.5
    assert head[0] >= 19.9
    assert head[2] <= 190.1
    assert abs(max(rule.bottom for rule in first.rules()) - 277) < 0.1
    number = next(row for row in first.rows() if row[-1].text == "号")
    assert abs(number[-1].right - RIGHT) < 0.2
    assert not [glyph for glyph in first.glyphs if glyph.top > BOTTOM]
    assert "".join(glyph.text for glyph in second.glyphs if glyph.top > BOTTOM) == "—2—"
    assert not list(second.rules())


def headed(studio: Studio, form: Form, *lines: str, issuer: str = "") -> Sheet:
    """The first page of a document with a red head."""
    head = RedHead(lines, "清府发〔2023〕23号", issuer, made.DAY if issuer else "")
    document = made.document(head, Title(("关于情况的通报",)), made.paragraph(made.LONG * 8), form=form)
    return sheets(studio.pdf(document))[0]


@pytest.mark.parametrize("mark", [("清河县人民政府文件",), (made.OFFICE[:19], f"{made.OFFICE[19:]}文件")])
def test_red_head(studio: Studio, mark: tuple[str, ...]) -> None:
    page = headed(studio, Form.RED, *mark)
    line = min(page.rules(), key=lambda rule: rule.top)
    number = next(row for row in page.rows() if row[-1].text == "号")
    name = page.ink(5, 30, 205, number[0].top - 1)
    assert abs(name[1] - TOP - 35) < 0.5
    assert (name[0] >= LEFT - 0.1, name[2] <= RIGHT + 0.1) == (True, True)
    assert abs(number[0].top - name[3] - 2 * LINE) < 3.5
    assert abs((number[0].left + number[-1].right) / 2 - (LEFT + RIGHT) / 2) < 0.3
    assert abs(line.top - number[0].bottom - 4) < 0.3
    assert (round(line.left, 1), round(line.right, 1)) == (LEFT, RIGHT)
    title = next(row for row in page.rows() if round(row[0].size) == 22)
    assert abs(title[0].top - line.bottom - 2 * LINE) < 4
    assert page.body()[-1][0].bottom > BOTTOM - 12


def test_minutes(studio: Studio) -> None:
    page = headed(studio, Form.MINUTES, "专项整治会议纪要", issuer=made.OFFICE)
    assert abs(page.ink(5, 30, 205, 85)[1] - TOP - 35) < 0.5
    line = min(page.rules(), key=lambda rule: rule.top)
    row = next(row for row in page.rows() if row[0].text == "清" and row[0].size < 15.5)
    assert "".join(glyph.text for glyph in row) == made.OFFICE + made.DAY
    assert row[0].bottom < line.top < row[0].bottom + 6
    assert (round(line.left, 1), round(line.right, 1)) == (LEFT, RIGHT)


def test_names_of_those_present_begin_below_each_other(studio: Studio) -> None:
    names = (Run("石知远、秦望舒、陆见川、苏怀瑾、程若谷、顾长庚、" * 2),)
    present = Attendance("出席", names), Attendance("列席", names)
    page = sheets(studio.pdf(made.document(made.paragraph("议定如下。"), *present, form=Form.MINUTES)))[0]
    first, second, third, *_ = page.body()[1:]
    assert {"FandolHei" in glyph.font for glyph in first[:2]} == {True}
    assert "FandolFang" in first[3].font
    assert abs(first[0].left - LEFT - 2 * CHARACTER) < 0.1
    assert abs(second[0].left - first[3].left) < 0.1
    assert abs(first[0].top - page.body()[0][0].top - 2 * LINE) < 0.5
    assert abs(third[0].top - second[0].top - LINE) < 0.5


def test_imprint_stands_on_the_foot_of_the_last_page(bulletin_pages: list[Sheet]) -> None:
    box = max(bulletin_pages[-1].rules(), key=lambda rule: rule.bottom)
    assert abs(box.bottom - BOTTOM) < 0.1
    assert (round(box.left, 1), round(box.right, 1)) == (LEFT, RIGHT)
    assert not any("印发" in page.text() for page in bulletin_pages[:-1])
    last = [row for row in bulletin_pages[-1].body() if "印发" in "".join(glyph.text for glyph in row)]
    assert {round(glyph.size) for row in last for glyph in row} == {14}


def test_annex_begins_a_page_with_its_title_on_the_third_line(studio: Studio) -> None:
    pages = sheets(
        studio.pdf(
            made.document(made.paragraph("正文。"), Annex("附件1", "得分情况"), made.paragraph("表。"))
        )
    )
    label, title = pages[1].body()[:2]
    assert "".join(glyph.text for glyph in label) == "附件1"
    assert "FandolHei" in label[0].font
    assert label[0].left < LEFT + 0.1
    assert TOP + 2 * LINE <= title[0].top <= TOP + 3 * LINE


def test_every_font_is_embedded_and_none_is_the_machine_s(bulletin_pdf: bytes) -> None:
    fonts = embedded_fonts(bulletin_pdf)
    assert all(fonts.values())
    names = {name.split("+")[1].split("-")[0] for name in fonts}
    assert names <= {"FandolFang", "FandolHei", "FandolKai", "FandolSong", "NotoSerifCJKsc", "NotoSansCJKsc"}
    assert {"FandolFang", "FandolHei", "NotoSerifCJKsc"} <= names
