"""Charts: vector for PDF, sharp for Word, the same bytes each time, legible without colour."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from matplotlib.figure import Figure as MplFigure
from matplotlib.font_manager import FontProperties
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from campaign.compose.blocks import Chart, Figure, Mark, Series
from campaign.render import Studio
from campaign.render.charts import _Drawing, png, svg
from campaign.render.fonts import Faces
from campaign.render.geometry.layout import Layout, load
from tests.render import documents as made
from tests.render.conftest import FONTS, TEMPLATES
from tests.support.parity import assert_pdf_contains, assert_word_equals

# What all tests here look at is made once: they run in one process.
pytestmark = pytest.mark.xdist_group("charts")


@pytest.fixture(scope="module")
def profile() -> Layout:
    return load(TEMPLATES)


@pytest.fixture(scope="module")
def faces(profile: Layout) -> Faces:
    return Faces(profile, TEMPLATES, FONTS)


def chart(kind: str, series: int = 3, points: int = 6, *, gap: bool = False) -> Chart:
    values = [
        tuple(None if gap and n == 2 else Decimal(10 * (s + 1) + n) for n in range(points))
        for s in range(series)
    ]
    return Chart(
        kind,
        tuple(f"第{n}周" for n in range(1, points + 1)),
        tuple(Series(f"东关{s}街道喆", numbers) for s, numbers in enumerate(values)),
        "件",
    )


@pytest.mark.parametrize(("kind", "draw"), [("bar", svg), ("line", svg), ("stacked", png)])
def test_the_same_chart_gives_the_same_bytes(
    kind: str, draw: Callable[[Chart, Faces, Layout], bytes], faces: Faces, profile: Layout
) -> None:
    one = chart(kind, gap=True)
    assert draw(one, faces, profile) == draw(one, faces, profile)


def test_words_are_outlines_and_nothing_is_raster_or_dated(faces: Faces, profile: Layout) -> None:
    picture = svg(chart("stacked"), faces, profile).decode()
    assert "<text" not in picture
    assert "<image" not in picture
    assert not re.search(r"20\d\d-\d\d-\d\d", picture)


def calendar() -> Chart:
    """A closing curve: two known lines, one expected, a gap, a deadline."""
    known, ends = chart("line", 2, 9, gap=True), Decimal(90)
    days = (*(date(2023, 3, 31) + timedelta(7 * n) for n in range(9)), date(2023, 6, 30))
    expected = Series("推算", (*[None] * 8, ends, Decimal(120)), dashed=True)
    return Chart(
        "calendar",
        tuple(f"{day.month}月{day.day}日" for day in days),
        (*(Series(s.name, (*s.values, None)) for s in known.series), expected),
        "件",
        days,
        (Mark(date(2023, 5, 26), "集中整治5月26日止"),),
    )


def test_on_a_calendar_only_what_is_expected_is_dashed(faces: Faces, profile: Layout) -> None:
    without = replace(calendar(), series=calendar().series[:2])
    dashes = [
        set(re.findall(r"stroke-dasharray: ([\d., ]+)", svg(c, faces, profile).decode()))
        for c in (calendar(), without)
    ]
    assert len(dashes[0] - dashes[1]) == 1


def test_days_stand_where_the_calendar_has_them(profile: Layout) -> None:
    """A week is a week wide, five weeks are five."""
    places = _Drawing(MplFigure(), calendar(), FontProperties(), profile)._places()  # noqa: SLF001
    assert places[:3] == [0, 7, 14]
    assert places[-1] - places[-2] == 35


@pytest.mark.parametrize("weeks", [1, 4, 13, 60])
def test_labels_of_a_course_never_run_into_each_other(weeks: int, faces: Faces, profile: Layout) -> None:
    many = replace(chart("line", 1, weeks), labels=tuple(f"{n % 12 + 1}月28日" for n in range(weeks)))
    drawn = _Drawing(MplFigure(), many, FontProperties(), profile)
    places, labels = drawn._thinned()  # noqa: SLF001 - how many are left is the point
    assert labels[0] == many.labels[-1]
    room = profile.points("figure.width") / max(weeks - 1, 1)
    assert all(a - b >= 4.5 * profile.points("figure.size") / room * 0.9 for a, b in pairwise(places))


@pytest.mark.parametrize("length", [2, 8, 26])
def test_a_legend_of_long_names_leaves_the_chart_its_room(length: int, faces: Faces, profile: Layout) -> None:
    """Where it does not, the plotting library warns, and a warning is an error here."""
    plain = chart("line", 6, 13)
    long = tuple(replace(s, name=f"{n}" + "街" * length) for n, s in enumerate(plain.series))
    assert svg(replace(plain, series=long), faces, profile)


@pytest.mark.parametrize("kind", ["bar", "line", "stacked"])
def test_only_greys_are_used(kind: str, faces: Faces, profile: Layout) -> None:
    colours = set(re.findall(r"#([0-9a-f]{6})\b", svg(chart(kind), faces, profile).decode()))
    assert colours
    assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


def test_lines_differ_in_dash_and_marker(faces: Faces, profile: Layout) -> None:
    picture = svg(chart("line"), faces, profile).decode()
    assert len(set(re.findall(r"stroke-dasharray: ([\d., ]+)", picture))) >= 3


def test_a_picture_for_word_has_at_least_200_dots_to_the_inch(faces: Faces, profile: Layout) -> None:
    width, height = Image.open(BytesIO(png(chart("bar"), faces, profile))).size
    assert width >= 200 * 150 / 25.4 - 1
    assert abs(width / height - 150 / 78) < 0.01


@pytest.mark.parametrize(
    "odd",
    [
        Chart("bar", (), (), "件"),
        Chart("line", ("第1周",), (Series("甲", (None,)),), "%"),
        Chart("stacked", ("甲", "乙"), (), "件"),
        Chart(
            "bar",
            tuple(f"清河第{n}物业服务公司" for n in range(28)),
            (Series("得分", (Decimal(90),) * 28),),
            "分",
        ),
    ],
)
def test_odd_charts_are_drawn_too(odd: Chart, faces: Faces, profile: Layout) -> None:
    assert svg(odd, faces, profile).startswith(b"<?xml")
    assert png(odd, faces, profile)[:4] == b"\x89PNG"


def test_alternative_text_is_in_both_formats(studio: Studio) -> None:
    figure = Figure("图1　问题数量", '消防类最多，"共98个"。', chart("bar"))
    document = made.document(figure)
    pdf, word = studio.pdf(document), studio.word(document)
    assert_pdf_contains(pdf, document)
    assert_word_equals(word, document)
    with ZipFile(BytesIO(word)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
        media = [name for name in package.namelist() if name.startswith("word/media/")]
    described = [str(node.get("descr")) for node in root.iter("{*}docPr") if node.get("descr")]
    assert described == [figure.alt]
    assert [Path(name).suffix for name in media] == [".png"]
    assert figure.alt in _alternatives(pdf)


def _alternatives(data: bytes) -> list[str]:
    reader = PdfReader(BytesIO(data))
    things = (reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"]))))
    return [str(thing["/Alt"]) for thing in things if isinstance(thing, DictionaryObject) and "/Alt" in thing]
