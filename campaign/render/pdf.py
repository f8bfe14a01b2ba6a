"""HTML → PDF bytes: WeasyPrint in this process, one font configuration and one style sheet for a whole run.

Nothing is ever fetched: the only addresses are those of faces, charts and the draft stamp, which lie in
memory.
"""

import gc
import logging
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from campaign.compose.blocks import Document, Figure
from campaign.errors import RenderError, TemplateError
from campaign.render import archival, justify
from campaign.render.engine import font_configuration, weasyprint
from campaign.render.fonts import Face, Faces
from campaign.render.geometry.layout import Layout
from campaign.render.html import Markup, photo_address
from campaign.render.stamp import stamp

# isort: split
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

_NONE = frozenset[str]()
_OBJECTS = 200_000  # made before Python looks for rubbish; long tables make millions and drop few
_MANY_PAGES = 15


class EngineComplaintError(RenderError):
    """WeasyPrint complained about what it was given: a mistake of ours that must not reach paper."""

    def __init__(self, document: str, complaints: list[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__(f"排版《{document}》时出现问题，未生成文件：{'；'.join(complaints)}")


class _Sealed(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Hands out what lies in memory and refuses everything else."""

    def __init__(self, held: Mapping[str, Callable[[], bytes]]) -> None:
        super().__init__()
        self.held = held

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - as the base's
        """What is held under this address.

        Raises:
            FatalURLFetchingError: for every other address.
        """
        if url not in self.held:
            raise FatalURLFetchingError(url)
        kind = {"Content-Type": "image/svg+xml"} if url.endswith(".svg") else {}
        return URLFetcherResponse(url, self.held[url](), kind)


def common_characters() -> frozenset[str]:
    """ASCII and level 1 of GB 2312, the 3,755 commonest: what is ready for documents not announced before."""
    rows = range(0xB0, 0xD8)
    pairs = (bytes((lead, trail)) for lead in rows for trail in range(0xA1, 0xFF))
    return frozenset(map(chr, range(0x20, 0x7F))) | {c for p in pairs for c in p.decode("gb2312", "ignore")}


Characters = Mapping[Face, frozenset[str]]  # what each face has to print


class Typecase:
    """The faces, cut down to the characters they have to print, as WeasyPrint knows them; and the style
    sheets set in them. A case is good for every document whose characters it holds; making one takes about
    0.1 s.
    """

    def __init__(self, faces: Faces, layout: Layout, css: str, characters: Characters) -> None:
        self.characters = characters
        self.fonts = font_configuration()
        held = {_address(face): partial(face.subset, sorted(wanted)) for face, wanted in characters.items()}
        self._fetcher = _Sealed({**held, "stamp:draft.svg": partial(stamp, faces, layout)})
        rules = "".join(
            f'@font-face{{font-family:"{face.name}";font-weight:normal;src:url("{_address(face)}")}}'
            for face in characters
        )
        families = {part: faces.first(part).name for part in layout.typefaces}
        self.sheet = self._css(rules + layout.fill(css, "templates/print.css", families))
        self.draft_sheet = self._css(layout.fill(_DRAFT, "pdf.py", families))

    def holds(self, characters: Characters) -> bool:
        """Whether every face has the characters it has to print."""
        return all(wanted <= self.characters.get(face, _NONE) for face, wanted in characters.items())

    def _css(self, text: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        with _listening() as complaints:
            sheet = weasyprint.CSS(string=text, font_config=self.fonts, url_fetcher=self._fetcher)
        if complaints:
            raise TemplateError(f"templates/print.css 中有不能识别的写法：{'；'.join(complaints)}")
        return sheet

    def write(self, html: str, document: Document, pictures: Mapping[str, Callable[[], bytes]]) -> bytes:
        """Set and write one document."""
        sheets = [self.sheet, self.draft_sheet] if document.draft else [self.sheet]
        fetcher = _Sealed({**self._fetcher.held, **pictures})
        source = weasyprint.HTML(string=html, url_fetcher=fetcher)
        pages = source.render(stylesheets=sheets, font_config=self.fonts, pdf_tags=True)
        if len(pages.pages) > _MANY_PAGES:
            gc.collect()  # what layout leaves behind, before writing needs as much again
        with warnings.catch_warnings():
            # WeasyPrint leaves the closing of its colour profile to Python.
            warnings.simplefilter("ignore", ResourceWarning)
            finish = archival.declare(document)
            return bytes(pages.write_pdf(pdf_tags=True, pdf_variant=archival.VARIANT, finisher=finish))


_DRAFT = """
@page {
  background: url("stamp:draft.svg") center no-repeat;
  @top-right {
    content: "${draft.words}";
    vertical-align: bottom;
    padding-bottom: 14mm;
    font: ${draft.mark_size} "${draft.face}";
    color: #555;
  }
}
"""


class _Manuscript:
    """A document as HTML, with its pictures and what each face has to print."""

    def __init__(self, document: Document, faces: Faces, layout: Layout) -> None:
        self.document = document
        self.pictures: dict[str, Callable[[], bytes]] = {}

        def address(figure: Figure) -> str:
            from campaign.render.charts import svg  # noqa: PLC0415 - half a second, which few documents need

            url = f"figure:{len(self.pictures) + 1}.svg"
            self.pictures[url] = partial(svg, figure.chart, faces, layout)
            return url

        for digest in document.photos:
            self.pictures[photo_address(digest)] = partial(document.photos.__getitem__, digest)
        markup = Markup(faces, layout, address)
        self.html = markup.page(document)
        markup.used.setdefault(faces.first(layout.text("number.face")), set()).update("0123456789— ")
        markup.used.setdefault(faces.first(layout.text("draft.face")), set()).update(
            layout.text("draft.words")
        )
        self.characters = {face: frozenset(used) for face, used in markup.used.items()}


class Press:
    """Makes PDFs of documents; keeps one type case and makes a larger one when a document needs it."""

    def __init__(self, faces: Faces, layout: Layout, templates: Path) -> None:
        justify.install()
        self.faces = faces
        self.layout = layout
        path = templates / "print.css"
        if not path.is_file():
            raise TemplateError("templates 文件夹中没有 print.css；请从程序自带的 templates 文件夹中找回")
        self._css = path.read_text(encoding="utf-8")
        self._case: Typecase | None = None

    def prepare(self, documents: Iterable[Document]) -> None:
        """Make a type case for these documents and those before."""
        wanted: Characters = {}
        for document in documents:
            wanted = _together(wanted, _Manuscript(document, self.faces, self.layout).characters)
        self._case_for(wanted)

    def _case_for(self, characters: Characters) -> Typecase:
        """A type case with these characters and all that earlier documents had."""
        if self._case is None or not self._case.holds(characters):
            before = self._case.characters if self._case else {}
            self._case = Typecase(self.faces, self.layout, self._css, _together(before, characters))
        return self._case

    def pdf(self, document: Document) -> bytes:
        """One document as PDF bytes.

        Raises:
            EngineComplaintError: WeasyPrint found something wrong with what it was given.
        """
        manuscript = _Manuscript(document, self.faces, self.layout)
        wanted = manuscript.characters
        if self._case is None or not self._case.holds(wanted):
            # Not announced: others like it will follow, so the case gets what most documents need.
            common = common_characters()
            wanted = {face: used | frozenset(filter(face.has, common)) for face, used in wanted.items()}
        case = self._case_for(wanted)
        with _attentive(document.name), _unhurried():
            return case.write(manuscript.html, document, manuscript.pictures)


def _address(face: Face) -> str:
    return f"face:{face.name}"


def _together(some: Characters, more: Characters) -> Characters:
    return {face: some.get(face, _NONE) | more.get(face, _NONE) for face in (*some, *more)}


@contextmanager
def _unhurried() -> Iterator[None]:
    """Let Python look for rubbish seldom: laying out a long table makes millions of objects that all stay."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.complaints.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect WeasyPrint's warnings, which nobody would read."""
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield listener.complaints
    finally:
        logger.removeHandler(listener)


@contextmanager
def _attentive(document: str) -> Iterator[None]:
    """Turn WeasyPrint's warnings and its refusals to fetch into errors."""
    with _listening() as complaints:
        try:
            yield
        except FatalURLFetchingError as error:  # a BaseException: no other handler would catch it
            raise EngineComplaintError(document, [f"不应读取的地址 {error}"]) from error
    if complaints:
        raise EngineComplaintError(document, complaints)
