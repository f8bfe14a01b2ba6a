"""The demonstration stops at the first week whose figures are not those of the records."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sample import county, demo
from sample.truth import figures

Fake = Callable[..., int]


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    monkeypatch.setattr(demo, "_ROOT", tmp_path)
    monkeypatch.setattr(demo, "WEEKS", 1)
    return []


def program(root: Path, calls: list[tuple[str, ...]], change: dict[str, int], code: int = 0) -> Fake:
    """A program that answers the first week with the right figures, some of them changed."""

    def run(*arguments: str) -> int:
        calls.append(arguments)
        made = county()
        answer: dict[str, Any] = figures(made.books(made.fridays[0]))
        answer["totals"] |= change
        folder = root / "demo" / "output" / "archive" / str(made.fridays[0]) / "data"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "figures.json").write_text(json.dumps(answer), encoding="utf-8")
        return code

    return run


def test_right_figures_lead_to_the_summary(
    calls: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "_run", program(tmp_path, calls, {}))
    assert demo.main() == 0
    assert [c[0] for c in calls] == ["issue", "summary", "verify"]
    assert (tmp_path / "demo" / "input" / "2023-03-31" / "名册.xlsx").exists()


def test_a_wrong_figure_stops_it(
    calls: list[tuple[str, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(demo, "_run", program(tmp_path, calls, {"found": 1}))
    assert demo.main() == 1
    assert [c[0] for c in calls] == ["issue"]
    assert "totals／found" in capsys.readouterr().err


def test_a_failing_command_stops_it(
    calls: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "_run", program(tmp_path, calls, {}, code=3))
    assert demo.main() == 1
    assert len(calls) == 1
