"""The rules' own cases, and that each rule has them: one that fires, one that does not, days of change."""

from datetime import timedelta

import pytest

from campaign.assess import assess
from campaign.records import CellRef
from tests.rules.cases import Case, cases
from tests.support import county

CASES = tuple(cases())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    result = assess(case.books, case.past, county.rulebook())
    card = next(c for c in result.scorecards if c.name == case.subject)
    assert (card.points is None) is case.unrated, card.unrated
    lines = [line for line in card.lines if line.rule == case.rule]
    assert [line.points for line in lines] == ([] if case.points is None else [case.points])
    if case.grade is not None:
        assert card.grade == case.grade
    if case.cells is not None and lines:
        assert cells(lines[0].evidence) == case.cells
    if case.decision is not None:
        found = [d for d in result.decisions if d.subject == case.subject and case.rule in d.rule.split("、")]
        assert len(found) == case.decision
        if found and case.cells is not None:
            assert cells(found[0].evidence) == case.cells
        if found and case.rung is not None:
            assert found[0].rung == case.rung


def cells(evidence: tuple[CellRef, ...]) -> tuple[str, ...]:
    return tuple(ref.cell for ref in evidence)


def rule_ids() -> list[str]:
    book = county.rulebook()
    return sorted({r.id for s in book.schemes for r in s.rules} | {c.id for c in book.consequences})


@pytest.mark.parametrize("rule", rule_ids())
def test_a_rule_has_a_case_that_fires_and_one_that_does_not(rule: str) -> None:
    assert {case.fires for case in CASES if case.rule == rule} == {True, False}


def test_each_day_of_change_has_a_case_and_the_day_before() -> None:
    book = county.rulebook()
    dated = [r for s in book.schemes for r in s.rules if r.from_date] + [
        c for c in book.consequences if c.from_date
    ]
    assert dated
    for rule in dated:
        assert rule.from_date is not None
        days = {case.books.as_of for case in CASES if case.rule == rule.id}
        assert {rule.from_date, rule.from_date - timedelta(days=1)} <= days, rule.id
