"""Which numbers a week gets: of the bulletin (期号) and of the notices (文号).

Numbers are used up where the archive or the register has them, by us or by the clerk's own hand; the next one
is one more than the highest. Gaps stay: a number that was given and taken back is not given again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from campaign.assess.lifting import liftings
from campaign.compose.genres import ISSUES, About, Genre, Genres
from campaign.history import archive, register
from campaign.history.archive import Issued
from campaign.history.register import Register, Taken
from campaign.press.week import issue_number
from campaign.records import DocumentNumber, Week
from campaign.rulebook.model import Campaign, Rulebook


@dataclass(frozen=True, slots=True)
class Standing:
    """What is issued, and which numbers are used up."""

    known: tuple[Issued, ...] = ()
    register: Register = field(default_factory=Register)

    def issued_on(self, as_of: date) -> Issued | None:
        """The last edition of a week; None where it is not issued."""
        return next((week for week in reversed(self.known) if week.manifest.as_of == as_of), None)


def told(output: Path) -> tuple[Standing, str]:
    """What archive and register say, for a draft: a register that cannot be read is told of, and left out.

    Raises:
        BrokenArchiveError: the archive cannot be read.
    """
    known = archive.issued(output)
    try:
        return Standing(known, register.read(output)), ""
    except register.RegisterError as trouble:
        return Standing(known), str(trouble)


def propose(standing: Standing, genres: Genres, campaign: Campaign, as_of: date) -> tuple[int, int | None]:
    """The number and total number (总第N期) of the bulletin of a week.

    An issued week keeps its own. Before the first issue the number is what it would be if every week since
    the first had had a bulletin, and there is no total number yet.
    """
    issued = standing.issued_on(as_of)
    if issued:
        return issued.manifest.number, issued.manifest.total_number
    bulletins = _bulletins(standing, genres)
    if not bulletins:
        return issue_number(campaign, as_of), None
    number = 1 + max((one.number for one in bulletins if one.year == as_of.year), default=0)
    return number, 1 + max(max(one.total or 0, one.number) for one in bulletins)


def numbered(week: Week, rulebook: Rulebook, genres: Genres) -> Iterator[tuple[Genre, str]]:
    """The documents of a week that take a 文号: kind, and whom they are about ("" where several)."""
    decisions = week.assessment.decisions
    kinds = [genre for genre in genres.genres if genre.stream and genre.stream != ISSUES]
    for genre in kinds:
        if genre.about is About.DECISION:
            yield from ((genre, d.subject) for d in decisions if d.kind is genre.decision)
        elif genre.about is About.DECISIONS and any(d.kind is genre.decision for d in decisions):
            yield genre, ""
        elif genre.about is About.LIFTING:
            yield from ((genre, lifted.subject) for lifted in liftings(week, rulebook, genre.kind))


def assign(
    standing: Standing, genres: Genres, week: Week, rulebook: Rulebook, kept: Sequence[DocumentNumber] = ()
) -> tuple[DocumentNumber, ...]:
    """A number for each notice of a week, in the order of genres.yaml and of the decisions.

    `kept` are numbers that notices have already, which stay theirs.
    """
    year, code = week.as_of.year, rulebook.campaign.agency_code
    before = {(one.genre, one.subject): one for one in kept}
    highest: dict[str, int] = {}
    numbers: dict[tuple[str, str], DocumentNumber] = {}
    for genre, subject in numbered(week, rulebook, genres):
        key = (genre.name, subject)
        if key in numbers:
            continue
        if key in before:
            numbers[key] = before[key]
            continue
        series = code + genre.stream
        last = highest.get(series) or _highest(standing, series, year)
        highest[series] = last + 1
        text = register.document_number(code, genre.stream, year, last + 1)
        numbers[key] = DocumentNumber(*key, genre.stream, year, last + 1, text)
    return tuple(numbers.values())


def _highest(standing: Standing, series: str, year: int) -> int:
    issued = [
        number.number
        for week in standing.known
        for paper in week.manifest.documents
        if (number := register.taken_by(paper, week.manifest.folder))
        and (number.series, number.year) == (series, year)
    ]
    return max([register.highest(standing.register.taken, series, year), *issued])


def _bulletins(standing: Standing, genres: Genres) -> list[Taken]:
    """The numbers of bulletins, from the register and from the archive.

    A row by hand that does not say what kind of document it is counts as a bulletin.
    """
    kinds = {"", *(genre.title for genre in genres.genres if genre.stream == ISSUES)}
    mine = [
        Taken("", m.as_of.year, m.number, m.total_number, m.edition, m.folder, "")
        for m in (week.manifest for week in standing.known)
    ]
    return [*mine, *(one for one in standing.register.taken if one.of_issue and one.series in kinds)]
