"""The photos of a week as files, to look at and for later documents: 照片/云栖苑-第3行-整改前-….jpg."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from campaign.compose.composing import file_name
from campaign.history import archive
from campaign.records import Books, Moment, Photo, Problem

PHOTOS = "照片"
_WORDS = {Moment.BEFORE: "整改前", Moment.AFTER: "整改后", Moment.UNSAID: "照片"}
_TOLD_APART = 8  # characters of the digest: a name is to be read


def photo_files(books: Books, photos: Mapping[str, bytes]) -> dict[str, bytes]:
    """The photos of all problems, by path below the week's folder; `photos` has their bytes by digest."""
    return {
        _path(problem, photo): photos[photo.digest]
        for problem in (*books.problems, *books.future)
        for photo in problem.pictures
    }


def photos_in(folder: Path) -> dict[str, bytes]:
    """The bytes of the photos that were written into a week's folder, by digest."""
    files = (path.read_bytes() for path in sorted((folder / PHOTOS).glob("*.jpg")))
    return {hashlib.sha256(data).hexdigest(): data for data in files}


def photos_of(output: Path, as_of: date) -> dict[str, bytes]:
    """The photos of one of the weeks that `archive.load` gives, issued or draft."""
    return photos_in((output / archive.snapshots(output)[as_of]).parents[1])


def _path(problem: Problem, photo: Photo) -> str:
    place = f"{problem.community}-第{photo.ref.row}行-{_WORDS[photo.moment]}"
    return f"{PHOTOS}/{file_name(place)}-{photo.digest[:_TOLD_APART]}.jpg"
