"""Imports point one way, from later stages to earlier ones, and few stages open files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.places import ROOT, modules

# What every stage may know: no stage of its own, and it knows no stage.
FOUNDATION = ("records", "errors", "decimals", "canonical", "workbooks")
STAGES = ("rulebook", "intake", "history", "assess", "cases", "compose", "render", "press", "doctor", "cli")
# Campaign files are read by intake, the rulebook's loader and history, and written by press; compose and
# render read templates and fonts. The others work on records alone.
OPENS_FILES = {"rulebook", "intake", "history", "compose", "render", "press"}

FILE_CALLS = {
    "load_workbook", "read_csv", "read_excel", "read_text", "read_bytes", "write_text", "write_bytes",
    "iterdir", "rglob", "touch", "unlink", "mkdir", "rmdir", "rmtree", "copytree", "copyfile",
}  # fmt: skip
FILE_MODULES = {"shutil", "tempfile", "fileinput", "glob", "mmap"}


def stage(module: str) -> str | None:
    """The stage of a dotted module name; "" for the foundation, None for a place that is not in the plan."""
    parts = module.split(".")
    if len(parts) == 1 or parts[1] in FOUNDATION:
        return ""
    return parts[1] if parts[1] in STAGES else None


def rank(name: str) -> int:
    """How late a stage comes; the foundation is 0."""
    return STAGES.index(name) + 1 if name else 0


def dotted(path: Path, root: Path) -> str:
    """The module name of a file."""
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module, package: str) -> Iterator[tuple[int, str]]:
    """Line and full name of each import, wherever in the module it stands, by statement or by call."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                base = ".".join([*above, *([module] if module else [])])
                # "from campaign import records" names a module only together with what is imported.
                whole = [base]
                if base == "campaign":
                    whole = [f"{base}.{a.name}" for a in names if not a.name.startswith("__")]
                yield from ((node.lineno, name) for name in whole)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__"), args=[ast.Constant(value=str(name)), *_]
            ):
                yield node.lineno, name
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
                yield node.lineno, name


def backward(root: Path) -> list[str]:
    """Every import in root/campaign that points back in the order of the stages, or out of the package."""
    wrong = []
    for path, tree in modules("campaign", root=root):
        name = dotted(path, root)
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        here = stage(name)
        if here is None:
            wrong.append(f"{name}: belongs to no stage; give it a place in FOUNDATION or STAGES")
            continue
        for line, target in imported(tree, package):
            if target.split(".")[0] in {"sample", "tests", "benchmarks", "generate"}:
                wrong.append(f"{name}:{line} imports {target}")
            if target.split(".")[0] == "campaign":
                there = stage(target)
                if there is None or rank(there) > rank(here):
                    wrong.append(f"{name}:{line} imports {target}")
    return wrong


def openings(root: Path) -> list[str]:
    """Every place in root/campaign that touches files outside the stages that may."""
    return [
        f"{path.relative_to(root)}:{line} {what}"
        for path, tree in modules("campaign", root=root)
        if stage(dotted(path, root)) not in OPENS_FILES
        for line, what in touches(tree)
    ]


def touches(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of each call or import that reaches for files."""
    for line, name in imported(tree, "campaign"):
        if name.split(".")[0] in FILE_MODULES:
            yield line, name
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name == "open" or name in FILE_CALLS:
                yield node.lineno, name
            case ast.Call(func=ast.Attribute(value=ast.Name(id="os" as owner), attr=name)) if (
                name != "cpu_count"
            ):
                yield node.lineno, f"{owner}.{name}"
            case ast.Call(func=ast.Attribute(attr=name)) if name == "open" or name in FILE_CALLS:
                yield node.lineno, name


def plant(root: Path, files: dict[str, str]) -> Path:
    """A little tree of modules."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_imports_point_back_to_earlier_stages() -> None:
    assert backward(ROOT) == []


def test_only_the_stages_that_may_open_files() -> None:
    assert openings(ROOT) == []


@pytest.mark.parametrize(
    "text",
    [
        "from campaign.render import Studio",
        "import campaign.render.pdf",
        "from campaign import render",
        "from ..render import Studio",
        "from .. import render",
        "def late():\n    from campaign.press import run",
        "import importlib\nimportlib.import_module('campaign.press')",
        "from tests.support import county",
        "from campaign.unheard_of import x",
    ],
)
def test_an_arrow_pointing_back_is_found(tmp_path: Path, text: str) -> None:
    root = plant(tmp_path, {"campaign/assess/points.py": text})
    assert len(backward(root)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "from campaign.records import Fault",
        "from campaign import records, decimals",
        "from . import rates",
        "from ..rulebook.model import Rule",
        "import campaign.history.weeks",
    ],
)
def test_an_arrow_pointing_forward_is_let_be(tmp_path: Path, text: str) -> None:
    root = plant(tmp_path, {"campaign/assess/points.py": text})
    assert backward(root) == []


def test_a_package_may_import_from_itself(tmp_path: Path) -> None:
    root = plant(tmp_path, {"campaign/assess/__init__.py": "from .points import assess"})
    assert backward(root) == []


def test_a_module_without_a_stage_is_found(tmp_path: Path) -> None:
    root = plant(tmp_path, {"campaign/helpers.py": ""})
    assert len(backward(root)) == 1


@pytest.mark.parametrize(
    "text", ["open('x')", "path.read_text()", "path.open()", "import shutil", "import os\nos.listdir('.')"]
)
def test_opening_a_file_where_it_may_not_be_is_found(tmp_path: Path, text: str) -> None:
    root = plant(tmp_path, {"campaign/assess/points.py": text, "campaign/intake/reading.py": text})
    assert len(openings(root)) == 1
    assert openings(root)[0].startswith("campaign/assess/points.py")


def test_a_count_called_open_is_no_file(tmp_path: Path) -> None:
    root = plant(tmp_path, {"campaign/assess/points.py": "x = tally.open + Status.OPEN"})
    assert openings(root) == []
