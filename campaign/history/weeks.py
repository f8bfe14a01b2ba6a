"""The weeks that lie in the output folder, as they were written: read back to compare and to sum up."""

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import JsonConverter, make_converter

from campaign.errors import ArchiveError
from campaign.history.packing import pack, unpack
from campaign.history.publish import MANIFEST
from campaign.records import CellRef, Origin, Snapshot, Sourced

SNAPSHOT = "data/snapshot.json"
_WEEK = re.compile(r"\d{4}-\d{2}-\d{2}")


class UnreadableWeekError(ArchiveError):
    """A week's folder is there, but what it holds is not what this program writes."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"读不懂以前一周的数据：{path}。请重新生成该周；文件被改动过的，请从备份恢复")


@cache
def _converter() -> JsonConverter:
    converter = make_converter(omit_if_default=True, detailed_validation=False)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    converter.register_unstructure_hook(CellRef, _address)
    converter.register_structure_hook(CellRef, lambda parts, _: CellRef(*parts))
    converter.register_unstructure_hook(Origin, _pack)
    converter.register_structure_hook(Origin, lambda packed, _: _unpack(packed))
    return converter


def _address(ref: CellRef) -> list[object]:
    """Four parts for a cell of the week's own workbooks, a fifth for one of an earlier week's."""
    return [ref.file, ref.sheet, ref.row, ref.column, *([ref.issue] if ref.issue else [])]


def _pack(origin: Origin) -> list[object]:
    """A record's cells lie on one sheet: its name is written once. A week is a fifth as large for it."""
    row = origin.row
    fields = {f.field: [f.ref.row, f.ref.column, f.raw] for f in origin.fields}
    return [row.file, row.sheet, row.row, row.column, fields]


def _unpack(packed: list[Any]) -> Origin:
    file, sheet, row, column, fields = packed
    sourced = (Sourced(name, CellRef(file, sheet, r, c), raw) for name, (r, c, raw) in fields.items())
    return Origin(CellRef(file, sheet, row, column), tuple(sourced))


def dump(snapshot: Snapshot) -> bytes:
    """A week as JSON: UTF-8, stable order, one line's end at its end."""
    plain = pack(_converter().unstructure(snapshot), snapshot.changes, snapshot.books.problems)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def parse(data: bytes) -> Snapshot:
    """A week from its JSON; the inverse of `dump`.

    Raises:
        ValueError: it is not what `dump` writes.
    """
    try:
        with _no_collecting():
            return _converter().structure(unpack(json.loads(data)), Snapshot)
    except (BaseValidationError, LookupError, TypeError, AttributeError) as cause:
        raise ValueError(str(cause)) from cause


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without looking for garbage: a week is thirty thousand records without one cycle, and the search for
    some takes longer than reading them.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def load(output: Path, *, before: date | None = None) -> tuple[Snapshot, ...]:
    """Every week below the output folder, oldest first; with `before`, only the weeks that closed before it.

    Raises:
        UnreadableWeekError: a week's data cannot be read.
    """
    return tuple(
        _load(folder / SNAPSHOT)
        for folder in sorted(output.iterdir() if output.is_dir() else ())
        if _WEEK.fullmatch(folder.name)
        and (folder / SNAPSHOT).is_file()
        and (before is None or date.fromisoformat(folder.name) < before)
    )


def inputs(output: Path) -> dict[str, str]:
    """SHA-256 of every input of the weeks below the output folder → the first week and file that had it.

    A place is written "2023-04-21/台账/丹砂.xlsx".

    Raises:
        UnreadableWeekError: a week's manifest cannot be read.
    """
    first: dict[str, str] = {}
    for folder in sorted(output.iterdir() if output.is_dir() else ()):
        manifest = folder / MANIFEST
        if _WEEK.fullmatch(folder.name) and manifest.is_file():
            for file, digest in _inputs(manifest).items():
                first.setdefault(digest, f"{folder.name}/{file}")
    return first


def _inputs(manifest: Path) -> dict[str, str]:
    try:
        listed = json.loads(manifest.read_bytes())["inputs"]
        return {str(file): str(digest) for file, digest in listed.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as cause:
        raise UnreadableWeekError(manifest) from cause


def _load(path: Path) -> Snapshot:
    try:
        snapshot = parse(path.read_bytes())
    except (OSError, ValueError) as cause:
        raise UnreadableWeekError(path) from cause
    if snapshot.as_of.isoformat() != path.parent.parent.name:
        raise UnreadableWeekError(path)
    return snapshot
