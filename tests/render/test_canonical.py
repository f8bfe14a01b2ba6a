"""The canonical form of packages: same content, same bytes, whatever the clock and the order of writing."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from openpyxl import Workbook

from campaign.render.canonical import rezip

DAY = datetime(2023, 4, 28)  # noqa: DTZ001 - package properties know no time zone
PARTS = {
    "xl/workbook.xml": b"<workbook/>",
    "[Content_Types].xml": b"<Types/>",
    "docProps/core.xml": (
        b'<p><dcterms:created xsi:type="dcterms:W3CDTF">2026-01-02T03:04:05Z</dcterms:created>'
        b"<dcterms:modified>2026-01-02T03:04:05Z</dcterms:modified></p>"
    ),
    "_rels/.rels": b"<Relationships/>",
}


def package(order: list[str], year: int = 2023) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in order:
            archive.writestr(ZipInfo(name, (year, 5, 6, 7, 8, 10)), PARTS[name])
    return out.getvalue()


def test_order_and_time_of_writing_do_not_matter() -> None:
    names = list(PARTS)
    assert package(names) != package(names[::-1], 2024)
    assert rezip(package(names)) == rezip(package(names[::-1], 2024))


def test_every_part_survives_unchanged_and_content_types_come_first() -> None:
    with ZipFile(BytesIO(rezip(package(list(PARTS))))) as archive:
        assert archive.namelist() == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "xl/workbook.xml",
        ]
        assert {name: archive.read(name) for name in archive.namelist()} == PARTS
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_is_idempotent() -> None:
    once = rezip(package(list(PARTS)))
    assert rezip(once) == once


def test_the_time_of_last_change_is_replaced_and_that_of_making_kept() -> None:
    with ZipFile(BytesIO(rezip(package(list(PARTS)), DAY))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "<dcterms:modified>2023-04-28T00:00:00Z</dcterms:modified>" in core
    assert '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-02T03:04:05Z</dcterms:created>' in core


def test_a_part_that_occurs_twice_is_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("a.xml", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.xml", b"2")
    with pytest.raises(ValueError, match="twice"):
        rezip(out.getvalue())


def test_openpyxl_gives_the_same_bytes_twice() -> None:
    def book() -> bytes:
        workbook = Workbook()
        workbook.properties.created = DAY
        workbook.create_sheet("表").append(["甲", 1])
        out = BytesIO()
        workbook.save(out)
        return rezip(out.getvalue(), DAY)

    assert book() == book()
