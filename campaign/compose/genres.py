"""The kinds of document (templates/genres.yaml): template, form, file name, and what one document is
about.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from campaign.compose.blocks import Embedded, Form, Relation
from campaign.errors import RulesError, TemplateError
from campaign.records import DecisionKind
from campaign.rulebook.reader import Entry, read

FILE = "genres.yaml"
ISSUES = "期"  # the stream of the bulletin: it has the number of the issue (第5期) instead of a 文号


class Retention(StrEnum):
    """How long the archives keep it (保管期限; 国家档案局令第8号, 2006)."""

    FOR_EVER = "永久"
    THIRTY_YEARS = "30年"
    TEN_YEARS = "10年"


class About(StrEnum):
    """What one document of a genre is about, and so which brief it is given."""

    WEEK = "week"
    SCORES = "scores"
    DECISION = "decision"
    DECISIONS = "decisions"
    LIFTING = "lifting"
    SUMMARY = "summary"
    SUMMARY_SUBDISTRICT = "summary_subdistrict"
    GUIDELINE = "guideline"
    PHOTOS = "photos"
    CORRECTION = "correction"
    DISTRIBUTION = "distribution"
    DOSSIER = "dossier"
    HOLDINGS = "holdings"


class Receiver(StrEnum):
    """Who gets printed copies of a document (分送): so many for each of a kind."""

    REPORTED_TO = "reported_to"  # 报: as campaign.yaml lists them
    SUBDISTRICTS = "subdistricts"
    AGENCIES = "agencies"
    COMPANIES = "companies"
    SUBJECT = "subject"  # whom the document is about
    OVERSEERS = "overseers"  # the subdistricts of a company that the document is about
    FILE = "file"  # the office's own files


# What is about decisions, of the kind that the genre names.
_OF_DECISIONS = (About.DECISION, About.DECISIONS, About.LIFTING)


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind of document. `decision` is set where a document is about one or several; `stream` names the
    run of document numbers that it takes one from, "" where it has none; `line` is where the genre's file
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
    stream: str = ""
    retention: Retention | None = None  # None: filed with another document of its week
    order: int | None = None  # its place in the week's print set; those without one come last
    copies: Mapping[Receiver, int] = field(default_factory=lambda: {Receiver.FILE: 1})
    embeds: tuple[Embedded, ...] = ()  # files of the week that its PDF carries

    @property
    def place(self) -> tuple[bool, int]:
        """What to sort by for printing."""
        return self.order is None, self.order or 0

    @property
    def kind(self) -> DecisionKind:
        """The kind of decision that a document of this genre is about.

        Raises:
            ValueError: it is about none.
        """
        if self.decision is None:
            raise ValueError(f"{self.name} is about no decision")
        return self.decision


@dataclass(frozen=True, slots=True)
class Genres:
    """All kinds of document in the order of the file, and the words that titles must not tear."""

    genres: tuple[Genre, ...]
    words: tuple[str, ...]

    def about(self, about: About) -> tuple[Genre, ...]:
        """The kinds that take one sort of brief."""
        return tuple(genre for genre in self.genres if genre.about is about)

    def numbered(self, genre: Genre) -> Genre:
        """The kind whose number stands on a document: its own, or for one without a number that of the
        notice of the same decision, which it belongs to.
        """
        if genre.stream or genre.decision is None:
            return genre
        kin = (g for g in self.genres if g.stream and g.decision is genre.decision)
        return next(kin, genre)


def load(templates: Path) -> Genres:
    """The list of genres. Raises TemplateError, naming the line, where it is missing or wrong."""
    path = templates / FILE
    if not path.is_file():
        raise TemplateError(f"模板文件夹 {templates.name} 中没有 {FILE}")
    try:
        top = read(path, f"{templates.name}/{FILE}").mapping(("genres", "words"))
        genres = tuple(read_genre(name, entry) for name, entry in top["genres"].entries().items())
        return Genres(genres, top["words"].texts(blank=True))
    except RulesError as error:
        raise TemplateError(str(error)) from error


def read_genre(name: str, entry: Entry) -> Genre:
    """One kind of document. Raises RulesError, naming the line, where it is wrong."""
    keys = entry.mapping(
        ("title", "template", "form", "about", "file"),
        ("decision", "stream", "retention", "order", "copies", "embeds"),
    )
    about = keys["about"].member(About)
    if (about in _OF_DECISIONS) != ("decision" in keys):
        names = "、".join(_OF_DECISIONS)
        entry.refuse(f"about 为 {names} 的要写明 decision（处置种类），其他的不写")
    return Genre(
        name=name,
        title=keys["title"].text(),
        template=keys["template"].text(),
        form=keys["form"].member(Form),
        about=about,
        decision=keys["decision"].member(DecisionKind) if "decision" in keys else None,
        file=keys["file"].text(),
        line=keys["file"].line,
        stream=keys["stream"].text() if "stream" in keys else "",
        retention=keys["retention"].member(Retention) if "retention" in keys else None,
        order=keys["order"].whole(1) if "order" in keys else None,
        copies=_copies(keys["copies"]) if "copies" in keys else {Receiver.FILE: 1},
        embeds=_embeds(keys["embeds"]) if "embeds" in keys else (),
    )


def _embeds(entry: Entry) -> tuple[Embedded, ...]:
    """Path in the week's folder → what the file is to the document."""
    return tuple(Embedded(path, relation.member(Relation)) for path, relation in entry.entries().items())


def _copies(entry: Entry) -> Mapping[Receiver, int]:
    """Kind of recipient → copies for each."""
    return {Receiver(kind): count.whole(1) for kind, count in entry.mapping((), tuple(Receiver)).items()}
