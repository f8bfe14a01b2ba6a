"""In which order the documents of a week come off the printer: by `order` in genres.yaml."""

from collections.abc import Sequence
from pathlib import Path

from campaign.compose import genres
from campaign.compose.blocks import Document


def printing_order(documents: Sequence[Document], templates: Path) -> tuple[Document, ...]:
    """The documents in printing order; kinds without an order come last, equals as they are.

    Raises:
        TemplateError: the list of genres is wrong.
    """
    places = {genre.name: genre.place for genre in genres.load(templates).genres}
    return tuple(sorted(documents, key=lambda document: places[document.genre]))
