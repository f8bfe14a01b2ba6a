"""Issuing by the real command: killed at any instant, and eight weeks of a county one after another."""

import json
import os
import random
import shutil
import signal
import time
import warnings
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader

from campaign.history import archive
from campaign.history.freezing import held
from campaign.history.verifying import check
from sample.county import county
from sample.demo import differences
from sample.parcel import write_week
from sample.truth import figures
from tests.end_to_end.conftest import Run, generate
from tests.press.office import Office, opened, without_pages

WEEKS = 8
SEED = 2029  # a county that is shown nowhere
KILLS = 200


def state(output: Path) -> dict[str, bytes]:
    """All files that anybody would look for."""
    files = (p for p in output.rglob("*") if p.is_file())
    names = {p.relative_to(output).as_posix(): p for p in files}
    return {name: path.read_bytes() for name, path in names.items() if not name.startswith(".")}


@pytest.mark.deep
def test_killed_at_two_hundred_instants_it_is_issued_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command but for the setting of pages, in a process that is killed while it runs."""
    without_pages(monkeypatch)
    office = opened(tmp_path / "office")
    office.copy(tmp_path / "first").run("issue")  # what is read once is read
    undisturbed = office.copy(tmp_path / "undisturbed")
    started = time.perf_counter()
    assert os.waitpid(_issue(undisturbed), 0)[1] == 0
    length = time.perf_counter() - started
    whole = state(undisturbed.output)
    chosen = random.Random(SEED)  # noqa: S311 - instants
    outcomes = []
    for trial in range(KILLS):
        work = office.copy(tmp_path / "work")
        running = _issue(work)
        time.sleep(chosen.uniform(0.0 if trial % 2 else 0.6, 1.05) * length)  # half of them towards the end
        os.kill(running, signal.SIGKILL)
        os.waitpid(running, 0)
        found = state(work.output) if work.output.exists() else {}
        issued = "archive/2023-04-28/manifest.json" in found
        outcomes.append("after" if found == whole else "between" if issued else "before")
        assert issued or found == {}
        with held(work.output):
            pass
        assert state(work.output) == (whole if issued else {})
        if not issued and trial % 10 == 0:
            assert work.run("issue") == 0
            assert state(work.output) == whole
        shutil.rmtree(work.home)
    assert {"before", "after"} <= set(outcomes), Counter(outcomes)


def _issue(office: Office) -> int:
    """Issue in a process of its own; its number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside a test runner's threads
        child = os.fork()
    if not child:
        code = 1
        try:
            code = office.run("issue")
        finally:
            os._exit(code)
    return child


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight weeks of a county, issued by the command one after another."""
    root = tmp_path_factory.mktemp("eight")
    made = county(SEED)
    for friday in made.fridays[:WEEKS]:
        inbox = root / "input" / friday.isoformat()
        write_week(made, friday, inbox)
        run = generate("issue", "--input", str(inbox), output=root / "output")
        assert run.code == 0, run.out + run.err
    return root / "output"


@pytest.mark.deep
def test_eight_weeks_issued_have_the_figures_of_the_records(issued: Path) -> None:
    made = county(SEED)
    known = archive.issued(issued)
    assert [w.manifest.number for w in known] == list(range(1, WEEKS + 1))
    for week, friday in zip(known, made.fridays, strict=False):
        found = json.loads((week.path / "data" / "figures.json").read_text(encoding="utf-8"))
        assert list(differences(figures(made.books(friday)), found)) == []
    numbers = [n.text for w in known for n in w.snapshot().numbers]
    assert len(numbers) == len(set(numbers))
    assert check(issued).findings == ()


@pytest.mark.deep
def test_eight_weeks_are_made_again_byte_for_byte(issued: Path) -> None:
    run: Run = generate("verify", output=issued)
    assert run.code == 0, run.out
    assert run.out.count("逐字节相同") == WEEKS


@pytest.mark.deep
def test_the_summary_of_issued_weeks_is_no_draft_of_theirs(issued: Path) -> None:
    assert generate("summary", output=issued).code == 0
    last = archive.issued(issued)[-1]
    told = json.loads((issued / "总结报告" / "data" / "figures.json").read_text(encoding="utf-8"))
    assert told == json.loads((last.path / "data" / "figures.json").read_text(encoding="utf-8"))
    manifest = json.loads((issued / "总结报告" / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["weeks"]) == WEEKS


@pytest.mark.deep
def test_an_issued_bulletin_is_not_stamped(issued: Path) -> None:
    week = archive.issued(issued)[0]
    pdf = PdfReader(week.path / "第1期周通报.pdf")
    assert "第1期（总第1期）" in "".join(pdf.pages[0].extract_text().split())
    assert "草稿" not in "".join(page.extract_text() for page in pdf.pages)
    pages = {paper.file: paper.pages for paper in week.manifest.documents}
    assert pages["第1期周通报"] == len(pdf.pages)
