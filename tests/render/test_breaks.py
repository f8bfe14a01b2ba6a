"""Where pages break: what must stay together does, at every fill of the page."""

import resource
from decimal import Decimal

import pytest

from campaign.compose.blocks import (
    Attachments,
    Form,
    FormLine,
    Heading,
    Imprint,
    ImprintLine,
    Note,
    Paragraph,
    Signature,
    Table,
    TableCell,
    TableColumn,
    Title,
)
from campaign.render import Studio
from tests.render import documents as made
from tests.render.measure import Sheet, sheets
from tests.support.parity import assert_pdf_contains, pdf_text

pytestmark = pytest.mark.xdist_group("rendering")
LINE = "按照实施方案要求逐项核实整改情况"


def filler(lines: int) -> list[Paragraph]:
    return [made.paragraph(LINE) for _ in range(lines)]


def fills(*telling: int, all_of: range) -> pytest.MarkDecorator:
    """How full the page is: ordinarily those about where it breaks; the fills between are tried in depth."""
    between = (pytest.param(n, marks=pytest.mark.deep) for n in all_of if n not in telling)
    return pytest.mark.parametrize("lines", [*telling, *between])


def page_of(pages: list[Sheet], words: str) -> int:
    return next(n for n, page in enumerate(pages) if words in page.text().replace("\n", ""))


@fills(17, 18, 22, all_of=range(14, 23))
def test_signature_is_never_alone_on_a_page(studio: Studio, lines: int) -> None:
    document = made.document(*filler(lines), Signature("清河自治县办公室", made.DAY), Note("联系人：值班室"))
    pages = sheets(studio.pdf(document))
    place = page_of(pages, "清河自治县办公室")
    assert place == page_of(pages, made.DAY) == page_of(pages, "值班室")
    assert LINE in pages[place].text()


@fills(16, 18, all_of=range(12, 22, 2))
def test_attachments_and_signature_take_text_with_them(studio: Studio, lines: int) -> None:
    document = made.document(
        *filler(lines), Attachments(("得分明细",)), Signature("清河自治县办公室", made.DAY)
    )
    pages = sheets(studio.pdf(document))
    assert LINE in pages[page_of(pages, "附件：")].text()
    assert LINE in pages[page_of(pages, "清河自治县办公室")].text()


@fills(18, 20, 21, all_of=range(18, 23))
def test_headings_never_end_a_page(studio: Studio, lines: int) -> None:
    document = made.document(
        *filler(lines), Heading(1, "一、总体进展"), Heading(2, "（一）排查"), made.paragraph(made.LONG)
    )
    pages = sheets(studio.pdf(document))
    place = page_of(pages, "一、总体进展")
    assert place == page_of(pages, "（一）排查")
    assert "各街道办事处要对照" in pages[place].text()


@fills(16, 18, 19, all_of=range(16, 21))
def test_a_caption_keeps_its_head_and_two_rows(studio: Studio, lines: int) -> None:
    rows = [(f"第{n}号小区", str(n)) for n in range(1, 9)]
    document = made.document(*filler(lines), made.table("表1　进展", ("小区", "数量"), rows, "3 1"))
    pages = sheets(studio.pdf(document))
    place = page_of(pages, "表1")
    assert all(words in pages[place].text() for words in ("小区", "第1号小区", "第2号小区"))
    assert page_of(pages, "第7号小区") == page_of(pages, "第8号小区")


def test_the_head_is_repeated_on_every_page_of_a_table(studio: Studio) -> None:
    document = made.document(made.ledger(40))
    data = studio.pdf(document)
    pages = sheets(data)
    assert len(pages) >= 3
    assert all(page.text().replace("\n", "").count("责任人") == 1 for page in pages)
    assert_pdf_contains(data, document)


def test_no_row_is_broken_between_pages(studio: Studio) -> None:
    long = "；".join(["消防通道被占用，未设置警示标志，电动车辆乱停乱放"] * 5)
    rows = [(str(n), f"开始{n}。{long}。结束{n}") for n in range(1, 20)]
    pages = sheets(studio.pdf(made.document(made.table("", ("序号", "问题"), rows, "1 6l"))))
    assert len(pages) > 1
    for page in pages:
        text = page.text().replace("\n", "")
        assert text.count("开始") == text.count("结束")


def test_a_row_taller_than_a_page_is_printed_whole_below_repeated_heads(studio: Studio) -> None:
    text = "头" + made.LONG * 30 + "尾"
    document = made.document(made.table("表1", ("序号", "问题"), [("1", text), ("2", "短")], "1 6l"))
    data = studio.pdf(document)
    pages = sheets(data)
    assert "头" in pages[0].text()
    assert all("序号" in page.text() for page in pages)
    assert text in pdf_text(data).replace("序号问题", "")


def test_a_very_long_text_is_printed_whole(studio: Studio) -> None:
    document = made.document(made.paragraph(("物业" * 9 + "，甲") * 200))
    data = studio.pdf(document)
    assert_pdf_contains(data, document)
    assert all(len(page.body()) == 22 for page in sheets(data)[:-1])


@fills(10, 13, all_of=range(4, 14, 3))
def test_the_slip_below_the_cut_line_stays_on_one_page(studio: Studio, lines: int) -> None:
    receipt = Table(
        "",
        (TableColumn(Decimal(1)), TableColumn(Decimal(3))),
        (),
        tuple(
            (TableCell(label), TableCell(""))
            for label in ("受送达单位", "送达文书", "收件人", "送达人", "备注")
        ),
    )
    document = made.document(
        *filler(lines), FormLine("送达回执"), receipt, made.paragraph("请于五日内交回。")
    )
    pages = sheets(studio.pdf(document))
    assert page_of(pages, "送达回执") == page_of(pages, "受送达单位") == page_of(pages, "备注")
    assert page_of(pages, "备注") == page_of(pages, "请于五日内交回")


@fills(9, 15, 19, all_of=range(9, 20, 2))
def test_imprint_is_at_the_foot_and_never_over_the_text(studio: Studio, lines: int) -> None:
    imprint = Imprint(
        (ImprintLine("送", "县纪委监委，县委组织部。"),), "清河自治县办公室", "2023年4月28日印发"
    )
    document = made.document(
        *filler(lines), Signature("专项整治办公室", "2023年4月27日"), imprint, form=Form.BULLETIN
    )
    pages = sheets(studio.pdf(document))
    box = [rule for rule in pages[-1].rules() if rule.right - rule.left > 150]
    assert abs(max(rule.bottom for rule in box) - 262) < 0.1
    top = min(rule.top for rule in box)
    above = [row for row in pages[-1].body() if row[0].bottom < top + 0.5]
    within = [row for row in pages[-1].body() if row[0].bottom >= top + 0.5]
    assert "印发" in "".join(glyph.text for row in within for glyph in row)
    assert not any("4月27日" in "".join(glyph.text for glyph in row) for row in within)
    assert all(row[0].bottom < top for row in above)


def test_a_title_too_long_for_its_line_wraps_inside_the_type_area(studio: Studio) -> None:
    title = f"关于{made.OFFICE}对各街道办事处和物业服务企业进行督导抽查情况的通报"
    document = made.document(Title((title, "（第5期）")), made.paragraph(made.LONG))
    page = sheets(studio.pdf(document))[0]
    rows = [row for row in page.body() if round(row[0].size) == 22]
    assert len(rows) >= 4
    assert all(row[0].left > 27.9 and row[-1].right < 184.1 for row in rows)


@pytest.mark.deep
def test_a_ledger_of_1500_rows(studio: Studio) -> None:
    document = made.document(made.ledger(1500))
    data = studio.pdf(document)
    assert_pdf_contains(data, document)
    assert all(page.text().replace("\n", "").count("责任人") == 1 for page in sheets(data))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 900 * 1024  # pdfplumber's share included
