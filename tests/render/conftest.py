"""One studio for all rendering tests: the templates and faces of the project."""

from pathlib import Path

import pytest

from campaign.compose.blocks import Document
from campaign.render import Studio
from tests.render import documents as made

ROOT = Path(__file__).parents[2]
TEMPLATES, FONTS = ROOT / "templates", ROOT / ".fonts"


@pytest.fixture(scope="session")
def studio() -> Studio:
    return Studio(TEMPLATES, FONTS)


@pytest.fixture(scope="session")
def bulletin() -> Document:
    """The bulletin that several tests look at."""
    return made.bulletin(3)


@pytest.fixture(scope="session")
def bulletin_pdf(studio: Studio, bulletin: Document) -> bytes:
    return studio.pdf(bulletin)
