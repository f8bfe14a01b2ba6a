"""The word lists under `words/`: what the generator makes its people, places, problems and incidents from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from campaign.records import ItemCode

_FOLDER = Path(__file__).parent / "words"


@cache
def words(name: str) -> Mapping[str, Any]:
    """One of the word lists, by file name without suffix."""
    return YAML(typ="safe", pure=True).load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A problem as inspectors word it, with the measure that puts it right.

    `days` is the time usually given; `needs` what the place must have ("", "lift", "garage"); `who` must act:
    company, subdistrict or developer. `forever` marks what may be entered as 长期坚持, without a deadline.
    """

    item: ItemCode
    say: str
    do: str
    days: int
    needs: str = ""
    who: str = "company"
    forever: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A checklist item: how often inspectors find something under it, and what."""

    code: ItemCode
    short: str
    weight: int
    phrases: tuple[Phrase, ...]


@cache
def items() -> tuple[Item, ...]:
    """All items of the checklist in order."""
    return tuple(
        _item(ItemCode(g, n), entry)
        for g, group in enumerate(words("problems")["groups"], 1)
        for n, entry in enumerate(group["items"], 1)
    )


def _item(code: ItemCode, entry: Mapping[str, Any]) -> Item:
    who = entry.get("who", "company")
    phrases = tuple(Phrase(item=code, **{"who": who, **said}) for said in entry["problems"])
    return Item(code, entry["short"], entry["weight"], phrases)


@cache
def group_names() -> Mapping[int, str]:
    """The checklist's groups (整治任务) by number."""
    return {n: group["name"] for n, group in enumerate(words("problems")["groups"], 1)}


def pairs(entries: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """What is found and what is ordered, for spot checks."""
    return [(entry["say"], entry["do"]) for entry in entries]
