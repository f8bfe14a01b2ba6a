"""What each office still has to do: the items of the weekly meeting."""

from dataclasses import replace
from datetime import date

from campaign.compose.brief_distribution import Printed, distribution_brief
from campaign.compose.brief_week import WeekBrief, week_brief
from campaign.compose.genres import Genre, Receiver, load
from campaign.compose.tasks import Tasks
from campaign.records import Status, SubjectKind, Week
from tests.compose import cases
from tests.compose.cases import TEMPLATES, interview
from tests.compose.rules import rulebook
from tests.compose.scores import assessed
from tests.support import county
from tests.support.county import DANSHA, DAPING, DURU, MINGYUAN, QINGHE

AGENCY = "县市场监管局"


def brief(week: Week) -> WeekBrief:
    return week_brief(week, rulebook())


def of(name: str, week: Week) -> Tasks:
    told = brief(week)
    (task,) = (t for t in (*told.subdistrict_tasks, *told.agency_tasks) if t.name == name)
    return task


def week(*problems: object, **values: object) -> Week:
    books = county.books(problems, **values)  # type: ignore[arg-type] # problems, as the caller knows
    return Week(5, books, (), assessed(books))


def test_every_subdistrict_is_there_and_agencies_that_have_anything_to_do() -> None:
    told = brief(cases.ordinary())
    assert [t.name for t in told.subdistrict_tasks] == [DURU, DANSHA, DAPING]
    assert [t.name for t in told.agency_tasks] == [AGENCY]
    assert told.agency_tasks[0].complaints == 1
    assert brief(cases.no_problems()).agency_tasks == ()


def test_the_tasks_add_up_to_the_figures() -> None:
    told = brief(cases.ordinary())
    assert sum(len(t.overdue) for t in told.subdistrict_tasks) == told.total.overdue
    assert sum(len(t.awaiting) for t in told.subdistrict_tasks) == told.total.rectified
    assert sum(len(t.unchecked) for t in told.subdistrict_tasks) == 1


def test_what_falls_due_by_the_next_friday_soonest_first() -> None:
    own = week(
        county.problem(5, due_on=date(2023, 5, 5)),
        county.problem(6, due_on=date(2023, 4, 28)),
        county.problem(7, due_on=date(2023, 5, 6)),
        county.problem(8, due_on=date(2023, 5, 1), status=Status.RECTIFIED),
        county.problem(9, due_on=None),
    )
    task = of(DURU, own)
    assert [row.due_on for row in task.due] == [date(2023, 4, 28), date(2023, 5, 5)]
    assert (len(task.overdue), len(task.awaiting), task.undated, task.rows) == (0, 1, 1, 3)


def test_an_agency_answers_for_what_the_ledgers_name_it_for() -> None:
    own = week(
        county.problem(5, responsible_unit=AGENCY, due_on=date(2023, 4, 20)),
        county.problem(6, community="望山居", responsible_unit=AGENCY, status=Status.RECTIFIED),
        county.problem(7, due_on=date(2023, 4, 20)),
    )
    task = of(AGENCY, own)
    assert (len(task.overdue), len(task.awaiting)) == (1, 1)
    assert len(of(DURU, own).overdue) == 2


def test_an_office_without_a_ledger_has_that_to_explain() -> None:
    task = of(DAPING, cases.unreported())
    assert not task.reported
    assert task.open
    assert of(DURU, cases.unreported()).pending == 2


# --- who gets what ----------------------------------------------------------------------------------


def genre(name: str, order: int | None = None, **copies: int) -> Genre:
    (base,) = (g for g in load(TEMPLATES).genres if g.name == "bulletin")
    return replace(
        base, name=name, order=order, copies={Receiver(kind): count for kind, count in copies.items()}
    )


def documents(*genres: Genre) -> tuple[Week, tuple[Printed, ...]]:
    own = cases.first_week()
    call = interview(MINGYUAN, SubjectKind.COMPANY, own.books.problems[:1])
    (document, *_) = cases.CASES["first_week"]()
    return own, tuple(Printed(replace(document, name=g.name), g, call) for g in genres)


def test_copies_are_counted_by_recipient_and_by_document() -> None:
    own, printed = documents(
        genre("通报", subdistricts=2, companies=1, file=2), genre("通知", subject=2, overseers=1, file=1)
    )
    told = distribution_brief(printed, own, rulebook())
    assert [(d.name, d.copies) for d in told.documents] == [("通报", 11), ("通知", 5)]
    gets = {(r.name, r.own): {s.name: s.copies for s in r.sheaves} for r in told.recipients}
    assert gets[DURU, False] == {"通报": 2, "通知": 1}  # a community of the company lies there
    assert gets[DAPING, False] == {"通报": 2}
    assert gets[MINGYUAN, False] == {"通报": 1, "通知": 2}
    assert gets[QINGHE, False] == {"通报": 1}
    assert gets[rulebook().campaign.office, True] == {"通报": 2, "通知": 1}
    assert told.total == sum(r.copies for r in told.recipients) == 16


def test_the_offices_own_files_stand_last() -> None:
    own, printed = documents(genre("通报", file=1, agencies=1))
    names = [r.own for r in distribution_brief(printed, own, rulebook()).recipients]
    assert names == [False, False, True]
