"""The lock files pin everything that is installed, by hash, and name no place to get it from."""

import re
import tomllib
from dataclasses import dataclass

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.places import ROOT

RUNTIME, DEV = "requirements.lock", "requirements-dev.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DIRECT = {
    RUNTIME: PROJECT["project"]["dependencies"],
    DEV: PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
}


@dataclass(frozen=True, slots=True)
class Pin:
    """One entry of a lock file."""

    name: str
    version: Version
    marker: str
    hashes: tuple[str, ...]


def pins(text: str) -> list[Pin]:
    """The entries of a lock file."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n?", "", text, flags=re.MULTILINE).strip())
    found = []
    for entry in entries:
        head = Requirement(entry.split("--hash")[0].replace("\\", "").strip())
        (pin,) = head.specifier
        assert pin.operator == "=="
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", entry))
        found.append(Pin(canonicalize_name(head.name), Version(pin.version), str(head.marker or ""), hashes))
    return found


def lock(name: str) -> list[Pin]:
    """The entries of one of the project's lock files."""
    return pins((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [RUNTIME, DEV])
def test_every_direct_dependency_is_pinned_within_its_bounds(name: str) -> None:
    wanted = [Requirement(line) for line in DIRECT[name]]
    pinned = lock(name)
    missing = [
        str(want)
        for want in wanted
        if not any(p.name == canonicalize_name(want.name) and p.version in want.specifier for p in pinned)
    ]
    assert missing == []


@pytest.mark.parametrize("name", [RUNTIME, DEV])
def test_every_entry_has_hashes(name: str) -> None:
    assert [p.name for p in lock(name) if not p.hashes] == []


@pytest.mark.parametrize("name", [RUNTIME, DEV])
def test_no_place_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"https?://|file:|--(?:extra-)?index|--find-links|\s/\w+/", text) == []


def test_both_locks_agree() -> None:
    assert set(lock(RUNTIME)) <= set(lock(DEV))


def test_users_get_no_tools_of_ours() -> None:
    tools = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependency-groups"]["dev"]}
    assert tools & {p.name for p in lock(RUNTIME)} == set()


def test_an_entry_without_hash_is_seen() -> None:
    first, second = pins(
        "# made by hand\nattrs==1.0 ; python_version < '3.12' \\\n    --hash=sha256:"
        + "a" * 64
        + "\nlxml==2.0\n"
    )
    assert (first.name, first.version, first.hashes) == ("attrs", Version("1.0"), ("a" * 64,))
    assert second.hashes == ()
