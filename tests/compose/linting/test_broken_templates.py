"""Broken templates: each mistake is told with its file and line and what to do, and all of them at once."""

from pathlib import Path
from typing import Protocol

import pytest

from campaign.compose.genres import FILE
from campaign.compose.linting.lint import lint
from campaign.compose.linting.mistakes import Mistake

PARTS = "{% macro line(row, word) %}\n<p>{{ row.name }}{{ word }}</p>\n{% endmacro %}\n"
HEAD = '{% import "_parts.html" as parts %}\n<title>{{ campaign.name }}</title>\n'
LISTING = """genres:
  bulletin:
    title: 通报
    template: try.html
    form: plain
    about: week
    file: 第{{ number }}期
words: [工作]
"""


class Folder(Protocol):
    """Writes a folder of templates."""

    def __call__(self, source: str, listing: str = LISTING, parts: str = PARTS) -> Path: ...


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder of templates with one genre, whose template ends as given."""

    def made(source: str, listing: str = LISTING, parts: str = PARTS) -> Path:
        (tmp_path / "try.html").write_text(HEAD + source, encoding="utf-8")
        (tmp_path / "_parts.html").write_text(parts, encoding="utf-8")
        (tmp_path / FILE).write_text(listing, encoding="utf-8")
        return tmp_path

    return made


def mistakes(templates: Path) -> list[Mistake]:
    return [m for m in lint(templates, quick=True) if not m.hint]


TABLE = '<table>\n<col width="1"/>\n<tbody>{rows}</tbody>\n</table>'

WRONG = {
    # mistake: what stands from line 3 of the template, its line, words of the remedy
    "misspelt name": ("<p>{{ numbr }}</p>", 3, "是否想写“number”"),
    "misspelt name in a branch no data reaches": (
        "{% if number == 987654 %}\n<p>{{ numbr }}</p>\n{% endif %}\n<p>一</p>",
        4,
        "是否想写“number”",
    ),
    "misspelt field": ("<p>{{ campaign.offic }}</p>", 3, "是否想写“office”"),
    "misspelt field of a field": ("<p>{{ campaign.nouns.comunity }}</p>", 3, "是否想写“community”"),
    "misspelt field in a loop": (
        "{% for row in overdue %}\n<p>{{ row.descripton }}</p>\n{% endfor %}",
        4,
        "是否想写“description”",
    ),
    "misspelt field in a loop in a loop": (
        "{% for r in rankings %}{% for row in r.rows %}\n<p>{{ row.pionts }}</p>{% endfor %}{% endfor %}",
        4,
        "是否想写“points”",
    ),
    "misspelt field through set": (
        "{% set n = campaign.nouns %}\n<p>{{ n.compny }}</p>",
        4,
        "是否想写“company”",
    ),
    "misspelt field through first": ("<p>{{ (rankings|first).wrod }}</p>", 3, "是否想写“word”"),
    "misspelt field for a filter": (
        "<p>{{ overdue|map(attribute='comunity')|listed }}</p>",
        3,
        "是否想写“community”",
    ),
    "field of a list": ("<p>{{ overdue.community }}</p>", 3, "{% for %}"),
    "misspelt macro": ("{{ parts.lien(total, '') }}", 3, "是否想写“line”"),
    "macro given too little": ("{{ parts.line(total) }}", 3, "缺少word"),
    "macro given too much": ("{{ parts.line(total, '', 3) }}", 3, "只要2项"),
    "misspelt file": ('{% import "_part.html" as p %}', 3, "是否想写“_parts.html”"),
    "misspelt filter": ("<p>{{ as_of|dat }}</p>", 3, "是否想写“date”"),
    "misspelt test": ("{% if comparison is nome %}<p>一</p>{% endif %}", 3, "是否想写“none”"),
    "filter on what it is not for": ("<p>{{ county_word|date }}</p>", 3, "要用在日期上"),
    "record printed": ("<p>{{ total }}</p>", 3, "取其中一项"),
    "date without a filter": ("<p>{{ as_of }}</p>", 3, "|date"),
    "multiplied": ("<p>{{ number * 2 }}</p>", 3, "不能用运算符 *"),
    "full-width braces": ("<p>｛｛ number ｝｝</p>", 3, "“{{”"),
    "full-width percent": ("{％ if number %}<p>一</p>{% endif %}", 3, "“{%”"),
    "full-width quotation marks": ("<p>{{ total.open|count(“件”) }}</p>", 3, '“ 换成 "'),
    "full-width bar": ("<p>{{ as_of｜date }}</p>", 3, "｜ 换成 |"),
    "full-width quotation marks in a tag": ("<p indent=“no”>一</p>", 3, '“ 换成 "'),
    "full-width angle brackets": ("<p>一</p>\n＜p＞二</p>", 4, "<p>"),
    "unknown tag": ("<p>一</p>\n<pp>二</pp>", 4, "是否想写“p”"),
    "unknown attribute": ('<masthead name="a"\n isue="b" issue="c" issuer="d" date="e"/>', 4, "“issue”"),
    "attribute missing": ('<p>一</p>\n<signature issuer="甲"/>', 4, "date"),
    "tag not closed": ("<p>一</p>\n<p>二\n<p>三</p>", 4, "</p>"),
    "tag closed twice": ("<p>一</p>\n<p>二</p></p>", 4, "多了一个 </p>"),
    "tag opened in one branch only": ("<p>一</p>\n{% if pending %}<p>{% endif %}二</p>", 4, "同一种情形"),
    "tag in the wrong place": ("<p>一</p>\n<td>二</td>", 4, "只能放在<tr>"),
    "if without an end": ("<p>一</p>\n{% if number %}\n<p>二</p>", 4, "{% endif %}"),
    "end without a beginning": ("<p>一</p>\n{% endfor %}", 4, "{% for %}"),
    "blocks that cross": (
        "{% for row in overdue %}\n{% if row.days %}<p>一</p>\n{% endfor %}",
        4,
        "{% endif %}",
    ),
    "unknown statement": ("<p>一</p>\n{% fi number %}", 4, "是否想写“if”"),
    "print without an end": ("<p>一</p>\n<p>{{ number </p>", 4, "“}}”"),
    "unfinished expression": ("<p>一</p>\n<p>{{ number + }}</p>", 4, "缺少内容"),
    "data taken for markup": ("{% autoescape false %}<p>{{ county_word }}</p>{% endautoescape %}", 3, "删去"),
    "table that may be empty": (
        TABLE.format(rows="{% for row in overdue %}<tr><td>{{ row.days }}</td></tr>{% endfor %}"),
        3,
        "没有数据时",
    ),
    "rate that may be missing": ("<p>{{ total.done_rate }}</p>", 3, "空值"),
    "heading with nothing beneath": (
        "<h1>一</h1>\n{% if overdue %}<p>二</p>{% endif %}\n<h1>三</h1>\n<p>四</p>",
        3,
        "连同标题一起省去",
    ),
}


@pytest.mark.parametrize(("source", "line", "remedy"), WRONG.values(), ids=list(WRONG))
def test_told_with_its_line_and_a_remedy(folder: Folder, source: str, line: int, remedy: str) -> None:
    (found,) = mistakes(folder(source))
    assert (found.file, found.line) == ("try.html", line)
    assert remedy in found.what


def test_all_at_once(folder: Folder) -> None:
    sources = [
        "<p>{{ numbr }}</p>",
        "<p>{{ as_of｜date }}</p>",
        "<pp>一</pp>",
        "{% fi number %}",
        "<p>{{ number + }}</p>",
        "<p>{{ campaign.offic }}{{ as_of|dat }}</p>",
        "{% if number %}",
    ]
    found = mistakes(folder("\n".join(sources)))
    assert [m.line for m in found] == [3, 4, 5, 6, 7, 8, 8, 9]


def test_the_line_is_that_of_the_part_that_is_wrong(folder: Folder) -> None:
    """A macro is held against what it is given."""
    source = "{{ parts.line(total, '') }}{% for row in overdue %}{{ parts.line(row, '') }}{% endfor %}"
    (found,) = mistakes(folder(source))
    assert (found.file, found.line) == ("_parts.html", 2)
    assert "ProblemRow" in found.what


LISTED = {
    # mistake in the list of genres: what is replaced by what, line, words
    "unknown key": ("    form: plain", "    from: plain", 5, "是否想写“form”"),
    "unknown form": ("form: plain", "form: plane", 5, "plain"),
    "missing template": ("template: try.html", "template: tyr.html", 7, "是否想写“try.html”"),
    "misspelt name in a file name": ("{{ number }}", "{{ numbr }}", 7, "是否想写“number”"),
    "unfinished file name": ("{{ number }}", "{{ number", 7, "文件名"),
    "decision missing": ("about: week", "about: decision", 3, "decision"),
}


@pytest.mark.parametrize(("old", "new", "line", "words"), LISTED.values(), ids=list(LISTED))
def test_mistakes_in_the_list_of_genres(folder: Folder, old: str, new: str, line: int, words: str) -> None:
    found = mistakes(folder("<p>一</p>", LISTING.replace(old, new)))
    assert [(m.file, m.line) for m in found] == [(FILE, line)]
    assert words in found[0].what


def test_two_genres_of_one_file_name(folder: Folder) -> None:
    entry = LISTING.partition("\n")[2].partition("words")[0]
    listing = LISTING.replace("words", entry.replace("bulletin", "other") + "words")
    found = mistakes(folder("<p>一</p>", listing))
    assert [(m.file, m.line) for m in found] == [(FILE, 13)]
    assert "bulletin" in found[0].what


def test_a_list_of_genres_that_is_missing(folder: Folder) -> None:
    templates = folder("<p>一</p>")
    (templates / FILE).unlink()
    assert [(m.file, m.line) for m in mistakes(templates)] == [(FILE, 0)]


def test_a_template_in_another_encoding(folder: Folder) -> None:
    templates = folder("<p>一</p>")
    (templates / "_other.html").write_bytes("<p>总体</p>".encode("gb18030"))
    (found,) = mistakes(templates)
    assert found.file == "_other.html"
    assert "UTF-8" in found.what


def test_what_is_never_used_is_only_a_hint(folder: Folder) -> None:
    templates = folder("<p>一</p>")
    (templates / "spare.html").write_text("<p>一</p>", encoding="utf-8")
    hints = [m for m in lint(templates, quick=True) if m.hint]
    assert any(m.file == "spare.html" for m in hints)
    assert any("overdue" in m.what for m in hints if m.file == FILE)
    assert mistakes(templates) == []
