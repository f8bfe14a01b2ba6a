"""Text as people meant it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.intake.reading.clean import INVISIBLE, Escapes, clean_text, had_invisible


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("云栖苑", "云栖苑"),
        (" 云栖苑\u3000\xa0", "云栖苑"),
        ("云\u3000栖", "云\u3000栖"),
        ("云\u200b栖\ufeff苑\u202e\u2066", "云栖苑"),
        ("云栖苑_x000D_\n二期", "云栖苑\n二期"),
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
        ("甲\x0b乙\u2028丙", "甲\n乙\n丙"),
        ("表\x00内\x07容\x7f\x9b", "表内容"),
        ("制\t表", "制\t表"),
        ("_x4E2D_文", "中文"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_半个", "半个"),
        ("A\u030a", "Å"),
        ("\ufdd0甲\ufffe\U0001ffff", "甲"),
        ("\u200b \u3000", ""),
        ("_x12_", "_x12_"),
    ],
)
def test_text_is_cleaned(stored: str, meant: str) -> None:
    assert clean_text(stored) == meant


@pytest.mark.parametrize("text", ["云栖苑", " 云栖苑\u3000", "甲\n乙", "A\u030a", "", "_x12_"])
def test_what_can_be_seen_is_not_reported(text: str) -> None:
    assert not had_invisible(text)


@pytest.mark.parametrize("text", ["云\u200b栖", "云_x000D_", "\ufeff云", "云\x07", "甲\r\n乙"])
def test_what_cannot_be_seen_is_reported(text: str) -> None:
    assert had_invisible(text)


def test_containers_without_escapes_keep_all_but_stray_ones() -> None:
    assert clean_text("_x4E2D_文_x000D_", Escapes.STRAY) == "_x4E2D_文"
    assert clean_text("_x000D_", Escapes.NONE) == "_x000D_"


@given(st.text(alphabet=st.characters()))
def test_cleaning_is_done_once(text: str) -> None:
    cleaned = clean_text(text, Escapes.NONE)
    assert clean_text(cleaned, Escapes.NONE) == cleaned
    assert not INVISIBLE.search(cleaned)
