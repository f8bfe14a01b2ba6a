"""Every check: silent on pages as they should be, and heard on pages spoiled in the way it is there for."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from campaign.compose.blocks import (
    Addressee,
    Annex,
    Attachments,
    Document,
    Form,
    Heading,
    Imprint,
    ImprintLine,
    LetterHead,
    RedHead,
    Signature,
    Title,
)
from campaign.render.conformance import CHECKS, Reading, hold, measure, parts
from campaign.render.conformance.model import Box, Font, Ink, Page, Paper, Rule
from campaign.render.geometry import layout
from tests.render import documents as made
from tests.render.conformance.spoiling import (
    Change,
    Spoil,
    appended,
    below,
    glyphs,
    lines,
    move,
    moved,
    on,
    rules,
    stretch,
)
from tests.render.conftest import TEMPLATES, bulletin_of_all, studio_of_all

pytestmark = pytest.mark.xdist_group("rendering")

PROFILE = layout.load(TEMPLATES)
OFFICE = "清河自治县专项整治办公室"
SONG = Font("FandolSong-Regular", embedded=True)


def circular() -> Document:
    """A red-headed circular: text over pages, a wide table, attachments, signature, annex, imprint."""
    body = [made.paragraph(made.LONG) for _ in range(5)]
    return made.document(
        RedHead((f"{OFFICE}文件",), "清专办〔2023〕7号"),
        Title(("关于物业管理服务行业专项整治", "有关情况的通报")),
        Addressee("各街道办事处："),
        Heading(1, "一、总体情况"),
        *body,
        Heading(1, "二、工作要求"),
        Heading(2, "（一）压实责任"),
        *body,
        Attachments(("得分明细",)),
        Signature(OFFICE, made.DAY),
        Annex("附件", "得分明细"),
        made.ledger(18),
        Imprint((ImprintLine("抄送", "县委办公室。"),), OFFICE, f"{made.DAY}印发"),
        form=Form.RED,
    )


def letter() -> Document:
    """A letter with an imprint."""
    return made.document(
        LetterHead(OFFICE, "清专办函〔2023〕8号"),
        Title(("约谈通知书",)),
        Addressee("清河安居物业服务有限责任公司："),
        *(made.paragraph(made.LONG) for _ in range(5)),
        Signature(OFFICE, made.DAY),
        Imprint((ImprintLine("抄送", "县委办公室。"),)),
        form=Form.LETTER,
    )


def printed(document: Document) -> bytes:
    return studio_of_all().pdf(document)


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "circular": lambda: printed(circular()),
    "letter": lambda: printed(letter()),
    "bulletin": bulletin_of_all,
    "text": lambda: printed(made.document(made.paragraph(("务川自治县" * 400)[: 28 * 70 - 2]))),
}


@cache
def paper(name: str) -> Paper:
    return measure(DOCUMENTS[name]())


def number_of(page: Page) -> float:
    return next(line.baseline for line in page.lines if line.text.startswith("—") and line.text.endswith("—"))


def numbered(change: Change) -> Callable[[Page], Page]:
    return lambda page: glyphs(change, lambda g: abs(g.baseline - number_of(page)) < 1)(page)


def red(rule: Rule) -> bool:
    return rule.colour is Ink.RED


def wide_black(rule: Rule) -> bool:
    return rule.colour is Ink.BLACK and rule.box.width > 140


def shorter(rule: Rule) -> Rule:
    return rule._replace(box=rule.box._replace(right=rule.box.right - 20))


def equal_title(page: Page) -> Page:
    """The shorter title line drawn out to the longer one's width."""
    title = Reading(paper("circular"), PROFILE).title
    factor = (title[0].right - title[0].left) / (title[1].right - title[1].left)
    left, right = 106 - 78, 106 + 78
    spread = stretch(factor * 1.0, (left + right) / 2)
    spoiled = lines("有关情况的通报", spread)(page)
    cells = [g for g in spoiled.glyphs if abs(g.baseline - title[1].baseline) < 1]
    ends = {id(min(cells, key=lambda g: g.cell.left)), id(max(cells, key=lambda g: g.cell.left))}
    box = (title[0].left, title[0].right)
    return glyphs(
        lambda g: g._replace(
            cell=g.cell._replace(left=box[0]) if g.cell.left < 106 else g.cell._replace(right=box[1])
        ),
        lambda g: id(g) in ends,
    )(spoiled)


def last_but(count: int) -> Spoil:
    """The page with the signature keeps only so many lines above it."""

    def spoil(found: Paper) -> Paper:
        (page, date), *_ = Reading(found, PROFILE).signatures
        above = [
            line
            for line in page.lines
            if line.baseline < date.baseline - 25 and not line.text.startswith("附件")
        ]
        spared = {line.baseline for line in above[len(above) - count :]}
        text = {line.baseline for line in above} - spared
        choose = glyphs(None, lambda g: any(abs(g.baseline - one) < 1 for one in text))
        return on(page.number, choose)(found)

    return spoil


def signed(change: Change) -> Spoil:
    def spoil(found: Paper) -> Paper:
        (page, date), *_ = Reading(found, PROFILE).signatures
        return on(page.number, glyphs(change, lambda g: abs(g.baseline - date.baseline) < 1))(found)

    return spoil


def annexed(change: Change) -> Spoil:
    def spoil(found: Paper) -> Paper:
        (page, label), *_ = Reading(found, PROFILE).annexes
        return on(page.number, glyphs(change, lambda g: abs(g.baseline - label.baseline) < 1))(found)

    return spoil


SPOILED: dict[str, tuple[str, Spoil]] = {
    "paper": ("text", on(2, lambda page: replace(page, width=page.width + 5))),
    "top_edge": ("text", on(2, glyphs(move(down=6), lambda g: g.baseline < 262))),
    "left_edge": ("text", on(2, glyphs(move(across=-3), lambda g: g.baseline < 262))),
    "type_area": ("text", on(2, lines("务川", move(across=2)))),
    "colour": ("text", on(2, lines("务川", lambda g: g._replace(colour=Ink.OTHER)))),
    "legible": ("text", on(2, glyphs(move(across=-3), lambda g: g.text == "川"))),
    "blank": ("text", on(2, glyphs(None, lambda g: g.baseline < 262))),
    "page_number": ("text", on(2, numbered(lambda g: g._replace(text="9") if g.text == "2" else g))),
    "number_place": ("text", on(2, numbered(move(down=1)))),
    "number_face": ("text", on(2, numbered(lambda g: g._replace(size=12)))),
    "letter_number": (
        "letter",
        lambda found: on(
            1,
            lambda page: replace(
                page, glyphs=(*page.glyphs, *(g for g in found.pages[1].glyphs if g.baseline > 264))
            ),
        )(found),
    ),
    "mark_place": ("circular", on(1, glyphs(move(down=2), lambda g: g.colour is Ink.RED))),
    "mark_width": ("circular", on(1, glyphs(stretch(1.3, 106), lambda g: g.colour is Ink.RED))),
    "number_form": ("circular", on(1, glyphs(lambda g: g._replace(text="["), lambda g: g.text == "〔"))),
    "red_line": ("circular", on(1, rules(shorter, red))),
    "bulletin_line": ("bulletin", on(1, rules(shorter, red))),
    "letter_rules": ("letter", on(1, rules(None, lambda r: red(r) and r.thickness > 0.8))),
    "title_size": ("circular", on(1, glyphs(lambda g: g._replace(size=19), lambda g: round(g.size) == 22))),
    "title_place": ("circular", on(1, glyphs(move(down=-8), lambda g: round(g.size) == 22))),
    "title_centre": ("circular", on(1, lines("有关情况的通报", move(across=3)))),
    "title_shape": ("circular", on(1, equal_title)),
    "addressee": (
        "circular",
        on(1, lines("各街道", lambda g: g._replace(text=":") if g.text == "：" else g)),
    ),
    "first_page": ("circular", on(1, below("各街道办事处：", None))),
    "body_face": (
        "text",
        lambda found: replace(
            found, pages=tuple(glyphs(lambda g: g._replace(font=SONG))(p) for p in found.pages)
        ),
    ),
    "body_size": (
        "text",
        lambda found: replace(
            found, pages=tuple(glyphs(lambda g: g._replace(size=14))(p) for p in found.pages)
        ),
    ),
    "lines": ("text", on(2, glyphs(None, lambda g: g.baseline > 252 and g.baseline < 262))),
    "pitch": (
        "text",
        on(2, glyphs(lambda g: move(down=0.05 * (g.baseline - 42))(g), lambda g: g.baseline < 262)),
    ),
    "characters": ("text", on(2, glyphs(None, lambda g: 60 < g.cell.left < 75))),
    "right_edge": ("text", on(2, glyphs(move(across=-1), lambda g: g.cell.right > 183))),
    "indent": ("circular", on(1, lines("一、总体情况", move(across=-3)))),
    "heading_face": (
        "circular",
        on(1, lines("一、总体情况", lambda g: g._replace(font=Font("FandolFang-Regular", embedded=True)))),
    ),
    "heading_foot": ("circular", on(1, below("一、总体情况", None))),
    "caption": ("bulletin", on(2, below("表1", None))),
    "table_head": (
        "circular",
        lambda found: on(
            [page.number for page in found.pages if page.landscape][1],
            glyphs(lambda g: g._replace(text="某"), lambda g: g.font.name.startswith("FandolHei")),
        )(found),
    ),
    "attachments": (
        "circular",
        lambda found: replace(
            found,
            pages=tuple(
                lines("附件：", lambda g: g._replace(text="。") if g.text == "细" else g)(p)
                if any("附件：" in one.text for one in p.lines)
                else p
                for p in found.pages
            ),
        ),
    ),
    "signature_alone": ("circular", last_but(0)),
    "signature_lines": ("circular", last_but(1)),
    "signature_place": ("circular", signed(move(across=20))),
    "date_form": ("circular", signed(lambda g: g._replace(text="04") if g.text == "4" else g)),
    "annex": ("circular", annexed(move(down=12))),
    "imprint_page": ("circular", lambda found: appended(found, (found.pages[1],))),
    "imprint_foot": ("circular", on(-1, rules(lambda r: r._replace(box=moved(r.box, 0, -3)), wide_black))),
    "imprint_rules": (
        "circular",
        on(-1, rules(lambda r: r._replace(box=r.box._replace(top=r.box.top - 0.5)), wide_black)),
    ),
    "imprint_inset": ("circular", on(-1, glyphs(move(across=-4), lambda g: g.baseline < 262))),
    "letter_imprint": (
        "letter",
        on(
            -1,
            lambda page: replace(page, rules=(*page.rules, Rule(Box(28, 250, 184, 250.3), Ink.BLACK))),
        ),
    ),
    "fonts": ("text", lambda found: replace(found, fonts=(Font("SimSun", embedded=False),))),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pages_as_they_should_be_pass(name: str) -> None:
    assert [(r.check.code, r.finding) for r in hold(paper(name), PROFILE)] == []


@pytest.mark.parametrize("code", [check.code for check in CHECKS])
def test_a_spoiled_page_is_found(code: str) -> None:
    name, spoil = SPOILED[code]
    assert code in {result.check.code for result in hold(spoil(paper(name)), PROFILE)}


def test_codes_are_told_apart_and_have_clause_and_strength() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert check.parameter(PROFILE).clause
    checks = {name.removeprefix("checks.") for name in PROFILE.parameters if name.startswith("checks.")}
    assert checks == {check.code for check in CHECKS}


def test_only_what_is_prescribed_fails() -> None:
    found = hold(SPOILED["imprint_rules"][1](paper("circular")), PROFILE)
    assert found
    assert not any(result.fails for result in found)
    found = hold(SPOILED["fonts"][1](paper("text")), PROFILE)
    assert all(result.fails for result in found)


def test_a_print_set_is_held_document_by_document() -> None:
    one, two = paper("letter"), paper("circular")
    blank = replace(one.pages[0], glyphs=(), rules=(), pictures=())
    between = (blank,) if len(one.pages) % 2 else ()
    together = appended(one, (*between, *two.pages))
    forms = [Reading(document, PROFILE).form for document in parts(together, PROFILE)]
    assert forms == [Form.LETTER, Form.RED]
    assert hold(together, PROFILE) == ()
