"""What the clerk types means one issued week, or she is told."""

from datetime import date
from pathlib import Path

import pytest

from campaign.history import archive
from campaign.press.picking import UnknownIssueError, pick
from tests.support.archive import issue


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("known")
    issue(output, 5, date(2022, 12, 30), papers=())
    issue(output, 5, date(2023, 4, 28), papers=())
    issue(output, 6, date(2023, 5, 5), papers=())
    issue(output, 6, date(2023, 5, 5), edition=1, papers=())
    return output


@pytest.mark.parametrize(
    ("words", "folder"),
    [
        ("第6期", "2023-05-05-更正1"),
        ("6", "2023-05-05-更正1"),
        (" 第 ６ 期 ", "2023-05-05-更正1"),
        ("2023年第5期", "2023-04-28"),
        ("2022年第5期", "2022-12-30"),
        ("2023-04-28", "2023-04-28"),
        ("2023-05-05", "2023-05-05-更正1"),
        ("2023-05-05-更正1", "2023-05-05-更正1"),
    ],
)
def test_an_issue_is_found(known: Path, words: str, folder: str) -> None:
    assert pick(archive.issued(known), words).manifest.folder == folder


@pytest.mark.parametrize("words", ["第5期", "第7期", "", "五", "2024年第5期", "2023-05-06"])
def test_what_means_none_or_several_is_refused(known: Path, words: str) -> None:
    with pytest.raises(UnknownIssueError):
        pick(archive.issued(known), words)
