"""Word files: complete, in the schema's order, styled by styles, and as fast as long tables need."""

import time
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

from campaign.compose.blocks import Annex, Block, Document, Form, Heading, PageBreak, Signature
from campaign.render import Studio
from campaign.render.geometry.layout import load
from campaign.render.wordbase import build
from campaign.render.wordstyles import styles
from tests.render import documents as made
from tests.render.conftest import TEMPLATES
from tests.support.parity import assert_pdf_contains, assert_word_equals

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# The children of each element in the order of ISO/IEC 29500-1 (transitional); of those that we write.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs overflowPunct autoSpaceDE "
    "autoSpaceDN adjustRightInd snapToGrid spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b noProof color spacing w sz szCs u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg docGrid",
    "tbl": "tblPr tblGrid tr",
    "style": "name basedOn uiPriority semiHidden qFormat pPr rPr tblPr",
    "settings": "bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop evenAndOddHeaders "
    "characterSpacingControl compat themeFontLang",
}
DOCUMENTS = {
    "notice": made.notice(draft=True),
    "summary": made.summary(5),
}


@pytest.fixture(scope="module", params=["bulletin", *DOCUMENTS])
def package(request: pytest.FixtureRequest, studio: Studio, bulletin: Document) -> dict[str, bytes]:
    """The parts of a Word file."""
    data = studio.word(DOCUMENTS.get(request.param, bulletin))
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parts(package: dict[str, bytes]) -> dict[str, etree._Element]:
    return {
        name: etree.fromstring(data) for name, data in package.items() if name.endswith((".xml", ".rels"))
    }


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_both_formats_say_what_the_document_says(studio: Studio, name: str) -> None:
    document = DOCUMENTS[name]
    assert_word_equals(studio.word(document), document)
    assert_pdf_contains(studio.pdf(document), document)


def test_a_bulletin_says_what_its_document_says(
    studio: Studio, bulletin: Document, bulletin_pdf: bytes
) -> None:
    assert_word_equals(studio.word(bulletin), bulletin)
    assert_pdf_contains(bulletin_pdf, bulletin)


def test_children_stand_in_the_order_of_the_schema(package: dict[str, bytes]) -> None:
    for root in parts(package).values():
        for name, order in ORDER.items():
            known = order.split()
            for node in root.iter(f"{W}{name}"):
                places = [known.index(str(child.tag).removeprefix(W)) for child in node]
                assert places == sorted(places), f"{name}: {[child.tag for child in node]}"


def test_every_run_names_its_fonts_for_chinese_and_latin(package: dict[str, bytes]) -> None:
    official = {face.official for face in load(TEMPLATES).typefaces.values()}
    for root in parts(package).values():
        for run in root.iter(f"{W}r"):
            if run.find(f"{W}t") is not None:
                fonts = run.find(f"{W}rPr/{W}rFonts")
                assert fonts is not None
                assert fonts.get(f"{W}eastAsia") == fonts.get(f"{W}hAnsi") == fonts.get(f"{W}ascii")
                assert fonts.get(f"{W}eastAsia") in official


def test_every_paragraph_has_a_style_that_exists(package: dict[str, bytes]) -> None:
    roots = parts(package)
    known = {node.get(f"{W}styleId") for node in roots["word/styles.xml"].iter(f"{W}style")}
    used = {
        node.get(f"{W}val")
        for root in roots.values()
        for name in ("pStyle", "rStyle", "tblStyle")
        for node in root.iter(f"{W}{name}")
    }
    assert used <= known


def test_no_relation_leads_nowhere_and_no_part_is_left_over(package: dict[str, bytes]) -> None:
    roots = parts(package)
    relations = {node.get("Id"): node.get("Target") for node in roots["word/_rels/document.xml.rels"]}
    assert {f"word/{target}" for target in relations.values()} <= set(package)
    used = {
        value
        for node in roots["word/document.xml"].iter()
        for key, value in node.attrib.items()
        if str(key).startswith(R)
    }
    assert used <= set(relations)
    kept = {
        name for name, target in relations.items() if str(target).startswith(("header", "footer", "media"))
    }
    assert kept <= used


def test_drawings_have_numbers_of_their_own(package: dict[str, bytes]) -> None:
    numbers = [node.get("id") for node in parts(package)["word/document.xml"].iter("{*}docPr")]
    assert len(numbers) == len(set(numbers))


def test_a_table_of_a_thousand_rows_takes_less_than_a_second(studio: Studio) -> None:
    document = made.document(made.ledger(1000))
    studio.word(made.notice())  # imports are not the table's
    begun = time.process_time()
    data = studio.word(document)
    assert time.process_time() - begun < 1
    assert_word_equals(data, document)


def test_the_base_is_what_the_profile_gives() -> None:
    assert (TEMPLATES / "base.docx").read_bytes() == build(load(TEMPLATES)), (
        "run python -m campaign.render.wordbase templates"
    )


def test_python_docx_opens_it_and_finds_headings_and_sections(studio: Studio) -> None:
    file = docx.Document(BytesIO(studio.word(DOCUMENTS["summary"])))
    headings = [p.text for p in file.paragraphs if p.style and str(p.style.name).startswith("Heading")]
    assert headings[:2] == ["一、基本情况", "二、主要做法"]
    sizes = [(int(section.page_width or 0), int(section.page_height or 0)) for section in file.sections]
    assert [width < height for width, height in sizes] == [True, False, True]
    assert file.core_properties.title == "总结报告"
    assert file.core_properties.created.isoformat().startswith("2023-04-28")
    assert file.core_properties.author == ""


def section_nodes(
    studio: Studio, *blocks: Block, form: Form = Form.PLAIN, draft: bool = False
) -> list[etree._Element]:
    with ZipFile(BytesIO(studio.word(made.document(*blocks, form=form, draft=draft)))) as package:
        return list(etree.fromstring(package.read("word/document.xml")).iter(f"{W}sectPr"))


def test_page_and_grid_are_the_standard_s(studio: Studio) -> None:
    (section,) = section_nodes(studio, made.paragraph("正文。"))
    size, margins, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
    assert size is not None
    assert margins is not None
    assert grid is not None
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    edges = [
        round(int(str(margins.get(f"{W}{side}"))) / 1440 * 25.4)
        for side in ("top", "right", "bottom", "left")
    ]
    assert edges == [37, 26, 35, 28]
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")


def test_body_style_sets_22_lines_of_28_characters() -> None:
    xml = styles(load(TEMPLATES))["Body"].xml(load(TEMPLATES))
    assert '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>' in xml
    assert '<w:spacing w:val="-5"/>' in xml
    assert 'w:firstLineChars="200"' in xml


def test_odd_and_even_pages_have_their_own_number(studio: Studio) -> None:
    (section,) = section_nodes(studio, made.paragraph("正文。"))
    assert [node.get(f"{W}type") for node in section.iter(f"{W}footerReference")] == ["even", "default"]
    with ZipFile(BytesIO(studio.word(made.document(made.paragraph("正文。"))))) as package:
        assert b"<w:evenAndOddHeaders/>" in package.read("word/settings.xml")
        assert b'w:instr=" PAGE "' in package.read("word/footer1.xml")


def test_a_letter_has_no_number_on_its_first_page(studio: Studio) -> None:
    section = section_nodes(studio, made.paragraph("正文。"), form=Form.LETTER)[0]
    assert section.find(f"{W}titlePg") is not None
    assert "first" in {node.get(f"{W}type") for node in section.iter(f"{W}footerReference")}


def test_only_drafts_have_headers(studio: Studio) -> None:
    for draft in (True, False):
        (section,) = section_nodes(studio, made.paragraph("正文。"), draft=draft)
        assert bool(list(section.iter(f"{W}headerReference"))) is draft


def paragraphs(studio: Studio, *blocks: Block) -> dict[str, etree._Element]:
    with ZipFile(BytesIO(studio.word(made.document(*blocks)))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return {"".join(str(t.text) for t in p.iter(f"{W}t")): p for p in root.iter(f"{W}p")}


def test_what_precedes_a_signature_is_kept_with_it(studio: Studio) -> None:
    found = paragraphs(
        studio,
        made.paragraph("首段。"),
        made.paragraph("前文。"),
        made.paragraph("末段。"),
        Signature("办公室", made.DAY),
    )
    assert found["末段。"].find(f"{W}pPr/{W}keepNext") is not None
    assert found["前文。"].find(f"{W}pPr/{W}keepNext") is not None  # one line alone is no company
    assert found["首段。"].find(f"{W}pPr/{W}keepNext") is None


def test_a_page_break_moves_to_the_next_paragraph(studio: Studio) -> None:
    found = paragraphs(
        studio, made.paragraph("前文。"), PageBreak(), Heading(1, "一、后文"), made.paragraph("末段。")
    )
    assert found["一、后文"].find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert found["末段。"].find(f"{W}pPr/{W}pageBreakBefore") is None


def test_no_page_is_broken_twice_before_an_annex(studio: Studio) -> None:
    found = paragraphs(
        studio, made.paragraph("前文。"), PageBreak(), Annex("附件", "得分"), made.paragraph("末段。")
    )
    assert all(node.find(f"{W}pPr/{W}pageBreakBefore") is None for node in found.values())


def test_table_heads_repeat_and_rows_stay_whole(studio: Studio) -> None:
    with ZipFile(BytesIO(studio.word(made.document(made.ledger(3))))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    head, *rows = root.iter(f"{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (head, *rows))


def test_columns_sum_up_to_the_type_area_exactly(studio: Studio) -> None:
    with ZipFile(BytesIO(studio.word(made.document(made.ledger(3, landscape=False))))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    widths = [int(str(node.get(f"{W}w"))) for node in root.iter(f"{W}gridCol")]
    assert sum(widths) == round(load(TEMPLATES).measure * 20)
