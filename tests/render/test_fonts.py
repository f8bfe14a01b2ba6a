"""Which faces are used: the office's own first, stand-ins named aloud, nothing of the machine."""

import shutil
from pathlib import Path

import pytest

from campaign.errors import RulesError, TemplateError
from campaign.render import MissingFaceError, Studio
from campaign.render.fonts import Faces
from campaign.render.geometry import layout
from campaign.render.pdf import EngineComplaintError
from tests.render import documents as made
from tests.render.conftest import FONTS, TEMPLATES
from tests.render.measure import embedded_fonts


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A copy of the templates that a test may change."""
    folder = tmp_path / "templates"
    folder.mkdir()
    for name in ("layout.yaml", "print.css", "base.docx"):
        shutil.copy(TEMPLATES / name, folder / name)
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_official_face_that_is_not_there_is_named(studio: Studio) -> None:
    found = {one.asked: one.used for one in studio.substitutions()}
    assert found["方正小标宋简体"] == "NotoSerifCJKsc-Bold"
    assert found["仿宋_GB2312"] == "FandolFang-Regular"
    assert all(one.why for one in studio.substitutions())


def test_a_face_the_office_owns_is_preferred_and_not_reported(templates: Path) -> None:
    (templates / "fonts").mkdir()
    shutil.copy(FONTS / "FandolKai-Regular.otf", templates / "fonts" / "owned.otf")
    change(templates / "layout.yaml", "names: [仿宋_GB2312,", "names: [fandolkai-regular, 仿宋_GB2312,")
    studio = Studio(templates, FONTS)
    assert "仿宋_GB2312" not in {one.asked for one in studio.substitutions()}
    names = {
        name.split("+")[1] for name in embedded_fonts(studio.pdf(made.document(made.paragraph("正文。"))))
    }
    assert "FandolKai-Regular" in names
    assert "FandolFang-Regular" not in names


def test_an_owned_face_without_a_part_is_asked_for_characters_nobody_else_has(templates: Path) -> None:
    (templates / "fonts").mkdir()
    shutil.copy(FONTS / "NotoSansCJK-Regular.ttc", templates / "fonts" / "more.ttc")
    for name in ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"):
        change(templates / "layout.yaml", f"stand_in: {name}", "stand_in: FandolSong-Regular.otf")
    for name in ("NotoSerifCJKsc-Regular", "NotoSansCJKsc-Regular"):
        change(templates / "layout.yaml", f"postscript: {name}", "postscript: FandolSong-Regular")
    faces = Faces(layout.load(templates), templates, FONTS)
    (own, plain), (other, rare) = faces.runs("仿宋", "李䶮")
    assert (own.name, plain, rare) == ("FandolFang-Regular", "李", "䶮")
    assert other.owned


def test_a_missing_stand_in_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(MissingFaceError) as caught:
        Studio(TEMPLATES, tmp_path)
    assert caught.value.file == "NotoSerifCJK-Bold.ttc"
    assert "make setup" in str(caught.value)
    assert caught.value.exit_code == 5


def test_a_missing_layout_or_style_sheet_is_a_template_error(templates: Path, tmp_path: Path) -> None:
    with pytest.raises(TemplateError):
        Studio(tmp_path / "nowhere", FONTS)
    studio = Studio(templates, FONTS)
    for name in ("print.css", "base.docx"):
        (templates / name).unlink()
    with pytest.raises(TemplateError):
        studio.pdf(made.document(made.paragraph("正文。")))
    with pytest.raises(TemplateError):
        studio.word(made.document(made.paragraph("正文。")))


def test_an_unknown_name_in_the_style_sheet_is_refused_with_its_line(templates: Path) -> None:
    (templates / "print.css").write_text("/* 一 */\n\np { margin: ${page.topp} }\n", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"第3行.*page\.topp"):
        Studio(templates, FONTS).pdf(made.document(made.paragraph("正文。")))


def test_a_slip_in_the_style_sheet_is_a_template_error(templates: Path) -> None:
    change(
        templates / "print.css",
        ".body, .flush, .addressee { text-align: justify }",
        ".body { text-aline: left }",
    )
    with pytest.raises(TemplateError, match="text-aline"):
        Studio(templates, FONTS).pdf(made.document(made.paragraph("正文。")))


def test_a_style_sheet_cannot_make_the_press_fetch_anything(templates: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8")
    with (templates / "print.css").open("a", encoding="utf-8") as sheet:
        sheet.write(f'\np {{ background: url("{secret.as_uri()}") }}\n')
    with pytest.raises(EngineComplaintError, match=r"secret\.svg"):
        Studio(templates, FONTS).pdf(made.document(made.paragraph("正文。")))


def test_an_unknown_strength_is_refused_with_its_line(templates: Path) -> None:
    change(templates / "layout.yaml", 'clause: "5.1", strength: 规定', 'clause: "5.1", strength: 必须')
    with pytest.raises(RulesError, match=r"layout\.yaml 第\d+行.*必须"):
        Studio(templates, FONTS)


def test_measures_in_every_unit() -> None:
    profile = layout.load(TEMPLATES)
    assert round(profile.millimetres("page.width"), 6) == 210
    assert profile.points("body.size") == 16
    assert round(profile.points("body.indent"), 3) == round(2 * 15.79, 3)
    assert round(profile.points("title.before"), 3) == round(2 * 28.95, 3)
    assert profile.twips("body.pitch") == 579
    assert profile.number("masthead.narrowest") < 1
    assert round(profile.measure * 25.4 / 72, 3) == 156
    assert round(profile.depth * 25.4 / 72, 3) == 225
    with pytest.raises(TemplateError):
        profile.points("page.lines")
    with pytest.raises(TemplateError):
        profile.number("body.face")


def test_every_parameter_carries_clause_and_strength() -> None:
    profile = layout.load(TEMPLATES)
    assert all(one.clause and one.strength for one in profile.parameters.values())
    assert profile.parameter("page.top").strength is layout.Strength.PRESCRIBED
