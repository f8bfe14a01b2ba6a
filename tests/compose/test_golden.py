"""The documents of the golden cases, word for word; `make golden` writes them anew."""

import os
from pathlib import Path

import pytest

from tests.compose.cases import CASES
from tests.support.golden import expect

pytestmark = pytest.mark.xdist_group("golden cases")  # composed in one process
FOLDER = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("case", CASES)
def test_documents_read_as_reviewed(case: str) -> None:
    for document in CASES[case]():
        expect(FOLDER / case / f"{document.name}.txt", f"{document.title}\n{document.outline()}\n")


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_left_of_documents_that_are_no_longer_made(case: str) -> None:
    """A golden text that no document answers to would never be compared with anything."""
    expected = {f"{document.name}.txt" for document in CASES[case]()}
    left = [path for path in sorted((FOLDER / case).glob("*")) if path.name not in expected]
    if os.environ.get("GOLDEN") == "write":
        for path in left:
            path.unlink()
        left = []
    assert left == []


def test_every_folder_is_a_case() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == set(CASES)
