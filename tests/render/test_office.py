"""Word files as LibreOffice opens them: same pages, same places. Run by `make test-office`."""

import os
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from campaign.compose.blocks import Form, LetterHead, Title
from campaign.render import Studio
from campaign.render.geometry.layout import load
from tests.render import documents as made
from tests.render.conftest import FONTS, TEMPLATES
from tests.render.measure import Sheet, sheets

pytestmark = pytest.mark.office

_ALIAS = (
    '<match target="pattern"><test name="family"><string>{asked}</string></test>'
    '<edit name="family" mode="assign" binding="strong"><string>{used}</string></edit></match>'
)
_FAMILIES = {
    "方正小标宋简体": "Noto Serif CJK SC",
    "仿宋_GB2312": "FandolFang",
    "楷体_GB2312": "FandolKai",
    "黑体": "FandolHei",
    "宋体": "FandolSong",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A font configuration in which the official names lead to the stand-ins."""
    folder = tmp_path_factory.mktemp("fontconfig")
    aliases = "".join(_ALIAS.format(asked=asked, used=used) for asked, used in _FAMILIES.items())
    path = folder / "fonts.conf"
    inner = f"<dir>{FONTS}</dir><cachedir>{folder}</cachedir>{aliases}"
    path.write_text(f'<?xml version="1.0"?><fontconfig>{inner}</fontconfig>', encoding="utf-8")
    return path


def converted(word: bytes, folder: Path, settings: Path) -> list[Sheet]:
    """The pages of a Word file, as LibreOffice lays them out."""
    return sheets(saved(word, folder, settings, "pdf"))


def saved(word: bytes, folder: Path, settings: Path, kind: str) -> bytes:
    """A Word file as LibreOffice saves it in a format."""
    source, target = folder / "document.docx", folder / "saved"
    source.write_bytes(word)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(target), str(source)],
        env={**os.environ, "FONTCONFIG_FILE": str(settings)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (target / f"document.{kind}").read_bytes()


@pytest.mark.parametrize("name", ["bulletin", "notice", "summary"])
def test_nothing_is_lost_when_an_office_saves_it_again(
    studio: Studio, tmp_path: Path, settings: Path, name: str
) -> None:
    """Opened and saved, it has the same paragraphs, rows and heads, in the same styles."""
    document = {"bulletin": made.bulletin(3), "notice": made.notice(), "summary": made.summary(5)}[name]
    before = studio.word(document)
    after = saved(before, tmp_path, settings, "docx")
    assert shape_of(after) == shape_of(before)


def shape_of(word: bytes) -> list[tuple[str, ...]]:
    """Each paragraph with its style's name, each row of a table, the number of repeated rows, each section's
    turn.
    """
    file = docx.Document(BytesIO(word))
    found: list[tuple[str, ...]] = []
    for block in file.iter_inner_content():
        if isinstance(block, docx.table.Table):
            found += [tuple(cell.text for cell in row.cells) for row in block.rows]
        elif block.text.strip():
            found.append((str(block.style and block.style.name), block.text))
    with ZipFile(BytesIO(word)) as package:
        heads = package.read("word/document.xml").count(b"<w:tblHeader")
    return [*found, (str(heads),), *((str(s.orientation),) for s in file.sections)]


def test_grid_and_page_numbers(studio: Studio, tmp_path: Path, settings: Path) -> None:
    text = made.paragraph(("务川自治县" * 700)[: 28 * 125 - 2])
    pages = converted(studio.word(made.document(text)), tmp_path, settings)
    assert len(pages) == 6
    for page in pages[1:5]:
        assert len(page.body()) == 22
        assert {len(line) for line in page.body()} == {28}
    character = 15.79 * 25.4 / 72
    odd, even = pages[2].ink(100, 263, 205, 285), pages[1].ink(5, 263, 100, 285)
    assert abs(odd[2] - (184 - character)) < 1
    assert abs(even[0] - (28 + character)) < 1
    dash = next(glyph for glyph in pages[1].glyphs if glyph.top > 262)
    ink = pages[1].ink(dash.left + 0.5, 263, dash.right - 0.5, 285)
    assert abs((ink[1] + ink[3]) / 2 - 269) < 0.7


def test_a_bulletin_has_the_pages_of_its_pdf(studio: Studio, tmp_path: Path, settings: Path) -> None:
    document = made.bulletin(14)
    pages = converted(studio.word(document), tmp_path, settings)
    printed = sheets(studio.pdf(document))
    assert abs(len(pages) - len(printed)) <= 1
    assert [page.width < page.height for page in pages].count(False) == 2
    assert sum(len(page.page.images) for page in pages) == 1
    assert "印发" in pages[-1].text()
    assert abs(max(rule.bottom for rule in pages[-1].rules()) - 262) < 1
    text = "".join(page.text() for page in pages).replace("\n", "")
    assert "落实到人，于2023年" in text  # hanging punctuation once lost the comma


def test_a_turned_page_has_its_number_where_the_others_have_it(
    studio: Studio, tmp_path: Path, settings: Path
) -> None:
    pages = converted(studio.word(made.document(made.ledger(40))), tmp_path, settings)
    odd = pages[0].ink(20, 20, 34, 200)
    assert abs((odd[0] + odd[2]) / 2 - 28) < 1
    assert abs(odd[3] - (184 - 15.79 * 25.4 / 72)) < 1


def test_letter_head(studio: Studio, tmp_path: Path, settings: Path) -> None:
    document = made.document(
        LetterHead(made.OFFICE, "清府办函〔2023〕23号"),
        Title(("约谈通知书",)),
        made.paragraph(made.LONG * 8),
        form=Form.LETTER,
    )
    pages = converted(studio.word(document), tmp_path, settings)
    profile = load(TEMPLATES)
    head = pages[0].ink(5, 10, 205, 41)
    assert abs(head[1] - profile.millimetres("letter.top")) < 1
    foot = pages[0].ink(5, 264, 205, 290)
    assert abs(foot[0] - 20) < 0.5
    assert abs(foot[2] - 190) < 0.5
    assert abs(foot[3] - 277) < 0.5
    assert "—2—" in pages[1].text().replace("\n", "")
