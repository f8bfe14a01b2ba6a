"""The set-up script: silent where nothing is to do, one clear line where it can do nothing."""

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.places import ROOT

LOCK, DEV = "requirements.lock", "requirements-dev.lock"


@dataclass(frozen=True, slots=True)
class House:
    """A project of its own; its python, apt-get, sudo and id are stand-ins that note their calls."""

    root: Path
    tools: Path

    @property
    def diary(self) -> str:
        """What the stand-ins were called with, in order."""
        diary = self.root / "diary"
        return diary.read_text(encoding="utf-8") if diary.exists() else ""

    def tool(self, path: Path, body: str) -> None:
        """Write a stand-in that notes its call and then does as `body` says."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "{path.name} $*" >>"{self.root}/diary"\n{body}\n', encoding="utf-8")
        path.chmod(0o755)

    def setup(self, mode: str = "run") -> subprocess.CompletedProcess[str]:
        """Run the script, with an empty diary."""
        (self.root / "diary").unlink(missing_ok=True)
        return subprocess.run(
            ["sh", str(self.root / "scripts" / "setup.sh"), mode],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
            env={"PATH": f"{self.tools}:/usr/bin:/bin", "HOME": str(self.root), "LANG": "C.UTF-8",
                 "PYTHON": str(self.tools / "python3")},
        )  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house where everything stands ready but the stamps, for a user who is not root."""
    built = House(tmp_path / "专项 整治", tmp_path / "tools")
    shutil.copytree(ROOT / "scripts", built.root / "scripts")
    font = b"not really a font"
    (built.root / ".fonts").mkdir()
    (built.root / ".fonts" / "Made-Up.otf").write_bytes(font)
    sums = f"{hashlib.sha256(font).hexdigest()}  Made-Up.otf\n"
    (built.root / "scripts" / "fonts.sha256").write_text(sums, encoding="utf-8")
    for lock in (LOCK, DEV):
        (built.root / lock).write_text("attrs==1.0\n", encoding="utf-8")
    built.tool(built.tools / "python3", "exit 0")
    built.tool(built.tools / "apt-get", "exit 100")
    built.tool(built.tools / "sudo", "exit 1")
    built.tool(built.tools / "id", "echo 1000")
    built.tool(built.root / ".venv" / "bin" / "python", '[ "$1" = -c ] && echo 3.11.2 || exit 0')
    return built


def test_a_second_call_does_nothing(house: House) -> None:
    assert house.setup().returncode == 0
    assert "-m pip install" in house.diary
    again = house.setup()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert "-m pip" not in house.diary
    assert "apt-get" not in house.diary


def test_everything_is_installed_by_hash(house: House) -> None:
    house.setup("test")
    calls = [line for line in house.diary.splitlines() if "pip install" in line]
    assert [line.rpartition(" ")[2] for line in calls] == [LOCK, DEV]
    assert all("--require-hashes" in line for line in calls)


def test_users_are_spared_the_tools_of_engineers(house: House) -> None:
    house.setup("run")
    assert DEV not in house.diary


def test_a_changed_lock_is_installed_again(house: House) -> None:
    house.setup()
    (house.root / LOCK).write_text("attrs==2.0\n", encoding="utf-8")
    assert house.setup().returncode == 0
    assert "-m pip install" in house.diary
    assert house.setup().stderr == ""


def test_another_interpreter_is_noticed(house: House) -> None:
    house.setup()
    house.tool(house.root / ".venv" / "bin" / "python", '[ "$1" = -c ] && echo 3.13.0 || exit 0')
    house.setup()
    assert "-m pip install" in house.diary


def test_a_failed_installation_is_not_taken_for_a_finished_one(house: House) -> None:
    python = house.root / ".venv" / "bin" / "python"
    house.tool(python, 'case "$*" in *install*) exit 1 ;; *) echo 3.11.2 ;; esac')
    failed = house.setup()
    assert failed.returncode == 1
    assert "【没有准备好】" in failed.stderr
    house.tool(python, "echo 3.11.2")
    assert house.setup().returncode == 0
    assert "-m pip install" in house.diary


def test_missing_libraries_are_named_where_apt_may_not_be_used(house: House) -> None:
    house.tool(house.tools / "python3", '[ "$1" = - ] && echo libpango-1.0-0; exit 0')
    told = house.setup()
    assert told.returncode == 1
    assert "sudo apt-get install -y libpango-1.0-0\n" in told.stderr
    assert "apt-get install" not in house.diary


def test_missing_libraries_are_installed_where_apt_may_be_used(house: House) -> None:
    there = house.root / "libpango"
    house.tool(house.tools / "id", "echo 0")
    house.tool(house.tools / "python3", f'[ "$1" != - ] || [ -e "{there}" ] || echo libpango-1.0-0; exit 0')
    house.tool(house.tools / "apt-get", f'case "$*" in *libpango-1.0-0*) touch "{there}" ;; esac')
    assert house.setup().returncode == 0
    assert there.exists()


def test_missing_fonts_are_named(house: House) -> None:
    (house.root / ".fonts" / "Made-Up.otf").unlink()
    told = house.setup()
    assert told.returncode == 1
    assert "Made-Up.otf" in told.stderr


def test_a_font_that_the_user_has_is_taken(house: House) -> None:
    own = house.root / ".local" / "share" / "fonts"
    own.mkdir(parents=True)
    (house.root / ".fonts" / "Made-Up.otf").rename(own / "Made-Up.otf")
    assert house.setup().returncode == 0
    assert (house.root / ".fonts" / "Made-Up.otf").read_bytes() == b"not really a font"


def test_another_version_of_a_font_is_not_taken_from_the_user(house: House) -> None:
    own = house.root / ".local" / "share" / "fonts"
    own.mkdir(parents=True)
    (house.root / ".fonts" / "Made-Up.otf").unlink()
    (own / "Made-Up.otf").write_bytes(b"something else")
    assert house.setup().returncode == 1


def test_nothing_is_left_lying_about(house: House) -> None:
    before = {p.name for p in house.root.iterdir()}
    house.setup()
    assert {p.name for p in house.root.iterdir()} - {"diary"} == before


def test_an_unknown_mode_is_refused(house: House) -> None:
    assert house.setup("everything").returncode == 1
