"""One studio for all rendering tests: the templates and faces of the project."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from campaign.compose.blocks import Document
from campaign.render import Studio
from tests.render import documents as made

ROOT = Path(__file__).parents[2]
TEMPLATES, FONTS = ROOT / "templates", ROOT / ".fonts"


@cache
def studio_of_all() -> Studio:
    """The studio, also for what is rendered outside of fixtures."""
    return Studio(TEMPLATES, FONTS)


@cache
def bulletin_of_all() -> bytes:
    """The bulletin that several tests look at, as PDF."""
    return studio_of_all().pdf(made.bulletin(3))


@pytest.fixture(scope="session")
def studio() -> Studio:
    return studio_of_all()


@pytest.fixture(scope="session", autouse=True)
def cleared() -> Iterator[None]:
    """Let go of the studio while its libraries are still there to tidy up after it."""
    yield
    studio_of_all.cache_clear()


@pytest.fixture(scope="session")
def bulletin() -> Document:
    """The bulletin that several tests look at."""
    return made.bulletin(3)


@pytest.fixture(scope="session")
def bulletin_pdf() -> bytes:
    return bulletin_of_all()
