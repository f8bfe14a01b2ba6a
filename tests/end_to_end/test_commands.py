"""The other commands, and what each says when it cannot do its work."""

import shutil
from pathlib import Path

import pytest

from campaign.cli import main
from tests.end_to_end.conftest import HOME, Run, generate


def test_explain_leads_a_score_back_to_rule_clause_and_cells(
    sample: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    card = next(c for c in sample.data("scores")["companies"] if c["lines"])
    code = main(["explain", card["name"], "--output", str(sample.output), "--as-of", "2023-04-28"])
    said = capsys.readouterr().out
    assert code == 0
    for line in card["lines"]:
        assert line["rule"] in said
        assert line["clause"] in said
        assert all(e["cell"] in said for e in line["evidence"])
    assert "四、怎样提高得分" in said


def test_explain_knows_communities_subdistricts_and_agencies(
    sample: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [next(iter(sample.data("figures")[k])) for k in ("communities", "subdistricts")]
    names.append(sample.data("scores")["agencies"][0]["name"])
    for name in names:
        assert main(["explain", name, "--output", str(sample.output), "--as-of", "2023-04-28"]) == 0
        assert name in capsys.readouterr().out


def test_explain_of_a_stranger_offers_the_nearest_names(
    sample: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["explain", "都濡街道办事处处", "--output", str(sample.output), "--as-of", "2023-04-28"])
    assert code == 2
    assert "都濡街道办事处" in capsys.readouterr().err


def test_check_writes_opinions_beside_the_weeks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--output", str(tmp_path / "output")]) == 0
    assert "错误0处" in capsys.readouterr().out
    assert (tmp_path / "output" / "校验" / "校验意见.xlsx").is_file()
    assert (tmp_path / "output" / "校验" / "data" / "faults.json").is_file()


def test_summary_sums_up_the_weeks_in_the_output_folder(sample: Run, few: Path, tmp_path: Path) -> None:
    shutil.copytree(sample.output, tmp_path / "output")
    run = generate("summary", "--templates", str(few), output=tmp_path / "output")
    assert run.code == 0
    assert {p.suffix for p in (run.output / "总结报告").iterdir() if "总结" in p.name} >= {".pdf", ".docx"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["summary"], 2, "make weekly"),
        (["weekly", "--input", "无此文件夹"], 2, "没有表格"),
        (["weekly", "--as-of", "四月底"], 2, ""),
        (["weekly", "--rules", "无此文件夹"], 4, ""),
        (["weekly", "--templates", "无此文件夹"], 4, ""),
        (["无此命令"], 2, ""),
    ],
)
def test_wrong_calls_say_so_and_change_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, words: str
) -> None:
    options = ["--output", str(tmp_path / "output")] if len(arguments) > 1 or arguments == ["summary"] else []
    assert main([*arguments, *options]) == code
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert not (tmp_path / "output").exists() or not [
        p for p in (tmp_path / "output").iterdir() if p.name != ".lock"
    ]


def test_a_crash_half_way_leaves_the_former_week(
    sample: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(sample.output, tmp_path / "output")
    before = {p: p.read_bytes() for p in (tmp_path / "output" / "2023-04-28").rglob("*") if p.is_file()}

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("campaign.press.making.word_files", interrupted)
    assert main(["weekly", "--output", str(tmp_path / "output")]) == 130
    assert "没有改动" in capsys.readouterr().err
    after = {p: p.read_bytes() for p in (tmp_path / "output" / "2023-04-28").rglob("*") if p.is_file()}
    assert after == before


def test_a_bug_is_shown_whole_with_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("campaign.press.drafts.load", broken)
    assert main(["weekly", "--output", str(tmp_path / "output")]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_doctor_finds_everything_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--output", str(tmp_path)]) == 0
    assert "异常" not in capsys.readouterr().out


def test_doctor_names_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(HOME / "rules", tmp_path / "rules")
    (tmp_path / "rules" / "campaign.yaml").write_text("名称: ？", encoding="utf-8")
    assert main(["doctor", "--rules", str(tmp_path / "rules"), "--output", str(tmp_path)]) == 4
    assert "异常  规则" in capsys.readouterr().out
