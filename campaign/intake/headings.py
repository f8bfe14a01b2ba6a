"""Finding the table on a sheet: which rows are its heading, and which column means what.

A heading may stand in any of the first rows, be one to three rows deep with merged groups above, and use any
spelling of `rules/headings.yaml`. A spelling that merely resembles a known one is suggested, never taken.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from campaign.intake.grid import Merge, Sheet
from campaign.intake.text import is_blank, shown
from campaign.rulebook.model import Words
from campaign.rulebook.normal import heading_key

_SEARCHED_ROWS = 30
_SEARCHED_COLUMNS = 256
_DEEPEST = 3
_ENOUGH_TO_NAME_WHAT_IS_MISSING = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A table's heading: the rows it takes, and the column of each field that was recognised.

    `counts` are further columns whose heading contains one of the words for activities, with that heading.
    """

    kind: str
    top: int
    bottom: int
    columns: Mapping[str, int]
    titles: Mapping[int, str]  # column → heading as typed, for every column that has one
    rivals: tuple[tuple[str, int, int], ...] = ()  # field, and the two columns that both claim it
    counts: tuple[int, ...] = ()

    @property
    def rows(self) -> range:
        """The rows it takes."""
        return range(self.top, self.bottom + 1)

    def title(self, field: str) -> str:
        """The heading of a field as its office typed it."""
        column = self.columns.get(field)
        return self.titles.get(column, "") if column else ""


@dataclass(frozen=True, slots=True)
class Index:
    """The spellings of all kinds, by their key."""

    fields: Mapping[str, Mapping[str, str]]  # kind → key → field
    required: Mapping[str, tuple[str, ...]]
    count_words: tuple[str, ...]

    def names(self, kind: str) -> Mapping[str, str]:
        """Key → field of one kind."""
        return self.fields[kind]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all kinds' headings."""
        return frozenset(key for names in self.fields.values() for key in names)

    def only(self, required: Mapping[str, tuple[str, ...]]) -> "Index":
        """The same spellings, but only for some kinds, with other required fields."""
        return Index({kind: self.fields[kind] for kind in required}, required, self.count_words)


def index_of(words: Words) -> Index:
    """The rulebook's headings, ready for look-up."""
    return Index(
        fields={
            kind: {heading_key(s): field for field, spellings in fields.items() for s in spellings}
            for kind, fields in words.kinds.items()
        },
        required=words.required,
        count_words=words.values.get("activity_counts", {}).get("yes", ()),
    )


def merged_into(sheet: Sheet) -> Mapping[tuple[int, int], Merge]:
    """Each cell inside a merged range, with it. Ranges of a whole sheet were refused before reading."""
    return {
        (row, column): merge
        for merge in sheet.merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
    }


def find_heading(sheet: Sheet, index: Index) -> Heading | None:
    """The best heading on the sheet; one that lacks a required field is still returned if none is whole."""
    merges = merged_into(sheet)
    reach = reach_of(sheet)
    rows = {row for row, _ in sheet.cells}
    searched = _SEARCHED_ROWS + min(rows, default=1)
    filled = sorted(row for row in rows if row <= searched)
    candidates = [
        heading
        for top in filled
        for depth in range(1, _DEEPEST + 1)
        for heading in _headings_at(sheet, merges, reach, top, depth, index)
    ]
    complete = [h for h in candidates if not missing_fields(h, index)]
    if complete:
        return max(complete, key=lambda h: (len(h.columns) + len(h.counts), h.top - h.bottom, -h.top))
    partial = [h for h in candidates if len(h.columns) >= _ENOUGH_TO_NAME_WHAT_IS_MISSING]
    return max(
        partial,
        key=lambda h: (len(h.columns), -len(missing_fields(h, index)), h.top - h.bottom),
        default=None,
    )


def missing_fields(heading: Heading, index: Index) -> tuple[str, ...]:
    """The required fields that no column claims."""
    missing = tuple(f for f in index.required.get(heading.kind, ()) if f not in heading.columns)
    if heading.kind == "activity" and not heading.counts:
        return (*missing, "counts")
    return missing


def reach_of(sheet: Sheet) -> Mapping[int, int]:
    """The last row of each column, found in one walk over a sheet that may be very large."""
    last: dict[int, int] = {}
    for row, column in sheet.cells:
        last[column] = max(row, last.get(column, 0))
    return last


def _headings_at(
    sheet: Sheet,
    merges: Mapping[tuple[int, int], Merge],
    reach: Mapping[int, int],
    top: int,
    depth: int,
    index: Index,
) -> Iterator[Heading]:
    bottom = top + depth - 1
    width = max(reach)
    labels = dict(_labels(sheet, merges, width, top, bottom))
    if len(labels) < min(2, width):  # one label among several columns is a title
        return
    keys = {column: tuple(map(heading_key, spellings)) for column, spellings in labels.items()}
    for kind in index.fields:
        yield _match(sheet, reach, kind, (top, bottom), labels, keys, index)


def _labels(
    sheet: Sheet, merges: Mapping[tuple[int, int], Merge], width: int, top: int, bottom: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """For each column the spellings to try, most telling first: the lowest label, then all labels joined."""
    for column in range(1, min(width, _SEARCHED_COLUMNS) + 1):
        parts: list[str] = []
        for row in range(top, bottom + 1):
            merge = merges.get((row, column))
            if merge and merge.top < top:
                break  # hangs down from a title above: no label of this heading
            anchor = (merge.top, merge.left) if merge else (row, column)
            text = shown(sheet.cells.get(anchor))
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        if parts:
            yield column, tuple(dict.fromkeys((parts[-1], "".join(parts))))


def _match(
    sheet: Sheet,
    reach: Mapping[int, int],
    kind: str,
    rows: tuple[int, int],
    labels: Mapping[int, tuple[str, ...]],
    keys: Mapping[int, tuple[str, ...]],
    index: Index,
) -> Heading:
    top, bottom = rows
    names = index.names(kind)
    columns: dict[str, int] = {}
    rivals: list[tuple[str, int, int]] = []
    counts: list[int] = []
    for column, spellings in labels.items():
        field = next((names[key] for key in keys[column] if key in names), None)
        if field is None:
            if kind == "activity" and any(word in spellings[-1] for word in index.count_words):
                counts.append(column)
        elif field not in columns:
            columns[field] = column
        elif not empty_below(sheet, reach, column, bottom):
            if empty_below(sheet, reach, columns[field], bottom):
                columns[field] = column
            else:
                rivals.append((field, columns[field], column))
    titles = {column: spellings[0] for column, spellings in labels.items()}
    return Heading(kind, top, bottom, columns, titles, tuple(rivals), tuple(counts))


def empty_below(sheet: Sheet, reach: Mapping[int, int], column: int, bottom: int) -> bool:
    """Whether nothing stands below a heading in a column; `reach` tells the last row of each."""
    below = range(bottom + 1, reach.get(column, 0) + 1)
    return all(is_blank(sheet.cells.get((row, column))) for row in below)


def field_title(words: Words, kind: str, field: str) -> str:
    """A field's name for the clerk: the first of its spellings."""
    if field == "counts":
        return "次数（如“召开会议（次）”）"
    return words.kinds[kind][field][0]
