"""The shipped rules with one thing changed: how tests make a wrong rule file."""

import shutil
from pathlib import Path

from tests.support.county import RULES


def altered(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the shipped rules in which the first `old` of a file reads `new`.

    Raises:
        ValueError: the file does not contain `old`; the test no longer fits the rules.
    """
    rules = folder / "rules"
    shutil.copytree(RULES, rules)
    path = rules / file
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{file} has no {old!r}")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return rules
