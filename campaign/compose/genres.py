"""The kinds of document (templates/genres.yaml): template, form, file name, and what one document is
about.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from campaign.compose.blocks import Form
from campaign.errors import RulesError, TemplateError
from campaign.records import DecisionKind
from campaign.rulebook.reader import Entry, read

FILE = "genres.yaml"


class About(StrEnum):
    """What one document of a genre is about, and so which brief it is given."""

    WEEK = "week"
    SCORES = "scores"
    DECISION = "decision"
    SUMMARY = "summary"
    GUIDELINE = "guideline"


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind of document. `decision` is set where a document is about one; `line` is where the genre's file
    name stands in genres.yaml.
    """

    name: str
    title: str
    template: str
    form: Form
    about: About
    decision: DecisionKind | None
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Genres:
    """All kinds of document in the order of the file, and the words that titles must not tear."""

    genres: tuple[Genre, ...]
    words: tuple[str, ...]

    def about(self, about: About) -> tuple[Genre, ...]:
        """The kinds that take one sort of brief."""
        return tuple(genre for genre in self.genres if genre.about is about)


def load(templates: Path) -> Genres:
    """The list of genres. Raises TemplateError, naming the line, where it is missing or wrong."""
    path = templates / FILE
    if not path.is_file():
        raise TemplateError(f"模板文件夹 {templates.name} 中没有 {FILE}")
    try:
        top = read(path, f"{templates.name}/{FILE}").mapping(("genres", "words"))
        genres = tuple(_genre(name, entry) for name, entry in top["genres"].entries().items())
        return Genres(genres, top["words"].texts(blank=True))
    except RulesError as error:
        raise TemplateError(str(error)) from error


def _genre(name: str, entry: Entry) -> Genre:
    keys = entry.mapping(("title", "template", "form", "about", "file"), ("decision",))
    about = keys["about"].member(About)
    if (about is About.DECISION) != ("decision" in keys):
        entry.refuse("about 为 decision 的要写明 decision（处置种类），其他的不写")
    return Genre(
        name=name,
        title=keys["title"].text(),
        template=keys["template"].text(),
        form=keys["form"].member(Form),
        about=about,
        decision=keys["decision"].member(DecisionKind) if "decision" in keys else None,
        file=keys["file"].text(),
        line=keys["file"].line,
    )
