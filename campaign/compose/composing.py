"""From a genre and a brief to a document."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from campaign.compose import genres as listing
from campaign.compose.blocks import Block, Document, Title
from campaign.compose.brief import Source
from campaign.compose.environment import Templates
from campaign.compose.filters import bare
from campaign.compose.genres import About, Genre
from campaign.compose.parsing import parse
from campaign.rulebook.model import Campaign

# What Windows does not allow in a file's name, and what stands for it.
_FORBIDDEN = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST = 200  # bytes; file systems allow 255 with the extension
_NAME = re.compile(r"[^\W\d_]{2,20}")  # what may be a name; sentences have punctuation
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a document is made from beside its genre: the brief, its date, its state and the texts it may
    print.
    """

    brief: object
    dated_on: date
    draft: bool
    sources: tuple[Source, ...]


class Composer:
    """Composes documents from the templates of one folder."""

    def __init__(self, folder: Path) -> None:
        listed = listing.load(folder)
        self._genres = listed
        self._templates = Templates(folder)

    def genres(self, about: About) -> tuple[Genre, ...]:
        """The kinds of document that take one sort of brief."""
        return self._genres.about(about)

    def numbered(self, genre: Genre) -> Genre:
        """The kind whose number stands on a document of this kind."""
        return self._genres.numbered(genre)

    def compose(self, genre: Genre, sheet: Sheet) -> Document:
        """One document. Raises TemplateError where its template is wrong."""
        markup = self._templates.render(genre.template, sheet.brief)
        campaign = getattr(sheet.brief, "campaign", None)
        if isinstance(campaign, Campaign):
            markup = campaign.nouns.fill(markup)
        blocks = parse(markup, genre.template, (*self._genres.words, *_names(sheet)))
        name = self._templates.line(genre.file, sheet.brief, f"{listing.FILE} 第{genre.line}行")
        document = Document(
            genre=genre.name,
            name=file_name(name),
            title=_title(blocks) or genre.title,
            form=genre.form,
            dated_on=sheet.dated_on,
            blocks=blocks,
            draft=sheet.draft,
            embeds=genre.embeds,
        )
        return replace(document, sources=_printed(document, sheet.sources))


def _names(sheet: Sheet) -> Iterator[str]:
    """The names that a title must not tear: the campaign's own, and those of rosters and ledgers."""
    campaign = getattr(sheet.brief, "campaign", None)
    if isinstance(campaign, Campaign):
        yield from (campaign.name, campaign.county, campaign.leading_group)
        yield from (campaign.office, campaign.office_short)
        yield from (agency.name for agency in campaign.agencies)
    yield from (text for text, _ in sheet.sources if _NAME.fullmatch(text))


def file_name(text: str) -> str:
    """A text as a file's name on any system: forbidden characters full-width, blanks trimmed, not too
    long.
    """
    name = _CONTROL.sub("", text.translate(_FORBIDDEN)).strip(" .\u3000")
    return name.encode()[:_LONGEST].decode(errors="ignore") or "未命名"


def distinct(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The same documents with no two of one name: the second of a name is called …（2）."""
    seen: Counter[str] = Counter()
    result = []
    for document in documents:
        key = document.name.casefold()  # Windows does not tell A from a
        seen[key] += 1
        count = seen[key]
        result.append(replace(document, name=f"{document.name}（{count}）") if count > 1 else document)
    return tuple(result)


def _title(blocks: Iterable[Block]) -> str:
    return next(("".join(block.lines) for block in blocks if isinstance(block, Title)), "")


def _printed(document: Document, sources: Iterable[Source]) -> tuple[Source, ...]:
    """Those of the sources whose text is in the document; templates may cut closing punctuation and
    blanks.
    """
    text = _BLANKS.sub("", document.outline().replace("⏎", ""))
    return tuple(
        source for source in sources if (inked := _BLANKS.sub("", bare(source[0]))) and inked in text
    )
