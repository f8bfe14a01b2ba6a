"""One problem over several rows: its 序号 (or its description) is merged, each row holds a measure.

The first row speaks for the problem; the others add their measures and may repeat, never contradict, it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from campaign.intake.tables import Row
from campaign.intake.text import folded
from campaign.intake.values import FieldReader
from campaign.records import Origin, Sourced

_JUDGED = ("item", "found_on", "due_on", "status", "rectified_on", "closed", "closed_on")


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one problem, in order.

    `above` names its community where its own first row does not; `named` where the whole sheet is about one.
    """

    row: Row
    rest: tuple[Row, ...] = ()
    above: Row | None = None
    named: Sourced | None = None

    @property
    def community(self) -> str:
        """The community as written: in the row, in a row above, or for the whole sheet."""
        if self.named is not None:
            return self.named.raw
        return (self.above or self.row).text("community")

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them."""
        return (self.row, *self.rest)

    def origin(self) -> Origin:
        """Where each field was read: the first row's cells, then those that the others add."""
        first = self.row.origin()
        named = tuple(self._named_above(f) for f in first.fields)
        more = tuple(f for row in self.rest for f in row.origin().fields if row.own(f.field))
        whole = (self.named,) if self.named else ()
        return replace(first, fields=(*named, *more, *whole))

    def _named_above(self, field: Sourced) -> Sourced:
        if self.above is None or field.field != "community":
            return field
        return replace(field, ref=self.above.ref(field.field), raw=self.above.text(field.field))


def grouped(rows: Iterable[Row]) -> Iterator[Group]:
    """Rows that go on with the problem above them, put together with it."""
    head: Row | None = None
    rest: list[Row] = []
    for row in rows:
        if head is not None and _goes_on(row, head):
            rest.append(row)
            continue
        if head is not None:
            yield Group(head, tuple(rest))
        head, rest = row, []
    if head is not None:
        yield Group(head, tuple(rest))


def _goes_on(row: Row, head: Row) -> bool:
    """Whether a row is a further part of the problem that begins at `head`."""
    if row.own("community") and folded(row.text("community")) != folded(head.text("community")):
        return False
    together = row.inside("serial") and row.place("serial") == head.place("serial")
    described = row.inside("description") and row.place("description") == head.place("description")
    if together and described:
        return True
    if row.own("found_on") or row.own("status") or row.own("serial"):
        return False  # a row that says so much is a problem of its own, perhaps an incomplete one
    return described or (together and not row.own("description"))


def tell_parts(first: FieldReader, rest: Sequence[FieldReader]) -> None:
    """Say that rows were put together, and where one of them contradicts the first."""
    for reader in rest:
        row = reader.row
        leading = next((name for name in ("measure", "description") if row.own(name)), None)
        place = leading or next((name for name in row.columns if row.own(name)), "description")
        reader.report("I-ROW-JOINED", place, found=first.row.number)
        for name in _JUDGED:
            if row.own(name) and folded(row.text(name)) != folded(first.row.text(name)):
                reader.report("I-ROW-PARTS", name, expected=first.row.text(name))


def said_in_all(readers: Sequence[FieldReader], name: str, between: str = "、") -> str:
    """A field's texts in all rows of a problem, each cell's once."""
    texts = {reader.row.ref(name): reader.text(name) for reader in readers}
    told = [text.rstrip("；;。") if len(texts) > 1 else text for text in texts.values() if text]
    return between.join(dict.fromkeys(told))
