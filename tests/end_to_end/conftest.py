"""The real command on the shipped sample, run once for all tests that look at what it made."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HOME = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """What a call of generate.py did."""

    code: int
    out: str
    err: str
    output: Path

    @property
    def week(self) -> Path:
        """The one week's folder."""
        (folder,) = (p for p in self.output.iterdir() if p.name[:2] == "20")
        return folder

    def data(self, name: str) -> Any:  # noqa: ANN401 - JSON
        """One of the files under data/."""
        return json.loads((self.week / "data" / f"{name}.json").read_text(encoding="utf-8"))


def generate(*arguments: str, output: Path) -> Run:
    """Call the command as the clerk does."""
    done = subprocess.run(
        [sys.executable, str(HOME / "generate.py"), *arguments, "--output", str(output)],
        capture_output=True,
        text=True,
        check=False,
        cwd=output.parent,
    )
    return Run(done.returncode, done.stdout, done.stderr, output)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`generate.py weekly` on input/ as shipped."""
    return generate("weekly", output=tmp_path_factory.mktemp("sample") / "output")
