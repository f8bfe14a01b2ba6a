"""The documents name what exists: commands, make targets, record classes, dependencies, exit codes."""

import ast
import importlib
import re
import tomllib

import click

from tests.house.places import MANUAL, README, ROOT, modules

HANDBOOK = README.read_text(encoding="utf-8") + MANUAL.read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)


def commands() -> list[str]:
    """The names of all commands of the command line."""
    groups = [g for g in vars(importlib.import_module("campaign.cli")).values() if isinstance(g, click.Group)]
    return sorted({name for group in groups for name in group.commands})


def public_classes(package: str) -> list[str]:
    """The public classes that the modules of a package define."""
    trees = [tree for _, tree in modules(f"campaign/{package}")]
    classes = [n.name for tree in trees for n in tree.body if isinstance(n, ast.ClassDef)]
    return [name for name in classes if not name.startswith("_")]


def test_every_command_is_documented() -> None:
    assert commands()
    assert [c for c in commands() if f"generate.py {c}" not in HANDBOOK] == []


def test_every_documented_command_exists() -> None:
    named = set(re.findall(r"generate\.py ([a-z-]+)", HANDBOOK))
    assert named - set(commands()) == set()


def test_every_make_target_is_documented() -> None:
    assert "weekly" in TARGETS
    assert [t for t in TARGETS if not re.search(rf"make {t}(?![a-z-])", HANDBOOK)] == []


def test_every_documented_make_target_exists() -> None:
    named = set(re.findall(r"`make ([a-z-]+)", HANDBOOK))
    assert named - set(TARGETS) == set()


def test_every_phony_target_explains_itself() -> None:
    phony = set(re.findall(r"^\.PHONY: ([a-z-]+)$", MAKEFILE, re.MULTILINE))
    assert phony == set(TARGETS)


def test_every_record_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert public_classes("records")
    assert [c for c in public_classes("records") if f"`{c}`" not in glossary] == []


def test_every_exit_code_is_documented() -> None:
    codes = {
        int(code)
        for code in re.findall(
            r"exit_code(?:: ClassVar\[int\])? = (\d)", (ROOT / "campaign/errors.py").read_text()
        )
    }
    manual = MANUAL.read_text(encoding="utf-8")
    assert [c for c in sorted(codes | {0, 3}) if f"| {c} |" not in manual] == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [re.match(r"[A-Za-z0-9._-]+", line)[0] for line in wanted]  # type: ignore[index] # a name is there
    reasons = "".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "docs" / "adr").glob("*.md")))
    assert [n for n in names if f"`{n}`" not in reasons] == []


def test_decision_records_are_numbered_without_gaps() -> None:
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
