"""The same problem registered more than once: same community, item, words and day."""

from collections.abc import Iterator

from campaign.intake.checks.material import Finding, Material
from campaign.intake.entries import Entry


def repeated_on_a_sheet(material: Material) -> Iterator[Finding]:
    """Rows of one sheet under different numbers: both count, but they are worth a look."""
    first: dict[tuple[str, ...], Entry] = {}
    for entry in material.entries:
        if entry.problem is None:
            continue
        known = first.setdefault((entry.row.sheet.file, entry.row.sheet.name, *entry.key), entry)
        if known is not entry:
            yield _finding(entry, known)


def repeated_across_files(material: Material) -> Iterator[Finding]:
    """Rows of different workbooks, whether or not they count: two offices claim one problem."""
    first: dict[tuple[str, ...], Entry] = {}
    for entry in material.entries:
        if not entry.whole:
            continue
        known = first.setdefault(entry.key, entry)
        if known.row.sheet.file != entry.row.sheet.file:
            yield _finding(entry, known)


def _finding(entry: Entry, known: Entry) -> Finding:
    words = {"found": known.row.ref("description")}
    return Finding(entry.row.ref("description"), entry.row.text("description"), words)
