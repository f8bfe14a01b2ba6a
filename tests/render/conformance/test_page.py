"""docs/conformance.md lists the checks as they are."""

from pathlib import Path

from campaign.render.conformance.catalogue import table
from campaign.render.geometry import layout
from tests.render.conftest import ROOT, TEMPLATES

PAGE = ROOT / "docs" / "conformance.md"


def listed(page: Path) -> str:
    """What stands between the marks."""
    words = page.read_text(encoding="utf-8")
    return words.split("conformance.catalogue -->\n")[1].split("<!-- end of checks -->")[0]


def test_the_page_lists_every_check_with_clause_and_strength() -> None:
    assert listed(PAGE) == table(layout.load(TEMPLATES))
