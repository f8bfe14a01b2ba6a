"""The templates of a folder, each read as far as it can be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import nodes

from campaign.compose.environment import Sandbox, sandbox
from campaign.compose.linting.mistakes import Mistake
from campaign.compose.linting.reading import Reading
from campaign.compose.linting.tags import Follower

_PAGE = "<!doctype html"  # a page of another kind, no document


@dataclass(frozen=True, slots=True)
class Folder:
    """What was read: trees by file name, what is wrong in each, and the sandbox they run in."""

    path: Path
    sandbox: Sandbox
    trees: Mapping[str, nodes.Template]
    mistakes: tuple[Mistake, ...]


def read_folder(path: Path) -> Folder:
    """All templates of a folder."""
    box = sandbox(path, marked=False)
    trees: dict[str, nodes.Template] = {}
    mistakes: list[Mistake] = []
    for file in sorted(path.glob("*.html")):
        reading = Reading(file.name, box)
        try:
            source = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            mistakes.append(Mistake(file.name, 0, "不是 UTF-8 编码的文本，请用记事本另存为 UTF-8"))
            continue
        if source.lstrip().lower().startswith(_PAGE):
            continue
        tree = reading.read(source)
        mistakes += reading.mistakes
        if tree is not None:
            trees[file.name] = tree
            mistakes += Follower(file.name).template(tree)
    return Folder(path, box, trees, tuple(mistakes))


def unused(folder: Folder, reached: set[str]) -> Iterator[Mistake]:
    """A hint for each template that no genre reaches."""
    for name in folder.trees:
        if name not in reached:
            yield Mistake(name, 0, "没有哪种公文用到这个模板；要用请在 genres.yaml 里加一项", hint=True)
