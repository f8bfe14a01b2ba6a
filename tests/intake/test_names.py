"""Names match after normalising or by alias, and never by likeness."""

from dataclasses import replace

import pytest

from campaign.intake.names import names_of
from campaign.records import Company, Origin
from tests.support.county import rulebook, small_roster

ROSTER = small_roster()
NAMES = names_of(ROSTER, [("县消防救援大队", ("消防大队",))], rulebook().words)


@pytest.mark.parametrize("written", ["云栖苑", " 云栖苑　", "云 栖 苑", "云栖苑小区", "\xa0云栖苑"])
def test_a_community_in_any_spacing(written: str) -> None:
    assert NAMES.communities.match(written).name == "云栖苑"


def test_likeness_only_suggests() -> None:
    match = NAMES.communities.match("云栖院")
    assert match.name is None
    assert "云栖苑" in match.hint


def test_companies_that_differ_in_their_form_are_two() -> None:
    origin = ROSTER.companies[0].origin
    pair = (Company("甲物业服务有限公司", "", "", origin), Company("甲物业服务有限责任公司", "", "", origin))
    names = names_of(replace(ROSTER, companies=pair), (), rulebook().words)
    assert names.companies.match("甲物业服务有限公司").name == pair[0].name
    assert names.companies.match("甲物业服务有限责任公司").name == pair[1].name
    assert names.companies.match("甲物业").name is None


def test_a_shortened_name_that_two_share_belongs_to_neither() -> None:
    first = ROSTER.communities[0]
    twins = (replace(first, name="云栖"), replace(first, name="云栖小区"))
    names = names_of(replace(ROSTER, communities=twins), (), rulebook().words)
    assert names.communities.match("云栖").name == "云栖"
    assert names.communities.match("云栖小区").name == "云栖小区"


def test_a_listed_alias_matches() -> None:
    aliased = replace(ROSTER.communities[0], aliases=("老云栖",))
    names = names_of(replace(ROSTER, communities=(aliased,)), (), rulebook().words)
    assert names.communities.match("老 云栖").name == "云栖苑"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("都濡街道", "都濡街道办事处"),
        ("都濡办", "都濡街道办事处"),
        ("消防大队", "县消防救援大队"),
        ("清和物业服务有限公司", "清和物业服务有限公司"),
        ("财政局", None),
    ],
)
def test_units_of_every_kind(written: str, name: str | None) -> None:
    assert NAMES.unit(written).name == name


def test_a_text_that_names_two_offices_names_none() -> None:
    assert NAMES.office_in("都濡街道、丹砂街道台账") is None
    assert NAMES.office_in("丹砂物业整治清单") is None
    assert NAMES.office_in("丹砂物业整治清单", stem_alone=True) == "丹砂街道办事处"


def test_an_empty_roster_matches_nothing() -> None:
    names = names_of(replace(ROSTER, communities=(), companies=(), subdistricts=()), (), rulebook().words)
    assert names.unit("都濡街道").name is None
    assert isinstance(ROSTER.communities[0].origin, Origin)
