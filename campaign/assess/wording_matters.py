"""What the kinds of rule that rest on the table of matters say of themselves; see wording."""

from itertools import pairwise

from campaign.assess.occurrences import describe
from campaign.assess.rates import scope_words
from campaign.assess.verdicts import spoken
from campaign.assess.wording import (
    choice,
    holds_where,
    limit,
    missing,
    not_handed_in,
    says,
)
from campaign.decimals import plain
from campaign.rulebook.condition_terms import Cumulated
from campaign.rulebook.model import Rule
from campaign.rulebook.sources import SOURCES
from campaign.rulebook.terms import (
    Absent,
    CumulativeTerms,
    Marks,
    RaterTerms,
    Step,
    SteppedTerms,
    Take,
    TieredTerms,
)

_TAKE = {
    Take.EACH: "逐项累计",
    Take.HIGHEST: "同一事项只计最高的一级",
    Take.LATEST: "同一事项以最近一次为准",
}


@says(SteppedTerms)
def _stepped(_rule: Rule, terms: SteppedTerms) -> str:
    what = scope_words(terms.events.selection) + describe(terms.events)
    unit = SOURCES[terms.events.of].unit
    return f"按{what}的数量分档：{_steps(terms.steps, unit)}。{missing(terms.events, terms.when_missing)}"


def _steps(steps: tuple[Step, ...], unit: str) -> str:
    """5件以上的扣3分；3件以上不足5件的扣1分."""
    said = []
    for above, step in pairwise((None, *steps)):
        if step is None or step.points == 0:
            continue
        upper = f"不足{plain(above.at_least)}{unit}" if above else ""
        said.append(f"{plain(step.at_least)}{unit}以上{upper}的{spoken(step.points)}")
    return "；".join(said)


@says(TieredTerms)
def _tiered(rule: Rule, terms: TieredTerms) -> str:
    names = "、".join(terms.matters.names)
    tiers = "、".join(f"{tier.level}{spoken(tier.points)}" for tier in terms.tiers)
    return (
        f"{names}按级别计分：{tiers}；{_TAKE[terms.take]}{limit(rule)}。{choice(terms.matters)}"
        f"{not_handed_in(terms.when_missing)}"
    )


@says(CumulativeTerms)
def _cumulative(rule: Rule, terms: CumulativeTerms) -> str:
    entries = "、".join(f"{'、'.join(e.matters.names)}每次记{plain(e.points)}分" for e in terms.entries)
    way = f"按累计记分分档：{_steps(terms.steps, '分')}" if terms.steps else f"按累计记分扣分{limit(rule)}"
    return f"{entries}；{way}。{choice(terms.entries[0].matters)}{not_handed_in(terms.when_missing)}"


@says(RaterTerms)
def _raters(rule: Rule, terms: RaterTerms) -> str:
    weights = "、".join(f"{rater.name}{plain(rater.weight)}%" for rater in terms.raters)
    marks = "取最近一次评分" if terms.marks is Marks.LATEST else "取各次评分的平均"
    way = "按得分率的差额扣分，最多" if rule.points < 0 else "按得分率加分，最多"
    absent = (
        "有评分人没有评分的，不计算结果"
        if terms.absent is Absent.UNRATED
        else "没有评分的，其权重由其余评分人按比例分担"
    )
    return (
        f"{'、'.join(terms.matters.names)}由各方评分（满分{plain(terms.out_of)}分）加权：{weights}，{marks}；"
        f"{way}{spoken(rule.points)}。{absent}。{choice(terms.matters)}{not_handed_in(terms.when_missing)}"
    )


@holds_where(Cumulated)
def _cumulated(terms: Cumulated) -> str:
    upper = f"不足{plain(terms.below)}分" if terms.below is not None else ""
    return f"按{terms.rule}累计记分达到{plain(terms.at_least)}分{upper}"
