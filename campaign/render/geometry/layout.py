"""The layout profile (templates/layout.yaml): every measure of a page, with its clause and its strength.

Both renderers and the style base of the Word files take their measures from here and nowhere else, so that a
measure is changed in one place. Clauses are those of GB/T 9704-2012.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from campaign.errors import TemplateError
from campaign.render.geometry.known import SECTIONS, parameters
from campaign.rulebook.reader import Entry, read

POINTS_PER_MM = 72 / 25.4
TWIPS_PER_POINT = 20
EMU_PER_POINT = 12700

_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(mm|pt|字|行|%)?")
_PLACE = re.compile(r"\$\{([a-z_0-9.]+)\}")


class Strength(StrEnum):
    """How binding a parameter is. Only what is prescribed may fail a check; the rest may warn."""

    PRESCRIBED = "规定"
    GENERAL = "一般"
    RECOMMENDED = "推荐"
    PERMITTED = "可以"
    DERIVED = "推算"
    PRACTICE = "实务"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its text as written, and its number and unit where it is a measure."""

    name: str
    text: str
    number: float | None
    unit: str
    clause: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Typeface:
    """A face by its part in the page: the official name, and what stands in where the office does not own it.

    `names` are the font names under which an owned face is recognised; `rare` are the parts whose faces are
    asked, in order, for characters that this one lacks.
    """

    part: str
    official: str
    names: tuple[str, ...]
    stand_in: str
    postscript: str
    rare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout profile. Lengths are asked for in points, millimetres or twips; asking for a parameter that
    the file does not have is a TemplateError.
    """

    parameters: Mapping[str, Parameter]
    typefaces: Mapping[str, Typeface]

    def parameter(self, name: str) -> Parameter:
        """The parameter itself, with clause and strength."""
        if name not in self.parameters:
            raise TemplateError(f"layout.yaml 缺少参数“{name}”；请从程序自带的 templates 文件夹中找回")
        return self.parameters[name]

    def text(self, name: str) -> str:
        """The value as written: a face's part, a colour, words."""
        return self.parameter(name).text

    def number(self, name: str) -> float:
        """The value's number, whatever its unit; a percentage as a fraction."""
        parameter = self.parameter(name)
        if parameter.number is None:
            raise TemplateError(f"layout.yaml 的参数“{name}”应是数，而不是“{parameter.text}”")
        return parameter.number / 100 if parameter.unit == "%" else parameter.number

    def points(self, name: str) -> float:
        """A length in points. 字 is the width of a body character with its spacing, 行 a line of text."""
        value, unit = self.number(name), self.parameter(name).unit
        match unit:
            case "pt":
                return value
            case "mm":
                return value * POINTS_PER_MM
            case "字":
                return value * self.character
            case "行":
                return value * self.pitch
            case _:
                raise TemplateError(f"layout.yaml 的参数“{name}”应带长度单位（mm、pt、字、行）")

    def millimetres(self, name: str) -> float:
        """A length in millimetres."""
        return self.points(name) / POINTS_PER_MM

    def twips(self, name: str) -> int:
        """A length in twentieths of a point, Word's unit."""
        return twips(self.points(name))

    @property
    def character(self) -> float:
        """The width of one 字 of body text, in points."""
        return self.number("body.size") + self.number("body.spacing")

    @property
    def pitch(self) -> float:
        """The height of one line of body text, in points."""
        return self.number("body.pitch")

    @property
    def measure(self) -> float:
        """The width of the type area (版心) in points."""
        return self.points("page.width") - self.points("page.left") - self.points("page.right")

    @property
    def depth(self) -> float:
        """The height of the type area (版心) in points."""
        return self.points("page.height") - self.points("page.top") - self.points("page.bottom")

    def typeface(self, part: str) -> Typeface:
        """The face for a part of the page."""
        if part not in self.typefaces:
            raise TemplateError(f"layout.yaml 的 faces 中没有“{part}”")
        return self.typefaces[part]

    def fill(self, source: str, file: str, families: Mapping[str, str]) -> str:
        """`source` with every ${name} replaced by the parameter.

        Lengths are given in points; a face by the family name that `families` has for its part.

        Raises:
            TemplateError: a name that the profile does not have, with its line in `file`.
        """

        def value(found: re.Match[str]) -> str:
            name = found[1]
            if name not in self.parameters:
                line = source.count("\n", 0, found.start()) + 1
                raise TemplateError(f"{file} 第{line}行：layout.yaml 中没有参数“{name}”")
            parameter = self.parameters[name]
            if parameter.text in families:
                return families[parameter.text]
            return f"{self.points(name):.4f}pt" if parameter.unit in {"mm", "字", "行"} else parameter.text

        return _PLACE.sub(value, source)


def twips(points: float) -> int:
    """Points in twentieths of a point."""
    return round(points * TWIPS_PER_POINT)


def emu(points: float) -> int:
    """Points in the unit of Word's drawings."""
    return round(points * EMU_PER_POINT)


def load(templates: Path) -> Layout:
    """Read the layout profile of a templates folder.

    Raises:
        TemplateError: there is no such file.
        RulesError: the file is not well-formed, lacks a parameter or has an unknown one, with its line.
    """
    path = templates / "layout.yaml"
    if not path.is_file():
        raise TemplateError("templates 文件夹中没有 layout.yaml；请从程序自带的 templates 文件夹中找回")
    entries = read(path, "templates/layout.yaml").mapping(("faces", *SECTIONS))
    typefaces = {part: _typeface(part, entry) for part, entry in entries.pop("faces").entries().items()}
    found = {name: _parameter(name, entry) for name, entry in parameters(entries).items()}
    layout = Layout(found, typefaces)
    _check_faces(layout)
    return layout


def _typeface(part: str, entry: Entry) -> Typeface:
    fields = entry.mapping(("official", "names", "stand_in", "postscript", "rare"))
    return Typeface(
        part,
        fields["official"].text(),
        fields["names"].texts(blank=True),
        fields["stand_in"].text(),
        fields["postscript"].text(),
        fields["rare"].texts(blank=True),
    )


def _parameter(name: str, entry: Entry) -> Parameter:
    fields = entry.mapping(("value", "clause", "strength"))
    text = fields["value"].text()
    measure = _MEASURE.fullmatch(text)
    return Parameter(
        name,
        text,
        float(measure[1]) if measure else None,
        (measure[2] or "") if measure else "",
        fields["clause"].text(),
        fields["strength"].member(Strength),
    )


def _check_faces(layout: Layout) -> None:
    for typeface in layout.typefaces.values():
        for part in typeface.rare:
            layout.typeface(part)
