"""What the shipped rules say, held against the notice they come from."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from campaign.records import ItemCode, SubjectKind
from campaign.rulebook.loader import load
from campaign.rulebook.scoring import allotment
from tests.rulebook.rules import altered
from tests.support.county import RULES, rulebook

BOOK = rulebook()


def test_basis_and_calendar() -> None:
    campaign = BOOK.campaign
    assert campaign.notice_number == "务府办函〔2023〕23号"
    assert (campaign.starts_on, campaign.ends_on) == (date(2023, 3, 29), date(2023, 6, 25))
    assert campaign.first_bulletin_on.weekday() == 4
    assert (date(2023, 4, 28) - campaign.first_bulletin_on).days // 7 + 1 == 5
    assert (campaign.scope_communities, campaign.scope_companies) == (61, 28)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2023, 3, 28), "动员部署"),
        (date(2023, 4, 23), "全面排查"),
        (date(2023, 4, 24), "集中整治"),
        (date(2023, 5, 10), "督导抽查"),
        (date(2023, 5, 27), "总结提升"),
        (date(2023, 6, 26), None),
    ],
)
def test_phases(day: date, phase: str | None) -> None:
    running = BOOK.campaign.phase_on(day)
    assert (running.name if running else None) == phase


def test_checklist_has_the_items_of_the_notice() -> None:
    assert [len(group.items) for group in BOOK.checklist.groups] == [4, 2, 4, 7, 6, 4]
    fire = BOOK.checklist.item(ItemCode(5, 5))
    assert fire is not None
    assert fire.text == "是否加强对电动车存放、进梯、飞线充电等行为的劝阻、制止和报告。"
    assert fire.agencies == ("县消防救援大队",)


def test_who_is_liable() -> None:
    liable = {code: item.liable for code in BOOK.checklist.codes if (item := BOOK.checklist.item(code))}
    assert [c for c, who in liable.items() if who == "subdistrict"] == [ItemCode(2, 1), ItemCode(2, 2)]
    assert [c for c, who in liable.items() if who == "developer"] == [ItemCode(1, 1), ItemCode(5, 1)]


def test_specimen_says_so() -> None:
    assert "示范" in BOOK.specimen
    assert "示范" in BOOK.title


def test_nothing_the_notice_does_not_give() -> None:
    assert BOOK.campaign.contact == ""
    assert BOOK.campaign.copies is None
    assert (BOOK.interview.at_time, BOOK.interview.place) == ("", "")


def test_each_scheme_shares_out_its_full_marks_on_every_day() -> None:
    assert [scheme.subject for scheme in BOOK.schemes] == list(SubjectKind)
    for scheme in BOOK.schemes:
        for day in (BOOK.campaign.starts_on, date(2023, 4, 24), BOOK.campaign.ends_on):
            shares = [allotment(rule) for rule in scheme.rules if rule.in_force(day)]
            assert sum(shares) == scheme.full == Decimal(100)


def test_every_rule_cites_a_clause() -> None:
    clauses = [r.clause for s in BOOK.schemes for r in s.rules] + [c.clause for c in BOOK.consequences]
    assert all(clause.startswith("《方案》") for clause in clauses)


def test_words_of_activities() -> None:
    assert "会议" in BOOK.words.values["activity_counts"]["yes"]
    assert BOOK.words.required["ledger"] == ("description", "found_on", "status")


def test_digest_is_of_the_contents(tmp_path: Path) -> None:
    assert load(RULES).digest == BOOK.digest
    assert load(altered(tmp_path, "campaign.yaml", "县专项整治办", "县整治办")).digest != BOOK.digest
    assert len(BOOK.digest) == 64
    assert BOOK.files[0] == "campaign.yaml"
