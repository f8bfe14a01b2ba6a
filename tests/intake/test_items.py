"""Checklist items in any spelling."""

import pytest

from campaign.intake.grid import Scalar
from campaign.intake.items import read_item
from campaign.records import ItemCode
from tests.support.sheets import cell

SIZES = (4, 2, 4, 7, 6, 4)
CODES = tuple(ItemCode(group, n) for group, size in enumerate(SIZES, 1) for n in range(1, size + 1))


@pytest.mark.parametrize(
    "written",
    [
        "五-2",
        "五—2",
        "五 - 2",
        "５-２",
        "5.2",
        5.2,
        "5-2",
        "五、2",
        "五2",
        "五-二",
        "三（五）2",
        "三(五)2",
        "三、（五）2.",
        "（五）2",
        "（五）-2",
        "（五）第2项",
        "五（2）",
        "第五类第2项",
        "第五类第二项",
        "第（五）类第2项",
        "第五大类第2小项",
        "三（五）2.是否落实消防安全管理制度",
        "五-2 是否落实消防安全管理制度",
    ],
)
def test_one_item_in_many_spellings(written: Scalar) -> None:
    assert read_item(cell(written), CODES) == ItemCode(5, 2)


@pytest.mark.parametrize(
    "written",
    ["", "五", "（五）消防安全防范", "七-1", "五-9", "52", "5.2.1", "3.5.2", "消防", "五-12", 52, 5, "五-0"],
)
def test_what_names_no_item_of_the_checklist_is_refused(written: Scalar) -> None:
    assert read_item(cell(written), CODES) is None


def test_a_number_that_may_have_lost_a_zero_is_refused() -> None:
    long = (*CODES, *(ItemCode(5, n) for n in range(7, 12)))
    assert read_item(cell(5.1), long) is None
    assert read_item(cell("5.1"), long) == ItemCode(5, 1)
    assert read_item(cell(5.2), long) == ItemCode(5, 2)
