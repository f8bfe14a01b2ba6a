"""The generator's records keep the order of time, the size of the notice, and the story they are to tell."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from campaign.decimals import percent
from campaign.records import Problem, Status
from sample import County, county
from sample.lexicon import items, words
from sample.places import COMMUNITIES, COMPANIES, SUBDISTRICTS

SHIPPED_WEEK = date(2023, 4, 28)


# What all tests here look at is made once: they run in one process.
pytestmark = pytest.mark.xdist_group("county")


@pytest.fixture(scope="module", params=[2023, 7])
def made(request: pytest.FixtureRequest) -> County:
    return county(request.param)


@pytest.fixture(scope="module")
def shipped() -> County:
    return county()


def done_rate(problems: list[Problem]) -> Decimal:
    rate = percent(sum(p.status.done for p in problems), len(problems))
    assert rate is not None
    return rate


def test_size_is_that_of_the_notice(made: County) -> None:
    roster = made.roster
    assert len({c.name for c in roster.communities}) == COMMUNITIES == 61
    assert len({c.name for c in roster.companies}) == COMPANIES == 28
    assert tuple(s.name for s in roster.subdistricts) == SUBDISTRICTS
    assert {c.company for c in roster.communities} == {c.name for c in roster.companies}
    assert {c.subdistrict for c in roster.communities} == set(SUBDISTRICTS)
    assert len(items()) == 27
    assert min(len(i.phrases) for i in items()) >= 5


def test_thirteen_fridays(made: County) -> None:
    assert len(made.fridays) == 13
    assert all(f.weekday() == 4 for f in made.fridays)
    assert made.fridays[0] == date(2023, 3, 31)


def test_about_270_problems_by_the_shipped_week(made: County) -> None:
    assert 255 <= len(made.books(SHIPPED_WEEK).problems) <= 285


def test_problems_only_grow_in_number(made: County) -> None:
    counts = [len(made.books(f).problems) for f in made.fridays]
    assert counts == sorted(counts)
    assert counts[0] < counts[4] < counts[-1]


def test_days_keep_their_order(made: County) -> None:
    for friday in made.fridays:
        for p in made.books(friday).problems:
            days = [d for d in (p.found_on, p.rectified_on, p.closed_on) if d is not None]
            assert days == sorted(days)
            assert max(days) <= friday
            assert p.due_on is None or p.due_on >= p.found_on


def test_status_and_days_agree(made: County) -> None:
    for friday in made.fridays:
        for p in made.books(friday).problems:
            assert (p.closed_on is not None) == (p.status is Status.CLOSED)
            assert p.rectified_on is None or p.status.done
            assert not (p.no_deadline and p.due_on)


def test_every_subject_counts_closed_within_done_within_found(made: County) -> None:
    problems = made.books(SHIPPED_WEEK).problems
    closed = sum(p.status is Status.CLOSED for p in problems)
    done = sum(p.status.done for p in problems)
    assert 0 < closed < done < len(problems)


def test_nothing_is_written_down_twice(made: County) -> None:
    problems = made.books(made.fridays[-1]).problems
    assert len({(p.community, p.description) for p in problems}) == len(problems)


def test_problems_belong_to_the_roster(made: County) -> None:
    for p in made.books(made.fridays[-1]).problems:
        community = made.roster.community(p.community)
        assert community is not None
        assert (community.subdistrict, community.company) == (p.subdistrict, p.company)


def test_deadlines_move_and_problems_come_back(shipped: County) -> None:
    states = [[(s.status, s.due_on) for s in c.states] for c in shipped.cases]
    moved = [s for s in states if len({due for _, due in s}) > 1]
    again = [s for s in states if any(b.done and not a.done for (b, _), (a, _) in pairwise(s))]
    assert len(moved) >= 5
    assert len(again) >= 3
    assert any(c.no_deadline for c in shipped.cases)


def test_one_subdistrict_leads_and_one_lags(shipped: County) -> None:
    problems = shipped.books(SHIPPED_WEEK).problems
    rates = sorted(done_rate([p for p in problems if p.subdistrict == name]) for name in SUBDISTRICTS)
    assert rates[2] - rates[0] > 15


def test_lots_of_companies_differ(shipped: County) -> None:
    problems = shipped.books(SHIPPED_WEEK).problems
    by_lot = {
        lot: [p for c in shipped.map.companies if c.lot == lot for p in problems if p.company == c.name]
        for lot in ("excellent", "spotless", "laggard")
    }
    assert by_lot["spotless"] == []
    assert 0 < len(by_lot["excellent"]) <= 5
    assert not any(p.overdue(SHIPPED_WEEK) for p in by_lot["excellent"])
    assert max(p.days_overdue(SHIPPED_WEEK) for p in by_lot["laggard"]) > 10


def test_names_are_laid_as_traps(made: County) -> None:
    companies = {c.name for c in made.roster.companies}
    communities = {c.name for c in made.roster.communities}
    assert any(c.replace("有限公司", "有限责任公司") in companies - {c} for c in companies)
    assert any(c.replace("服务", "管理") in companies - {c} for c in companies)
    assert any(c.removesuffix("苑") + "花园" in communities for c in communities if c.endswith("苑"))
    assert any(c.replace("A区", "B区") in communities - {c} for c in communities)
    assert any(c.endswith("小区") for c in communities)
    assert len({c.removesuffix("小区") for c in communities}) == COMMUNITIES
    assert sum(bool(c.aliases) for c in made.roster.communities) >= 3
    assert sum(bool(c.aliases) for c in made.roster.companies) >= 3


def test_people_are_distinct_unreal_and_sometimes_rare(made: County) -> None:
    staff = [p for c in made.map.companies for p in (c.principal, *c.staff)]
    staff += [p for o in made.map.offices for p in (o.head, *o.staff)]
    assert len({p.name for p in staff}) == len({p.phone for p in staff}) == len(staff)
    assert all(p.phone.startswith("199000") and len(p.phone) == 11 for p in staff)
    seen = "".join(p.name for p in staff)
    assert all(rare in seen for rare in words("people")["rare"])


def test_self_checks_come_in_once_and_answer_everything(made: County) -> None:
    last = made.books(date(2023, 12, 31)).self_checks
    assert {s.community for s in last} == {c.name for c in made.roster.communities}
    assert len(last) == COMMUNITIES
    assert all([a.item for a in s.answers] == [i.code for i in items()] for s in last)
    assert 50 <= len(made.books(SHIPPED_WEEK).self_checks) < COMMUNITIES


def test_self_checks_mostly_agree_with_ledgers(made: County) -> None:
    problems = {(p.community, p.description) for p in made.books(made.fridays[-1]).problems}
    failed = [(s.community, a.problem) for s in made.self_checks for a in s.answers if a.problem]
    assert len(failed) > COMMUNITIES
    assert set(failed) <= problems


def test_what_is_not_handed_in_yet_is_missing_not_empty(made: County) -> None:
    first, shipped = made.books(made.fridays[0]), made.books(SHIPPED_WEEK)
    assert first.spot_checks is None
    assert shipped.spot_checks
    assert shipped.complaints
    assert shipped.activities
    assert any(c.settled_on is None for c in shipped.complaints)


def test_a_seed_is_a_county() -> None:
    assert county(5) == county(5)
    one, other = county(5), county(6)
    names = {c.name for c in one.roster.companies} & {c.name for c in other.roster.companies}
    assert len(names) < COMPANIES / 2
    assert len(one.cases) != len(other.cases) or one.cases != other.cases


def test_a_campaign_may_begin_on_another_day() -> None:
    made = county(5, start=date(2024, 9, 2), weeks=3)
    assert made.fridays == (date(2024, 9, 6), date(2024, 9, 13), date(2024, 9, 20))
    assert all(date(2024, 9, 2) <= c.found_on <= date(2024, 9, 20) for c in made.cases)
