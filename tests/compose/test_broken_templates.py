"""Wrong templates, each refused with its own line and a hint; and what a template may not do."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from campaign.compose.blocks import Paragraph, Table, text_of
from campaign.compose.environment import Templates
from campaign.compose.parsing import parse
from campaign.errors import TemplateError


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    found: int


@dataclass(frozen=True, slots=True)
class Brief:
    title: str = "甲"
    rows: tuple[Row, ...] = (Row("乙", 3), Row("丙", 4))
    nobody: tuple[Row, ...] = ()
    as_of: date = date(2023, 4, 28)
    nothing: str | None = None
    rate: Decimal = Decimal("68.4")


def composed(folder: Path, source: str, brief: object = None) -> tuple[object, ...]:
    (folder / "try.html").write_text(source, encoding="utf-8")
    return parse(Templates(folder).render("try.html", brief or Brief()), "try.html")


TABLE = '<table>\n<col width="1"/><col width="1"/>\n<tbody>\n{rows}\n</tbody>\n</table>'
CHART = (
    '<chart kind="bar" unit="件">\n<caption>图</caption><alt>图</alt>\n<label>甲</label>\n{series}</chart>'
)

WRONG = {
    # template: line, words of the message
    "unknown tag": ("<p>一</p>\n<pp>二</pp>", 2, "<pp>，是否想写“p”"),
    "unknown tag in a branch not taken": ("{% if nobody %}\n<bold>\n{% endif %}", 2, "<bold>"),
    "unknown closing tag": ("<p>一</p>\n</div>", 2, "<div>"),
    "unknown attribute": ("\n\n<p style='x'>一</p>", 3, "style"),
    "unknown attribute, several lines on": ('<masthead name="a"\n isue="b"/>', 2, "是否想写“issue”"),
    "missing attribute": ('<p>一</p>\n<signature issuer="甲"/>', 2, "date"),
    "bare less-than": ("<p>\n3 < 5</p>", 2, "&lt;"),
    "not closed": ("<p>一</p>\n<p>二\n<p>三</p>", 2, "<p>"),
    "closed twice": ("<p>一</p>\n<p>二</p></p>", 2, "</p>"),
    "wrong place": ("<p>一</p>\n<td>二</td>", 2, "<td> 不能放在最外层"),
    "text outside": ("<h1>一</h1>\n<p>二</p>\n三", 2, "三"),
    "text between cells": (TABLE.format(rows="<tr>一<td>二</td></tr>"), 4, "一"),
    "unknown name": ("<p>一</p>\n<p>{{ titel }}</p>", 2, "titel，是否想写“title”"),
    "unknown field": ("<p>\n{{ rows[0].fuond }}</p>", 2, "fuond，是否想写“found”"),
    "unknown name in a condition": ("\n{% if tittle %}<p>一</p>{% endif %}", 2, "tittle"),
    "unknown name in a loop": ("\n\n{% for r in row %}<p>一</p>{% endfor %}", 3, "是否想写“rows”"),
    "unknown filter": ("<p>一</p>\n<p>{{ rate|prcent }}</p>", 2, "prcent，是否想写“percent”"),
    "filter that hides a misspelt name": ("<p>{{ x|default('') }}</p>", 1, "default"),
    "filter that makes markup of data": ("<p>一</p>\n<p>{{ title|safe }}</p>", 2, "safe"),
    "wrong kind of value": ("<p>一</p>\n<p>{{ title|date }}</p>", 2, "|date"),
    "date without a filter": ("\n<p>{{ as_of }}</p>", 2, "|date"),
    "list printed": ("\n<p>{{ rows }}</p>", 2, "listed"),
    "nothing printed": ("\n<p>{{ nothing }}</p>", 2, "空值"),
    "unfinished statement": ("<p>一</p>\n{% if title %}<p>二</p>", 2, "语句"),
    "unknown statement": ("<p>一</p>\n{% fi title %}", 2, "fi"),
    "row too short": (TABLE.format(rows="<tr><td>一</td></tr>"), 4, "占1列，应占2列"),
    "row too long": (TABLE.format(rows='<tr><td colspan="3">一</td></tr>'), 4, "占3列，应占2列"),
    "rowspan too long": (TABLE.format(rows='<tr><td rowspan="2">一</td><td>二</td></tr>'), 3, "rowspan"),
    "table without rows": (TABLE.format(rows=""), 1, "没有一行"),
    "wrong number": ('<table>\n<col width="wide"/></table>', 2, "wide"),
    "wrong choice": ('\n<p indent="maybe">一</p>', 2, "yes、no"),
    "values and labels differ": (
        CHART.format(series='<series name="一"><value>1</value><value>2</value></series>'),
        4,
        "2个 <value>",
    ),
    "value is no number": (
        CHART.format(series='<series name="一">\n<value>很多</value></series>'),
        5,
        "很多",
    ),
    "chart without words": ('\n<chart kind="bar" unit="件"><caption>图</caption></chart>', 2, "<alt>"),
    "unknown reference": ('<p>一</p>\n<p>见<ref to="there"/></p>', 2, "there"),
    "id used twice": (
        '<attachments/>\n<annex id="a" title="甲"/>\n<p>一</p>\n<annex id="a" title="乙"/>',
        4,
        "“a”",
    ),
    "heading with nothing beneath": ("<h1>一</h1>\n<h2>二</h2>\n<h1>三</h1>\n<p>四</p>", 2, "没有内容"),
    "annex that is not listed": ('<p>一</p>\n<annex id="a" title="甲"/>', 2, "<attachments/>"),
    "empty paragraph": ("<p>一</p>\n<p>{% if nobody %}二{% endif %}</p>", 2, "没有内容"),
    "entity": ("<p>一</p>\n<p>&nbsp;</p>", 2, "nbsp"),
    "included file missing": ('<p>一</p>\n{% include "other.html" %}', 2, "other.html"),
    "division by zero": ("<p>一</p>\n<p>{{ 1 / nobody|length }}</p>", 2, "ZeroDivisionError"),
}


@pytest.mark.parametrize(("source", "line", "words"), WRONG.values(), ids=list(WRONG))
def test_refused_at_its_line(tmp_path: Path, source: str, line: int, words: str) -> None:
    with pytest.raises(TemplateError) as caught:
        composed(tmp_path, source)
    message = str(caught.value)
    assert words in message
    assert message.startswith(f"模板 try.html 第{line}行：")


@pytest.mark.parametrize(
    "source",
    [
        "<p>{{ ''.__class__.__mro__ }}</p>",
        "<p>{{ title.__class__ }}</p>",
        "<p>{{ title.upper() }}</p>",
        "<p>{{ '%s'.format(title) }}</p>",
        "<p>{{ self.__init__.__globals__ }}</p>",
        "<p>{{ title * 1000000000 }}</p>",
        "<p>{{ '%1000000000d' % 1 }}</p>",
        "{% for n in range(1000000000) %}{% endfor %}",
        "{% macro again() %}{{ again() }}{% endmacro %}<p>{{ again() }}</p>",
        '{% include "../secret" %}',
        "<p>{{ rows[0]|attr('name') }}</p>",
    ],
)
def test_what_a_template_may_not_do(tmp_path: Path, source: str) -> None:
    (tmp_path / "secret").write_text("<p>secret</p>", encoding="utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    with pytest.raises(TemplateError):
        composed(folder, source)


def test_the_line_is_that_of_the_part_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "_parts.html").write_text("{% macro m(x) %}\n<p>\n{{ x.nmae }}</p>{% endmacro %}", "utf-8")
    with pytest.raises(TemplateError, match=r"_parts\.html 第3行.*是否想写“name”"):
        composed(tmp_path, '{% import "_parts.html" as parts %}\n{{ parts.m(rows[0]) }}')


def test_a_template_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "try.html").write_bytes("<p>总体</p>".encode("gb18030"))
    with pytest.raises(TemplateError, match="UTF-8"):
        Templates(tmp_path).render("try.html", Brief())


HOSTILE = (
    "<p>甲</p>",
    "</p><h1>",
    "&lt;&amp;",
    '"><signature issuer="x" date="y"/>',
    "{{ 7*7 }}",
    "{% raw %}",
    "<!-- x -->",
    "<![CDATA[x]]>",
    "<?php ?>",
    "&nbsp;&#60;",
    "\u202e甲乙",
    "喆堃燊玥翀𬭎䶮",
    "甲  乙　丙",
    "甲" * 40_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_data_comes_out_as_typed(tmp_path: Path, text: str) -> None:
    """In a paragraph and in a table; nothing of it is taken for markup or template code."""
    source = "<p>{{ title }}</p>" + TABLE.format(rows="<tr><td>{{ title }}</td><td></td></tr>")
    paragraph, table = composed(tmp_path, source, Brief(title=text))
    assert isinstance(paragraph, Paragraph)
    assert text_of(paragraph.runs) == text
    assert isinstance(table, Table)
    assert table.rows[0][0].text == text


def test_line_breaks_of_data_stay_in_tables(tmp_path: Path) -> None:
    source = "<p>{{ title }}</p>" + TABLE.format(rows="<tr><td>{{ title }}</td><td></td></tr>")
    paragraph, table = composed(tmp_path, source, Brief(title="1. 甲\r\n2. 乙"))
    assert isinstance(paragraph, Paragraph)
    assert isinstance(table, Table)
    assert (text_of(paragraph.runs), table.rows[0][0].text) == ("1. 甲 2. 乙", "1. 甲\n2. 乙")


def test_control_characters_have_no_ink_and_are_left_out(tmp_path: Path) -> None:
    (paragraph,) = composed(tmp_path, "<p>{{ title }}</p>", Brief(title="甲\x00\x0b\x1b乙\ufdd0\ud800"))
    assert isinstance(paragraph, Paragraph)
    assert text_of(paragraph.runs) == "甲乙"


def test_breaks_of_the_template_vanish(tmp_path: Path) -> None:
    lines = (
        "<p>",
        "  截至{{ as_of|day }}，",
        "  {% if rows %}共  2 个{% endif %}",
        "  use two words",
        "</p>",
    )
    (paragraph,) = composed(tmp_path, "\n".join(lines))
    assert isinstance(paragraph, Paragraph)
    assert text_of(paragraph.runs) == "截至4月28日，共2个use two words"
