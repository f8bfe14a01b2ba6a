"""Indents of signatures, sizes of red names, widths of columns."""

from decimal import Decimal
from pathlib import Path

import pytest

from campaign.compose.blocks import Annex, Masthead, Signature, Table, TableCell, TableColumn
from campaign.errors import RulesError
from campaign.render.geometry import layout
from campaign.render.geometry.company import company
from campaign.render.geometry.lines import Ruler, fit_line, fit_name, place_signature
from campaign.render.geometry.tables import fit_table, grid, tall_rows
from campaign.render.geometry.turned import turned
from tests.render import documents as made
from tests.render.conftest import TEMPLATES

PROFILE = layout.load(TEMPLATES)
RULER = Ruler(PROFILE, lambda _part, text: sum(0.5 if c.isascii() else 1.0 for c in text))
CHARACTER = 15.79


def characters(points: float) -> float:
    return round(points / CHARACTER, 1)


@pytest.mark.parametrize(
    ("issuer", "name_right", "date_right"),
    [
        ("清河自治县人民政府办公室", 1.2, 4.0),  # 12 characters centred over a date of 6.5
        ("县局", 6.2, 4.0),
        (made.OFFICE, 0.0, 9.7),  # 26 characters: ends at the margin, the date centred below
    ],
)
def test_sealed(issuer: str, name_right: float, date_right: float) -> None:
    signed = place_signature(RULER, Signature(issuer, "2023年4月28日"))
    assert abs(characters(signed.issuer_right) - name_right) < 0.15
    assert abs(characters(signed.date_right) - date_right) < 0.15


def test_unsealed_the_date_begins_two_characters_to_the_right_of_the_name() -> None:
    signed = place_signature(RULER, Signature("清河自治县人民政府办公室", "2023年4月28日", sealed=False))
    assert characters(signed.issuer_right) == 2
    name_begins = 28 - 2 - 12
    date_begins = 28 - characters(signed.date_right) - characters(RULER.body("2023年4月28日"))
    assert abs(date_begins - name_begins - 2) < 0.11


def test_unsealed_where_the_date_is_longer_it_stands_two_from_the_right() -> None:
    signed = place_signature(RULER, Signature("县局", "2023年4月28日", sealed=False))
    assert characters(signed.date_right) == 2
    assert signed.issuer_right > signed.date_right


def test_a_name_wider_than_the_page_is_broken() -> None:
    signed = place_signature(RULER, Signature("清河" * 20, "2023年4月28日"))
    assert len(signed.issuer) == 2
    assert "".join(signed.issuer) == "清河" * 20


def test_red_names_are_narrowed_first_then_made_smaller() -> None:
    room = PROFILE.measure
    short, middle, long = (fit_name(RULER, "县" * n, "masthead", room) for n in (8, 12, 20))
    assert (short.size, short.stretch) == (42, 1)
    assert middle.size == 42
    assert middle.stretch < 1
    assert long.size < 42
    for count, fitted in ((8, short), (12, middle), (20, long)):
        assert count * fitted.size * fitted.stretch <= room
        assert fitted.stretch >= PROFILE.number("masthead.narrowest") - 0.01


def test_the_issuer_line_shrinks_to_fit() -> None:
    assert fit_line(RULER, Masthead("", "", "县办公室", made.DAY)) == 16
    assert 12 <= fit_line(RULER, Masthead("", "", made.OFFICE, made.DAY)) < 14


def table(widths: str, *rows: tuple[str, ...]) -> Table:
    return made.table("", ("栏",) * len(widths.split()), rows, widths)


def test_widths_are_as_given_where_everything_fits() -> None:
    fitting = fit_table(RULER, table("1 2 1", ("甲", "乙", "丙")), 400)
    assert [round(width) for width in fitting.widths] == [100, 200, 100]
    assert fitting.size == 12


def test_a_number_or_a_name_is_never_broken() -> None:
    fitting = fit_table(RULER, table("1 20", ("13800000000", "整改措施" * 20)), 442)
    assert fitting.widths[0] > 11 * 0.5 * fitting.size
    assert abs(sum(fitting.widths) - 442) < 0.01


def test_many_columns_make_the_text_smaller_but_never_one_character_wide() -> None:
    cells = (
        "东关街道办事处",
        "24",
        "100.0%",
        "118",
        "2023年4月20日",
        "锦绣花园",
        "未整改",
        "54.2%",
        "11",
        "挂牌督办",
        "李喆",
    )
    fitting = fit_table(RULER, table("1 " * 11, *([cells] * 3)), PROFILE.measure)
    assert 8.5 <= fitting.size <= 11
    for text, width in zip(cells, fitting.widths, strict=True):
        least = min(sum(0.5 if c.isascii() else 1 for c in text), 4)
        assert width >= least * fitting.size


def test_even_a_hopeless_table_fills_its_room() -> None:
    cells = tuple("清河安居物业服务有限责任公司" for _ in range(20))
    fitting = fit_table(RULER, table("1 " * 20, cells), PROFILE.measure)
    assert fitting.size == PROFILE.points("table.smallest")
    assert abs(sum(fitting.widths) - PROFILE.measure) < 0.01


def test_a_column_with_room_to_spare_gives_it_to_one_that_lacks() -> None:
    fitting = fit_table(RULER, table("1 1", ("甲", "电动车辆在楼道内停放充电" * 3)), 300)
    assert fitting.widths[0] < 60


def test_cells_reaching_down_shift_those_below() -> None:
    rows = (
        (TableCell("甲", rowspan=2), TableCell("乙", colspan=2)),
        (TableCell("丙"), TableCell("丁")),
    )
    assert [[column for column, _ in row] for row in grid(rows)] == [[0, 1], [1, 2]]


def test_only_rows_that_fill_half_a_page_may_be_broken() -> None:
    one = table("1 1", ("1", "短"), ("2", "很长" * 2000))
    assert tall_rows(RULER, one, fit_table(RULER, one, PROFILE.measure)) == {1}


def test_annex_and_headings_turn_with_the_table_behind_them() -> None:
    wide = Table("", (TableColumn(Decimal(1)),), (), ((TableCell("甲"),),), landscape=True)
    blocks = (made.paragraph("文"), Annex("附件", "台账"), wide, wide, made.paragraph("文"))
    assert turned(blocks) == (False, True, True, True, False)


@pytest.mark.parametrize(
    ("found", "written", "line"),
    [
        ('  width: {value: 210mm, clause: "5.1"', '  widht: {value: 210mm, clause: "5.1"', "widht"),
        ("red: {value", "rot: {value", "rot"),
    ],
)
def test_a_slip_in_the_profile_is_refused_with_its_line(
    tmp_path: Path, found: str, written: str, line: str
) -> None:
    words = (TEMPLATES / "layout.yaml").read_text(encoding="utf-8")
    place = words[: words.index(found)].count("\n") + 1
    (tmp_path / "layout.yaml").write_text(words.replace(found, written, 1), encoding="utf-8")
    with pytest.raises(RulesError, match=rf"第{place}行.*{line}"):
        layout.load(tmp_path)


@pytest.mark.parametrize(
    ("lengths", "last", "back"),
    [
        ((60, 60), [1], []),  # characters; the last paragraph has lines enough
        ((60, 20), [0, 1], [1]),  # one line alone brings the text before it along
        ((20, 20, 20), [1, 2], [2]),
    ],
)
def test_a_signature_takes_two_lines_of_text_along(
    lengths: tuple[int, ...], last: list[int], back: list[int]
) -> None:
    text = [made.paragraph("字" * length) for length in lengths]
    ties = company((*text, Signature("办公室", made.DAY)), RULER.one_line)
    assert [place for place, tie in enumerate(ties) if tie.last] == last
    assert [place for place, tie in enumerate(ties) if tie.back] == back
