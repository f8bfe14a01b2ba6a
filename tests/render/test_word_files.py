"""The Word files of every genre: valid by the schema, formatted by styles, with what a clerk expects of a
file typed by hand.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from campaign.compose import guideline_documents
from campaign.compose.blocks import Document
from campaign.render import Studio
from tests.compose.cases import CASES
from tests.render.conftest import TEMPLATES
from tests.support.county import rulebook

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# What may be set on a paragraph or a run itself, because it is this one's alone: where it hangs together
# with the next, where a section ends, what is measured out for these very words.
OF_A_PARAGRAPH = {"pStyle", "keepNext", "pageBreakBefore", "widowControl", "sectPr", "ind", "spacing"}
OF_A_RUN = {"rStyle", "rFonts"}
FITTED = {"sz", "szCs", "w"}  # and only in marks that are fitted to the page's width
MARKS = {"MastheadName", "LetterName", "RedMark", "MinutesMark", "IssuerLine", "DocumentNumber"}
HUNG = {"AttachmentFirst", "AttachmentMore", "AttendanceFirst", "AttendanceMore", "ImprintTo"}
HUNG |= {"SealedIssuer", "DateLine", "PlainIssuer", "Issuer", "Date"}  # by the width of the issuer's name


@pytest.fixture(scope="module")
def documents() -> Mapping[str, Document]:
    """One document of each genre of a week, and the guideline; the summary is made of the same blocks."""
    made = [*guideline_documents(rulebook(), TEMPLATES)]
    made += CASES["every_kind"]()
    return {document.genre: document for document in made}


@pytest.fixture(scope="module")
def files(studio: Studio, documents: Mapping[str, Document]) -> Mapping[str, bytes]:
    """Their Word files."""
    return {genre: studio.word(document) for genre, document in documents.items()}


@pytest.fixture(scope="module")
def roots(files: Mapping[str, bytes]) -> Mapping[str, etree._Element]:
    """What the files say."""
    return {genre: part(data, "document") for genre, data in files.items()}


def part(data: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(f"word/{name}.xml"))


def style_of(node: etree._Element) -> str:
    """The style of the paragraph that a node is or stands in."""
    paragraph = next(n for n in (node, *node.iterancestors()) if n.tag == f"{W}p")
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(style.get(f"{W}val")) if style is not None else ""


def test_the_schema_has_nothing_to_object_to(files: Mapping[str, bytes], tmp_path: Path) -> None:
    validator = OpenXmlValidator(FileFormat.OFFICE_2010)
    found = []
    for genre, data in files.items():
        path = tmp_path / f"{genre}.docx"
        path.write_bytes(data)
        found += [(genre, e.part_uri, e.description) for e in validator.validate(str(path)).errors]
    assert found == []


def test_the_validator_sees_a_wrong_order(files: Mapping[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    with ZipFile(BytesIO(files["bulletin"])) as before, ZipFile(path, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/settings.xml":
                data = data.replace(b"<w:evenAndOddHeaders/>", b"").replace(
                    b"</w:settings>", b"<w:evenAndOddHeaders/></w:settings>"
                )
            after.writestr(name, data)
    assert OpenXmlValidator(FileFormat.OFFICE_2010).validate(str(path)).errors


def test_paragraphs_are_formatted_by_styles(roots: Mapping[str, etree._Element]) -> None:
    for root in roots.values():
        for properties in root.iter(f"{W}pPr"):
            names = {str(child.tag).removeprefix(W) for child in properties}
            assert names <= OF_A_PARAGRAPH
            assert "pStyle" in names
            if names & {"ind", "spacing"}:
                assert style_of(properties) in MARKS | HUNG


def test_runs_are_formatted_by_styles(roots: Mapping[str, etree._Element]) -> None:
    for root in roots.values():
        for properties in root.iter(f"{W}rPr"):
            names = {str(child.tag).removeprefix(W) for child in properties}
            allowed = OF_A_RUN | FITTED if style_of(properties) in MARKS else OF_A_RUN
            assert names <= allowed


def test_every_run_names_its_chinese_face(roots: Mapping[str, etree._Element]) -> None:
    for root in roots.values():
        for run in root.iter(f"{W}r"):
            if run.find(f"{W}t") is not None:
                fonts = run.find(f"{W}rPr/{W}rFonts")
                assert fonts is not None
                assert fonts.get(f"{W}eastAsia")


def test_the_navigation_pane_shows_every_heading_at_its_level(
    files: Mapping[str, bytes], documents: Mapping[str, Document]
) -> None:
    styles = part(files["bulletin"], "styles")
    levels = {
        str(style.get(f"{W}styleId")): int(str(level.get(f"{W}val")))
        for style in styles.iter(f"{W}style")
        if (level := style.find(f"{W}pPr/{W}outlineLvl")) is not None
    }
    assert [levels[f"Heading{n}"] for n in (1, 2, 3, 4)] == [0, 1, 2, 3]
    for genre, data in files.items():
        shown = [
            ("".join(str(t.text) for t in p.iter(f"{W}t")), levels[style_of(p)])
            for p in part(data, "document").iter(f"{W}p")
            if style_of(p) in levels
        ]
        headings = [b for b in documents[genre].blocks if type(b).__name__ == "Heading"]
        assert [(h.text, h.level - 1) for h in headings] == [  # type: ignore[union-attr] # headings
            (text, level)
            for text, level in shown
            if (text, level) in {(h.text, h.level - 1) for h in headings}  # type: ignore[union-attr]
        ]


def test_a_machine_without_an_official_face_is_told_its_other_names(files: Mapping[str, bytes]) -> None:
    fonts = part(files["bulletin"], "fontTable")
    others = {
        str(font.get(f"{W}name")): str(font.find(f"{W}altName").get(f"{W}val"))  # type: ignore[union-attr] # is there
        for font in fonts.iter(f"{W}font")
        if font.find(f"{W}altName") is not None
    }
    assert "仿宋" in others["仿宋_GB2312"].split(",")
    assert "楷体" in others["楷体_GB2312"].split(",")


def test_table_heads_repeat_in_every_genre(roots: Mapping[str, etree._Element]) -> None:
    for root in roots.values():
        for table in root.iter(f"{W}tbl"):
            rows = list(table.iter(f"{W}tr"))
            repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
            assert repeated == sorted(repeated, reverse=True)
            styled = [
                style_of(p)
                for row, head in zip(rows, repeated, strict=True)
                if not head
                for p in row.iter(f"{W}p")
            ]
            assert "TableHead" not in styled
