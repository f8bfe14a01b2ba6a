"""All documents of a week in one file, ready for a duplex printer: 打印合集.pdf.

Each document begins on the front of a sheet, so a blank page follows one with an odd number of pages; page
numbers stay each document's own. The bookmarks name the documents. It is made for the printer alone: what is
kept is each document's own PDF, with its tags and attachments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pikepdf import Dictionary, Name, ObjectStreamMode, OutlineItem, Page, Pdf

# What belongs to the structure of the document a page comes from, and would lead nowhere.
_LEFT_BEHIND = ("/StructParents", "/Annots", "/Tabs")


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the set: what its bookmark says, and its PDF."""

    title: str
    pdf: bytes


def print_set(parts: Sequence[Part], title: str) -> bytes:
    """The documents in the order given, each on sheets of its own; the same parts give the same bytes.

    Raises:
        ValueError: there is no document.
    """
    if not parts:
        raise ValueError("a print set needs at least one document")
    whole = Pdf.new()
    starts = [_append(whole, part) for part in parts]
    with whole.open_outline() as outline:
        outline.root.extend(OutlineItem(p.title, n) for p, n in zip(parts, starts, strict=True))
    whole.docinfo["/Title"] = title
    whole.Root.Lang = "zh-CN"
    whole.Root.PageMode = Name.UseOutlines
    whole.Root.ViewerPreferences = Dictionary(Duplex=Name.DuplexFlipLongEdge, PickTrayByPDFSize=True)
    out = BytesIO()
    whole.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def _append(whole: Pdf, part: Part) -> int:
    """Add a document, and a blank page where the next would begin on a back; the number of its first page."""
    start = len(whole.pages)
    with Pdf.open(BytesIO(part.pdf)) as source:
        whole.pages.extend(source.pages)
        for page in whole.pages[start:]:
            for key in _LEFT_BEHIND:
                if key in page.obj:
                    del page.obj[key]
        if len(source.pages) % 2:
            whole.pages.append(_blank(whole, whole.pages[-1]))
    return start


def _blank(whole: Pdf, like: Page) -> Page:
    """An empty page as large as another."""
    box = [float(side) for side in like.mediabox.as_list()]
    page = Dictionary(Type=Name.Page, MediaBox=box, Resources=Dictionary())
    return Page(whole.make_indirect(page))
