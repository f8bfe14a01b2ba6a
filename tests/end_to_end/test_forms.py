"""`generate.py forms` on the sample county, and on a folder without a roster."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from campaign.cli import main
from campaign.press import FORMS
from tests.end_to_end.conftest import HOME
from tests.render.forms.filling import roster_file


def made(output: Path) -> list[str]:
    folder = output / FORMS
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.xlsx"))


def test_every_office_of_the_sample_gets_its_forms(tmp_path: Path) -> None:
    assert main(["forms", "--output", str(tmp_path / "output")]) == 0
    names = made(tmp_path / "output")
    assert sum(n.startswith("自查表/") for n in names) == 61
    assert sum(n.startswith("问题台账-") for n in names) == 3
    assert {"督导抽查.xlsx", "信访投诉.xlsx", "工作开展情况.xlsx"} <= set(names)
    assert "名册.xlsx" not in names
    manifest = json.loads((tmp_path / "output" / FORMS / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["outputs"]) == set(names)


def test_a_form_the_clerk_changed_is_kept(tmp_path: Path) -> None:
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "名册.xlsx").write_bytes(roster_file())
    options = ["--input", str(tmp_path / "input"), "--output", str(tmp_path / "output")]
    assert main(["forms", *options]) == 0
    changed = tmp_path / "output" / FORMS / "督导抽查.xlsx"
    book = load_workbook(changed)
    book.worksheets[0]["C6"].value = "改过"
    book.save(changed)
    mine = changed.read_bytes()
    assert main(["forms", *options]) == 0
    assert changed.read_bytes() != mine
    assert [p.read_bytes() for p in (tmp_path / "output" / FORMS / "改过的旧稿").iterdir()] == [mine]


@pytest.mark.parametrize("there", [True, False])
def test_without_a_roster_the_roster_is_the_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], there: object
) -> None:
    if there:
        (tmp_path / "input").mkdir()
    options = ["--input", str(tmp_path / "input"), "--output", str(tmp_path / "output")]
    assert main(["forms", *options]) == 0
    assert made(tmp_path / "output") == ["名册.xlsx"]
    assert "名册.xlsx" in capsys.readouterr().out


def test_two_rosters_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "input").mkdir()
    shutil.copy(HOME / "input" / "名册.xlsx", tmp_path / "input" / "甲.xlsx")
    book = load_workbook(HOME / "input" / "名册.xlsx")
    book.worksheets[0]["A1"].value = "另一份"
    book.save(tmp_path / "input" / "乙.xlsx")
    options = ["--input", str(tmp_path / "input"), "--output", str(tmp_path / "output")]
    assert main(["forms", *options]) == 2
    said = capsys.readouterr().err
    assert "甲.xlsx" in said
    assert "乙.xlsx" in said
    assert not (tmp_path / "output" / FORMS).exists()


def test_a_roster_that_cannot_be_opened_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "名册.xlsx").write_bytes(b"")
    options = ["--input", str(tmp_path / "input"), "--output", str(tmp_path / "output")]
    assert main(["forms", *options]) == 3
    assert "《名册.xlsx》" in capsys.readouterr().out
