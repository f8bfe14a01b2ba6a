"""The rules' own cases hold, and each rule has them: one that fires, one that does not, days of change."""

import shutil
from pathlib import Path

import pytest

from campaign.cases import __main__ as command
from campaign.cases.__main__ import main
from campaign.cases.reading import Case, read_cases
from campaign.cases.running import never_fired, run, untried
from campaign.rulebook.loader import load
from tests.support import county

BOOK = county.rulebook()
CASES = read_cases(county.RULES / "cases", BOOK)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    assert [str(wrong) for wrong in run(case, BOOK)] == []


def test_every_rule_is_tried_on_both_sides_and_on_its_days_of_change() -> None:
    assert len(CASES) > 60
    assert list(untried(CASES, BOOK)) == []


def test_what_is_not_tried_is_said() -> None:
    some = [case for case in CASES if case.rule != "企-1" and str(case.books.as_of) != "2023-04-23"]
    said = "\n".join(untried(some, BOOK))
    assert "企-1没有触发它的案例" in said
    assert "企-1没有不触发它的案例" in said
    assert "街-1在2023-04-24有变动" in said
    assert "企-2" not in said


def test_the_command_says_what_differs_and_which_rules_never_fired(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All cases are read; of other rules, which are tried above, none is run again."""
    rules = tmp_path / "rules"
    shutil.copytree(county.RULES, rules)
    monkeypatch.setattr(command, "run", lambda c, book: run(c, book) if c.rule == "街-6" else ())
    assert main(["--rules", str(rules), "--output", str(tmp_path)]) == 0
    assert "全部相符" in capsys.readouterr().out
    case = rules / "cases" / "街-6-填报质量.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("得分: -1", "得分: -1.5"), encoding="utf-8")
    assert main(["--rules", str(rules), "--output", str(tmp_path)]) == 4
    assert "街-6应得-1.5，实际-1" in capsys.readouterr().out


def test_cases_are_no_part_of_the_digest(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(county.RULES, rules)
    shutil.rmtree(rules / "cases")
    assert load(rules).digest == BOOK.digest


def test_rules_that_never_fired() -> None:
    silent = never_fired([county.snapshot()], BOOK)
    assert "企-7 消防安全问题长期逾期" in silent
    assert not any(name.startswith("企-3") for name in silent)


def test_a_wrong_case_is_refused_at_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(county.RULES, rules)
    case = rules / "cases" / "街-6-填报质量.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("截至", "截止", 1), encoding="utf-8")
    assert main(["--rules", str(rules)]) == 4
    assert "rules/cases/街-6-填报质量.yaml 第5行：不认识的项“截止”" in capsys.readouterr().out
