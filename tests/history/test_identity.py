"""The same problem is known again, renumbered, sorted and laid out otherwise, reworded; never another."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.history.changes import compare
from campaign.history.keys import name_all
from campaign.history.likeness import alike, elsewhere
from campaign.records import Absence, ChangeKind, Changes, ItemCode, Problem, Settlement, Status
from sample.county import county
from tests.history.ledgers import LAST, WEEK, chance, changed, laid_out, many, played, week
from tests.support.county import AS_OF, books, problem

COUNTY = tuple(many(chance(7), 120))
HYDRANTS = tuple(
    problem(n + 5, description=f"{n}号楼消防栓缺水带", serial=str(n)) for n in (3, 5, 7)
)  # one community, one item, one day


def keys(before: list[Problem], now: list[Problem]) -> list[int | None]:
    """For each of this week's problems the place of last week's that it is, None for a new one."""
    last = week(before)
    places = {key: n for n, key in enumerate(last.changes.keys)}
    return [places.get(key) for key in compare(books(now), (last,)).keys]


def settled(changes: Changes, *, same: bool) -> tuple[Settlement, ...]:
    (doubt,) = changes.doubts
    return (Settlement(doubt.key, doubt.later, same, "石某", "", doubt.problem.origin),)


# --- What is the same -----------------------------------------------------------------------------


@given(st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_another_order_other_numbers_and_another_file_change_nothing(rng: Random) -> None:
    before = laid_out(COUNTY)
    order = list(range(len(before)))
    rng.shuffle(order)
    now = laid_out([before[n] for n in order], file="（修改）明细.xlsx", sheet="汇总")
    assert keys(before, now) == order
    assert changed(before, now).movements == ()


def test_a_week_compared_with_itself_has_not_changed() -> None:
    changes = changed(list(COUNTY), list(COUNTY))
    assert (changes.movements, changes.lost, changes.doubts) == ((), (), ())


def test_the_first_week_names_problems_by_what_they_say_not_by_their_rows() -> None:
    names = dict(zip(COUNTY, name_all(COUNTY, LAST), strict=True))
    turned = laid_out(COUNTY[::-1], file="另一份.xlsx")
    assert list(names.values()) == list(reversed(name_all(turned, LAST)))
    assert len(set(names.values())) == len(COUNTY)
    assert all(name.startswith("Q230421-") for name in names.values())


@pytest.mark.parametrize("seed", [1, 2])
def test_reworded_week_after_week_they_are_the_same(seed: int) -> None:
    check_played(seed, 6, 0.2)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(3, 33))
def test_reworded_week_after_week_in_many_counties(seed: int) -> None:
    check_played(seed, 13, 0.25)


def check_played(seed: int, weeks: int, rewriting: float) -> None:
    """No case ever bears another's key; where a key is lost, two words in a hundred, the clerk is asked."""
    named: dict[int, str] = {}
    owner: dict[str, int] = {}
    lost = total = 0
    for cases, snapshot in played(county(seed, weeks=weeks), weeks, chance(seed), rewriting):
        asked = {doubt.later for doubt in snapshot.changes.doubts}
        for case, key in zip(cases, snapshot.changes.keys, strict=True):
            total += 1
            if named.setdefault(case, key) != key:
                assert key in asked
                lost += 1
                named[case] = key
            assert owner.setdefault(key, case) == case
    assert lost <= total / 200


def test_a_row_inserted_above_shifts_numbers_and_nothing_else() -> None:
    before = laid_out(COUNTY)
    extra = problem(4, description="门岗夜间无人值守", found_on=LAST + timedelta(days=2))
    assert keys(before, laid_out([extra, *before])) == [None, *range(len(before))]


# --- Near twins -----------------------------------------------------------------------------------


def test_near_twins_are_not_swapped_when_all_are_reworded_and_renumbered() -> None:
    said = ("七号楼的消火栓没有水带", "3号楼消防栓箱内缺水带（已通知）", "5号楼消防栓缺少水带")
    now = laid_out([replace(HYDRANTS[n], description=text) for n, text in zip((2, 0, 1), said, strict=True)])
    assert keys(list(HYDRANTS), now) == [2, 0, 1]


def test_a_near_twin_that_takes_the_place_of_one_that_vanished_is_not_it() -> None:
    other = replace(HYDRANTS[0], description="9号楼消防栓缺水带", serial="9")
    changes = changed(list(HYDRANTS), [*HYDRANTS[1:], other])
    assert [m.kinds for m in changes.movements] == [(ChangeKind.LATE,), (ChangeKind.VANISHED,)]


def test_the_direction_tells_near_twins_apart() -> None:
    gates = [problem(5, description="东门道闸损坏"), problem(6, description="西门道闸损坏")]
    now = [replace(gates[1], description="西门道闸已损坏"), replace(gates[0], description="东门道闸已损坏")]
    assert keys(gates, now) == [1, 0]


def test_twins_word_for_word_are_told_apart_by_how_they_stand() -> None:
    twins = [problem(5, due_on=date(2023, 5, 1)), problem(5, due_on=date(2023, 5, 9))]
    twins = [replace(t, description="楼道灯不亮") for t in twins]
    assert keys(twins, twins[::-1]) == [1, 0]
    assert changed(twins, twins[::-1]).movements == ()


def test_one_of_two_twins_struck_from_the_ledger_is_one_vanished() -> None:
    twins = [replace(problem(5), description="楼道灯不亮", serial=s) for s in "12"]
    changes = changed(twins, twins[:1])
    assert [m.kinds for m in changes.movements] == [(ChangeKind.VANISHED,)]


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("3号楼消防栓缺水带", "5号楼消防栓缺水带", True),
        ("三号楼消防栓缺水带", "3号楼消防栓缺水带", False),
        ("A栋电梯困人", "B栋电梯困人", True),
        ("2号楼楼道堆物8处", "2号楼楼道堆物剩3处", False),
        ("3号楼消防栓缺水带", "消防栓缺水带", False),
        ("3号楼1单元渗水", "3号楼2单元渗水", True),
    ],
)
def test_numbers_that_say_where_and_numbers_that_say_how_many(a: str, b: str, *, apart: bool) -> None:
    assert elsewhere(a, b) is apart


def test_signs_and_widths_are_no_difference() -> None:
    assert alike("３号楼，灭火器 过期。", "3号楼灭火器过期") == 100


# --- Numbers --------------------------------------------------------------------------------------


def numbered(prefix: str, problems: list[Problem]) -> list[Problem]:
    return [replace(p, serial=f"{prefix}{100 + 3 * n}") for n, p in enumerate(problems)]


def test_a_number_that_is_kept_carries_identity_through_another_text_and_day() -> None:
    before = numbered("DR-", [p for p in COUNTY if p.subdistrict == COUNTY[0].subdistrict])
    now = [*before]
    now[4] = replace(before[4], description="经复查改为挂账管理")
    now[5] = replace(before[5], found_on=before[5].found_on - timedelta(days=1), note="日期更正")
    assert keys(before, now) == list(range(len(before)))


def test_a_number_given_to_another_problem_is_not_believed() -> None:
    before = numbered("DR-", [p for p in COUNTY if p.subdistrict == COUNTY[0].subdistrict])
    other = problem(5, community=before[4].community, item=ItemCode(6, 4), found_on=LAST + timedelta(days=3))
    now = [*before]
    now[4] = replace(other, description="燃气报警器未联网", serial=before[4].serial)
    assert keys(before, now)[4] is None


def test_row_numbers_that_happen_to_agree_help_only_where_all_else_agrees() -> None:
    before = laid_out(COUNTY)
    now = [*before]
    now[9] = replace(before[9], description="另行上报")
    assert keys(before, now)[9] in {9, None}
    assert all(found == n for n, found in enumerate(keys(before, now)) if n != 9)
    swapped = [*before]
    swapped[9] = replace(before[9], description="另行上报", item=ItemCode(1, 2), found_on=AS_OF)
    assert keys(before, swapped)[9] is None


# --- Doubts ---------------------------------------------------------------------------------------


def doubtful() -> tuple[list[Problem], list[Problem]]:
    """A row that vanished, and one that may be it: the same words, another day."""
    before = [problem(5), problem(6, description="电梯年检标志过期", item=ItemCode(6, 3))]
    moved = replace(before[1], found_on=before[1].found_on + timedelta(days=2), serial="9")
    return before, [before[0], moved]


def test_what_is_likely_but_not_sure_counts_as_two_until_it_is_settled() -> None:
    changes = changed(*doubtful())
    assert [m.kinds for m in changes.movements] == [(ChangeKind.LATE,), (ChangeKind.VANISHED,)]
    (doubt,) = changes.doubts
    assert doubt.key == changes.lost[0].key
    assert doubt.later == changes.keys[1]
    assert doubt.ref == doubtful()[1][1].origin.row


def test_settled_as_the_same_it_is_one_and_stays_so_without_the_workbook() -> None:
    before, now = doubtful()
    last = week(before)
    yes = settled(compare(books(now), (last,)), same=True)
    this = week(now, AS_OF, (last,))
    this = replace(this, changes=compare(books(now), (last,), yes))
    assert this.changes.keys == last.changes.keys
    assert (this.changes.doubts, this.changes.lost, this.changes.movements) == ((), (), ())
    for again in ((), yes):  # taken away, or left lying in the folder
        later = compare(books(now, as_of=AS_OF + WEEK), (last, this), again)
        assert later.keys == last.changes.keys
        assert (later.doubts, later.movements) == ((), ())


def test_settled_a_week_later_the_two_become_one() -> None:
    before, now = doubtful()
    last = week(before)
    this = week(now, AS_OF, (last,))
    assert len(this.changes.doubts) == 1
    waiting = compare(books(now, as_of=AS_OF + WEEK), (last, this))
    assert [d.key for d in waiting.doubts] == [this.changes.doubts[0].key]
    later = compare(books(now, as_of=AS_OF + WEEK), (last, this), settled(this.changes, same=True))
    assert later.keys == last.changes.keys
    assert (later.lost, later.doubts) == ((), ())


def test_settled_as_another_it_is_not_asked_again() -> None:
    before, now = doubtful()
    last = week(before)
    first = compare(books(now), (last,))
    this = replace(
        week(now, AS_OF, (last,)), changes=compare(books(now), (last,), settled(first, same=False))
    )
    assert this.changes.keys == first.keys
    assert this.changes.doubts == ()
    later = compare(books(now, as_of=AS_OF + WEEK), (last, this))
    assert later.doubts == ()
    assert [lost.why for lost in later.lost] == [Absence.VANISHED]


def test_a_verdict_about_keys_that_nobody_has_changes_nothing() -> None:
    before, now = doubtful()
    plain = changed(before, now)
    stray = Settlement("Q000000-00000", plain.keys[0], same=True, by="石某", note="", origin=before[0].origin)
    assert compare(books(now), (week(before),), (stray,)) == plain


def test_a_community_put_right_is_asked_about() -> None:
    before = [problem(5), problem(6, community="听松里", description="地下车库无防倒灌设施")]
    now = [before[0], replace(before[1], community="云栖苑")]
    changes = changed(before, now)
    assert [(d.key, d.later) for d in changes.doubts] == [(changes.lost[0].key, changes.keys[1])]


def test_what_was_struck_off_and_is_found_anew_is_another_problem() -> None:
    closed = {"status": Status.CLOSED, "rectified_on": LAST, "closed_on": LAST}
    before = [problem(5, **closed)]
    again = problem(5, found_on=AS_OF, description=before[0].description)
    changes = changed(before, [*before, again])
    assert [m.kinds for m in changes.movements] == [(ChangeKind.NEW,)]
    gone = changed(before, [again])
    assert gone.doubts == ()
    assert [lost.why for lost in gone.lost] == [Absence.STRUCK_OFF]
