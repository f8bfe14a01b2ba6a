"""What the pictures of one ledger row are: how many, which of them can be printed, before or after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from campaign.intake.faults import fault
from campaign.intake.grid import Sheet
from campaign.intake.tables import Row
from campaign.records import Fault, Moment, Photo

Address = tuple[int, int]
Columns = Mapping[int, tuple[int, ...]]  # row → columns with pictures


@dataclass(frozen=True, slots=True)
class Shot:
    """What became of one cell's pictures: those that can be printed, and why others cannot."""

    photos: tuple[Photo, ...]
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of one sheet. `shots` is empty where nobody has looked at them yet: then they only count.

    `words` are those that tell a column of pictures before from one after (rules/headings.yaml, photo).
    """

    sheet: Sheet
    columns: Columns
    shots: Mapping[Address, Shot]
    words: Mapping[str, tuple[str, ...]]

    def count(self, rows: Iterable[Row]) -> int:
        """How many pictures lie in these rows."""
        return sum(self.sheet.pictures[at] for row in rows for at in self._places(row))

    def photos(self, rows: Iterable[Row]) -> tuple[Photo, ...]:
        """Those that can be printed, from left to right, row by row."""
        return tuple(
            replace(photo, moment=self._moment(row.titles.get(at[1], "")))
            for row in rows
            for at in self._places(row)
            if at in self.shots
            for photo in self.shots[at].photos
        )

    def faults(self, rows: Iterable[Row]) -> list[Fault]:
        """What is wrong with the others, at their cells."""
        return [
            fault("I-CELL-PHOTO", self.sheet.ref(*at), found="、".join(shot.troubles))
            for row in rows
            for at in self._places(row)
            if (shot := self.shots.get(at)) and shot.troubles
        ]

    def _places(self, row: Row) -> Iterable[Address]:
        return ((row.number, column) for column in self.columns.get(row.number, ()))

    def _moment(self, title: str) -> Moment:
        """Told by the heading over the picture; one that speaks of both tells nothing."""
        told = [moment for moment in (Moment.BEFORE, Moment.AFTER) if self._speaks_of(moment, title)]
        return told[0] if len(told) == 1 else Moment.UNSAID

    def _speaks_of(self, moment: Moment, title: str) -> bool:
        return any(word in title for word in self.words.get(moment.value, ()))


def album_of(sheet: Sheet, shots: Mapping[Address, Shot], words: Mapping[str, tuple[str, ...]]) -> Album:
    """The album of one sheet."""
    columns: dict[int, tuple[int, ...]] = {}
    for row, column in sorted(sheet.pictures):
        columns[row] = (*columns.get(row, ()), column)
    return Album(sheet, columns, shots, words)
