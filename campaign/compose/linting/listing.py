"""What is wrong in the list of genres, all of it at once."""

import re
from collections.abc import Iterator
from pathlib import Path

from campaign.compose.complaints import suggestion
from campaign.compose.genres import FILE, Genre, read_genre
from campaign.compose.linting.mistakes import Mistake
from campaign.errors import RulesError
from campaign.rulebook.reader import read

_PLACE = re.compile(r".*? 第(\d+)行：(.*)", re.DOTALL)


def read_listing(folder: Path) -> tuple[tuple[Genre, ...], tuple[Mistake, ...]]:
    """The genres that can be read, and what is wrong with the others."""
    if not (folder / FILE).is_file():
        return (), (Mistake(FILE, 0, f"模板文件夹 {folder.name} 中没有 {FILE}"),)
    try:
        parts = read(folder / FILE, FILE).mapping(("genres", "words"))
        entries = parts["genres"].entries()
    except RulesError as error:
        return (), (_mistake(error),)
    genres: list[Genre] = []
    mistakes: list[Mistake] = []
    for name, entry in entries.items():
        try:
            genres.append(read_genre(name, entry))
        except RulesError as error:
            mistakes.append(_mistake(error))
    try:
        parts["words"].texts(blank=True)
    except RulesError as error:
        mistakes.append(_mistake(error))
    mistakes += _held_together(genres, folder)
    return tuple(genres), tuple(mistakes)


def _mistake(error: RulesError) -> Mistake:
    found = _PLACE.fullmatch(str(error))
    return Mistake(FILE, int(found[1]), found[2]) if found else Mistake(FILE, 0, str(error))


def _held_together(genres: list[Genre], folder: Path) -> Iterator[Mistake]:
    """Templates that are not there, and file names that two genres share."""
    files = [path.name for path in folder.glob("*.html")]
    named: dict[str, Genre] = {}
    for genre in genres:
        if genre.template not in files:
            remedy = suggestion(genre.template, files)
            yield Mistake(FILE, genre.line, f"公文“{genre.name}”的模板 {genre.template} 不存在{remedy}")
        first = named.setdefault(genre.file, genre)
        if first is not genre:
            yield Mistake(
                FILE,
                genre.line,
                f"公文“{genre.name}”和“{first.name}”（第{first.line}行）的文件名都是“{genre.file}”，请改得不一样",
            )
