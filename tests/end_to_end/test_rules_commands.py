"""The commands about the rules: the printed rulebook, other rules tried out, adjustments by hand."""

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from campaign.cli import main
from tests.end_to_end.conftest import HOME, Run
from tests.support.county import rulebook
from tests.support.inbox import fill
from tests.support.sheets import save


def test_guideline_is_published_as_pdf_and_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guideline", "--output", str(tmp_path)]) == 0
    folder = tmp_path / "考核评分细则"
    assert (folder / "考核评分实施细则.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "考核评分实施细则.docx").read_bytes().startswith(b"PK")
    assert set(json.loads((folder / "manifest.json").read_text("utf-8"))["rules"]) >= set(rulebook().files)
    assert "考核评分实施细则.pdf" in capsys.readouterr().out


def test_what_if_shows_who_moves_and_changes_nothing(
    sample: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "output"
    shutil.copytree(sample.output, output)
    shutil.copytree(HOME / "rules", tmp_path / "rules-new")
    companies = tmp_path / "rules-new" / "scoring" / "companies.yaml"
    companies.write_text(companies.read_text("utf-8").replace("points: -5\n", "points: -6\n", 1), "utf-8")
    before = {p: p.read_bytes() for p in (output / "2023-04-28").rglob("*") if p.is_file()}
    options = ["--output", str(output), "--as-of", "2023-04-28"]
    assert main(["what-if", str(tmp_path / "rules-new"), *options]) == 0
    said = capsys.readouterr().out
    book = load_workbook(output / "试算" / "试算.xlsx")
    assert book.sheetnames == ["各期", "得分变动", "处置变动"]
    rows = [row for row in book["得分变动"].iter_rows(values_only=True) if row[1] == "物业企业"]
    assert rows
    written = {c["name"]: c["points"] for c in sample.data("scores")["companies"]}
    for row in rows:
        assert Decimal(str(row[3])) == Decimal(written[row[2]])
        assert Decimal(str(row[4])) - Decimal(str(row[3])) == Decimal(str(row[5] or 0))
        assert str(row[2]) in said
    assert {p: p.read_bytes() for p in (output / "2023-04-28").rglob("*") if p.is_file()} == before


def test_what_if_under_the_same_rules_says_that_nothing_moves(
    sample: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(sample.output, tmp_path / "output")
    options = ["--output", str(tmp_path / "output"), "--input", str(tmp_path / "nothing")]
    assert main(["what-if", str(HOME / "rules"), *options]) == 0
    assert "都没有变动" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rules", "code"), [("无此文件夹", 4), (str(HOME / "rules"), 2)], ids=["no rules", "no weeks"]
)
def test_what_if_without_rules_or_weeks_says_so(tmp_path: Path, rules: str, code: int) -> None:
    options = ["--output", str(tmp_path / "output"), "--input", str(tmp_path / "nothing")]
    assert main(["what-if", rules, *options]) == code


def test_an_adjustment_moves_the_score_and_is_printed(few: Path, tmp_path: Path) -> None:
    inbox, name = tmp_path / "input", "清和物业服务有限公司"
    inbox.mkdir()
    fill(inbox)
    rows = f"得分调整\n对象|分值|理由|批准人|有效期至\n{name}|加2分|协助处置突发停水|某副主任|2023-06-30"
    save(inbox / "得分调整.xlsx", {"得分调整": rows})
    options = ["--input", str(inbox), "--templates", str(few), "--output", str(tmp_path / "output")]
    assert main(["weekly", *options, "--jobs", "1"]) == 0
    data = json.loads((tmp_path / "output" / "2023-04-28" / "data" / "scores.json").read_text("utf-8"))
    card = next(c for c in data["companies"] if c["name"] == name)
    lines = sum((Decimal(line["points"]) for line in card["lines"]), Decimal(0))
    assert Decimal(card["full"]) + lines == Decimal(card["points"])
    (line,) = (line for line in card["lines"] if line["rule"] == "调整")
    assert line["evidence"] == [{"file": "得分调整.xlsx", "sheet": "得分调整", "cell": "B3"}]
    assert Decimal(line["points"]) == 2
    assert re.search("某副主任.*协助处置突发停水", line["clause"])
