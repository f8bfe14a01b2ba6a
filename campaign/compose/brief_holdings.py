"""What the reading guide of the closed archive (阅读说明) may say: what is in it, where, and how to read it
without this program.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from campaign.compose.brief import Source
from campaign.history.archive import Issued
from campaign.records import Snapshot
from campaign.rulebook.model import Campaign, Rulebook


@dataclass(frozen=True, slots=True)
class HeldIssue:
    """An issued week, original or corrected: what it is called, its folder, how many documents and pages."""

    words: str
    as_of: date
    folder: str
    documents: int
    pages: int
    program: str


@dataclass(frozen=True, slots=True)
class HeldPart:
    """A part of the archive: its path, what it is, how many files."""

    path: str
    what: str
    files: int


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """A column of a data table, and what it holds."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class HeldTable:
    """A data table: its file, what a row is, how many rows."""

    path: str
    about: str
    rows: int
    columns: tuple[HeldColumn, ...]


@dataclass(frozen=True, slots=True)
class HoldingsBrief:
    """The closed archive. `left` counts the problems that are not put right at its close; `before_end` says
    whether it was closed before the campaign's last day.
    """

    campaign: Campaign
    as_of: date
    issues: tuple[HeldIssue, ...]
    parts: tuple[HeldPart, ...]
    tables: tuple[HeldTable, ...]
    found: int
    closed: int
    left: int
    before_end: bool
    checksums: str
    sources: tuple[Source, ...] = field(default=(), repr=False)


def holdings_brief(
    known: Sequence[Issued],
    last: Snapshot,
    rulebook: Rulebook,
    parts: tuple[HeldPart, ...],
    tables: tuple[HeldTable, ...],
    checksums: str,
) -> HoldingsBrief:
    """The brief of an archive that holds the issued weeks `known`, in the order of issuing; `last` is the
    latest week, `checksums` the file that lists every file's digest.
    """
    totals = last.assessment.figures.totals
    return HoldingsBrief(
        campaign=rulebook.campaign,
        as_of=last.as_of,
        issues=tuple(_issue(week) for week in known),
        parts=parts,
        tables=tables,
        found=totals.found,
        closed=totals.closed,
        left=totals.open + totals.in_progress,
        before_end=last.as_of < rulebook.campaign.ends_on,
        checksums=checksums,
    )


def _issue(week: Issued) -> HeldIssue:
    manifest = week.manifest
    return HeldIssue(
        words=manifest.words,
        as_of=manifest.as_of,
        folder=manifest.folder,
        documents=len(manifest.documents),
        pages=sum(paper.pages for paper in manifest.documents),
        program=manifest.program,
    )
