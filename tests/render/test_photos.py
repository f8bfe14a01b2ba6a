"""Photos on paper: whole, side by side, within the type area, and on one page with their captions."""

import hashlib
from io import BytesIO
from zipfile import ZipFile

import pdfplumber
import pytest
from lxml import etree

from campaign.compose.blocks import Document, Form, Heading, Paragraph, Picture, Pictures, Run, Title
from campaign.compose.illustrating import illustrated
from campaign.intake.reading.prints import prepare
from campaign.render import Studio
from campaign.render.geometry.layout import POINTS_PER_MM, load
from campaign.render.geometry.photos import fit_photos
from tests.render.conftest import TEMPLATES
from tests.support.county import AS_OF
from tests.support.parity import assert_pdf_contains, assert_word_equals
from tests.support.photos import photo

LAYOUT = load(TEMPLATES)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def picture(caption: str, data: bytes, files: dict[str, bytes]) -> Picture:
    done = prepare(data)
    digest = hashlib.sha256(done.data).hexdigest()
    files[digest] = done.data
    return Picture(caption, f"{caption}的样子", digest, done.width, done.height)


def document(rows: int = 1) -> Document:
    files: dict[str, bytes] = {}
    lying = picture("整改前", photo((1600, 1200)), files)
    standing = picture("整改后", photo((1600, 1200), (90, 140, 90), turned=True), files)
    small = picture("现场", photo((60, 45)), files)
    blocks: list[Title | Heading | Paragraph | Pictures] = [Title(("问题照片",))]
    for number in range(rows):
        blocks += [
            Heading(1, f"第{number + 1}处"),
            Paragraph((Run("整改时限4月20日，" * 6),)),
            Pictures((lying, standing)),
            Pictures((small, Picture("整改后（未报送照片）"))),
        ]
    made = Document("photo_annex", "照片", "问题照片", Form.PLAIN, AS_OF, tuple(blocks))
    return illustrated([made], files)[0]


@pytest.fixture(scope="module")
def pdf(studio: Studio) -> bytes:
    return studio.pdf(document(3))


@pytest.fixture(scope="module")
def word(studio: Studio) -> bytes:
    return studio.word(document(3))


def test_both_formats_say_what_the_document_says(pdf: bytes, word: bytes) -> None:
    assert_pdf_contains(pdf, document(3))
    assert_word_equals(word, document(3))


def test_photos_lie_in_the_type_area_undistorted_each_above_its_caption(pdf: bytes) -> None:
    left, right = LAYOUT.points("page.left"), LAYOUT.points("page.width") - LAYOUT.points("page.right")
    top, bottom = LAYOUT.points("page.top"), LAYOUT.points("page.height") - LAYOUT.points("page.bottom")
    with pdfplumber.open(BytesIO(pdf)) as pages:
        seen = [(page, image) for page in pages.pages for image in page.images]
        assert len(seen) == 9
        for page, image in seen:
            assert left <= image["x0"] < image["x1"] <= right
            assert top <= image["top"] < image["bottom"] <= bottom
            across, down = image["srcsize"]
            assert image["width"] / image["height"] == pytest.approx(across / down, rel=0.01)
            below = page.crop((image["x0"] - 9, image["bottom"], image["x1"] + 9, image["bottom"] + 25))
            assert (below.extract_text() or "").strip() in {"整改前", "整改后", "现场"}
    sizes = {round(image["width"] / POINTS_PER_MM) for _, image in seen}
    assert max(sizes) <= 75  # half of the type area
    assert min(sizes) == round(60 / 100 * 25.4)  # a small one stays small


def test_the_two_of_a_row_do_not_touch() -> None:
    row = fit_photos(LAYOUT, document().blocks[3])  # type: ignore[arg-type] # the pair
    gap = LAYOUT.points("photo.gap")
    assert all(size.width <= row.column - gap + 0.01 for size in row.sizes)
    assert all(size.height <= LAYOUT.points("photo.tallest") + 0.01 for size in row.sizes)


def test_word_has_them_in_the_line_with_words_and_the_same_size(word: bytes) -> None:
    with ZipFile(BytesIO(word)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        media = [name for name in package.namelist() if name.startswith("word/media/")]
    assert len(media) == 3  # each photo once, however often it is shown
    inline = list(body.iter(f"{_WP}inline"))
    assert [i.find(f"{_WP}docPr").get("descr") for i in inline[:3]] == [  # type: ignore[union-attr] # it is there
        "整改前的样子",
        "整改后的样子",
        "现场的样子",
    ]
    extent = inline[0].find(f"{_WP}extent")
    row = fit_photos(LAYOUT, document().blocks[3])  # type: ignore[arg-type] # the pair
    assert extent is not None
    assert int(extent.get("cx", "0")) == pytest.approx(row.sizes[0].width * 12700, abs=1)
    for table in body.iter(f"{_W}tbl"):
        above, below = table.findall(f"{_W}tr")
        assert all(p.find(f"{_W}pPr/{_W}keepNext") is not None for p in above.iter(f"{_W}p"))
        assert all(tr.find(f"{_W}trPr/{_W}cantSplit") is not None for tr in (above, below))


def test_the_same_photos_give_the_same_bytes(studio: Studio, pdf: bytes, word: bytes) -> None:
    assert studio.pdf(document(3)) == pdf
    assert studio.word(document(3)) == word
