"""The real command on the shipped sample, run once for all tests that look at what it made."""

import fcntl
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.templates import few_genres

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


Once = Callable[[str, Callable[[Path], Run]], Run]


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
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """Make a run in a folder that all test processes share: whichever asks first makes it, the others read.

    Such a folder is for looking at; a test that writes copies it.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def made(name: str, make: Callable[[Path], Run]) -> Run:
        place = shared / name
        place.mkdir(exist_ok=True)
        told = place / "run.json"
        with (place / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not told.exists():
                run = make(place)
                told.write_text(json.dumps([run.code, run.out, run.err]), encoding="utf-8")
        code, out, err = json.loads(told.read_text(encoding="utf-8"))
        return Run(code, out, err, place / "output")

    return made


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Templates that make few kinds of document, which is quicker."""
    return few_genres(tmp_path_factory.mktemp("few") / "templates")


@pytest.fixture(scope="session")
def sample(once: Once) -> Run:
    """`generate.py weekly` on input/ as shipped."""
    return once("sample", lambda place: generate("weekly", output=place / "output"))
