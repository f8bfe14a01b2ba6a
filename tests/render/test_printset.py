"""The print set: every document whole, in order, each on the front of a sheet, the same bytes each time."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from campaign.render.printset import Part, print_set

A4 = (595.0, 842.0)


def part(title: str, *pages: tuple[float, float]) -> Part:
    """A PDF of blank pages of these sizes."""
    writer = PdfWriter()
    for width, height in pages:
        writer.add_blank_page(width, height)
    out = BytesIO()
    writer.write(out)
    return Part(title, out.getvalue())


def sizes(reader: PdfReader) -> list[tuple[float, float]]:
    return [(float(p.mediabox.width), float(p.mediabox.height)) for p in reader.pages]


def test_each_document_begins_on_the_front_of_a_sheet() -> None:
    parts = [part("甲", A4), part("乙", A4, A4), part("丙", A4, A4, A4[::-1]), part("丁", A4)]
    reader = PdfReader(BytesIO(print_set(parts, "合集")))
    marks = [(str(item.title), reader.get_destination_page_number(item)) for item in reader.outline]  # type: ignore[union-attr,arg-type]
    assert marks == [("甲", 0), ("乙", 2), ("丙", 4), ("丁", 8)]
    assert sizes(reader) == [A4] * 6 + [A4[::-1]] * 2 + [A4] * 2


def test_the_same_documents_give_the_same_bytes() -> None:
    parts = [part("甲", A4), part("乙", A4)]
    assert print_set(parts, "合集") == print_set(parts, "合集")
    assert print_set(parts, "合集") != print_set(parts[::-1], "合集")


def test_it_carries_no_time_and_no_maker() -> None:
    information = PdfReader(BytesIO(print_set([part("甲", A4)], "合集"))).metadata
    assert information is not None
    assert set(information) == {"/Title"}


def test_nothing_is_no_set() -> None:
    with pytest.raises(ValueError, match="at least one"):
        print_set([], "合集")
