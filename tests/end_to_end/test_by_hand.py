"""Every score recomputed from its lines, every cell of evidence opened and found to say what it says."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from campaign.assess import assess
from campaign.history.weeks import SNAPSHOT, parse
from campaign.intake.desk import receive
from campaign.records import Assessment, Scorecard, ScoreLine, Snapshot
from sample.county import county
from sample.parcel import write_week
from tests.end_to_end.conftest import HOME, Run
from tests.support.by_hand import Folder, doubts, group_of
from tests.support.county import rulebook


@pytest.fixture(scope="module")
def shipped(sample: Run) -> Snapshot:
    return parse((sample.week / SNAPSHOT).read_bytes())


@pytest.fixture(scope="module")
def folder(shipped: Snapshot) -> Folder:
    return Folder(HOME / "input", rulebook(), shipped.as_of)


def test_the_cells_of_the_shipped_week_bear_its_scores_out(shipped: Snapshot, folder: Folder) -> None:
    lines = [line for card in shipped.assessment.scorecards for line in card.lines]
    assert len([line for line in lines if line.evidence]) > 30
    assert list(doubts(folder, shipped.assessment)) == []


def _cheaper(line: ScoreLine) -> ScoreLine:
    return replace(line, points=line.points + 1)


def _one_less(line: ScoreLine) -> ScoreLine:
    return replace(line, evidence=line.evidence[1:])


def _next_row(line: ScoreLine) -> ScoreLine:
    return replace(line, evidence=tuple(replace(ref, row=ref.row + 200) for ref in line.evidence))


def _other_share(line: ScoreLine) -> ScoreLine:
    return replace(line, because=line.because.replace("率", "率9"))


@pytest.mark.parametrize("spoil", [_cheaper, _one_less, _next_row, _other_share])
def test_what_does_not_hold_is_noticed(
    spoil: Callable[[ScoreLine], ScoreLine], shipped: Snapshot, folder: Folder
) -> None:
    card = next(c for c in shipped.assessment.scorecards if any(line.rule == "街-2" for line in c.lines))
    lines = tuple(spoil(line) if line.rule == "街-2" else line for line in card.lines)
    assert list(doubts(folder, _only(shipped.assessment, replace(card, lines=lines))))


def _only(assessment: Assessment, card: Scorecard) -> Assessment:
    return replace(assessment, scorecards=(card,), decisions=())


@pytest.mark.deep
@pytest.mark.parametrize(("seed", "week"), [(7, 4), (77, 6), (2024, 8), (31, 10)])
def test_counties_never_shown(seed: int, week: int, tmp_path: Path) -> None:
    made = county(seed)
    write_week(made, made.fridays[week], tmp_path)
    books = receive(tmp_path, rulebook(), made.fridays[week], 2).books
    result = assess(books, (), rulebook())
    assert sum((card.points or Decimal(0) for card in result.scorecards), Decimal(0))
    assert list(doubts(Folder(tmp_path, rulebook(), books.as_of), result)) == []


@pytest.mark.parametrize(
    ("item", "group"),
    [("五-2", 5), ("5.2", 5), ("(五)2", 5), ("三（五）2", 5), ("第六类第1项", 6), ("", 0)],
)
def test_groups_are_told_by_hand(item: str, group: int) -> None:
    assert group_of(item) == group
