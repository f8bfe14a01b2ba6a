"""A week from end to end, and what later weeks know of it."""

from dataclasses import dataclass
from datetime import date

from campaign.records.changes import NO_CHANGES, Changes
from campaign.records.faults import Fault
from campaign.records.reports import Books
from campaign.records.results import Assessment


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number under which a document is issued: 文号 of a notice.

    `stream` is what shares one run of numbers (templates/genres.yaml); `text` is the number as printed.
    """

    genre: str
    subject: str
    stream: str
    year: int
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One week as it was written to its folder: all that later weeks and the summary know of it."""

    number: int
    books: Books
    assessment: Assessment
    draft: bool = True
    program: str = ""
    changes: Changes = NO_CHANGES
    total_number: int | None = None  # 总第N期
    numbers: tuple[DocumentNumber, ...] = ()
    edition: int = 0  # 0 the original, 1 the first corrected edition (更正)
    correction: str = ""  # why it was corrected

    @property
    def as_of(self) -> date:
        """The closing date (截至)."""
        return self.books.as_of


@dataclass(frozen=True, slots=True)
class Week:
    """One week from end to end: what came in, what follows, and what the weeks before said (oldest first)."""

    number: int
    books: Books
    faults: tuple[Fault, ...]
    assessment: Assessment
    past: tuple[Snapshot, ...] = ()
    draft: bool = True
    changes: Changes = NO_CHANGES
    total_number: int | None = None
    numbers: tuple[DocumentNumber, ...] = ()  # empty in a draft: the documents leave room for them
    edition: int = 0
    correction: str = ""
    corrects: Snapshot | None = None  # the edition that this one corrects

    @property
    def as_of(self) -> date:
        """The closing date (截至)."""
        return self.books.as_of

    @property
    def last(self) -> Snapshot | None:
        """The week before this one, if it is known."""
        return self.past[-1] if self.past else None

    @property
    def blocked(self) -> bool:
        """Whether a fault forbids issuing this week."""
        return any(f.blocks for f in self.faults)
