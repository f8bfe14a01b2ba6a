"""What must hold of the kinds that rest on the table of matters, on any entries; and not-applicable items."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from campaign.assess import assess
from campaign.assess.figures import tabulate
from campaign.assess.kinds import judge
from campaign.assess.matters import counts_on, months_later
from campaign.assess.scoring import ranked, score
from campaign.assess.subjects import Subject, subjects
from campaign.assess.verdicts import Charge, LeftOut
from campaign.cases import county as cast
from campaign.records import Books, ItemCode, Merit, Status, SubjectKind
from campaign.rulebook.model import Grade, Part, Rule, Scheme
from campaign.rulebook.sources import Events, Matters, Repair, Source
from campaign.rulebook.terms import (
    Absent,
    CumulativeTerms,
    Demerit,
    Lacking,
    Marks,
    OccurrenceTerms,
    Rater,
    RaterTerms,
    RuleTerms,
    Step,
    SteppedTerms,
    Take,
    TieBreak,
    Tier,
    TieredTerms,
)
from tests.support import county

D = Decimal
AS_OF = county.AS_OF
DAYS = st.dates(date(2019, 1, 1), AS_OF)
LEVELS = ("国家级", "省级", "市级")


def merit(row: int = 3, **overrides: object) -> Merit:
    values: dict[str, object] = {
        "dated_on": AS_OF,
        "unit": county.QINGHE,
        "matter": "荣誉",
        "level": "",
        "quantity": None,
        "rater": "",
        "mark": None,
        "proof": "",
        "community": "",
        "item": None,
        "repaired_on": None,
        "note": "",
        "origin": cast.origin("考核事项.xlsx", "考核事项", row, dict.fromkeys(cast.MATTERS)),
        **overrides,
    }
    return Merit(**values)  # type: ignore[arg-type] # any field


def subject(merits: list[Merit] | None, **overrides: Any) -> Subject:  # noqa: ANN401 - any field of the books
    books = county.books(merits=None if merits is None else tuple(merits), **overrides)
    return of(books)


def of(books: Books) -> Subject:
    figures = tabulate(books, range(1, 7))
    return next(s for s in subjects(books, figures, (), county.rulebook()) if s.name == county.QINGHE)


def rule(terms: RuleTerms, points: str = "-5", cap: str | None = None, name: str = "试-1") -> Rule:
    limit = None if cap is None else D(cap)
    return Rule(name, "试", "款", SubjectKind.COMPANY, "", D(points), limit, None, None, "", {}, terms)


def points(terms: RuleTerms, merits: list[Merit], worth: str = "-5", cap: str | None = None) -> Decimal:
    verdict = judge(rule(terms, worth, cap), subject(merits), {})
    assert not isinstance(verdict, LeftOut)
    return verdict.points if verdict else D(0)


HONOURS = TieredTerms(
    Matters(("荣誉",), valid_months=36),
    (Tier("国家级", D(5)), Tier("省级", D(4)), Tier("市级", D(3))),
    Take.EACH,
    Lacking.FULL,
)
DEMERITS = CumulativeTerms(
    (Demerit(Matters(("违规",)), D(3)),),
    (Step(D(9), D(-12)), Step(D(6), D(-4)), Step(D(0), D(0))),
    Lacking.UNRATED,
)
RATED = RaterTerms(
    Matters(("评分",)),
    (Rater("街道", D(40)), Rater("县级", D(60))),
    D(100),
    Marks.LATEST,
    Absent.SHARED,
    Lacking.UNRATED,
)


@st.composite
def honours(draw: st.DrawFn) -> list[Merit]:
    count = draw(st.integers(0, 6))
    return [merit(3 + n, level=draw(st.sampled_from(LEVELS)), dated_on=draw(DAYS)) for n in range(count)]


@given(honours(), st.integers(1, 12))
def test_honours_never_pass_their_cap_and_one_more_never_costs(found: list[Merit], cap: int) -> None:
    won = points(HONOURS, found, "5", str(cap))
    assert 0 <= won <= cap
    more = [*found, merit(20, level="国家级")]
    assert points(HONOURS, more, "5", str(cap)) >= won
    assert points(HONOURS, list(reversed(found)), "5", str(cap)) == won


@given(honours())
def test_the_highest_alone_is_never_more_than_all(found: list[Merit]) -> None:
    highest = points(replace(HONOURS, take=Take.HIGHEST), found, "5")
    assert highest <= points(HONOURS, found, "5")
    assert highest in {D(0), D(3), D(4), D(5)}


@given(st.integers(0, 6))
def test_points_add_up_and_steps_only_go_down(count: int) -> None:
    found = [merit(3 + n, matter="违规") for n in range(count)]
    lost = points(DEMERITS, found)
    assert lost == (D(0) if count < 2 else D(-4) if count < 3 else D(-12))
    assert points(DEMERITS, [*found, merit(20, matter="违规")]) <= lost
    assert points(replace(DEMERITS, steps=()), found, cap="10") == -min(3 * count, 10)


@given(st.dictionaries(st.sampled_from(("街道", "县级")), st.integers(0, 100), min_size=1))
def test_weighted_marks_stay_between_the_marks(marks: dict[str, int]) -> None:
    found = [merit(3 + n, matter="评分", rater=who, mark=D(m)) for n, (who, m) in enumerate(marks.items())]
    lost = points(RATED, found, "-100")
    assert min(marks.values()) <= 100 + lost <= max(marks.values())
    won = points(RATED, found, "100")
    assert won - lost == 100
    full = [
        merit(3, matter="评分", rater="街道", mark=D(80)),
        merit(4, matter="评分", rater="县级", mark=D(90)),
    ]
    assert points(RATED, full, "-10") == D("-1.4")  # 80 × 40 % + 90 × 60 % = 86


def test_marks_that_cannot_be_used_leave_no_result() -> None:
    for wrong in (
        merit(3, matter="评分", rater="路人", mark=D(80)),
        merit(3, matter="评分", rater="街道", mark=D(101)),
    ):
        verdict = judge(rule(RATED), subject([wrong]), {})
        assert isinstance(verdict, LeftOut)
        assert verdict.evidence
    one = [merit(3, matter="评分", rater="街道", mark=D(80))]
    assert isinstance(judge(rule(replace(RATED, absent=Absent.UNRATED)), subject(one), {}), LeftOut)


@given(DAYS, st.integers(1, 60))
def test_an_entry_counts_from_its_day_to_the_day_before_it_runs_out(day: date, months: int) -> None:
    matters = Matters(("荣誉",), valid_months=months)
    end = months_later(day, months)
    entry = merit(dated_on=day)
    one = timedelta(days=1)
    assert [counts_on(entry, matters, d) for d in (day - one, day, end - one, end)] == [
        False,
        True,
        True,
        False,
    ]


@given(DAYS, st.integers(0, 900))
def test_repair(day: date, after: int) -> None:
    repaired = day + timedelta(days=after)
    entry = merit(dated_on=day, repaired_on=repaired)
    for repair in Repair:
        matters = Matters(("荣誉",), repair=repair)
        assert counts_on(entry, matters, repaired) is (repair is Repair.IGNORED)
        assert counts_on(replace(entry, repaired_on=None), matters, repaired)


def test_the_last_of_a_short_month() -> None:
    assert months_later(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert months_later(date(2023, 11, 30), 3) == date(2024, 2, 29)


@given(st.integers(0, 8))
def test_steps_by_number(count: int) -> None:
    terms = SteppedTerms(
        Events(Source.MERIT, matters=Matters(("投诉",))),
        (Step(D(5), D(-5)), Step(D(2), D(-1)), Step(D(0), D(0))),
        Lacking.UNRATED,
    )
    lost = points(terms, [merit(3 + n, matter="投诉") for n in range(count)])
    assert lost == (D(0) if count < 2 else D(-1) if count < 5 else D(-5))


def test_no_table_is_neither_kept_nor_broken() -> None:
    for terms in (HONOURS, DEMERITS, RATED):
        verdict = judge(rule(terms), subject(None), {})
        assert isinstance(verdict, LeftOut)
        assert verdict.lacking is terms.when_missing


def test_evidence_of_a_duty_done_exempts_its_place_and_item() -> None:
    terms = OccurrenceTerms(Events(Source.UNRECTIFIED, exempt_by=("劝阻记录",)))
    fire = county.problem(5, item=ItemCode(5, 5))
    other = county.problem(6, item=ItemCode(5, 4))
    proof = merit(3, matter="劝阻记录", proof="第3号", community="听松里", item=ItemCode(5, 5))
    books = county.books([fire, other], merits=(proof,))
    charge = judge(rule(terms, "-1"), of(books), {})
    assert isinstance(charge, Charge)
    assert charge.points == -1
    assert proof.origin.ref("proof") in charge.evidence
    unproved = replace(books, merits=(replace(proof, proof=""),))
    again = judge(rule(terms, "-1"), of(unproved), {})
    assert isinstance(again, Charge)
    assert again.points == -2


def test_items_that_do_not_apply() -> None:
    lift = ItemCode(6, 3)
    terms = OccurrenceTerms(Events(Source.SPOT_FINDING), when_missing=Lacking.RESCALE)
    one = replace(rule(terms), not_applicable=Lacking.RESCALE, applies_to=(lift,))
    both = tuple(cast.self_check(name, AS_OF, (lift,)) for name in ("云栖苑", "听松里"))
    verdict = judge(one, subject([], self_checks=both, spot_checks=()), {})
    assert isinstance(verdict, LeftOut)
    assert verdict.lacking is Lacking.RESCALE
    assert [ref.cell for ref in verdict.evidence] == ["B5", "B5"]
    # One community that has not answered, or a problem of the item, and the rule applies.
    assert judge(one, subject([], self_checks=both[:1], spot_checks=()), {}) is None
    trouble = county.books([county.problem(item=lift)], self_checks=both, spot_checks=())
    assert judge(one, of(trouble), {}) is None


def scheme(*rules: Rule, **overrides: object) -> Scheme:
    values = {"ceiling": None, "allotted": False, **overrides}
    grades = (Grade("好", D(100), above=True), Grade("中", D(60)), Grade("差", D(0)))
    return Scheme(SubjectKind.COMPANY, D(100), D(0), grades=grades, rules=rules, **values)  # type: ignore[arg-type]


def test_parts_have_a_cap_and_the_lines_still_sum() -> None:
    each = rule(HONOURS, "5", name="甲"), rule(replace(HONOURS, matters=Matters(("捐赠",))), "5", name="乙")
    found = [merit(3, level="国家级"), merit(4, level="国家级", matter="捐赠")]
    card = score(subject(found), scheme(*each, parts=(Part("加分", ("甲", "乙"), D(7)),)), AS_OF).card
    assert card.points == 107 == card.full + sum((line.points for line in card.lines), D(0))
    assert card.grade == "好"
    assert score(subject([]), scheme(*each), AS_OF).card.grade == "中"


def test_declared_ties() -> None:
    done = county.problem(5, community="云栖苑", status=Status.RECTIFIED)
    books = county.books([done, county.problem(6, community="望山居")], merits=())
    figures = tabulate(books, range(1, 7))
    cast_ = [s for s in subjects(books, figures, (), county.rulebook()) if s.kind is SubjectKind.COMPANY]
    cards = [score(s, scheme(), AS_OF) for s in cast_]
    assert [s.card.rank for s in ranked(cards)] == [1, 1, 1]
    # 清和 has all done, 明远 none, and 知行 nothing to be told by.
    assert [s.card.rank for s in ranked(cards, (TieBreak.DONE,))] == [1, 2, 3]
    assert [s.card.rank for s in ranked(cards, (TieBreak.OVERDUE,))] == [1, 1, 1]


def test_a_reason_calls_everybody_what_the_campaign_calls_them() -> None:
    books = county.books([county.problem(5, due_on=date(2023, 4, 1))])
    cards = assess(books, (), county.rulebook()).scorecards
    because = [line.because for card in cards for line in card.lines]
    assert any("小区" in text for text in because)
    assert not any("{" in text for text in because)
