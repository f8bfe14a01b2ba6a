"""Times comparing and verifying an archive of thirteen weeks of a county: `python -m benchmarks.archive`.

The weeks are those of the sample county, with its workbooks as inputs and files of the size of a week's
documents; nothing is set or written to Word. Comparing is what a new week needs of the old ones: the last
editions are read and the newest week is held against them. Verifying is every byte held against the
manifests, the order, the catalogue and the register. Beside thirteen weeks stand half and twice as many, to
see that time grows in proportion.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from campaign import __version__
from campaign.assess import assess
from campaign.history import archive, freezing, weeks
from campaign.history.archive import Manifest
from campaign.history.changes import compare
from campaign.history.publish import MANIFEST, digest
from campaign.history.verifying import check
from campaign.records import Books, Snapshot
from campaign.rulebook.loader import load
from campaign.rulebook.model import Rulebook
from sample.county import county

RULES = Path(__file__).parents[1] / "rules"
COUNTS = (7, 13, 26)
LIMIT = 3.0  # seconds for thirteen weeks, comparing and verifying
ROUNDS = 3
FAR_FROM_LINEAR = 1.5  # twice the weeks may take so much longer than twice
DOCUMENTS = 24  # files of a week beside its data, with their size
SIZE = 300_000
_WEEK = timedelta(days=7)


def issue(output: Path, books: Books, number: int, rulebook: Rulebook) -> None:
    """Freeze one week of the county, its figures computed by the rules."""
    known = archive.issued(output)
    last = known[-1] if known else None
    assessment = assess(books, (), rulebook)
    snapshot = Snapshot(number, books, assessment, draft=False, program=__version__)
    files = {f"公文{n}.pdf": number.to_bytes(2) + n.to_bytes(2) + bytes(SIZE) for n in range(DOCUMENTS)}
    files[weeks.SNAPSHOT] = weeks.dump(replace(snapshot, changes=compare(books, archive.past(known[-1:]))))
    made = Manifest(
        program=__version__,
        made_with={},
        as_of=books.as_of,
        edition=0,
        correction="",
        order=len(known) + 1,
        number=number,
        total_number=number,
        issuer=rulebook.campaign.office,
        previous=last.link if last else None,
        corrects=None,
        documents=(),
        inputs={},
        rules={},
        templates={},
        fonts={},
        outputs={name: digest(data) for name, data in files.items()},
    )
    freezing.freeze(output, made.folder, {**files, MANIFEST: archive.dump(made)})
    freezing.catch_up(output)


def build(output: Path, count: int, rulebook: Rulebook) -> Books:
    """An archive of so many weeks; the books of the week after the last are returned."""
    made = county()
    first = made.fridays[0]
    days = [first + n * _WEEK for n in range(count + 1)]
    with freezing.held(output):
        for number, day in enumerate(days[:-1], 1):
            issue(output, _books(made.books(min(day, made.fridays[-1])), day), number, rulebook)
    return _books(made.books(made.fridays[-1]), days[-1])


def _books(books: Books, day: date) -> Books:
    return replace(books, as_of=day)


def timed(work: Callable[[], object]) -> float:
    """Seconds, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return best


def measure(output: Path, count: int, rulebook: Rulebook) -> float:
    """Seconds to compare a week with so many before it and to verify those.

    Raises:
        ValueError: the archive is not as it was made.
    """
    newest = build(output, count, rulebook)
    found = check(output).findings
    if found:
        raise ValueError(f"{found[0]}")
    comparing = timed(lambda: compare(newest, archive.load(output)))
    verifying = timed(lambda: check(output))
    print(f"{count} weeks: comparing {comparing:.2f} s, verifying {verifying:.2f} s")
    return comparing + verifying


def main() -> int:
    """Print the times; 1 where thirteen weeks take too long or time does not grow in proportion."""
    rulebook = load(RULES)
    totals: dict[int, float] = {}
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            totals[count] = measure(Path(folder), count, rulebook)
    middle, most = COUNTS[1], COUNTS[2]
    growth = totals[most] / totals[middle] / (most / middle)
    print(f"{middle} weeks: {totals[middle]:.2f} s (allowed: {LIMIT:.0f} s)")
    print(f"growth from {middle} to {most}, in proportion to their number: {growth:.2f} (1 is linear)")
    return int(totals[middle] > LIMIT or growth > FAR_FROM_LINEAR)


if __name__ == "__main__":
    sys.exit(main())
