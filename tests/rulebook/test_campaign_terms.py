"""What campaign.yaml may say of the forecast and of the weekly meeting."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from campaign.errors import RulesError
from campaign.rulebook.loader import load
from campaign.rulebook.model import ForecastTerms, MeetingTerms

RULES = Path(__file__).parents[2] / "rules"
SPAN = ("\nforecast:", "\nmeeting:", "\n# 成员单位")


def rules(tmp_path: Path, forecast: str = "", meeting: str = "") -> Path:
    """The shipped rules with these two parts instead of their own."""
    folder = tmp_path / "rules"
    copytree(RULES, folder)
    path = folder / "campaign.yaml"
    head, rest = path.read_text(encoding="utf-8").split(SPAN[0])
    tail = rest.split(SPAN[2])[1]
    path.write_text(f"{head}\n{forecast}\n{meeting}\n{SPAN[2]}{tail}", encoding="utf-8")
    return folder


def test_both_may_be_left_out(tmp_path: Path) -> None:
    campaign = load(rules(tmp_path)).campaign
    assert (campaign.forecast, campaign.meeting) == (ForecastTerms(4, 3, ""), MeetingTerms())


def test_what_is_written_counts_and_the_rest_is_as_usual(tmp_path: Path) -> None:
    folder = rules(tmp_path, "forecast: {weeks: 6, phase: 总结提升}", 'meeting: {place: 三楼, host: ""}')
    campaign = load(folder).campaign
    assert campaign.forecast == replace(ForecastTerms(), weeks=6, phase="总结提升")
    assert campaign.meeting == MeetingTerms(place="三楼")


@pytest.mark.parametrize(
    "forecast", ["forecast: {phase: 没有的阶段}", "forecast: {weeks: 0}", "forecast: {pace: 3}"]
)
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, forecast: str) -> None:
    with pytest.raises(RulesError, match=r"campaign\.yaml 第\d+行"):
        load(rules(tmp_path, forecast))
