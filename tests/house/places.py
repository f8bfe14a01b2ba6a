"""Where things stand in the repository, for the tests of the house."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
MANUAL = ROOT / "docs" / "使用手册.md"
CODE = ("campaign", "sample", "benchmarks", "tests")


def modules(*folders: str, root: Path = ROOT) -> Iterator[tuple[Path, ast.Module]]:
    """Each Python file below the folders, parsed, in the order of their paths.

    Trees are not kept: so many objects cost the garbage collector more than parsing anew.
    """
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"), str(path))
