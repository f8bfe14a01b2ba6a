"""What is said of those with equal points: what the rules say."""

from dataclasses import replace

import pytest

from campaign.compose.ranking import tied
from campaign.rulebook.terms import TieBreak
from tests.support.county import rulebook

SCHEME = rulebook().schemes[0]


@pytest.mark.parametrize(
    ("ties", "words"),
    [
        ((), "得分相同的名次并列"),
        ((TieBreak.DONE,), "得分相同的，以整改率高的在前，仍相同的名次并列"),
        (
            (TieBreak.OVERDUE, TieBreak.CLOSED),
            "得分相同的，依次以逾期问题少的、销号率高的在前，仍相同的名次并列",
        ),
    ],
)
def test_equals_are_placed_as_the_rules_declare(ties: tuple[TieBreak, ...], words: str) -> None:
    assert tied(replace(SCHEME, ties=ties)) == words


def test_without_rules_equals_share_a_rank() -> None:
    assert tied(None) == "得分相同的名次并列"
