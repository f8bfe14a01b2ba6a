"""What the overview page leads to: documents in their forms, workbooks, and the cells in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from campaign.records import CellRef

_WHOLE_SET = "（全部材料）"
_PAGES = {".pdf": "PDF", ".docx": "Word"}


@dataclass(frozen=True, slots=True)
class Link:
    """A file to open: what it is called on the page, and where it lies as seen from the page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One document in its forms (PDF, Word)."""

    name: str
    forms: tuple[Link, ...]


def papers(outputs: Iterable[str]) -> Iterator[Paper]:
    """The documents among some files, each with its forms."""
    forms: dict[str, list[Link]] = {}
    for name in outputs:
        if is_paper(name):
            path = PurePosixPath(name)
            forms.setdefault(str(path.with_suffix("")), []).append(Link(_PAGES[path.suffix], quote(name)))
    for stem, links in forms.items():
        yield Paper(stem, tuple(links))


def is_paper(name: str) -> bool:
    """Whether a file is a form of a document."""
    return PurePosixPath(name).suffix in _PAGES and "/" not in name


def link(name: str) -> Link:
    """A link to a file beside the page."""
    return Link(name, quote(name))


def to_input(ref: CellRef, inputs: str | None) -> Link:
    """A link to a workbook in the input folder; bare text where the folder is not known."""
    href = quote(f"{inputs}/{ref.file}") if inputs is not None and ref.file else ""
    return Link(ref.file or _WHOLE_SET, href)


def spot(ref: CellRef) -> str:
    """The sheet and cell of a place, without its file."""
    return f"“{ref.sheet}”{ref.cell}" if ref.sheet else ""
