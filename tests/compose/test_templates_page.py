"""docs/templates.md describes the vocabulary, the filters and the briefs as they are."""

import re
from pathlib import Path

import pytest

from campaign.compose import genres
from campaign.compose.environment import KEPT_FILTERS
from campaign.compose.filters import FILTERS
from campaign.compose.vocabulary import TAGS
from tests.compose.cases import TEMPLATES

_WHOLE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
PAGE = re.sub(r"```.*?```", "", _WHOLE, flags=re.DOTALL)  # the examples describe nothing


def code() -> set[str]:
    """Every word that stands in code marks."""
    return set(re.findall(r"[\w/]+", " ".join(re.findall(r"`([^`]+)`", PAGE))))


@pytest.mark.parametrize("tag", TAGS)
def test_every_tag_is_described(tag: str) -> None:
    assert re.search(rf"`<{tag}[ />]", PAGE)


@pytest.mark.parametrize("tag", TAGS.values(), ids=list(TAGS))
def test_every_attribute_is_described(tag: object) -> None:
    attributes = {name for t in TAGS.values() if t is tag for name in t.attributes}
    assert attributes <= code()


@pytest.mark.parametrize("name", [*FILTERS, *KEPT_FILTERS])
def test_every_filter_is_described(name: str) -> None:
    assert name in code()


def test_no_tag_is_described_that_does_not_exist() -> None:
    assert set(re.findall(r"`<(\w+)", PAGE)) <= TAGS.keys()


def test_every_template_belongs_to_a_genre_or_is_a_part() -> None:
    listed = {genre.template for genre in genres.load(TEMPLATES).genres}
    written = {path.name for path in TEMPLATES.glob("*.html") if not path.name.startswith("_")}
    assert listed <= written
