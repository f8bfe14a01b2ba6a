"""The studio: documents in, PDF and Word bytes out."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.compose.blocks import Document
from campaign.render.fonts import Faces, Substitution
from campaign.render.geometry import layout

if TYPE_CHECKING:
    from campaign.render.pdf import Press
    from campaign.render.word import Writer


class Studio:
    """Renders documents. One studio serves a whole run: faces and style sheets are read once.

    Args:
        templates: the folder with layout.yaml, print.css, base.docx and, if the office has any, fonts/.
        fonts: the folder with the stand-in faces that set-up brings.

    Raises:
        TemplateError: the layout profile is not there or lacks something.
        MissingFaceError: a stand-in face is not there.
    """

    def __init__(self, templates: Path, fonts: Path) -> None:
        self._templates = templates
        self._layout = layout.load(templates)
        self._faces = Faces(self._layout, templates, fonts)

    @cached_property
    def _press(self) -> "Press":
        from campaign.render.pdf import Press  # noqa: PLC0415 - half a second that Word files do not need

        return Press(self._faces, self._layout, self._templates)

    @cached_property
    def _writer(self) -> "Writer":
        from campaign.render.word import Writer  # noqa: PLC0415 - and PDFs do not need this one

        return Writer(self._faces, self._layout, self._templates)

    def warm(self) -> None:
        """Load what PDFs need before the first one is asked for."""
        from campaign.render import charts  # noqa: F401, PLC0415 - the plotting library takes its time

        _ = self._press

    def prepare(self, documents: Iterable[Document]) -> None:
        """Announce the documents of a run: the faces are then cut to their characters at once, which saves
        about 0.03 s a document. The bytes are the same with and without.
        """
        self._press.prepare(documents)

    def pdf(self, document: Document) -> bytes:
        """The document as PDF.

        Raises:
            MissingGlyphError: it has a character that no font has.
            RenderError: it could not be set.
        """
        self._faces.check(document)
        return self._press.pdf(document)

    def word(self, document: Document) -> bytes:
        """The document as a Word file (.docx).

        Raises:
            MissingGlyphError: it has a character that no font has.
        """
        self._faces.check(document)
        return self._writer.word(document)

    def substitutions(self) -> tuple[Substitution, ...]:
        """The official faces that are not there, and what the PDFs use instead."""
        return self._faces.substitutions
