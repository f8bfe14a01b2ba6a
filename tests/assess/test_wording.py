"""Every kind of rule and condition says itself in Chinese, with the figures it is computed by."""

import re
from decimal import Decimal
from typing import get_args

import pytest

from campaign.assess.wording import CONDITION_WORDS, RULE_WORDS, situation, standard
from campaign.records import SubjectKind
from campaign.rulebook.condition_terms import ConditionTerms
from campaign.rulebook.model import Consequence, Rule
from campaign.rulebook.sources import Events, Source
from campaign.rulebook.terms import (
    Lacking,
    Measure,
    OccurrenceTerms,
    OnceTerms,
    Partial,
    Per,
    PercentTerms,
    RuleTerms,
)
from tests.support import county

BOOK = county.rulebook()
RULES = [rule for scheme in BOOK.schemes for rule in scheme.rules]


@pytest.mark.parametrize("terms", get_args(RuleTerms), ids=lambda t: t.__name__)
def test_every_kind_of_rule_has_words(terms: type) -> None:
    assert terms in RULE_WORDS


@pytest.mark.parametrize("terms", get_args(ConditionTerms), ids=lambda t: t.__name__)
def test_every_condition_has_words(terms: type) -> None:
    assert terms in CONDITION_WORDS


@pytest.mark.parametrize("shipped", RULES, ids=lambda r: f"{r.id}-{r.from_date or ''}")
def test_the_figures_of_a_rule_are_in_its_words(shipped: Rule) -> None:
    words = standard(shipped)
    assert words.endswith("。")
    assert not re.search(r"。。|，，|的的，|None|Decimal|_", words)
    for name in ("cap", "baseline", "within_days", "more_than_days", "days_early", "per_communities"):
        value = shipped.settings.get(name)
        if value is not None and (name, value) != ("per_communities", "1"):
            assert f"{value}" in words
    bands = shipped.settings.get("bands", ())
    assert isinstance(bands, tuple | list)
    for band in bands:
        assert f"扣{abs(Decimal(str(band['points'])))}分" in words or Decimal(str(band["points"])) == 0


@pytest.mark.parametrize("consequence", BOOK.consequences, ids=lambda c: c.id)
def test_the_figures_of_a_consequence_are_in_its_words(consequence: Consequence) -> None:
    words = situation(consequence)
    assert words
    assert not words.endswith("。")
    for name in ("weeks", "points_below", "rate", "min_ranked", "min_found", "times", "more_than_days"):
        value = consequence.settings.get(name)
        assert value is None or f"{value}" in words


def rule(terms: RuleTerms, points: str, cap: str | None = None) -> Rule:
    """A rule of these settings."""
    limit = None if cap is None else Decimal(cap)
    return Rule(
        "则-1", "某项", "某款", SubjectKind.COMPANY, "", Decimal(points), limit, None, None, "", {}, terms
    )


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (
            rule(PercentTerms(Measure.DONE, Decimal(90), Partial.COUNT, Lacking.UNRATED), "-0.5", "10"),
            "整改率低于90%的，每低1个百分点扣0.5分（不足1个百分点的按1个百分点计），最多扣10分。没有发现问题的，不予评价。",
        ),
        (
            rule(OccurrenceTerms(Events(Source.OPEN), Per(households=100), (), Lacking.FULL), "-1"),
            "尚未启动整改的问题，按每100户的平均件数计，平均每件扣1分。户数未报送的，不扣分。",
        ),
        (rule(OnceTerms(Events(Source.UNDATED), 3), "-2"), "未明确整改时限的问题达到3件的，一次性扣2分。"),
    ],
)
def test_settings_that_the_shipped_rules_do_not_use(made: Rule, words: str) -> None:
    assert standard(made) == words
