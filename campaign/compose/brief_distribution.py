"""What the distribution and signing list (分发签收单) may say: who gets how many copies of which document."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from campaign.compose.blocks import Document
from campaign.compose.brief import Source, sources
from campaign.compose.genres import Genre, Receiver
from campaign.records import Decision, Roster, SubjectKind, Week
from campaign.rulebook.model import Campaign, Rulebook


@dataclass(frozen=True, slots=True)
class Printed:
    """One document of the week: whom it is about, if about one, and what each kind of recipient gets."""

    document: Document
    genre: Genre
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Copies of one document for one recipient. `number` is its place in the printing order, from 1."""

    name: str
    copies: int
    number: int


@dataclass(frozen=True, slots=True)
class Share:
    """The documents, by their numbers, of which one recipient gets equally many copies."""

    numbers: tuple[int, ...]
    copies: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line to sign: what one recipient gets. `own` says that these are the office's own files."""

    name: str
    sheaves: tuple[Sheaf, ...]
    own: bool

    @property
    def copies(self) -> int:
        """All copies that go to this recipient."""
        return sum(sheaf.copies for sheaf in self.sheaves)

    @property
    def shares(self) -> tuple[Share, ...]:
        """The same by how many copies, fewest first: what fits into one line of the list."""
        counts = sorted({sheaf.copies for sheaf in self.sheaves})
        return tuple(
            Share(tuple(sorted(s.number for s in self.sheaves if s.copies == count)), count)
            for count in counts
        )


@dataclass(frozen=True, slots=True)
class DistributionBrief:
    """The week's documents in printing order with how many copies to print, and who signs for which."""

    campaign: Campaign
    number: int
    as_of: date
    documents: tuple[Sheaf, ...]
    recipients: tuple[Recipient, ...]
    total: int
    sources: tuple[Source, ...] = ()


def distribution_brief(printed: Sequence[Printed], week: Week, rulebook: Rulebook) -> DistributionBrief:
    """The brief of the list over some documents, given in printing order."""
    campaign = rulebook.campaign
    shares = [
        (name, Sheaf(p.document.name, p.genre.copies[receiver], number), receiver)
        for receiver in Receiver
        for number, p in enumerate(printed, 1)
        if p.genre.copies.get(receiver)
        for name in _names(receiver, p.decision, week.books.roster, campaign)
    ]
    everybody = dict.fromkeys((receiver is Receiver.FILE, name) for name, _, receiver in shares)
    recipients = tuple(
        Recipient(name, _together(s for n, s, r in shares if (r is Receiver.FILE, n) == (own, name)), own)
        for own, name in everybody
    )
    counts = {p.document.name: 0 for p in printed}
    for _, sheaf, _ in shares:
        counts[sheaf.name] += sheaf.copies
    return DistributionBrief(
        campaign=campaign,
        number=week.number,
        as_of=week.as_of,
        documents=tuple(Sheaf(name, count, number) for number, (name, count) in enumerate(counts.items(), 1)),
        recipients=recipients,
        total=sum(counts.values()),
        sources=sources(week.books),
    )


def in_order(printed: Iterable[Printed]) -> list[Printed]:
    """In printing order: by the order that genres.yaml gives, those without one last; else as they come."""
    return sorted(printed, key=lambda p: p.genre.place)


def _together(sheaves: Iterable[Sheaf]) -> tuple[Sheaf, ...]:
    """One sheaf a document, where somebody gets copies of it on two grounds."""
    together: dict[str, Sheaf] = {}
    for sheaf in sheaves:
        before = together.get(sheaf.name)
        together[sheaf.name] = replace(sheaf, copies=before.copies + sheaf.copies) if before else sheaf
    return tuple(together.values())


def _names(
    receiver: Receiver, decision: Decision | None, roster: Roster, campaign: Campaign
) -> Iterable[str]:
    """Everybody of one kind of recipient."""
    kinds: Mapping[Receiver, Iterable[str]] = {
        Receiver.REPORTED_TO: campaign.reported_to,
        Receiver.SUBDISTRICTS: (s.name for s in roster.subdistricts),
        Receiver.AGENCIES: roster.agencies or (a.name for a in campaign.agencies),
        Receiver.COMPANIES: (c.name for c in roster.companies),
        Receiver.SUBJECT: (decision.subject,) if decision else (),
        Receiver.OVERSEERS: _overseers(decision, roster),
        Receiver.FILE: (campaign.office,),
    }
    return kinds[receiver]


def _overseers(decision: Decision | None, roster: Roster) -> Iterable[str]:
    """The subdistricts of a company's communities."""
    if decision is None or decision.subject_kind is not SubjectKind.COMPANY:
        return ()
    return dict.fromkeys(c.subdistrict for c in roster.communities if c.company == decision.subject)
