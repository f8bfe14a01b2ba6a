"""Checks of the running text: grid, edges, indents, headings, title, addressee (GB/T 9704-2012, 5.2, 7.3)."""

from collections.abc import Iterator
from statistics import median

from campaign.compose.blocks import Form
from campaign.render.conformance.findings import Finding, mm
from campaign.render.conformance.model import Line, Page
from campaign.render.conformance.reading import ANNEX, CAPTION, HEADINGS, Reading, quoted, same_face

_ENDS = frozenset("。：；！？”）.")  # what a paragraph may end with
_FANG = ("fang", "仿宋")
_FEW = 5  # lines from which a page's pitch can be told
_ALL_ACROSS = 0.9  # of the type area: a line that is text
_UNDER = 2.5  # mm below a line within which a rule underlines it
_SHORT_TAIL = 3  # lines that may be pulled over the page to keep a signature company


def body_face(reading: Reading) -> Iterator[Finding]:
    """5.2.2: the text is set in 仿宋."""
    face = reading.body_face
    if face and not any(word in face.lower() for word in _FANG):
        yield Finding(0, f"正文字体{face}", "3号仿宋体字")


def body_size(reading: Reading) -> Iterator[Finding]:
    """5.2.2: size 3 (16 points), told from the long lines outside tables."""
    wanted, slack = (reading.layout.points(name) for name in ("body.size", "checks.body_size"))
    sizes = [
        line.size
        for page in reading.paper.pages
        if not page.landscape
        for line in reading.content(page)
        if line.right - line.left > _ALL_ACROSS * reading.area(page).width
    ]
    if len(sizes) > _FEW and abs(median(sizes) - wanted) > slack:
        yield Finding(0, f"正文{median(sizes):.1f}磅", f"3号（{wanted:.0f}磅）")


def lines(reading: Reading) -> Iterator[Finding]:
    """5.2.3: 22 lines on pages that are all text and run on."""
    wanted = round(reading.layout.number("page.lines"))
    for page, _, later, after in reading.followers():
        if page is later or page.grids or page.pictures or page.ordinal == 1:
            continue
        if not reading.is_flush(later, after):
            continue  # what follows may have been kept together with what comes after it
        text = [line for line in reading.content(page) if reading.is_body(line)]
        if len(text) != len(reading.content(page)):
            continue
        if len(text) != wanted and not _pulled(reading, later):
            yield Finding(page.number, f"排了{len(text)}行", f"每面{wanted}行")


def pitch(reading: Reading) -> Iterator[Finding]:
    """5.2.3: the distance of lines lets 22 of them fill the type area."""
    wanted = round(reading.layout.number("page.lines"))
    gaps: dict[int, list[float]] = {}
    for page, line, later, after in reading.followers():
        if page is later:
            gaps.setdefault(page.number, []).append(after.baseline - line.baseline)
    area = reading.area(reading.paper.pages[0])
    glyph = reading.layout.points("body.size") * 25.4 / 72
    for number, found in gaps.items():
        page = next(one for one in reading.paper.pages if one.number == number)
        depth = (page.height if not page.landscape else page.width) - area.top - reading.mm("page.bottom")
        fit = int((depth - glyph) / median(found) + 1e-6) + 1
        if len(found) >= _FEW and fit != wanted:
            yield Finding(number, f"行距{mm(median(found))}，每面可排{fit}行", f"每面{wanted}行")


def characters(reading: Reading) -> Iterator[Finding]:
    """5.2.3: 28 characters on lines of Chinese characters alone that run from edge to edge."""
    wanted = round(reading.layout.number("page.characters"))
    for page, line, _, after in reading.followers():
        full = reading.is_flush(page, line) and reading.is_flush(page, after)
        if full and all("一" <= glyph.text <= "鿿" for glyph in line.glyphs):
            gap = reading.area(page).right - line.right
            if abs(gap) < reading.character / 2 and abs(len(line.glyphs) - wanted) > 1:
                yield Finding(page.number, f"{quoted([line])}一行{len(line.glyphs)}字", f"每行{wanted}字")


def right_edge(reading: Reading) -> Iterator[Finding]:
    """5.2.3: lines that run on fill the type area to its right edge (撑满版心)."""
    slack = reading.mm("checks.right_edge")
    for page, line, later, after in reading.followers():
        if not reading.is_flush(later, after) or reading.is_heading(line) or ANNEX.fullmatch(line.text):
            continue
        off = reading.area(page).right - line.right
        ended = line.text[-1] in _ENDS and off > 2 * reading.character
        if _filled_in(page, line):
            continue
        if abs(off) > slack and not ended:
            side = "短" if off > 0 else "长"
            yield Finding(
                page.number, f"{quoted([line])}比版心{side}{mm(abs(off))}", f"右边齐版心（允差{mm(slack)}）"
            )


def indent(reading: Reading) -> Iterator[Finding]:
    """7.3.3: paragraphs begin two characters in, their other lines flush."""
    slack = reading.mm("checks.indent")
    wanted = 2 * reading.character
    for page, line in reading.body:
        off = line.left - reading.area(page).left
        centred = abs(line.middle - (reading.area(page).left + reading.area(page).right) / 2) < 2 * slack
        if 2 * slack < off < wanted + reading.character and abs(off - wanted) > slack and not centred:
            yield Finding(page.number, f"{quoted([line])}左空{mm(off)}", f"左空二字（{mm(wanted)}）或顶格")


def heading_face(reading: Reading) -> Iterator[Finding]:
    """7.3.3: 一、 in 黑体, （一） in 楷体."""
    for page, line in reading.body:
        if not HEADINGS.match(line.text) or not reading.is_indented(page, line):
            continue
        face = line.font.lower()
        alone = line.text[-1] not in "。；，"
        if not line.text.startswith("（") and same_face(line.font, reading.body_face) and alone:
            yield Finding(page.number, f"{quoted([line])}用{line.font}", "一级标题用黑体")
        elif line.text.startswith("（") and any(word in face for word in ("hei", "黑")) and alone:
            yield Finding(page.number, f"{quoted([line])}用{line.font}", "二级标题用楷体")


def title_size(reading: Reading) -> Iterator[Finding]:
    """7.3.1: the title in size 2 (22 points)."""
    first = reading.paper.pages[0]
    if reading.title or not reading.content(first):
        return
    largest = max(line.size for line in reading.content(first) if line not in reading.names)
    if largest > reading.layout.points("body.size") + 1:
        yield Finding(
            1, f"标题{largest:.1f}磅", f"2号（{reading.layout.points('title.size'):.0f}磅）小标宋体字"
        )


def title_place(reading: Reading) -> Iterator[Finding]:
    """7.3.1: the title two blank lines below the red line; in a letter below the document number (10.1)."""
    line, slack = reading.red_line, reading.mm("checks.title_place")
    if line is None or not reading.title:
        return
    above, wanted = line.box.bottom, 0.0
    if reading.form is Form.LETTER and reading.number_line:
        above, wanted = reading.number_line.bottom, reading.leading("body")
    if reading.form is Form.MINUTES:
        return
    wanted += reading.mm("title.before") + reading.leading("title")
    gap = reading.title[0].top - above
    if abs(gap - wanted) > slack:
        yield Finding(1, f"标题上方空{mm(gap)}", f"空二行（字间{wanted:.1f}±{slack:.1f}毫米）")


def title_centre(reading: Reading) -> Iterator[Finding]:
    """7.3.1: the title's lines are centred."""
    slack = reading.mm("checks.title_centre")
    area = reading.area(reading.paper.pages[0])
    for line in reading.title:
        # A full-width bracket or comma at an end has empty room that the eye does not count.
        inked = (line.glyphs[0].ink.left + line.glyphs[-1].ink.right) / 2
        off = min(abs(line.middle - (area.left + area.right) / 2), abs(inked - (area.left + area.right) / 2))
        if off > slack:
            yield Finding(1, f"标题{quoted([line])}偏离中线{mm(off)}", f"居中（允差{mm(slack)}）")


def title_shape(reading: Reading) -> Iterator[Finding]:
    """7.3.1: several lines make a trapezoid or a diamond, no rectangle and no hourglass."""
    widths = [line.right - line.left for line in reading.title]
    if len(widths) < 2:  # noqa: PLR2004 - one line has no shape
        return
    slack = reading.mm("checks.title_shape")
    if max(widths) - min(widths) <= slack:
        yield Finding(1, f"标题{len(widths)}行一样长", "回行排成梯形或菱形")
    for one, middle, other in zip(widths, widths[1:], widths[2:], strict=False):
        if middle < min(one, other) - slack:
            yield Finding(1, "标题中间短、两头长", "回行排成梯形或菱形")
            return


def addressee(reading: Reading) -> Iterator[Finding]:
    """7.3.2: the addressee one blank line below the title, flush left, ending in a full-width colon."""
    slack = reading.mm("checks.addressee")
    found = _addressee(reading)
    if not found:
        return
    if found[-1].text[-1] == ":":
        yield Finding(1, f"主送机关{quoted(found)}用半角冒号", "最后一个机关名称后标全角冒号")
    gap = found[0].top - reading.title[-1].bottom
    wanted = reading.mm("title.after") + reading.leading("title") + reading.leading("body")
    if abs(gap - wanted) > slack:
        yield Finding(1, f"主送机关上方空{mm(gap)}", f"空一行（字间{wanted:.1f}±{slack:.1f}毫米）")


def first_page(reading: Reading) -> Iterator[Finding]:
    """7.3.3: the first page shows text of the document."""
    first = reading.paper.pages[0]
    under = reading.title[-1].bottom if reading.title else reading.area(first).top
    called = {line.baseline for line in _addressee(reading)}
    text = [
        line
        for line in reading.content(first)
        if line.top > under and line.baseline not in called and not HEADINGS.match(line.text)
    ]
    if not text and not first.grids and not first.pictures:
        yield Finding(1, "首页没有正文", "公文首页必须显示正文")


def heading_foot(reading: Reading) -> Iterator[Finding]:
    """No heading is the last thing on a page."""
    for page in reading.paper.pages[:-1]:
        found = reading.content(page)
        if found and reading.is_heading(found[-1]) and found[-1].bottom >= reading.last_thing(page) - 1:
            yield Finding(page.number, f"标题{quoted(found[-1:])}落在页末", "标题与其下正文同面")


def caption(reading: Reading) -> Iterator[Finding]:
    """A caption stands on the page of its table or figure."""
    for page in reading.paper.pages[:-1]:
        found = reading.content(page)
        if not found or found[-1].bottom < reading.last_thing(page) - 1:
            continue
        last = found[-1]
        drawn = any(abs(picture.bottom - last.top) < 2 * reading.pitch for picture in page.pictures)
        if CAPTION.match(last.text) and _captioned(reading, page, last) and not drawn:
            yield Finding(page.number, f"表题{quoted([last])}落在页末", "表题与表格同面")


def _captioned(reading: Reading, page: Page, line: Line) -> bool:
    area = reading.area(page)
    centred = abs(line.middle - (area.left + area.right) / 2) < reading.character
    return centred and not same_face(line.font, reading.body_face)


def _addressee(reading: Reading) -> list[Line]:
    """The lines of the addressee: flush left from under the title to the first that ends in a colon."""
    if not reading.title:
        return []
    first = reading.paper.pages[0]
    under = [line for line in reading.content(first) if line.top > reading.title[-1].bottom]
    found: list[Line] = []
    for line in under:
        if not reading.is_body(line) or not reading.is_flush(first, line):
            return []
        found.append(line)
        if line.text[-1] in "：:":
            return found
    return []


def _pulled(reading: Reading, page: Page) -> bool:
    """Whether a page begins with a few lines that keep a signature company."""
    dated = [line for where, line in reading.signatures if where is page]
    if not dated:
        return False
    text = [line for line in reading.content(page) if line.baseline < dated[0].baseline]
    flush = [line for line in text if reading.is_flush(page, line) or reading.is_indented(page, line)]
    return len(flush) <= _SHORT_TAIL


def _filled_in(page: Page, line: Line) -> bool:
    """Whether a line has blanks to fill in by hand: ruled underneath."""
    return any(line.baseline < rule.box.top < line.baseline + _UNDER for rule in page.black_rules)
