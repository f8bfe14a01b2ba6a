"""What a check looks at, and what it says: the one shape of all checks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from campaign.intake.entries import Entry
from campaign.intake.offices import LedgerFile
from campaign.records import Books, CellRef
from campaign.rulebook.model import Campaign, Rulebook


@dataclass(frozen=True, slots=True)
class Material:
    """All that was read.

    `ledgers` are those that count, with the rows that wait among their entries. `digests` is file → SHA-256,
    `earlier` SHA-256 → where a file of the same bytes lay in an earlier week, as "2023-04-21/台账/丹砂.xlsx".
    """

    books: Books
    rulebook: Rulebook
    ledgers: tuple[LedgerFile, ...] = ()
    roster_file: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)

    @property
    def campaign(self) -> Campaign:
        """The campaign of the rulebook."""
        return self.rulebook.campaign

    @property
    def entries(self) -> Iterator[Entry]:
        """The rows of all ledgers, each once."""
        return (entry for ledger in self.ledgers for entry in ledger.entries)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a check found something; `words` fill the message of the check's kind of fault."""

    ref: CellRef
    value: str = ""
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """A check and the code of what it finds."""

    code: str
    find: Callable[[Material], Iterable[Finding]]
