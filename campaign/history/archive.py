"""The archive: issued weeks as folders that are never written again, each naming the one before it.

`output/archive/` holds such folders, called after the as-of date (2023-04-28, and 2023-04-28-更正1 for a
corrected edition), and two files that follow from their manifests (see `filing`). A folder holds the
documents and data of the week and, under 输入, 规则 and 模板, all it was made from.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from cattrs.errors import CattrsError
from cattrs.preconf.json import JsonConverter, make_converter

from campaign.errors import ArchiveError
from campaign.history import weeks
from campaign.history.publish import MANIFEST, digest
from campaign.records import Snapshot

ARCHIVE = "archive"
INPUTS, RULES, TEMPLATES = "输入", "规则", "模板"  # what a week was made from, in its folder
_EDITION = "-更正"
_NAME = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})(?:{_EDITION}([1-9]\d*))?")


class BrokenArchiveError(ArchiveError):
    """The archive is not as it was left."""

    def __init__(self, what: str) -> None:
        super().__init__(f"归档文件夹与印发时的记录不符：{what}。请先运行 make verify 查明，再从备份恢复")


@dataclass(frozen=True, slots=True)
class Link:
    """A folder of the archive and the SHA-256 of its manifest."""

    folder: str
    manifest: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of an issued week, as register and filing catalogue list it.

    `kind` is what its genre is called, `file` its name without extension, `number` the number as printed
    (文号 or 第N期; "" where it has none), `stream` what shares its run of numbers. `retention` is "" for what
    is filed with another document.
    """

    genre: str
    kind: str
    file: str
    title: str
    stream: str
    number: str
    addressee: str
    dated_on: date
    pages: int
    retention: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of an issued week without opening any of its files.

    `order` counts the folders in the order of issuing, from 1; `previous` is the one issued just before, of
    whatever week. `made_with` names what else the bytes depend on: the program's own text and the versions of
    Python and the libraries. Digests are SHA-256 by path: of `inputs`, `rules`, `templates` and `fonts` below
    their own folders, of `outputs` below this one (all its files but the manifest). `substitutions` are the
    official faces that the office did not own, each with what the PDFs use instead.
    """

    program: str
    made_with: dict[str, str]
    as_of: date
    edition: int
    correction: str
    order: int
    number: int
    total_number: int
    issuer: str
    previous: Link | None
    corrects: Link | None
    documents: tuple[Paper, ...]
    inputs: dict[str, str]
    rules: dict[str, str]
    templates: dict[str, str]
    fonts: dict[str, str]
    outputs: dict[str, str]
    substitutions: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return folder_name(self.as_of, self.edition)

    @property
    def words(self) -> str:
        """What it is called: 第5期, 第5期（更正）."""
        return issue_words(self.number, self.edition)


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued week: its manifest, the SHA-256 of that, and where it lies."""

    manifest: Manifest
    digest: str
    path: Path = field(compare=False)

    @property
    def link(self) -> Link:
        """How the next manifest names it."""
        return Link(self.manifest.folder, self.digest)

    def snapshot(self) -> Snapshot:
        """What later weeks know of it.

        Raises:
            BrokenArchiveError: its data cannot be read.
        """
        path = self.path / weeks.SNAPSHOT
        try:
            return weeks.parse(path.read_bytes())
        except (OSError, ValueError) as cause:
            raise BrokenArchiveError(f"{self.manifest.folder}/{weeks.SNAPSHOT} 读不出来") from cause


def folder_name(as_of: date, edition: int = 0) -> str:
    """The name of an issued week's folder."""
    return f"{as_of.isoformat()}{f'{_EDITION}{edition}' if edition else ''}"


def is_folder_name(name: str) -> bool:
    """Whether an issued week's folder can be called so."""
    return _NAME.fullmatch(name) is not None


def issue_words(number: int, edition: int = 0) -> str:
    """第5期, 第5期（更正）, 第5期（第2次更正）."""
    mark = "" if not edition else "（更正）" if edition == 1 else f"（第{edition}次更正）"
    return f"第{number}期{mark}"


def issue_number(number: int, total: int | None, edition: int = 0) -> str:
    """A 期号 as it is printed and registered: 第5期（总第5期）."""
    whole = f"第{number}期（总第{total}期）" if total else f"第{number}期"
    return whole + issue_words(number, edition).removeprefix(f"第{number}期")


@cache
def _converter() -> JsonConverter:
    return make_converter(detailed_validation=False, forbid_extra_keys=True)


def dump(manifest: Manifest) -> bytes:
    """manifest.json: UTF-8, stable order, one line's end at its end."""
    content = _converter().unstructure(manifest)
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def parse(data: bytes) -> Manifest:
    """A manifest from its JSON; the inverse of `dump`.

    Raises:
        ValueError: it is not what `dump` writes.
    """
    try:
        return _converter().structure(json.loads(data), Manifest)
    except (CattrsError, LookupError, TypeError, AttributeError) as cause:
        raise ValueError(str(cause)) from cause


def read(folder: Path) -> Issued:
    """One issued week from its folder.

    Raises:
        BrokenArchiveError: it has no manifest, none that can be read, or another folder's.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
        manifest = parse(data)
    except (OSError, ValueError) as cause:
        raise BrokenArchiveError(f"{folder.name}/{MANIFEST} 读不出来") from cause
    if manifest.folder != folder.name:
        raise BrokenArchiveError(f"{folder.name} 里是 {manifest.folder} 的 {MANIFEST}")
    return Issued(manifest, digest(data), folder)


def folders(output: Path) -> tuple[Path, ...]:
    """The folders of issued weeks below the output folder, by name."""
    place = output / ARCHIVE
    return tuple(p for p in sorted(place.iterdir() if place.is_dir() else ()) if is_folder_name(p.name))


def issued(output: Path) -> tuple[Issued, ...]:
    """All issued weeks in the order of issuing.

    Raises:
        BrokenArchiveError: a manifest cannot be read, or the folders do not follow one another.
    """
    found = sorted((read(folder) for folder in folders(output)), key=lambda i: i.manifest.order)
    last: Issued | None = None
    for place, week in enumerate(found, 1):
        if week.manifest.order != place or week.manifest.previous != (last.link if last else None):
            raise BrokenArchiveError(f"{week.manifest.folder} 与前一次印发的对不上")
        last = week
    return tuple(found)


def latest(known: Iterable[Issued], before: date | None = None) -> tuple[Issued, ...]:
    """The last edition of each week, oldest week first; with `before`, of the weeks that closed before it."""
    editions: dict[date, Issued] = {}
    for week in known:
        as_of = week.manifest.as_of
        if before is None or as_of < before:
            editions[as_of] = week
    return tuple(editions[day] for day in sorted(editions))


def past(known: Iterable[Issued], before: date | None = None) -> tuple[Snapshot, ...]:
    """What later weeks know of the last editions."""
    return tuple(week.snapshot() for week in latest(known, before))


def inputs(known: Iterable[Issued], before: date | None = None) -> dict[str, str]:
    """SHA-256 of every input of issued weeks → the first week and file that had it (see `weeks.inputs`)."""
    first: dict[str, str] = {}
    for week in known:
        if before is None or week.manifest.as_of < before:
            for file, value in week.manifest.inputs.items():
                first.setdefault(value, f"{week.manifest.as_of.isoformat()}/{file}")
    return first


def load(output: Path, *, before: date | None = None) -> tuple[Snapshot, ...]:
    """The weeks to compare with and to sum up: the issued ones, or all drafts as long as none is issued.

    Raises:
        BrokenArchiveError: the archive cannot be read.
        UnreadableWeekError: a draft cannot be read.
    """
    known = issued(output)
    return past(known, before) if known else weeks.load(output, before=before)


def snapshots(output: Path) -> dict[date, str]:
    """Where the data of the weeks that `load` gives lie, below the output folder."""
    known = latest(issued(output))
    if known:
        return {w.manifest.as_of: f"{ARCHIVE}/{w.manifest.folder}/{weeks.SNAPSHOT}" for w in known}
    return {day: f"{day.isoformat()}/{weeks.SNAPSHOT}" for day in drafts(output)}


def earlier_inputs(output: Path) -> Mapping[str, str]:
    """The inputs of the weeks that `load` gives."""
    known = issued(output)
    return inputs(known) if known else weeks.inputs(output)


def drafts(output: Path) -> tuple[date, ...]:
    """The weeks that lie as drafts in the output folder, oldest first."""
    found = (p for p in (output.iterdir() if output.is_dir() else ()) if (p / weeks.SNAPSHOT).is_file())
    names = (_NAME.fullmatch(p.name) for p in found)
    return tuple(sorted(date.fromisoformat(name[1]) for name in names if name and not name[2]))
