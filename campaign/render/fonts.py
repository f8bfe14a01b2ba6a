"""Which faces there are, what stands in for which, and which face has which character.

Faces that the office owns lie in templates/fonts/ and are preferred; the stand-ins lie in .fonts/, where
set-up puts them. No face of the machine is ever used: the same input must look the same everywhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from campaign.compose.blocks import Document
from campaign.errors import RenderError
from campaign.records import CellRef
from campaign.render.geometry.layout import Layout, Typeface
from campaign.render.text import SPACES, characters, needs_glyph

_SUFFIXES = {".otf", ".ttf", ".ttc", ".otc"}
_NAME_IDS = {1, 4, 6, 16}  # family, full name, PostScript name, typographic family
_POSTSCRIPT_NAME = 6
_EM = 1000
_LARGE = 20_000  # glyphs: faces with more are dealt out in shares
_SHARE = 8192  # characters
# Keys of a face's cache; the others are characters.
_FONT = "font"
_TWINS = "twins"
_WHOLE_SHARE = "whole share"


@dataclass(frozen=True, slots=True)
class Substitution:
    """A face that was asked for and is not there: its official name, the face used in its place, and why."""

    asked: str
    used: str
    why: str


class MissingFaceError(RenderError):
    """A font file that set-up should have brought is not there."""

    def __init__(self, file: str, folder: Path) -> None:
        self.file = file
        super().__init__(f"缺少字体文件 {file}（应在 {folder.name} 文件夹中）：请运行 make setup")


class MissingGlyphError(RenderError):
    """A character that no font has. `cell` is where it was typed; None where it came from elsewhere."""

    def __init__(self, character: str, document: str, cell: CellRef | None) -> None:
        self.character = character
        self.code_point = f"U+{ord(character):04X}"
        self.document = document
        self.cell = cell
        place = f"出自{cell}" if cell else "不是从表格中读来的，请检查模板和规则文件"
        super().__init__(
            f"《{document}》中的“{character}”（{self.code_point}）没有字体能印出，{place}。"
            "请改用通用的字，或把有这个字的字体文件放进 templates/fonts 文件夹"
        )


@dataclass(frozen=True, slots=True)
class Face:
    """One face in use: its own name, and where it lies. `owned` faces are the office's.

    A very large face is dealt out in several: `dealt` is then the share of characters that this one has.
    """

    name: str  # PostScript name
    path: Path
    index: int
    owned: bool
    covered: frozenset[int] = field(repr=False, compare=False)
    dealt: bool = field(repr=False, compare=False, default=False)
    _cache: dict[str, Any] = field(repr=False, compare=False, default_factory=dict)

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for a character."""
        return ord(character) in self.covered

    def advance(self, character: str) -> float:
        """The width of a character in em; 1 for one that the face lacks."""
        if character not in self._cache:
            font = self._font()
            glyph = font.get_nominal_glyph(ord(character))
            width = 1.0 if glyph is None else font.get_glyph_h_advance(glyph) / font.face.upem
            self._cache[character] = width
        return float(self._cache[character])

    @property
    def baseline(self) -> float:
        """Where the baseline lies in a line as high as the type is large, in em from its upper edge."""
        font = self._font()
        extents = font.get_font_extents("ltr")
        return float((font.face.upem + extents.ascender + extents.descender) / 2 / font.face.upem)

    def ink(self, text: str) -> tuple[float, float]:
        """The upper and lower edge of a text's ink above the baseline, in em; (1, 0) where it has none."""
        font = self._font()
        glyphs = [glyph for c in text if (glyph := font.get_nominal_glyph(ord(c)))]
        boxes = [box for glyph in glyphs if (box := font.get_glyph_extents(glyph)) and box.height]
        if not boxes:
            return 1.0, 0.0
        upem = font.face.upem
        return max(b.y_bearing for b in boxes) / upem, min(b.y_bearing + b.height for b in boxes) / upem

    def outline(self, character: str, pen: object) -> None:
        """Draw a character with a pen that knows moveTo, lineTo, curveTo, qCurveTo and closePath.

        There are 1000 units to the em.
        """
        font = hb.Font(self._font().face)
        font.scale = (_EM, _EM)
        font.draw_glyph_with_pen(font.get_nominal_glyph(ord(character)) or 0, pen)

    def subset(self, wanted: Iterable[str]) -> bytes:
        """A font file with this face alone, cut down to the wanted characters.

        Glyphs keep their numbers, so that a document's bytes do not depend on what else was printed with it.
        """
        if self.dealt and _WHOLE_SHARE not in self._cache:
            # The share is always cut out whole first, which numbers its glyphs alike every time. Without
            # layout features and subroutines that takes a third of the time and memory.
            flags = hb.SubsetFlags.DESUBROUTINIZE
            self._cache[_WHOLE_SHARE] = hb.Face(_cut(self._font().face, self.covered, flags, features=False))
        source = self._cache[_WHOLE_SHARE] if self.dealt else self._font().face
        twins = self._twins()
        codes = {twin for c in (*wanted, *SPACES) if self.has(c) for twin in twins[ord(c)]}
        return _cut(source, codes, hb.SubsetFlags.RETAIN_GIDS)

    def _twins(self) -> dict[int, list[int]]:
        """For each code point all those with the same glyph. They go together, or the font's tables would
        differ by whether another document used the other.
        """
        if _TWINS not in self._cache:
            glyph, of_glyph = self._font().get_nominal_glyph, defaultdict[int, list[int]](list)
            for code in self.covered:
                of_glyph[glyph(code)].append(code)
            self._cache[_TWINS] = {code: twins for twins in of_glyph.values() for code in twins}
        twins: dict[int, list[int]] = self._cache[_TWINS]
        return twins

    @property
    def glyphs(self) -> int:
        """How many glyphs the face's file has."""
        return int(self._font().face.glyph_count)

    def _font(self) -> hb.Font:
        if _FONT not in self._cache:
            blob = hb.Blob.from_file_path(str(self.path))
            self._cache[_FONT] = hb.Font(hb.Face(blob, self.index))
        return self._cache[_FONT]


def _cut(face: hb.Face, codes: Iterable[int], flags: hb.SubsetFlags, *, features: bool = True) -> bytes:
    order = hb.SubsetInput()
    if not features:
        order.layout_feature_tag_set.clear()
    order.unicode_set.clear()
    order.unicode_set.update(codes)
    order.flags = flags
    return bytes(hb.subset(face, order).blob.data)


def _shares(face: Face) -> tuple[Face, ...]:
    """A face as it goes into PDFs: itself, or, where it is very large, dealt out in several.

    What a document costs in time and size grows with the number of glyphs of its faces' files, not with those
    it uses: 65,000 of them cost 40 ms a document. The first share has what GB 2312 has, the others the rest.
    """
    if face.glyphs <= _LARGE:
        return (face,)
    first = face.covered & gb2312()
    rest = sorted(face.covered - first)
    lots = [first, *(frozenset(rest[start : start + _SHARE]) for start in range(0, len(rest), _SHARE))]
    names = [face.name, *(f"{face.name}-{number}" for number in range(1, len(lots)))]
    return tuple(
        Face(name, face.path, face.index, face.owned, lot, dealt=True)
        for name, lot in zip(names, lots, strict=True)
    )


@lru_cache(maxsize=1)
def gb2312() -> frozenset[int]:
    """ASCII, the spaces, and the code points of GB 2312: 6,763 Chinese characters and 682 signs."""
    pairs = (bytes((lead, trail)) for lead in range(0xA1, 0xF8) for trail in range(0xA1, 0xFF))
    signs = {ord(c) for pair in pairs for c in pair.decode("gbk", "ignore")}
    return frozenset(signs | set(range(0x20, 0x7F)) | set(map(ord, SPACES)))


class Faces:
    """The faces for every part of the page.

    Faces in templates/fonts/ that play no part of their own are asked last for rare characters.
    """

    def __init__(self, layout: Layout, templates: Path, fonts: Path) -> None:
        owned = _owned(templates / "fonts")
        self._parts: dict[str, Face] = {}
        self._substitutions: list[Substitution] = []
        for part, typeface in layout.typefaces.items():
            face = next((owned[n.casefold()] for n in typeface.names if n.casefold() in owned), None)
            self._parts[part] = face or _stand_in(typeface, fonts)
            if face is None and typeface.names:
                self._substitutions.append(_substitution(typeface))
        wholes = dict.fromkeys((*self._parts.values(), *owned.values()))
        self._shares = {face: _shares(face) for face in wholes}
        self._all = tuple(share for shares in self._shares.values() for share in shares)
        self._chains = {part: self._chain(typeface) for part, typeface in layout.typefaces.items()}
        self._everything = frozenset[int]().union(*(face.covered for face in wholes))

    def _chain(self, typeface: Typeface) -> tuple[Face, ...]:
        """The faces asked in turn: the part's own, those that the layout names for it, then any other."""
        wholes = (self._parts[part] for part in (typeface.part, *typeface.rare))
        return tuple(
            dict.fromkeys((*(s for whole in wholes for s in self._shares[whole]), *reversed(self._all)))
        )

    def __getitem__(self, part: str) -> Face:
        """The face that plays a part, whole."""
        return self._parts[part]

    def first(self, part: str) -> Face:
        """The face, or share of a face, that most characters of a part are set in."""
        return self._chains[part][0]

    def __iter__(self) -> Iterator[Face]:
        """All faces and shares of faces, each once."""
        return iter(self._all)

    @property
    def substitutions(self) -> tuple[Substitution, ...]:
        """The official faces that are not there, and what stands in for them."""
        return tuple(self._substitutions)

    def runs(self, part: str, text: str) -> list[tuple[Face, str]]:
        """`text` cut where the face must change. What needs no glyph stays with what stands before it."""
        own = self.first(part)
        if own.covered.issuperset(map(ord, text)):
            return [(own, text)] if text else []
        runs: list[tuple[Face, str]] = []
        for character in text:
            before = runs[-1][0] if runs else own
            face = self._face_for(part, character) if needs_glyph(character) else before
            if runs and before is face:
                runs[-1] = (face, runs[-1][1] + character)
            else:
                runs.append((face, character))
        return runs

    def _face_for(self, part: str, character: str) -> Face:
        chain = self._chains[part]
        return next((face for face in chain if face.has(character)), chain[0])

    def width(self, part: str, text: str) -> float:
        """The width of a text in em, without letter spacing."""
        own = self._parts[part]
        return sum(own.advance(c) for c in text)

    def ink(self, part: str, text: str) -> tuple[float, float]:
        """How far the ink of a line of text stays within the line's upper and lower edge, in em, where the
        line is as high as the type is large; below zero where it passes them.
        """
        own = self._parts[part]
        upper, lower = own.ink(text)
        middle = own.baseline
        return middle - upper, 1 - middle + lower

    def check(self, document: Document) -> None:
        """See that every character of a document has a glyph.

        Raises:
            MissingGlyphError: a character that no font has, with the cell it came from.
        """
        for character in sorted(characters(document)):
            if ord(character) not in self._everything:
                raise MissingGlyphError(character, document.name, _cell(document, character))


def _cell(document: Document, character: str) -> CellRef | None:
    return next((ref for text, ref in document.sources if character in text), None)


def _owned(folder: Path) -> dict[str, Face]:
    """The office's faces by every name they carry, lower-cased; the file first by name wins."""
    found: dict[str, Face] = {}
    if not folder.is_dir():
        return found
    for path in sorted(p for p in folder.iterdir() if p.suffix.lower() in _SUFFIXES):
        blob = hb.Blob.from_file_path(str(path))
        for index in range(hb.Face(blob, 0).count):
            face = _face(path, index, owned=True)
            for name in _names(hb.Face(blob, index)):
                found.setdefault(name.casefold(), face)
    return found


def _names(face: hb.Face) -> Iterator[str]:
    for entry in face.list_names():
        if entry.name_id in _NAME_IDS and (name := face.get_name(entry.name_id, entry.language)):
            yield name


def _face(path: Path, index: int, *, owned: bool) -> Face:
    face = hb.Face(hb.Blob.from_file_path(str(path)), index)
    name = face.get_name(_POSTSCRIPT_NAME) or path.stem
    return Face(name, path, index, owned, frozenset(face.unicodes))


def _stand_in(typeface: Typeface, fonts: Path) -> Face:
    path = fonts / typeface.stand_in
    if not path.is_file():
        raise MissingFaceError(typeface.stand_in, fonts)
    blob = hb.Blob.from_file_path(str(path))
    for index in range(hb.Face(blob, 0).count):
        if hb.Face(blob, index).get_name(_POSTSCRIPT_NAME) == typeface.postscript:
            return _face(path, index, owned=False)
    raise MissingFaceError(f"{typeface.stand_in}（其中没有 {typeface.postscript}）", fonts)


def _substitution(typeface: Typeface) -> Substitution:
    return Substitution(
        typeface.official,
        typeface.postscript,
        f"templates/fonts 文件夹中没有“{typeface.official}”，PDF 中以 {typeface.stand_in} 代替",
    )
