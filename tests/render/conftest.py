"""One studio for all rendering tests: the templates and faces of the project."""

from pathlib import Path

import pytest

from campaign.render import Studio

ROOT = Path(__file__).parents[2]
TEMPLATES, FONTS = ROOT / "templates", ROOT / ".fonts"


@pytest.fixture(scope="session")
def studio() -> Studio:
    return Studio(TEMPLATES, FONTS)
