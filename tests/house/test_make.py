"""The Makefile explains itself in Chinese, passes options on, tells a faulty week from a broken program."""

import subprocess
from pathlib import Path

import pytest

from tests.house.places import ROOT
from tests.support.golden import expect


def make(*words: str) -> subprocess.CompletedProcess[str]:
    """Run make in the project, without its set-up."""
    return subprocess.run(
        ["make", "--no-print-directory", *words, "SETUP=true"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )  # fmt: skip


def test_make_alone_explains_the_targets() -> None:
    expect(Path(__file__).parent / "golden" / "help.txt", make().stdout)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A stand-in for generate.py that prints its arguments, one a line."""
    script = tmp_path / "generate.sh"
    script.write_text('for word; do echo "<$word>"; done\nexit 0\n', encoding="utf-8")
    return script


def test_only_given_options_are_passed_on(program: Path) -> None:
    done = make("weekly", f"GENERATE=sh {program}", "AS_OF=2023-04-28", "INPUT=四月 表格")
    assert done.stdout.splitlines() == ["<weekly>", "<--input>", "<四月 表格>", "<--as-of>", "<2023-04-28>"]
    assert make("weekly", f"GENERATE=sh {program}").stdout.splitlines() == ["<weekly>"]


def test_explain_asks_for_its_subject(program: Path) -> None:
    assert make("explain", f"GENERATE=sh {program}").returncode != 0
    done = make("explain", f"GENERATE=sh {program}", "SUBJECT=云栖苑")
    assert done.stdout.splitlines() == ["<explain>", "<云栖苑>"]


@pytest.mark.parametrize("target", ["weekly", "check"])
def test_faults_are_told_from_failures(program: Path, target: str) -> None:
    program.write_text("exit 3\n", encoding="utf-8")
    faulty = make(target, f"GENERATE=sh {program}")
    assert faulty.returncode != 0
    assert "【有填报错误】" in faulty.stdout
    program.write_text("exit 4\n", encoding="utf-8")
    failed = make(target, f"GENERATE=sh {program}")
    assert failed.returncode != 0
    assert failed.stdout == ""
