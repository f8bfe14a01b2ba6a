"""The shipped templates with few genres, for runs whose pages nobody looks at."""

import shutil
from pathlib import Path

from ruamel.yaml import YAML

SHIPPED = Path(__file__).parents[2] / "templates"
FEW = ("bulletin", "interview_notice", "summary")


def few_genres(folder: Path, keep: tuple[str, ...] = FEW) -> Path:
    """A copy of the shipped templates whose list of genres has only those to keep."""
    shutil.copytree(SHIPPED, folder)
    yaml = YAML(typ="rt")
    listed = yaml.load((SHIPPED / "genres.yaml").read_text(encoding="utf-8"))
    for name in [name for name in listed["genres"] if name not in keep]:
        del listed["genres"][name]
    with (folder / "genres.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(listed, file)
    return folder
