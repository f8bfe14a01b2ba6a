"""What each kind of rule and condition says of itself, in plain Chinese, generated from its settings.

The printed rulebook and `explain` use these sentences, so that what is printed and what is computed never
part. The words are a registry by type of settings: a kind without words is found by a test, not by a reader.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, TypeVar

from campaign.assess.occurrences import describe
from campaign.assess.rates import scope_words
from campaign.assess.verdicts import spoken
from campaign.decimals import plain
from campaign.records import DecisionKind
from campaign.rulebook.condition_terms import (
    FreeOf,
    GradeBelow,
    GradeFrom,
    Occurring,
    RankFirst,
    RankLast,
    RateBelow,
    Repeated,
    Unreported,
    Vetoed,
)
from campaign.rulebook.model import Consequence, Rule
from campaign.rulebook.sources import SOURCES, Events, Matters, Period, Repair, Selection
from campaign.rulebook.terms import (
    Band,
    Lacking,
    Measure,
    OccurrenceTerms,
    OnceTerms,
    Partial,
    Per,
    PercentTerms,
    RateTerms,
    RuleTerms,
    SteppedTerms,
    VetoTerms,
)

DECISION_ZH = {
    DecisionKind.INTERVIEW: "约谈",
    DecisionKind.CRITICISM: "通报批评",
    DecisionKind.COMMENDATION: "通报表扬",
    DecisionKind.RECTIFICATION_ORDER: "责令限期整改",
    DecisionKind.LISTED_SUPERVISION: "挂牌督办",
    DecisionKind.ACCOUNTABILITY_REFERRAL: "移送问责",
}
_ALL = 100  # per cent
_LACKING = {
    Lacking.FULL: "不扣分",
    Lacking.RESCALE: "本条不计，其余各条按比例折算",
    Lacking.UNRATED: "不予评价",
}
_PARTIAL = {
    Partial.IGNORE: "不足1个百分点的不计",
    Partial.COUNT: "不足1个百分点的按1个百分点计",
    Partial.PRORATE: "不足1个百分点的按比例计",
}

T = TypeVar("T")
RULE_WORDS: dict[type, Callable[[Rule, Any], str]] = {}
CONDITION_WORDS: dict[type, Callable[[Any], str]] = {}


def says(terms: type[T]) -> Callable[[Callable[[Rule, T], str]], Callable[[Rule, T], str]]:
    """Enter the words of a kind of scoring rule: a function of the rule and its typed settings."""

    def enter(words: Callable[[Rule, T], str]) -> Callable[[Rule, T], str]:
        RULE_WORDS[terms] = words
        return words

    return enter


def holds_where(terms: type[T]) -> Callable[[Callable[[T], str]], Callable[[T], str]]:
    """Enter the words of a kind of condition: a function of its typed settings."""

    def enter(words: Callable[[T], str]) -> Callable[[T], str]:
        CONDITION_WORDS[terms] = words
        return words

    return enter


def standard(rule: Rule) -> str:
    """The scoring standard (评分标准) of a rule, one or more sentences.

    Raises:
        KeyError: its kind has no words.
    """
    return RULE_WORDS[type(rule.terms)](rule, rule.terms) + _asides(rule.terms) + _unless_applicable(rule)


def _asides(terms: RuleTerms | None) -> str:
    """What a rule that counts occurrences says of validity and exemption."""
    if not isinstance(terms, OccurrenceTerms | OnceTerms | VetoTerms | SteppedTerms):
        return ""
    events = terms.events
    duty = f"有“{'、'.join(events.exempt_by)}”证明材料的，免予计分。" if events.exempt_by else ""
    return (choice(events.matters) if events.matters else "") + duty


def _unless_applicable(rule: Rule) -> str:
    if rule.not_applicable is None:
        return ""
    items = "、".join(str(item) for item in rule.applies_to)
    return f"自查表条目{items}均为“不适用”的，{_LACKING[rule.not_applicable]}。"


def situation(consequence: Consequence) -> str:
    """When a consequence follows (情形), without a full stop.

    Raises:
        KeyError: its condition has no words.
    """
    terms = (consequence.terms, *consequence.also)
    return "；且".join(CONDITION_WORDS[type(each)](each) for each in terms)


# --- Parts of sentences ---------------------------------------------------------------------------


def _counted(events: Events) -> str:
    return scope_words(events.selection) + describe(events)


def limit(rule: Rule) -> str:
    """The cap of a rule; empty where it has none."""
    if rule.cap is None:
        return ""
    return f"，最多{spoken(rule.cap if rule.points > 0 else -rule.cap)}"


def not_handed_in(lacking: Lacking) -> str:
    """What is done where the table of matters was not handed in."""
    return f"考核事项未报送的，{_LACKING[lacking]}。"


def choice(matters: Matters) -> str:
    """How long an entry counts and how its quantity counts; empty where it counts once and for ever."""
    parts = []
    if matters.min_quantity is not None:
        parts.append(f"数量不少于{plain(matters.min_quantity)}的才计")
    if matters.per_quantity is not None:
        parts.append(f"每满{plain(matters.per_quantity)}计一次")
    if matters.valid_months:
        parts.append(f"自发生之日起{matters.valid_months}个月内有效")
    if matters.valid_in is Period.CALENDAR_YEAR:
        parts.append("当年（1月1日至12月31日）有效")
    if matters.repair is Repair.ENDS:
        parts.append("修复之日起不再计")
    if matters.repair is Repair.NEEDED:
        parts.append("修复之前一直计")
    return f"{'，'.join(parts)}。" if parts else ""


def _rated(measure: Measure, selection: Selection) -> str:
    scope = scope_words(selection)
    return f"{scope}问题的{measure.zh}" if scope else measure.zh


def _of(terms: RateTerms | PercentTerms) -> str:
    """The rate's name: a reported one goes by its matter."""
    return "、".join(terms.matters.names) if terms.matters else _rated(terms.measure, terms.selection)


def _without(terms: RateTerms | PercentTerms) -> str:
    if terms.matters:
        return f"{choice(terms.matters)}{not_handed_in(terms.when_none)}"
    what = "没有{community}" if terms.measure is Measure.CHECKED else "没有发现问题"
    return f"{what}的，{_LACKING[terms.when_none]}。"


def missing(events: Events, lacking: Lacking | None, per: Per | None = None) -> str:
    """What is done where the data was not handed in; empty where that cannot happen."""
    if lacking is None:
        return ""
    what = "有关资料" if SOURCES[events.of].optional else "户数" if per and per.households else "所需数据"
    return f"{what}未报送的，{_LACKING[lacking]}。"


def _enough(events: Events, at_least: int) -> str:
    """有逾期未整改问题的 / 逾期未整改问题达到2件的."""
    if at_least == 1:
        return f"{_counted(events)}的" if _is_state(events) else f"有{_counted(events)}的"
    return f"{_counted(events)}达到{at_least}{SOURCES[events.of].unit}的"


def _is_state(events: Events) -> bool:
    """Whether what is counted is itself a state of the subject (问题全部按期销号) and not a thing it has."""
    return SOURCES[events.of].unit in {"次", "期"}


# --- Scoring rules --------------------------------------------------------------------------------


@says(RateTerms)
def _rate(_rule: Rule, terms: RateTerms) -> str:
    steps = [
        f"{_step(band, above)}{'不扣分' if band.points == 0 else spoken(band.points)}"
        for above, band in pairwise((None, *terms.bands))
        if band is not None
    ]
    return f"按{_of(terms)}分档：{'；'.join(steps)}。{_without(terms)}"


def _step(band: Band, above: Band | None) -> str:
    """100%的, 90%以上的, 80%以上不足90%的, 不足30%的; the lower bound is inclusive."""
    least = f"{plain(band.at_least)}%{'以上' if band.at_least < _ALL else ''}" if band.at_least else ""
    return f"{least}{f'不足{plain(above.at_least)}%' if above else ''}的"


@says(PercentTerms)
def _percent(rule: Rule, terms: PercentTerms) -> str:
    way = "低于" if rule.points < 0 else "高于"
    each = "低" if rule.points < 0 else "高"
    return (
        f"{_of(terms)}{way}{plain(terms.baseline)}%的，每{each}1个百分点"
        f"{spoken(rule.points)}（{_PARTIAL[terms.partial]}）{limit(rule)}。"
        f"{_without(terms)}"
    )


@says(OccurrenceTerms)
def _occurrence(rule: Rule, terms: OccurrenceTerms) -> str:
    unit = SOURCES[terms.events.of].unit
    spared = "、".join(terms.unless_charged_under)
    return (
        f"{_counted(terms.events)}，{_averaged(terms.per, unit)}每{unit}{spoken(rule.points)}{limit(rule)}。"
        f"{f'已按{spared}计分的，不重复计。' if spared else ''}"
        f"{missing(terms.events, terms.when_missing, terms.per)}"
    )


def _averaged(per: Per | None, unit: str) -> str:
    if per is None:
        return ""
    size = f"每{per.communities if per.communities > 1 else ''}个{{community}}" if per.communities else ""
    return f"按{size or f'每{per.households}户'}的平均{unit}数计，平均"


@says(OnceTerms)
def _once(rule: Rule, terms: OnceTerms) -> str:
    lacking = missing(terms.events, terms.when_missing)
    return f"{_enough(terms.events, terms.at_least)}，一次性{spoken(rule.points)}。{lacking}"


@says(VetoTerms)
def _veto(_rule: Rule, terms: VetoTerms) -> str:
    return (
        f"{_enough(terms.events, terms.at_least)}，一票否决，等级定为“{terms.grade}”，得分照常显示。"
        f"{missing(terms.events, terms.when_missing)}"
    )


# --- Conditions -----------------------------------------------------------------------------------


@holds_where(GradeBelow)
def _grade_below(terms: GradeBelow) -> str:
    return f"等级低于“{terms.grade}”"


@holds_where(GradeFrom)
def _grade_from(terms: GradeFrom) -> str:
    return f"等级达到“{terms.grade}”"


@holds_where(RankLast)
def _rank_last(terms: RankLast) -> str:
    weeks = f"连续{terms.weeks}期（含本期）" if terms.weeks > 1 else "本期"
    points = f"，且得分低于{plain(terms.points_below)}分" if terms.points_below is not None else ""
    return f"{weeks}排名末位{points}；参加排名的不足{terms.min_ranked}个时不适用"


@holds_where(RankFirst)
def _rank_first(terms: RankFirst) -> str:
    found = f"，发现的问题不少于{terms.min_found}件" if terms.min_found else ""
    return f"排名第一，等级不低于“{terms.grade}”{found}；参加排名的不足{terms.min_ranked}个时不适用"


@holds_where(Occurring)
def _occurring(terms: Occurring) -> str:
    return _enough(terms.events, terms.at_least).removesuffix("的")


@holds_where(FreeOf)
def _free_of(terms: FreeOf) -> str:
    return f"没有{_counted(terms.events)}"


@holds_where(RateBelow)
def _rate_below(terms: RateBelow) -> str:
    rate = _rated(terms.measure, terms.selection)
    return f"{rate}低于{plain(terms.rate)}%，且发现的问题不少于{terms.min_found}件"


@holds_where(Unreported)
def _unreported(_terms: Unreported) -> str:
    return "本期没有报送可用的问题台账"


@holds_where(Vetoed)
def _vetoed(_terms: Vetoed) -> str:
    return "被一票否决"


@holds_where(Repeated)
def _repeated(terms: Repeated) -> str:
    how = "连续" if terms.in_a_row else "累计"
    return f"本期被{DECISION_ZH[terms.decision]}，且{how}达到{terms.times}次"
