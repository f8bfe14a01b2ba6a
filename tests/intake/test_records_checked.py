"""Inspections and matters against ledgers and rules: what would count for nobody is told its cell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from campaign.intake.checks import Material, run
from campaign.intake.rechecks import by_serial, inspected
from campaign.records import Books, Merit, Recheck, SubjectKind
from campaign.rulebook.model import Rule, Rulebook
from campaign.rulebook.sources import Events, Matters, Source
from campaign.rulebook.terms import Lacking, OccurrenceTerms
from tests.support.county import (
    DANSHA,
    DURU,
    MINGYUAN,
    QINGHE,
    books,
    origin,
    problem,
    rulebook,
    spot_check,
)


def told(contents: Books, book: Rulebook | None = None) -> list[tuple[str, int]]:
    """Code and row of what the checks find."""
    return [(f.code, f.ref.row) for f in run(Material(contents, book or rulebook()))]


def test_an_inspection_that_names_no_row_of_the_ledgers_is_told_its_cell() -> None:
    found = (
        spot_check(row=3, serial="1", recheck=Recheck.FALSE_CLOSEOUT),
        spot_check(row=4, serial="9", recheck=Recheck.FALSE_CLOSEOUT),
        spot_check(row=5, recheck=Recheck.RELAPSED),
        spot_check(row=6, serial="9", recheck=Recheck.CONFIRMED),
        spot_check(row=7, serial="9"),
        spot_check(DANSHA, row=8, community="", serial="1", recheck=Recheck.RELAPSED),
    )
    mine, theirs = problem(5), problem(5, community="栖霞里")
    assert told(books((mine, theirs), spot_checks=found)) == [
        ("I-CELL-RECHECK-ROW", 4),
        ("I-CELL-RECHECK-ROW", 5),
    ]


def test_which_row_is_meant_is_told_by_community_then_by_unit() -> None:
    rows = by_serial((problem(5), problem(5, community="云栖苑"), problem(5, community="栖霞里")))

    def named(text: str) -> str:
        return text

    def row(unit: str, community: str) -> str:
        meant = inspected(spot_check(unit, community=community, serial="1"), rows, named)
        return meant.community if meant else ""

    assert row(DANSHA, "听松里") == "听松里"  # its community is named
    assert row(DANSHA, "") == "栖霞里"  # only one of its ledger
    assert row(DURU, "") == ""  # two of its ledger: not guessed
    assert row(MINGYUAN, "") == ""


def test_a_matter_that_no_rule_looks_at_is_told_its_cell() -> None:
    assert told(books(merits=(a_merit("荣誉"),))) == [("I-CELL-MATTER", 3)]


def test_a_matter_counts_for_the_units_and_levels_of_its_rule() -> None:
    honours = Matters(("荣誉",), ("国家级", "省级"))
    rule = Rule(
        "企-9", "荣誉", "条", SubjectKind.COMPANY, "per_occurrence", Decimal(1), None, None, None, "",
        terms=OccurrenceTerms(Events(Source.MERIT, matters=honours), when_missing=Lacking.FULL),
    )  # fmt: skip
    book = rulebook()
    schemes = tuple(
        replace(s, rules=(*s.rules, rule)) if s.subject is SubjectKind.COMPANY else s for s in book.schemes
    )
    merits = (
        a_merit("荣 誉", QINGHE, "省级", 3),
        a_merit("荣誉", QINGHE, "市级", 4),
        a_merit("荣誉", DURU, "省级", 5),
    )
    assert told(books(merits=merits), replace(book, schemes=schemes)) == [
        ("I-CELL-MATTER", 4),
        ("I-CELL-MATTER", 5),
    ]


def a_merit(matter: str, unit: str = QINGHE, level: str = "", row: int = 3) -> Merit:
    return Merit(
        date(2023, 4, 20), unit, matter, level, None, "", None, "", "", None, None, "",
        origin("考核事项.xlsx", "考核事项", row, (("matter", matter),)),
    )  # fmt: skip
