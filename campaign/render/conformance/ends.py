"""Checks of a document's end: attachments, signatures, annexes, imprint (GB/T 9704-2012, 7.3.4 to 7.4)."""

import re
from collections.abc import Iterator

from campaign.compose.blocks import Form
from campaign.render.conformance.findings import Finding, mm
from campaign.render.conformance.model import Line, Page
from campaign.render.conformance.reading import COPIED, PRINTED, Reading, quoted

_LEADING_ZERO = re.compile(r"\d{4}年(0\d月|\d{1,2}月0\d日)")
_AFTER_NAME = frozenset("。；，、;,.")


def attachments(reading: Reading) -> Iterator[Finding]:
    """7.3.4: 附件： two characters in; no punctuation after the names."""
    for page, line in reading.body:
        if not re.match(r"附件[：:]", line.text):
            continue
        if not reading.is_indented(page, line):
            off = line.left - reading.area(page).left
            yield Finding(page.number, f"附件说明左空{mm(off)}", "左空二字")
        if line.text[-1] in _AFTER_NAME:
            yield Finding(page.number, f"附件名称后有“{line.text[-1]}”", "附件名称后不加标点符号")


def signature_alone(reading: Reading) -> Iterator[Finding]:
    """7.3.5.5: signature and date stand on a page with text."""
    for page, line in reading.signatures:
        if not _company(reading, page, line) and not _table_above(page, line):
            yield Finding(page.number, f"{line.text}所在页没有正文", "署名、成文日期与正文同面")


def signature_lines(reading: Reading) -> Iterator[Finding]:
    """Practice: with at least two lines of text."""
    wanted = round(reading.layout.number("checks.signature_lines"))
    for page, line in reading.signatures:
        count = len(_company(reading, page, line))
        if 0 < count < wanted and page.ordinal > 1 and not _table_above(page, line):
            yield Finding(page.number, f"署名之上只有{count}行正文", f"至少{wanted}行")


def signature_place(reading: Reading) -> Iterator[Finding]:
    """7.3.5: the date ends two characters or more from the right edge."""
    slack = reading.mm("checks.signature_place")
    for page, line in reading.signatures:
        off = reading.area(page).right - line.right
        if off < 2 * reading.character - slack:
            yield Finding(page.number, f"成文日期右空{mm(off)}", "右空四字（不盖章的不少于二字）")


def date_form(reading: Reading) -> Iterator[Finding]:
    """7.3.5.4, 7.4.3: months and days without leading zeros."""
    lines = [*reading.signatures]
    if reading.imprint:
        lines += [(reading.imprint[0], line) for line in reading.imprint[1]]
    for page, line in lines:
        if _LEADING_ZERO.search(line.text):
            yield Finding(page.number, f"“{line.text}”", "月、日不编虚位（即1不编为01）")


def annex(reading: Reading) -> Iterator[Finding]:
    """7.3.7: the label on a page's first line, the title centred on its third."""
    slack = reading.mm("checks.annex")
    for page, label in reading.annexes:
        area = reading.area(page)
        if label.top > area.top + reading.pitch:
            yield Finding(page.number, f"“{label.text}”不在第一行", "顶格编排在版心左上角第一行")
            continue
        size = reading.layout.points("title.size")
        titles = [line for line in reading.content(page) if abs(line.size - size) < 1]
        if not titles:
            continue
        begun = (titles[0].top - area.top) / reading.pitch
        if not 2 - slack / reading.pitch <= begun <= 3:  # noqa: PLR2004 - within the third line
            yield Finding(page.number, f"附件标题在第{begun + 1:.1f}行", "居中编排在第三行")
        off = abs(titles[0].middle - (area.left + area.right) / 2)
        if off > slack:
            yield Finding(page.number, f"附件标题偏离中线{mm(off)}", "居中编排在第三行")


def imprint_page(reading: Reading) -> Iterator[Finding]:
    """7.4.1: the imprint on the last page."""
    if reading.imprint and reading.imprint[0] is not reading.paper.pages[-1]:
        yield Finding(reading.imprint[0].number, "版记不在最后一面", "版记在公文最后一面")
    for page in reading.paper.pages[:-1]:
        if any(PRINTED.fullmatch(line.text) for line in reading.content(page)):
            yield Finding(page.number, "版记不在最后一面", "版记在公文最后一面")
            return


def imprint_foot(reading: Reading) -> Iterator[Finding]:
    """7.4.1: its last rule lies on the lower edge of the type area; a letter has no rules (10.1)."""
    if not reading.imprint or reading.form is Form.LETTER:
        return
    slack = reading.mm("checks.imprint_foot")
    page = reading.imprint[0]
    rules, area = reading.imprint_rules(page), reading.area(page)
    if not rules:
        yield Finding(page.number, "版记没有分隔线", "末条分隔线与版心下边缘重合")
        return
    off = rules[-1].box.bottom - area.bottom
    if abs(off) > slack:
        place = "上" if off < 0 else "下"
        yield Finding(page.number, f"末条分隔线在版心下边缘之{place}{mm(abs(off))}", "与版心下边缘重合")
    for rule in rules:
        if abs(rule.box.left - area.left) > slack or abs(rule.box.right - area.right) > slack:
            yield Finding(page.number, f"版记分隔线长{mm(rule.box.width)}", "与版心等宽")
            return


def imprint_rules(reading: Reading) -> Iterator[Finding]:
    """7.4.1: the first and last rules 0.35 mm, those between 0.25 mm."""
    if not reading.imprint or reading.form is Form.LETTER:
        return
    slack = reading.mm("checks.imprint_rules")
    page = reading.imprint[0]
    rules = reading.imprint_rules(page)
    thick, thin = reading.mm("imprint.thick"), reading.mm("imprint.thin")
    for place, rule in enumerate(rules):
        wanted = thick if place in {0, len(rules) - 1} else thin
        if abs(rule.thickness - wanted) > slack:
            yield Finding(page.number, f"分隔线粗{rule.thickness:.2f}毫米", f"{wanted:.2f}毫米")


def imprint_inset(reading: Reading) -> Iterator[Finding]:
    """7.4.2: one character in on either side."""
    if not reading.imprint:
        return
    slack = reading.mm("checks.imprint_inset")
    page, lines = reading.imprint
    area = reading.area(page)
    for line in lines:
        off = line.left - area.left
        if (COPIED.match(line.text) or PRINTED.fullmatch(line.text)) and off < reading.character - slack:
            yield Finding(page.number, f"版记{quoted([line])}左空{mm(off)}", "左右各空一字")
            return


def letter_imprint(reading: Reading) -> Iterator[Finding]:
    """10.1: a letter's imprint has no rules, no issuing office and no date."""
    if reading.form is not Form.LETTER or not reading.imprint:
        return
    page, lines = reading.imprint
    if any(PRINTED.fullmatch(line.text) for line in lines):
        yield Finding(page.number, "信函版记有印发机关和印发日期", "信函版记不加印发机关和印发日期、分隔线")
    elif reading.imprint_rules(page):
        yield Finding(page.number, "信函版记有分隔线", "信函版记不加印发机关和印发日期、分隔线")


def _table_above(page: Page, date: Line) -> bool:
    """Whether a table or a picture, which are text as well, stands above a date."""
    return any(box.bottom < date.top for box in (*page.pictures, *(grid.box for grid in page.grids)))


def _company(reading: Reading, page: Page, date: Line) -> list[Line]:
    """Lines of text above a date on its page: flush or indented, no headings, no attachments' names."""
    return [
        line
        for where, line in reading.body
        if where is page
        and line.baseline < date.baseline - reading.pitch / 2
        and (reading.is_flush(page, line) or reading.is_indented(page, line))
        and not reading.is_heading(line)
        and not line.text.startswith("附件：")
    ]
