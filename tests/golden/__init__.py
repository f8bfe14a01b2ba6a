"""The golden outlines: one folder per case, one text per document, reviewed like prose.

`python -m tests.golden` writes them anew; the tests only compare.
"""

from collections.abc import Mapping
from pathlib import Path

from tests.compose.cases import CASES

FOLDER = Path(__file__).parent


def outlines() -> Mapping[Path, str]:
    """What the documents say now: file → text."""
    return {
        FOLDER / case / f"{document.name}.txt": f"{document.title}\n{document.outline()}\n"
        for case, documents in CASES.items()
        for document in documents()
    }


def written() -> Mapping[Path, str]:
    """What is written down: file → text."""
    return {path: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*/*.txt"))}
