"""The patch for Chinese justification, and the guard that stops when WeasyPrint changes beneath it."""

from types import SimpleNamespace

import pytest

from campaign.render import justify
from campaign.render.engine import weasyprint
from campaign.render.justify import JustificationError

# isort: split
from weasyprint.layout import inline
from weasyprint.text.line_break import Layout


def test_the_installed_weasyprint_is_the_pinned_one_and_patched() -> None:
    justify.install()
    justify.install()
    assert weasyprint.__version__ == justify.PINNED
    assert inline.justify_line is justify.spread


def test_another_version_stops_the_press() -> None:
    with pytest.raises(JustificationError) as caught:
        justify.check("71.0", inline, Layout)
    assert "71.0" in str(caught.value)
    assert caught.value.exit_code == 5


def test_a_function_of_another_shape_stops_the_press() -> None:
    def justify_line(context: object, line: object, extra_width: float, mode: str) -> None:
        del context, line, extra_width, mode

    changed = SimpleNamespace(
        justify_line=justify_line, create_layout=inline.create_layout, text_align=inline.text_align
    )
    with pytest.raises(JustificationError, match="justify_line"):
        justify.check(justify.PINNED, changed, Layout)


def test_a_function_that_is_gone_stops_the_press() -> None:
    with pytest.raises(JustificationError, match="justify_line"):
        justify.check(justify.PINNED, SimpleNamespace(), Layout)


def test_a_layout_class_of_another_shape_stops_the_press() -> None:
    with pytest.raises(JustificationError, match="__init__"):
        justify.check(justify.PINNED, inline, SimpleNamespace)


@pytest.mark.parametrize(
    ("character", "weight"),
    [("整", 1), ("，", 1), ("“", 1), (" ", 1), ("5", 0), ("%", 0), ("A", 0), ("—", 0)],
)
def test_what_stretches(character: str, weight: int) -> None:
    assert justify.weight(character) == weight


@pytest.mark.parametrize(
    ("text", "stretches"), [("整改", [(0, 6)]), ("5月", [(1, 4)]), ("月5", [(0, 3)]), ("12", []), ("", [])]
)
def test_stretches_are_counted_in_utf8(text: str, stretches: list[tuple[int, int]]) -> None:
    assert list(justify._stretches(text)) == stretches  # noqa: SLF001 - the one place where offsets can slip
