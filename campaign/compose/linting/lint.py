"""Every mistake in a folder of templates at once: first all that can be read off them, then what samples of
data bring to light.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from campaign.compose.blocks import Document
from campaign.compose.briefs import BRIEFS
from campaign.compose.complaints import PlacedError
from campaign.compose.composing import Composer, Sheet
from campaign.compose.fields import hidden
from campaign.compose.genres import FILE, About, Genre
from campaign.compose.linting.expressions import Desk
from campaign.compose.linting.folder import Folder, read_folder, unused
from campaign.compose.linting.listing import read_listing
from campaign.compose.linting.mistakes import Mistake
from campaign.compose.linting.samples import Sample, samples
from campaign.compose.linting.shapes import fields_of
from campaign.compose.linting.statements import Reader
from campaign.compose.syntax import in_chinese
from campaign.errors import TemplateError

Used = set[tuple[type, str]]


def lint(templates: Path, *, quick: bool = False) -> tuple[Mistake, ...]:
    """All mistakes and hints, in the order of files and lines. `quick` tries each template on two samples
    instead of all.
    """
    folder = read_folder(templates)
    genres, mistakes = read_listing(templates)
    found = {*folder.mistakes, *mistakes}
    used: dict[str, Used] = {}
    files: dict[str, set[str]] = {}
    for genre in genres:
        if genre.template in folder.trees:
            desk, files[genre.name] = _read(genre, folder)
            found |= desk.mistakes
            used[genre.name] = desk.used
    # What is known to be wrong would only be found once more: such templates are not tried.
    wrong = {mistake.file for mistake in found}
    sound = [genre for genre in genres if genre.name in used and not files[genre.name] & wrong]
    known = {(mistake.file, mistake.line) for mistake in found}
    found |= {m for m in _tried(templates, sound, used, quick=quick) if (m.file, m.line) not in known}
    found |= set(unused(folder, set().union(*files.values()))) | set(_idle(genres, used))
    return tuple(sorted(found, key=lambda m: (m.hint, m)))


def _read(genre: Genre, folder: Folder) -> tuple[Desk, set[str]]:
    """What is wrong with the names of one genre's template and file name."""
    desk = Desk(genre.template, folder.sandbox.filters, folder.sandbox.tests)
    reader = Reader(folder.trees, desk)
    names = reader.template(genre.template, BRIEFS[genre.about])
    reader.uncalled(names)
    desk.file = FILE
    try:
        pattern = folder.sandbox.parse(genre.file)
    except TemplateSyntaxError as error:
        what = f"文件名的写法有误（{in_chinese(error.message or '')}）"
        desk.mistakes.add(Mistake(FILE, genre.line, what))
        return desk, reader.read
    for node in pattern.find_all(nodes.Node):
        node.set_lineno(genre.line, override=True)
    reader.line(pattern, BRIEFS[genre.about])
    return desk, reader.read


def _tried(
    templates: Path, genres: Iterable[Genre], used: Mapping[str, Used], *, quick: bool
) -> set[Mistake]:
    """What goes wrong when each template is filled with samples; of one line only the first complaint."""
    try:
        composer = Composer(templates)
    except TemplateError:
        return set()  # the list of genres is wrong, and that has been said
    found: dict[tuple[str, int], Mistake] = {}
    for genre in genres:
        fields = sorted(used[genre.name], key=lambda one: (one[0].__name__, one[1]))
        for sample in samples(BRIEFS[genre.about], fields, quick=quick):
            if mistake := _wrong(composer, genre, sample):
                found.setdefault((mistake.file, mistake.line), mistake)
    return set(found.values())


def _wrong(composer: Composer, genre: Genre, sample: Sample) -> Mistake | None:
    try:
        _composed(composer, genre, sample)
    except PlacedError as error:
        file, line = error.template, error.line
        if file.startswith(FILE):
            file, line = FILE, genre.line
        return Mistake(file, line, f"{error.what}（试排：{sample.words}）")
    except TemplateError as error:
        return Mistake(genre.template, 0, f"{error}（试排：{sample.words}）")
    return None


def _composed(composer: Composer, genre: Genre, sample: Sample) -> Document:
    return composer.compose(genre, Sheet(sample.brief, sample.dated_on, draft=True, sources=()))


def _idle(genres: Iterable[Genre], used: Mapping[str, Used]) -> Iterator[Mistake]:
    """A hint for each kind of brief: the fields that no template asks for."""
    asked: dict[About, Used] = {}
    for genre in genres:
        asked.setdefault(genre.about, set()).update(used.get(genre.name, ()))
    for about, names in asked.items():
        brief = BRIEFS[about]
        idle = [n for n in fields_of(brief) if (brief, n) not in names and n not in hidden(brief)]
        if idle:
            yield Mistake(FILE, 0, f"about 为 {about.value} 的模板没有用到：{'、'.join(idle)}", hint=True)
