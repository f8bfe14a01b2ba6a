"""PDF/A-3a and PDF/UA-1: what both standards want of the file, looked at with another library."""

from io import BytesIO

import pikepdf
import pytest
from lxml import etree

from campaign.compose.blocks import Relation
from campaign.render import Studio
from campaign.render.archival import Attachment, embed
from tests.render import documents as made

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def packet(pdf: pikepdf.Pdf) -> str:
    return bytes(pdf.Root.Metadata.read_bytes()).decode()


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Every element of the structure."""
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o and "/P" in o]


@pytest.fixture(scope="module")
def archived(bulletin_pdf: bytes) -> pikepdf.Pdf:
    return opened(bulletin_pdf)


def test_both_standards_are_declared_in_one_packet(archived: pikepdf.Pdf) -> None:
    root = etree.fromstring(packet(archived).encode())
    assert len(root.findall(f"{RDF}RDF")) == 1
    words = packet(archived)
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in words
    assert "<pdfuaid:part>1</pdfuaid:part>" in words
    assert "pdfaSchema:prefix>pdfuaid<" in words
    assert made.bulletin().title in words


def test_dates_are_the_document_s(archived: pikepdf.Pdf) -> None:
    assert str(archived.docinfo["/CreationDate"]) == "D:20230428"
    assert "<xmp:CreateDate>2023-04-28</xmp:CreateDate>" in packet(archived)


def test_colours_language_title_and_identity(archived: pikepdf.Pdf) -> None:
    (intent,) = archived.Root.OutputIntents
    assert intent.S == pikepdf.Name.GTS_PDFA1
    assert bytes(intent.DestOutputProfile.read_bytes())[36:40] == b"acsp"
    assert str(archived.Root.Lang) == "zh-CN"
    assert bool(archived.Root.MarkInfo.Marked)
    assert bool(archived.Root.ViewerPreferences.DisplayDocTitle)
    assert archived.trailer.ID is not None


def test_every_font_is_embedded_and_its_text_can_be_told(archived: pikepdf.Pdf) -> None:
    fonts = [o for o in archived.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
    whole = [font for font in fonts if font.Subtype == "/Type0"]
    assert whole
    for font in whole:
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_figures_have_alternative_text_and_heads_a_scope(archived: pikepdf.Pdf) -> None:
    found = elements(archived)
    figures = [one for one in found if one.S == "/Figure"]
    assert figures
    assert all(str(one.Alt) for one in figures)
    heads = [one for one in found if one.S == "/TH"]
    assert heads
    assert {str(one.A.Scope) for one in heads} == {"/Column"}
    names = [str(name) for name in archived.Root.StructTreeRoot.IDTree.Names[::2]]
    assert names == sorted(names)
    assert set(names) == {str(one.ID) for one in heads}


def test_a_form_s_rows_have_heads(studio: Studio) -> None:
    pdf = opened(studio.pdf(made.notice()))
    found = [one for one in elements(pdf) if one.S == "/TH"]
    assert len(found) == 5
    assert {str(one.A.Scope) for one in found} == {"/Row"}


def test_headings_are_bookmarks(archived: pikepdf.Pdf) -> None:
    with archived.open_outline() as outline:
        (title,) = outline.root
        assert [str(one.title) for one in title.children][:2] == ["一、总体进展", "二、各街道进展"]


def test_attachments_are_associated_files_and_bytes_stay_the_same(bulletin_pdf: bytes) -> None:
    files = [Attachment("scores.json", b"{}", Relation.DATA), Attachment("附件.xlsx", b"PK", Relation.SOURCE)]
    day = made.bulletin().dated_on
    data = embed(bulletin_pdf, files, day)
    assert data == embed(bulletin_pdf, files, day)
    pdf = opened(data)
    assert [str(one.AFRelationship) for one in pdf.Root.AF] == ["/Data", "/Source"]
    assert pdf.attachments["附件.xlsx"].get_file().read_bytes() == b"PK"
    assert pdf.attachments["scores.json"].get_file().mime_type == "application/json"
    assert str(pdf.Root.AF[0].EF.F.Params.ModDate) == "D:20230428000000+08'00'"
    assert "<pdfaid:part>3</pdfaid:part>" in packet(pdf)
