"""Nothing of a campaign stands in Python: its nouns, names and offices come from its rules."""

import ast
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest

from campaign.rulebook.loader import load
from tests.house.places import ROOT, modules

BOOKS = [load(ROOT / "rules"), load(ROOT / "examples" / "gas-safety" / "rules")]
# Words of the trade that stand in no noun of the rules by themselves.
TRADE = {"物业", "业主", "小区", "街道", "燃气", "乡镇"}
WORDS = sorted(
    TRADE
    | {noun for book in BOOKS for noun in astuple(book.campaign.nouns)}
    | {name for book in BOOKS for agency in book.campaign.agencies for name in (agency.name, *agency.aliases)}
    | {book.campaign.county for book in BOOKS}
    | {book.campaign.name for book in BOOKS}
)
# Module → words that it may hold, and why.
ALLOWED: dict[str, set[str]] = {}


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every text that a program may print or compare with; docstrings are for its readers alone."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    told = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, owners)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node


def found(path: Path, tree: ast.Module) -> Iterator[str]:
    """Each literal with a word of a campaign, as place and word."""
    name = path.relative_to(ROOT).as_posix()
    for node in literals(tree):
        for word in WORDS:
            if word in str(node.value) and word not in ALLOWED.get(name, ()):
                yield f"{name}:{node.lineno} {word}"


def test_no_word_of_a_campaign_stands_in_the_program() -> None:
    assert [where for path, tree in modules("campaign") for where in found(path, tree)] == []


def test_nothing_is_allowed_that_is_not_there() -> None:
    for name, words in ALLOWED.items():
        texts = [str(n.value) for n in literals(ast.parse((ROOT / name).read_text(encoding="utf-8")))]
        assert [word for word in words if not any(word in text for text in texts)] == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('"""小区 in a docstring."""', []),
        ('def f():\n    """小区"""\n    return "各小区"', ["小区"]),
        ('x = f"{n}个街道"  # 小区', ["街道"]),
        ('x = {"县公安局": 1}', ["公安局", "县公安局"]),
        ('x = "{community}"', []),
    ],
)
def test_only_what_is_printed_or_compared_counts(source: str, words: list[str]) -> None:
    hits = found(ROOT / "campaign" / "x.py", ast.parse(source))
    assert sorted(hit.rpartition(" ")[2] for hit in hits) == words
