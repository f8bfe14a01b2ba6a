"""What the photo annex (问题照片) may say: each problem that has photos, those before beside those after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from campaign.assess.figures import found
from campaign.compose.brief import Source, sources
from campaign.compose.filters import bare
from campaign.records import Books, Moment, Photo, Problem, Week
from campaign.rulebook.model import Campaign, PhotoChoice, Rulebook

_WORDS = {Moment.BEFORE: "整改前", Moment.AFTER: "整改后", Moment.UNSAID: "照片"}
_SIDE_BY_SIDE = 2


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo as it is printed: caption, what is to be seen in words, and its file's digest and size in
    pixels. Where a photo is missing, digest and alt are empty and the caption says so.
    """

    caption: str
    alt: str
    digest: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """The photos that stand side by side."""

    photos: tuple[ShownPhoto, ...]


@dataclass(frozen=True, slots=True)
class PhotoProblem:
    """A problem with its photos. `item` is a code and `item_short` its words, "" where no item is named;
    `days` is how long it is overdue, 0 where it is not; `unshown` counts pictures that cannot be printed.
    """

    subdistrict: str
    community: str
    company: str
    item: str
    item_short: str
    description: str
    found_on: date
    due_on: date | None
    no_deadline: bool
    days: int
    status: str
    rectified_on: date | None
    closed_on: date | None
    rows: tuple[PhotoRow, ...]
    unshown: int


@dataclass(frozen=True, slots=True)
class PhotoOffice:
    """A subdistrict and its problems with photos, in the order of its ledger."""

    name: str
    problems: tuple[PhotoProblem, ...]


@dataclass(frozen=True, slots=True)
class PhotosBrief:
    """The photos of one week."""

    campaign: Campaign
    number: int
    as_of: date
    total: int  # problems with photos
    offices: tuple[PhotoOffice, ...]  # those that have any, in the order of the roster
    sources: tuple[Source, ...] = field(default=(), repr=False)


def photos_brief(week: Week, rulebook: Rulebook) -> PhotosBrief:
    """The brief of one week's photo annex; without problems where the rules want none or there are none."""
    campaign = rulebook.campaign
    chosen = [p for p in pictured(week.books) if _wanted(p, campaign.photo_annex, week.as_of)]
    shown = photo_problems(chosen, week.as_of, rulebook)
    names = dict.fromkeys(problem.subdistrict for problem in shown)
    return PhotosBrief(
        campaign=campaign,
        number=week.number,
        as_of=week.as_of,
        total=len(shown),
        offices=tuple(PhotoOffice(n, tuple(p for p in shown if p.subdistrict == n)) for n in names),
        sources=sources(week.books, chosen),
    )


def pictured(books: Books) -> tuple[Problem, ...]:
    """The problems found that have photos, by the roster's order of subdistricts."""
    places = {office.name: n for n, office in enumerate(books.roster.subdistricts)}
    shown = [p for p in found(books) if p.pictures]
    return tuple(sorted(shown, key=lambda p: places.get(p.subdistrict, len(places))))


def photo_problems(problems: Iterable[Problem], as_of: date, rulebook: Rulebook) -> tuple[PhotoProblem, ...]:
    """Problems as they are shown with their photos."""
    return tuple(_shown(problem, as_of, rulebook) for problem in problems)


def before_and_after(books: Books, rulebook: Rulebook) -> tuple[PhotoProblem, ...]:
    """Problems put right of which both sides can be shown: what a report on the results illustrates."""
    both = {Moment.BEFORE, Moment.AFTER}
    chosen = [p for p in pictured(books) if p.status.done and both <= {photo.moment for photo in p.pictures}]
    return photo_problems(chosen, books.as_of, rulebook)


def _wanted(problem: Problem, choice: PhotoChoice, as_of: date) -> bool:
    if choice is PhotoChoice.TELLING:
        return problem.status.done or problem.overdue(as_of)
    return choice is PhotoChoice.ALL


def _shown(problem: Problem, as_of: date, rulebook: Rulebook) -> PhotoProblem:
    item = rulebook.checklist.item(problem.item) if problem.item else None
    return PhotoProblem(
        subdistrict=problem.subdistrict,
        community=problem.community,
        company=problem.company,
        item=str(problem.item) if problem.item else "",
        item_short=item.short if item else "",
        description=problem.description,
        found_on=problem.found_on,
        due_on=problem.due_on,
        no_deadline=problem.no_deadline,
        days=problem.days_overdue(as_of),
        status=problem.status.zh,
        rectified_on=problem.rectified_on,
        closed_on=problem.closed_on,
        rows=tuple(PhotoRow(row) for row in _rows(problem)),
        unshown=problem.photos - len(problem.pictures),
    )


def _rows(problem: Problem) -> Iterable[tuple[ShownPhoto, ...]]:
    """Before beside after, as many rows as the longer side needs; photos of no said moment two to a row."""
    sides = {moment: [p for p in problem.pictures if p.moment is moment] for moment in Moment}
    before, after, others = (_captioned(problem, m, sides[m]) for m in Moment)
    if after or (before and problem.status.done):
        for number, pair in enumerate(zip_longest(before, after)):
            yield tuple(
                photo or _absent(moment, first=number == 0)
                for photo, moment in zip(pair, (Moment.BEFORE, Moment.AFTER), strict=True)
            )
    else:
        others = (*before, *others)
    for start in range(0, len(others), _SIDE_BY_SIDE):
        yield tuple(others[start : start + _SIDE_BY_SIDE])


def _captioned(problem: Problem, moment: Moment, photos: Sequence[Photo]) -> tuple[ShownPhoto, ...]:
    words = _WORDS[moment]
    about = f"{problem.community}“{bare(problem.description)}”{words}" + ("的照片" if moment else "")
    return tuple(
        ShownPhoto(
            caption=words if len(photos) == 1 else f"{words}（{number}）",
            alt=about if len(photos) == 1 else f"{about}（{number}）",
            digest=photo.digest,
            width=photo.width,
            height=photo.height,
        )
        for number, photo in enumerate(photos, 1)
    )


def _absent(moment: Moment, *, first: bool) -> ShownPhoto:
    """The place of a photo that was not handed in; said once, where there is none at all."""
    return ShownPhoto(f"{_WORDS[moment]}（未报送照片）" if first else "—", "", "", 0, 0)
