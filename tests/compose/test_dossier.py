"""The dossier: a problem's life as the ledgers told it, and only what is the subject's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.compose import dossier_documents
from campaign.compose.brief_dossier import DossierBrief, NoDossierError, dossier_brief
from campaign.history.changes import compare
from campaign.records import DocumentNumber, Problem, Snapshot, Status, SubjectKind
from tests.compose.cases import TEMPLATES, interview
from tests.compose.rules import rulebook
from tests.compose.scores import assessed
from tests.support import county
from tests.support.county import AS_OF, DANSHA, MINGYUAN, QINGHE

WEEK = timedelta(days=7)
DAYS = [AS_OF - 2 * WEEK, AS_OF - WEEK, AS_OF]
ASKED = {"interview_notice": "约谈通知书"}


def weeks(
    *ledgers: Sequence[Problem], unreported: dict[int, tuple[str, ...]] | None = None
) -> tuple[Snapshot, ...]:
    """Weeks that end on DAYS, each with its ledger and its changes."""
    known: tuple[Snapshot, ...] = ()
    for n, problems in enumerate(ledgers):
        books = county.books(problems, as_of=DAYS[n], unreported=(unreported or {}).get(n, ()))
        changes = compare(books, known)
        known = (*known, Snapshot(n + 3, books, assessed(books), changes=changes))
    return known


def brief(known: tuple[Snapshot, ...], name: str = "听松里") -> DossierBrief:
    return dossier_brief(known, rulebook(), name, ASKED)


def test_a_life_is_told_by_what_changes() -> None:
    first = county.problem(5)
    moved = replace(first, due_on=date(2023, 5, 30), status=Status.IN_PROGRESS)
    closed = replace(moved, status=Status.CLOSED, rectified_on=DAYS[2], closed_on=DAYS[2])
    (problem,) = brief(weeks([first], [moved], [closed])).problems
    assert [event.as_of for event in problem.events] == DAYS
    assert "5月12日" in problem.events[1].what
    assert "5月30日" in problem.events[1].what
    assert problem.events[2].what.endswith("已销号（4月28日）")
    assert (problem.status, problem.closed_on) == ("已销号", AS_OF)


def test_a_week_without_change_has_no_event() -> None:
    (problem,) = brief(weeks(*[[county.problem(5)]] * 3)).problems
    assert [event.as_of for event in problem.events] == DAYS[:1]


def test_what_vanished_is_said_once_and_so_is_its_return() -> None:
    one, other = county.problem(5), county.problem(6, community="云栖苑")
    (problem,) = brief(weeks([one, other], [other], [one, other])).problems
    assert [event.as_of for event in problem.events] == DAYS
    assert "未见销号" in problem.events[1].what


def test_a_ledger_that_did_not_come_is_no_vanishing() -> None:
    one = county.problem(5, community="望山居")
    told = brief(weeks([one], [], unreported={1: (DANSHA,)}), "望山居")
    assert told.problems[0].events[1].what == "未报送台账"
    assert not told.standing.reported


def test_a_community_has_its_own_problems_and_a_company_those_of_its_communities() -> None:
    known = weeks((), (), county.sample_problems())
    assert {p.community for p in brief(known).problems} == {"听松里"}
    own = brief(known, MINGYUAN)
    assert {p.community for p in own.problems} == {"沐风庭", "望山居"}
    assert len(own.problems) == known[-1].assessment.figures.companies[MINGYUAN].found
    assert (own.kind, own.scored, brief(known).scored) == ("companies", True, False)


def test_the_weeks_are_those_of_the_figures() -> None:
    known = weeks(county.sample_problems()[:3], county.sample_problems())
    told = brief(known, QINGHE)
    for week, snapshot in zip(told.weeks, known, strict=True):
        tally = snapshot.assessment.figures.companies[QINGHE]
        assert (week.standing.found, week.standing.closed) == (tally.found, tally.closed)
        assert week.points is not None


def test_decisions_and_numbers_are_the_subjects_alone() -> None:
    (week,) = weeks(county.sample_problems())
    decisions = (interview(MINGYUAN, SubjectKind.COMPANY, week.books.problems[:1]),)
    numbers = tuple(
        DocumentNumber("interview_notice", name, "约", 2023, n, f"清物治办约〔2023〕{n}号")
        for n, name in enumerate((MINGYUAN, QINGHE), 1)
    )
    decided = replace(week.assessment, decisions=decisions)
    told = brief((replace(week, assessment=decided, numbers=numbers),), MINGYUAN)
    assert [(d.what, d.rule) for d in told.decisions] == [("约谈", "约-1、约-2")]
    assert [(d.title, d.text) for d in told.documents] == [("约谈通知书", "清物治办约〔2023〕1号")]


def test_whom_no_roster_has_is_asked_back() -> None:
    with pytest.raises(NoDossierError, match="听松里"):
        brief(weeks(()), "听松")


@pytest.mark.parametrize("name", ["听松里", MINGYUAN, "临溪苑"])
@pytest.mark.parametrize("ledgers", [[()], [county.sample_problems()] * 3])
def test_there_is_a_document_for_every_shape(name: str, ledgers: list[Sequence[Problem]]) -> None:
    found, (document,) = dossier_documents(weeks(*ledgers), rulebook(), TEMPLATES, name)
    assert (found, document.name, document.genre) == (name, f"档案-{name}", "dossier")
