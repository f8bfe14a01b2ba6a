"""Every fault of the catalogue has its words, is produced by the program and a test, and is in the page."""

import ast
import re
import string
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from campaign.intake.catalogue import GROUPS, page
from campaign.intake.faults import CATALOGUE, FaultKind, fault, in_words
from campaign.records import CellRef
from campaign.rulebook.model import Nouns
from tests.support.county import rulebook
from tests.support.golden import expect

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "faults.md"
CODE = re.compile(r"I-[A-Z]+(?:-[A-Z]+)+")
NOUNS = rulebook().campaign.nouns
PLACES = {place.name for place in fields(Nouns)}
KINDS = pytest.mark.parametrize("kind", CATALOGUE.values(), ids=list(CATALOGUE))

# A test module that imports none of these reads nothing: whatever codes it names, it made them itself.
READERS = ("campaign.intake.", "tests.intake.reading.packages", "tests.intake.test_ledgers")
MAKERS = ("campaign.intake.faults", "campaign.intake.returns", "campaign.intake.opinions")


class Codes(ast.NodeVisitor):
    """Collects the codes in string literals, but for those that are expected *not* to come."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and CODE.fullmatch(node.value):
            self.found.add(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        if not any(isinstance(op, ast.NotIn | ast.NotEq) for op in node.ops):
            self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if not isinstance(node.op, ast.Not):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if ast.unparse(node.func) not in {"fault", "Fault", "a_fault"}:
            self.generic_visit(node)


def codes(source: str) -> set[str]:
    visitor = Codes()
    visitor.visit(ast.parse(source))
    return visitor.found


def reads(source: str) -> bool:
    """Whether a test module runs any part of intake that can find a fault."""
    imported = {
        node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    return any(module.startswith(READERS) and not module.startswith(MAKERS) for module in imported)


def expected_by_tests() -> set[str]:
    sources = (
        path.read_text(encoding="utf-8")
        for path in (ROOT / "tests").rglob("test_*.py")
        if path != Path(__file__)
    )
    return {code for source in sources if CODE.search(source) and reads(source) for code in codes(source)}


@cache
def produced_by_the_program() -> frozenset[str]:
    """The codes that the program names anywhere but in the catalogue."""
    catalogue = ROOT / "campaign" / "intake" / "wordings"
    found: set[str] = set()
    for path in (ROOT / "campaign").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if path.parent != catalogue and "I-" in source:
            tree = ast.parse(source)
            texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
            found |= {text for text in texts if isinstance(text, str) and CODE.fullmatch(text)}
    return frozenset(found)


def words(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@KINDS
def test_every_fault_says_what_is_wrong_and_what_to_do(kind: FaultKind) -> None:
    assert re.search(r"[\u4e00-\u9fff]{2}", kind.message)
    assert re.search(r"[\u4e00-\u9fff]{3}", kind.remedy)
    assert not re.search(r"[。！]$", kind.message + kind.remedy)
    assert "hint" not in words(kind.remedy)


@KINDS
def test_every_fault_stands_at_its_place(kind: FaultKind) -> None:
    given = dict.fromkeys(words(kind.message) | words(kind.remedy), "某")
    given = {name: word for name, word in given.items() if name not in {"value", *PLACES}}
    made = in_words(fault(kind.code, CellRef("台账.xlsx", "表一", 3, 2), "某", **given), NOUNS)
    assert made.message.startswith("《台账.xlsx》“表一”B3：")
    assert "{" not in made.message + made.remedy


def test_every_fault_can_be_produced() -> None:
    assert set(CATALOGUE) - produced_by_the_program() == set()


def test_every_code_that_the_program_names_is_in_the_catalogue() -> None:
    assert produced_by_the_program() - set(CATALOGUE) == set()


def test_every_fault_is_produced_by_a_test() -> None:
    assert sorted(set(CATALOGUE) - expected_by_tests()) == []


def test_the_page_is_up_to_date() -> None:
    expect(PAGE, page(NOUNS))


@KINDS
def test_every_fault_stands_in_the_page_under_its_group(kind: FaultKind) -> None:
    title = GROUPS[kind.code.split("-")[1]]
    section = page(NOUNS).partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    assert section.count(f"| {kind.code} |") == 1


def test_the_page_has_no_placeholders() -> None:
    assert not re.search(r"[{}]", page(NOUNS))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('assert loud(faults) == [("I-CELL-DATE", "E3")]', {"I-CELL-DATE"}),
        ('@pytest.mark.parametrize("code", ["I-CELL-DATE"])\ndef test_x(code): assert read() == code',
         {"I-CELL-DATE"}),
        ('assert "I-CELL-DATE" not in codes', set()),
        ('assert not [f for f in faults if f.code == "I-CELL-DATE"]', set()),
        ('given = fault("I-CELL-DATE", ref)', set()),
        ('"""Words about I-CELL-DATE."""', set()),
    ],
)  # fmt: skip
def test_only_expected_codes_are_collected(source: str, found: set[str]) -> None:
    assert codes(source) == found


def test_a_module_that_makes_its_faults_proves_nothing() -> None:
    assert not reads("from campaign.intake.faults import fault\nfrom campaign.records import Fault")
    assert reads("from campaign.intake.desk import receive")
