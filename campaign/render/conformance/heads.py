"""Checks of heads: marks, red lines, document numbers, the letter's rules (GB/T 9704-2012, 7.2, 10)."""

import re
from collections.abc import Iterator, Sequence

from campaign.compose.blocks import Form
from campaign.render.conformance.findings import Finding, mm
from campaign.render.conformance.model import Rule
from campaign.render.conformance.reading import Reading

_MARK = {Form.RED: "redhead", Form.MINUTES: "minutes"}
_NUMBER = re.compile(r"\D+〔\d{4}〕(第\s*)?(\d*)号")


def mark_place(reading: Reading) -> Iterator[Finding]:
    """7.2.4, 10.3: the mark 35 mm below the type area's top; 10.1: a letter's 30 mm below the paper's."""
    if not reading.names or reading.form not in {*_MARK, Form.LETTER}:
        return
    slack = reading.mm("checks.mark_place")
    top = reading.names[0].top
    if reading.form is Form.LETTER:
        wanted, start, edge = reading.mm("letter.top"), 0.0, "上页边"
    else:
        wanted, start = reading.mm(f"{_MARK[reading.form]}.top"), reading.mm("page.top")
        edge = "版心上边缘"
    if abs(top - start - wanted) > slack:
        yield Finding(1, f"标志上边缘距{edge}{mm(top - start)}", f"{wanted:.0f}±{slack:.1f}毫米")


def mark_width(reading: Reading) -> Iterator[Finding]:
    """7.2.4: the mark is centred and no wider than the type area; in a letter than its rules."""
    slack = reading.mm("checks.mark_width")
    area = reading.area(reading.paper.pages[0])
    room = reading.mm("letter.rule_length") if reading.form is Form.LETTER else area.width
    for line in reading.names:
        left = min(glyph.ink.left for glyph in line.glyphs)
        right = max(glyph.ink.right for glyph in line.glyphs)
        if right - left > room + slack:
            yield Finding(1, f"标志宽{mm(right - left)}", f"不宽于{room:.0f}毫米")
        centre = (
            reading.paper.pages[0].width / 2 if reading.form is Form.LETTER else (area.left + area.right) / 2
        )
        if abs((left + right) / 2 - centre) > 2 * slack:
            yield Finding(1, f"标志偏离中线{mm(abs((left + right) / 2 - centre))}", "居中排布")


def number_form(reading: Reading) -> Iterator[Finding]:
    """7.2.5: 发文字号 with the year in 〔〕, four digits, no 第, no leading zeros."""
    line = reading.number_line
    if line is None or reading.form not in {Form.RED, Form.LETTER}:
        return
    found = _NUMBER.search(line.text)
    if not found or found[1] or found[2].startswith("0"):
        yield Finding(1, f"发文字号“{line.text}”", "机关代字〔四位年份〕序号，不加“第”，不编虚位")


def red_line(reading: Reading) -> Iterator[Finding]:
    """7.2.7: the red line 4 mm below the document number, as wide as the type area."""
    line, slack = reading.red_line, reading.mm("checks.red_line")
    if reading.form is not Form.RED:
        return
    area = reading.area(reading.paper.pages[0])
    wanted = reading.mm("redhead.rule_gap")
    if line is None:
        yield Finding(1, "没有红色分隔线", "发文字号之下4毫米处印红色分隔线")
        return
    if abs(line.box.left - area.left) > slack or abs(line.box.right - area.right) > slack:
        yield Finding(1, f"红色分隔线长{mm(line.box.width)}", f"与版心等宽（{area.width:.0f}毫米）")
    above = reading.above_line
    if above and abs(line.box.top - above[-1].bottom - wanted) > 2 * slack:
        yield Finding(1, f"红色分隔线在文号下{mm(line.box.top - above[-1].bottom)}", f"{wanted:.0f}毫米")


def bulletin_line(reading: Reading) -> Iterator[Finding]:
    """Practice: a bulletin's and minutes' red line is as wide as the type area."""
    slack = reading.mm("checks.bulletin_line")
    if reading.form not in {Form.BULLETIN, Form.MINUTES}:
        return
    area, line = reading.area(reading.paper.pages[0]), reading.red_line
    if line is None or abs(line.box.left - area.left) > slack or abs(line.box.right - area.right) > slack:
        yield Finding(1, f"红线长{mm(line.box.width)}" if line else "没有红线", "与版心等宽")


def letter_rules(reading: Reading) -> Iterator[Finding]:
    """10.1: red double rules of 170 mm, 4 mm under the mark (thick one above) and 20 mm from the foot."""
    if reading.form is not Form.LETTER:
        return
    slack = reading.mm("checks.letter_rules")
    first = reading.paper.pages[0]
    foot, gap = reading.mm("letter.foot"), reading.mm("letter.rule_gap")
    rules = [rule for rule in first.red_rules if rule.box.width > reading.area(first).width + 2]
    yield from _lengths(reading, rules)
    upper = [rule for rule in rules if rule.box.top < first.height / 2]
    lower = [rule for rule in rules if rule.box.top >= first.height / 2]
    if len(upper) != 2 or len(lower) != 2:  # noqa: PLR2004 - double rules
        yield Finding(1, f"上{len(upper)}条、下{len(lower)}条红线", "上下各一组红色双线")
        return
    if upper[0].thickness <= upper[1].thickness or lower[0].thickness >= lower[1].thickness:
        yield Finding(1, "双线粗细次序不对", "上为上粗下细，下为上细下粗")
    under = upper[0].box.top - reading.names[-1].bottom if reading.names else gap
    if abs(under - gap) > 2 * slack:
        yield Finding(1, f"双线在标志下{mm(under)}", f"{gap:.0f}毫米")
    up = first.height - lower[-1].box.bottom
    if abs(up - foot) > slack:
        yield Finding(1, f"下双线距下页边{mm(up)}", f"{foot:.0f}毫米")


def _lengths(reading: Reading, rules: Sequence[Rule]) -> Iterator[Finding]:
    """The rules' length and middle, and that they are on the first page only."""
    slack, length = reading.mm("checks.letter_rules"), reading.mm("letter.rule_length")
    for rule in rules:
        off = (rule.box.left + rule.box.right) / 2 - reading.paper.pages[0].width / 2
        if abs(rule.box.width - length) > slack or abs(off) > slack:
            yield Finding(1, f"红色双线长{mm(rule.box.width)}", f"长{length:.0f}毫米，居中")
    for page in reading.paper.pages[1:]:
        if any(rule.box.width > length - 1 for rule in page.red_rules):
            yield Finding(page.number, "有红色双线", "只在首页印红色双线")
