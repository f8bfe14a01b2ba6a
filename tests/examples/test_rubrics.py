"""The published rubrics: every case holds, and every rule is tried on both sides."""

from pathlib import Path

import pytest

from campaign.cases.reading import Case, read_cases
from campaign.cases.running import run, untried
from campaign.rulebook.loader import load
from campaign.rulebook.model import Rulebook
from tests.support.county import RULES

FOLDER = Path(__file__).parents[2] / "examples" / "rubrics"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
BOOKS = {name: load(FOLDER / name, RULES) for name in NAMES}
CASES = [(BOOKS[name], case) for name in NAMES for case in read_cases(FOLDER / name / "cases", BOOKS[name])]


def test_the_rubrics_that_are_expressed() -> None:
    published = ("beijing", "lianyungang", "monthly", "qingdao", "shangqiu", "taizhou", "yangzhou", "yantai")
    assert sorted((*published, "nanning", "shengyou", "memory")) == NAMES


@pytest.mark.parametrize(
    ("book", "case"), CASES, ids=lambda value: str(value) if isinstance(value, Case) else ""
)
def test_case(book: Rulebook, case: Case) -> None:
    assert [str(wrong) for wrong in run(case, book)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_is_tried(name: str) -> None:
    cases = read_cases(FOLDER / name / "cases", BOOKS[name])
    assert cases
    assert list(untried(cases, BOOKS[name])) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_source_is_named(name: str) -> None:
    head = (FOLDER / name / "scoring" / "companies.yaml").read_text(encoding="utf-8").split("subject:")[0]
    assert "来源" in head
