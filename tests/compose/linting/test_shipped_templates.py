"""The templates as they ship have no mistakes, whatever the shape of the data."""

from pathlib import Path

import pytest

from campaign.compose.briefs import BRIEFS
from campaign.compose.genres import About
from campaign.compose.linting.lint import lint
from campaign.compose.linting.samples import samples
from campaign.compose.linting.shapes import Many, fields_of
from tests.compose.cases import TEMPLATES


def told(folder: Path, *, quick: bool) -> list[str]:
    return [str(mistake) for mistake in lint(folder, quick=quick) if not mistake.hint]


def test_the_shipped_templates_are_clean() -> None:
    assert told(TEMPLATES, quick=True) == []


@pytest.mark.deep
def test_the_shipped_templates_are_clean_for_every_rare_shape() -> None:
    assert told(TEMPLATES, quick=False) == []


def test_there_is_a_brief_for_everything_a_document_may_be_about() -> None:
    assert set(BRIEFS) == set(About)


@pytest.mark.parametrize("about", list(About), ids=str)
def test_samples_have_empty_lists_single_rows_and_many(about: About) -> None:
    brief = BRIEFS[about]
    lists = [n for n, shape in fields_of(brief).items() if isinstance(shape, Many)]
    sizes = [{len(getattr(s.brief, n)) for n in lists} for s in samples(brief)]
    assert {1, 40} <= set.union(*sizes)
    assert any(s <= {0, 1} for s in sizes)


def test_a_sample_for_each_field_that_may_be_missing() -> None:
    brief = BRIEFS[About.WEEK]
    *_, missing = samples(brief, [(brief, "comparison")])
    assert missing.brief.comparison is None
    assert missing.brief.overdue
