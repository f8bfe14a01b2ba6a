"""What a week is made from, taken once: inputs, rules and templates as bytes, laid out to be read.

What is issued must be made from the very bytes that are archived with it. So they are read once, laid out in
a folder of their own, and everything works from there; a rebuilding lays out the archived ones in the same
way.
"""

import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from campaign.history.archive import INPUTS, RULES, TEMPLATES, Issued
from campaign.history.publish import digest
from campaign.intake.reading import list_files
from campaign.press.bundle import digests, files_below
from campaign.press.folders import Folders, NoInputError

_FONTS = "fonts/"  # below the templates: faces that the office owns. They are not archived, their digests are
_LIBRARIES = ("weasyprint", "python-docx", "openpyxl", "jinja2", "matplotlib", "uharfbuzz", "chinesecalendar")
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a week is made from, by path below its own folder; `fonts` is digests alone."""

    inputs: Mapping[str, bytes]
    rules: Mapping[str, bytes]
    templates: Mapping[str, bytes]
    faces: Mapping[str, bytes]  # the office's own, by path below the templates
    fonts: Mapping[str, str]

    def frozen(self) -> dict[str, bytes]:
        """As it is kept beside the documents."""
        parts = ((INPUTS, self.inputs), (RULES, self.rules), (TEMPLATES, self.templates))
        return {f"{part}/{name}": data for part, files in parts for name, data in sorted(files.items())}


def gather(folders: Folders) -> Material:
    """What lies in the folders now.

    Raises:
        NoInputError: there are no workbooks.
    """
    found = list_files(folders.input) if folders.input.is_dir() else None
    if found is None or not (found.tables or found.others):
        raise NoInputError(folders.input)
    names = (*found.tables, *found.locks, *found.others)
    templates = _contents(folders.templates, files_below(folders.templates))
    return Material(
        inputs=_contents(folders.input, names),
        rules=_contents(folders.rules, files_below(folders.rules)),
        templates={name: data for name, data in templates.items() if not name.startswith(_FONTS)},
        faces=(faces := {name: data for name, data in templates.items() if name.startswith(_FONTS)}),
        fonts=_font_digests(folders, faces),
    )


def archived(issued: Issued, folders: Folders) -> Material:
    """What an issued week was made from, out of the archive; the fonts are those that are here now."""
    faces = {n: d for n, d in _present(folders.templates).items() if n.startswith(_FONTS)}
    manifest = issued.manifest
    return Material(
        inputs=_contents(issued.path / INPUTS, tuple(manifest.inputs)),
        rules=_contents(issued.path / RULES, tuple(manifest.rules)),
        templates=_contents(issued.path / TEMPLATES, tuple(manifest.templates)),
        faces=faces,
        fonts=_font_digests(folders, faces),
    )


def lay_out(material: Material, folders: Folders, place: Path) -> Folders:
    """The material as folders below `place`, to be read like those it came from."""
    for name, data in (
        material.frozen() | {f"{TEMPLATES}/{n}": d for n, d in material.faces.items()}
    ).items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for part in (INPUTS, RULES, TEMPLATES):
        (place / part).mkdir(exist_ok=True)
    return replace(folders, input=place / INPUTS, rules=place / RULES, templates=place / TEMPLATES)


@cache
def made_with() -> dict[str, str]:
    """What bytes depend on beside their material: the program's own text, Python and the libraries."""
    text = sha256()
    for path in sorted(p for p in _PACKAGE.rglob("*") if p.suffix in {".py", ".yaml", ".xml"}):
        text.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return {
        "code": text.hexdigest(),
        "python": ".".join(map(str, sys.version_info[:3])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: version(name) for name in _LIBRARIES},
    }


def _contents(root: Path, names: tuple[str, ...] | list[str]) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in sorted(names)}


def _present(root: Path) -> dict[str, bytes]:
    return _contents(root, [n for n in files_below(root) if n.startswith(_FONTS)])


def _font_digests(folders: Folders, faces: Mapping[str, bytes]) -> dict[str, str]:
    common = digests(folders.fonts, files_below(folders.fonts))
    return {**common, **{f"templates/{name}": digest(data) for name, data in sorted(faces.items())}}
