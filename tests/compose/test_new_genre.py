"""The manual's example of a new kind of document does what the manual says, by its own words alone."""

import re
import shutil
from pathlib import Path

import pytest

from campaign.compose import week_documents
from campaign.compose.blocks import Document, Table
from campaign.compose.genres import FILE
from campaign.compose.linting.lint import lint
from tests.compose.cases import TEMPLATES, everything_overdue, no_problems
from tests.compose.rules import rulebook

PAGE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## A new kind of document, by example\n")[2].partition("\n## ")[0]
BLOCKS = dict(re.findall(r"```(\w+)\n(.*?)```", SECTION, re.DOTALL))
NAME = "reminder"


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """The project's templates with the example added as the manual says."""
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder, ignore=shutil.ignore_patterns("fonts"))
    (folder / f"{NAME}.html").write_text(BLOCKS["html"], encoding="utf-8")
    listing = (folder / FILE).read_text(encoding="utf-8")
    entries, mark, rest = listing.partition("\n# 标题换行时不拆开的词语")
    assert mark
    (folder / FILE).write_text(f"{entries}\n{BLOCKS['yaml']}{mark}{rest}", encoding="utf-8")
    return folder


def only(documents: tuple[Document, ...]) -> Document:
    (found,) = [document for document in documents if document.genre == NAME]
    return found


def of_example(templates: Path) -> list[str]:
    """What is said of the example, listed alone: the others are linted elsewhere."""
    (templates / FILE).write_text(f"genres:\n{BLOCKS['yaml']}words: [工作]\n", encoding="utf-8")
    return [str(mistake) for mistake in lint(templates) if not mistake.hint]


def test_the_example_has_no_mistakes(templates: Path) -> None:
    assert of_example(templates) == []


def test_the_example_makes_a_document_a_week(templates: Path) -> None:
    week = everything_overdue()
    document = only(week_documents(week, rulebook(), templates))
    assert document.name == "第5期催办单"
    assert document.title == "逾期未整改问题催办单（第5期）"
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.caption == "表1　逾期未整改问题清单"
    assert len(table.rows) == 12
    assert "逾期未整改的问题共12件，" in document.outline()


def test_a_week_without_overdue_problems_says_so(templates: Path) -> None:
    document = only(week_documents(no_problems(), rulebook(), templates))
    assert "没有逾期未整改的问题。" in document.outline()
    assert not [block for block in document.blocks if isinstance(block, Table)]


def test_the_mistake_that_the_manual_shows_is_told_in_its_words(templates: Path) -> None:
    path = templates / f"{NAME}.html"
    path.write_text(BLOCKS["html"].replace("row.community", "row.comunity"), encoding="utf-8")
    assert of_example(templates) == [BLOCKS["text"].strip()]
