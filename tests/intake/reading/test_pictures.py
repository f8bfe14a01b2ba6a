"""Pictures on their way to paper: turned, made small, stripped, and refused where they would do harm."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from campaign.intake.reading import read_pictures
from campaign.intake.reading.prints import LONGEST, Unprintable, prepare
from tests.intake.reading.packages import RELATION, parts_of, relations, row, zipped

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES = f'xmlns:d="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:r="{RELATION}"'
RED, BLUE = (200, 30, 30), (30, 30, 200)


def bitmap(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Red above, blue below."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (0, size[1] // 2, *size))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned_by_camera(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "camera"
    return encoded(bitmap(), "JPEG", exif=exif.tobytes(), quality=95)


def looks(data: bytes) -> list[str]:
    """What is seen at the left, right, upper and lower edge."""
    with Image.open(BytesIO(data)) as image:
        assert image.format == "JPEG"
        w, h = image.size
        places = ((2, h // 2 - 5), (w - 3, h // 2 - 5), (w // 2 - 5, 2), (w // 2 - 5, h - 3))
        pixels = [image.getpixel(place) for place in places]
    return ["红" if p[0] > p[2] else "蓝" for p in pixels if isinstance(p, tuple)]


UPRIGHT = ["红", "红", "红", "蓝"]


@pytest.mark.parametrize(
    ("data", "turn", "size", "seen"),
    [
        (encoded(bitmap()), 0, (60, 40), UPRIGHT),
        (encoded(bitmap()), 90, (40, 60), ["蓝", "红", "蓝", "蓝"]),
        (turned_by_camera(1), 0, (60, 40), UPRIGHT),
        (turned_by_camera(3), 180, (60, 40), UPRIGHT),
        (turned_by_camera(6), 270, (60, 40), UPRIGHT),
        (turned_by_camera(8), 90, (60, 40), UPRIGHT),
    ],
)
def test_pictures_stand_upright(data: bytes, turn: int, size: tuple[int, int], seen: list[str]) -> None:
    done = prepare(data, turn)
    assert (done.width, done.height) == size
    if turn != 90 or seen == UPRIGHT:
        assert looks(done.data) == seen
    else:
        assert looks(done.data)[:2] == seen[:2]


def test_a_camera_turns_them_too() -> None:
    done = prepare(turned_by_camera(6))
    assert (done.width, done.height) == (40, 60)
    assert looks(done.data)[:2] == ["蓝", "红"]


def test_what_the_camera_wrote_beside_them_is_left_behind() -> None:
    done = prepare(turned_by_camera(6))
    with Image.open(BytesIO(done.data)) as image:
        assert not image.getexif()
    assert b"camera" not in done.data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF"])
def test_large_ones_are_made_small_whatever_their_format(kind: str) -> None:
    done = prepare(encoded(bitmap((3000, 1500)), kind))
    assert (done.width, done.height) == (LONGEST, LONGEST // 2)
    assert looks(done.data) == UPRIGHT
    assert done == prepare(encoded(bitmap((3000, 1500)), kind))


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "CMYK", "LA", "1"])
def test_every_kind_of_colour_can_be_printed(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    done = prepare(encoded(bitmap(mode=mode), kind))
    assert (done.width, done.height) == (60, 40)


def test_sixteen_bits_of_gray_do_not_turn_white() -> None:
    gray = Image.new("I;16", (20, 20), 0x4000)
    with Image.open(BytesIO(prepare(encoded(gray)).data)) as image:
        assert image.convert("L").getpixel((10, 10)) == pytest.approx(0x40, abs=3)


def test_what_is_transparent_is_white_as_paper() -> None:
    with Image.open(BytesIO(prepare(encoded(Image.new("RGBA", (20, 20), (0, 0, 0, 0)))).data)) as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


def too_large() -> bytes:
    """A hundred bytes that unpack to fifteen gigabytes."""
    small = bytearray(encoded(Image.new("L", (1, 1))))
    small[16:24] = (70_000).to_bytes(4, "big") * 2
    return bytes(small)


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"no picture",
        lambda: b"",
        lambda: encoded(bitmap(), "JPEG")[:200],
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run",
        too_large,
    ],
    ids=["words", "nothing", "cut off", "svg", "eps", "bomb"],
)
def test_what_cannot_be_printed_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(Unprintable):
        prepare(make())


# --- Out of a workbook ----------------------------------------------------------------------------


def workbook(media: dict[str, bytes], rotation: str = "") -> bytes:
    """The first picture lies over B3, the second is WPS's in C1."""
    one, two = media
    blip = '<d:blipFill><a:blip r:embed="rId1"/></d:blipFill>'
    corner = "<d:from><d:col>1</d:col><d:row>2</d:row></d:from>"
    shape = f"<d:spPr><a:xfrm{rotation}/></d:spPr>"
    anchor = f"<d:oneCellAnchor>{corner}<d:pic>{blip}{shape}</d:pic></d:oneCellAnchor>"
    parts = parts_of(row(1, '<c r="C1" t="str"><f>DISPIMG("ID_7",1)</f><v>=DISPIMG("ID_7",1)</v></c>'))
    parts |= {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("rId1", "drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": f"<d:wsDr {NAMESPACES}>{anchor}</d:wsDr>",
        "xl/drawings/_rels/drawing1.xml.rels": relations(("rId1", "image", f"../media/{one}")),
        "xl/cellimages.xml": f'<e:cellImages xmlns:e="urn:wps" {NAMESPACES}><e:cellImage><d:pic><d:nvPicPr>'
        f'<d:cNvPr id="1" name="ID_7"/></d:nvPicPr>{blip}</d:pic></e:cellImage></e:cellImages>',
        "xl/_rels/cellimages.xml.rels": relations(("rId1", "image", f"media/{two}")),
        **{f"xl/media/{name}": data for name, data in media.items()},
    }
    return zipped(parts)


def test_pictures_over_and_in_cells_are_taken_out(tmp_path: Path) -> None:
    media = {"image1.png": encoded(bitmap()), "image2.jpeg": turned_by_camera(6)}
    (tmp_path / "台账.xlsx").write_bytes(workbook(media, ' rot="5400000"'))
    (pictures,) = read_pictures(tmp_path, ["台账.xlsx"])
    assert pictures is not None
    assert [(p.sheet, p.row, p.column, p.width, p.height, p.trouble) for p in pictures] == [
        ("表一", 1, 3, 40, 60, ""),
        ("表一", 3, 2, 40, 60, ""),
    ]
    assert pictures[1].data == prepare(encoded(bitmap()), 90).data


def test_those_that_cannot_be_printed_are_told(tmp_path: Path) -> None:
    media = {"image1.emf": b"\x01\x00\x00\x00", "image2.jpeg": b"\xff\xd8\xff\xe0"}
    (tmp_path / "台账.xlsx").write_bytes(workbook(media))
    (pictures,) = read_pictures(tmp_path, ["台账.xlsx"])
    assert pictures is not None
    assert [(p.row, p.data, bool(p.trouble)) for p in pictures] == [(1, b"", True), (3, b"", True)]
