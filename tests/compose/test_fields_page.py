"""docs/fields.md says of every name that a template may use what it is, as the program has it."""

from pathlib import Path

import pytest

from campaign.compose.briefs import BRIEFS
from campaign.compose.fields import ABOUT, filters_shown, page, superfluous, undescribed
from campaign.compose.filters import FILTERS
from campaign.compose.genres import About
from campaign.compose.linting.shapes import fields_of

PAGE = Path(__file__).parents[2] / "docs" / "fields.md"


def test_the_page_is_what_the_program_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"


def test_every_name_is_described() -> None:
    """A name that is new is described in campaign/compose/fields.yaml."""
    assert undescribed() == ()


def test_nothing_is_described_that_does_not_exist() -> None:
    assert superfluous() == ()


def test_everything_a_document_may_be_about_is_named() -> None:
    assert set(ABOUT) == set(About)


def test_every_filter_is_shown() -> None:
    assert set(FILTERS) - filters_shown() == set()


@pytest.mark.parametrize("brief", BRIEFS.values(), ids=lambda brief: brief.__name__)
def test_every_name_is_on_the_page(brief: type) -> None:
    text = page()
    assert [n for n in fields_of(brief) if n != "sources" and f"| `{n}` |" not in text] == []
