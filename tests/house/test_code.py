"""No open ends in the code: what is not done is an issue, not a comment, a stub or a test passed over."""

import ast
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from tests.house.places import CODE, ROOT, modules

# Spelled in halves so that this file does not find itself.
WORDS = ("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")
PASSED_OVER = {"skip", "skipif", "skipIf", "skipTest", "importorskip", "xfail", "expectedFailure"}
# What these decorate may say all it has to say in its signature and docstring.
STUBS_ALLOWED = {"overload", "abstractmethod", "group"}


def open_ends(source: str, tree: ast.Module | None = None) -> Iterator[tuple[int, str]]:
    """Line and word of each open end in a module's source; `tree` is the same parsed, if at hand."""
    if any(word in source for word in WORDS):  # taking a source apart into tokens is dear
        for token in tokenize.generate_tokens(StringIO(source).readline):
            if token.type in {tokenize.COMMENT, tokenize.STRING}:
                yield from ((token.start[0], word) for word in WORDS if word in token.string)
    tree = tree or ast.parse(source)
    protocols = {id(item) for node in ast.walk(tree) if _is_protocol(node) for item in ast.walk(node)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(
                value=ast.Name(id="pytest" | "unittest") | ast.Attribute(attr="mark"), attr=name
            ) if name in PASSED_OVER:
                yield node.lineno, name
            case ast.Raise(exc=ast.expr() as raised) if "NotImplementedError" in ast.unparse(raised):
                yield node.lineno, "NotImplementedError"
            case ast.FunctionDef() if _is_stub(node) and id(node) not in protocols:
                yield node.lineno, f"{node.name}: a stub"


def _is_protocol(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in node.bases)


def _is_stub(node: ast.FunctionDef) -> bool:
    decorators = (d.func if isinstance(d, ast.Call) else d for d in node.decorator_list)
    if any(ast.unparse(d).rpartition(".")[2] in STUBS_ALLOWED for d in decorators):
        return False
    body = [s for s in node.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    return all(isinstance(s, ast.Pass) for s in body)


def test_no_open_ends() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {word}"
        for path, tree in modules(*CODE)
        if path != Path(__file__)
        for line, word in open_ends(path.read_text(encoding="utf-8"), tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        f"x = 1  # {WORDS[0]}: later",
        f'"""{WORDS[1]}"""',
        "import pytest\n\n@pytest.mark.skip\ndef test_x(): assert 1",
        "import pytest\n\ndef test_x():\n    pytest.importorskip('numpy')",
        "import pytest\n\n@pytest.mark.xfail(strict=True)\ndef test_x(): assert 0",
        "def later():\n    raise NotImplementedError",
        "def later():\n    ...",
        'def later():\n    """Says what it will do."""\n    pass',
    ],
)
def test_an_open_end_is_found(source: str) -> None:
    assert list(open_ends(source))


@pytest.mark.parametrize(
    "source",
    [
        "skip = rows.skip(3)  # rows to skip",
        "class Reader(Protocol):\n    def read(self) -> bytes: ...",
        "def done():\n    return 1",
        "try:\n    read()\nexcept NotImplementedError:\n    say()",
        '@click.group(name="x")\ndef commands():\n    """Everything."""',
    ],
)
def test_finished_code_is_let_be(source: str) -> None:
    assert list(open_ends(source)) == []
